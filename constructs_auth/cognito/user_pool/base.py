"""What other constructs read of a user pool that the program defines."""

from collections.abc import Collection, Sequence

from constructs_auth._construct import AuthConstruct
from constructs_auth.engine import CognitoUserPool
from constructs_auth.facts.words import ContactAttribute, UserPoolTier
from constructs_auth.values.attributes import Attribute
from constructs_auth.values.first_factors import FirstFactor
from constructs_auth.values.mfa import Mfa
from constructs_auth.values.password_policy import PasswordPolicy
from constructs_auth.values.sign_in import SignIn
from constructs_auth.values.user_pool_tier import UserPoolAddOns


class UserPoolBase(AuthConstruct):
    """The settings and the addresses of a `UserPool`, which is the only class of this kind.

    The constructs of a pool's members refer to this class, because `UserPool` creates them
    (docs/adr/0020-a-pool-creates-its-members.md).
    """

    sign_in: SignIn
    attributes: Collection[Attribute]
    auto_verified_attributes: Collection[ContactAttribute]
    password_policy: PasswordPolicy
    passwordless: Sequence[FirstFactor]
    user_pool_tier: UserPoolTier
    user_pool_add_ons: UserPoolAddOns | None
    mfa: Mfa
    resource: CognitoUserPool

    @property
    def user_pool_id(self) -> str:
        """The id, such as `eu-west-1_AbCdEf123`; known after the apply."""
        return self.resource.id

    @property
    def user_pool_arn(self) -> str:
        """The ARN; known after the apply."""
        return self.resource.arn

    @property
    def user_pool_endpoint(self) -> str:
        """The host and path of the pool, without a scheme; known after the apply."""
        return self.resource.endpoint

    @property
    def issuer(self) -> str:
        """The value of the `iss` claim in every token of a pool with the issuer type ORIGINAL.

        That is the type of each pool that Terraform creates: the provider cannot set another one. A
        pool whose type was set to UPDATED outside of Terraform has the issuer
        `https://issuer-cognito-idp.<region>.amazonaws.com/<pool id>`, which this does not return.
        """
        return f"https://{self.user_pool_endpoint}"

    @property
    def jwks_url(self) -> str:
        """The URL of the public keys that verify tokens, below *issuer*."""
        return f"{self.issuer}/.well-known/jwks.json"
