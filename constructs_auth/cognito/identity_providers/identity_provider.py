"""The common base of all identity providers of a user pool."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._registry import add_member, members_before
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._references import joined, secret_problems
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    attributes_of,
    check_pool,
    is_judged_with,
    is_own,
)
from constructs_auth.engine import CognitoIdentityProvider, Construct, TerraformResourceLifecycle
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits
from constructs_auth.values.identity_provider import AttributeMapping, checked_mapping

RESERVED_NAMES = ("COGNITO", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple")
"""Names that stand for the pool itself or for a social provider (API: ProviderTypes)."""


class IdentityProvider(AuthConstruct):
    """An external provider that users of a pool sign in with; pass it to clients.

    Do not create it directly; use `GoogleIdentityProvider` or one of the other subclasses.

    Attributes:
        provider_name: The name for clients, user names and the authorize endpoint.
        provider_type: Cognito's name of its kind, such as `Google` or `SAML`.
        attribute_mapping: From attributes of the pool to those of the provider.
        resource: The CDKTF resource, for settings that this construct does not offer.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        provider_name: str,
        provider_type: str,
        provider_details: Mapping[str, str],
        attribute_mapping: AttributeMapping,
        username_source: str | None,
        secrets: Mapping[str, str],
        idp_identifiers: Collection[str] = (),
        ignored_details: Sequence[str] = (),
    ) -> None:
        subject = type(self).__name__
        check_pool(f"{subject}.user_pool", user_pool)
        for name, secret in secrets.items():
            _checks.secret(f"{subject}.{name}", secret)
        mapping = checked_mapping(
            f"{subject}.attribute_mapping",
            attribute_mapping,
            attributes_of(user_pool) if is_own(user_pool) else None,
        )
        if username_source is not None:
            # Cognito adds it. If it is left out, each plan shows a change.
            mapping.setdefault("username", username_source)
        identifiers = _checked_identifiers(f"{subject}.idp_identifiers", idp_identifiers)

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.provider_type = provider_type
        self.provider_name = provider_name
        self.attribute_mapping = mapping
        self._secrets = secrets
        self.resource = CognitoIdentityProvider(
            self,
            "Default",
            attribute_mapping=mapping,
            idp_identifiers=list(identifiers) or None,
            lifecycle=TerraformResourceLifecycle(
                ignore_changes=[f'provider_details["{name}"]' for name in ignored_details]
            )
            if ignored_details
            else None,
            provider_details=provider_details,
            provider_name=provider_name,
            provider_type=provider_type,
            user_pool_id=user_pool.user_pool_id,
        )
        add_member(user_pool, self)

    def find_problems(self) -> Sequence[str]:
        """Return errors for a repeated name and for secrets that plans would show."""
        return (*_equal_names(self), *secret_problems(self, self._secrets))


def checked_provider_name(subject: str, name: str) -> str:
    """Check the name of a SAML or OIDC provider, and return it.

    Raises:
        InvalidValueError: A name that Cognito does not accept, or that stands for another provider.
    """
    remedy = "give another name"
    _checks.text(subject, name, limits.OWN_PROVIDER_NAME, remedy=remedy)
    if name in RESERVED_NAMES:
        raise InvalidValueError(
            subject,
            "must not be a name that Cognito reserves",
            got=name,
            remedy=remedy,
        )
    return name


def scope_text(subject: str, scopes: Collection[str], *, separator: str = " ") -> str:
    """Check scopes of a provider, and return them as one text in their order.

    Raises:
        InvalidValueError: No scope, or one with a space or a comma.
    """

    def check(label: str, scope: str) -> str:
        _checks.filled_text(label, scope, remedy="name a scope of the provider")
        if is_concrete(scope) and re.search(r"[\s,]", scope):
            raise InvalidValueError(
                label, "must be one scope", got=scope, remedy="list each scope separately"
            )
        return scope

    remedy = "name scopes of the provider"
    kept = _checks.items(subject, scopes, check, remedy=remedy)
    _checks.not_empty(subject, kept, remedy=remedy)
    return joined(separator, kept)


def _checked_identifiers(subject: str, identifiers: Collection[str]) -> tuple[str, ...]:
    remedy = "write domains such as 'acme.example'"
    kept = _checks.texts(subject, identifiers, limits.IDP_IDENTIFIER, remedy=remedy)
    if is_concrete(kept):
        _checks.whole_number(
            f"{subject}, their number", len(kept), limits.IDP_IDENTIFIERS, remedy="name fewer"
        )
    return kept


def _equal_names(provider: IdentityProvider) -> Iterator[str]:
    for other in members_before(provider.user_pool, IdentityProvider, provider):
        if is_judged_with(provider.user_pool, provider, other):
            continue
        if is_concrete(provider.provider_name) and other.provider_name == provider.provider_name:
            yield (
                "provider_name: must be unique in the pool, got "
                f"{provider.provider_name!r}, the name of {other.node.path}; "
                "remove one of the two, or set another provider_name if it is SAML or OpenID "
                "Connect; a social provider has the name of its type"
            )
