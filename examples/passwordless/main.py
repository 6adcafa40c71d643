"""Sign-in without a password: passkeys, and a code by e-mail for users without a passkey."""

from constructs_auth import (
    AuthApp,
    AuthStack,
    EmailOtp,
    OAuth,
    Passkey,
    S3Backend,
    SesEmail,
    UserPool,
    UserPoolClient,
    WebApplication,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `passwordless` in *app*."""
    stack = AuthStack(
        app,
        "passwordless",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state",
            key="passwordless/terraform.tfstate",
            region="eu-west-1",
        ),
    )
    users = UserPool(
        stack,
        "users",
        allow_admin_create_user_only=False,
        # Passkeys are bound to this domain permanently; the sign-in page is auth.acme.example.
        passwordless=[EmailOtp(), Passkey(relying_party_id="acme.example")],
        email=SesEmail(
            source_arn="arn:aws:ses:eu-west-1:111122223333:identity/acme.example",
            from_email_address="Acme <sign-in@acme.example>",
        ),
    )
    web = UserPoolClient(
        stack,
        "web_client",
        user_pool=users,
        application=WebApplication(
            oauth=OAuth(callback_urls=["https://app.acme.example/oauth/callback"])
        ),
    )
    stack.accept_finding(
        "CVI08", web, reason="The stack of the DNS zone defines the domain auth.acme.example."
    )
    users.add_url_outputs()
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
