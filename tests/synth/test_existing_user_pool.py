"""What is added to a pool that another stack or team owns."""

from pathlib import Path
from typing import Any

import pytest
from cdktf_cdktf_provider_aws.data_aws_ssm_parameter import DataAwsSsmParameter

from constructs_auth import (
    AuthApp,
    AuthStack,
    ClassicPages,
    ExistingUserPool,
    InvalidValueError,
    MachineToMachine,
    NativeApplication,
    OAuth,
    PrefixDomain,
    ResourceServer,
    ResourceServerScope,
    S3Backend,
    SamlIdentityProvider,
    SamlMetadataUrl,
    SynthesisError,
    User,
    UserGroup,
    UserPoolClient,
    UserPoolDomain,
    UserPoolUICustomization,
    WebApplication,
)
from tests.synth.conftest import Synthesize

POOL_ID = "eu-west-1_AbCdEf123"
POOL = ExistingUserPool.from_id(POOL_ID, region="eu-west-1")
METADATA = SamlMetadataUrl(url="https://login.acme.example/metadata")


def test_everything_takes_it_in_place_of_a_pool(stack: AuthStack, synthesize: Synthesize) -> None:
    server = ResourceServer(
        stack,
        "api",
        user_pool=POOL,
        identifier="api",
        scopes=[ResourceServerScope(name="read", description="Read")],
    )
    provider = SamlIdentityProvider(
        stack,
        "staff",
        user_pool=POOL,
        metadata=METADATA,
        attribute_mapping={"custom:tenant": "org"},
    )
    group = UserGroup(stack, "admins", user_pool=POOL)
    User(
        stack,
        "ann",
        user_pool=POOL,
        username="ann",
        attributes={"custom:tenant": "acme"},
        groups=[group],
    )
    job = MachineToMachine(allowed_oauth_scopes=[server.scope("read")])
    UserPoolClient(stack, "job", user_pool=POOL, application=job)
    UserPoolClient(
        stack,
        "phone",
        user_pool=POOL,
        application=NativeApplication(),
        supported_identity_providers=[provider],
        read_attributes=["custom:anything", "email"],
    )
    resources = synthesize(stack)["resource"]

    assert {
        resource["user_pool_id"] for named in resources.values() for resource in named.values()
    } == {POOL_ID}
    phone = resources["aws_cognito_user_pool_client"]["phone"]
    assert phone["read_attributes"] == ["custom:anything", "email"]
    assert "custom:tenant" in phone["write_attributes"]
    assert phone["explicit_auth_flows"] == ["ALLOW_USER_SRP_AUTH"]
    assert phone["refresh_token_rotation"][0]["feature"] == "ENABLED"


def test_a_domain_and_its_styles_can_be_added_to_it(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Managed login by default, and a style for each client of this program."""
    domain = UserPoolDomain(
        stack, "domain", user_pool=POOL, domain=PrefixDomain(prefix="acme-reports")
    )
    oauth = OAuth(callback_urls=["https://reports.acme.example/callback"])
    UserPoolClient(stack, "reports", user_pool=POOL, application=WebApplication(oauth=oauth))
    resources = synthesize(stack)["resource"]

    assert domain.base_url == "https://acme-reports.auth.eu-west-1.amazoncognito.com"
    made = resources["aws_cognito_user_pool_domain"]["domain"]
    del made["//"]
    assert made == {
        "domain": "acme-reports",
        "managed_login_version": 2,
        "user_pool_id": POOL_ID,
    }
    style = resources["aws_cognito_managed_login_branding"]["reports_branding"]
    assert style["client_id"] == "${aws_cognito_user_pool_client.reports.id}"


def test_its_classic_pages_can_be_changed(stack: AuthStack, synthesize: Synthesize) -> None:
    """For a client that refers to the pool by a reference of its own, which is equal."""
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=POOL,
        domain=PrefixDomain(prefix="acme-reports"),
        managed_login_version=1,
    )
    oauth = OAuth(callback_urls=["https://reports.acme.example/callback"])
    client = UserPoolClient(
        stack,
        "reports",
        user_pool=ExistingUserPool.from_id(POOL_ID, region="eu-west-1"),
        application=WebApplication(oauth=oauth),
    )
    UserPoolUICustomization(
        stack, "pages", domain=domain, client=client, pages=ClassicPages(css=".a {}")
    )
    pages = synthesize(stack)["resource"]["aws_cognito_user_pool_ui_customization"]["pages"]
    assert pages["client_id"] == "${aws_cognito_user_pool_client.reports.id}"
    assert pages["user_pool_id"] == "${aws_cognito_user_pool_domain.domain.user_pool_id}"


def test_a_second_domain_of_a_kind_is_a_problem_there_too(app: AuthApp, stack: AuthStack) -> None:
    for name in ("first", "second"):
        domain = PrefixDomain(prefix=f"acme-{name}")
        UserPoolDomain(stack, name, user_pool=POOL, domain=domain)
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    assert [str(problem) for problem in caught.value.problems] == [
        "auth/second: domain: must be the only PrefixDomain of its pool, got a second one after "
        "auth/first; remove one of the two, because a pool has at most one prefix and one custom "
        "domain"
    ]


def test_the_id_may_come_from_a_data_source(stack: AuthStack, synthesize: Synthesize) -> None:
    parameter = DataAwsSsmParameter(stack, "pool_id", name="/identity/user_pool_id")
    pool = ExistingUserPool.from_id(parameter.value, region="eu-west-1")
    UserGroup(stack, "admins", user_pool=pool)
    group = synthesize(stack)["resource"]["aws_cognito_user_group"]["admins"]
    assert group["user_pool_id"] == "${data.aws_ssm_parameter.pool_id.value}"


def test_two_apps_of_one_process_do_not_know_of_each_other(
    stack: AuthStack, synthesize: Synthesize, tmp_path: Path
) -> None:
    """Both have a group of one name in the same pool, as far as their ids say."""
    other = AuthStack(
        AuthApp(outdir=str(tmp_path / "other"), context={}),
        "auth",
        region="eu-west-1",
        backend=S3Backend(bucket="acme-state", key="other.tfstate", region="eu-west-1"),
    )
    UserGroup(other, "admins", user_pool=POOL)
    UserGroup(stack, "admins", user_pool=POOL)
    assert "admins" in synthesize(stack)["resource"]["aws_cognito_user_group"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"user_pool": POOL_ID},
            "UserGroup.user_pool: must be of type UserPool or ExistingUserPool, got "
            "'eu-west-1_AbCdEf123'; write UserPool(…) or ExistingUserPool(…)",
        ),
    ],
)
def test_refuses_a_mere_id(settings: dict[str, Any], expected: str, stack: AuthStack) -> None:
    with pytest.raises(InvalidValueError) as caught:
        UserGroup(stack, "admins", **settings)
    assert str(caught.value) == expected


def test_what_is_no_attribute_of_any_pool_is_still_refused(stack: AuthStack) -> None:
    with pytest.raises(InvalidValueError) as caught:
        SamlIdentityProvider(
            stack,
            "staff",
            user_pool=POOL,
            metadata=METADATA,
            attribute_mapping={"tenant": "org"},
        )
    assert str(caught.value) == (
        "SamlIdentityProvider.attribute_mapping: must name attributes of the pool, got 'tenant'; "
        "add the attribute to the pool; custom attributes have the prefix custom:"
    )
