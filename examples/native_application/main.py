"""A phone application: its own screens, sign-in by phone number, a second factor by SMS or app."""

from constructs_auth import (
    AuthApp,
    AuthStack,
    ContactAttribute,
    DeviceConfiguration,
    Mfa,
    NativeApplication,
    OAuth,
    PrefixDomain,
    RememberDevices,
    S3Backend,
    SmsMfa,
    SoftwareTokenMfa,
    UsernameAttributes,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `phone` in *app*."""
    stack = AuthStack(
        app,
        "phone",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="phone/terraform.tfstate", region="eu-west-1"
        ),
    )
    users = UserPool(
        stack,
        "users",
        sign_in=UsernameAttributes(
            attributes=[ContactAttribute.EMAIL, ContactAttribute.PHONE_NUMBER]
        ),
        allow_admin_create_user_only=False,
        mfa=Mfa.optional(SoftwareTokenMfa(), SmsMfa()),
        device_configuration=DeviceConfiguration(remember=RememberDevices.ON_USER_PROMPT),
    )
    UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-phone"),
        # The classic pages. Leave this out for managed login: then the domain creates the
        # branding of its pages, which needs a newer AWS provider: docs/stack.md#versions
        managed_login_version=1,
    )
    phone = UserPoolClient(
        stack,
        "phone_client",
        user_pool=users,
        application=NativeApplication(
            oauth=OAuth(callback_urls=["acme://callback"], logout_urls=["acme://signed-out"])
        ),
    )
    stack.add_output(
        "client_id", phone.user_pool_client_id, description="The client id, which is no secret."
    )
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
