"""The domain that passkeys are bound to."""

from collections.abc import Mapping

from tests.unit.rules.cases import UNKNOWN, Case, Resources, pool


def passkeys(**values: object) -> Resources:
    """Make a pool with `web_authn_configuration`."""
    return pool(web_authn_configuration=values)


def with_domain(settings: Mapping[str, object], domain: str) -> Resources:
    """Make such a pool with a custom domain."""
    return {
        **passkeys(**settings),
        "aws_cognito_user_pool_domain": {
            "auth": {
                "certificate_arn": UNKNOWN,
                "domain": domain,
                "user_pool_id": "${aws_cognito_user_pool.users.id}",
            }
        },
    }


CASES = (
    Case(
        rule="CVD14",
        bad=passkeys(relying_party_id="a" * 128),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must "
            "be 1 to 127 characters, got 128",
        ),
        good=passkeys(relying_party_id="example.com"),
        unknown=passkeys(relying_party_id=UNKNOWN),
    ),
    Case(
        rule="CVD14B",
        bad=passkeys(relying_party_id="https://example.com/sign-in"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must "
            "be a lower-case domain without scheme, port or path, got "
            "'https://example.com/sign-in'",
        ),
        good=passkeys(relying_party_id="localhost"),
        unknown=passkeys(relying_party_id=UNKNOWN),
    ),
    Case(
        rule="CVD14B",
        bad=passkeys(relying_party_id="Example.com"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must "
            "be a lower-case domain without scheme, port or path, got 'Example.com'",
        ),
        good=passkeys(user_verification="required"),
        unknown=None,
    ),
    Case(
        rule="CVD14C",
        bad=with_domain({"relying_party_id": "example.com"}, "auth.example.com"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must "
            "be the custom domain auth.example.com where its pages sign in with passkeys, "
            "got 'example.com'",
        ),
        good=with_domain({"relying_party_id": "auth.example.com"}, "auth.example.com"),
        unknown=with_domain({"relying_party_id": UNKNOWN}, "auth.example.com"),
    ),
    Case(
        rule="CVD14C",
        bad=with_domain({"relying_party_id": "example.com"}, "login.example.com"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].relying_party_id: must "
            "be the custom domain login.example.com where its pages sign in with passkeys, "
            "got 'example.com'",
        ),
        good=with_domain(
            {"relying_party_id": "a.auth.eu-west-1.amazoncognito.com"}, "auth.example.com"
        ),
        unknown=with_domain({"relying_party_id": "example.com"}, UNKNOWN),
    ),
    Case(
        rule="CVD15",
        bad=passkeys(user_verification="REQUIRED"),
        says=(
            "aws_cognito_user_pool.users: web_authn_configuration[0].user_verification: must "
            "be one of required, preferred, got 'REQUIRED'",
        ),
        good=passkeys(user_verification="preferred"),
        unknown=passkeys(user_verification=UNKNOWN),
    ),
)
