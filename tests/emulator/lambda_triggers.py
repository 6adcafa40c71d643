"""Runs the code of a pool's Lambda triggers as it was deployed, in the emulator's process.

moto runs functions in containers, which tests should not need. The code of a trigger is the test's
own Python: it is taken from the archive that Terraform uploaded, and the permission that Cognito
needs is looked for first.
"""

import io
import json
import zipfile
from collections.abc import Callable
from types import ModuleType
from typing import Any

from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.cognitoidp.models import CognitoIdpUserPool
from moto.core.exceptions import JsonRESTError

_PRINCIPAL = "cognito-idp.amazonaws.com"


class UnexpectedLambdaError(JsonRESTError):
    """Cognito may not call the function."""

    def __init__(self, message: str) -> None:
        super().__init__("UnexpectedLambdaException", message)


class UserLambdaValidationError(JsonRESTError):
    """The function failed."""

    def __init__(self, message: str) -> None:
        super().__init__("UserLambdaValidationException", message)


def run_trigger(pool: CognitoIdpUserPool, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Runs the trigger *name* of *pool*; gives the response that it filled in.

    Raises:
        UnexpectedLambdaError: Its function has no permission for this pool.
        UserLambdaValidationError: There is no such trigger, or it raised.
    """
    arn = (pool.extended_config.get("LambdaConfig") or {}).get(name)
    if arn is None:
        raise UserLambdaValidationError(f"{name} invocation failed: there is no such trigger")
    _, _, _, region, account, _, function_name, *_ = arn.split(":")
    function = lambda_backends[account][region].get_function(function_name)
    if not _may_be_called(function, pool.arn):
        raise UnexpectedLambdaError(f"{name} invocation failed due to error AccessDeniedException.")
    try:
        answer: dict[str, Any] = _handler(function)(json.loads(json.dumps(event)), None)
    except Exception as error:
        raise UserLambdaValidationError(f"{name} failed with error {error}.") from error
    response: dict[str, Any] = answer["response"]
    return response


def _may_be_called(function: LambdaFunction, pool_arn: str) -> bool:
    return any(
        statement["Effect"] == "Allow"
        and statement["Action"] == "lambda:InvokeFunction"
        and statement["Principal"] == {"Service": _PRINCIPAL}
        and statement["Condition"] == {"ArnLike": {"AWS:SourceArn": pool_arn}}
        for statement in function.policy.statements
    )


def _handler(function: LambdaFunction) -> Callable[[dict[str, Any], None], dict[str, Any]]:
    """The function that `module.function` names, from a module of its own."""
    module_name, _, name = str(function.handler).rpartition(".")
    with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as archive:
        source = archive.read(f"{module_name}.py").decode("utf-8")
    module = ModuleType(module_name)
    exec(compile(source, f"{module_name}.py", "exec"), module.__dict__)  # noqa: S102 - the test's own code
    handler: Callable[[dict[str, Any], None], dict[str, Any]] = getattr(module, name)
    return handler
