"""What the feature plan of a pool must have for what belongs to the pool."""

from constructs_auth.rules._pool import holds, pool_of
from constructs_auth.rules.rule import Answers, Context, Family, Rule, Severity, Undecided
from constructs_auth.rules.validity.feature_plan import NOT_LITE, PLUS_ALONE, asks_for_plan
from constructs_auth.terraform.block import LEFT_OUT, Unknown
from constructs_auth.terraform.resource import Resource


def _risk_configuration(risks: Resource, context: Context) -> Answers:
    return _of_pool(risks, context, wanted=True, what="a risk configuration", lacking=PLUS_ALONE)


def _managed_login(domain: Resource, context: Context) -> Answers:
    version = domain.body.peek_number("managed_login_version")
    wanted = version if isinstance(version, Unknown) else version == 2  # noqa: PLR2004 - its name
    return _of_pool(domain, context, wanted=wanted, what="managed login", lacking=NOT_LITE)


def _choice(client: Resource, context: Context) -> Answers:
    wanted = holds(client.body.peek_texts("explicit_auth_flows"), "ALLOW_USER_AUTH")
    return _of_pool(client, context, wanted=wanted, what="ALLOW_USER_AUTH", lacking=NOT_LITE)


def _user_activity(logs: Resource, context: Context) -> Answers:
    blocks = logs.body.peek_blocks("log_configurations")
    if isinstance(blocks, Unknown):
        return (Undecided(why=blocks.why, at="log_configurations"),)
    sources = tuple(block.peek_text("event_source") or "" for block in blocks)
    wanted = holds(sources, "userAuthEvents")
    return _of_pool(logs, context, wanted=wanted, what="logs of user activity", lacking=PLUS_ALONE)


def _of_pool(
    resource: Resource,
    context: Context,
    *,
    wanted: bool | Unknown,
    what: str,
    lacking: tuple[str, ...],
) -> Answers:
    if wanted is False or wanted is LEFT_OUT:
        return ()
    pool = pool_of(resource, context)
    if isinstance(pool, Unknown):
        return (Undecided(why=pool.why, at="user_pool_id"),)
    return asks_for_plan(pool, wanted, what, lacking, of_member=True)


CHOICE_NEEDS_ESSENTIALS = Rule(
    id="CVD08B",
    title="A client that lets users choose has a pool of Essentials or Plus",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type="aws_cognito_user_pool_client",
    why="Cognito refuses ALLOW_USER_AUTH on the plan Lite.",
    remedy='set user_pool_tier = "ESSENTIALS" on the pool, or take ALLOW_USER_AUTH out',
    source="API, CreateUserPoolClient.ExplicitAuthFlows",
    check=_choice,
)
RISK_CONFIGURATION_NEEDS_PLUS = Rule(
    id="CVG01B",
    title="A risk configuration has a pool of the plan Plus",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type="aws_cognito_risk_configuration",
    why="Cognito refuses a risk configuration on another plan than Plus.",
    remedy='set user_pool_tier = "PLUS" on the pool, or take the risk configuration out',
    source="API, SetRiskConfiguration; CG802",
    check=_risk_configuration,
)
MANAGED_LOGIN_NEEDS_ESSENTIALS = Rule(
    id="CVG02",
    title="Managed login has a pool of Essentials or Plus",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type="aws_cognito_user_pool_domain",
    why="Cognito refuses managed login on the plan Lite.",
    remedy='set user_pool_tier = "ESSENTIALS" on the pool, or managed_login_version = 1',
    source="API, CreateUserPoolDomain.ManagedLoginVersion",
    check=_managed_login,
)
USER_ACTIVITY_NEEDS_PLUS = Rule(
    id="CVG03C",
    title="Logs of user activity have a pool of the plan Plus",
    family=Family.VALIDITY,
    severity=Severity.ERROR,
    resource_type="aws_cognito_log_delivery_configuration",
    why="Cognito refuses to log user activity on another plan than Plus.",
    remedy='set user_pool_tier = "PLUS" on the pool, or take userAuthEvents out',
    source="API, LogConfigurationType",
    check=_user_activity,
)
