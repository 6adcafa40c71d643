"""Facts about Cognito and its Terraform resources; these modules import none of our others."""
