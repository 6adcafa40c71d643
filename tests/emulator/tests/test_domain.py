"""Domains keep what they serve."""

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_a_domain_keeps_its_version_and_its_certificate(emulator: Emulator, pool_id: str) -> None:
    """Or else Terraform would change them at every apply."""
    cognito = emulator.cognito(REGION)
    arn = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d"
    cognito.create_user_pool_domain(
        Domain="auth.acme.example",
        UserPoolId=pool_id,
        ManagedLoginVersion=2,
        CustomDomainConfig={"CertificateArn": arn},
    )
    described = cognito.describe_user_pool_domain(Domain="auth.acme.example")["DomainDescription"]
    assert described["ManagedLoginVersion"] == 2
    assert described["CustomDomainConfig"] == {"CertificateArn": arn}
    cognito.update_user_pool_domain(
        Domain="auth.acme.example",
        UserPoolId=pool_id,
        ManagedLoginVersion=1,
        CustomDomainConfig={"CertificateArn": arn},
    )
    described = cognito.describe_user_pool_domain(Domain="auth.acme.example")["DomainDescription"]
    assert described["ManagedLoginVersion"] == 1


def test_the_classic_pages_need_a_domain(emulator: Emulator, pool_id: str) -> None:
    """Then they keep what is said of them, each client for itself."""
    cognito = emulator.cognito(REGION)
    with pytest.raises(ClientError, match="There has to be an existing domain"):
        cognito.set_ui_customization(UserPoolId=pool_id, CSS=".a {}")
    cognito.create_user_pool_domain(Domain="acme", UserPoolId=pool_id)
    cognito.set_ui_customization(UserPoolId=pool_id, CSS=".a {}", ImageFile=b"image")
    told = cognito.get_ui_customization(UserPoolId=pool_id)["UICustomization"]
    assert told["CSS"] == ".a {}"
    assert told["ImageUrl"] == "https://acme.example/image.png"
    client = {"UserPoolId": pool_id, "ClientId": "1example23456789"}
    other = cognito.get_ui_customization(**client)["UICustomization"]
    assert (other["ClientId"], other["CSS"]) == ("ALL", ".a {}")
    cognito.set_ui_customization(**client, CSS=".b {}")
    other = cognito.get_ui_customization(**client)["UICustomization"]
    assert (other["ClientId"], other["CSS"]) == ("1example23456789", ".b {}")


def test_a_pool_names_its_domain_of_each_kind(emulator: Emulator) -> None:
    cognito = emulator.cognito(REGION)
    pool_id = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    cognito.create_user_pool_domain(
        Domain="login.acme.example",
        UserPoolId=pool_id,
        CustomDomainConfig={
            "CertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d"
        },
    )
    pool = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert "Domain" not in pool
    cognito.create_user_pool_domain(Domain="acme-login", UserPoolId=pool_id)
    pool = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert (pool["Domain"], pool["CustomDomain"]) == ("acme-login", "login.acme.example")
