"""Find docstrings that state bounds and versions, and write the facts into them.

`make docs` runs it: change a fact in one file, and it updates the docstrings.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import constructs_auth
from constructs_auth._checks import describe
from constructs_auth.facts import limits, resource_types as types, versions

ROOT = Path(constructs_auth.__file__).parent
LEFT = ("app.py", "cognito", "identity_store", "stack.py", "state", "values", "variable.py")
SOURCES = sorted(
    path
    for name in LEFT
    for path in (ROOT / name, *(ROOT / name).rglob("*.py"))
    if path.suffix == ".py"
)
BRANDING = versions.PROVIDER_OF[types.MANAGED_LOGIN_BRANDING]
BOUNDS = re.compile(r"(\d[\d,]*) to (\d[\d,]*)")
AT_MOST = re.compile(r"at most (\d[\d,]*)")


class Check(NamedTuple):
    """A call such as `_checks.text("UserPool.name", name, limits.USER_POOL_NAME, …)`."""

    subject: str
    kind: str
    limit: str


OTHERS: Mapping[str, str] = {
    "AppSettings.prefix": "SETTINGS_LEVELS",
    "AppSettingsGrant.name": "POLICY_NAME",
    "BooleanAttribute.name": "CUSTOM_ATTRIBUTE_NAME",
    "BrandingAsset.content": "ASSET_BYTES",
    "ClassicPages.css": "CSS_BYTES",
    "ClassicPages.image_file": "IMAGE_BYTES",
    "CustomDomain.domain": "CUSTOM_DOMAIN",
    "DateTimeAttribute.name": "CUSTOM_ATTRIBUTE_NAME",
    "EmailMfa.message": "EMAIL_MESSAGE",
    "EmailMfa.subject": "EMAIL_SUBJECT",
    "HttpApiJwtAuthorizer.name": "AUTHORIZER_NAME",
    "IdentityCenterIdentityProvider.idp_identifiers": "IDP_IDENTIFIERS",
    "IdentityCenterIdentityProvider.provider_name": "OWN_PROVIDER_NAME",
    "IdentityPool.developer_provider_name": "DEVELOPER_PROVIDER_NAME",
    "IdentityPool.name": "IDENTITY_POOL_NAME",
    "IdentityPoolPrincipalTag.principal_tags": "PRINCIPAL_TAGS",
    "IdentityStoreGroup.display_name": "WORKFORCE_GROUP_NAME",
    "InvitationMessages.email_message": "EMAIL_INVITATION",
    "InvitationMessages.email_subject": "EMAIL_SUBJECT",
    "InvitationMessages.sms_message": "SMS_INVITATION",
    "LoadBalancerListenerRule.priority": "RULE_PRIORITY",
    "NotifyEmail.html_body": "EMAIL_NOTIFICATION",
    "NotifyEmail.subject": "EMAIL_SUBJECT",
    "NotifyEmail.text_body": "EMAIL_NOTIFICATION",
    "NumberAttribute.name": "CUSTOM_ATTRIBUTE_NAME",
    "OAuth.callback_urls": "CALLBACK_URLS",
    "OidcIdentityProvider.idp_identifiers": "IDP_IDENTIFIERS",
    "OidcIdentityProvider.provider_name": "OWN_PROVIDER_NAME",
    "PrefixDomain.prefix": "DOMAIN_PREFIX",
    "RefreshTokenRotation.retry_grace_period": "ROTATION_GRACE_SECONDS",
    "ResourceServer.scopes": "RESOURCE_SERVER_SCOPES",
    "RestApiUserPoolAuthorizer.name": "AUTHORIZER_NAME",
    "RiskExceptions.blocked_ip_range_list": "IP_RANGES",
    "RiskExceptions.skipped_ip_range_list": "IP_RANGES",
    "RulesRoleMapping.rules": "MAPPING_RULES",
    "SamlIdentityProvider.idp_identifiers": "IDP_IDENTIFIERS",
    "SamlIdentityProvider.provider_name": "OWN_PROVIDER_NAME",
    "SmsMfa.message": "SMS_MESSAGE",
    "StateAccessPolicy.name": "POLICY_NAME",
    "StringAttribute.name": "CUSTOM_ATTRIBUTE_NAME",
    "User.username": "USERNAME",
    "UserPoolClient.auth_session_validity": "AUTH_SESSION_SECONDS",
    "UserPoolClient.name": "CLIENT_NAME",
    "UserPoolGrant.name": "POLICY_NAME",
    "VerificationByCode.email_message": "EMAIL_MESSAGE",
    "VerificationByCode.email_subject": "EMAIL_SUBJECT",
    "VerificationByCode.sms_message": "SMS_MESSAGE",
    "VerificationByLink.email_message": "EMAIL_MESSAGE_BY_LINK",
    "VerificationByLink.email_subject": "EMAIL_SUBJECT",
    "VerificationByLink.sms_message": "SMS_MESSAGE",
    "WorkforceUser.given_name": "WORKFORCE_TEXT",
    "WorkforceUser.user_name": "WORKFORCE_USER_NAME",
}
"""The limits of arguments whose check does not name the limit with the subject."""

_SECONDS_IN_A_MINUTE = 60
_GREATEST = re.compile(r"(to|at most) (\d[\d,]*)")


class Stated(NamedTuple):
    """An argument whose docstring states bounds.

    Attributes:
        path: The module.
        subject: `PasswordPolicy.minimum_length`.
        text: The description in the docstring, on one line.
        check: The check of the argument.
    """

    path: Path
    subject: str
    text: str
    check: Check

    def is_right(self) -> bool:
        """Return whether the docstring states the bounds of the check."""
        return any(each in self.text for each in self.written())

    def written(self) -> tuple[str, ...]:
        """Return the ways to write the bounds; `make docs` uses the first."""
        limit = getattr(limits, self.check.limit)
        if self.check.kind == "greatest":
            in_minutes = "minutes" in self.text and limit.unit == "seconds"
            most = limit.maximum // (_SECONDS_IN_A_MINUTE if in_minutes else 1)
            return f"to {most:,}", f"at most {most:,}"
        between, most = f"{limit.minimum:,} to {limit.maximum:,}", f"at most {limit.maximum:,}"
        if self.check.kind != "duration":
            return between, most
        least, longest = (timedelta(seconds=each) for each in (limit.minimum, limit.maximum))
        return (
            f"{describe(least).split()[0]} to {describe(longest)}",
            describe(longest),
            between,
            most,
        )


def docstrings(path: Path) -> Iterator[str]:
    """Yield each docstring in *path*, also those below assignments."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def checks_in(tree: ast.Module) -> Iterator[Check]:
    """Yield the checks of *tree* with a literal subject and a limit from the facts."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("_checks."):
            continue
        named = [
            each.attr
            for each in node.args
            if ast.unparse(each).startswith("limits.") and isinstance(each, ast.Attribute)
        ]
        if named and isinstance(node.args[0], ast.Constant):
            kind = ast.unparse(node.func).removeprefix("_checks.")
            yield Check(str(node.args[0].value), kind, named[0])


def arguments_of(node: ast.ClassDef) -> dict[str, str]:
    """Return the description of each argument in the docstring of a class."""
    docstring = ast.get_docstring(node) or ""
    section = docstring.partition("Args:\n")[2].partition("\n\n")[0]
    found = re.split(r"^ {4}(\w+): ", section, flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], (" ".join(text.split()) for text in found[1::2]), strict=True))


def stated_bounds() -> Iterator[Stated]:
    """Yield each argument whose docstring states bounds, with its check."""
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        arguments = {
            f"{node.name}.{name}": text
            for node in tree.body
            if isinstance(node, ast.ClassDef)
            for name, text in arguments_of(node).items()
        }
        others = [
            Check(subject, "greatest", OTHERS[subject])
            for subject in arguments
            if subject in OTHERS
        ]
        for check in (*checks_in(tree), *others):
            subject = check.subject.partition(",")[0]
            text = arguments.get(subject, "")
            if BOUNDS.search(text) or AT_MOST.search(text):
                yield Stated(path, subject, text, check)


PROVIDERS = {
    "cognito/managed_login_branding.py": BRANDING,
    "cognito/user_pool_domain/construct.py": BRANDING,
    "cognito/log_delivery.py": versions.PROVIDER_OF[types.LOG_DELIVERY_CONFIGURATION],
    "cognito/risk_configuration.py": versions.PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS,
    "identity_store/user.py": versions.PROVIDER_FOR_USER_STATUS,
    "values/risk_configuration.py": versions.PROVIDER_FOR_RISKS_WITHOUT_NOTIFICATIONS,
    "values/user_pool_domain.py": versions.PROVIDER_FOR_WRITE_ONLY_KEYS,
}
"""The modules whose docstrings name the required provider."""

_VERSION = re.compile(r"(AWS\s+provider )6\.\d+")
_BOUNDS_OF_TIME = re.compile(r"\d[\d,]*(?: \w+)? to \d[\d,]* (?:second|minute|hour|day)s?")


def fix() -> Iterator[str]:
    """Write the facts into docstrings that differ, and yield each change."""
    for stated in stated_bounds():
        if not stated.is_right():
            _replace(stated)
            yield f"{stated.path}: {stated.subject}"
    for file, version in PROVIDERS.items():
        path = ROOT / file
        text = path.read_text(encoding="utf-8")
        fixed = _VERSION.sub(rf"\g<1>{versions.short(version)}", text)
        if fixed != text:
            path.write_text(fixed, encoding="utf-8")
            yield str(path)


def _replace(stated: Stated) -> None:
    """Replace the first bounds in the description of the argument."""
    text = stated.path.read_text(encoding="utf-8")
    kind, _, name = stated.subject.partition(".")
    begin = text.index(f"        {name}: ", text.index(f"class {kind}("[:-1]))
    head, tail = text[:begin], text[begin:]
    if stated.check.kind == "greatest":
        number = stated.written()[0].removeprefix("to ")
        fixed = _GREATEST.sub(rf"\g<1> {number}", tail, count=1)
        stated.path.write_text(head + fixed, encoding="utf-8")
        return
    is_time = stated.check.kind == "duration"
    pattern, first = (_BOUNDS_OF_TIME if is_time else BOUNDS), stated.written()[0]
    fixed = pattern.sub(first, tail, count=1)
    if not is_time and not BOUNDS.search(stated.text):
        fixed = AT_MOST.sub(stated.written()[1], tail, count=1)
    stated.path.write_text(head + fixed, encoding="utf-8")


if __name__ == "__main__":
    for line in fix():
        sys.stdout.write(f"{line}\n")
