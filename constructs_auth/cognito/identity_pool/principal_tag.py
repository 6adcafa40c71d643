"""The principal tags of an identity pool: claims that policies can check."""

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
from constructs_auth.cognito.user_pool.base import UserPoolBase
from constructs_auth.cognito.user_pool_client.construct import UserPoolClient
from constructs_auth.engine import CognitoIdentityPoolProviderPrincipalTag, Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits


class IdentityPoolPrincipalTag(AuthConstruct):
    """Session tags from the claims of a provider's tokens: attributes for access control.

    A policy checks a tag with `aws:PrincipalTag/<tag>`. The roles that this library creates for the
    pool allow tags. A role that you give as an ARN must allow `sts:TagSession` in its trust policy.

    **Changing** *identity_pool* or *provider* replaces the tags. Until Terraform creates the new
    ones, new sessions have none.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        identity_pool: The identity pool.
        provider: The provider of the users: a user pool, for all of its clients, a `LoginProvider`,
            or the ARN of an IAM provider.
        principal_tags: The claim of each tag, 1 to 50 of them:
            `{"department": "custom:department"}`. Cognito's default tags are not offered, because a
            plan would not show them. Users who may write the attribute can choose the tag.

    Attributes:
        provider: The provider of the users.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that Cognito does not accept, a provider that the identity pool
            does not have, or one that already has tags.
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
                "must be a provider without tags",
                got=describe(provider),
                remedy="put all of its tags into one IdentityPoolPrincipalTag",
            )
        tags = _checked_tags(principal_tags)

        super().__init__(scope, construct_id)
        self.provider = provider
        self._claims = tuple(dict.fromkeys(tags.values()))
        roles = identity_pool.allow_session_tags(provider)
        self.resource = CognitoIdentityPoolProviderPrincipalTag(
            self,
            "Default",
            # With tags, users cannot assume a role until its trust policy allows sts:TagSession.
            depends_on=roles or None,
            identity_pool_id=identity_pool.identity_pool_id,
            identity_provider_name=tag_provider_name(provider),
            principal_tags=tags,
            # The provider's default is True, which replaces these tags with Cognito's default tags.
            use_defaults=False,
        )

    def find_warnings(self) -> Sequence[str]:
        """Return a warning for each tag from a claim that users can write themselves."""
        if not isinstance(self.provider, UserPoolBase):
            return ()
        clients = members_of(self.provider, UserPoolClient, near=self)
        return tuple(f"a tag uses {text}" for text in writer_warnings(self._claims, clients))


def _checked_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Check the tags and their number, and return them sorted."""
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
