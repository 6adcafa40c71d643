"""Changes of the domain of the sign-in pages."""

from constructs_auth.facts.replacing import PLANNED
from constructs_auth.facts.resource_types import USER_POOL_DOMAIN
from constructs_auth.facts.words import CERTIFICATE_REGION, MANAGED_LOGIN
from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import (
    GOES,
    IN_PLACE,
    About,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity

_SOURCE = "API, CreateUserPoolDomain; developer guide, «Configuring a user pool domain»"


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    domain = names.named(change.resource, "domain")
    if change.action is Action.DELETE:
        yield Meaning(
            text=f"Users can no longer sign in through {domain}: Terraform deletes its pages, its "
            "token endpoint and the addresses for identity providers. A prefix becomes free for "
            "anybody.",
        )
    elif "domain" in change.causes:
        yield Meaning(
            text=f"Users can no longer sign in through {domain}: you must configure the new "
            "address in applications and identity providers. The old prefix becomes free for "
            "anybody.",
            at="domain",
        )
    else:
        yield Meaning(
            text=f"Users cannot sign in through {domain} while it is deleted and created again, up "
            "to an hour for a custom domain.",
            at=names.listed(change.causes),
            severity=Severity.HIGH,
        )


def _certificate(change: Change, _surroundings: Surroundings) -> Answers:
    certificate = compare.text(change, "certificate_arn")
    if certificate is None or not certificate.before or not certificate.after:
        return
    domain = names.named(change.resource, "domain")
    is_elsewhere = f":{CERTIFICATE_REGION}:" not in certificate.after
    if certificate.after.startswith("arn:aws:") and is_elsewhere:
        yield Meaning(
            text=f"The apply fails: Cognito accepts a certificate for {domain} only from "
            f"{CERTIFICATE_REGION}.",
            at=certificate.at,
            effect=Effect.FAILS,
            severity=Severity.HIGH,
        )
    else:
        yield Meaning(
            text=f"Browsers reject the sign-in pages of {domain} if the new certificate is not for "
            "that name.",
            at=certificate.at,
        )


def _version(change: Change, _surroundings: Surroundings) -> Answers:
    version = compare.number(change, "managed_login_version", default=1)
    if version is not None:
        is_managed = version.after == MANAGED_LOGIN
        pages = "managed login" if is_managed else "the classic pages"
        need = (
            "and an error if their client has no branding"
            if is_managed
            else "without passkeys and without the branding of managed login"
        )
        yield Meaning(
            text=f"Users who sign in at {names.named(change.resource, 'domain')} get {pages}, "
            f"{need}.",
            at=version.at,
            remedy=None
            if is_managed
            else "test a sign-in; users of passkeys and of other first factors than the password "
            "need managed login",
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR03",
        slug="domain-deleted-or-replaced",
        title="A domain of sign-in pages is deleted or replaced",
        effect=Effect.BREAKS,
        severity=Severity.CRITICAL,
        resource_types=(USER_POOL_DOMAIN,),
        remedy="keep the domain; a pool may have a prefix and a custom domain at the same time",
        source=f"{_SOURCE}; {PLANNED}",
        actions=GOES,
        about=About.LOSS,
        check=_goes,
    ),
    ChangeRule(
        id="CH38",
        slug="domain-certificate-changed",
        title="The certificate of a domain changes",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL_DOMAIN,),
        remedy="check the names and the region of the certificate",
        source=_SOURCE,
        actions=IN_PLACE,
        check=_certificate,
    ),
    ChangeRule(
        id="CH39",
        slug="managed-login-version-changed",
        title="The version of the sign-in pages changes",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(USER_POOL_DOMAIN,),
        remedy="create a branding for each client in the same plan, and test a sign-in",
        source="developer guide, «Managed login»; API, UserPoolDomain.ManagedLoginVersion",
        check=_version,
    ),
)
