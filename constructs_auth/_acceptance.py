"""Checks what a program says of a finding that it accepts."""

from datetime import date

from constructs_auth._engine import Construct, TerraformResource
from constructs_auth.errors import InvalidValueError
from constructs_auth.rules.registry import rule_named

_SUBJECT = "AuthStack.accept_finding"


def known_rule(rule: str) -> str:
    """Refuse what is neither the id nor the name of a rule."""
    if rule_named(rule) is None:
        raise InvalidValueError(
            f"{_SUBJECT}, rule",
            "must be the id or the name of a rule",
            got=rule,
            remedy="`constructs-auth rules` lists them",
        )
    return rule


def given_reason(reason: str) -> str:
    """Refuse an acceptance without a reason: whoever reads the report has nothing else."""
    if not isinstance(reason, str) or not reason.strip():
        raise InvalidValueError(
            f"{_SUBJECT}, reason",
            "must be a text that is not empty",
            got=reason,
            remedy="say in a sentence why it is right here",
        )
    return reason


def given_day(until: date | None) -> date | None:
    """Refuse what is no day."""
    if until is not None and type(until) is not date:
        raise InvalidValueError(
            f"{_SUBJECT}, until",
            "must be a datetime.date",
            got=until,
            remedy="write date(2027, 6, 30)",
        )
    return until


def address_of(construct: Construct) -> str:
    """Give the Terraform address of *construct*'s resource."""
    resource = getattr(construct, "resource", construct)
    if not isinstance(resource, TerraformResource):
        raise InvalidValueError(
            f"{_SUBJECT}, construct",
            "must be a construct that has a resource",
            got=type(construct).__name__,
            remedy="give the construct that the finding names",
        )
    return f"{resource.terraform_resource_type}.{resource.friendly_unique_id}"
