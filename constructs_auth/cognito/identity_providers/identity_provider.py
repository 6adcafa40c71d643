"""What all identity providers of a user pool have in common."""

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
from constructs_auth.values.identity_providers import AttributeMapping, checked_mapping

RESERVED_NAMES = ("COGNITO", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple")
"""Names that mean the pool itself, or one certain social provider (API: ProviderTypes)."""


class IdentityProvider(AuthConstruct):
    """Somebody else who vouches for users of a pool; hand it to clients.

    Not to be made by itself: `GoogleIdentityProvider` and the others fill in what belongs to them.

    Attributes:
        provider_name: What a client, a pool's users and the authorize endpoint call it.
        attribute_mapping: From attributes of the pool to those of the provider.
        resource: The resource as the bindings have it, for what is not offered here.
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
            # Cognito adds it by itself: left out, it would be a change in each plan.
            mapping.setdefault("username", username_source)
        identifiers = _checked_identifiers(f"{subject}.idp_identifiers", idp_identifiers)

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
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
        """Name an equal name and open secrets; asked when the app is synthesized."""
        return (*_equal_names(self), *secret_problems(self, self._secrets))


def checked_provider_name(subject: str, name: str) -> str:
    """Check the name of a SAML or OIDC provider.

    Raises:
        InvalidValueError: A name that Cognito does not accept, or that means another provider.
    """
    remedy = "give another name"
    _checks.text(subject, name, limits.OWN_PROVIDER_NAME, remedy=remedy)
    if name in RESERVED_NAMES:
        raise InvalidValueError(
            subject,
            "must not be the name of a provider that Cognito knows",
            got=name,
            remedy=remedy,
        )
    return name


def scope_text(subject: str, scopes: Collection[str], *, separator: str = " ") -> str:
    """Check scopes of a provider, and write them as one text in the order given.

    Raises:
        InvalidValueError: No scope, or one that is no word.
    """

    def check(label: str, scope: str) -> str:
        _checks.filled_text(label, scope, remedy="name a scope of the provider")
        if is_concrete(scope) and re.search(r"[\s,]", scope):
            raise InvalidValueError(
                label, "must be one scope", got=scope, remedy="name each scope by itself"
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
                "provider_name: must be the provider's own in its pool, got "
                f"{provider.provider_name!r}, the name of {other.node.path}; a pool has one "
                "provider of a name, choose another name or leave one out"
            )
