"""The constructs: one file for each Cognito resource, with AWS's name of the resource."""
