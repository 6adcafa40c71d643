"""What a token becomes in the Terraform JSON."""

from constructs_auth.engine import (
    Construct,
    DefaultTokenResolver,
    StringConcat,
    TerraformStack,
    Tokenization,
)


def written(scope: Construct, value: str) -> str:
    """Give *value* as the stack of *scope* writes it: `${aws_iam_role.api.name}`."""
    resolver = DefaultTokenResolver(StringConcat())
    stack = TerraformStack.of(scope)
    return str(Tokenization.resolve(value, scope=stack, resolver=resolver))
