"""Identity pools keep their settings, and let in whom they should."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.emulator import Emulator
from tests.emulator.identity_pool_roles import ISSUER
from tests.emulator.tests.conftest import REGION

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

_PASSWORD = "Passw0rd!-made-up"


@pytest.fixture(scope="module")
def cognito(emulator: Emulator) -> "CognitoIdentityProviderClient":
    """A client of user pools."""
    return emulator.cognito(REGION)


@pytest.fixture(scope="module")
def identities(emulator: Emulator) -> Any:
    """A client of identity pools."""
    return emulator.identities(REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPool:
    """A user pool with a client and one user, Jane."""

    emulator: Emulator
    cognito: "CognitoIdentityProviderClient"
    identities: Any
    pool_id: str
    client_id: str

    @property
    def provider(self) -> str:
        """What identity pools call it."""
        return f"cognito-idp.{REGION}.amazonaws.com/{self.pool_id}"

    def tokens(self) -> dict[str, str]:
        """Jane's tokens."""
        answer = self.cognito.admin_initiate_auth(
            UserPoolId=self.pool_id,
            ClientId=self.client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "jane", "PASSWORD": _PASSWORD},
        )
        result = answer["AuthenticationResult"]
        return {kind: result[kind] for kind in ("IdToken", "AccessToken", "RefreshToken")}

    def logins(self) -> dict[str, str]:
        """Jane's ID token, as an application hands it to an identity pool."""
        return {self.provider: self.tokens()["IdToken"]}


@pytest.fixture
def users(
    emulator: Emulator, cognito: "CognitoIdentityProviderClient", identities: Any
) -> UserPool:
    """A user pool."""
    pool_id = cognito.create_user_pool(PoolName="pool")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="client",
        ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )["UserPoolClient"]
    cognito.admin_create_user(UserPoolId=pool_id, Username="jane")
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username="jane", Password=_PASSWORD, Permanent=True
    )
    return UserPool(
        emulator=emulator,
        cognito=cognito,
        identities=identities,
        pool_id=pool_id,
        client_id=client["ClientId"],
    )


def make_pool(users: UserPool, **settings: Any) -> str:
    """An identity pool for the users of a user pool, which is asked about them."""
    made = users.identities.create_identity_pool(
        **{
            "IdentityPoolName": "pool",
            "AllowUnauthenticatedIdentities": False,
            "CognitoIdentityProviders": [
                {
                    "ProviderName": users.provider,
                    "ClientId": users.client_id,
                    "ServerSideTokenCheck": True,
                }
            ],
        }
        | settings
    )
    identity_pool_id: str = made["IdentityPoolId"]
    return identity_pool_id


