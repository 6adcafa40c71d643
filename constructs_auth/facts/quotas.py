"""Quotas of Cognito's that no argument shows."""

EMAILS_A_DAY = 50
"""E-mail that Cognito's own sender delivers for a pool («Quotas in Amazon Cognito»)."""

TRIGGER_SECONDS = 5
"""How long Cognito waits for a Lambda trigger («Customizing user pool workflows»)."""
