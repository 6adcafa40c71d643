# A SAML provider for each company, by for_each, with metadata from a URL or a file.

locals {
  companies = {
    Globex  = { domains = ["globex.example"], url = "https://id.globex.example/metadata" }
    Initech = { domains = ["initech.example", "initech.test"], url = null }
  }
}

resource "aws_cognito_user_pool" "main" {
  name             = "companies"
  alias_attributes = ["email"]

  schema {
    name                = "groups"
    attribute_data_type = "String"
    mutable             = true

    string_attribute_constraints {
      min_length = "0"
      max_length = "2048"
    }
  }
}

resource "aws_cognito_identity_provider" "saml" {
  for_each = local.companies

  user_pool_id    = aws_cognito_user_pool.main.id
  provider_name   = each.key
  provider_type   = "SAML"
  idp_identifiers = each.value.domains

  provider_details = each.value.url == null ? {
    MetadataFile = file("${path.module}/metadata.xml")
    IDPSignout   = "true"
    } : {
    MetadataURL = each.value.url
    IDPSignout  = "false"
  }

  attribute_mapping = {
    email           = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
    "custom:groups" = "groups"
  }

  lifecycle {
    ignore_changes = [
      provider_details["ActiveEncryptionCertificate"],
      provider_details["SLORedirectBindingURI"],
      provider_details["SSORedirectBindingURI"],
    ]
  }
}

resource "aws_cognito_user_pool_client" "portal" {
  name                                 = "portal"
  user_pool_id                         = aws_cognito_user_pool.main.id
  generate_secret                      = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["openid", "profile"]
  callback_urls                        = ["https://portal.example.com/oauth2/idpresponse"]
  logout_urls                          = ["https://portal.example.com"]
  supported_identity_providers         = keys(aws_cognito_identity_provider.saml)
}
