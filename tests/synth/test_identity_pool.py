"""The identity pool, its roles, and who gets them."""

import json
from typing import Any

import pytest

from constructs_auth import (
    AS_IT_IS,
    AmbiguousRoleResolution,
    AuthApp,
    AuthStack,
    ExistingUserPool,
    ExistingUserPoolClient,
    IdentityPool,
    InvalidValueError,
    LoginProvider,
    MachineToMachine,
    MappingRule,
    NativeApplication,
    RulesRoleMapping,
    S3Backend,
    StringAttribute,
    TokenRoleMapping,
    UserGroup,
    UserPool,
    UserPoolClient,
)
from tests.synth.conftest import Synthesize, rules_in

ROLE = "arn:aws:iam::123456789012:role/given"
OIDC = "arn:aws:iam::123456789012:oidc-provider/login.acme.example"
SAML = "arn:aws:iam::123456789012:saml-provider/staff"
PARTNERS = ExistingUserPool.from_id("eu-west-1_Partners1", region="eu-west-1")
PARTNERS_CLIENT = ExistingUserPoolClient(user_pool=PARTNERS, user_pool_client_id="1example2345")


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool whose users have a department, which clients write only if told to."""
    return UserPool(stack, "users", attributes=[StringAttribute(name="department")])


@pytest.fixture
def phone(stack: AuthStack, pool: UserPool) -> UserPoolClient:
    """A client of the pool."""
    return UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())


def resources(document: dict[str, Any], kind: str) -> dict[str, Any]:
    """Those of *kind*, by name, without what CDKTF notes of them."""
    return {
        name: {key: value for key, value in resource.items() if key != "//"}
        for name, resource in document["resource"].get(f"aws_{kind}", {}).items()
    }


def trust(document: dict[str, Any], role: str) -> Any:
    """The only statement of a role's trust policy."""
    policy = json.loads(document["resource"]["aws_iam_role"][role]["assume_role_policy"])
    (statement,) = policy["Statement"]
    assert policy["Version"] == "2012-10-17"
    return statement


def rule(value: str) -> MappingRule:
    """A rule for a claim that users cannot write by default."""
    return MappingRule(claim="custom:department", value=value, role_arn=ROLE)


