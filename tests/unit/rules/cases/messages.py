"""The texts of messages."""

from tests.unit.rules.cases import UNKNOWN, Case, Resources, pool


def template(**values: object) -> Resources:
    """Make a pool with a `verification_message_template`."""
    return pool(verification_message_template=values)


def invitation(**values: object) -> Resources:
    """Make a pool with an `invite_message_template`."""
    return pool(admin_create_user_config={"invite_message_template": values})


CASES = (
    Case(
        rule="CVE01",
        bad=template(email_message="Your code", email_subject=""),
        says=(
            (
                "aws_cognito_user_pool.users: "
                "verification_message_template[0].email_message: must contain {####}, got "
                "'Your code'"
            ),
            (
                "aws_cognito_user_pool.users: "
                "verification_message_template[0].email_subject: must be 1 to 140 "
                "characters, got 0"
            ),
        ),
        good=template(email_message="Your code is {####}", email_subject="Your code"),
        unknown=template(email_message=UNKNOWN),
    ),
    Case(
        rule="CVE01",
        bad=template(email_message_by_link="Click {##}", email_subject_by_link="s" * 141),
        says=(
            (
                "aws_cognito_user_pool.users: "
                "verification_message_template[0].email_message_by_link: must contain "
                "{##words##}, got 'Click {##}'"
            ),
            (
                "aws_cognito_user_pool.users: "
                "verification_message_template[0].email_subject_by_link: must be 1 to 140 "
                "characters, got 141"
            ),
        ),
        good=template(email_message_by_link="Click {##here##}", email_subject_by_link="Click"),
        unknown=template(email_message_by_link=UNKNOWN),
    ),
    Case(
        rule="CVE01",
        bad=pool(email_verification_message="Your code"),
        says=(
            "aws_cognito_user_pool.users: email_verification_message: must contain {####}, "
            "got 'Your code'",
        ),
        good=pool(email_verification_message="{####} it is", email_verification_subject="Code"),
        unknown=pool(email_verification_subject=UNKNOWN),
    ),
    Case(
        rule="CVE01B",
        bad=invitation(email_message="Hi", email_subject="", sms_message="{username} {####}" * 9),
        says=(
            (
                "aws_cognito_user_pool.users: "
                "admin_create_user_config[0].invite_message_template[0].email_message: must "
                "be 6 to 20000 characters, got 2"
            ),
            (
                "aws_cognito_user_pool.users: "
                "admin_create_user_config[0].invite_message_template[0].email_subject: must "
                "be 1 to 140 characters, got 0"
            ),
            (
                "aws_cognito_user_pool.users: "
                "admin_create_user_config[0].invite_message_template[0].sms_message: must be "
                "6 to 140 characters, got 153"
            ),
        ),
        good=invitation(email_message="{username}: {####}", email_subject="Hi"),
        unknown=invitation(email_subject=UNKNOWN),
    ),
    Case(
        rule="CVE01",
        bad=template(email_message="Your code is {###}. " * 9),
        says=(
            "aws_cognito_user_pool.users: verification_message_template[0].email_message: "
            "must contain {####}, got 'Your code is {###}. Your code is {###}. Your code is "
            "{###}. Your code is {###}. '…",
        ),
        good=template(email_subject="Your code"),
        unknown=None,
    ),
    Case(
        rule="CVE02",
        bad=template(default_email_option="LINK"),
        says=(
            "aws_cognito_user_pool.users: "
            "verification_message_template[0].default_email_option: must be one of "
            "CONFIRM_WITH_CODE, CONFIRM_WITH_LINK, got 'LINK'",
        ),
        good=template(default_email_option="CONFIRM_WITH_LINK"),
        unknown=template(default_email_option=UNKNOWN),
    ),
    Case(
        rule="CVE02B",
        bad=template(email_message="It is {####}", email_message_by_link="Click {##here##}"),
        says=(
            "aws_cognito_user_pool.users: verification_message_template[0].email_message_by_link: "
            "must not be set where email_message is set, got both",
        ),
        good=template(email_message="It is {####}"),
        unknown=template(email_message=UNKNOWN, email_message_by_link="Click {##here##}"),
    ),
    Case(
        rule="CVE04",
        bad=invitation(email_message="Your code is {####}", sms_message="Welcome, all of you"),
        says=(
            (
                "aws_cognito_user_pool.users: "
                "admin_create_user_config[0].invite_message_template[0].email_message: must "
                "contain {username}, got 'Your code is {####}'"
            ),
            (
                "aws_cognito_user_pool.users: "
                "admin_create_user_config[0].invite_message_template[0].sms_message: must "
                "contain {username}, got 'Welcome, all of you'"
            ),
            (
                "aws_cognito_user_pool.users: "
                "admin_create_user_config[0].invite_message_template[0].sms_message: must "
                "contain {####}, got 'Welcome, all of you'"
            ),
        ),
        good=invitation(email_message="{username}: {####}", sms_message="{####} {username}"),
        unknown=invitation(email_message=UNKNOWN),
    ),
    Case(
        rule="CVD07",
        bad=template(sms_message="Your code"),
        says=(
            "aws_cognito_user_pool.users: verification_message_template[0].sms_message: must "
            "contain {####}, got 'Your code'",
        ),
        good=template(sms_message="Your code is {####}"),
        unknown=template(sms_message=UNKNOWN),
    ),
    Case(
        rule="CVD07",
        bad=pool(
            sms_authentication_message="{####}" + "!" * 135, sms_verification_message="1\n{####}"
        ),
        says=(
            (
                "aws_cognito_user_pool.users: sms_authentication_message: must be 6 to 140 "
                "characters, got 141"
            ),
            (
                "aws_cognito_user_pool.users: sms_verification_message: must be 6 to 140 "
                "characters, one line of text, got '1\\n{####}'"
            ),
        ),
        good=pool(sms_authentication_message="It is {####}", sms_verification_message="{####}"),
        unknown=pool(sms_authentication_message=UNKNOWN),
    ),
    Case(
        rule="CVD06",
        bad=pool(email_mfa_configuration={"message": "Your code", "subject": "s" * 141}),
        says=(
            (
                "aws_cognito_user_pool.users: email_mfa_configuration[0].message: must "
                "contain {####}, got 'Your code'"
            ),
            (
                "aws_cognito_user_pool.users: email_mfa_configuration[0].subject: must be 1 "
                "to 140 characters, got 141"
            ),
        ),
        good=pool(email_mfa_configuration={"message": "Your code: {####}", "subject": "Code"}),
        unknown=pool(email_mfa_configuration={"message": UNKNOWN}),
    ),
)
