"""Reads a live user pool: AWS names what exists, and Terraform reads it as it would import it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from constructs_auth.adopt.parts import free_name
from constructs_auth.adopt.processes import ProcessError, run
from constructs_auth.errors import UnreadableError
from constructs_auth.facts import resource_types as types, versions
from constructs_auth.facts.import_ids import function_and_qualifier

_EXTRA = "pip install 'constructs-auth[adopt]'"
_LONGEST_OUTPUT = 1_500
_PAGE = 60
"""The most that each list call returns (API, ListUserPoolClients and others)."""


class Caller(Protocol):
    """A client of boto3: each method is a call."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return the call."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A resource that exists.

    Attributes:
        kind: Its type in Terraform.
        name: Its name in the program.
        import_id: The id that Terraform imports it by.
        required: The arguments that Terraform requires to read it.
    """

    kind: str
    name: str
    import_id: str
    required: Mapping[str, Any] = field(default_factory=dict)


def read_live(pool_id: str, region: str, *, work: Path, terraform: str) -> Mapping[str, Any]:
    """Return a state of the pool and of what belongs to it; nothing is changed.

    Args:
        pool_id: The id of the pool.
        region: Its region.
        work: An empty folder.
        terraform: The program `terraform`.

    Raises:
        UnreadableError: boto3 is missing, AWS refuses a call, or Terraform cannot read a resource.
    """
    try:
        import boto3  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
        from botocore.exceptions import (  # type: ignore[import-untyped] # noqa: PLC0415 - an extra
            BotoCoreError,
            ClientError,
        )
    except ImportError:
        raise UnreadableError(
            "--user-pool-id", "needs boto3 to find what exists", remedy=_EXTRA
        ) from None
    try:
        cognito = boto3.client("cognito-idp", region_name=region)
        functions = boto3.client("lambda", region_name=region)
        not_found = functions.exceptions.ResourceNotFoundException
        found = list(find(pool_id, cognito=cognito, functions=functions, not_found=not_found))
    except (BotoCoreError, ClientError) as error:
        raise UnreadableError(
            pool_id, f"cannot be read from AWS ({error})", remedy="check id, region and credentials"
        ) from None
    return _state(found, region, work=work, terraform=terraform)


def find(
    pool_id: str, *, cognito: Caller, functions: Caller, not_found: type[Exception]
) -> Iterator[Found]:
    """Walk through the pool and what belongs to it, as AWS lists it.

    Args:
        pool_id: The id of the pool.
        cognito: The client of Cognito user pools.
        functions: The client of Lambda.
        not_found: The error of a function without a policy.
    """
    pool = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    names = _Names()
    in_pool = {"user_pool_id": pool_id}
    yield Found(
        kind=types.USER_POOL,
        name=names.of(pool["Name"]),
        import_id=pool_id,
        required={"name": pool["Name"]},
    )
    for client in _all(cognito.list_user_pool_clients, "UserPoolClients", pool_id):
        yield Found(
            kind=types.USER_POOL_CLIENT,
            name=names.of(client["ClientName"]),
            import_id=f"{pool_id}/{client['ClientId']}",
            required={**in_pool, "name": client["ClientName"]},
        )
    for domain in (pool.get("Domain"), pool.get("CustomDomain")):
        if domain:
            yield Found(
                kind=types.USER_POOL_DOMAIN,
                name=names.of(f"{domain.partition('.')[0]}_domain"),
                import_id=domain,
                required={**in_pool, "domain": domain},
            )
    for server in _all(cognito.list_resource_servers, "ResourceServers", pool_id):
        yield Found(
            kind=types.RESOURCE_SERVER,
            name=names.of(server["Name"]),
            import_id=f"{pool_id}|{server['Identifier']}",
            required={**in_pool, "identifier": server["Identifier"], "name": server["Name"]},
        )
    for provider in _all(cognito.list_identity_providers, "Providers", pool_id):
        yield Found(
            kind=types.IDENTITY_PROVIDER,
            name=names.of(provider["ProviderName"]),
            import_id=f"{pool_id}:{provider['ProviderName']}",
            required={
                **in_pool,
                "provider_details": {},
                "provider_name": provider["ProviderName"],
                "provider_type": provider["ProviderType"],
            },
        )
    for group in _all(cognito.list_groups, "Groups", pool_id):
        yield Found(
            kind=types.USER_GROUP,
            name=names.of(group["GroupName"]),
            import_id=f"{pool_id}/{group['GroupName']}",
            required={**in_pool, "name": group["GroupName"]},
        )
    yield from _permissions(pool, functions, names, not_found)


def _permissions(
    pool: Mapping[str, Any], functions: Caller, names: "_Names", not_found: type[Exception]
) -> Iterator[Found]:
    """Walk through the permissions that let the pool call its triggers."""
    config = pool.get("LambdaConfig") or {}
    arns = [one for one in config.values() if isinstance(one, str) and ":lambda:" in one]
    arns += [str(one["LambdaArn"]) for one in config.values() if isinstance(one, Mapping)]
    for arn in dict.fromkeys(arns):
        function, qualifier = function_and_qualifier(arn)
        asked = {"FunctionName": function, **({"Qualifier": qualifier} if qualifier else {})}
        try:
            policy = json.loads(functions.get_policy(**asked)["Policy"])
        except not_found:
            continue
        for statement in policy.get("Statement", ()):
            conditions = json.dumps(statement.get("Condition") or {})
            if pool["Arn"] not in conditions:
                continue
            named = f"{function}:{qualifier}" if qualifier else function
            yield Found(
                kind=types.LAMBDA_PERMISSION,
                name=names.of(f"{function}_{statement['Sid']}"),
                import_id=f"{named}/{statement['Sid']}",
                required={
                    "action": "lambda:InvokeFunction",
                    "function_name": function,
                    "principal": "cognito-idp.amazonaws.com",
                    "statement_id": statement["Sid"],
                    **({"qualifier": qualifier} if qualifier else {}),
                },
            )


def _all(call: Callable[..., Any], name: str, pool_id: str) -> Iterator[Mapping[str, Any]]:
    """Walk through all pages of a list."""
    limit = "Limit" if name == "Groups" else "MaxResults"
    sizes = {"ResourceServers": 50, "Providers": _PAGE}
    token: str | None = None
    while True:
        page = {"NextToken": token} if token else {}
        answer = call(UserPoolId=pool_id, **{limit: sizes.get(name, _PAGE)}, **page)
        yield from answer.get(name, ())
        token = answer.get("NextToken")
        if not token:
            return


class _Names:
    """Terraform names, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, text: str) -> str:
        """Return a name for *text*."""
        plain = re.sub(r"[^0-9A-Za-z]+", "_", text).strip("_").lower()
        if not plain or plain[0].isdigit():
            plain = f"r_{plain}".rstrip("_")
        return free_name(plain, self._taken)


