"""Files of a folder are read as Terraform reads them: overrides, repeated keys and other files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.terraform_json import read_folder

CLIENT = "aws_cognito_user_pool_client"
BODY = {"name": "web", "explicit_auth_flows": ["ALLOW_USER_SRP_AUTH"], "lifecycle": {"a": 1}}


def folder_of(folder: Path, files: Mapping[str, object]) -> Configuration:
    """Write *files* and read them."""
    for name, document in files.items():
        text = document if isinstance(document, str) else json.dumps(document)
        (folder / name).write_text(text, encoding="utf-8")
    return read_folder(folder)


def body_after(folder: Path, override: dict[str, Any], name: str = "x_override.tf.json") -> Any:
    """Give the client after one override."""
    original = {"resource": {CLIENT: {"web": BODY}}}
    override = {"resource": {CLIENT: {"web": override}}}
    (resource,) = folder_of(folder, {"main.tf.json": original, name: override}).resources
    return resource.body.values


@pytest.mark.parametrize("name", ["override.tf.json", "a_override.tf.json"])
def test_an_argument_of_an_override_replaces_the_one_of_the_block(
    name: str, tmp_path: Path
) -> None:
    after = body_after(tmp_path, {"explicit_auth_flows": ["ALLOW_USER_PASSWORD_AUTH"]}, name)
    assert after == {**BODY, "explicit_auth_flows": ["ALLOW_USER_PASSWORD_AUTH"]}


def test_the_lifecycle_is_merged_argument_by_argument(tmp_path: Path) -> None:
    after = body_after(tmp_path, {"lifecycle": {"prevent_destroy": True}})
    assert after["lifecycle"] == {"a": 1, "prevent_destroy": True}


def test_an_override_without_a_block_is_refused_as_terraform_does(tmp_path: Path) -> None:
    override: dict[str, object] = {"resource": {CLIENT: {"other": {}}}}
    with pytest.raises(UnreadableError, match="other must override a block of another file"):
        folder_of(tmp_path, {"main.tf.json": {"locals": {}}, "override.tf.json": override})


def test_providers_are_overridden_by_their_alias(tmp_path: Path) -> None:
    main_file = {"provider": {"aws": [{"region": "a"}, {"region": "b", "alias": "west"}]}}
    override = {"provider": {"aws": {"alias": "west", "region": "c"}}}
    found = folder_of(tmp_path, {"main.tf.json": main_file, "override.tf.json": override})
    assert [one.values["region"] for one in found.providers] == ["a", "c"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"resource": {}, "resource": {"x": {}}}', "resource"),
        ('{"resource": {"a": {}, "a": {}}}', "resource.a"),
        ('{"resource": {"a": {"b": {"c": 1, "c": 2}}}}', "a key in resource.a.b"),
        ('{"resource": {"a": {"b": {"tags": {"c": 1, "c": 2}}}}}', "a key in resource.a.b"),
        ('{"resource": [{"a": {"b": {}, "b": {}}}]}', r"resource\[0\].a.b"),
    ],
)
def test_a_key_that_is_written_twice_is_refused(text: str, key: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=f"json: {key} must be unique, got it twice"):
        folder_of(tmp_path, {"main.tf.json": text})


def test_a_byte_order_mark_is_refused_as_terraform_does(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="must be UTF-8 without a byte-order mark"):
        folder_of(tmp_path, {"main.tf.json": '\ufeff{"locals": {}}'})


def test_comments_may_have_one_key(tmp_path: Path) -> None:
    text = '{"//": 1, "//": 2, "locals": {"//": 1, "//": 2}}'
    assert folder_of(tmp_path, {"main.tf.json": text}).resources == ()
