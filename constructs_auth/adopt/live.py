"""Reads a live user pool: AWS lists the resources, and Terraform reads each as an import does."""

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
_ALL_CLIENTS = "ALL"
_ROOT = "main.tf.json"
_LONGEST_OUTPUT = 1_500
_NOTHING = frozenset(
    {
        "FeatureUnavailableInTierException",
        "ResourceNotFoundException",
        "UserPoolAddOnNotEnabledException",
    }
)
"""The errors of AWS for a resource that does not exist (API, errors of each call)."""

_RISKS = frozenset(
    {
        "AccountTakeoverRiskConfiguration",
        "CompromisedCredentialsRiskConfiguration",
        "RiskExceptionConfiguration",
    }
)
"""The parts of a risk configuration (API, RiskConfigurationType)."""
_PAGE = 60
"""The maximum number of items that each list call returns (API, ListUserPoolClients and others)."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Aws:
    """The clients of boto3.

    Attributes:
        cognito: The client of user pools.
        identity: The client of identity pools.
        functions: The client of Lambda.
        error: The class of the errors with which AWS answers.
    """

    cognito: Caller
    identity: Caller
    functions: Caller
    error: type[Exception]


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """The result of reading.

    Attributes:
        state: The state, as `terraform show -json` has it.
        unread: What exists and needs a newer AWS provider, a line for each.
    """

    state: Mapping[str, Any] = field(repr=False)
    unread: tuple[str, ...] = ()


def read_live(pool_id: str, region: str, *, work: Path, terraform: str) -> Live:
    """Return a state of the pool and of the resources that belong to it; it changes nothing.

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
        aws = Aws(
            cognito=boto3.client("cognito-idp", region_name=region),
            identity=boto3.client("cognito-identity", region_name=region),
            functions=boto3.client("lambda", region_name=region),
            error=ClientError,
        )
        found = list(find(pool_id, aws=aws))
    except (BotoCoreError, ClientError) as error:
        raise UnreadableError(
            pool_id, f"cannot be read from AWS ({error})", remedy="check id, region and credentials"
        ) from None
    return _read(found, region, work=work, terraform=terraform)


