"""Resources that a pool needs in other services, directories, and foreign providers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

from constructs_auth.facts.kept_arguments import NOT_IN_UPDATE_USER_POOL
from constructs_auth.facts.resource_types import (
    CERTIFICATE,
    CLOUD_CONTROL_RESOURCE,
    CLOUDFORMATION_STACK,
    COGNITO_PREFIX,
    DIRECTORY_GROUP,
    DIRECTORY_MEMBERSHIP,
    DIRECTORY_USER,
    FOREIGN,
    FOREIGN_POOLS,
    IDENTITY_PROVIDER,
    KMS_KEY,
    LAMBDA_PERMISSION,
    USER_POOL,
    USER_POOL_DOMAIN,
)
from constructs_auth.review import names
from constructs_auth.review.change import Action, Change
from constructs_auth.review.compare import known
from constructs_auth.review.rule import (
    GOES,
    About,
    Answers,
    ChangeRule,
    Effect,
    Meaning,
    Surroundings,
)
from constructs_auth.rules.rule import Severity
from constructs_auth.terraform.configuration import Configuration
from constructs_auth.terraform.resource import Resource

_COGNITO = "cognito-idp.amazonaws.com"
_IN_CLOUDFORMATION = "AWS::Cognito::"
_POOL_IN_CLOUDFORMATION = re.compile(r"AWS::Cognito::(?:UserPool|IdentityPool)\b")
_UNSEEN = (
    ", and sign-in through identity providers continues without it. The plan cannot show this."
)
_NEWER_RULES = (
    "review this resource by hand, and see whether a newer release of constructs-auth judges its "
    "type"
)
_FROM_CLOUDFORMATION: Mapping[str, str] = {
    CLOUD_CONTROL_RESOURCE: "type_name",
    CLOUDFORMATION_STACK: "template_body",
}
"""Types for anything that CloudFormation has, and the argument that names its types."""

_LOST = {
    DIRECTORY_USER: "The employee can no longer sign in, and loses every assignment",
    DIRECTORY_GROUP: "Its members lose what the group allows",
    DIRECTORY_MEMBERSHIP: "The employee loses what the group allows",
}


def _permission_goes(change: Change, surroundings: Surroundings) -> Answers:
    """Report the removed permission of a trigger that the pool keeps."""
    values = change.resource.body.values
    function = values.get("function_name")
    if values.get("principal") != _COGNITO or not isinstance(function, str):
        return
    for pool in surroundings.after.of_type(USER_POOL):
        if not _is_for(values, pool):
            continue
        if change.action is Action.DELETE and _has_another(change, function, pool, surroundings):
            continue
        own = _function_name(function)
        triggers = [name for name, arn in _functions(pool) if _function_name(arn) == own]
        if triggers:
            until = " until Terraform creates it again" if change.action is Action.REPLACE else ""
            yield Meaning(
                text=f"Cognito may not call the function of {names.listed(triggers)} of "
                f"{names.pool(pool)}{until}: everything that needs this trigger fails for users.",
                at=names.listed(change.causes),
                severity=Severity.MEDIUM if until else None,
            )
            return


def _is_for(permission: Mapping[str, object], pool: Resource) -> bool:
    """Return whether *permission* lets *pool* call the function, as far as the plan shows."""
    source, arn = permission.get("source_arn"), pool.body.values.get("arn")
    if not isinstance(source, str) or not source:
        return True
    return isinstance(arn, str) and fnmatchcase(arn, source)  # Lambda compares with ArnLike


def _has_another(change: Change, function: str, pool: Resource, surroundings: Surroundings) -> bool:
    return any(
        other.body.values.get("principal") == _COGNITO
        and _is_for(other.body.values, pool)
        and _function_name(str(other.body.values.get("function_name"))) == _function_name(function)
        for other in surroundings.after.of_type(LAMBDA_PERMISSION)
        if other.address != change.address
    )


def _functions(pool: Resource) -> Iterator[tuple[str, str]]:
    """Walk through the triggers of *pool* whose functions are known, with their ARNs."""
    blocks = pool.body.values.get("lambda_config")
    for block in blocks if isinstance(blocks, list) else ():
        for name, value in block.items() if isinstance(block, dict) else ():
            inner = value[0] if isinstance(value, list) and value else value
            arn = inner.get("lambda_arn") if isinstance(inner, dict) else inner
            if isinstance(arn, str) and arn.startswith("arn:"):
                yield name, arn


def _function_name(function: str) -> str:
    """Return the name of *function*, which is a name or an ARN, without its version."""
    return function.rpartition(":function:")[2].partition(":")[0]


def _leaves_the_directory(change: Change, _surroundings: Surroundings) -> Answers:
    again = " until they are assigned again" if change.action is Action.REPLACE else ""
    yield Meaning(
        text=f"{_LOST[change.type]}{again}: Terraform deletes {change.address}.",
        at=names.listed(change.causes),
        severity=Severity.MEDIUM if change.type == DIRECTORY_MEMBERSHIP else None,
    )


def _key_goes(change: Change, surroundings: Surroundings) -> Answers:
    arn = change.resource.body.values.get("arn")
    for pool in _pools_by_key(surroundings.after).get(str(arn), ()):
        yield Meaning(
            text=f"{names.pool(pool)} encrypts codes for its sender function with this key: "
            "without it, users get no code, so that nobody can sign up or reset a password."
        )


@lru_cache(maxsize=8)  # many keys may go
def _pools_by_key(configuration: Configuration) -> Mapping[object, Sequence[Resource]]:
    found: dict[object, list[Resource]] = defaultdict(list)
    for pool in configuration.of_type(USER_POOL):
        blocks = pool.body.values.get("lambda_config")
        keys = (
            block.get("kms_key_id")
            for block in (blocks if isinstance(blocks, list) else ())
            if isinstance(block, dict)
        )
        for key in dict.fromkeys(key for key in keys if isinstance(key, str) and key):
            found[key].append(pool)
    return found


def _certificate_goes(change: Change, surroundings: Surroundings) -> Answers:
    arn = known(change.resource.body.text, "arn")
    deletes_first = change.action is Action.REPLACE and not change.creates_first
    users = surroundings.before if deletes_first else surroundings.after
    for domain in _domains_by_certificate(users).get(arn, ()):
        if _goes(domain, surroundings):
            continue  # Terraform deletes the domain before its certificate
        yield Meaning(
            text="The apply fails: AWS refuses to delete the certificate that "
            f"{names.named(domain, 'domain')} uses.",
            at=names.listed(change.causes),
        )


@lru_cache(maxsize=8)  # many certificates may go
def _domains_by_certificate(configuration: Configuration) -> Mapping[object, Sequence[Resource]]:
    found: dict[object, list[Resource]] = defaultdict(list)
    for domain in configuration.of_type(USER_POOL_DOMAIN):
        arn = domain.body.values.get("certificate_arn")
        if isinstance(arn, str) and arn:
            found[arn].append(domain)
    return found


def _goes(resource: Resource, surroundings: Surroundings) -> bool:
    planned = surroundings.planned.get(resource.address)
    return planned is not None and planned.goes


def _drops_inbound_federation(change: Change, surroundings: Surroundings) -> Answers:
    """Report an update that may remove a trigger that the provider does not know."""
    pool = change.before
    if pool is None or not change.touched - NOT_IN_UPDATE_USER_POOL:
        return
    functions = tuple(sorted(_unlisted_functions(pool, surroundings)))
    if functions:
        yield Meaning(
            text=f"{names.pool(pool)} may call {names.listed(functions)}, which lambda_config does "
            f"not name. If it is the inbound federation trigger, this update removes it{_UNSEEN}",
            severity=Severity.MEDIUM,
        )
    elif surroundings.before.members(pool, IDENTITY_PROVIDER).resources:
        yield Meaning(
            text=f"If {names.pool(pool)} has an inbound federation trigger, which only the API can "
            f"set, this update removes it{_UNSEEN}"
        )


def _unlisted_functions(pool: Resource, surroundings: Surroundings) -> Iterator[str]:
    """Walk through the functions that *pool* may call, and that are none of its triggers."""
    listed = {_function_name(arn) for _, arn in _functions(pool)}
    for permission in surroundings.before.of_type(LAMBDA_PERMISSION):
        values = permission.body.values
        function = values.get("function_name")
        if values.get("principal") != _COGNITO or not isinstance(function, str):
            continue
        if values.get("source_arn") and _is_for(values, pool):
            name = _function_name(function) or function
            if name not in listed:
                yield name


def _is_foreign(change: Change, _surroundings: Surroundings) -> Answers:
    is_pool = change.type in FOREIGN_POOLS
    if change.type in _FROM_CLOUDFORMATION:
        written = str(change.resource.body.values.get(_FROM_CLOUDFORMATION[change.type]))
        if _IN_CLOUDFORMATION not in written:
            return
        is_pool = _POOL_IN_CLOUDFORMATION.search(written) is not None
    remedy = _NEWER_RULES if change.type.startswith(COGNITO_PREFIX) else None
    if change.action is Action.GONE:
        yield Meaning(
            text=f"The provider does not find {change.address}, which the state holds. If the "
            "apply creates it again, it is a new one, without "
            f"{'users or identities' if is_pool else 'what people may need to sign in'}.",
            severity=Severity.CRITICAL if is_pool else Severity.HIGH,
            effect=Effect.NOT_FOUND if is_pool else Effect.BREAKS,
            remedy=remedy,
            about=About.LOSS,
        )
    elif change.goes or change.action is Action.SUPERSEDE:
        what = "all users of this pool" if is_pool else "what people may need to sign in"
        yield Meaning(
            text=f"Terraform deletes or replaces {change.address}, and with it {what}.",
            at=names.listed(change.causes),
            severity=Severity.CRITICAL if is_pool else Severity.HIGH,
            effect=Effect.DESTROYS if is_pool else Effect.BREAKS,
            remedy=remedy,
            about=About.LOSS,
        )
    else:
        yield Meaning(
            text=f"The resource {change.address} changes, and no rule judges resources of this "
            "type: read its attributes in this plan.",
            remedy=remedy,
        )


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        id="CR22",
        slug="foreign-resource-changed",
        title="A Cognito resource changes that no other rule judges",
        effect=Effect.BREAKS,
        severity=Severity.MEDIUM,
        resource_types=(*FOREIGN, *_FROM_CLOUDFORMATION),
        remedy="review this resource by hand, or define it with the provider hashicorp/aws if that "
        "has its type",
        source="provider hashicorp/awscc; CloudFormation, AWS::Cognito",
        actions=GOES | {Action.UPDATE, Action.SUPERSEDE, Action.FORGET, Action.GONE},
        check=_is_foreign,
    ),
    ChangeRule(
        id="CR23",
        slug="trigger-permission-deleted",
        title="The permission of a trigger is deleted or replaced, and the trigger stays",
        effect=Effect.BREAKS,
        severity=Severity.HIGH,
        resource_types=(LAMBDA_PERMISSION,),
        remedy="keep the permission as long as the pool names the function",
        source="developer guide, «Lambda triggers»: Cognito needs lambda:InvokeFunction; API, "
        "UnexpectedLambdaException",
        actions=GOES,
        about=About.LOSS,
        check=_permission_goes,
    ),
    ChangeRule(
        id="CR24",
        slug="directory-entry-deleted",
        title="A user, a group or a membership of IAM Identity Center is deleted",
        effect=Effect.DESTROYS,
        severity=Severity.HIGH,
        resource_types=(DIRECTORY_USER, DIRECTORY_GROUP, DIRECTORY_MEMBERSHIP),
        remedy="check that the employee or the group really leaves the directory",
        source="Identity Store API, DeleteUser, DeleteGroup, DeleteGroupMembership",
        actions=GOES,
        about=About.LOSS,
        check=_leaves_the_directory,
    ),
    ChangeRule(
        id="CR25",
        slug="sender-key-deleted",
        title="The key of a custom sender is deleted",
        effect=Effect.BREAKS,
        severity=Severity.CRITICAL,
        resource_types=(KMS_KEY,),
        remedy="keep the key as long as kms_key_id of the pool names it",
        source="API, LambdaConfigType.KMSKeyID; developer guide, «Custom email sender Lambda "
        "trigger»",
        actions=GOES,
        about=About.LOSS,
        check=_key_goes,
    ),
    ChangeRule(
        id="CR26",
        slug="used-certificate-deleted",
        title="The certificate of a domain is deleted",
        effect=Effect.FAILS,
        severity=Severity.HIGH,
        resource_types=(CERTIFICATE,),
        remedy="let the domain use another certificate first, and delete this one in a later "
        "change; for a replacement, set create_before_destroy",
        source="ACM API, DeleteCertificate: ResourceInUseException",
        actions=GOES,
        about=About.LOSS,
        check=_certificate_goes,
    ),
    ChangeRule(
        id="CH49",
        slug="inbound-federation-dropped",
        title="An update removes a trigger that was set outside of Terraform",
        effect=Effect.DIFFERS,
        severity=Severity.LOW,
        resource_types=(USER_POOL,),
        remedy="ask Cognito with aws cognito-idp describe-user-pool before the apply, and set "
        "InboundFederation again after it; Cognito may also reset other settings that the provider "
        "does not send, such as the issuer type UPDATED",
        source="terraform-provider-aws #49707, #46216; API, UpdateUserPool: «If you don't provide "
        "a value for an attribute, Amazon Cognito sets it to its default value»",
        actions=frozenset({Action.UPDATE}),
        check=_drops_inbound_federation,
    ),
)
