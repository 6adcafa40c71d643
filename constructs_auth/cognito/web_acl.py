"""A web ACL for user pools: AWS's managed rules, and limits on how often one address may try."""

from collections.abc import Collection, Mapping, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._tags import checked_tags
from constructs_auth.cognito._web_acl_rules import rules, visibility
from constructs_auth.engine import Construct, Wafv2WebAcl
from constructs_auth.facts import limits
from constructs_auth.values.web_acl import (
    COUNTED_COMMON_RULES,
    RateLimits,
    WebAclMode,
    checked_rule_names,
)


class WebAcl(AuthConstruct):
    """What WAF lets through to user pools; attached by a `WebAclAssociation`.

    Rules: addresses of bad reputation, limits on sign-in, sign-up and tokens, known bad inputs,
    and the common rule set. What none of them matches is let through.

    **Can never be changed** without a new ACL: *name*.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        name: The name in the console and of its metric: 1 to 128 letters, digits, `_` and `-`. By
            default *construct_id*.
        mode: Whether the rules block what they match, or only count it: for the first weeks in
            front of a pool that real users have. By default they block.
        rate_limits: How often one address may try.
        counted_common_rules: The rules of the common rule set that only count, because Cognito's
            own users match them. By default `COUNTED_COMMON_RULES`.
        tags: Tags of the ACL, besides those of the stack. By default none.

    Attributes:
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: A value that WAF does not accept.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str | None = None,
        mode: WebAclMode = WebAclMode.BLOCK,
        rate_limits: RateLimits = RateLimits(),
        counted_common_rules: Collection[str] = COUNTED_COMMON_RULES,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        name = construct_id if name is None else name
        _checks.text("WebAcl.name", name, limits.WEB_ACL_NAME, remedy="give another name")
        mode = _checks.known_member("WebAcl.mode", mode, WebAclMode)
        _checks.kind("WebAcl.rate_limits", rate_limits, RateLimits)
        counted = checked_rule_names("WebAcl.counted_common_rules", counted_common_rules)
        acl_tags = checked_tags("WebAcl.tags", tags)

        super().__init__(scope, construct_id)
        self._mode = mode
        self.resource = Wafv2WebAcl(
            self,
            "Default",
            default_action={"allow": {}},
            description="Protects the sign-in of Cognito user pools",
            name=name,
            rule=rules(mode, rate_limits, counted),
            scope="REGIONAL",
            tags=acl_tags or None,
            visibility_config=visibility(name),
        )

    @property
    def web_acl_arn(self) -> str:
        """The ARN; known after the apply."""
        return self.resource.arn

    def find_warnings(self) -> Sequence[str]:
        """Say that it blocks nothing; asked when the app is synthesized."""
        if self._mode is WebAclMode.BLOCK:
            return ()
        text = (
            "mode is COUNT, so nothing is blocked; take it out when its metrics show that the "
            "rules match no users"
        )
        return (text,)
