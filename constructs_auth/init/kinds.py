"""The kinds of projects, and what differs between them beside the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Who signs in with the project."""

    WEB = "web"
    SPA = "spa"
    NATIVE = "native"
    PASSWORDLESS = "passwordless"
    MACHINE = "machine"
    COMPANY = "company"


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of a kind.

    Attributes:
        summary: What the project is, in one line.
        usage: What an application needs from it, as Markdown.
        fixed: What can never be changed later: what, where, and what another value does.
        sign_in: The test of how users or programs sign in.
    """

    summary: str
    usage: str
    fixed: tuple[tuple[str, str, str], ...]
    sign_in: str


_KEEPS = "`renamed_from` keeps the old one (`docs/rename.md` of constructs-auth)"
_POOL_ID = (
    "the id of the pool",
    '`UserPool(stack, "users")`',
    f"a new pool without users; {_KEEPS}",
)
_SIGN_IN = ("sign-in by e-mail address", "`sign_in`, by default", "a new pool without users")
_DOMAIN = (
    "the domain of the pages",
    "`domain_prefix`",
    "every URL of the pages changes",
)
_PASSKEYS = (
    "the domain of passkeys",
    "`Passkey(relying_party_id=…)`",
    "no registered passkey works any more",
)
_API = (
    "the identifier of the API",
    "`ResourceServer(identifier=…)`",
    "every scope gets another name",
)
_GROUPS = ("the name of a group", '`UserGroup(stack, "admins")`', "a new group without members")
_SECRET = (
    "whether a client has a secret",
    "the kind of `application`",
    "a new client id, which no application knows",
)

_OUTPUTS = (
    "`terraform output` in `cdktf.out/stacks/auth` prints what {who} needs: the issuer (a library "
    "for OpenID Connect finds the rest below it, at `/.well-known/openid-configuration`), the "
    "URLs, and the client id. `terraform output -raw client_secret` prints the secret: keep it "
    "out of the repository.{more}"
)
_PAGES = (
    " The sign-in page is at `user_pool_client_authorize_url`; it returns to the callback URL in "
    "`main.py`."
)
_AMPLIFY = (
    "`{variable}` in `main.py` is what {who} needs, in the format of Amplify; it contains no "
    "secret. After a deployment, in `cdktf.out/stacks/auth`:\n\n"
    "```console\n"
    "$ terraform output -json | constructs-auth app-config --format amplify-outputs "
    "--output ../../../amplify_outputs.json\n"
    "```\n\n"
    "`docs/app_configuration.md` of constructs-auth has the other formats."
)
_SIGN_IN_PAGE = (
    "\n\nThe sign-in page is at the URL that this prints: "
    "`terraform output -raw user_pool_client_authorize_url`."
)

_BY_EMAIL = '''\
def test_users_sign_in_with_their_email_address(resources: dict[str, Any]) -> None:
    """Another choice would replace the pool, and delete its users."""
    (pool,) = resources["aws_cognito_user_pool"].values()
    assert pool["username_attributes"] == ["email"]
'''
_BY_OTHER_FACTORS = '''\


def test_users_may_sign_in_without_a_password(resources: dict[str, Any]) -> None:
    """Without a passkey, a user gets a code by e-mail."""
    (pool,) = resources["aws_cognito_user_pool"].values()
    factors = pool["sign_in_policy"]["allowed_first_auth_factors"]
    assert {"EMAIL_OTP", "WEB_AUTHN"} <= set(factors)
'''
_PROGRAMS_ONLY = '''\
def test_only_programs_get_tokens(resources: dict[str, Any]) -> None:
    """Each client authenticates itself with its secret; no user signs in."""
    for client in resources["aws_cognito_user_pool_client"].values():
        assert client["generate_secret"] is True
        assert client["allowed_oauth_flows"] == ["client_credentials"]
'''
_NO_SIGN_UP = '''\


def test_nobody_signs_up(resources: dict[str, Any]) -> None:
    """An administrator creates the users."""
    (pool,) = resources["aws_cognito_user_pool"].values()
    creation = pool["admin_create_user_config"]
    assert creation["allow_admin_create_user_only"] is True
'''

TEXTS: Mapping[Kind, Texts] = {
    Kind.WEB: Texts(
        summary="Users sign in to a web application with their e-mail address, at Cognito's pages.",
        usage=_OUTPUTS.format(who="the server", more=_PAGES),
        fixed=(_POOL_ID, _SIGN_IN, _DOMAIN, _SECRET),
        sign_in=_BY_EMAIL,
    ),
    Kind.SPA: Texts(
        summary="Users sign in to a single-page application with their e-mail address.",
        usage=_AMPLIFY.format(variable="browser_configuration", who="the browser") + _SIGN_IN_PAGE,
        fixed=(_POOL_ID, _SIGN_IN, _DOMAIN, _SECRET),
        sign_in=_BY_EMAIL,
    ),
    Kind.NATIVE: Texts(
        summary="Users sign in to an application for phones with their e-mail address.",
        usage=_AMPLIFY.format(variable="phone_configuration", who="the phone") + _SIGN_IN_PAGE,
        fixed=(_POOL_ID, _SIGN_IN, _DOMAIN, _SECRET),
        sign_in=_BY_EMAIL,
    ),
    Kind.PASSWORDLESS: Texts(
        summary="Users sign in to a web application with a passkey, or with a code by e-mail.",
        usage=_OUTPUTS.format(who="the server", more=_PAGES),
        fixed=(_POOL_ID, _SIGN_IN, _PASSKEYS, _DOMAIN, _SECRET),
        sign_in=_BY_EMAIL + _BY_OTHER_FACTORS,
    ),
    Kind.MACHINE: Texts(
        summary="Programs call an API on their own behalf, each with its own secret and scopes.",
        usage=_OUTPUTS.format(who="the program", more=""),
        fixed=(
            (
                "the id of the pool",
                '`UserPool(stack, "users")`',
                f"new client ids and secrets; {_KEEPS}",
            ),
            _API,
            ("the domain of the token endpoint", "`domain_prefix`", "another URL for each token"),
        ),
        sign_in=_PROGRAMS_ONLY,
    ),
    Kind.COMPANY: Texts(
        summary="The staff of a company signs in, in roles, to a web and a phone application; a "
        "program calls the same API.",
        usage=_AMPLIFY.format(variable="phone_configuration", who="the phone")
        + "\n\nFor the server of the web application, `terraform output` prints the issuer and "
        "the URLs. To let users sign in with the directory of the company, see "
        "`docs/identity_providers.md` of constructs-auth.",
        fixed=(_POOL_ID, _SIGN_IN, _GROUPS, _API, _DOMAIN, _SECRET),
        sign_in=_BY_EMAIL + _NO_SIGN_UP,
    ),
}
