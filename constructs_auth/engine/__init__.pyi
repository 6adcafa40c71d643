# All that the package uses of the framework and of the AWS bindings, named as CDKTF names it.

import jsii as jsii
from cdktf import (
    App as App,
    DefaultTokenResolver as DefaultTokenResolver,
    Fn as Fn,
    IResolvable as IResolvable,
    IStackSynthesizer as IStackSynthesizer,
    ISynthesisSession as ISynthesisSession,
    LocalBackend as LocalBackend,
    Manifest as Manifest,
    Postcondition as Postcondition,
    S3Backend as S3Backend,
    StringConcat as StringConcat,
    TerraformElement as TerraformElement,
    TerraformOutput as TerraformOutput,
    TerraformResource as TerraformResource,
    TerraformResourceLifecycle as TerraformResourceLifecycle,
    TerraformStack as TerraformStack,
    TerraformVariable as TerraformVariable,
    TerraformVariableValidationConfig as TerraformVariableValidationConfig,
    Token as Token,
    Tokenization as Tokenization,
)
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate as AcmCertificate
from cdktf_cdktf_provider_aws.acm_certificate_validation import (
    AcmCertificateValidation as AcmCertificateValidation,
)
from cdktf_cdktf_provider_aws.api_gateway_authorizer import (
    ApiGatewayAuthorizer as ApiGatewayAuthorizer,
)
from cdktf_cdktf_provider_aws.apigatewayv2_authorizer import (
    Apigatewayv2Authorizer as Apigatewayv2Authorizer,
    Apigatewayv2AuthorizerJwtConfiguration as Apigatewayv2AuthorizerJwtConfiguration,
)
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup as CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_log_resource_policy import (
    CloudwatchLogResourcePolicy as CloudwatchLogResourcePolicy,
)
from cdktf_cdktf_provider_aws.cognito_identity_pool import (
    CognitoIdentityPool as CognitoIdentityPool,
    CognitoIdentityPoolCognitoIdentityProviders as CognitoIdentityPoolCognitoIdentityProviders,
)
from cdktf_cdktf_provider_aws.cognito_identity_pool_provider_principal_tag import (
    CognitoIdentityPoolProviderPrincipalTag as CognitoIdentityPoolProviderPrincipalTag,
)
from cdktf_cdktf_provider_aws.cognito_identity_pool_roles_attachment import (
    CognitoIdentityPoolRolesAttachment as CognitoIdentityPoolRolesAttachment,
    CognitoIdentityPoolRolesAttachmentRoleMapping as CognitoIdentityPoolRolesAttachmentRoleMapping,
    CognitoIdentityPoolRolesAttachmentRoleMappingMappingRule as CognitoIdentityPoolRolesAttachmentRoleMappingMappingRule,
)
from cdktf_cdktf_provider_aws.cognito_identity_provider import (
    CognitoIdentityProvider as CognitoIdentityProvider,
)
from cdktf_cdktf_provider_aws.cognito_log_delivery_configuration import (
    CognitoLogDeliveryConfiguration as CognitoLogDeliveryConfiguration,
    CognitoLogDeliveryConfigurationLogConfigurations as CognitoLogDeliveryConfigurationLogConfigurations,
    CognitoLogDeliveryConfigurationLogConfigurationsCloudWatchLogsConfiguration as CognitoLogDeliveryConfigurationLogConfigurationsCloudWatchLogsConfiguration,
    CognitoLogDeliveryConfigurationLogConfigurationsFirehoseConfiguration as CognitoLogDeliveryConfigurationLogConfigurationsFirehoseConfiguration,
    CognitoLogDeliveryConfigurationLogConfigurationsS3Configuration as CognitoLogDeliveryConfigurationLogConfigurationsS3Configuration,
)
from cdktf_cdktf_provider_aws.cognito_managed_login_branding import (
    CognitoManagedLoginBranding as CognitoManagedLoginBranding,
    CognitoManagedLoginBrandingAsset as CognitoManagedLoginBrandingAsset,
)
from cdktf_cdktf_provider_aws.cognito_resource_server import (
    CognitoResourceServer as CognitoResourceServer,
    CognitoResourceServerScope as CognitoResourceServerScope,
)
from cdktf_cdktf_provider_aws.cognito_risk_configuration import (
    CognitoRiskConfiguration as CognitoRiskConfiguration,
    CognitoRiskConfigurationAccountTakeoverRiskConfiguration as CognitoRiskConfigurationAccountTakeoverRiskConfiguration,
    CognitoRiskConfigurationAccountTakeoverRiskConfigurationActions as CognitoRiskConfigurationAccountTakeoverRiskConfigurationActions,
    CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration as CognitoRiskConfigurationAccountTakeoverRiskConfigurationNotifyConfiguration,
    CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration as CognitoRiskConfigurationCompromisedCredentialsRiskConfiguration,
    CognitoRiskConfigurationCompromisedCredentialsRiskConfigurationActions as CognitoRiskConfigurationCompromisedCredentialsRiskConfigurationActions,
    CognitoRiskConfigurationRiskExceptionConfiguration as CognitoRiskConfigurationRiskExceptionConfiguration,
)
from cdktf_cdktf_provider_aws.cognito_user import CognitoUser as CognitoUser
from cdktf_cdktf_provider_aws.cognito_user_group import CognitoUserGroup as CognitoUserGroup
from cdktf_cdktf_provider_aws.cognito_user_in_group import CognitoUserInGroup as CognitoUserInGroup
from cdktf_cdktf_provider_aws.cognito_user_pool import (
    CognitoUserPool as CognitoUserPool,
    CognitoUserPoolAccountRecoverySetting as CognitoUserPoolAccountRecoverySetting,
    CognitoUserPoolAccountRecoverySettingRecoveryMechanism as CognitoUserPoolAccountRecoverySettingRecoveryMechanism,
    CognitoUserPoolAdminCreateUserConfig as CognitoUserPoolAdminCreateUserConfig,
    CognitoUserPoolAdminCreateUserConfigInviteMessageTemplate as CognitoUserPoolAdminCreateUserConfigInviteMessageTemplate,
    CognitoUserPoolDeviceConfiguration as CognitoUserPoolDeviceConfiguration,
    CognitoUserPoolEmailConfiguration as CognitoUserPoolEmailConfiguration,
    CognitoUserPoolEmailMfaConfiguration as CognitoUserPoolEmailMfaConfiguration,
    CognitoUserPoolLambdaConfig as CognitoUserPoolLambdaConfig,
    CognitoUserPoolLambdaConfigCustomEmailSender as CognitoUserPoolLambdaConfigCustomEmailSender,
    CognitoUserPoolLambdaConfigCustomSmsSender as CognitoUserPoolLambdaConfigCustomSmsSender,
    CognitoUserPoolLambdaConfigPreTokenGenerationConfig as CognitoUserPoolLambdaConfigPreTokenGenerationConfig,
    CognitoUserPoolPasswordPolicy as CognitoUserPoolPasswordPolicy,
    CognitoUserPoolSchema as CognitoUserPoolSchema,
    CognitoUserPoolSchemaNumberAttributeConstraints as CognitoUserPoolSchemaNumberAttributeConstraints,
    CognitoUserPoolSchemaStringAttributeConstraints as CognitoUserPoolSchemaStringAttributeConstraints,
    CognitoUserPoolSignInPolicy as CognitoUserPoolSignInPolicy,
    CognitoUserPoolSmsConfiguration as CognitoUserPoolSmsConfiguration,
    CognitoUserPoolSoftwareTokenMfaConfiguration as CognitoUserPoolSoftwareTokenMfaConfiguration,
    CognitoUserPoolUserAttributeUpdateSettings as CognitoUserPoolUserAttributeUpdateSettings,
    CognitoUserPoolUsernameConfiguration as CognitoUserPoolUsernameConfiguration,
    CognitoUserPoolUserPoolAddOns as CognitoUserPoolUserPoolAddOns,
    CognitoUserPoolUserPoolAddOnsAdvancedSecurityAdditionalFlows as CognitoUserPoolUserPoolAddOnsAdvancedSecurityAdditionalFlows,
    CognitoUserPoolVerificationMessageTemplate as CognitoUserPoolVerificationMessageTemplate,
    CognitoUserPoolWebAuthnConfiguration as CognitoUserPoolWebAuthnConfiguration,
)
from cdktf_cdktf_provider_aws.cognito_user_pool_client import (
    CognitoUserPoolClient as CognitoUserPoolClient,
    CognitoUserPoolClientRefreshTokenRotation as CognitoUserPoolClientRefreshTokenRotation,
    CognitoUserPoolClientTokenValidityUnits as CognitoUserPoolClientTokenValidityUnits,
)
from cdktf_cdktf_provider_aws.cognito_user_pool_domain import (
    CognitoUserPoolDomain as CognitoUserPoolDomain,
)
from cdktf_cdktf_provider_aws.cognito_user_pool_ui_customization import (
    CognitoUserPoolUiCustomization as CognitoUserPoolUiCustomization,
)
from cdktf_cdktf_provider_aws.data_aws_caller_identity import (
    DataAwsCallerIdentity as DataAwsCallerIdentity,
)
from cdktf_cdktf_provider_aws.data_aws_partition import DataAwsPartition as DataAwsPartition
from cdktf_cdktf_provider_aws.data_aws_ssoadmin_instances import (
    DataAwsSsoadminInstances as DataAwsSsoadminInstances,
)
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy as IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole as IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy as IamRolePolicy
from cdktf_cdktf_provider_aws.identitystore_group import IdentitystoreGroup as IdentitystoreGroup
from cdktf_cdktf_provider_aws.identitystore_group_membership import (
    IdentitystoreGroupMembership as IdentitystoreGroupMembership,
)
from cdktf_cdktf_provider_aws.identitystore_user import (
    IdentitystoreUser as IdentitystoreUser,
    IdentitystoreUserAddresses as IdentitystoreUserAddresses,
    IdentitystoreUserEmails as IdentitystoreUserEmails,
    IdentitystoreUserName as IdentitystoreUserName,
    IdentitystoreUserPhoneNumbers as IdentitystoreUserPhoneNumbers,
)
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias as KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey as KmsKey
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission as LambdaPermission
from cdktf_cdktf_provider_aws.lb_listener_rule import (
    LbListenerRule as LbListenerRule,
    LbListenerRuleAction as LbListenerRuleAction,
    LbListenerRuleActionAuthenticateCognito as LbListenerRuleActionAuthenticateCognito,
    LbListenerRuleCondition as LbListenerRuleCondition,
    LbListenerRuleConditionHostHeader as LbListenerRuleConditionHostHeader,
    LbListenerRuleConditionPathPattern as LbListenerRuleConditionPathPattern,
)
from cdktf_cdktf_provider_aws.provider import (
    AwsProvider as AwsProvider,
    AwsProviderDefaultTags as AwsProviderDefaultTags,
)
from cdktf_cdktf_provider_aws.route53_record import (
    Route53Record as Route53Record,
    Route53RecordAlias as Route53RecordAlias,
)
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket as S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration as S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule as S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload as S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration as S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter as S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration as S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_logging import S3BucketLoggingA as S3BucketLoggingA
from cdktf_cdktf_provider_aws.s3_bucket_ownership_controls import (
    S3BucketOwnershipControls as S3BucketOwnershipControls,
    S3BucketOwnershipControlsRule as S3BucketOwnershipControlsRule,
)
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy as S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import (
    S3BucketPublicAccessBlock as S3BucketPublicAccessBlock,
)
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA as S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA as S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA as S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
    S3BucketVersioningA as S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration as S3BucketVersioningVersioningConfiguration,
)
from cdktf_cdktf_provider_aws.secretsmanager_secret import (
    SecretsmanagerSecret as SecretsmanagerSecret,
)
from cdktf_cdktf_provider_aws.secretsmanager_secret_version import (
    SecretsmanagerSecretVersion as SecretsmanagerSecretVersion,
)
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter as SsmParameter
from cdktf_cdktf_provider_aws.ssoadmin_application_assignment import (
    SsoadminApplicationAssignment as SsoadminApplicationAssignment,
)
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl as Wafv2WebAcl,
    Wafv2WebAclRule as Wafv2WebAclRule,
)
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import (
    Wafv2WebAclAssociation as Wafv2WebAclAssociation,
)
from constructs import Construct as Construct, IConstruct as IConstruct, IValidation as IValidation

from constructs_auth.engine._ahead import catch_up as catch_up, without_waiting as without_waiting
from constructs_auth.engine._mixtures import (
    is_instance as is_instance,
    is_of_framework as is_of_framework,
    reject_foreign_elements as reject_foreign_elements,
    reject_foreign_stack as reject_foreign_stack,
)