def find(pool_id: str, *, aws: Aws) -> Iterator[Found]:
    """Walk through the pool and the resources that belong to it, as AWS lists them.

    It does not list users and their memberships, which are not infrastructure and stay unchanged.

    Args:
        pool_id: The id of the pool.
        aws: The clients of AWS.
    """
    cognito = aws.cognito
    pool = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    names = _Names()
    in_pool = {"user_pool_id": pool_id}
    yield Found(
        kind=types.USER_POOL,
        name=names.of(pool["Name"]),
        import_id=pool_id,
        required={"name": pool["Name"]},
    )
    clients: dict[str, str] = {}
    for client in _all(cognito.list_user_pool_clients, "UserPoolClients", pool_id):
        clients[client["ClientId"]] = name = names.of(client["ClientName"])
        yield Found(
            kind=types.USER_POOL_CLIENT,
            name=name,
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
    yield from _permissions(pool, aws, names)
    yield from _risks(pool, clients, aws, names)
    yield from _pages(pool, clients, aws, names)
    yield from _log_delivery(pool_id, aws, names)
    yield from _identity_pools(pool_id, aws, names)


def _risks(
    pool: Mapping[str, Any], clients: Mapping[str, str], aws: Aws, names: "_Names"
) -> Iterator[Found]:
    """Walk through the risk configurations of the pool and of its clients."""
    if not pool.get("UserPoolAddOns"):
        return
    for client_id, name in {"": "", **clients}.items():
        asked = {"UserPoolId": pool["Id"], **({"ClientId": client_id} if client_id else {})}
        answer = _answer(aws, aws.cognito.describe_risk_configuration, asked)
        risk = answer.get("RiskConfiguration") or {}
        # Without one of its own, a client gets the answer for the pool.
        if _RISKS.isdisjoint(risk) or str(risk.get("ClientId") or "") != client_id:
            continue
        yield Found(
            kind=types.RISK_CONFIGURATION,
            name=names.of(f"{name}_risk" if client_id else "risk"),
            import_id=f"{pool['Id']}:{client_id}" if client_id else pool["Id"],
            required={
                "user_pool_id": pool["Id"],
                **({"client_id": client_id} if client_id else {}),
                "compromised_credentials_risk_configuration": [
                    {"actions": [{"event_action": "BLOCK"}]}
                ],
            },
        )


def _pages(
    pool: Mapping[str, Any], clients: Mapping[str, str], aws: Aws, names: "_Names"
) -> Iterator[Found]:
    """Walk through the brandings, and the customizations of the classic pages."""
    if not (pool.get("Domain") or pool.get("CustomDomain")):
        return
    pool_id = pool["Id"]
    for client_id, name in {_ALL_CLIENTS: "", **clients}.items():
        asked = {"UserPoolId": pool_id, "ClientId": client_id}
        answer = _answer(aws, aws.cognito.get_ui_customization, asked)
        shown = answer.get("UICustomization") or {}
        # Without one of its own, a client gets the answer for all clients.
        if shown.get("ClientId") == client_id and (shown.get("CSS") or shown.get("ImageUrl")):
            yield Found(
                kind=types.USER_POOL_UI_CUSTOMIZATION,
                name=names.of(f"{name}_pages" if name else "pages"),
                import_id=f"{pool_id},{client_id}",
                required={"user_pool_id": pool_id, "client_id": client_id, "css": " "},
            )
    for client_id, name in clients.items():
        asked = {"UserPoolId": pool_id, "ClientId": client_id}
        answer = _answer(aws, aws.cognito.describe_managed_login_branding_by_client, asked)
        branding = answer.get("ManagedLoginBranding")
        if branding:
            yield Found(
                kind=types.MANAGED_LOGIN_BRANDING,
                name=names.of(f"{name}_branding"),
                import_id=f"{pool_id},{branding['ManagedLoginBrandingId']}",
                required={
                    "user_pool_id": pool_id,
                    "client_id": client_id,
                    "use_cognito_provided_values": True,
                },
            )


def _log_delivery(pool_id: str, aws: Aws, names: "_Names") -> Iterator[Found]:
    answer = _answer(aws, aws.cognito.get_log_delivery_configuration, {"UserPoolId": pool_id})
    logs = (answer.get("LogDeliveryConfiguration") or {}).get("LogConfigurations")
    if logs:
        yield Found(
            kind=types.LOG_DELIVERY_CONFIGURATION,
            name=names.of("logs"),
            import_id=pool_id,
            required={
                "user_pool_id": pool_id,
                "log_configurations": [{"event_source": "userNotification", "log_level": "ERROR"}],
            },
        )


def _identity_pools(pool_id: str, aws: Aws, names: "_Names") -> Iterator[Found]:
    """Walk through the identity pools for users of the pool, their roles and principal tags."""
    token: str | None = None
    while True:
        page = {"NextToken": token} if token else {}
        answer = aws.identity.list_identity_pools(MaxResults=_PAGE, **page)
        for one in answer["IdentityPools"]:
            found = aws.identity.describe_identity_pool(IdentityPoolId=one["IdentityPoolId"])
            endpoints = [
                str(each.get("ProviderName")) for each in found.get("CognitoIdentityProviders", ())
            ]
            if any(endpoint.endswith(f"/{pool_id}") for endpoint in endpoints):
                yield from _identity_pool(found, endpoints, aws, names)
        token = answer.get("NextToken")
        if not token:
            return


def _identity_pool(
    pool: Mapping[str, Any], endpoints: Sequence[str], aws: Aws, names: "_Names"
) -> Iterator[Found]:
    pool_id = pool["IdentityPoolId"]
    name = names.of(pool["IdentityPoolName"])
    yield Found(
        kind=types.IDENTITY_POOL,
        name=name,
        import_id=pool_id,
        required={"identity_pool_name": pool["IdentityPoolName"]},
    )
    roles = aws.identity.get_identity_pool_roles(IdentityPoolId=pool_id)
    if roles.get("Roles"):
        yield Found(
            kind=types.IDENTITY_POOL_ROLES_ATTACHMENT,
            name=name,
            import_id=pool_id,
            required={"identity_pool_id": pool_id, "roles": roles["Roles"]},
        )
    others = (
        *dict.fromkeys(endpoints),
        *pool.get("OpenIdConnectProviderARNs", ()),
        *pool.get("SamlProviderARNs", ()),
        *pool.get("SupportedLoginProviders", ()),
    )
    for provider in others:
        asked = {"IdentityPoolId": pool_id, "IdentityProviderName": provider}
        tags = _answer(aws, aws.identity.get_principal_tag_attribute_map, asked)
        if tags.get("PrincipalTags"):
            yield Found(
                kind=types.IDENTITY_POOL_PROVIDER_PRINCIPAL_TAG,
                name=names.of(f"{name}_tags"),
                import_id=f"{pool_id}:{provider}",
                required={"identity_pool_id": pool_id, "identity_provider_name": provider},
            )


def _answer(aws: Aws, call: Callable[..., Any], asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the answer of a call, or an empty one if the resource does not exist."""
    try:
        answer: Mapping[str, Any] = call(**asked)
    except aws.error as error:
        response = getattr(error, "response", {})
        if response.get("Error", {}).get("Code") in _NOTHING:
            return {}
        raise
    return answer


def _permissions(pool: Mapping[str, Any], aws: Aws, names: "_Names") -> Iterator[Found]:
    """Walk through the permissions that let the pool call its triggers."""
    config = pool.get("LambdaConfig") or {}
    arns = [one for one in config.values() if isinstance(one, str) and ":lambda:" in one]
    arns += [str(one["LambdaArn"]) for one in config.values() if isinstance(one, Mapping)]
    for arn in dict.fromkeys(arns):
        function, qualifier = function_and_qualifier(arn)
        asked = {"FunctionName": function, **({"Qualifier": qualifier} if qualifier else {})}
        policy = json.loads(_answer(aws, aws.functions.get_policy, asked).get("Policy") or "{}")
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


def _read(found: Sequence[Found], region: str, *, work: Path, terraform: str) -> Live:
    """Plan the import of all resources, and return the values that the provider reads."""
    document: dict[str, Any] = {
        "terraform": {
            "required_providers": {
                "aws": {
                    "source": "hashicorp/aws",
                    "version": f">= {versions.PROVIDER}, < {versions.NEXT_PROVIDER}",
                }
            }
        },
        "provider": {"aws": {"region": region}},
    }
    (work / _ROOT).write_text(json.dumps(document), encoding="utf-8")
    _run([terraform, "init", "-no-color", "-input=false"], work)
    installed = json.loads(_run([terraform, "version", "-json"], work))["provider_selections"]
    newest = _numbers(next(iter(installed.values())))
    kept = [one for one in found if newest >= _numbers(_needed(one))]
    resources: dict[str, dict[str, Any]] = {}
    for one in kept:
        resources.setdefault(one.kind, {})[one.name] = dict(one.required)
    document["import"] = [{"to": f"{one.kind}.{one.name}", "id": one.import_id} for one in kept]
    document["resource"] = resources
    (work / _ROOT).write_text(json.dumps(document), encoding="utf-8")
    _run([terraform, "plan", "-no-color", "-input=false", "-lock=false", "-out=saved"], work)
    plan = json.loads(_run([terraform, "show", "-json", "saved"], work))
    state = {
        "format_version": "1.0",
        "values": {"root_module": {"resources": [*map(_entry, plan["resource_changes"])]}},
    }
    unread = (
        f"{one.kind} {one.import_id}: needs AWS provider {versions.short(_needed(one))}"
        for one in found
        if one not in kept
    )
    return Live(state=state, unread=tuple(unread))


def _entry(planned: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry of a state for a resource that the plan imports."""
    change = planned["change"]
    return {
        "address": planned["address"],
        "mode": "managed",
        "type": planned["type"],
        "name": planned["name"],
        "values": change["before"],
        "sensitive_values": change.get("before_sensitive") or {},
    }


def _needed(found: Found) -> str:
    return versions.PROVIDER_OF.get(found.kind, versions.PROVIDER)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.partition("-")[0].split("."))


def _run(command: Sequence[str], folder: Path) -> str:
    try:
        return run(command, folder)
    except ProcessError as error:
        raise UnreadableError(
            " ".join(["terraform", *command[1:2]]),
            f"failed: {error.output.strip()[-_LONGEST_OUTPUT:]}",
            remedy="correct what it names, and run the command again",
        ) from None
