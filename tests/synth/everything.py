"""One stack that uses every setting there is, for tests of the whole."""

from datetime import timedelta

from constructs_auth import (
    AccountRecovery,
    AccountTakeover,
    AccountTakeoverAction,
    AccountTakeoverEventAction,
    AdminBackend,
    AdvancedSecurityMode,
    AliasAttribute,
    AuthApp,
    AuthFlow,
    AuthStack,
    BooleanAttribute,
    ClassicPages,
    CompromisedCredentials,
    CompromisedCredentialsEventAction,
    ContactAttribute,
    CustomAuthMode,
    CustomDomain,
    DateTimeAttribute,
    DeviceConfiguration,
    EmailMfa,
    EmailOtp,
    EventFilter,
    InvitationMessages,
    LambdaAlias,
    LambdaTriggers,
    MachineToMachine,
    Mfa,
    NativeApplication,
    NotifyConfiguration,
    NotifyEmail,
    NumberAttribute,
    OAuth,
    Passkey,
    PasswordPolicy,
    PrefixDomain,
    PreTokenGeneration,
    PreTokenGenerationVersion,
    RateLimits,
    RecoveryMechanism,
    RefreshTokenRotation,
    RememberDevices,
    RiskConfiguration,
    RiskExceptions,
    S3Backend,
    SesEmail,
    SinglePageApplication,
    SmsConfiguration,
    SmsMfa,
    SmsOtp,
    SoftwareTokenMfa,
    StandardAttribute,
    StandardAttributeName,
    StringAttribute,
    TokenValidity,
    Username,
    UserPool,
    UserPoolAddOns,
    UserPoolClient,
    UserPoolDomain,
    UserPoolTier,
    UserPoolUICustomization,
    UserVerification,
    VerificationByLink,
    WebAcl,
    WebAclAssociation,
    WebAclMode,
    WebApplication,
)

ACCOUNT = "123456789012"  # the account that the emulator speaks for
FUNCTION = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:sign-up"
SES = f"arn:aws:ses:eu-west-1:{ACCOUNT}:identity/acme.example"
OAUTH = OAuth(
    callback_urls=["https://acme.example/callback"], logout_urls=["https://acme.example/"]
)


def define(app: AuthApp) -> AuthStack:
    """Define the stack `everything` in *app*."""
    stack = AuthStack(
        app,
        "everything",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-state", key="everything/terraform.tfstate", region="eu-west-1"
        ),
        tags={"team": "identity", "cost-centre": "42"},
    )
    _protection(stack, _by_user_name(stack))
    pool = _by_email(stack)
    _clients(stack, pool)
    _sign_in_pages(stack, pool)
    return stack


def _by_user_name(stack: AuthStack) -> UserPool:
    return UserPool(
        stack,
        "names",
        name="People of Acme",
        sign_in=Username(alias_attributes=list(AliasAttribute), case_sensitive=True),
        attributes=[
            *(StandardAttribute(name=name) for name in StandardAttributeName),
            StringAttribute(name="tenant", mutable=False, min_length=1, max_length=64),
            NumberAttribute(name="level", min_value=0, max_value=10),
            NumberAttribute(name="score"),
            BooleanAttribute(name="beta"),
            DateTimeAttribute(name="joined"),
        ],
        account_recovery=AccountRecovery(
            mechanisms=[RecoveryMechanism.VERIFIED_EMAIL, RecoveryMechanism.VERIFIED_PHONE_NUMBER]
        ),
        mfa=Mfa.required(SoftwareTokenMfa(), SmsMfa(), EmailMfa()),
        device_configuration=DeviceConfiguration(remember=RememberDevices.ALWAYS),
        email=SesEmail(
            source_arn=SES,
            from_email_address="Acme <sign-in@acme.example>",
            reply_to_email_address="help@acme.example",
            configuration_set="sign-in",
        ),
        sms=SmsConfiguration(
            sns_caller_arn=f"arn:aws:iam::{ACCOUNT}:role/sms",
            external_id="acme",
            sns_region="eu-west-1",
        ),
        lambda_triggers=LambdaTriggers(
            create_auth_challenge=FUNCTION,
            custom_email_sender=FUNCTION,
            custom_message=FUNCTION,
            custom_sms_sender=FUNCTION,
            define_auth_challenge=FUNCTION,
            kms_key_id=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/0a1b2c3d",
            post_authentication=FUNCTION,
            post_confirmation=FUNCTION,
            pre_authentication=f"{FUNCTION}:live",
            pre_sign_up=LambdaAlias(function=FUNCTION, qualifier="live"),
            pre_token_generation=PreTokenGeneration(
                function=FUNCTION, version=PreTokenGenerationVersion.V2_0
            ),
            user_migration=FUNCTION,
            verify_auth_challenge_response=FUNCTION,
        ),
        user_pool_tier=UserPoolTier.PLUS,
        user_pool_add_ons=UserPoolAddOns(
            advanced_security_mode=AdvancedSecurityMode.ENFORCED,
            custom_auth_mode=CustomAuthMode.AUDIT,
        ),
        invitation_messages=InvitationMessages(email_subject="Welcome to Acme"),
        prevent_destroy=True,
        tags={"tier": "plus"},
    )


