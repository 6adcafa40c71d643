"""The constructs: one file per Cognito resource, named as AWS names it."""
