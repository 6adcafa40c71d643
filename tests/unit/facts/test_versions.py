"""The versions: their order, and the provider that the shipped schema was made from."""

import re
from pathlib import Path

import pytest

from constructs_auth.facts import versions
from constructs_auth.handoff.schema import aws_schema
from tests.support.known_versions import NEWER_PROVIDERS


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_the_first_version_is_below_the_next() -> None:
    assert _parts(versions.TERRAFORM) < _parts(versions.WRITE_ONLY)
    assert _parts(versions.WRITE_ONLY) < _parts(versions.NEXT_TERRAFORM)
    assert _parts(versions.PROVIDER) < _parts(versions.NEXT_PROVIDER)


@pytest.mark.parametrize("needed", NEWER_PROVIDERS)
def test_what_needs_a_newer_provider_needs_one_that_is_allowed(needed: str) -> None:
    assert _parts(versions.PROVIDER) < _parts(needed) < _parts(versions.NEXT_PROVIDER)


@pytest.mark.parametrize("kind", sorted(versions.PROVIDER_OF))
def test_a_type_of_a_newer_provider_is_in_the_schema(kind: str) -> None:
    assert aws_schema().body("resource", kind).known


@pytest.mark.parametrize(("version", "short"), [("6.13.0", "6.13"), ("6.13.1", "6.13.1")])
def test_people_leave_out_the_last_zero(version: str, short: str) -> None:
    assert versions.short(version) == short


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("registry.terraform.io/hashicorp/aws", "hashicorp/aws"),
        ("registry.opentofu.org/hashicorp/aws", "hashicorp/aws"),
        ("registry.acme.example/hashicorp/aws", "registry.acme.example/hashicorp/aws"),
    ],
)
def test_a_provider_of_either_registry_is_the_same(address: str, source: str) -> None:
    assert versions.without_registry(address) == source


def test_page_and_docstring_name_the_amplify_that_knows_rotation() -> None:
    root = Path(__file__).parents[3]
    for file in (
        "docs/user_pool_client.md",
        "constructs_auth/cognito/user_pool_client/construct.py",
    ):
        named = re.findall(r"6\.\d+\.\d+", (root / file).read_text(encoding="utf-8"))
        assert named == [versions.AMPLIFY_WITH_ROTATION]
