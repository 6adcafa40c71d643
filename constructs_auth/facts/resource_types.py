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
USER_POOL_REPLICA = "aws_cognito_user_pool_replica"
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

CLIENTS = (USER_POOL_CLIENT, MANAGED_USER_POOL_CLIENT)

COGNITO_PREFIX = "aws_cognito_"
"""The prefix of the resource types of Cognito."""
