"""A pool with public sign-up and its protection: threat protection, logs and a web ACL."""

from constructs_auth import (
    AccountTakeover,
    AccountTakeoverAction,
    AccountTakeoverEventAction,
    AdvancedSecurityMode,
    AuthApp,
    AuthStack,
    CustomAuthMode,
    LogDelivery,
    NativeApplication,
    NewLogGroup,
    NotifyConfiguration,
    RiskConfiguration,
    RiskExceptions,
    S3Backend,
    UserPool,
    UserPoolAddOns,
    UserPoolClient,
    UserPoolTier,
    WebAcl,
    WebAclAssociation,
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `threat_protection` in *app*."""
    stack = AuthStack(
        app,
        "threat_protection",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state",
            key="threat_protection/terraform.tfstate",
            region="eu-west-1",
        ),
    )
    users = UserPool(
        stack,
        "users",
        allow_admin_create_user_only=False,
        user_pool_tier=UserPoolTier.PLUS,
        user_pool_add_ons=UserPoolAddOns(
            advanced_security_mode=AdvancedSecurityMode.ENFORCED,
            custom_auth_mode=CustomAuthMode.ENFORCED,
        ),
    )
    UserPoolClient(stack, "mobile", user_pool=users, application=NativeApplication())

    RiskConfiguration(
        stack,
        "risk",
        user_pool=users,
        account_takeover=AccountTakeover(
            high_action=AccountTakeoverAction(
                event_action=AccountTakeoverEventAction.BLOCK, notify=True
            ),
            notify_configuration=NotifyConfiguration(
                source_arn="arn:aws:ses:eu-west-1:111122223333:identity/acme.example",
                from_email_address="Acme <security@acme.example>",
            ),
        ),
        exceptions=RiskExceptions(skipped_ip_range_list=["203.0.113.0/24"]),
    )
    LogDelivery(stack, "logs", user_pool=users, user_auth_events=NewLogGroup())
    WebAclAssociation(stack, "protected", user_pool=users, web_acl=WebAcl(stack, "sign_in"))
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
