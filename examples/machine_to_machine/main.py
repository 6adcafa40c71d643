"""A program that calls an API on its own behalf: a resource server and client credentials."""

from datetime import timedelta

from constructs_auth import (
    AuthApp,
    AuthStack,
    MachineToMachine,
    PrefixDomain,
    ResourceServer,
    ResourceServerScope,
    S3Backend,
    TokenValidity,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `machines` in *app*."""
    stack = AuthStack(
        app,
        "machines",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="machines/terraform.tfstate", region="eu-west-1"
        ),
        tags={"team": "identity"},
    )
    users = UserPool(stack, "users")
    orders = ResourceServer(
        stack,
        "orders",
        user_pool=users,
        identifier="https://orders.acme.example",
        scopes=[
            ResourceServerScope(name="read", description="Read orders"),
            ResourceServerScope(name="write", description="Place and change orders"),
        ],
    )
    invoicing = UserPoolClient(
        stack,
        "invoicing",
        user_pool=users,
        # Scopes as objects: a misspelt one is an error, and Terraform creates the server first.
        application=MachineToMachine(allowed_oauth_scopes=[orders.scope("read")]),
        token_validity=TokenValidity(access_token=timedelta(minutes=15)),
    )
    # The domain of the token endpoint. No client has sign-in pages, so none needs a branding.
    domain = UserPoolDomain(
        stack, "domain", user_pool=users, domain=PrefixDomain(prefix="acme-machines")
    )
    invoicing.add_url_outputs(domain, "invoicing")
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
