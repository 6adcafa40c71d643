# The PLUS tier with threat protection, for the pool and for one client otherwise.

resource "aws_cognito_user_pool" "plus" {
  name                = "plus"
  deletion_protection = "ACTIVE"
  user_pool_tier      = "PLUS"

  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"

    advanced_security_additional_flows {
      custom_auth_mode = "AUDIT"
    }
  }
}

resource "aws_cognito_user_pool_client" "batch" {
  name            = "batch"
  user_pool_id    = aws_cognito_user_pool.plus.id
  generate_secret = true
}

resource "aws_cognito_risk_configuration" "pool" {
  user_pool_id = aws_cognito_user_pool.plus.id

  account_takeover_risk_configuration {
    actions {
      high_action {
        event_action = "BLOCK"
        notify       = false
      }
      medium_action {
        event_action = "MFA_IF_CONFIGURED"
        notify       = true
      }
    }

    notify_configuration {
      source_arn = "arn:aws:ses:eu-west-1:123456789012:identity/example.com"

      no_action_email {
        html_body = "<p>We saw a new sign-in.</p>"
        subject   = "A new sign-in"
        text_body = "We saw a new sign-in."
      }
    }
  }

  compromised_credentials_risk_configuration {
    actions {
      event_action = "BLOCK"
    }
  }
}

resource "aws_cognito_risk_configuration" "batch" {
  user_pool_id = aws_cognito_user_pool.plus.id
  client_id    = aws_cognito_user_pool_client.batch.id

  risk_exception_configuration {
    skipped_ip_range_list = ["203.0.113.0/24"]
  }
}
