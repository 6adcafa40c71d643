"""The identity pool: temporary AWS credentials for users, and the IAM roles behind them."""
