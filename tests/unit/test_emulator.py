"""The emulator ends with the program that started it, and does what moto alone does not."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from tests.support.emulator import Emulator, EmulatorError, running_emulator
from tests.support.synthesized import PROJECT

_REGION = "eu-central-1"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulated AWS."""
    with running_emulator(tmp_path_factory.mktemp("emulator") / "log") as emulator:
        yield emulator


@pytest.fixture
def pool_id(emulator: Emulator) -> str:
    """A user pool that is protected from deletion, with names that ignore case."""
    made = emulator.cognito(_REGION).create_user_pool(
        PoolName="pool",
        DeletionProtection="ACTIVE",
        UsernameConfiguration={"CaseSensitive": False},
        AliasAttributes=["email"],
        UserPoolTags={"stack": "auth"},
        UserPoolTier="PLUS",
    )
    return made["UserPool"]["Id"]


def test_stops_at_the_end(tmp_path: Path) -> None:
    """Its process has ended."""
    with running_emulator(tmp_path / "log") as emulator:
        os.kill(emulator.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(emulator.pid, 0)


def test_ends_with_its_starter(tmp_path: Path) -> None:
    """Also where the program that started it was killed and could stop nothing."""
    program = (
        "import os, pathlib, sys; from tests.support.emulator import running_emulator\n"
        "with running_emulator(pathlib.Path(sys.argv[1])) as emulator:\n"
        "    print(emulator.endpoint, flush=True); os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "log")],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    port = int(run.stdout.rpartition(":")[2])
    end = time.monotonic() + 10
    while is_served(port):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_says_why_it_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the process printed."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with (
        pytest.raises(EmulatorError, match=r"^emulator: did not start, it said:\n$"),
        running_emulator(tmp_path / "log"),
    ):
        pass


def test_a_held_call_waits_for_its_answer(emulator: Emulator) -> None:
    """It is performed when it is let through."""
    cognito = emulator.cognito(_REGION)
    emulator.gate("hold", "ListUserPools")
    answers: list[int] = []
    call = threading.Thread(
        target=lambda: answers.append(len(cognito.list_user_pools(MaxResults=1)))
    )
    call.start()
    emulator.wait_for_call("ListUserPools", seconds=10)
    assert answers == []
    emulator.gate("answer", "ListUserPools")
    call.join(timeout=10)
    assert len(answers) == 1


def test_says_which_call_did_not_come(emulator: Emulator) -> None:
    """A test that waits in vain fails with its name."""
    emulator.gate("hold", "DeleteGroup")
    with pytest.raises(EmulatorError, match=r"^DeleteGroup: no call within 0.1 s$"):
        emulator.wait_for_call("DeleteGroup", seconds=0.1)


def test_a_new_pool_has_cognitos_default_plan(emulator: Emulator) -> None:
    """DescribeUserPool always tells the plan."""
    cognito = emulator.cognito(_REGION)
    made = cognito.create_user_pool(PoolName="pool")["UserPool"]
    described = cognito.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
    assert described["UserPoolTier"] == "ESSENTIALS"


def test_a_pool_keeps_its_plan(emulator: Emulator, pool_id: str) -> None:
    """The one that it was made with."""
    described = emulator.cognito(_REGION).describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert described["UserPoolTier"] == "PLUS"


def test_an_update_keeps_what_it_cannot_set(emulator: Emulator, pool_id: str) -> None:
    """Or else Terraform would want to replace the pool."""
    cognito = emulator.cognito(_REGION)
    cognito.update_user_pool(UserPoolId=pool_id, DeletionProtection="ACTIVE")
    described = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert described["UsernameConfiguration"] == {"CaseSensitive": False}
    assert described["AliasAttributes"] == ["email"]
    assert described["UserPoolTags"] == {"stack": "auth"}


def test_tags_can_be_changed(emulator: Emulator, pool_id: str) -> None:
    """As Terraform does when the tags of the stack change."""
    cognito = emulator.cognito(_REGION)
    arn = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]["Arn"]
    cognito.tag_resource(ResourceArn=arn, Tags={"owner": "identity"})
    cognito.untag_resource(ResourceArn=arn, TagKeys=["stack"])
    described = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    assert described["UserPoolTags"] == {"owner": "identity"}


