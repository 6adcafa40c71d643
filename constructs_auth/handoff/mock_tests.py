"""Writes tests that a team can run with `terraform test`, without an AWS account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from constructs_auth.facts import resource_types as types
from constructs_auth.handoff.companions import placeholder
from constructs_auth.handoff.hcl.bodies import labelled
from constructs_auth.handoff.hcl.expressions import LITERAL, expression
from constructs_auth.handoff.hcl.layout import Attribute, Block, Paragraph, lay_out
from constructs_auth.handoff.hcl.templates import quoted_text
from constructs_auth.handoff.reading import resources

FILE: Final = "tests/as_written.tftest.hcl"

_QUOTE: Final = '"'

_WATCHED: Final = {
    types.USER_POOL: ("deletion_protection", "mfa_configuration", "user_pool_tier"),
    types.USER_POOL_CLIENT: (
        "enable_token_revocation",
        "generate_secret",
        "prevent_user_existence_errors",
    ),
    types.KMS_KEY: ("enable_key_rotation",),
    "aws_s3_bucket": ("force_destroy",),
}
"""The arguments that the tests protect from changes, by type."""

_MOCKED: Final[Mapping[str, Mapping[str, object]]] = {
    "aws_partition": {"partition": "aws"},
    "aws_ssoadmin_instances": {
        "arns": ["arn:aws:sso:::instance/ssoins-1234567890abcdef"],
        "identity_store_ids": ["d-1234567890"],
    },
}
"""Values of data sources in tests, if Terraform's mock (none, or any text) is not enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A requirement for the plan.

    Attributes:
        condition: A Terraform expression.
        error_message: The message if it does not hold.
    """

    condition: str
    error_message: str


def test_file(
    document: Mapping[str, Any], more: Mapping[str, Sequence[Assertion]]
) -> dict[str, str]:
    """Return the tests: assertions about literal values of resources, and further ones.

    Args:
        document: The Terraform of the hand-off.
        more: Further assertions, by the address of the resource.
    """
    runs: list[Paragraph] = []
    for address, body in sorted(resources(document)):
        found = [*_watched(address, body), *more.get(address, ())]
        if found:
            name = address.replace(".", "_").removeprefix("aws_cognito_")
            runs.append(Block(type="run", labels=(name,), body=_run(found)))
    if not runs:
        return {}
    paragraphs = [*_mocks(document), *_variables(document), *runs]
    return {FILE: "\n".join(lay_out(paragraphs)) + "\n"}


def _run(assertions: Sequence[Assertion]) -> tuple[Paragraph, ...]:
    return (
        (Attribute(name="command", value=("plan",)),),
        *(
            Block(
                type="assert",
                body=(
                    (
                        Attribute(name="condition", value=(each.condition,)),
                        Attribute(name="error_message", value=(quoted_text(each.error_message),)),
                    ),
                ),
            )
            for each in assertions
        ),
    )


def _watched(address: str, body: Mapping[str, Any]) -> list[Assertion]:
    found: list[Assertion] = []
    if "count" in body or "for_each" in body:
        return found
    for name in _WATCHED.get(address.partition(".")[0], ()):
        value = body.get(name)
        if isinstance(value, bool | str) and "{" not in str(value):
            (written,) = expression(value, LITERAL, name)
            found.append(
                Assertion(
                    condition=f"{address}.{name} == {written}",
                    error_message=f"{address}: {name} must be {written.strip(_QUOTE)}.",
                )
            )
    return found


def _mocks(document: Mapping[str, Any]) -> list[Paragraph]:
    """Return a mock of each provider and each alias."""
    mocks: list[Paragraph] = []
    data = {kind for (kind, _), _, _ in labelled(document.get("data"), 2, "data")}
    for (name,), body, _ in labelled(document.get("provider"), 1, "provider"):
        alias = body.get("alias")
        content: list[Paragraph] = []
        if isinstance(alias, str):
            content.append((Attribute(name="alias", value=(quoted_text(alias),)),))
        content += [_mock_data(kind) for kind in _MOCKED if name == "aws" and kind in data]
        mocks.append(Block(type="mock_provider", labels=(name,), body=tuple(content)))
    return mocks


def _mock_data(kind: str) -> Block:
    defaults = Attribute(name="defaults", value=expression(_MOCKED[kind], LITERAL, kind))
    return Block(type="mock_data", labels=(kind,), body=((defaults,),))


def _variables(document: Mapping[str, Any]) -> list[Paragraph]:
    """Return a value for each variable without a default."""
    attributes = tuple(
        Attribute(
            name=labels[0], value=expression(placeholder(labels[0], body), LITERAL, labels[0])
        )
        for labels, body, _ in labelled(document.get("variable"), 1, "variable")
        if "default" not in body
    )
    return [Block(type="variables", body=(attributes,))] if attributes else []