def test_guests_and_the_classic_flow_are_off(
    stack: AuthStack, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    """And the user pool is asked about each user."""
    IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    document = synthesize(stack)

    assert resources(document, "cognito_identity_pool") == {
        "identities": {
            "allow_classic_flow": False,
            "allow_unauthenticated_identities": False,
            "cognito_identity_providers": [
                {
                    "client_id": "${aws_cognito_user_pool_client.phone.id}",
                    "provider_name": "${aws_cognito_user_pool.users.endpoint}",
                    "server_side_token_check": True,
                }
            ],
            "identity_pool_name": "identities",
        }
    }
    assert resources(document, "cognito_identity_pool_roles_attachment") == {
        "identities_roles": {
            "identity_pool_id": "${aws_cognito_identity_pool.identities.id}",
            "roles": {"authenticated": "${aws_iam_role.identities_authenticated.arn}"},
        }
    }
    (role,) = resources(document, "iam_role").values()
    del role["assume_role_policy"]
    assert role == {
        "description": "For signed-in users of the identity pool auth/identities",
        "name_prefix": "identities-authenticated-",
    }


def test_a_role_trusts_signed_in_users_of_its_own_pool_alone(
    stack: AuthStack, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    assert trust(synthesize(stack), "identities_authenticated") == {
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"},
            "StringEquals": {
                "cognito-identity.amazonaws.com:aud": "${aws_cognito_identity_pool.identities.id}"
            },
        },
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
    }


def test_everything_is_said_in_order(
    stack: AuthStack, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    web = UserPoolClient(stack, "a_web", user_pool=phone.user_pool, application=NativeApplication())
    IdentityPool(
        stack,
        "identities",
        name="All of Acme",
        cognito_identity_providers={phone, web, PARTNERS_CLIENT},
        server_side_token_check=False,
        openid_connect_provider_arns=[f"{OIDC}/b", OIDC],
        saml_provider_arns=[SAML, SAML.replace("staff", "partner")],
        supported_login_providers={
            LoginProvider.TWITTER: "${var.twitter}",
            LoginProvider.GOOGLE: "1.apps.googleusercontent.com",
        },
        developer_provider_name="login.acme.example",
        allow_unauthenticated_identities=True,
        allow_classic_flow=True,
        authenticated_role_arn=ROLE,
        unauthenticated_role_arn=f"{ROLE}-guests",
        prevent_destroy=True,
        tags={"b": "2", "a": "1"},
    )
    document = synthesize(stack)

    (identities,) = resources(document, "cognito_identity_pool").values()
    clients = identities.pop("cognito_identity_providers")
    assert [(each["client_id"], each["server_side_token_check"]) for each in clients] == [
        ("1example2345", False),
        ("${aws_cognito_user_pool_client.a_web.id}", False),
        ("${aws_cognito_user_pool_client.phone.id}", False),
    ]
    assert clients[0]["provider_name"] == "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Partners1"
    assert identities == {
        "allow_classic_flow": True,
        "allow_unauthenticated_identities": True,
        "developer_provider_name": "login.acme.example",
        "identity_pool_name": "All of Acme",
        "lifecycle": {"prevent_destroy": True},
        "openid_connect_provider_arns": [OIDC, f"{OIDC}/b"],
        "saml_provider_arns": [SAML.replace("staff", "partner"), SAML],
        "supported_login_providers": {
            "accounts.google.com": "1.apps.googleusercontent.com",
            "api.twitter.com": "${var.twitter}",
        },
        "tags": {"a": "1", "b": "2"},
    }
    (attachment,) = resources(document, "cognito_identity_pool_roles_attachment").values()
    assert attachment["roles"] == {"authenticated": ROLE, "unauthenticated": f"{ROLE}-guests"}
    assert "aws_iam_role" not in document["resource"]


def test_guests_have_a_role_of_their_own_where_they_are_let_in(
    stack: AuthStack, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    identities = IdentityPool(
        stack,
        "identities",
        cognito_identity_providers=[phone],
        allow_unauthenticated_identities=True,
    )
    assert not identities.unauthenticated_role.signed_in
    document = synthesize(stack)

    conditions = trust(document, "identities_unauthenticated")["Condition"]
    assert conditions["ForAnyValue:StringLike"] == {
        "cognito-identity.amazonaws.com:amr": "unauthenticated"
    }
    (attachment,) = resources(document, "cognito_identity_pool_roles_attachment").values()
    assert attachment["roles"] == {
        "authenticated": "${aws_iam_role.identities_authenticated.arn}",
        "unauthenticated": "${aws_iam_role.identities_unauthenticated.arn}",
    }


def test_a_group_names_a_role_of_the_pool(
    stack: AuthStack, pool: UserPool, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    """No cycle: the group refers to the role, the role to the identity pool, that to the client."""
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    identities.map_roles(phone, TokenRoleMapping())
    administrators = identities.add_role("administrators")
    UserGroup(stack, "administrators", user_pool=pool, role_arn=administrators.role_arn)
    document = synthesize(stack)

    assert resources(document, "cognito_user_group")["administrators"]["role_arn"] == (
        "${aws_iam_role.identities_administrators.arn}"
    )
    assert trust(document, "identities_administrators") == trust(
        document, "identities_authenticated"
    )
    (attachment,) = resources(document, "cognito_identity_pool_roles_attachment").values()
    assert attachment["role_mapping"] == [
        {
            "ambiguous_role_resolution": "Deny",
            "identity_provider": "${aws_cognito_user_pool.users.endpoint}:"
            "${aws_cognito_user_pool_client.phone.id}",
            "type": "Token",
        }
    ]


def test_rules_are_written_in_their_order_for_each_provider(
    stack: AuthStack, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    """By what Cognito calls each of them."""
    identities = IdentityPool(
        stack,
        "identities",
        cognito_identity_providers=[phone, PARTNERS_CLIENT],
        openid_connect_provider_arns=[OIDC],
        saml_provider_arns=[SAML],
        supported_login_providers={LoginProvider.GOOGLE: "1"},
    )
    for provider in (LoginProvider.GOOGLE, SAML, OIDC, PARTNERS_CLIENT):
        identities.map_roles(
            provider,
            RulesRoleMapping(
                rules=[rule("b"), rule("a")],
                ambiguous_role_resolution=AmbiguousRoleResolution.AUTHENTICATED_ROLE,
            ),
        )
    (attachment,) = resources(synthesize(stack), "cognito_identity_pool_roles_attachment").values()
    mappings = attachment["role_mapping"]
    assert [mapping["identity_provider"] for mapping in mappings] == [
        "accounts.google.com",
        SAML,
        OIDC,
        "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Partners1:1example2345",
    ]
    assert mappings[0] == {
        "ambiguous_role_resolution": "AuthenticatedRole",
        "identity_provider": "accounts.google.com",
        "mapping_rule": [
            {
                "claim": "custom:department",
                "match_type": "Equals",
                "role_arn": ROLE,
                "value": value,
            }
            for value in ("b", "a")
        ],
        "type": "Rules",
    }


def test_a_policy_can_name_the_identity_of_the_user(
    stack: AuthStack, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    """The doubled sign keeps Terraform from taking it for its own."""
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    stack.add_output("variable", identities.identity_id_variable, description="For policies.")
    stack.add_output("arn", identities.identity_pool_arn, description="The ARN.")
    stack.add_output("role", identities.authenticated_role.role_name, description="The role.")
    output = synthesize(stack)["output"]
    assert output["variable"]["value"] == "$${cognito-identity.amazonaws.com:sub}"
    assert output["arn"]["value"] == "${aws_cognito_identity_pool.identities.arn}"
    assert output["role"]["value"] == "${aws_iam_role.identities_authenticated.name}"


@pytest.mark.parametrize(
    ("region", "issuer"),
    [
        ("us-gov-west-1", "cognito-identity-us-gov.amazonaws.com"),
        ("us-gov-east-1", "cognito-identity.us-gov-east-1.amazonaws.com"),
        ("${var.region}", "cognito-identity.amazonaws.com"),
    ],
)
def test_the_issuer_follows_the_region(
    region: str, issuer: str, app: AuthApp, synthesize: Synthesize
) -> None:
    stack = AuthStack(
        app, "elsewhere", region=region, backend=S3Backend(bucket="acme-state", key="b")
    )
    identities = IdentityPool(
        stack, "identities", supported_login_providers={LoginProvider.GOOGLE: "1"}
    )
    assert identities.identity_id_variable == f"$${{{issuer}:sub}}"
    statement = trust(synthesize(stack), "identities_authenticated")
    assert statement["Principal"] == {"Federated": issuer}
    assert [*statement["Condition"]["StringEquals"]] == [f"{issuer}:aud"]
    assert [*statement["Condition"]["ForAnyValue:StringLike"]] == [f"{issuer}:amr"]


def test_a_role_is_not_made_where_its_trust_is_not_known(
    app: AuthApp, synthesize: Synthesize
) -> None:
    """AWS's documents for China name several issuers."""
    stack = AuthStack(
        app, "china", region="cn-north-1", backend=S3Backend(bucket="acme-state", key="b")
    )
    logins = {LoginProvider.AMAZON: "1"}
    with pytest.raises(InvalidValueError) as caught:
        IdentityPool(stack, "identities", supported_login_providers=logins)
    assert str(caught.value) == (
        "IdentityPool: must have the ARNs of its roles in China, where AWS documents no single "
        "issuer, got 'cn-north-1'; set authenticated_role_arn and, for guests, "
        "unauthenticated_role_arn"
    )
    assert stack.node.try_find_child("identities") is None
    IdentityPool(stack, "identities", supported_login_providers=logins, authenticated_role_arn=ROLE)
    assert [*resources(synthesize(stack), "cognito_identity_pool")] == ["identities"]


def test_tokens_pass(stack: AuthStack, synthesize: Synthesize) -> None:
    identities = IdentityPool(
        stack,
        "identities",
        name="${var.name}",
        openid_connect_provider_arns=["${var.oidc}"],
        saml_provider_arns=["${var.saml}"],
        supported_login_providers={LoginProvider.GOOGLE: "${var.google}"},
        developer_provider_name="${var.developer}",
        authenticated_role_arn="${var.role}",
    )
    identities.map_roles("${var.oidc}", RulesRoleMapping(rules=[rule("${var.value}")]))
    document = synthesize(stack)
    (written,) = resources(document, "cognito_identity_pool").values()
    assert written["identity_pool_name"] == "${var.name}"
    assert written["developer_provider_name"] == "${var.developer}"
    (attachment,) = resources(document, "cognito_identity_pool_roles_attachment").values()
    assert attachment["roles"] == {"authenticated": "${var.role}"}
    (mapping,) = attachment["role_mapping"]
    assert mapping["identity_provider"] == "${var.oidc}"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"name": "All/Acme"},
            "IdentityPool.name: must be 1 to 128 characters, letters, digits, spaces and _ + = , . "
            "@ -, got 'All/Acme'; give another name",
        ),
        (
            {"cognito_identity_providers": ["phone"]},
            "IdentityPool.cognito_identity_providers[0]: must be of type UserPoolClient or "
            "ExistingUserPoolClient, got 'phone'; write UserPoolClient(…) or "
            "ExistingUserPoolClient(…)",
        ),
        (
            {"openid_connect_provider_arns": [SAML]},
            "IdentityPool.openid_connect_provider_arns[0]: must be the ARN of an IAM "
            "oidc-provider, got 'arn:aws:iam::123456789012:saml-provider/staff'; write one such as "
            "'arn:aws:iam::123456789012:oidc-provider/<name>'",
        ),
        (
            {"saml_provider_arns": SAML},
            f"IdentityPool.saml_provider_arns: must be a list, a tuple or a set, got '{SAML}'; put "
            "it into a list",
        ),
        (
            {"supported_login_providers": {"login.acme.example": "1"}},
            "IdentityPool.supported_login_providers, key: must be a member of LoginProvider, got "
            "'login.acme.example'; choose from LoginProvider.AMAZON, LoginProvider.APPLE, "
            "LoginProvider.FACEBOOK, LoginProvider.GOOGLE, LoginProvider.TWITTER",
        ),
        (
            {"supported_login_providers": {LoginProvider.GOOGLE: "a b"}},
            "IdentityPool.supported_login_providers['accounts.google.com']: must be 1 to 128 "
            "characters, letters, digits and . ; _ / -, got 'a b'; write the id of the "
            "application at the provider",
        ),
        (
            {"supported_login_providers": {LoginProvider.TWITTER: "key;secret"}},
            "IdentityPool.supported_login_providers['api.twitter.com']: must come from outside the "
            "program, got '***'; use the string_value of a sensitive Variable, or an attribute "
            "of a data source",
        ),
        (
            {"supported_login_providers": [LoginProvider.GOOGLE]},
            "IdentityPool.supported_login_providers: must be a mapping, got <class 'list'>; write "
            "{LoginProvider.GOOGLE: '<client id>'}",
        ),
        (
            {"developer_provider_name": "x" * 101},
            "IdentityPool.developer_provider_name: must be 1 to 100 characters, not 101, got "
            f"'{'x' * 101}'; write one such as 'login.acme.example'",
        ),
        (
            {"allow_unauthenticated_identities": "${var.guests}"},
            "IdentityPool.allow_unauthenticated_identities: must be True or False, got "
            "'${var.guests}'; write one of them",
        ),
        (
            {"unauthenticated_role_arn": ROLE},
            "IdentityPool.unauthenticated_role_arn: must not be set unless guests are allowed, "
            f"got '{ROLE}'; leave it out, or set allow_unauthenticated_identities=True",
        ),
        (
            {"authenticated_role_arn": OIDC},
            f"IdentityPool.authenticated_role_arn: must be the ARN of an IAM role, got '{OIDC}'; "
            "write one such as 'arn:aws:iam::123456789012:role/<name>'",
        ),
    ],
)
def test_refuses_what_cannot_work(
    settings: dict[str, Any], expected: str, stack: AuthStack
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        IdentityPool(stack, "identities", **settings)
    assert str(caught.value) == expected
    assert stack.node.try_find_child("identities") is None


def test_refuses_a_program_that_no_user_signs_in_with(stack: AuthStack, pool: UserPool) -> None:
    """Its tokens speak for no user."""
    job = MachineToMachine(allowed_oauth_scopes=["api/read"])
    client = UserPoolClient(stack, "job", user_pool=pool, application=job)
    with pytest.raises(InvalidValueError) as caught:
        IdentityPool(stack, "identities", cognito_identity_providers=[client])
    assert str(caught.value) == (
        "IdentityPool.cognito_identity_providers[0]: must be a client that users sign in with, got "
        "'auth/job'; use another client; a MachineToMachine has no users"
    )


def test_refuses_a_role_that_is_there_already(stack: AuthStack, phone: UserPoolClient) -> None:
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    identities.add_role("sales")
    for name in ("sales", "authenticated", "unauthenticated", "roles"):
        with pytest.raises(InvalidValueError) as caught:
            identities.add_role(name)
        assert str(caught.value) == (
            f"IdentityPool.add_role, name: must be unique in auth/identities, got {name!r};"
            " use the role that the first call returned, or choose another name"
        )


def test_a_role_that_was_not_made_is_not_there(stack: AuthStack, phone: UserPoolClient) -> None:
    identities = IdentityPool(
        stack, "identities", cognito_identity_providers=[phone], authenticated_role_arn=ROLE
    )
    assert identities.authenticated_role_arn == ROLE
    assert identities.unauthenticated_role_arn is None
    with pytest.raises(InvalidValueError) as signed_in:
        _ = identities.authenticated_role
    assert str(signed_in.value) == (
        "IdentityPool auth/identities: must have its own authenticated role, got []; leave out "
        "authenticated_role_arn, so that this library creates the role"
    )
    with pytest.raises(InvalidValueError) as guests:
        _ = identities.unauthenticated_role
    assert str(guests.value) == (
        "IdentityPool auth/identities: must have its own unauthenticated role, got []; leave out "
        "unauthenticated_role_arn and set "
        "allow_unauthenticated_identities=True"
    )


@pytest.mark.parametrize(
    ("provider", "mapping", "expected"),
    [
        (
            SAML,
            TokenRoleMapping(),
            "IdentityPool.map_roles, provider: must be a provider of the identity pool, got "
            f"'{SAML}'; add it to the pool, whose providers are: 1example2345, "
            "accounts.google.com",
        ),
        (
            ExistingUserPoolClient(user_pool=PARTNERS, user_pool_client_id="2example3456"),
            TokenRoleMapping(),
            "IdentityPool.map_roles, provider: must be a provider of the identity pool, got "
            "'2example3456'; add it to the pool, whose providers are: 1example2345, "
            "accounts.google.com",
        ),
        (
            LoginProvider.GOOGLE,
            "Token",
            "IdentityPool.map_roles, mapping: must be of type TokenRoleMapping or "
            "RulesRoleMapping, got 'Token'; write TokenRoleMapping(…) or RulesRoleMapping(…)",
        ),
        (
            PARTNERS_CLIENT,
            RulesRoleMapping(rules=[rule("a")]),
            "IdentityPool.map_roles, provider: must have one mapping, got '1example2345'; put all "
            "rules into one RulesRoleMapping(…)",
        ),
        (
            LoginProvider.GOOGLE,
            TokenRoleMapping(),
            "IdentityPool.map_roles, mapping: must use rules for a social provider, whose tokens "
            "name no roles, got "
            "TokenRoleMapping(ambiguous_role_resolution=<AmbiguousRoleResolution.DENY: 'Deny'>); "
            "use RulesRoleMapping(…)",
        ),
    ],
)
def test_refuses_a_mapping_that_means_nothing(
    provider: Any, mapping: Any, expected: str, stack: AuthStack
) -> None:
    identities = IdentityPool(
        stack,
        "identities",
        cognito_identity_providers=[PARTNERS_CLIENT],
        supported_login_providers={LoginProvider.GOOGLE: "1"},
    )
    identities.map_roles(PARTNERS_CLIENT, TokenRoleMapping())
    with pytest.raises(InvalidValueError) as caught:
        identities.map_roles(provider, mapping)
    assert str(caught.value) == expected


def test_ten_providers_can_be_mapped(stack: AuthStack) -> None:
    arns = [f"{SAML}-{number:02}" for number in range(11)]
    identities = IdentityPool(stack, "identities", saml_provider_arns=arns)
    for arn in arns[:10]:
        identities.map_roles(arn, TokenRoleMapping())
    with pytest.raises(InvalidValueError) as caught:
        identities.map_roles(arns[10], TokenRoleMapping())
    assert str(caught.value) == (
        "IdentityPool.map_roles, number of mappings: must be from 0 to 10 providers, got 11; use "
        "several identity pools"
    )


def test_says_aloud_what_lets_in_too_many_or_nobody(
    stack: AuthStack, phone: UserPoolClient, app: AuthApp, capsys: pytest.CaptureFixture[str]
) -> None:
    IdentityPool(
        stack,
        "open",
        cognito_identity_providers=[phone],
        server_side_token_check=False,
        allow_unauthenticated_identities=True,
        allow_classic_flow=True,
    )
    IdentityPool(stack, "closed")
    app.synth()
    printed = capsys.readouterr().err
    assert rules_in(printed) == ["CG501", "CG502", "CG506", "CG503"]
    assert printed.startswith(
        "warning: auth/closed: has no provider and no guests, so nobody gets credentials; set "
        "cognito_identity_providers\n"
    )


def test_says_that_users_write_the_claim_that_decides(
    stack: AuthStack,
    pool: UserPool,
    phone: UserPoolClient,
    app: AuthApp,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Through any client of the pool, also one that the identity pool does not know."""
    UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=NativeApplication(),
        write_attributes=["email", "custom:department"],
    )
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    identities.map_roles(phone, RulesRoleMapping(rules=[rule("a"), rule("b")]))
    app.synth()
    assert capsys.readouterr().err.splitlines() == [
        "warning: auth/identities: a rule for auth/phone chooses a role by the claim "
        "'custom:department', which users can write through auth/web; remove it from "
        "write_attributes there, or use a claim that users cannot write"
    ]


def test_says_that_nobody_gets_the_role_of_a_group(
    stack: AuthStack,
    pool: UserPool,
    phone: UserPoolClient,
    app: AuthApp,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Cognito would silently give the role of all signed-in users."""
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    IdentityPool(stack, "others", cognito_identity_providers=[phone])
    UserGroup(stack, "admins", user_pool=pool, role_arn=identities.add_role("admins").role_arn)
    app.synth()
    assert capsys.readouterr().err.splitlines() == [
        "warning: auth/identities: does not use the roles in the tokens of users, so nobody gets "
        "the roles of the groups auth/admins; call map_roles(<client>, TokenRoleMapping())"
    ]


def test_says_nothing_where_another_identity_pool_gives_the_roles(
    stack: AuthStack,
    pool: UserPool,
    phone: UserPoolClient,
    app: AuthApp,
    capsys: pytest.CaptureFixture[str],
) -> None:
    IdentityPool(stack, "others", cognito_identity_providers=[phone])
    identities = IdentityPool(stack, "identities", cognito_identity_providers=[phone])
    identities.map_roles(phone, TokenRoleMapping())
    UserGroup(stack, "admins", user_pool=pool, role_arn=identities.add_role("admins").role_arn)
    app.synth()
    assert capsys.readouterr().err == ""


def test_says_that_no_token_names_a_role(
    stack: AuthStack,
    pool: UserPool,
    phone: UserPoolClient,
    app: AuthApp,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of a pool that others own nothing is known."""
    identities = IdentityPool(
        stack, "identities", cognito_identity_providers=[phone, PARTNERS_CLIENT]
    )
    identities.map_roles(phone, TokenRoleMapping())
    identities.map_roles(PARTNERS_CLIENT, TokenRoleMapping())
    UserGroup(stack, "admins", user_pool=pool)
    app.synth()
    assert capsys.readouterr().err.splitlines() == [
        "warning: auth/identities: uses the roles in the tokens of users of auth/users, but none "
        "of its groups has a role; set role_arn of a UserGroup"
    ]


def test_roles_that_do_not_exist_are_left_out(
    stack: AuthStack, phone: UserPoolClient, synthesize: Synthesize
) -> None:
    pool = IdentityPool(
        stack,
        "access",
        cognito_identity_providers=[phone],
        authenticated_role_arn=AS_IT_IS,
        allow_unauthenticated_identities=True,
        unauthenticated_role_arn=AS_IT_IS,
    )
    with pytest.raises(InvalidValueError, match="must have a role for this, got None; set auth"):
        pool.map_roles(phone, TokenRoleMapping())
    assert pool.authenticated_role_arn is None
    document = synthesize(stack)
    assert "aws_iam_role" not in document["resource"]
    assert "aws_cognito_identity_pool_roles_attachment" not in document["resource"]


def test_guests_alone_have_a_role(stack: AuthStack, synthesize: Synthesize) -> None:
    pool = IdentityPool(
        stack,
        "access",
        authenticated_role_arn=AS_IT_IS,
        allow_unauthenticated_identities=True,
        unauthenticated_role_arn=ROLE,
    )
    pool.roles_attachment.add_override("roles.other", ROLE)
    roles = resources(synthesize(stack), "cognito_identity_pool_roles_attachment")["access_roles"]
    assert roles["roles"] == {"unauthenticated": ROLE, "other": ROLE}