def make_role(emulator: Emulator, name: str, identity_pool_id: str) -> str:
    """A role that trusts signed-in users of an identity pool."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": ISSUER},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringEquals": {f"{ISSUER}:aud": identity_pool_id},
                    "ForAnyValue:StringLike": {f"{ISSUER}:amr": "authenticated"},
                },
            }
        ],
    }
    return emulator.make_role(f"{name}-{identity_pool_id[-12:]}", policy)


def credentials(users: UserPool, identity_pool_id: str, logins: Mapping[str, str]) -> str:
    """Whom the credentials for an ID token stand for."""
    identities = users.identities
    identity_id = identities.get_id(IdentityPoolId=identity_pool_id, Logins=logins)["IdentityId"]
    answer = identities.get_credentials_for_identity(IdentityId=identity_id, Logins=logins)
    return users.emulator.caller(answer["Credentials"], REGION)


def refused(call: Callable[[], object]) -> str:
    """Code and text of the refusal of a call."""
    with pytest.raises(ClientError) as caught:
        call()
    error = caught.value.response["Error"]
    return f"{error['Code']}: {error['Message']}"


def test_a_pool_keeps_its_flow_and_its_tags(users: UserPool) -> None:
    """Or else Terraform would change them at every apply."""
    identities = users.identities
    pool_id = make_pool(users, AllowClassicFlow=True, IdentityPoolTags={"stack": "auth"})
    assert identities.describe_identity_pool(IdentityPoolId=pool_id)["AllowClassicFlow"] is True
    arn = f"arn:aws:cognito-identity:{REGION}:123456789012:identitypool/{pool_id}"
    identities.tag_resource(ResourceArn=arn, Tags={"owner": "identity"})
    identities.untag_resource(ResourceArn=arn, TagKeys=["stack"])
    described = identities.describe_identity_pool(IdentityPoolId=pool_id)
    assert described["IdentityPoolTags"] == {"owner": "identity"}


def test_what_an_update_does_not_name_is_gone(users: UserPool) -> None:
    """Cognito sets it to its default."""
    identities = users.identities
    pool_id = make_pool(
        users, AllowClassicFlow=True, SupportedLoginProviders={"accounts.google.com": "1"}
    )
    identities.update_identity_pool(
        IdentityPoolId=pool_id, IdentityPoolName="pool", AllowUnauthenticatedIdentities=True
    )
    described = identities.describe_identity_pool(IdentityPoolId=pool_id)
    assert described["AllowUnauthenticatedIdentities"] is True
    assert described["AllowClassicFlow"] is False
    assert described["CognitoIdentityProviders"] == []
    assert described["SupportedLoginProviders"] == {}


def test_roles_and_mappings_are_kept(users: UserPool) -> None:
    identities = users.identities
    pool_id = make_pool(users)
    assert "Roles" not in identities.get_identity_pool_roles(IdentityPoolId=pool_id)
    roles = {"authenticated": "arn:aws:iam::123456789012:role/a"}
    mappings = {"accounts.google.com": {"Type": "Token", "AmbiguousRoleResolution": "Deny"}}
    identities.set_identity_pool_roles(IdentityPoolId=pool_id, Roles=roles, RoleMappings=mappings)
    told = identities.get_identity_pool_roles(IdentityPoolId=pool_id)
    assert (told["Roles"], told["RoleMappings"]) == (roles, mappings)


@pytest.mark.parametrize(
    ("mapping", "missing"),
    [
        ({"Type": "Token"}, "AmbiguousRoleResolution"),
        ({"Type": "Rules", "AmbiguousRoleResolution": "Deny"}, "RulesConfiguration"),
    ],
)
def test_a_mapping_is_complete(users: UserPool, mapping: dict[str, str], missing: str) -> None:
    """The API reference says what a type requires."""
    identities = users.identities
    pool_id = make_pool(users)
    assert (
        refused(
            lambda: identities.set_identity_pool_roles(
                IdentityPoolId=pool_id, Roles={}, RoleMappings={"accounts.google.com": mapping}
            )
        )
        == f"InvalidParameterException: accounts.google.com: {missing} is required"
    )


def test_principal_tags_are_kept(users: UserPool) -> None:
    """Each provider's for itself."""
    identities = users.identities
    pool_id = make_pool(users)
    identities.set_principal_tag_attribute_map(
        IdentityPoolId=pool_id,
        IdentityProviderName=users.provider,
        PrincipalTags={"username": "sub"},
    )
    told = identities.get_principal_tag_attribute_map(
        IdentityPoolId=pool_id, IdentityProviderName=users.provider
    )
    assert (told["UseDefaults"], told["PrincipalTags"]) == (False, {"username": "sub"})
    other = identities.get_principal_tag_attribute_map(
        IdentityPoolId=pool_id, IdentityProviderName="accounts.google.com"
    )
    assert "PrincipalTags" not in other


def test_a_pool_that_is_gone_is_not_found(users: UserPool) -> None:
    identities = users.identities
    pool_id = make_pool(users)
    identities.delete_identity_pool(IdentityPoolId=pool_id)
    assert refused(lambda: identities.get_identity_pool_roles(IdentityPoolId=pool_id)) == (
        f"ResourceNotFoundException: IdentityPool '{pool_id}' not found."
    )


