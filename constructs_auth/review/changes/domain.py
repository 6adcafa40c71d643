"""What becomes of the sign-in pages."""

from constructs_auth.review import compare, names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.changes._types import DOMAIN
from constructs_auth.review.compare import AttributeChange
from constructs_auth.review.rule import (
    GOES,
    IN_PLACE,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity, Undecided

_SOURCE = "API, CreateUserPoolDomain; developer guide, «Configuring a user pool domain»"


def _certificate(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.text(change, "certificate_arn")
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange) and moved.before and moved.after:
        domain = names.named(change.resource, "domain")
        if moved.after.startswith("arn:aws:") and ":us-east-1:" not in moved.after:
            yield Meaning(
                text=f"The apply fails: Cognito takes a certificate for {domain} from us-east-1 "
                "only.",
                at=moved.at,
                effect=Effect.FAILS,
                severity=Severity.HIGH,
            )
        else:
            yield Meaning(
                text=f"Browsers refuse the sign-in pages of {domain} if the new certificate is "
                "not for that name.",
                at=moved.at,
            )


def _version(change: Change, _surroundings: Surroundings) -> Answers:
    moved = compare.number(change, "managed_login_version", default=1)
    if isinstance(moved, Undecided):
        yield moved
    elif isinstance(moved, AttributeChange):
        pages = "managed login" if moved.after == 2 else "the classic pages"  # noqa: PLR2004 - the version
        need = (
            "and those whose client has no branding style an error"
            if moved.after == 2  # noqa: PLR2004 - the version
            else "without passkeys and without the style of managed login"
        )
        yield Meaning(
            text=f"Everybody who signs in at {names.named(change.resource, 'domain')} gets "
            f"{pages}, {need}.",
            at=moved.at,
        )


def _goes(change: Change, _surroundings: Surroundings) -> Answers:
    domain = names.named(change.resource, "domain")
    if change.action is Action.DELETE:
        yield Meaning(
            text=f"Nobody can sign in through {domain}: its pages, its token endpoint and what "
            "identity providers return to are gone, and anybody may take a prefix.",
        )
    elif "domain" in change.causes:
        yield Meaning(
            text=f"Nobody can sign in through {domain} any more: applications and identity "
            "providers must be told the new address, and anybody may take the old prefix.",
            at="domain",
        )
    else:
        yield Meaning(
            text=f"Nobody can sign in through {domain} while it is deleted and created again, up "
            "to an hour for a domain of your own.",
            at=names.listed(change.causes),
            severity=Severity.HIGH,
        )


CERTIFICATE_CHANGED = ChangeRule(
    id="CH38",
    title="The certificate of a domain changes",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=(DOMAIN,),
    remedy="check the names and the region of the certificate",
    source=_SOURCE,
    actions=IN_PLACE,
    check=_certificate,
)
LOGIN_VERSION_CHANGED = ChangeRule(
    id="CH39",
    title="The sign-in pages get another version",
    effect=Effect.BREAKS,
    severity=Severity.MEDIUM,
    resource_types=(DOMAIN,),
    remedy="make a branding style for each client in the same plan, and try a sign-in",
    source="developer guide, «Managed login»; API, UserPoolDomain.ManagedLoginVersion",
    check=_version,
)
DOMAIN_GOES = ChangeRule(
    id="CR03",
    title="A domain of sign-in pages is deleted or replaced",
    effect=Effect.BREAKS,
    severity=Severity.CRITICAL,
    resource_types=(DOMAIN,),
    remedy="keep the domain; a pool may have a prefix and a domain of its own at the same time",
    source=f"{_SOURCE}; plan of provider 5.100.0",
    actions=GOES,
    check=_goes,
)
