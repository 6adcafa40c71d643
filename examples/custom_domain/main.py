"""Sign-in pages at a domain of your own, with certificate and records made in its zone."""

# First of all: it makes the bindings load in a part of a second.
from constructs_auth import (
    AuthApp,
    AuthStack,
    CustomDomain,
    OAuth,
    PrefixDomain,
    S3Backend,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
)

# isort: split
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone


def define(app: AuthApp) -> AuthStack:
    """Define the stack `custom_domain` in *app*."""
    stack = AuthStack(
        app,
        "custom_domain",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state",
            key="custom_domain/terraform.tfstate",
            region="eu-west-1",
        ),
    )
    users = UserPool(stack, "users")
    web = UserPoolClient(
        stack,
        "web_client",
        user_pool=users,
        application=WebApplication(
            oauth=OAuth(callback_urls=["https://app.acme.example/oauth/callback"])
        ),
    )
    zone = Route53Zone(stack, "zone", name="acme.example")
    # Cognito makes auth.acme.example only where acme.example has an A record.
    parent = Route53Record(
        stack,
        "website",
        name="acme.example",
        type="A",
        ttl=300,
        records=["192.0.2.1"],
        zone_id=zone.zone_id,
    )
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=CustomDomain(domain="auth.acme.example", hosted_zone_id=zone.zone_id),
        # The classic pages, which AWS provider 5.100 can make. Leave this out for managed login:
        # then the domain makes the style that its pages need, and asks for provider 6.13.
        managed_login_version=1,
        depends_on=[parent],
    )
    # The way in while the DNS of acme.example is out of order.
    UserPoolDomain(
        stack,
        "fallback_domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-example-sign-in"),
        managed_login_version=1,
    )
    web.add_url_outputs(domain)
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
