"""What cannot be changed is what real Terraform planned as a replacement, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from constructs_auth.facts.replacing import FIXED_ARGUMENTS, PLANNED
from constructs_auth.review.change import Action, Change
from constructs_auth.review.plan import Plan
from constructs_auth.review.registry import CHANGE_RULES
from constructs_auth.review.rule import ChangeRule
from constructs_auth.terraform.block import top_argument
from tests.plans.all_cases import CASES
from tests.plans.verdicts import plan_of, reviewed

PAGE = Path(__file__).parents[3] / "docs/permanent_choices.md"
CHANGED_IN_PLACE = {
    ("aws_cognito_user_pool_domain", "certificate_arn"),  # another one; added or removed replaces
    (
        "aws_cognito_user_pool",
        "schema",
    ),  # planned as an update, and refused where it is no addition
}
ON_PAGE = {
    "`name`": ("aws_cognito_user_pool", "name"),
    "`sign_in`": ("aws_cognito_user_pool", "username_attributes", "alias_attributes"),
    "`sign_in=…(case_sensitive=…)`": (
        "aws_cognito_user_pool",
        "username_configuration.case_sensitive",
    ),
    "`attributes`": ("aws_cognito_user_pool", "schema"),
    "`PrefixDomain(prefix=…)`, `CustomDomain(domain=…)`": (
        "aws_cognito_user_pool_domain",
        "domain",
    ),
    "`provider_name`": ("aws_cognito_identity_provider", "provider_name"),
    "`ResourceServer(identifier=…)`": ("aws_cognito_resource_server", "identifier"),
    "`ResourceServer(name=…)`": ("aws_cognito_resource_server", "name"),
    "`UserGroup(name=…)`": ("aws_cognito_user_group", "name"),
    "`User(username=…)`": ("aws_cognito_user", "username"),
    "`IdentityPool(…, name=…)`": ("aws_cognito_identity_pool", "identity_pool_name"),
    "the kind of `application`": ("aws_cognito_user_pool_client", "generate_secret"),
}
"""The setting of the program: the resource type, and the arguments that the row is about."""

NOT_ON_PAGE = {
    ("aws_cognito_identity_provider", "provider_type"),  # the class says it
    ("aws_cognito_identity_pool", "developer_provider_name"),  # no construct has it
}


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, ...]:
    """All recorded plans."""
    return tuple(plan_of(case.name) for case in CASES)


def changes(plans: tuple[Plan, ...], action: Action) -> Iterator[Change]:
    """Walk through the changes with *action*."""
    for plan in plans:
        yield from (change for change in plan.changes if change.action is action)


def test_what_replaces_is_what_terraform_planned_as_a_replacement(plans: tuple[Plan, ...]) -> None:
    planned = {
        (change.type, cause) for change in changes(plans, Action.REPLACE) for cause in change.causes
    }
    stated = {
        (kind, fixed.path)
        for kind, arguments in FIXED_ARGUMENTS.items()
        for fixed in arguments
        if fixed.source == PLANNED
    }
    assert planned == stated


def test_nothing_that_replaces_is_ever_updated(plans: tuple[Plan, ...]) -> None:
    updated = {
        (change.type, top_argument(difference.path))
        for change in changes(plans, Action.UPDATE)
        for difference in change.differences
    }
    stated = {
        (kind, fixed.argument) for kind, arguments in FIXED_ARGUMENTS.items() for fixed in arguments
    }
    assert updated & stated == CHANGED_IN_PLACE


def test_what_is_refused_fails_at_the_apply() -> None:
    refused = {
        (kind, fixed.path)
        for kind, arguments in FIXED_ARGUMENTS.items()
        for fixed in arguments
        if fixed.is_refused
    }
    for name in ("schema_changed", "schema_removed"):
        (finding,) = reviewed(name).findings
        assert finding.effect == "fails at apply"
        assert (finding.change.type, top_argument(finding.at)) in refused
    assert reviewed("schema_added").findings == ()


@pytest.mark.parametrize(
    "rule",
    [
        rule
        for rule in CHANGE_RULES
        if Action.REPLACE in rule.actions and Action.UPDATE not in rule.actions
    ],
    ids=lambda rule: str(rule.id),
)
def test_a_rule_of_replacements_names_only_what_replaces(rule: ChangeRule) -> None:
    known = {fixed.argument for each in FIXED_ARGUMENTS.values() for fixed in each}
    words = set(re.findall(r"[a-z]+(?:_[a-z]+)+", f"{rule.remedy} {rule.source}"))
    own = {
        fixed.argument for kind in rule.resource_types for fixed in FIXED_ARGUMENTS.get(kind, ())
    }
    assert words & known <= own


@pytest.mark.parametrize(
    ("rule", "arguments"),
    [
        ("CR02", {"generate_secret", "user_pool_id"}),
        ("CR05", {"name", "identifier"}),
        ("CR09", {"user_pool_id", "client_id"}),
        ("CR11", {"identity_pool_name", "developer_provider_name"}),
        ("CR12", {"roles"}),
        ("CH27B", {"provider_name", "provider_type"}),
        ("CH45", {"user_pool_id"}),
    ],
)
def test_what_a_rule_says_replaces_does(rule: str, arguments: set[str]) -> None:
    (found,) = [one for one in CHANGE_RULES if one.id == rule]
    fixed = {one.argument for kind in found.resource_types for one in FIXED_ARGUMENTS[kind]}
    assert arguments <= fixed
    said = set(re.findall(r"\w+", f"{found.remedy} {found.source}"))
    assert arguments <= said


def rows() -> dict[str, str]:
    """Return what the page says that a change does, by the setting of the program."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    return {where.strip(): happens.strip() for _, where, happens in cells[2:]}


def test_the_page_states_what_a_change_of_each_setting_does() -> None:
    said = rows()
    for where, (kind, *paths) in ON_PAGE.items():
        for path in paths:
            (fixed,) = [one for one in FIXED_ARGUMENTS[kind] if one.path == path]
            fails = "the apply fails; " if fixed.is_refused else ""
            assert said[where] == f"{fails}{fixed.consequence}", where


def test_the_page_leaves_no_setting_out() -> None:
    said = {(kind, path) for kind, *paths in ON_PAGE.values() for path in paths}
    assert said | NOT_ON_PAGE == {
        (kind, fixed.path)
        for kind, arguments in FIXED_ARGUMENTS.items()
        for fixed in arguments
        if not fixed.is_brief and fixed.path != "user_pool_id"
    }
