"""The one door to cdktf and the AWS bindings: everything else imports from here.

Importing this module starts Node, through jsii. Only what stands left of the Terraform
JSON may do so (docs/adr/0002-one-door-to-generated-code.md).
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

# jsii warns of Node releases near their end of life on every start; the list names versions.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")

from constructs_auth.engine._bindings import HOMES
from constructs_auth.engine._loading import BINDINGS, prepare_bindings

prepare_bindings()

import jsii
from cdktf import (
    App,
    DefaultTokenResolver,
    Fn,
    IResolvable,
    Postcondition,
    StringConcat,
    TerraformElement,
    TerraformOutput,
    TerraformResource,
    TerraformResourceLifecycle,
    TerraformStack,
    TerraformVariable,
    TerraformVariableValidationConfig,
    Token,
    Tokenization,
)
from cdktf import LocalBackend as CdktfLocalBackend
from cdktf import S3Backend as CdktfS3Backend
from constructs import Construct, IConstruct, IValidation

if TYPE_CHECKING:
    from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
    from cdktf_cdktf_provider_aws.acm_certificate_validation import AcmCertificateValidation
    from cdktf_cdktf_provider_aws.api_gateway_authorizer import ApiGatewayAuthorizer
    from cdktf_cdktf_provider_aws.apigatewayv2_authorizer import (
        Apigatewayv2Authorizer,
        Apigatewayv2AuthorizerJwtConfiguration,
    )
    from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
    from cdktf_cdktf_provider_aws.cloudwatch_log_resource_policy import CloudwatchLogResourcePolicy
    from cdktf_cdktf_provider_aws.cognito_identity_pool import (
        CognitoIdentityPool,
        CognitoIdentityPoolCognitoIdentityProviders,
    )
    from cdktf_cdktf_provider_aws.cognito_identity_pool_provider_principal_tag import (
        CognitoIdentityPoolProviderPrincipalTag,
    )
    from cdktf_cdktf_provider_aws.cognito_identity_pool_roles_attachment import (
        CognitoIdentityPoolRolesAttachment,
        CognitoIdentityPoolRolesAttachmentRoleMapping,
        CognitoIdentityPoolRolesAttachmentRoleMappingMappingRule,
    )
    from cdktf_cdktf_provider_aws.cognito_identity_provider import CognitoIdentityProvider
    from cdktf_cdktf_provider_aws.cognito_log_delivery_configuration import (
        CognitoLogDeliveryConfiguration,
        CognitoLogDeliveryConfigurationLogConfigurations,
        CognitoLogDeliveryConfigurationLogConfigurationsCloudWatchLogsConfiguration,
        CognitoLogDeliveryConfigurationLogConfigurationsFirehoseConfiguration,
        CognitoLogDeliveryConfigurationLogConfigurationsS3Configuration,
    )
    from cdktf_cdktf_provider_aws.cognito_managed_login_branding import (
        CognitoManagedLoginBranding,
        CognitoManagedLoginBrandingAsset,
    )
    from cdktf_cdktf_provider_aws.cognito_resource_server import (
        CognitoResourceServer,
        CognitoResourceServerScope,
    )
    from cdktf_cdktf_provider_aws.cognito_risk_configuration import (
        CognitoRiskConfiguration,
        CognitoRiskConfigurationAccountTakeoverRiskConfiguration,
        CognitoRiskConfigurationAccountTakeoverRiskConfigurationActions,
        CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration,
        CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration,
        CognitoRiskConfigurationCompromisedCredentialsRiskConfigurationActions,
        CognitoRiskConfigurationRiskExceptionConfiguration,
    )
    from cdktf_cdktf_provider_aws.cognito_user import CognitoUser
    from cdktf_cdktf_provider_aws.cognito_user_group import CognitoUserGroup
    from cdktf_cdktf_provider_aws.cognito_user_in_group import CognitoUserInGroup
    from cdktf_cdktf_provider_aws.cognito_user_pool import (
        CognitoUserPool,
        CognitoUserPoolAccountRecoverySetting,
        CognitoUserPoolAccountRecoverySettingRecoveryMechanism,
        CognitoUserPoolAdminCreateUserConfig,
        CognitoUserPoolAdminCreateUserConfigInviteMessageTemplate,
        CognitoUserPoolDeviceConfiguration,
        CognitoUserPoolEmailConfiguration,
        CognitoUserPoolEmailMfaConfiguration,
        CognitoUserPoolLambdaConfig,
        CognitoUserPoolLambdaConfigCustomEmailSender,
        CognitoUserPoolLambdaConfigCustomSmsSender,
        CognitoUserPoolLambdaConfigPreTokenGenerationConfig,
        CognitoUserPoolPasswordPolicy,
        CognitoUserPoolSchema,
        CognitoUserPoolSchemaNumberAttributeConstraints,
        CognitoUserPoolSchemaStringAttributeConstraints,
        CognitoUserPoolSignInPolicy,
        CognitoUserPoolSmsConfiguration,
        CognitoUserPoolSoftwareTokenMfaConfiguration,
        CognitoUserPoolUserAttributeUpdateSettings,
        CognitoUserPoolUsernameConfiguration,
        CognitoUserPoolUserPoolAddOns,
        CognitoUserPoolUserPoolAddOnsAdvancedSecurityAdditionalFlows,
        CognitoUserPoolVerificationMessageTemplate,
        CognitoUserPoolWebAuthnConfiguration,
    )
    from cdktf_cdktf_provider_aws.cognito_user_pool_client import (
        CognitoUserPoolClient,
        CognitoUserPoolClientRefreshTokenRotation,
        CognitoUserPoolClientTokenValidityUnits,
    )
    from cdktf_cdktf_provider_aws.cognito_user_pool_domain import CognitoUserPoolDomain
    from cdktf_cdktf_provider_aws.cognito_user_pool_ui_customization import (
        CognitoUserPoolUiCustomization,
    )
    from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
    from cdktf_cdktf_provider_aws.data_aws_partition import DataAwsPartition
    from cdktf_cdktf_provider_aws.data_aws_ssoadmin_instances import DataAwsSsoadminInstances
    from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
    from cdktf_cdktf_provider_aws.iam_role import IamRole
    from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
    from cdktf_cdktf_provider_aws.identitystore_group import IdentitystoreGroup
    from cdktf_cdktf_provider_aws.identitystore_group_membership import IdentitystoreGroupMembership
    from cdktf_cdktf_provider_aws.identitystore_user import (
        IdentitystoreUser,
        IdentitystoreUserAddresses,
        IdentitystoreUserEmails,
        IdentitystoreUserName,
        IdentitystoreUserPhoneNumbers,
    )
    from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
    from cdktf_cdktf_provider_aws.kms_key import KmsKey
    from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
    from cdktf_cdktf_provider_aws.lb_listener_rule import (
        LbListenerRule,
        LbListenerRuleAction,
        LbListenerRuleActionAuthenticateCognito,
        LbListenerRuleCondition,
        LbListenerRuleConditionHostHeader,
        LbListenerRuleConditionPathPattern,
    )
    from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
    from cdktf_cdktf_provider_aws.route53_record import Route53Record, Route53RecordAlias
    from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
    from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
        S3BucketLifecycleConfiguration,
        S3BucketLifecycleConfigurationRule,
        S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
        S3BucketLifecycleConfigurationRuleExpiration,
        S3BucketLifecycleConfigurationRuleFilter,
        S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
    )
    from cdktf_cdktf_provider_aws.s3_bucket_logging import S3BucketLoggingA
    from cdktf_cdktf_provider_aws.s3_bucket_ownership_controls import (
        S3BucketOwnershipControls,
        S3BucketOwnershipControlsRule,
    )
    from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
    from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
    from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
        S3BucketServerSideEncryptionConfigurationA,
        S3BucketServerSideEncryptionConfigurationRuleA,
        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
    )
    from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
        S3BucketVersioningA,
        S3BucketVersioningVersioningConfiguration,
    )
    from cdktf_cdktf_provider_aws.secretsmanager_secret import SecretsmanagerSecret
    from cdktf_cdktf_provider_aws.secretsmanager_secret_version import SecretsmanagerSecretVersion
    from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter
    from cdktf_cdktf_provider_aws.ssoadmin_application_assignment import (
        SsoadminApplicationAssignment,
    )
    from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl, Wafv2WebAclRule
    from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation

__all__ = [
    "AcmCertificate",
    "AcmCertificateValidation",
    "ApiGatewayAuthorizer",
    "Apigatewayv2Authorizer",
    "Apigatewayv2AuthorizerJwtConfiguration",
    "App",
    "AwsProvider",
    "AwsProviderDefaultTags",
    "CdktfLocalBackend",
    "CdktfS3Backend",
    "CloudwatchLogGroup",
    "CloudwatchLogResourcePolicy",
    "CognitoIdentityPool",
    "CognitoIdentityPoolCognitoIdentityProviders",
    "CognitoIdentityPoolProviderPrincipalTag",
    "CognitoIdentityPoolRolesAttachment",
    "CognitoIdentityPoolRolesAttachmentRoleMapping",
    "CognitoIdentityPoolRolesAttachmentRoleMappingMappingRule",
    "CognitoIdentityProvider",
    "CognitoLogDeliveryConfiguration",
    "CognitoLogDeliveryConfigurationLogConfigurations",
    "CognitoLogDeliveryConfigurationLogConfigurationsCloudWatchLogsConfiguration",
    "CognitoLogDeliveryConfigurationLogConfigurationsFirehoseConfiguration",
    "CognitoLogDeliveryConfigurationLogConfigurationsS3Configuration",
    "CognitoManagedLoginBranding",
    "CognitoManagedLoginBrandingAsset",
    "CognitoResourceServer",
    "CognitoResourceServerScope",
    "CognitoRiskConfiguration",
    "CognitoRiskConfigurationAccountTakeoverRiskConfiguration",
    "CognitoRiskConfigurationAccountTakeoverRiskConfigurationActions",
    "CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration",
    "CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration",
    "CognitoRiskConfigurationCompromisedCredentialsRiskConfigurationActions",
    "CognitoRiskConfigurationRiskExceptionConfiguration",
    "CognitoUser",
    "CognitoUserGroup",
    "CognitoUserInGroup",
    "CognitoUserPool",
    "CognitoUserPoolAccountRecoverySetting",
    "CognitoUserPoolAccountRecoverySettingRecoveryMechanism",
    "CognitoUserPoolAdminCreateUserConfig",
    "CognitoUserPoolAdminCreateUserConfigInviteMessageTemplate",
    "CognitoUserPoolClient",
    "CognitoUserPoolClientRefreshTokenRotation",
    "CognitoUserPoolClientTokenValidityUnits",
    "CognitoUserPoolDeviceConfiguration",
    "CognitoUserPoolDomain",
    "CognitoUserPoolEmailConfiguration",
    "CognitoUserPoolEmailMfaConfiguration",
    "CognitoUserPoolLambdaConfig",
    "CognitoUserPoolLambdaConfigCustomEmailSender",
    "CognitoUserPoolLambdaConfigCustomSmsSender",
    "CognitoUserPoolLambdaConfigPreTokenGenerationConfig",
    "CognitoUserPoolPasswordPolicy",
    "CognitoUserPoolSchema",
    "CognitoUserPoolSchemaNumberAttributeConstraints",
    "CognitoUserPoolSchemaStringAttributeConstraints",
    "CognitoUserPoolSignInPolicy",
    "CognitoUserPoolSmsConfiguration",
    "CognitoUserPoolSoftwareTokenMfaConfiguration",
    "CognitoUserPoolUiCustomization",
    "CognitoUserPoolUserAttributeUpdateSettings",
    "CognitoUserPoolUserPoolAddOns",
    "CognitoUserPoolUserPoolAddOnsAdvancedSecurityAdditionalFlows",
    "CognitoUserPoolUsernameConfiguration",
    "CognitoUserPoolVerificationMessageTemplate",
    "CognitoUserPoolWebAuthnConfiguration",
    "Construct",
    "DataAwsCallerIdentity",
    "DataAwsPartition",
    "DataAwsSsoadminInstances",
    "DefaultTokenResolver",
    "Fn",
    "IConstruct",
    "IResolvable",
    "IValidation",
    "IamPolicy",
    "IamRole",
    "IamRolePolicy",
    "IdentitystoreGroup",
    "IdentitystoreGroupMembership",
    "IdentitystoreUser",
    "IdentitystoreUserAddresses",
    "IdentitystoreUserEmails",
    "IdentitystoreUserName",
    "IdentitystoreUserPhoneNumbers",
    "KmsAlias",
    "KmsKey",
    "LambdaPermission",
    "LbListenerRule",
    "LbListenerRuleAction",
    "LbListenerRuleActionAuthenticateCognito",
    "LbListenerRuleCondition",
    "LbListenerRuleConditionHostHeader",
    "LbListenerRuleConditionPathPattern",
    "Postcondition",
    "Route53Record",
    "Route53RecordAlias",
    "S3Bucket",
    "S3BucketLifecycleConfiguration",
    "S3BucketLifecycleConfigurationRule",
    "S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload",
    "S3BucketLifecycleConfigurationRuleExpiration",
    "S3BucketLifecycleConfigurationRuleFilter",
    "S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration",
    "S3BucketLoggingA",
    "S3BucketOwnershipControls",
    "S3BucketOwnershipControlsRule",
    "S3BucketPolicy",
    "S3BucketPublicAccessBlock",
    "S3BucketServerSideEncryptionConfigurationA",
    "S3BucketServerSideEncryptionConfigurationRuleA",
    "S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA",
    "S3BucketVersioningA",
    "S3BucketVersioningVersioningConfiguration",
    "SecretsmanagerSecret",
    "SecretsmanagerSecretVersion",
    "SsmParameter",
    "SsoadminApplicationAssignment",
    "StringConcat",
    "TerraformElement",
    "TerraformOutput",
    "TerraformResource",
    "TerraformResourceLifecycle",
    "TerraformStack",
    "TerraformVariable",
    "TerraformVariableValidationConfig",
    "Token",
    "Tokenization",
    "Wafv2WebAcl",
    "Wafv2WebAclAssociation",
    "Wafv2WebAclRule",
    "jsii",
]


if not TYPE_CHECKING:  # seeing this, a type checker would let any misspelt name pass

    def __getattr__(name: str) -> object:
        """Import a class of the AWS bindings when it is first asked for: most programs use few."""
        if name not in HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{BINDINGS}.{HOMES[name]}"), name)
        globals()[name] = value
        return value