def test_credentials_are_those_of_the_role(users: UserPool) -> None:
    pool_id = make_pool(users)
    role = make_role(users.emulator, "signed-in", pool_id)
    users.identities.set_identity_pool_roles(IdentityPoolId=pool_id, Roles={"authenticated": role})
    assert credentials(users, pool_id, users.logins()) == (
        f"arn:aws:sts::123456789012:assumed-role/{role.rpartition('/')[2]}/"
        "CognitoIdentityCredentials"
    )


def test_a_role_that_trusts_another_pool_is_of_no_use(users: UserPool) -> None:
    pool_id = make_pool(users)
    role = make_role(users.emulator, "other", make_pool(users))
    users.identities.set_identity_pool_roles(IdentityPoolId=pool_id, Roles={"authenticated": role})
    assert refused(lambda: credentials(users, pool_id, users.logins())) == (
        "InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check "
        "assigned IAM roles for this pool."
    )


def test_tags_need_a_role_that_lets_them(users: UserPool) -> None:
    """`sts:TagSession` is missing in its trust policy."""
    pool_id = make_pool(users)
    role = make_role(users.emulator, "untagged", pool_id)
    identities = users.identities
    identities.set_identity_pool_roles(IdentityPoolId=pool_id, Roles={"authenticated": role})
    identities.set_principal_tag_attribute_map(
        IdentityPoolId=pool_id,
        IdentityProviderName=users.provider,
        PrincipalTags={"username": "sub"},
    )
    assert refused(lambda: credentials(users, pool_id, users.logins())).startswith(
        "InvalidIdentityPoolConfigurationException"
    )


def test_guests_are_let_in_only_where_they_may(users: UserPool) -> None:
    identities = users.identities
    pool_id = make_pool(users)
    assert refused(lambda: identities.get_id(IdentityPoolId=pool_id)) == (
        "NotAuthorizedException: Unauthenticated access is not supported for this identity pool."
    )
    open_id = make_pool(users, AllowUnauthenticatedIdentities=True)
    guest = identities.get_id(IdentityPoolId=open_id)["IdentityId"]
    assert refused(
        lambda: identities.get_credentials_for_identity(IdentityId=guest, Logins=users.logins())
    ).startswith("NotAuthorizedException: Logins don't match.")


@pytest.mark.parametrize("kind", ["AccessToken", "RefreshToken"])
def test_only_an_id_token_is_taken(users: UserPool, kind: str) -> None:
    pool_id = make_pool(users)
    logins = {users.provider: users.tokens()[kind]}
    assert refused(lambda: credentials(users, pool_id, logins)).startswith(
        "NotAuthorizedException: "
    )


def test_a_token_of_another_client_is_not_taken(users: UserPool) -> None:
    pool_id = make_pool(
        users,
        CognitoIdentityProviders=[{"ProviderName": users.provider, "ClientId": "1example2345"}],
    )
    assert refused(lambda: credentials(users, pool_id, users.logins())) == (
        "NotAuthorizedException: Token is not from a supported provider of this identity pool."
    )


def test_a_token_of_another_pool_is_not_taken(users: UserPool) -> None:
    """Also not under the name of the pool that is known."""
    pool_id = make_pool(users)
    other = users.cognito.create_user_pool(PoolName="other")["UserPool"]["Id"]
    token = users.tokens()["IdToken"]
    elsewhere = f"cognito-idp.{REGION}.amazonaws.com/{other}"
    assert refused(lambda: credentials(users, pool_id, {elsewhere: token})) == (
        "NotAuthorizedException: Token is not from a supported provider of this identity pool."
    )
    known = make_pool(
        users,
        CognitoIdentityProviders=[{"ProviderName": elsewhere, "ClientId": users.client_id}],
    )
    assert refused(lambda: credentials(users, known, {elsewhere: token})) == (
        "NotAuthorizedException: Invalid login token. Issuer doesn't match providerName"
    )


def test_a_token_that_was_changed_is_not_taken(users: UserPool) -> None:
    """Its signature is the user pool's."""
    pool_id = make_pool(users)
    header, payload, signature = users.tokens()["IdToken"].split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    changed = json.dumps(claims | {"cognito:roles": ["administrator"]}).encode()
    payload = base64.urlsafe_b64encode(changed).decode().rstrip("=")
    logins = {users.provider: f"{header}.{payload}.{signature}"}
    assert refused(lambda: credentials(users, pool_id, logins)) == (
        "NotAuthorizedException: Invalid login token. Not a valid OpenId Connect identity token."
    )


