"""The next steps of ADOPTION.md: what each remedy does to users, in order of safety."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from constructs_auth import PasswordPolicy, RefreshTokenRotation, cli
from constructs_auth.adopt import improvements, steps
from constructs_auth.adopt.improvements import IMPROVEMENTS, PASSWORD_POLICY
from constructs_auth.adopt.page import page
from constructs_auth.adopt.parts import System
from constructs_auth.adopt.steps import Safety, Step, next_steps
from constructs_auth.adopt.system import read_system
from constructs_auth.review.plan import read
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Context, Severity
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.state_json import read_state
from tests.unit.adopt.states import POOL_ID, USERS, WEB, client, pool, resource, state

Resource = dict[str, Any]


def judged(configuration: Configuration) -> Report:
    """The findings of all rules."""
    return judge(configuration, rules=RULES, profile=STANDARD, today=date.max)


def adopted(*resources: Resource) -> tuple[Configuration, System, Report]:
    """What the page is written from, for a state of *resources*."""
    configuration = read_state(state(*resources))
    return configuration, read_system(configuration, file="state"), judged(configuration)


def steps_of(*resources: Resource, **more: Any) -> tuple[Step, ...]:
    """The next steps for a state of *resources*."""
    _, system, report = adopted(*resources)
    return next_steps(system, report, **more)


def page_of(*resources: Resource, **more: Any) -> str:
    """ADOPTION.md for a state of *resources*."""
    _, system, report = adopted(*resources)
    return page(system, report, **more)


def users(**values: object) -> Resource:
    return resource("aws_cognito_user_pool", "users", pool(**values))


def web(**values: object) -> Resource:
    return resource("aws_cognito_user_pool_client", "web", client(**values))


def policy(**values: object) -> list[object]:
    return [{**pool()["password_policy"][0], **values}]


def recovery(*names: str) -> list[object]:
    mechanisms = [{"name": name, "priority": at} for at, name in enumerate(names, start=1)]
    return [{"recovery_mechanism": mechanisms}]


CODE: Mapping[str, Any] = {
    "allowed_oauth_flows": ["code"],
    "allowed_oauth_flows_user_pool_client": True,
    "allowed_oauth_scopes": ["openid"],
    "callback_urls": ["https://app.example.com/callback"],
    "supported_identity_providers": ["COGNITO"],
}
SMS = [{"external_id": "", "sns_caller_arn": "arn:aws:iam::123456789012:role/sms"}]
BY_SMS = recovery("verified_phone_number")
PLUS: Mapping[str, Any] = {"user_pool_tier": "PLUS"}
AUDIT = [{"advanced_security_mode": "AUDIT", "advanced_security_additional_flows": []}]
ENFORCED = [{"advanced_security_mode": "ENFORCED", "advanced_security_additional_flows": []}]
CHALLENGE = [{"define_auth_challenge": "arn:aws:lambda:eu-west-1:123456789012:function:define"}]
DOMAIN = resource(
    "aws_cognito_user_pool_domain",
    "domain",
    {"domain": "acme", "user_pool_id": POOL_ID, "managed_login_version": 1},
)


def provider(name: str, kind: str, details: object, mapping: object) -> Resource:
    return resource(
        "aws_cognito_identity_provider",
        name.lower(),
        {
            "attribute_mapping": mapping,
            "idp_identifiers": [],
            "provider_details": details,
            "provider_name": name,
            "provider_type": kind,
            "user_pool_id": POOL_ID,
        },
    )


SAML = provider("Acme", "SAML", {"MetadataURL": "http://acme.example/metadata"}, {"email": "mail"})
OIDC = provider(
    "Oidc",
    "OIDC",
    {
        "attributes_request_method": "GET",
        "authorize_scopes": "openid email",
        "client_id": "a",
        "client_secret": "b",
        "oidc_issuer": "https://id.example.com",
    },
    {"email": "email"},
)


@dataclass(frozen=True)
class Case:
    """A resource with a finding, and what its remedy does.

    Attributes:
        rule: The rule.
        bad: The resource that violates it, first, and others.
        changes: What the remedy changes.
        safety: How safe it is.
        reported: The change rules that report something.
    """

    rule: str
    bad: tuple[Resource, ...]
    changes: Mapping[str, Any]
    safety: Safety
    reported: tuple[str, ...] = field(default=())


QUIET, NOTICED, BREAKING, FIXED = (
    Safety.UNREPORTED,
    Safety.NOTICED,
    Safety.BREAKING,
    Safety.FIXED,
)
APP = "https://app.example.com/callback"
LOCAL = "http://localhost:3000/callback"
ROTATION = [{"feature": "ENABLED", "retry_grace_period_seconds": 10}]
ROLE = {
    "name": "role",
    "attribute_data_type": "String",
    "developer_only_attribute": False,
    "mutable": True,
    "required": False,
    "number_attribute_constraints": [],
    "string_attribute_constraints": [{"min_length": "0", "max_length": "20"}],
}
CASES = (
    Case("CG101", (users(),), {"deletion_protection": "ACTIVE"}, QUIET),
    Case(
        "CG102",
        (users(),),
        {
            "mfa_configuration": "OPTIONAL",
            "software_token_mfa_configuration": [{"enabled": True}],
        },
        QUIET,
    ),
    Case(
        "CG103",
        (users(mfa_configuration="OPTIONAL", sms_configuration=SMS),),
        {"software_token_mfa_configuration": [{"enabled": True}]},
        QUIET,
    ),
    Case(
        "CG104",
        (users(password_policy=policy(minimum_length=6)),),
        {"password_policy": policy(minimum_length=15)},
        NOTICED,
        ("CH09",),
    ),
    Case(
        "CG105",
        (users(password_policy=policy(require_symbols=False)),),
        {"password_policy": policy()},
        NOTICED,
        ("CH09",),
    ),
    Case(
        "CG106",
        (users(password_policy=policy(temporary_password_validity_days=30)),),
        {"password_policy": policy(temporary_password_validity_days=3)},
        QUIET,
    ),
    Case("CG107", (users(),), {"password_policy": policy(password_history_size=5)}, QUIET),
    Case("CG108", (users(),), {"user_pool_tier": "PLUS"}, QUIET),
    Case(
        "CG109",
        (users(**PLUS, user_pool_add_ons=AUDIT),),
        {"user_pool_add_ons": ENFORCED},
        NOTICED,
        ("CH06",),
    ),
    Case(
        "CG110",
        (users(**PLUS, user_pool_add_ons=ENFORCED, lambda_config=CHALLENGE),),
        {
            "user_pool_add_ons": [
                {
                    "advanced_security_mode": "ENFORCED",
                    "advanced_security_additional_flows": [{"custom_auth_mode": "ENFORCED"}],
                }
            ]
        },
        NOTICED,
        ("CH06",),
    ),
    Case(
        "CG113",
        (users(admin_create_user_config=[]),),
        {"admin_create_user_config": [{"allow_admin_create_user_only": True}]},
        NOTICED,
        ("CH11",),
    ),
    Case("CG114", (users(),), {"auto_verified_attributes": ["email"]}, NOTICED, ("CH16",)),
    Case(
        "CG115",
        (users(auto_verified_attributes=["email"]),),
        {
            "user_attribute_update_settings": [
                {"attributes_require_verification_before_update": ["email"]}
            ]
        },
        QUIET,
    ),
    Case(
        "CG116",
        (users(),),
        {"username_configuration": [{"case_sensitive": False}]},
        FIXED,
        ("CR01",),
    ),
    Case(
        "CG117",
        (users(account_recovery_setting=BY_SMS),),
        {"account_recovery_setting": recovery("verified_email", "verified_phone_number")},
        NOTICED,
        ("CH17",),
    ),
    Case(
        "CG603",
        (users(tags={"team": "a"}, tags_all={"team": "a"}),),
        {
            name: {
                "data-classification": "named by you",
                "environment": "named by you",
                "owner": "named by you",
                "team": "a",
            }
            for name in ("tags", "tags_all")
        },
        QUIET,
    ),
    Case(
        "CVA11",
        (
            users(
                account_recovery_setting=BY_SMS,
                mfa_configuration="OPTIONAL",
                sms_configuration=SMS,
            ),
        ),
        {"account_recovery_setting": recovery("verified_phone_number", "verified_email")},
        QUIET,
    ),
    Case(
        "CVD10",
        (users(sign_in_policy=[{"allowed_first_auth_factors": ["EMAIL_OTP"]}]),),
        {"sign_in_policy": [{"allowed_first_auth_factors": ["EMAIL_OTP", "PASSWORD"]}]},
        QUIET,
    ),
    Case(
        "CG201",
        (web(**{**CODE, "allowed_oauth_flows": ["implicit"]}), USERS),
        {"allowed_oauth_flows": ["code"]},
        BREAKING,
        ("CH24",),
    ),
    Case(
        "CG202",
        (
            web(explicit_auth_flows=["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"]),
            USERS,
        ),
        {"explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]},
        BREAKING,
        ("CH25",),
    ),
    Case(
        "CG203",
        (web(explicit_auth_flows=["CUSTOM_AUTH_FLOW_ONLY"]), USERS),
        {"explicit_auth_flows": ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]},
        BREAKING,
        ("CH25",),
    ),
    Case(
        "CG205",
        (web(**{**CODE, "callback_urls": [APP, LOCAL]}), USERS),
        {"callback_urls": [APP]},
        BREAKING,
        ("CH21",),
    ),
    Case("CG207", (WEB, USERS), {"prevent_user_existence_errors": "ENABLED"}, QUIET),
    Case(
        "CG208",
        (web(enable_token_revocation=False), USERS),
        {"enable_token_revocation": True},
        QUIET,
    ),
    Case(
        "CG209",
        (web(explicit_auth_flows=["ALLOW_REFRESH_TOKEN_AUTH"]), USERS),
        {"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH"], "refresh_token_rotation": ROTATION},
        BREAKING,
        ("CH34",),
    ),
    Case(
        "CG209B",
        (
            web(
                client_secret="0123456789abcdef",
                explicit_auth_flows=["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
            ),
            USERS,
        ),
        {"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH"], "refresh_token_rotation": ROTATION},
        BREAKING,
        ("CH34",),
    ),
    Case(
        "CG210",
        (web(access_token_validity=2, id_token_validity=8), USERS),
        {"access_token_validity": 1, "id_token_validity": 1},
        NOTICED,
        ("CH29", "CH29"),
    ),
    Case(
        "CG210",
        (
            web(
                access_token_validity=1,
                id_token_validity=480,
                token_validity_units=[
                    {"access_token": "days", "id_token": "minutes", "refresh_token": "days"}
                ],
            ),
            USERS,
        ),
        {
            "id_token_validity": 60,
            "token_validity_units": [
                {"access_token": "hours", "id_token": "minutes", "refresh_token": "days"}
            ],
        },
        BREAKING,
        ("CH31", "CH29"),
    ),
    Case(
        "CG211",
        (web(refresh_token_validity=90), USERS),
        {"refresh_token_validity": 7},
        NOTICED,
        ("CH29",),
    ),
    Case(
        "CG211",
        (web(client_secret="0123456789abcdef", refresh_token_validity=90), USERS),
        {"refresh_token_validity": 30},
        NOTICED,
        ("CH29",),
    ),
    Case(
        "CG212",
        (web(write_attributes=["custom:role", "email"]), users(schema=[ROLE])),
        {"write_attributes": ["email"]},
        NOTICED,
    ),
    Case(
        "CG213",
        (
            web(**{**CODE, "allowed_oauth_scopes": ["aws.cognito.signin.user.admin", "openid"]}),
            USERS,
        ),
        {"allowed_oauth_scopes": ["openid"]},
        BREAKING,
        ("CH28",),
    ),
    Case(
        "CG214",
        (web(**{**CODE, "supported_identity_providers": []}), USERS, OIDC),
        {"supported_identity_providers": ["COGNITO", "Oidc"]},
        QUIET,
    ),
    Case("CG216", (web(auth_session_validity=15), USERS), {"auth_session_validity": 3}, QUIET),
    Case(
        "CVH08",
        (web(explicit_auth_flows=["ALLOW_USER_SRP_AUTH"]), USERS),
        {"explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]},
        QUIET,
    ),
    Case(
        "CVH12C",
        (
            web(
                **{
                    **CODE,
                    "callback_urls": [APP.replace("https", "http"), LOCAL],
                    "default_redirect_uri": APP.replace("https", "http"),
                }
            ),
            USERS,
        ),
        {"callback_urls": [APP, LOCAL], "default_redirect_uri": APP},
        BREAKING,
        ("CH21", "CH22"),
    ),
    Case(
        "CVH13B",
        (web(**CODE, logout_urls=["http://app.example.com/bye"]), USERS),
        {"logout_urls": ["https://app.example.com/bye"]},
        NOTICED,
        ("CH23", "CH22"),
    ),
    Case(
        "CVH20",
        (web(**{**CODE, "allowed_oauth_scopes": ["email"]}), USERS),
        {"allowed_oauth_scopes": ["email", "openid"]},
        NOTICED,
        ("CH28",),
    ),
    Case(
        "CG303",
        (SAML, USERS),
        {"provider_details": {"MetadataURL": "https://acme.example/metadata"}},
        BREAKING,
        ("CH37",),
    ),
    Case(
        "CG305",
        (OIDC, USERS),
        {"attribute_mapping": {"email": "email", "email_verified": "email_verified"}},
        BREAKING,
        ("CH37",),
    ),
    Case("CG402", (DOMAIN, USERS), {"managed_login_version": 2}, NOTICED, ("CH39",)),
)


def test_each_improvement_has_a_case() -> None:
    assert sorted({case.rule for case in CASES}) == sorted(IMPROVEMENTS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_step_says_what_the_review_says(case: Case) -> None:
    (step,) = [
        one
        for one in steps_of(*case.bad)
        if one.rule.id == case.rule and one.part.resource.address == case.bad[0]["address"]
    ]
    assert step.safety is case.safety
    assert tuple(one.rule.id for one in step.effects) == case.reported


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_remedy_alone_ends_the_finding_and_adds_no_error(case: Case) -> None:
    configuration, _, report = adopted(*case.bad)
    bad = configuration.resources[0]
    wanted = IMPROVEMENTS[case.rule](bad, Context(configuration=configuration, profile=STANDARD))
    changes = {name: value for name, value in wanted.items() if bad.body.values.get(name) != value}
    assert changes == case.changes
    good = {**case.bad[0], "values": {**case.bad[0]["values"], **changes}}
    after = judged(read_state(state(good, *case.bad[1:])))
    of_bad = [one for one in after.findings if one.resource.address == bad.address]
    assert case.rule not in {one.rule.id for one in of_bad}
    assert errors(after) <= errors(report)


def errors(report: Report) -> set[tuple[str, str]]:
    return {
        (one.rule.id, one.resource.address)
        for one in report.findings
        if one.severity is Severity.ERROR
    }


def test_the_values_are_the_defaults_of_the_library() -> None:
    policy = PasswordPolicy()
    assert {name: getattr(policy, name) for name in PASSWORD_POLICY} == PASSWORD_POLICY
    rotation = RefreshTokenRotation.enabled()
    assert rotation.feature == ROTATION[0]["feature"]
    assert rotation.retry_grace_period == timedelta(seconds=10)


def test_the_safest_steps_come_first() -> None:
    flows = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"]
    found = steps_of(USERS, web(explicit_auth_flows=flows, refresh_token_validity=90))
    assert [(one.safety, one.severity.value, one.rule.id) for one in found] == [
        (Safety.UNREPORTED, "high", "CG101"),
        (Safety.UNREPORTED, "high", "CG102"),
        (Safety.UNREPORTED, "medium", "CG207"),
        (Safety.UNREPORTED, "low", "CG107"),
        (Safety.UNREPORTED, "info", "CG108"),
        (Safety.UNREPORTED, "info", "CG603"),
        (Safety.NOTICED, "medium", "CG114"),
        (Safety.NOTICED, "medium", "CG211"),
        (Safety.NOTICED, "low", "CG117"),
        (Safety.BREAKING, "high", "CG202"),
        (Safety.BREAKING, "high", "CG209"),
        (Safety.NOT_REVIEWED, "info", "CG118"),
        (Safety.NOT_REVIEWED, "info", "CG602"),
        (Safety.FIXED, "low", "CG116"),
    ]


def test_milder_effects_come_first() -> None:
    found = steps_of(users(password_policy=policy(require_symbols=False)))
    noticed = [one.rule.id for one in found if one.safety is Safety.NOTICED]
    assert noticed == ["CG105", "CG114", "CG117"]  # low, then medium


def test_a_remedy_that_adds_an_error_is_not_used() -> None:
    """A client of the sign-in pages needs a callback URL."""
    found = steps_of(web(**{**CODE, "callback_urls": [LOCAL]}, client_secret="0" * 16), USERS)
    (step,) = [one for one in found if one.rule.id == "CG205"]
    assert (step.safety, step.effects) == (Safety.NOT_REVIEWED, ())


def test_a_remedy_that_does_not_end_the_finding_leaves_the_others_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(
        improvements.IMPROVEMENTS,
        "CG207",
        lambda _resource, _context: {"prevent_user_existence_errors": "LEGACY"},
    )
    found = {one.rule.id: one.safety for one in steps_of(USERS, web(enable_token_revocation=False))}
    assert found["CG207"] is Safety.NOT_REVIEWED
    assert found["CG208"] is Safety.UNREPORTED


@pytest.mark.parametrize(
    ("resources", "rule", "note"),
    [
        (
            (
                web(
                    **{**CODE, "callback_urls": ["myapp://callback"]},
                    client_secret="0123456789abcdef",
                ),
                USERS,
            ),
            "CG206",
            "Another generate_secret means a new client id, which no application knows.",
        ),
        (
            (users(schema=[{**ROLE, "developer_only_attribute": True}]),),
            "CG122",
            ("Terraform cannot change schema: attributes can be added, never changed or removed."),
        ),
    ],
)
def test_what_can_never_change_is_said(
    resources: tuple[Resource, ...], rule: str, note: str
) -> None:
    (step,) = [one for one in steps_of(*resources) if one.rule.id == rule]
    assert (step.safety, step.note) == (Safety.FIXED, note)


def test_a_protected_pool_is_not_said_to_be_deleted() -> None:
    text = page_of(users(deletion_protection="ACTIVE"))
    row = next(line for line in text.splitlines() if "CG116" in line)
    assert "The apply fails: Cognito refuses to delete the pool" in row


def test_the_page_has_a_section_for_each_kind_of_step() -> None:
    text = page_of(
        USERS, web(refresh_token_validity=90, explicit_auth_flows=["USER_PASSWORD_AUTH"])
    )
    assert re.findall(r"^### (.*)$", text, re.MULTILINE) == [
        "Start here: no effect on users is known",
        "Tell users or developers first",
        "Can stop sign-in or an application",
        "Decide, then review the plan",
        "Cannot be changed in place",
    ]
    assert (
        "| high | CG101 `deletion-protection-active` | `UserPool users` | "
        "set deletion\\_protection=True |\n"
    ) in text
    assert (
        "| medium | CG211 `bounded-refresh-tokens` | `UserPoolClient web` | "
        "set refresh\\_token of TokenValidity to fewer days | "
        'Users have to sign in to "web" again after 7 days, not 90 days. (CH29, medium) |\n'
    ) in text


def test_equal_steps_are_one_row() -> None:
    other = resource(
        "aws_cognito_user_pool_client", "other", client(id="2example23456789", name="other")
    )
    text = page_of(USERS, WEB, other)
    (row,) = [line for line in text.splitlines() if "CG207" in line]
    assert "| `UserPoolClient web`, `UserPoolClient other` |" in row


def test_without_findings_there_is_no_section() -> None:
    _, system, report = adopted(USERS)
    assert next_steps(system, replace(report, findings=())) == ()
    assert "## Next steps" not in page(system, replace(report, findings=()))


HOSTILE = "a | b <script>x</script> [c](http://evil.example) `d` @team \n# e \x1b[31m \u202e"


def test_names_are_no_markup() -> None:
    text = page_of(USERS, web(name=HOSTILE, refresh_token_validity=90))
    steps = text.partition("## Next steps")[2]
    assert "\x1b" not in steps
    assert "\u202e" not in steps
    tokens = MarkdownIt("commonmark").enable("table").parse(steps)
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inner)}
    assert kinds.isdisjoint({"html_inline", "html_block", "link_open", "image"})
    rows = [line for line in steps.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5, 6}


SECRET = "s3cret-canary-99"


def test_a_marked_value_is_not_shown() -> None:
    details = {"MetadataURL": f"http://{SECRET}.example/metadata"}
    marked = provider("Acme", "SAML", details, {"email": "mail"})
    marked["sensitive_values"] = {"provider_details": {"MetadataURL": True}}
    text = page_of(USERS, marked)
    assert "CG303" in text
    assert SECRET not in text


def test_a_copy_of_a_secret_is_not_shown() -> None:
    copy = web(name=f"web {SECRET}", refresh_token_validity=90)
    assert SECRET in page_of(USERS, copy)
    hidden = page_of(USERS, copy, secrets=frozenset({SECRET}))
    assert SECRET not in hidden
    assert 'Users have to sign in to "(hidden)" again after 7 days, not 90 days.' in hidden


def test_many_constructs_are_reviewed_in_few_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    plans: list[object] = []

    def counted(document: object, **more: Any) -> Any:
        plans.append(document)
        return read(document, **more)

    monkeypatch.setattr(steps, "read", counted)
    clients = [
        resource("aws_cognito_user_pool_client", f"c{at}", client(id=f"{at}example", name=f"c{at}"))
        for at in range(30)
    ]
    assert len(steps_of(USERS, *clients)) > 60
    assert len(plans) < 8


def test_the_command_writes_the_steps(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state(USERS, WEB)), encoding="utf-8")
    out = tmp_path / "out"
    assert cli.main(["adopt", str(file), "--out", str(out), "--no-verify"]) == 0
    text = (out / "ADOPTION.md").read_text(encoding="utf-8")
    assert "### Start here: no effect on users is known" in text


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "These pools have 1 user. Nothing changes for users"),
        (1200, "These pools have about 1,200 users. Nothing changes for users"),
    ],
)
def test_the_page_counts_the_users(number: int, sentence: str) -> None:
    assert sentence in page_of(users(estimated_number_of_users=number))
