"""A program that `adopt` wrote runs, whatever the names and settings in the state are."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth import cli
from constructs_auth.adopt.risk_configuration import USUAL_ACTIONS
from constructs_auth.values.risk_configuration import USUAL_ACTIONS as LIBRARY_ACTIONS
from tests.support.adopted import adopted_document
from tests.unit.adopt.states import POOL_ID, client, pool, resource, state
from tests.unit.adopt.test_hostile_states import GOOGLE, SERVER

SMS = {"sns_caller_arn": "arn:aws:iam::123456789012:role/sms", "external_id": "made-up"}
USERS = pool(
    sms_configuration=[SMS],
    mfa_configuration="ON",
    password_policy=[{"minimum_length": 8, "temporary_password_validity_days": 0}],
    email_configuration=[
        {
            "email_sending_account": "COGNITO_DEFAULT",
            "source_arn": "arn:aws:ses:eu-west-1:123456789012:identity/acme.example",
        }
    ],
)


WEB = resource(
    "aws_cognito_user_pool_client",
    "web",
    client(
        allowed_oauth_flows=["code"],
        allowed_oauth_flows_user_pool_client=True,
        allowed_oauth_scopes=["openid"],
        callback_urls=["https://app.example"],
        supported_identity_providers=["COGNITO"],
    ),
)
CLIENT_ID = WEB["values"]["id"]
DOMAIN = resource(
    "aws_cognito_user_pool_domain",
    "pages",
    {"user_pool_id": POOL_ID, "domain": "acme", "managed_login_version": 2},
)
ENDPOINT = f"cognito-idp.eu-west-1.amazonaws.com/{POOL_ID}"
IDENTITIES = "eu-west-1:1a234567-8901-234b-5cde-f6789a01b2c3"
ROLE = "arn:aws:iam::123456789012:role/made-up"
PNG = base64.b64encode(b"\x89PNG made up").decode()


def body_of(document: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    """A resource without what CDKTF notes of it."""
    found: dict[str, Any] = document["resource"][f"aws_cognito_{kind}"][name]
    return {argument: value for argument, value in found.items() if argument != "//"}


def test_a_branding_keeps_its_settings_and_images(tmp_path: Path) -> None:
    """AWS provider 5 does not know it, so the plan of the other tests does not prove it."""
    settings = {"components": {"pageHeader": {"lightMode": {"borderColor": "d5dbdbff"}}}}
    branding = resource(
        "aws_cognito_managed_login_branding",
        "web_branding",
        {
            "managed_login_branding_id": "06c6ae7b-1e66-46d2-87a9-1203ea3307bd",
            "user_pool_id": POOL_ID,
            "client_id": CLIENT_ID,
            "settings": json.dumps(settings),
            "use_cognito_provided_values": False,
            "asset": [
                {
                    "bytes": PNG,
                    "category": "FORM_LOGO",
                    "color_mode": "LIGHT",
                    "extension": "PNG",
                    "resource_id": None,
                }
            ],
        },
    )
    users = resource("aws_cognito_user_pool", "users", pool())
    document = adopted_document(tmp_path, users, WEB, DOMAIN, branding)
    written = body_of(document, "managed_login_branding", "web_branding")
    assert json.loads(written.pop("settings")) == settings
    assert written == {
        "asset": [
            {"bytes": PNG, "category": "FORM_LOGO", "color_mode": "LIGHT", "extension": "PNG"}
        ],
        "client_id": "${aws_cognito_user_pool_client.web.id}",
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
    }
    assert (tmp_path / "out" / "branding" / "web_branding.json").is_file()


def test_logs_keep_their_destinations(tmp_path: Path) -> None:
    bucket = "arn:aws:s3:::acme-sign-in-logs"
    group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/users"
    logs = resource(
        "aws_cognito_log_delivery_configuration",
        "logs",
        {
            "user_pool_id": POOL_ID,
            "log_configurations": [
                {
                    "event_source": "userAuthEvents",
                    "log_level": "INFO",
                    "s3_configuration": [{"bucket_arn": bucket}],
                    "cloud_watch_logs_configuration": [],
                    "firehose_configuration": [],
                },
                {
                    "event_source": "userNotification",
                    "log_level": "ERROR",
                    "cloud_watch_logs_configuration": [{"log_group_arn": group}],
                },
            ],
        },
    )
    users = resource(
        "aws_cognito_user_pool",
        "users",
        pool(
            user_pool_tier="PLUS",
            user_pool_add_ons=[{"advanced_security_mode": "ENFORCED"}],
        ),
    )
    document = adopted_document(tmp_path, users, logs)
    written = body_of(document, "log_delivery_configuration", "logs")["log_configurations"]
    assert written == [
        {
            "cloud_watch_logs_configuration": [{"log_group_arn": group}],
            "event_source": "userNotification",
            "log_level": "ERROR",
        },
        {
            "event_source": "userAuthEvents",
            "log_level": "INFO",
            "s3_configuration": [{"bucket_arn": bucket}],
        },
    ]


def test_the_classic_pages_keep_their_style_sheet(tmp_path: Path) -> None:
    css = ".banner-customizable { background: lightblue; }"
    pages = resource(
        "aws_cognito_user_pool_ui_customization",
        "look",
        {"user_pool_id": POOL_ID, "client_id": "ALL", "css": css, "image_file": PNG},
    )
    users = resource("aws_cognito_user_pool", "users", pool())
    document = adopted_document(tmp_path, users, DOMAIN, pages)
    written = body_of(document, "user_pool_ui_customization", "look")
    assert written == {
        "client_id": "ALL",
        "css": css,
        "user_pool_id": "${aws_cognito_user_pool_domain.pages.user_pool_id}",
    }, "an import does not read the logo, so the program does not set it"


def test_an_identity_pool_keeps_providers_roles_and_tags(tmp_path: Path) -> None:
    identities = resource(
        "aws_cognito_identity_pool",
        "access",
        {
            "id": IDENTITIES,
            "arn": f"arn:aws:cognito-identity:eu-west-1:123456789012:identitypool/{IDENTITIES}",
            "identity_pool_name": "access",
            "allow_classic_flow": False,
            "allow_unauthenticated_identities": False,
            "cognito_identity_providers": [
                {
                    "client_id": CLIENT_ID,
                    "provider_name": ENDPOINT,
                    "server_side_token_check": False,
                },
                {
                    "client_id": "1of2others3",
                    "provider_name": "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other1234",
                    "server_side_token_check": True,
                },
            ],
            "developer_provider_name": "",
            "openid_connect_provider_arns": [],
            "saml_provider_arns": [],
            "supported_login_providers": {"api.twitter.com": "made-up-id;made-up-secret"},
            "tags": {},
        },
    )
    rule = {"claim": "custom:team", "match_type": "Contains", "role_arn": ROLE, "value": "a"}
    roles = resource(
        "aws_cognito_identity_pool_roles_attachment",
        "access",
        {
            "identity_pool_id": IDENTITIES,
            "roles": {"authenticated": ROLE, "unauthenticated": ROLE},
            "role_mapping": [
                {
                    "identity_provider": f"{ENDPOINT}:{CLIENT_ID}",
                    "type": "Rules",
                    "ambiguous_role_resolution": "AuthenticatedRole",
                    "mapping_rule": [rule],
                }
            ],
        },
    )
    tags = resource(
        "aws_cognito_identity_pool_provider_principal_tag",
        "access",
        {
            "identity_pool_id": IDENTITIES,
            "identity_provider_name": ENDPOINT,
            "principal_tags": {"team": "custom:team"},
            "use_defaults": False,
        },
    )
    users = resource("aws_cognito_user_pool", "users", pool())
    document = adopted_document(tmp_path, users, WEB, identities, roles, tags)
    access = body_of(document, "identity_pool", "access")
    checked = {
        one["client_id"]: one["server_side_token_check"]
        for one in access["cognito_identity_providers"]
    }
    assert checked == {"${aws_cognito_user_pool_client.web.id}": False, "1of2others3": True}
    assert access["supported_login_providers"] == {"api.twitter.com": "${var.access_twitter}"}
    attached = body_of(document, "identity_pool_roles_attachment", "access_roles")
    assert attached["roles"] == {"authenticated": ROLE, "unauthenticated": ROLE}
    (mapping,) = attached["role_mapping"]
    assert mapping["mapping_rule"] == [rule]
    assert mapping["ambiguous_role_resolution"] == "AuthenticatedRole"
    (tagged,) = document["resource"]["aws_cognito_identity_pool_provider_principal_tag"].values()
    assert tagged["principal_tags"] == {"team": "custom:team"}
    imported = {one["to"]: one["id"] for one in document["import"]}
    assert imported["aws_cognito_identity_pool_roles_attachment.access_roles"] == IDENTITIES
    assert "made-up-secret" not in (tmp_path / "out" / "main.py").read_text(encoding="utf-8")


def test_a_risk_configuration_keeps_what_it_has(tmp_path: Path) -> None:
    source = "arn:aws:ses:eu-west-1:123456789012:identity/security@acme.example"
    email = {"subject": "Blocked", "html_body": "<p>Blocked</p>", "text_body": "Blocked"}
    risk = resource(
        "aws_cognito_risk_configuration",
        "risk",
        {
            "user_pool_id": POOL_ID,
            "client_id": CLIENT_ID,
            "account_takeover_risk_configuration": [
                {
                    "actions": [
                        {
                            "high_action": [{"event_action": "BLOCK", "notify": True}],
                            "low_action": [],
                            "medium_action": [],
                        }
                    ],
                    "notify_configuration": [
                        {
                            "block_email": [email],
                            "from": "",
                            "mfa_email": [],
                            "no_action_email": [{**email, "text_body": ""}],
                            "reply_to": "",
                            "source_arn": source,
                        }
                    ],
                }
            ],
            "compromised_credentials_risk_configuration": [],
            "risk_exception_configuration": [],
        },
    )
    users = resource(
        "aws_cognito_user_pool",
        "users",
        pool(user_pool_tier="PLUS", user_pool_add_ons=[{"advanced_security_mode": "ENFORCED"}]),
    )
    document = adopted_document(tmp_path, users, WEB, risk)
    written = body_of(document, "risk_configuration", "risk")
    assert written == {
        "account_takeover_risk_configuration": {
            "actions": {"high_action": {"event_action": "BLOCK", "notify": True}},
            "notify_configuration": {
                "block_email": email,
                "no_action_email": {"html_body": "<p>Blocked</p>", "subject": "Blocked"},
                "source_arn": source,
            },
        },
        "client_id": "${aws_cognito_user_pool_client.web.id}",
        "user_pool_id": "${aws_cognito_user_pool.users.id}",
    }


def test_the_usual_actions_are_those_of_the_library() -> None:
    given = {name: one.event_action.value for name, one in LIBRARY_ACTIONS.items()}
    assert given == USUAL_ACTIONS
    assert not any(one.notify for one in LIBRARY_ACTIONS.values())


def test_what_modules_call_this_gets_the_name_of_the_module(tmp_path: Path) -> None:
    document = state()
    document["values"]["root_module"]["child_modules"] = [
        {
            "address": f"module.{module}",
            "resources": [
                {
                    **resource("aws_cognito_user_pool", "this", pool(id=f"eu-west-1_{module}")),
                    "address": f"module.{module}.aws_cognito_user_pool.this[0]",
                    "index": 0,
                }
            ],
        }
        for module in ("staff", "customers")
    ]
    file = tmp_path / "state.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert cli.main(["adopt", str(file), "--out", str(tmp_path / "out"), "--no-verify"]) == 0
    text = (tmp_path / "out" / "main.py").read_text(encoding="utf-8")
    assert "    staff = UserPool(" in text
    assert "    customers = UserPool(" in text


def test_names_of_python_and_of_the_program_are_free(tmp_path: Path) -> None:
    names = ["app", "stack", "timedelta", "print", "class", "web-app", "web_app", "Web"]
    clients = [
        resource("aws_cognito_user_pool_client", name, client(id=f"1example{at}", name=name))
        for at, name in enumerate(names)
    ]
    users = resource("aws_cognito_user_pool", "users", USERS)
    document = adopted_document(tmp_path, users, GOOGLE, SERVER, *clients)
    assert {one["name"] for one in document["resource"]["aws_cognito_user_pool_client"].values()}
    imported = {one["to"]: one["id"] for one in document["import"]}
    for at, name in enumerate(names):
        assert imported[f"aws_cognito_user_pool_client.{name}"] == f"{POOL_ID}/1example{at}"


def test_settings_of_old_pools_are_written_as_they_are(tmp_path: Path) -> None:
    document = adopted_document(tmp_path, resource("aws_cognito_user_pool", "users", USERS))
    users = document["resource"]["aws_cognito_user_pool"]["users"]
    assert "sms_authentication_message" not in users
    assert "temporary_password_validity_days" not in users["password_policy"]
    assert users["email_configuration"]["source_arn"].endswith("acme.example")
    assert users["sms_configuration"]["external_id"] == "${var.users_external_id}"
    assert document["variable"]["users_external_id"]["sensitive"] is True


@pytest.mark.parametrize("text", ['{####} ${file("/etc/hostname")}', "{####} 100%{ off"])
def test_a_template_in_a_text_stays_text(tmp_path: Path, text: str) -> None:
    template = {
        "default_email_option": "CONFIRM_WITH_CODE",
        "email_subject": "Code",
        "email_message": text,
        "sms_message": "{####}",
    }
    values = pool(verification_message_template=[template])
    document = adopted_document(tmp_path, resource("aws_cognito_user_pool", "users", values))
    written = document["resource"]["aws_cognito_user_pool"]["users"]
    message = written["verification_message_template"]["email_message"]
    assert message == text.replace("${", "$${").replace("%{", "%%{")
