"""The resource types of the AWS provider that this library knows, each named once.

The names come from the provider's schema (5.100.0; newer types are marked).
"""

USER_POOL = "aws_cognito_user_pool"
USER_POOL_CLIENT = "aws_cognito_user_pool_client"
MANAGED_USER_POOL_CLIENT = "aws_cognito_managed_user_pool_client"
"""An app client that another service of AWS created."""
USER_POOL_DOMAIN = "aws_cognito_user_pool_domain"
USER_POOL_UI_CUSTOMIZATION = "aws_cognito_user_pool_ui_customization"
MANAGED_LOGIN_BRANDING = "aws_cognito_managed_login_branding"
"""Provider 6."""
IDENTITY_PROVIDER = "aws_cognito_identity_provider"
RESOURCE_SERVER = "aws_cognito_resource_server"
RISK_CONFIGURATION = "aws_cognito_risk_configuration"
LOG_DELIVERY_CONFIGURATION = "aws_cognito_log_delivery_configuration"
"""Provider 6."""
USER = "aws_cognito_user"
USER_GROUP = "aws_cognito_user_group"
USER_IN_GROUP = "aws_cognito_user_in_group"
IDENTITY_POOL = "aws_cognito_identity_pool"
IDENTITY_POOL_ROLES_ATTACHMENT = "aws_cognito_identity_pool_roles_attachment"
IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG = "aws_cognito_identity_pool_provider_principal_tag"
LAMBDA_PERMISSION = "aws_lambda_permission"
IAM_ROLE = "aws_iam_role"
IAM_ROLE_POLICY_ATTACHMENT = "aws_iam_role_policy_attachment"
WEB_ACL_ASSOCIATION = "aws_wafv2_web_acl_association"
CERTIFICATE = "aws_acm_certificate"
CERTIFICATE_VALIDATION = "aws_acm_certificate_validation"
KMS_KEY = "aws_kms_key"
LOG_GROUP = "aws_cloudwatch_log_group"
DIRECTORY_USER = "aws_identitystore_user"
"""A user of IAM Identity Center."""
DIRECTORY_GROUP = "aws_identitystore_group"
DIRECTORY_MEMBERSHIP = "aws_identitystore_group_membership"

CLIENTS = (USER_POOL_CLIENT, MANAGED_USER_POOL_CLIENT)

FOREIGN_POOLS = ("awscc_cognito_identity_pool", "awscc_cognito_user_pool")
"""Pools of the AWS Cloud Control provider."""

USER_POOL_REPLICA = "awscc_cognito_user_pool_replica"
"""A copy of a pool in another region. The AWS provider has none, up to 6.69.1."""

CLOUD_CONTROL_TERMS = "awscc_cognito_terms"
"""A resource that is not a pool; only the rule on foreign resources reads it."""

FOREIGN = (
    *FOREIGN_POOLS,
    "awscc_cognito_identity_pool_principal_tag",
    "awscc_cognito_identity_pool_role_attachment",
    "awscc_cognito_log_delivery_configuration",
    "awscc_cognito_managed_login_branding",
    CLOUD_CONTROL_TERMS,
    "awscc_cognito_user_pool_client",
    "awscc_cognito_user_pool_domain",
    "awscc_cognito_user_pool_group",
    "awscc_cognito_user_pool_identity_provider",
    "awscc_cognito_user_pool_regional_configuration_attachment",
    "awscc_cognito_user_pool_resource_server",
    "awscc_cognito_user_pool_risk_configuration_attachment",
    "awscc_cognito_user_pool_ui_customization_attachment",
    "awscc_cognito_user_pool_user",
    "awscc_cognito_user_pool_user_to_group_attachment",
)
"""Cognito's resource types of the AWS Cloud Control provider; only CR22 reports them."""

CLOUD_CONTROL_RESOURCE = "aws_cloudcontrolapi_resource"
"""A resource of any type of CloudFormation, in its argument `type_name`."""

CLOUDFORMATION_STACK = "aws_cloudformation_stack"
"""Resources of CloudFormation, in its argument `template_body`."""

COGNITO_PREFIX = "aws_cognito_"
"""The prefix of the resource types of Cognito."""
