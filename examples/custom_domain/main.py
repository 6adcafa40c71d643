"""Sign-in pages at your own domain, with its certificate and its Route 53 records."""

from cdktf_cdktf_provider_aws.route53_record import Route53Record
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone

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
    # Cognito creates auth.acme.example only if acme.example has an A record.
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
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
        depends_on=[parent],
    )
    # A fallback if the DNS of acme.example does not work.
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