def test_a_profile_of_the_developer_does_not_matter(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even one that does not exist."""
    monkeypatch.setenv("AWS_PROFILE", "missing")
    assert emulator.s3(_REGION).list_buckets()["Buckets"] == []


def test_a_protected_pool_is_not_deleted(emulator: Emulator, pool_id: str) -> None:
    """Until the protection is taken off."""
    cognito = emulator.cognito(_REGION)
    with pytest.raises(ClientError, match="deletion protection is activated"):
        cognito.delete_user_pool(UserPoolId=pool_id)
    cognito.update_user_pool(UserPoolId=pool_id, DeletionProtection="INACTIVE")
    cognito.delete_user_pool(UserPoolId=pool_id)
    with pytest.raises(ClientError, match="does not exist"):
        cognito.describe_user_pool(UserPoolId=pool_id)


def test_a_client_signs_in_by_its_own_flows_only(emulator: Emulator, pool_id: str) -> None:
    """A client that allows SRP does not take a plain password."""
    cognito = emulator.cognito(_REGION)
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="client", ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"]
    )["UserPoolClient"]
    with pytest.raises(ClientError, match="USER_PASSWORD_AUTH flow not enabled for this client"):
        cognito.initiate_auth(
            ClientId=client["ClientId"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "jane", "PASSWORD": "Passw0rd!"},
        )


def test_a_client_with_a_secret_proves_it(emulator: Emulator, pool_id: str) -> None:
    """Signing up without the proof is refused."""
    cognito = emulator.cognito(_REGION)
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="client", GenerateSecret=True
    )["UserPoolClient"]
    with pytest.raises(ClientError, match="Unable to verify secret hash for client"):
        cognito.sign_up(ClientId=client["ClientId"], Username="jane", Password="Passw0rd!")


def test_keys_are_open_to_everybody(emulator: Emulator, pool_id: str) -> None:
    """Without a signature, as applications read them."""
    url = f"{emulator.endpoint}/{pool_id}/.well-known/jwks.json"
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the emulator's
        assert json.load(answer)["keys"]


def is_served(port: int) -> bool:
    """Whether anything listens on a port of the loopback interface."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_a_domain_keeps_its_version_and_its_certificate(emulator: Emulator, pool_id: str) -> None:
    """Or else Terraform would change them at every apply."""
    cognito = emulator.cognito(_REGION)
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
    cognito = emulator.cognito(_REGION)
    with pytest.raises(ClientError, match="There has to be an existing domain"):
        cognito.set_ui_customization(UserPoolId=pool_id, CSS=".a {}")
    cognito.create_user_pool_domain(Domain="acme", UserPoolId=pool_id)
    cognito.set_ui_customization(UserPoolId=pool_id, CSS=".a {}", ImageFile=b"image")
    told = cognito.get_ui_customization(UserPoolId=pool_id)["UICustomization"]
    assert told["CSS"] == ".a {}"
    assert told["ImageUrl"] == "https://acme.example/image.png"
    other = cognito.get_ui_customization(UserPoolId=pool_id, ClientId="1example23456789")
    assert other["UICustomization"] == {}


def test_risks_are_kept_by_pool_and_by_client(emulator: Emulator) -> None:
    """Without events all are meant, and without anything Cognito's own reactions count again."""
    cognito = emulator.cognito(_REGION)
    made = cognito.create_user_pool(
        PoolName="pool", UserPoolTier="PLUS", UserPoolAddOns={"AdvancedSecurityMode": "AUDIT"}
    )
    pool_id = made["UserPool"]["Id"]
    cognito.set_risk_configuration(
        UserPoolId=pool_id,
        CompromisedCredentialsRiskConfiguration={"Actions": {"EventAction": "BLOCK"}},
    )
    cognito.set_risk_configuration(
        UserPoolId=pool_id,
        ClientId="1example23456789",
        RiskExceptionConfiguration={"BlockedIPRangeList": ["203.0.113.0/24"]},
    )

    told = cognito.describe_risk_configuration(UserPoolId=pool_id)["RiskConfiguration"]
    assert sorted(told["CompromisedCredentialsRiskConfiguration"]["EventFilter"]) == [
        "PASSWORD_CHANGE",
        "SIGN_IN",
        "SIGN_UP",
    ]
    assert "RiskExceptionConfiguration" not in told
    told = cognito.describe_risk_configuration(UserPoolId=pool_id, ClientId="1example23456789")[
        "RiskConfiguration"
    ]
    assert told["RiskExceptionConfiguration"] == {"BlockedIPRangeList": ["203.0.113.0/24"]}
    assert "CompromisedCredentialsRiskConfiguration" not in told

    cognito.set_risk_configuration(UserPoolId=pool_id)
    told = cognito.describe_risk_configuration(UserPoolId=pool_id)["RiskConfiguration"]
    assert told == {"UserPoolId": pool_id}


def test_risks_need_threat_protection(emulator: Emulator, pool_id: str) -> None:
    """As Cognito says it."""
    cognito = emulator.cognito(_REGION)
    with pytest.raises(ClientError, match="UserPoolAddOnNotEnabledException"):
        cognito.set_risk_configuration(UserPoolId=pool_id)
    with pytest.raises(ClientError, match="UserPoolAddOnNotEnabledException"):
        cognito.describe_risk_configuration(UserPoolId=pool_id)


def test_a_web_acl_in_use_is_not_deleted(emulator: Emulator, pool_id: str) -> None:
    """It has to be taken off first."""
    waf = emulator.client("wafv2", _REGION)
    visibility = {
        "CloudWatchMetricsEnabled": True,
        "MetricName": "acl",
        "SampledRequestsEnabled": True,
    }
    acl = waf.create_web_acl(
        Name="acl", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=visibility
    )["Summary"]
    pool = emulator.cognito(_REGION).describe_user_pool(UserPoolId=pool_id)["UserPool"]
    waf.associate_web_acl(WebACLArn=acl["ARN"], ResourceArn=pool["Arn"])

    def delete() -> None:
        waf.delete_web_acl(Name="acl", Scope="REGIONAL", Id=acl["Id"], LockToken=acl["LockToken"])

    with pytest.raises(ClientError, match="WAFAssociatedItemException"):
        delete()
    waf.disassociate_web_acl(ResourceArn=pool["Arn"])
    delete()


def test_a_log_group_tells_its_class(emulator: Emulator) -> None:
    """Or else Terraform would make another one at every apply."""
    logs = emulator.client("logs", _REGION)
    logs.create_log_group(logGroupName="/aws/vendedlogs/cognito", logGroupClass="STANDARD")
    (group,) = logs.describe_log_groups()["logGroups"]
    assert group["logGroupClass"] == "STANDARD"


_HEADER = "s3:x-amz-server-side-encryption"


@pytest.mark.parametrize(
    ("condition", "refused"),
    [
        ({"Bool": {"aws:SecureTransport": "false"}}, []),
        ({"Null": {_HEADER: "true"}}, [None]),
        ({"Null": {_HEADER: "false"}}, ["AES256", "aws:kms"]),
        ({"StringNotEquals": {_HEADER: "aws:kms"}}, [None, "AES256"]),
        ({"Null": {_HEADER: "false"}, "StringNotEquals": {_HEADER: "aws:kms"}}, ["AES256"]),
        ({}, [None, "AES256", "aws:kms"]),
    ],
)
def test_a_bucket_decides_by_the_conditions_of_its_policy(
    condition: dict[str, Any], refused: list[str | None], emulator: Emulator
) -> None:
    """A negated condition holds for what was not sent, as IAM documents it."""
    s3 = emulator.client("s3", _REGION)
    s3.create_bucket(Bucket="acme", CreateBucketConfiguration={"LocationConstraint": _REGION})
    statement = {
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme/*",
        "Condition": condition,
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    s3.put_bucket_policy(Bucket="acme", Policy=json.dumps(policy))

    def is_refused(encryption: str | None) -> bool:
        named = {} if encryption is None else {"ServerSideEncryption": encryption}
        try:
            s3.put_object(Bucket="acme", Key="state", Body=b"", **named)
        except ClientError as error:
            return bool(error.response["Error"]["Code"] == "403")
        return False

    try:
        assert [each for each in (None, "AES256", "aws:kms") if is_refused(each)] == refused
    finally:
        s3.delete_bucket_policy(Bucket="acme")
        s3.delete_object(Bucket="acme", Key="state")
        s3.delete_bucket(Bucket="acme")


def test_a_lifecycle_keeps_how_many_old_versions_stay(emulator: Emulator) -> None:
    """Also of several rules, of which some have no number."""
    s3 = emulator.client("s3", _REGION)
    s3.create_bucket(Bucket="life", CreateBucketConfiguration={"LocationConstraint": _REGION})
    rules = [
        {
            "ID": name,
            "Status": "Enabled",
            "Filter": {"Prefix": f"{name}/"},
            "NoncurrentVersionExpiration": expiration,
        }
        for name, expiration in (
            ("a", {"NoncurrentDays": 90}),
            ("b", {"NoncurrentDays": 90, "NewerNoncurrentVersions": 10}),
        )
    ]
    s3.put_bucket_lifecycle_configuration(Bucket="life", LifecycleConfiguration={"Rules": rules})

    assert s3.get_bucket_lifecycle_configuration(Bucket="life")["Rules"] == rules


def test_versions_of_a_deleted_object_can_be_deleted(emulator: Emulator) -> None:
    """As who empties a bucket does, with the marker last."""
    s3 = emulator.client("s3", _REGION)
    s3.create_bucket(Bucket="marker", CreateBucketConfiguration={"LocationConstraint": _REGION})
    versioning = {"Status": "Enabled"}
    s3.put_bucket_versioning(Bucket="marker", VersioningConfiguration=versioning)
    version = s3.put_object(Bucket="marker", Key="lock", Body=b"")["VersionId"]
    marker = s3.delete_object(Bucket="marker", Key="lock")["VersionId"]
    for each in (version, marker):
        s3.delete_object(Bucket="marker", Key="lock", VersionId=each)
    assert "Versions" not in s3.list_object_versions(Bucket="marker")
    s3.delete_bucket(Bucket="marker")


def test_a_key_keeps_how_often_it_rotates(emulator: Emulator) -> None:
    """A year, if nobody says otherwise."""
    kms = emulator.client("kms", _REGION)
    key_id = kms.create_key()["KeyMetadata"]["KeyId"]
    assert kms.get_key_rotation_status(KeyId=key_id)["KeyRotationEnabled"] is False
    kms.enable_key_rotation(KeyId=key_id)
    assert kms.get_key_rotation_status(KeyId=key_id)["RotationPeriodInDays"] == 365
    kms.enable_key_rotation(KeyId=key_id, RotationPeriodInDays=90)
    assert kms.get_key_rotation_status(KeyId=key_id)["RotationPeriodInDays"] == 90


def test_users_and_groups_of_the_directory_can_be_changed(emulator: Emulator) -> None:
    """As Terraform asks for it; what is read has the names of the API."""
    directory = emulator.client("identitystore", _REGION)
    store = {"IdentityStoreId": "d-0123456789"}
    user = directory.create_user(
        **store,
        UserName="ann",
        DisplayName="Ann",
        Name={"GivenName": "Ann", "FamilyName": "Archer"},
    )
    user_id = {**store, "UserId": user["UserId"]}
    directory.update_user(
        **user_id,
        Operations=[
            {"AttributePath": "displayName", "AttributeValue": "Anna"},
            {"AttributePath": "name.familyName", "AttributeValue": "Arrow"},
            {"AttributePath": "emails", "AttributeValue": [{"value": "a@b.example"}]},
        ],
    )
    told = directory.describe_user(**user_id)
    assert told["DisplayName"] == "Anna"
    assert told["Name"]["GivenName"] == "Ann"
    assert told["Name"]["FamilyName"] == "Arrow"
    assert told["Emails"] == [{"Value": "a@b.example"}]

    group = directory.create_group(**store, DisplayName="Engineers")
    group_id = {**store, "GroupId": group["GroupId"]}
    change = {"AttributePath": "description", "AttributeValue": "Who builds"}
    directory.update_group(**group_id, Operations=[change])
    assert directory.describe_group(**group_id)["Description"] == "Who builds"


def test_a_group_is_assigned_to_an_application_and_no_more(emulator: Emulator) -> None:
    """Until it is taken away."""
    center = emulator.client("sso-admin", _REGION)
    application = "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/"
    assignment = {
        "ApplicationArn": f"{application}apl-0123456789abcdef",
        "PrincipalId": "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
        "PrincipalType": "GROUP",
    }
    center.create_application_assignment(**assignment)
    told = center.describe_application_assignment(**assignment)
    assert {name: told[name] for name in assignment} == assignment
    center.delete_application_assignment(**assignment)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        center.describe_application_assignment(**assignment)
