"""What tokens become in the Terraform JSON, and secrets that must come from sensitive variables."""

import re
from collections.abc import Collection, Iterator, Mapping

from constructs_auth._tokens import holds_list_token
from constructs_auth.engine import (
    Construct,
    DefaultTokenResolver,
    Fn,
    StringConcat,
    TerraformStack,
    TerraformVariable,
    Tokenization,
)
from constructs_auth.facts.templates import interpolated
from constructs_auth.variable import Variable


def written(scope: Construct, value: str) -> str:
    """Give *value* as the stack of *scope* writes it: `${aws_iam_role.api.name}`."""
    resolver = DefaultTokenResolver(StringConcat())
    stack = TerraformStack.of(scope)
    return str(Tokenization.resolve(value, scope=stack, resolver=resolver))


def joined(separator: str, values: Collection[str]) -> str:
    """Join *values* to one text; a list that only Terraform will know is joined by Terraform."""
    if holds_list_token(values):
        return Fn.join(separator, [*values])
    return separator.join(values)


def secret_problems(scope: Construct, secrets: Mapping[str, str]) -> Iterator[str]:
    """Name secrets from a variable of the stack that Terraform would show in every plan.

    A variable that is not directly below its stack is not found.
    """
    stack = TerraformStack.of(scope)
    for name, secret in secrets.items():
        found = re.fullmatch(r"var\.([\w-]+)", interpolated(written(scope, secret)) or "")
        if found is None:
            continue
        given = stack.node.try_find_child(found[1])
        variable = given.resource if isinstance(given, Variable) else given
        if isinstance(variable, TerraformVariable) and not variable.sensitive:
            yield (
                f"{name}: must come from a sensitive variable, got the variable "
                f"{found[1]!r}; give it sensitive=True, or every plan shows the value"
            )
