"""Resolve tokens to Terraform text, and check that secrets come from sensitive variables."""

import re
from collections.abc import Collection, Iterator, Mapping

from constructs_auth._place import stack_around
from constructs_auth._tokens import holds_list_token
from constructs_auth.engine import (
    Construct,
    DefaultTokenResolver,
    Fn,
    StringConcat,
    TerraformVariable,
    Tokenization,
    is_instance,
)
from constructs_auth.facts.templates import interpolated
from constructs_auth.variable import Variable


def resolved_text(scope: Construct, value: str) -> str:
    """Return *value* as it appears in the stack of *scope*, such as `${aws_iam_role.api.name}`."""
    resolver = DefaultTokenResolver(StringConcat())
    stack = stack_around(scope)
    return str(Tokenization.resolve(value, scope=stack, resolver=resolver))


def joined(separator: str, values: Collection[str]) -> str:
    """Join *values* into one text. If the list is a token, Terraform joins it."""
    if holds_list_token(values):
        return Fn.join(separator, [*values])
    return separator.join(values)


def secret_problems(scope: Construct, secrets: Mapping[str, str]) -> Iterator[str]:
    """Yield an error for each secret from a variable that is not sensitive.

    It does not find a variable that is not directly below its stack.
    """
    stack = stack_around(scope)
    for name, secret in secrets.items():
        found = re.fullmatch(r"var\.([\w-]+)", interpolated(resolved_text(scope, secret)) or "")
        if found is None:
            continue
        given = stack.node.try_find_child(found[1])
        variable = given.resource if isinstance(given, Variable) else given
        if is_instance(variable, TerraformVariable) and not variable.sensitive:
            yield (
                f"{name}: must come from a sensitive variable, got the variable "
                f"{found[1]!r}; set sensitive=True, otherwise every plan shows the value"
            )
