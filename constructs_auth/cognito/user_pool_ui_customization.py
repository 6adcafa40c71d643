"""The style sheet and the logo of the classic sign-in pages."""

import base64
from collections.abc import Iterator, Sequence

from constructs_auth import _checks
from constructs_auth._construct import AuthConstruct
from constructs_auth._registry import add_member, members_of
from constructs_auth.cognito.user_pool_client.construct import UserPoolClient
from constructs_auth.cognito.user_pool_domain.construct import UserPoolDomain
from constructs_auth.engine import CognitoUserPoolUiCustomization, Construct
from constructs_auth.errors import InvalidValueError
from constructs_auth.values.user_pool_ui_customization import ClassicPages

_ALL_CLIENTS = "ALL"


class UserPoolUICustomization(AuthConstruct):
    """The appearance of the classic pages, for all clients of a pool or for one client.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        domain: The domain of the pages, which must exist first.
        pages: Style sheet and logo.
        client: The app client. By default all clients without their own. **Changing it** does not
            reset the pages of the old client: change *construct_id* too.

    Attributes:
        client: The app client, or `None` for all.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value of the wrong type, or a client of another pool. Synthesis reports
            a second customization for a client.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        domain: UserPoolDomain,
        pages: ClassicPages,
        client: UserPoolClient | None = None,
    ) -> None:
        _checks.kind("UserPoolUICustomization.domain", domain, UserPoolDomain)
        _checks.kind("UserPoolUICustomization.pages", pages, ClassicPages)
        if client is not None:
            _checks.kind("UserPoolUICustomization.client", client, UserPoolClient)
            _check_pool(client, domain)
        super().__init__(scope, construct_id)
        self.client = client
        self._domain = domain
        add_member(domain.user_pool, self)
        image = pages.image_file
        self.resource = CognitoUserPoolUiCustomization(
            self,
            "Default",
            client_id=_ALL_CLIENTS if client is None else client.user_pool_client_id,
            css=pages.css,
            image_file=None if image is None else base64.b64encode(image).decode(),
            # From the domain, not the pool, because Cognito requires that the domain exists.
            user_pool_id=domain.resource.user_pool_id,
        )

    def find_problems(self) -> Sequence[str]:
        """Return an error for a second customization for the same client."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[str]:
        first = next(
            each
            for each in members_of(self._domain.user_pool, UserPoolUICustomization, near=self)
            if each.client is self.client
        )
        if first is not self:
            whose = "for all clients" if self.client is None else self.client.node.path
            yield (
                f"client: must have one customization, got a second one ({whose}) after "
                f"{first.node.path}; remove one of them"
            )


def _check_pool(client: UserPoolClient, domain: UserPoolDomain) -> None:
    if client.user_pool != domain.user_pool:
        raise InvalidValueError(
            "UserPoolUICustomization.client",
            "must be a client of the domain's pool",
            got=client.node.path,
            remedy="use a client of that pool, or another domain",
        )
