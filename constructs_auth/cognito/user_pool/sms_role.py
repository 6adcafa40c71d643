"""The role that Cognito sends SMS with, made when a pool needs one and was given none."""

from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._iam import account_id, policy_document, role_name_prefix
from constructs_auth.engine import (
    CognitoUserPoolSmsConfiguration,
    Construct,
    IamRole,
    IamRolePolicy,
    TerraformResourceLifecycle,
)
from constructs_auth.values.sms import SmsConfiguration


class SmsRole(AuthConstruct):
    """A role that only Cognito, only for this account and only with our external id, may assume.

    Args:
        scope: The pool.
        construct_id: The id.
        lifecycle: The pool's own: a role that goes before its pool breaks the pool.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, lifecycle: TerraformResourceLifecycle | None
    ) -> None:
        super().__init__(scope, construct_id)
        self.external_id = scope.node.path
        self.role = IamRole(
            self,
            "Default",
            assume_role_policy=_trust_policy(account_id(scope), self.external_id),
            description=f"Lets Amazon Cognito send SMS for {scope.node.path}",
            lifecycle=lifecycle,
            name_prefix=role_name_prefix(scope.node.id, "sms"),
        )
        name_after(scope, self.role, construct_id)
        self.policy = IamRolePolicy(
            self,
            "publish",
            lifecycle=lifecycle,
            name="publish-sms",
            policy=policy_document({"Action": "sns:Publish", "Effect": "Allow", "Resource": "*"}),
            role=self.role.id,
        )
        name_after(scope, self.policy, construct_id)


def sms_configuration(
    sms: SmsConfiguration | None, role: SmsRole | None
) -> CognitoUserPoolSmsConfiguration | None:
    """The given role, else the one that was made, else nothing: it can never be taken out."""
    if sms is not None:
        return CognitoUserPoolSmsConfiguration(
            external_id=sms.external_id,
            sns_caller_arn=sms.sns_caller_arn,
            sns_region=sms.sns_region,
        )
    if role is not None:
        return CognitoUserPoolSmsConfiguration(
            external_id=role.external_id, sns_caller_arn=role.role.arn
        )
    return None


def _trust_policy(account_id: str, external_id: str) -> str:
    return policy_document(
        {
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": account_id, "sts:ExternalId": external_id}
            },
            "Effect": "Allow",
            "Principal": {"Service": "cognito-idp.amazonaws.com"},
        }
    )
