"""The types of resource that several subjects have in common."""

CLIENT = "aws_cognito_user_pool_client"
MANAGED_CLIENT = "aws_cognito_managed_user_pool_client"
CLIENTS = (CLIENT, MANAGED_CLIENT)
"""A client of ours, and one that another service of AWS made."""

IDENTITY_POOL = "aws_cognito_identity_pool"
IDENTITY_PROVIDER = "aws_cognito_identity_provider"
RESOURCE_SERVER = "aws_cognito_resource_server"
DOMAIN = "aws_cognito_user_pool_domain"
GROUP = "aws_cognito_user_group"
WEB_ACL = "aws_wafv2_web_acl_association"
