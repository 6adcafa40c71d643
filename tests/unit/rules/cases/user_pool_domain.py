"""The domain of the sign-in pages, by itself and in its pool."""

from tests.unit.rules.cases import (
    POOL,
    POOL_ID,
    UNCLEAR,
    UNKNOWN,
    Case,
    Resources,
    alone,
    both,
    client,
    client_of_pool,
    in_pool,
)

DOMAIN = "aws_cognito_user_pool_domain"
IT = f"{DOMAIN}.it"
LOGIN = f"{DOMAIN}.login"
IN_US_EAST_1 = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d"
IN_EU_WEST_1 = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d"
CUSTOM = {"domain": "auth.acme.example", "certificate_arn": IN_US_EAST_1}
PASSKEYS = {"allowed_first_auth_factors": ["PASSWORD", "WEB_AUTHN"]}
SIGN_IN = {
    "allowed_oauth_flows": ["code"],
    "allowed_oauth_flows_user_pool_client": True,
    "allowed_oauth_scopes": ["openid"],
    "callback_urls": ["https://app.acme.example/callback"],
}
MACHINE = {
    "allowed_oauth_flows": ["client_credentials"],
    "allowed_oauth_flows_user_pool_client": True,
}
NO_DOMAIN = (
    "aws_cognito_user_pool_client.web: allowed_oauth_flows_user_pool_client: must come with a "
    "domain of its user pool, got none"
)
PROVIDERS = {
    "provider": {"aws": [{"region": "eu-west-1"}, {"region": "us-east-1", "alias": "us_east_1"}]}
}


def domain(**values: object) -> Resources:
    """Make one domain."""
    return alone(DOMAIN, **values)


def with_certificate(**certificate: object) -> Resources:
    """Make a custom domain with a certificate that Terraform makes and waits for."""
    return both(
        PROVIDERS,
        domain(
            domain="auth.acme.example",
            certificate_arn="${aws_acm_certificate_validation.it.certificate_arn}",
        ),
        alone("aws_acm_certificate_validation", certificate_arn="${aws_acm_certificate.it.arn}"),
        alone("aws_acm_certificate", domain_name="auth.acme.example", **certificate),
    )


def of_pool(pool: dict[str, object], **login: object) -> Resources:
    """Make the domain `login` of a pool."""
    return in_pool(DOMAIN, pool, login=login)


