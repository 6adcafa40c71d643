"""The association of a web ACL with a user pool."""

from collections.abc import Iterator, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._registry import add_member, members_of
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._user_pool_ref import UserPoolRef, check_pool, region_of
from constructs_auth.cognito.web_acl import WebAcl
from constructs_auth.engine import Construct, TerraformStack, Wafv2WebAclAssociation
from constructs_auth.errors import InvalidValueError
from constructs_auth.stack import AuthStack

_REMEDY = "give a WebAcl, or the ARN of a web ACL with the scope REGIONAL"


class WebAclAssociation(AuthConstruct):
    """Puts a web ACL in front of the pages and the public operations of a user pool.

    A pool has at most one. **Can never be changed** without a moment in which nothing is in front
    of the pool: *user_pool* and *web_acl*.

    Args:
        scope: The stack; directly below it, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool; of one that others own, the account must be known.
        web_acl: The ACL: a `WebAcl`, or the ARN of one of yours in the region of the pool. It
            must not use `AWSManagedRulesATPRuleSet`, which Cognito does not take.

    Attributes:
        user_pool: The pool.
        resource: The resource as the bindings have it, for what is not offered here.

    Raises:
        InvalidValueError: Not a web ACL for regional resources, or a pool whose ARN is not known.
            An ACL of another region and a second association are found when the app is
            synthesized.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        web_acl: WebAcl | str,
    ) -> None:
        check_pool("WebAclAssociation.user_pool", user_pool)
        _check_web_acl(web_acl)
        resource_arn = user_pool.user_pool_arn

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self._web_acl = web_acl
        self.resource = Wafv2WebAclAssociation(
            self,
            "Default",
            resource_arn=resource_arn,
            web_acl_arn=web_acl.web_acl_arn if isinstance(web_acl, WebAcl) else web_acl,
        )
        add_member(user_pool, self)

    def find_problems(self) -> Sequence[str]:
        """Name another region, and a second association; asked when the app is synthesized."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[str]:
        wanted, got = region_of(self.user_pool), _region_of_acl(self._web_acl)
        if got is not None and is_concrete((wanted, got)) and wanted != got:
            yield (
                f"web_acl: must be in {wanted}, the region of the pool, got {got}; give an ACL of "
                "that region"
            )
        first = members_of(self.user_pool, WebAclAssociation, near=self)[0]
        if first is not self:
            yield (
                "user_pool: must have one web ACL, got a second association after "
                f"{first.node.path}; take one of them out"
            )


def _region_of_acl(web_acl: WebAcl | str) -> str | None:
    if isinstance(web_acl, WebAcl):
        stack = TerraformStack.of(web_acl)
        return stack.region if isinstance(stack, AuthStack) else None
    return web_acl.split(":")[3] if is_concrete(web_acl) else None


def _check_web_acl(web_acl: WebAcl | str) -> None:
    if isinstance(web_acl, WebAcl):
        return
    subject = "WebAclAssociation.web_acl"
    _checks.arn(subject, web_acl, service="wafv2", remedy=_REMEDY)
    if is_concrete(web_acl) and not web_acl.split(":")[5].startswith("regional/webacl/"):
        raise InvalidValueError(
            subject, "must be a web ACL with the scope REGIONAL", got=web_acl, remedy=_REMEDY
        )