def _by_email(stack: AuthStack) -> UserPool:
    return UserPool(
        stack,
        "emails",
        attributes=[StringAttribute(name="tenant")],
        auto_verified_attributes=[ContactAttribute.EMAIL],
        attributes_require_verification_before_update=(),
        allow_admin_create_user_only=False,
        password_policy=PasswordPolicy(minimum_length=20, password_history_size=24),
        passwordless=[
            EmailOtp(),
            SmsOtp(),
            Passkey(relying_party_id="acme.example", user_verification=UserVerification.PREFERRED),
        ],
        mfa=Mfa.off(),
        account_recovery=AccountRecovery(mechanisms=[RecoveryMechanism.ADMIN_ONLY]),
        email=SesEmail(source_arn=SES, from_email_address="sign-in@acme.example"),
        verification_messages=VerificationByLink(),
    )


def _sign_in_pages(stack: AuthStack, pool: UserPool) -> None:
    """All but branding, which AWS provider 6 alone has; an example makes the certificate."""
    UserPoolDomain(
        stack,
        "custom_domain",
        user_pool=pool,
        domain=CustomDomain(
            domain="acme.example",
            certificate=f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/0a1b2c3d",
        ),
        default_branding=False,
    )
    prefix = UserPoolDomain(
        stack,
        "prefix_domain",
        user_pool=pool,
        domain=PrefixDomain(prefix="acme-everything"),
        managed_login_version=1,
    )
    pages = ClassicPages(css=".banner-customizable { background: #123456; }", image_file=b"image")
    UserPoolUICustomization(stack, "pages", domain=prefix, pages=pages)


def _protection(stack: AuthStack, pool: UserPool) -> None:
    """All but the delivery of logs, which AWS provider 6 alone has; an example has it."""
    client = UserPoolClient(stack, "protected", user_pool=pool, application=NativeApplication())
    email = NotifyEmail(
        subject="Was it you?",
        html_body="<p>{login-time}, {city}</p>",
        text_body="{login-time}, {city}",
    )
    RiskConfiguration(
        stack,
        "risk",
        user_pool=pool,
        compromised_credentials=CompromisedCredentials(
            event_action=CompromisedCredentialsEventAction.NO_ACTION,
            event_filter=[EventFilter.SIGN_IN],
        ),
        account_takeover=AccountTakeover(
            low_action=AccountTakeoverAction(
                event_action=AccountTakeoverEventAction.NO_ACTION, notify=True
            ),
            notify_configuration=NotifyConfiguration(
                source_arn=SES,
                from_email_address="Acme <security@acme.example>",
                reply_to_email_address="Help <help@acme.example>",
                block_email=email,
            ),
        ),
        exceptions=RiskExceptions(
            blocked_ip_range_list=["203.0.113.0/24", "2001:db8::/32"],
            skipped_ip_range_list=["198.51.100.7/32"],
        ),
    )
    RiskConfiguration(stack, "client_risk", user_pool=pool, client=client, account_takeover=None)
    acl = WebAcl(
        stack,
        "acl",
        name="everything",
        mode=WebAclMode.BLOCK,
        rate_limits=RateLimits(sign_in=1000, sign_up=10, token=None),
        counted_common_rules=["NoUserAgent_HEADER"],
        tags={"tier": "edge"},
    )
    WebAclAssociation(stack, "in_front", user_pool=pool, web_acl=acl)


def _clients(stack: AuthStack, pool: UserPool) -> None:
    UserPoolClient(stack, "browser", user_pool=pool, application=SinglePageApplication(oauth=OAUTH))
    UserPoolClient(
        stack,
        "web",
        user_pool=pool,
        application=WebApplication(oauth=OAUTH),
        explicit_auth_flows=[AuthFlow.USER, AuthFlow.CUSTOM],
        token_validity=TokenValidity(
            access_token=timedelta(minutes=5),
            id_token=timedelta(seconds=301),
            refresh_token=timedelta(days=3650),
        ),
        refresh_token_rotation=RefreshTokenRotation.disabled(),
        auth_session_validity=timedelta(minutes=15),
        enable_propagate_additional_user_context_data=True,
        read_attributes=["email", "email_verified", "custom:tenant"],
        write_attributes=["email"],
    )
    UserPoolClient(stack, "phone", user_pool=pool, application=NativeApplication())
    UserPoolClient(
        stack,
        "robot",
        user_pool=pool,
        application=MachineToMachine(allowed_oauth_scopes=["https://api.acme.example/read"]),
    )
    UserPoolClient(stack, "backend", user_pool=pool, application=AdminBackend())