def test_a_token_that_has_expired_is_not_taken(users: UserPool) -> None:
    """Signed anew with the key that moto gives every user pool."""
    from moto.utilities.utils import load_resource  # noqa: PLC0415 - slow, and each process collects

    pool_id = make_pool(users)
    token = users.tokens()["IdToken"]
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "==")) | {"exp": 1}
    key = RSAKey.import_key(load_resource("cognitoidp/resources/jwks-private.json"))
    logins = {users.provider: jwt.encode({"alg": "RS256"}, claims, key)}
    assert refused(lambda: credentials(users, pool_id, logins)).startswith(
        "NotAuthorizedException: Invalid login token. Token expired: "
    )


@pytest.mark.parametrize("how", ["signed out", "disabled", "deleted"])
def test_who_is_gone_gets_nothing_where_the_user_pool_is_asked(users: UserPool, how: str) -> None:
    """But does get credentials where it is not."""
    asked, unasked = (
        make_pool(
            users,
            CognitoIdentityProviders=[
                {
                    "ProviderName": users.provider,
                    "ClientId": users.client_id,
                    "ServerSideTokenCheck": check,
                }
            ],
        )
        for check in (True, False)
    )
    for pool_id in (asked, unasked):
        users.identities.set_identity_pool_roles(
            IdentityPoolId=pool_id,
            Roles={"authenticated": make_role(users.emulator, "any", pool_id)},
        )
    logins = users.logins()
    cognito = users.cognito
    call = {
        "signed out": cognito.admin_user_global_sign_out,
        "disabled": cognito.admin_disable_user,
        "deleted": cognito.admin_delete_user,
    }[how]
    call(UserPoolId=users.pool_id, Username="jane")
    assert refused(lambda: credentials(users, asked, logins)).startswith("NotAuthorizedException")
    assert "any-" in credentials(users, unasked, logins)


def test_the_classic_flow_begins_only_where_it_may(users: UserPool) -> None:
    identities = users.identities
    logins = users.logins()
    closed, opened = make_pool(users), make_pool(users, AllowClassicFlow=True)
    identity_id = identities.get_id(IdentityPoolId=closed, Logins=logins)["IdentityId"]
    assert refused(lambda: identities.get_open_id_token(IdentityId=identity_id, Logins=logins)) == (
        "InvalidParameterException: Basic (classic) flow is not enabled, please use enhanced flow."
    )
    identity_id = identities.get_id(IdentityPoolId=opened, Logins=logins)["IdentityId"]
    answer = identities.get_open_id_token(IdentityId=identity_id, Logins=logins)
    assert answer["IdentityId"] == identity_id


def test_an_id_token_names_the_roles_of_groups(users: UserPool) -> None:
    """The lowest precedence is preferred, none among equals."""
    cognito = users.cognito

    def join(name: str, **settings: Any) -> dict[str, Any]:
        cognito.create_group(UserPoolId=users.pool_id, GroupName=name, **settings)
        cognito.admin_add_user_to_group(UserPoolId=users.pool_id, Username="jane", GroupName=name)
        payload = users.tokens()["IdToken"].split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
        return {name: claims.get(f"cognito:{name}") for name in ("roles", "preferred_role")}

    role = "arn:aws:iam::123456789012:role/"
    assert join("without") == {"roles": None, "preferred_role": None}
    assert join("last", RoleArn=f"{role}a") == {
        "roles": [f"{role}a"],
        "preferred_role": f"{role}a",
    }
    assert join("second", RoleArn=f"{role}b", Precedence=2) == {
        "roles": [f"{role}a", f"{role}b"],
        "preferred_role": f"{role}b",
    }
    assert join("also_second", RoleArn=f"{role}c", Precedence=2) == {
        "roles": [f"{role}a", f"{role}b", f"{role}c"],
        "preferred_role": None,
    }