def _state(found: Sequence[Found], region: str, *, work: Path, terraform: str) -> Mapping[str, Any]:
    """Plan the import of all resources, and return what the provider read of them."""
    resources: dict[str, dict[str, Any]] = {}
    for one in found:
        resources.setdefault(one.kind, {})[one.name] = dict(one.required)
    document = {
        "terraform": {
            "required_providers": {
                "aws": {
                    "source": "hashicorp/aws",
                    "version": f">= {versions.PROVIDER}, < {versions.NEXT_PROVIDER}",
                }
            }
        },
        "provider": {"aws": {"region": region}},
        "import": [{"to": f"{one.kind}.{one.name}", "id": one.import_id} for one in found],
        "resource": resources,
    }
    (work / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")
    _run([terraform, "init", "-no-color", "-input=false"], work)
    _run([terraform, "plan", "-no-color", "-input=false", "-lock=false", "-out=saved"], work)
    plan = json.loads(_run([terraform, "show", "-json", "saved"], work))
    return {
        "format_version": "1.0",
        "values": {
            "root_module": {
                "resources": [
                    {
                        "address": entry["address"],
                        "mode": "managed",
                        "type": entry["type"],
                        "name": entry["name"],
                        "values": entry["change"]["before"],
                        "sensitive_values": entry["change"].get("before_sensitive") or {},
                    }
                    for entry in plan["resource_changes"]
                ]
            }
        },
    }


def _run(command: Sequence[str], folder: Path) -> str:
    try:
        return run(command, folder)
    except ProcessError as error:
        raise UnreadableError(
            " ".join(["terraform", *command[1:2]]),
            f"failed: {error.output.strip()[-_LONGEST_OUTPUT:]}",
            remedy="mend what it names, and run the command again",
        ) from None
