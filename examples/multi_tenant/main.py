"""A pool and a web application for each tenant, distributed over several stacks."""

from collections.abc import Sequence

from constructs_auth import (
    AuthApp,
    AuthStack,
    OAuth,
    PrefixDomain,
    S3Backend,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
    spread_tenants,
)

# One stack for about 50 expected tenants. Do not change it once there are users.
STACKS = 3
TENANTS = ("acme", "globex", "initech", "umbrella", "wayne")


def define(app: AuthApp, tenants: Sequence[str] = TENANTS, stacks: int = STACKS) -> list[AuthStack]:
    """Define the stacks `tenants-0` to `tenants-2` in *app*."""
    return [
        _define_stack(app, place, of_stack)
        for place, of_stack in enumerate(spread_tenants(tenants, stacks=stacks))
    ]


def _define_stack(app: AuthApp, place: int, tenants: Sequence[str]) -> AuthStack:
    stack = AuthStack(
        app,
        f"tenants-{place}",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state",
            key=f"tenants/{place}/terraform.tfstate",
            region="eu-west-1",
        ),
        tags={"team": "identity"},
    )
    for tenant in tenants:
        # The addresses contain the tenant's id, not its position in a list.
        users = UserPool(stack, f"{tenant}_users", tags={"tenant": tenant}, prevent_destroy=True)
        UserPoolDomain(
            stack,
            f"{tenant}_domain",
            user_pool=users,
            domain=PrefixDomain(prefix=f"acme-{tenant}"),
            # The classic pages. Leave this out for managed login: then the domain creates the
            # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
            managed_login_version=1,
        )
        UserPoolClient(
            stack,
            f"{tenant}_web",
            user_pool=users,
            application=WebApplication(
                oauth=OAuth(callback_urls=[f"https://{tenant}.app.acme.example/callback"])
            ),
        )
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
