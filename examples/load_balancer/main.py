"""An application behind a load balancer that signs its users in."""

from datetime import timedelta

from constructs_auth import (
    AuthApp,
    AuthStack,
    LoadBalancerAuthentication,
    LoadBalancerListenerRule,
    OAuth,
    PrefixDomain,
    S3Backend,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    Variable,
    WebApplication,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `load_balancer` in *app*."""
    stack = AuthStack(
        app,
        "load_balancer",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state",
            key="load_balancer/terraform.tfstate",
            region="eu-west-1",
        ),
    )
    listener_arn = Variable(stack, "listener_arn", description="The HTTPS listener.")
    target_group_arn = Variable(stack, "target_group_arn", description="Where the wiki runs.")
    users = UserPool(stack, "users")
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-wiki"),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    client = UserPoolClient(
        stack,
        "client",
        user_pool=users,
        application=WebApplication(
            # The load balancer's callback; the application never sees it.
            oauth=OAuth(callback_urls=["https://wiki.acme.example/oauth2/idpresponse"])
        ),
    )
    LoadBalancerListenerRule(
        stack,
        "wiki",
        listener_arn=listener_arn.string_value,
        target_group_arn=target_group_arn.string_value,
        client=client,
        domain=domain,
        hosts=["wiki.acme.example"],
        priority=10,
        authentication=LoadBalancerAuthentication(session_timeout=timedelta(hours=12)),
    )
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
