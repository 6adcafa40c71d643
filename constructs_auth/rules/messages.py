"""The texts of messages: verification, invitations, codes."""

from constructs_auth.facts import limits, resource_types as types
from constructs_auth.facts.limits import Text
from constructs_auth.facts.words import ANY_LINK, CODE, USERNAME, holds_placeholder
from constructs_auth.rules.ask import (
    one_of,
    quoted,
    text_within,
)
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Violation,
    all_of,
    separately,
    surely,
)
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.resource import Resource

POOL = types.USER_POOL
_TEMPLATE = "verification_message_template"
_PLACEHOLDER_OF = {
    limits.EMAIL_MESSAGE: CODE,
    limits.EMAIL_MESSAGE_BY_LINK: ANY_LINK,
    limits.SMS_MESSAGE: CODE,
}
_TOP_LEVEL = {
    "email_verification_message": limits.EMAIL_MESSAGE,
    "email_verification_subject": limits.EMAIL_SUBJECT,
}
_IN_THE_TEMPLATE = {
    "email_message": limits.EMAIL_MESSAGE,
    "email_message_by_link": limits.EMAIL_MESSAGE_BY_LINK,
    "email_subject": limits.EMAIL_SUBJECT,
    "email_subject_by_link": limits.EMAIL_SUBJECT,
}
_INVITATION = {
    "email_message": limits.EMAIL_INVITATION,
    "email_subject": limits.EMAIL_SUBJECT,
    "sms_message": limits.SMS_INVITATION,
}
_MFA_EMAIL = {"message": limits.EMAIL_MESSAGE, "subject": limits.EMAIL_SUBJECT}


def _email(pool: Resource, _context: Context) -> Answers:
    yield from _all_within(pool.body, _TOP_LEVEL)
    yield from _block_within(pool, _TEMPLATE, _IN_THE_TEMPLATE)


def _sms(pool: Resource, _context: Context) -> Answers:
    at_the_top = ("sms_authentication_message", "sms_verification_message")
    yield from _all_within(pool.body, dict.fromkeys(at_the_top, limits.SMS_MESSAGE))
    yield from _block_within(pool, _TEMPLATE, {"sms_message": limits.SMS_MESSAGE})


def _mfa_email(pool: Resource, _context: Context) -> Answers:
    return _block_within(pool, "email_mfa_configuration", _MFA_EMAIL)


def _option(pool: Resource, _context: Context) -> Answers:
    template = pool.body.given.block(_TEMPLATE)
    if template is not None:
        yield from one_of(
            template, "default_email_option", ("CONFIRM_WITH_CODE", "CONFIRM_WITH_LINK")
        )


def _one_kind(pool: Resource, _context: Context) -> Answers:
    template = pool.body.given.block(_TEMPLATE)
    if template is not None and all_of(
        lambda: bool(template.text("email_message")),
        lambda: bool(template.text("email_message_by_link")),
    ):
        yield Violation(
            text="must not be set where email_message is set, got both",
            at=f"{template.path}email_message_by_link",
        )


def _invitation(pool: Resource, _context: Context) -> Answers:
    template = _invitation_of(pool)
    if template is not None:
        yield from _all_within(template, _INVITATION)


def _invitation_placeholders(pool: Resource, context: Context) -> Answers:
    if surely(lambda: _invitation_of(pool) is None):
        return
    # A pool without passwords that another tool created may have an invitation without {####}.
    template = None if context.configuration.is_state else _invitation_of(pool)
    if template is not None:
        yield from separately(
            _names_user_and_password(template, "email_message"),
            _names_user_and_password(template, "sms_message"),
        )


def _names_user_and_password(template: Block, name: str) -> Answers:
    text = template.text(name)
    for placeholder in (USERNAME, CODE):
        if text and placeholder not in text:
            yield _lacks(template, name, placeholder, text)


def _invitation_of(pool: Resource) -> Block | None:
    config = pool.body.given.block("admin_create_user_config")
    return None if config is None else config.block("invite_message_template")


def _block_within(pool: Resource, name: str, texts: dict[str, Text]) -> Answers:
    block = pool.body.given.block(name)
    if block is not None:
        yield from _all_within(block, texts)


def _all_within(body: Block, texts: dict[str, Text]) -> Answers:
    for name, limit in texts.items():
        text, placeholder = body.peek_text(name), _PLACEHOLDER_OF.get(limit)
        if (
            placeholder is not None
            and isinstance(text, str)
            and text
            and not holds_placeholder(text, placeholder)
        ):
            yield _lacks(body, name, placeholder, text)
        else:
            yield from text_within(body, name, limit)


def _lacks(body: Block, name: str, placeholder: str, text: str) -> Violation:
    return Violation(
        text=f"must contain {placeholder}, got {quoted(text)}", at=f"{body.path}{name}"
    )


RULES: tuple[Rule, ...] = (
    Rule(
        id="CVE01",
        slug="verification-emails",
        title="Verification e-mails must be ones that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy="write {####} where the code goes, or {##words##} for a link; at most 20,000 "
        "characters, and 140 in a subject",
        source="API, EmailVerificationMessageType, EmailVerificationMessageByLinkType, "
        "EmailVerificationSubjectType",
        check=_email,
    ),
    Rule(
        id="CVE01B",
        slug="invitation-length",
        title="Invitations must have a length that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy=f"write 6 to {limits.EMAIL_INVITATION.maximum:,} characters in an e-mail, 6 to "
        f"{limits.SMS_INVITATION.maximum} in an SMS, 1 to {limits.EMAIL_SUBJECT.maximum} in a "
        "subject",
        source="API, EmailInviteMessageType, SmsInviteMessageType, EmailVerificationSubjectType",
        check=_invitation,
    ),
    Rule(
        id="CVE02",
        slug="verification-option",
        title="Users must verify by code or by link",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy='set default_email_option = "CONFIRM_WITH_CODE" or "CONFIRM_WITH_LINK"',
        source="API, DefaultEmailOptionType",
        check=_option,
    ),
    Rule(
        id="CVE02B",
        slug="one-kind-of-verification",
        title="Only one kind of verification e-mail must be set",
        family=Family.VALIDITY,
        severity=Severity.WARNING,
        resource_type=POOL,
        why="The API documents an error if both are set. Cognito never sends one of the two "
        "anyway.",
        remedy="remove the message that default_email_option does not use",
        source="API, CreateUserPool.VerificationMessageTemplate; the provider's own acceptance "
        "tests set both, so this is not an error",
        check=_one_kind,
    ),
    Rule(
        id="CVE04",
        slug="invitation-placeholders",
        title="Invitations must contain the user name and the temporary password",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Users could not sign in with such an invitation; Terraform's provider refuses it.",
        remedy="write {username} and {####} into both the e-mail and the SMS",
        source="AWS provider 5.100.0, invite_message_template; badmintoncryer/cdk-preflight, "
        "pf-cognito-invite-message-username-placeholder",
        check=_invitation_placeholders,
    ),
    Rule(
        id="CVD07",
        slug="sms-messages",
        title="SMS messages must be ones that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool at apply.",
        remedy="write one line of 6 to 140 characters with {####} where the code goes",
        source="API, SmsVerificationMessageType",
        check=_sms,
    ),
    Rule(
        id="CVD06",
        slug="mfa-email",
        title="The e-mail with a code must be one that Cognito accepts",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type=POOL,
        why="Cognito refuses the pool's MFA, after Terraform created the pool.",
        remedy="write 6 to 20,000 characters with {####} where the code goes",
        source="API, EmailMfaMessageType and EmailMfaSubjectType",
        check=_mfa_email,
    ),
)
