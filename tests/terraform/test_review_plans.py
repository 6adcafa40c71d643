"""The recorded plans are what Terraform says; the provider is what the review takes it for."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.facts.kept_arguments import KEPT, READ_ONLY
from constructs_auth.facts.secret_names import may_hold_secret
from constructs_auth.review.differences import ORDERED_LISTS
from constructs_auth.review.sides import SETS_OF_BLOCKS
from tests.plans.all_cases import CASES
from tests.plans.record import PROVIDER_VERSION, RECORDED, record
from tests.support.terraform import Terraform, TerraformProcess, terraform_environment

Way = tuple[str, ...]


@pytest.fixture(scope="module")
def schemas(
    executable: Path,
    shared_provider: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Any]:
    """What the provider says of Cognito's resources."""
    folder = tmp_path_factory.mktemp("schema")
    provider = {"source": "hashicorp/aws", "version": PROVIDER_VERSION}
    (folder / "main.tf.json").write_text(
        json.dumps({"terraform": {"required_providers": {"aws": provider}}}), encoding="utf-8"
    )
    terraform = Terraform(
        folder=folder,
        executable=executable,
        environment={**terraform_environment(os.environ, work=folder), **shared_provider},
    )
    terraform.init()
    with TerraformProcess(terraform, "providers", "schema", "-json") as process:
        shown = json.loads(process.wait().output)
    (aws,) = shown["provider_schemas"].values()
    return {
        kind: schema["block"]
        for kind, schema in aws["resource_schemas"].items()
        if kind.startswith("aws_cognito_")
    }


def attributes(block: Mapping[str, Any], way: Way = ()) -> Iterator[tuple[Way, Mapping[str, Any]]]:
    """Walk through all attributes of a resource, at any depth."""
    for name, attribute in block.get("attributes", {}).items():
        yield (*way, name), attribute
    for name, nested in block.get("block_types", {}).items():
        yield from attributes(nested["block"], (*way, name))


def blocks(block: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk through all blocks of a resource, at any depth."""
    for name, nested in block.get("block_types", {}).items():
        yield name, nested
        yield from blocks(nested["block"])


NOT_ASKED = {
    "id",
    "tags_all",
    "analytics_configuration.role_arn",
    "analytics_configuration.user_data_shared",
    "email_verification_message",
    "email_verification_subject",
    "sms_verification_message",
}
"""Kept too; no rule asks for them where they are left out."""


def test_kept_arguments_are_the_optional_and_computed_ones(schemas: Mapping[str, Any]) -> None:
    """And blocks, of which the schema does not say it."""
    for kind, schema in schemas.items():
        both = {
            ".".join(way)
            for way, attribute in attributes(schema)
            if attribute.get("optional") and attribute.get("computed")
        }
        kept = KEPT.get(kind, frozenset())
        assert both - kept <= NOT_ASKED, kind
        names = {name for name, _ in blocks(schema)}
        assert {path.rpartition(".")[2] for path in kept - both} <= names, kind


def test_read_only_attributes_are_the_computed_ones(schemas: Mapping[str, Any]) -> None:
    assert {
        kind: names
        for kind, schema in schemas.items()
        if (
            names := {
                name
                for name, attribute in schema["attributes"].items()
                if attribute.get("computed") and not attribute.get("optional")
            }
        )
    } == READ_ONLY


def test_one_plan_is_recorded_as_it_is(shared_provider: Mapping[str, str], tmp_path: Path) -> None:
    (case,) = (case for case in CASES if case.name == "mfa_off")
    (file,) = record([case], tmp_path, shared_provider)
    assert json.loads(file.read_text("utf-8")) == json.loads(
        (RECORDED / file.name).read_text("utf-8")
    )


@pytest.mark.thorough
def test_all_plans_are_recorded_as_they_are(executable: Path, tmp_path: Path) -> None:  # noqa: ARG001 - it finds Terraform by itself
    for file in record(CASES, tmp_path):
        assert json.loads(file.read_text("utf-8")) == json.loads(
            (RECORDED / file.name).read_text("utf-8")
        ), file.name


def test_only_what_may_hold_a_secret_is_hidden(schemas: Mapping[str, Any]) -> None:
    hidden = {
        ".".join((kind.removeprefix("aws_cognito_"), *way))
        for kind, block in schemas.items()
        for way, _ in attributes(block)
        if may_hold_secret(kind, way)
    }
    assert hidden == {
        "managed_user_pool_client.analytics_configuration.external_id",
        "managed_user_pool_client.client_secret",
        "user.attributes",
        "user.client_metadata",
        "user.password",
        "user.temporary_password",
        "user.validation_data",
        "user_pool.sms_configuration.external_id",
        "user_pool_client.analytics_configuration.external_id",
        "user_pool_client.client_secret",
    }


def test_all_that_the_provider_marks_is_hidden_by_name_too(schemas: Mapping[str, Any]) -> None:
    marked = [
        (kind, way)
        for kind, block in schemas.items()
        for way, attribute in attributes(block)
        if attribute.get("sensitive")
    ]
    assert marked
    assert all(may_hold_secret(kind, way) for kind, way in marked)


def test_lists_and_sets_are_known_as_such(schemas: Mapping[str, Any]) -> None:
    lists = {
        way[-1]
        for block in schemas.values()
        for way, attribute in attributes(block)
        if attribute["type"] == ["list", "string"] and way[-1] != "scope_identifiers"
    }
    sets = {
        name
        for block in schemas.values()
        for name, nested in blocks(block)
        if nested["nesting_mode"] == "set"
    }
    assert lists == ORDERED_LISTS
    assert sets == set(SETS_OF_BLOCKS)