CASES = (
    Case(
        rule="CVI01",
        bad=domain(domain="MyDomain"),
        says=(
            f"{IT}: domain: must be 1 to 63 characters, lower-case letters, digits and -, no - at "
            "either end, got 'MyDomain'",
        ),
        good=domain(domain="acme-sign-in"),
        unknown=domain(domain=UNKNOWN),
    ),
    Case(
        rule="CVI01",
        bad=domain(domain="-abc-"),
        says=(
            f"{IT}: domain: must be 1 to 63 characters, lower-case letters, digits and -, no - at "
            "either end, got '-abc-'",
        ),
        good=domain(**CUSTOM),
        unknown=None,
    ),
    Case(
        rule="CVI02",
        bad=domain(domain="my-aws-cognito"),
        says=(
            f"{IT}: domain: must not contain the word aws, got 'my-aws-cognito'",
            f"{IT}: domain: must not contain the word cognito, got 'my-aws-cognito'",
        ),
        good=domain(domain="my-sign-in"),
        unknown=domain(domain=UNKNOWN),
    ),
    Case(
        rule="CVI02",
        bad=domain(domain="AMAZON"),
        says=(f"{IT}: domain: must not contain the word amazon, got 'AMAZON'",),
        good=domain(domain="awsome-shop"),  # CVI02B
        unknown=None,
    ),
    Case(
        rule="CVI02",
        bad=domain(domain="aws"),
        says=(f"{IT}: domain: must not contain the word aws, got 'aws'",),
        good=domain(domain="auth.aws.example", certificate_arn=IN_US_EAST_1),
        unknown=None,
    ),
    Case(
        rule="CVI02B",
        bad=domain(domain="my-AWSome-newcognito"),
        says=(
            f"{IT}: domain: must not contain aws, not even inside a word, got "
            "'my-AWSome-newcognito'",
            f"{IT}: domain: must not contain cognito, not even inside a word, got "
            "'my-AWSome-newcognito'",
        ),
        good=domain(domain="my-sign-in"),
        unknown=domain(domain=UNKNOWN),
    ),
    Case(
        rule="CVI02B",
        bad=domain(domain="awsome"),
        says=(f"{IT}: domain: must not contain aws, not even inside a word, got 'awsome'",),
        good=domain(domain="my-aws"),  # CVI02
        unknown=None,
    ),
    Case(
        rule="CVI03",
        bad=domain(domain="https://Auth.acme.example/login", certificate_arn=IN_US_EAST_1),
        says=(
            f"{IT}: domain: must be a full lower-case domain name, got "
            "'https://Auth.acme.example/login'",
        ),
        good=domain(**CUSTOM),
        unknown=domain(domain=UNKNOWN, certificate_arn=IN_US_EAST_1),
        mended=domain(domain="auth.acme.example", certificate_arn=IN_US_EAST_1),
    ),
    Case(
        rule="CVI03",
        bad=domain(domain="acme", certificate_arn=IN_US_EAST_1),
        says=(f"{IT}: domain: must be a full lower-case domain name, got 'acme'",),
        good=domain(domain="acme", certificate_arn=""),
        unknown=None,
    ),
    Case(
        rule="CVI03",
        bad=domain(domain=f"{'a' * 50}.acme.example.com", certificate_arn=IN_US_EAST_1),
        says=(f"{IT}: domain: must be at most 63 characters, got 67",),
        good=domain(**CUSTOM),
        unknown=None,
    ),
    Case(
        rule="CVI03B",
        bad=domain(domain="auth.acme.example"),
        says=(f"{IT}: certificate_arn: must be set for the domain 'auth.acme.example', got null",),
        good=domain(domain="auth.acme.example", certificate_arn=UNKNOWN),
        unknown=domain(domain=UNKNOWN),
    ),
    Case(
        rule="CVI03C",
        bad=domain(domain="auth.acme.example", certificate_arn=IN_EU_WEST_1),
        says=(f"{IT}: certificate_arn: must be a certificate in us-east-1, got one in eu-west-1",),
        good=domain(**CUSTOM),
        unknown=domain(domain="auth.acme.example", certificate_arn=UNKNOWN),
    ),
    Case(
        rule="CVI03C",
        bad=with_certificate(),
        says=(f"{IT}: certificate_arn: must be a certificate in us-east-1, got one in eu-west-1",),
        good=with_certificate(provider="aws.us_east_1"),
        unknown=with_certificate(provider="aws.elsewhere"),
    ),
    Case(
        rule="CVI03C",
        bad=with_certificate(region="eu-central-1"),
        says=(
            f"{IT}: certificate_arn: must be a certificate in us-east-1, got one in eu-central-1",
        ),
        good=with_certificate(region="us-east-1"),
        unknown=with_certificate(region=UNKNOWN),
    ),
    Case(
        rule="CVI04",
        bad=domain(managed_login_version=3),
        says=(f"{IT}: managed_login_version: must be from 1 to 2, got 3",),
        good=domain(),
        unknown=domain(managed_login_version=UNKNOWN),
    ),
    Case(
        rule="CVI06",
        bad=in_pool(DOMAIN, {}, a={"domain": "a"}, b=CUSTOM, c={"domain": "c"}),
        says=(
            f"{DOMAIN}.c: domain: must be the only prefix of its pool, got another one: "
            "aws_cognito_user_pool_domain.a",
        ),
        good=in_pool(DOMAIN, {}, a={"domain": "a"}, b=CUSTOM),
        unknown=in_pool(DOMAIN, {}, a={"domain": "a"}, b={"domain": UNKNOWN}),
    ),
    Case(
        rule="CVI06B",
        bad={DOMAIN: {"a": {"domain": "acme"}, "b": {"domain": "acme"}, "c": {"domain": "other"}}},
        says=(f"{DOMAIN}.b: domain: must have one user pool, got a second one after {DOMAIN}.a",),
        good={
            DOMAIN: {
                "a": {"domain": "acme"},
                "b": {"domain": "acme", "provider": "aws.us_east_1"},
                "c": {"domain": "acme", "region": "us-west-2"},
            }
        },
        mended={
            DOMAIN: {"a": {"domain": "acme"}, "b": {"domain": "acme-2"}, "c": {"domain": "other"}}
        },
        unknown={DOMAIN: {"a": {"domain": "acme"}, "b": {"domain": UNKNOWN}}},
    ),
    Case(
        rule="CVI06",
        bad=in_pool(DOMAIN, {}, a=CUSTOM, b={**CUSTOM, "domain": "login.acme.example"}),
        says=(
            f"{DOMAIN}.b: domain: must be the only custom domain of its pool, got another one: "
            "aws_cognito_user_pool_domain.a",
        ),
        good=in_pool(DOMAIN, {}, a=CUSTOM),
        unknown=in_pool(
            DOMAIN,
            {},
            a={"domain": "a", "count": "${var.old ? 1 : 0}"},
            b={"domain": "b", "count": "${var.old ? 0 : 1}"},
        ),
    ),
    Case(
        rule="CVI07",
        bad=of_pool({"sign_in_policy": PASSKEYS}, **CUSTOM),
        says=(
            f"{LOGIN}: domain: must come with web_authn_configuration.relying_party_id where the "
            "pool has passkeys",
        ),
        good=of_pool(
            {
                "sign_in_policy": PASSKEYS,
                "web_authn_configuration": {"relying_party_id": "auth.acme.example"},
            },
            **CUSTOM,
        ),
        unknown=of_pool({"sign_in_policy": {"allowed_first_auth_factors": UNKNOWN}}, **CUSTOM),
    ),
    Case(
        rule="CVI08",
        bad=client_of_pool({}, **SIGN_IN),
        says=(NO_DOMAIN,),
        good=both(client_of_pool({}, **SIGN_IN), of_pool({}, domain="acme")),
        unknown=client(**SIGN_IN),
    ),
    Case(
        rule="CVI08",  # a program gets its tokens at the domain too
        bad=client_of_pool({}, **MACHINE),
        says=(NO_DOMAIN,),
        good=client_of_pool({}, **{**MACHINE, "allowed_oauth_flows_user_pool_client": False}),
        unknown=client_of_pool({}, **{**MACHINE, "allowed_oauth_flows": UNKNOWN}),
    ),
    Case(
        rule="CVI08",  # the domain of another pool does not count, the pool's own elsewhere does
        bad=both(
            client_of_pool({"domain": "", "custom_domain": None}, **SIGN_IN),
            {POOL: {"others": {}}},
            domain(domain="acme", user_pool_id="${aws_cognito_user_pool.others.id}"),
        ),
        says=(NO_DOMAIN,),
        good=client_of_pool({"custom_domain": "auth.acme.example"}, **SIGN_IN),
        unknown=both(client_of_pool({}, **SIGN_IN), domain(domain="acme", user_pool_id=UNCLEAR)),
    ),
    Case(
        rule="CVI08",  # another stack of the app refers to the pool, perhaps for the domain
        bad=both(
            client_of_pool({}, **SIGN_IN),
            {"output": {"user_pool_id": {"value": POOL_ID}}},
        ),
        says=(NO_DOMAIN,),
        good=client_of_pool({}),
        unknown=both(
            client_of_pool({}, **SIGN_IN),
            {"output": {"cross-stack-output-aws_cognito_user_poolusersid": {"value": POOL_ID}}},
        ),
    ),
    Case(
        rule="CG402",
        bad=domain(managed_login_version=1),
        says=(f"{IT}: managed_login_version: must be 2, got 1",),
        good=domain(managed_login_version=2),
        unknown=domain(user_pool_id=POOL_ID),
    ),
    Case(
        rule="CG402",
        bad=of_pool({}, managed_login_version=1),
        says=("aws_cognito_user_pool_domain.login: managed_login_version: must be 2, got 1",),
        good=of_pool({"user_pool_tier": "LITE"}, managed_login_version=1),
        unknown=None,
    ),
)
