"""What Cognito accepts as the text of a message."""

from constructs_auth.facts import limits
from constructs_auth.facts.limits import Text
from constructs_auth.rules._pool import POOL, first_unknown, given, given_block
from constructs_auth.rules.ask import one_of, quoted, text_within, undecided
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Violation
from constructs_auth.terraform.block import Block, Unknown
from constructs_auth.terraform.resource import Resource
from constructs_auth.values.messages import ANY_LINK, CODE, USERNAME, holds_placeholder

_TEMPLATE = "verification_message_template"
_PLACEHOLDER_OF = {
    limits.EMAIL_MESSAGE: CODE,
    limits.EMAIL_MESSAGE_BY_LINK: ANY_LINK,
    limits.SMS_MESSAGE: CODE,
}
_AT_THE_TOP = {
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
    yield from _all_within(pool.body, _AT_THE_TOP)
    yield from _block_within(pool, _TEMPLATE, _IN_THE_TEMPLATE)


def _sms(pool: Resource, _context: Context) -> Answers:
    at_the_top = ("sms_authentication_message", "sms_verification_message")
    yield from _all_within(pool.body, dict.fromkeys(at_the_top, limits.SMS_MESSAGE))
    yield from _block_within(pool, _TEMPLATE, {"sms_message": limits.SMS_MESSAGE})


def _mfa_email(pool: Resource, _context: Context) -> Answers:
    return _block_within(pool, "email_mfa_configuration", _MFA_EMAIL)


def _option(pool: Resource, _context: Context) -> Answers:
    template = given_block(pool.body, _TEMPLATE)
    if isinstance(template, Block):
        yield from one_of(
            template, "default_email_option", ("CONFIRM_WITH_CODE", "CONFIRM_WITH_LINK")
        )
    elif template is not None:
        yield undecided(pool.body, _TEMPLATE, template)


def _one_kind(pool: Resource, _context: Context) -> Answers:
    template = given_block(pool.body, _TEMPLATE)
    if not isinstance(template, Block):
        return
    values = [given(template, name) for name in ("email_message", "email_message_by_link")]
    if None in values:
        return
    unknown = first_unknown(*values)
    if unknown is not None:
        yield undecided(template, "email_message_by_link", unknown)
    else:
        yield Violation(
            text="must be left out where email_message is set, got both",
            at=f"{template.path}email_message_by_link",
        )


def _invitation(pool: Resource, _context: Context) -> Answers:
    template = _invitation_of(pool)
    if isinstance(template, Unknown):
        yield undecided(pool.body, "admin_create_user_config", template)
    elif template is not None:
        yield from _all_within(template, _INVITATION)


def _invitation_placeholders(pool: Resource, _context: Context) -> Answers:
    template = _invitation_of(pool)
    if not isinstance(template, Block):
        return
    for name in ("email_message", "sms_message"):
        text = template.peek_text(name)
        if isinstance(text, Unknown):
            yield undecided(template, name, text)
        elif text:
            for placeholder in (USERNAME, CODE):
                if placeholder not in text:
                    yield _lacks(template, name, placeholder, text)


def _invitation_of(pool: Resource) -> Block | Unknown | None:
    config = given_block(pool.body, "admin_create_user_config")
    return config.peek_block("invite_message_template") if isinstance(config, Block) else config


def _block_within(pool: Resource, name: str, texts: dict[str, Text]) -> Answers:
    block = given_block(pool.body, name)
    if isinstance(block, Unknown):
        yield undecided(pool.body, name, block)
    elif block is not None:
        yield from _all_within(block, texts)


def _all_within(body: Block, texts: dict[str, Text]) -> Answers:
    for name, limit in texts.items():
        text = body.peek_text(name)
        placeholder = _PLACEHOLDER_OF.get(limit) if text and isinstance(text, str) else None
        if (
            placeholder is not None
            and isinstance(text, str)
            and not holds_placeholder(text, placeholder)
        ):
            yield _lacks(body, name, placeholder, text)
        else:
            yield from text_within(body, name, limit)


def _lacks(body: Block, name: str, placeholder: str, text: str) -> Violation:
    return Violation(
        text=f"must contain {placeholder}, got {quoted(text)}", at=f"{body.path}{name}"
    )


VERIFICATION_EMAIL = Rule(
    id="CVE01",
    title="Verification e-mails are ones that Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="write {####} where the code goes, or {##words##} for a link; at most 20,000 "
    "characters, and 140 in a subject",
    source="API, EmailVerificationMessageType, EmailVerificationMessageByLinkType, "
    "EmailVerificationSubjectType",
    check=_email,
)
INVITATIONS = Rule(
    id="CVE01B",
    title="Invitations are as long as Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="write 6 to 20,000 characters in an e-mail, 6 to 140 in an SMS, 1 to 140 in a subject",
    source="API, EmailInviteMessageType, SmsInviteMessageType, EmailVerificationSubjectType",
    check=_invitation,
)
VERIFICATION_OPTION = Rule(
    id="CVE02",
    title="Users verify by code or by link",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy='set default_email_option = "CONFIRM_WITH_CODE" or "CONFIRM_WITH_LINK"',
    source="API, DefaultEmailOptionType",
    check=_option,
)
ONE_KIND_OF_VERIFICATION = Rule(
    id="CVE02B",
    title="Only one kind of verification e-mail is written",
    family=Family.VALIDITY,
    severity=Severity.WARNING,
    resource_type=POOL,
    why="The API documents an error where both are given; one of the two is never sent anyway.",
    remedy="leave out the message that default_email_option does not ask for",
    source="API, CreateUserPool.VerificationMessageTemplate; the provider's own acceptance tests "
    "give both, so this is no error",
    check=_one_kind,
)
INVITATION_PLACEHOLDERS = Rule(
    id="CVE04",
    title="Invitations hold the user name and the temporary password",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Nobody could sign in with such an invitation; the provider refuses it.",
    remedy="write {username} and {####} into both the e-mail and the SMS",
    source="API, AdminCreateUserConfigType.InviteMessageTemplate; provider validation",
    check=_invitation_placeholders,
)
SMS_MESSAGES = Rule(
    id="CVD07",
    title="SMS messages are ones that Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool at apply.",
    remedy="write one line of 6 to 140 characters with {####} where the code goes",
    source="API, SmsVerificationMessageType",
    check=_sms,
)
MFA_EMAIL = Rule(
    id="CVD06",
    title="The e-mail with a code is one that Cognito accepts",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type=POOL,
    why="Cognito refuses the pool's MFA, after Terraform made the pool.",
    remedy="write 6 to 20,000 characters with {####} where the code goes",
    source="API, EmailMfaMessageType and EmailMfaSubjectType",
    check=_mfa_email,
)
