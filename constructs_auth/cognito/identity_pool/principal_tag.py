"""The principal tags of an identity pool: claims that policies can ask for."""

from collections.abc import Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._registry import members_of
from constructs_auth.cognito.identity_pool.construct import IdentityPool
from constructs_auth.cognito.identity_pool.mappings import writer_warnings
from constructs_auth.cognito.identity_pool.providers import (
    TagProvider,
    check_one_of,
    describe,
    tag_provider_name,
)
from constructs_auth.cognito.user_pool.construct import UserPool
from constructs_auth.cognito.user_pool_client.construct import UserPoolClient
from constructs_auth.engine import CognitoIdentityPoolProviderPrincipalTag, Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


class IdentityPoolPrincipalTag(AuthConstruct):
    """Tags of a user's session, from the claims of a provider: attributes for access control.

    A policy asks for one with `aws:PrincipalTag/<tag>`. The roles that the pool made let sessions
    carry them; a role that was given as an ARN has to allow `sts:TagSession` in its trust policy.

    **Can never be changed** without new tags, while which sessions have none: *identity_pool* and
    *provider*.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        identity_pool: The identity pool.
        provider: Whose users: a user pool, for all of its clients, a `LoginProvider`, or the ARN
            of a provider of IAM.
        principal_tags: The claim of each tag, 1 to 50 of them: `{"department":
            "custom:department"}`. Cognito's own default is not offered, for a plan would not show
            what it is. Who may write the attribute may choose the tag.

    Attributes:
        provider: Whose users have the tags.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A value that Cognito does not accept, a provider that the identity pool
            does not have, or one that has tags already.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        identity_pool: IdentityPool,
        provider: TagProvider,
        principal_tags: Mapping[str, str],
    ) -> None:
        _checks.kind("IdentityPoolPrincipalTag.identity_pool", identity_pool, IdentityPool)
        subject = "IdentityPoolPrincipalTag.provider"
        check_one_of(subject, provider, identity_pool.tag_providers)
        if provider in identity_pool.tagged_providers:
            raise InvalidValueError(
                subject,
                "must be one that has no tags yet",
                got=describe(provider),
                remedy="name all of its tags in one place",
            )
        tags = _checked_tags(principal_tags)

        super().__init__(scope, construct_id)
        self.provider = provider
        self._claims = tuple(dict.fromkeys(tags.values()))
        roles = identity_pool.allow_session_tags(provider)
        self.resource = CognitoIdentityPoolProviderPrincipalTag(
            self,
            "Default",
            # Until a role lets sessions carry tags, tags would keep its users out.
            depends_on=roles or None,
            identity_pool_id=identity_pool.identity_pool_id,
            identity_provider_name=tag_provider_name(provider),
            principal_tags=tags,
            # The provider's own default is True, which would put Cognito's tags in their place.
            use_defaults=False,
        )

    def find_warnings(self) -> Sequence[str]:
        """Name claims that users write themselves; asked when the app is synthesized."""
        if not isinstance(self.provider, UserPool):
            return ()
        clients = members_of(self.provider, UserPoolClient, near=self)
        return tuple(f"a tag takes {text}" for text in writer_warnings(self._claims, clients))


def _checked_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Check the tags and their number, and sort them."""
    subject = "IdentityPoolPrincipalTag.principal_tags"
    remedy = "write {'department': 'custom:department'}"
    if not isinstance(tags, Mapping) or not tags:
        raise InvalidValueError(
            subject, "must be a mapping that is not empty", got=tags, remedy=remedy
        )
    for tag, claim in tags.items():
        _checks.text(f"{subject}, tag", tag, limits.PRINCIPAL_TAG_KEY, remedy=remedy)
        _checks.text(f"{subject}[{tag!r}]", claim, limits.PRINCIPAL_TAG_CLAIM, remedy=remedy)
    _checks.whole_number(
        f"{subject}, their number", len(tags), limits.PRINCIPAL_TAGS, remedy="name fewer"
    )
    return {tag: tags[tag] for tag in _checks.in_order(tags)}
