"""The security of a hand-off: a section of its README, and tests for rules that are met."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from constructs_auth.facts import resource_types as types
from constructs_auth.handoff.mock_tests import Assertion
from constructs_auth.handoff.reading import Stack, resources
from constructs_auth.handoff.readme import Section
from constructs_auth.report.counts import counted
from constructs_auth.report.markdown import cell
from constructs_auth.rules.hiding import hidden
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import PROFILES, STANDARD, PasswordClasses, Profile
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.report import markdown
from constructs_auth.rules.report.sentences import by_severity
from constructs_auth.terraform.counterpart import secrets_of_configuration
from constructs_auth.terraform.references import traversals
from constructs_auth.terraform.terraform_json import read_document

_POOL: Final = types.USER_POOL
_CLIENT: Final = types.USER_POOL_CLIENT
_IDENTITIES: Final = types.IDENTITY_POOL
_TITLES: Final = {rule.id: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """How a Terraform test can check that a rule is met.

    Attributes:
        rule: The id of the rule.
        kind: The type of the resources to check.
        argument: The argument that must have a literal value; otherwise no test can read it.
        condition: A Terraform expression; `{0}` stands for the address.
    """

    rule: str
    kind: str
    argument: str
    condition: str


def security_report(stack: Stack) -> Report:
    """Judge *stack* by the profile of its program.

    Accepted findings never expire here: a hand-off has the same bytes every day, and shows the last
    day of each. `constructs-auth check` reports an expired one.
    """
    synthesized = stack.synthesized
    configuration = read_document(stack.document)
    report = judge(
        configuration,
        rules=RULES,
        profile=PROFILES.get(synthesized.profile or STANDARD.name, STANDARD),
        accepted=synthesized.accepted,
        today=date.min,
    )
    return hidden(report, configuration, secrets_of_configuration(configuration))


def security_sections(stack: Stack, report: Report) -> tuple[Section, ...]:
    """Return the section of findings and accepted findings; none without Cognito resources."""
    if not report.resources:
        return ()
    about = (
        "The results of `constructs-auth check` for this Terraform. `info` is for information: "
        "most of these findings need something that costs more, such as the PLUS tier. Accepted "
        "findings have a reason. `unknown` results are known only after apply."
    )
    body = (about, _summary(stack, report), *markdown.tables(report, words=cell))
    return (Section(title="Security", body="\n\n".join(body)),)


def _summary(stack: Stack, report: Report) -> str:
    """Return the number of findings and of judged resources."""
    findings = counted(len(report.findings), "finding") if report.findings else "no findings"
    severities = by_severity(report)
    parts = [f"{findings} ({severities})" if severities else findings]
    parts += [
        counted(len(items), noun)
        for items, noun in (
            (report.accepted, "accepted finding"),
            (report.stale, "stale accepted finding"),
            (report.undecided, "unknown result"),
        )
        if items
    ]
    total = sum(not address.startswith("data.") for address, _ in resources(stack.document))
    return (
        f"**{', '.join(parts)}.** The rules judged {report.resources} of "
        f"{counted(total, 'resource')} (profile {report.profile.name})."
    )


def security_assertions(stack: Stack, report: Report) -> Mapping[str, Sequence[Assertion]]:
    """Return a test for each rule that is met, if Terraform can check it.

    A finding, accepted or not, and an unknown result get no test: teams soon disable a test that
    fails from the first day.
    """
    found = {(one.rule.id, one.resource.address) for one in (*report.findings, *report.accepted)}
    open_rules = found | {(one.rule.id, one.resource.address) for one in report.undecided}
    kept = _kept(report.profile)
    return {
        address: assertions
        for address, body in resources(stack.document)
        if (assertions := [*_assertions(address, body, kept, open_rules)])
    }


def _assertions(
    address: str,
    body: Mapping[str, Any],
    kept: Sequence[_Kept],
    open_rules: set[tuple[str, str]],
) -> Iterator[Assertion]:
    if "count" in body or "for_each" in body:
        return
    for one in kept:
        value = body.get(one.argument)
        is_asked = address.partition(".")[0] == one.kind and (one.rule, address) not in open_rules
        if is_asked and value is not None and not traversals(value):
            yield Assertion(
                condition=one.condition.format(address),
                error_message=f"{address} must meet {one.rule}: {_TITLES[one.rule]}.",
            )


def _kept(profile: Profile) -> Sequence[_Kept]:
    modes = '["ON"]' if profile.require_mfa else '["ON", "OPTIONAL"]'
    return (
        _Kept(
            rule="CG102",
            kind=_POOL,
            argument="mfa_configuration",
            condition=f"contains({modes}, {{0}}.mfa_configuration)",
        ),
        _Kept(
            rule="CG104",
            kind=_POOL,
            argument="password_policy",
            condition=f"{{0}}.password_policy[0].minimum_length >= {profile.password_length}",
        ),
        _Kept(
            rule="CG105",
            kind=_POOL,
            argument="password_policy",
            condition=_classes(profile.password_classes),
        ),
        *_KEPT_IN_EACH_PROFILE,
    )


def _classes(wanted: PasswordClasses) -> str:
    flags = ", ".join(
        f"{{0}}.password_policy[0].require_{each}"
        for each in ("lowercase", "numbers", "symbols", "uppercase")
    )
    return f"alltrue([{flags}])" if wanted is PasswordClasses.ALL else f"!anytrue([{flags}])"


_KEPT_IN_EACH_PROFILE: Final = (
    _Kept(
        rule="CG106",
        kind=_POOL,
        argument="password_policy",
        condition="{0}.password_policy[0].temporary_password_validity_days <= 7",
    ),
    _Kept(
        rule="CG116",
        kind=_POOL,
        argument="username_configuration",
        condition="!{0}.username_configuration[0].case_sensitive",
    ),
    _Kept(
        rule="CG201",
        kind=_CLIENT,
        argument="allowed_oauth_flows",
        condition='!contains({0}.allowed_oauth_flows, "implicit")',
    ),
    _Kept(
        rule="CG202",
        kind=_CLIENT,
        argument="explicit_auth_flows",
        condition='!contains({0}.explicit_auth_flows, "ALLOW_USER_PASSWORD_AUTH")',
    ),
    _Kept(
        rule="CG213",
        kind=_CLIENT,
        argument="allowed_oauth_scopes",
        condition='!contains({0}.allowed_oauth_scopes, "aws.cognito.signin.user.admin")',
    ),
    _Kept(
        rule="CG501",
        kind=_IDENTITIES,
        argument="allow_unauthenticated_identities",
        condition="!{0}.allow_unauthenticated_identities",
    ),
    _Kept(
        rule="CG502",
        kind=_IDENTITIES,
        argument="allow_classic_flow",
        condition="!{0}.allow_classic_flow",
    ),
)
