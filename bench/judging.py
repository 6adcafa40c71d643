"""Measure the time to judge many pools, compared with the time to read them."""

import gc
import json
import statistics
import time
from collections.abc import Callable
from datetime import date

from rich.table import Table

from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STRICT
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.plan_json import read_plan
from constructs_auth.terraform.terraform_json import read_document

MOST_OF_JSON = 15
"""The limit for a plan: how many times what `json.loads` of it needs."""

_FEWEST_RUNS = 9
"""`json.loads` takes some milliseconds, which vary too much for a median of fewer."""

_POOL = {
    "account_recovery_setting": {"recovery_mechanism": [{"name": "verified_email", "priority": 1}]},
    "admin_create_user_config": {"allow_admin_create_user_only": True},
    "auto_verified_attributes": ["email"],
    "deletion_protection": "ACTIVE",
    "mfa_configuration": "OPTIONAL",
    "password_policy": {
        "minimum_length": 15,
        "require_lowercase": True,
        "require_numbers": True,
        "require_symbols": True,
        "require_uppercase": True,
        "temporary_password_validity_days": 3,
    },
    "software_token_mfa_configuration": {"enabled": True},
    "user_pool_tier": "ESSENTIALS",
    "username_attributes": ["email"],
    "username_configuration": {"case_sensitive": False},
}
_CLIENT = {
    "access_token_validity": 1,
    "allowed_oauth_flows": ["code"],
    "allowed_oauth_flows_user_pool_client": True,
    "allowed_oauth_scopes": ["email", "openid"],
    "callback_urls": ["https://app.acme.example/callback"],
    "enable_token_revocation": True,
    "explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
    "generate_secret": True,
    "prevent_user_existence_errors": "ENABLED",
    "read_attributes": ["email", "name"],
    "refresh_token_validity": 30,
    "supported_identity_providers": ["COGNITO"],
    "write_attributes": ["email", "name"],
}


def judging_table(pairs: int, runs: int) -> Table:
    """Measure all rules with the strictest profile, on JSON and on a plan of it."""
    runs = max(runs, _FEWEST_RUNS)
    text = json.dumps(_terraform_json(pairs))
    plan = json.dumps(_plan(pairs))
    table = Table(
        title=f"{pairs} pools, each with a client, by {len(RULES)} rules; the median of {runs}",
        title_justify="left",
    )
    table.add_column("judging")
    for heading in ("processor seconds", "ratio to json.loads", "limit"):
        table.add_column(heading, justify="right")
    for name, source, read, limit in (
        ("Terraform JSON", text, read_document, ""),
        ("a plan", plan, read_plan, str(MOST_OF_JSON)),
    ):
        reading = _median(lambda source=source: json.loads(source), runs)
        judging = _median(
            lambda source=source, read=read: judge(
                read(json.loads(source)), rules=RULES, profile=STRICT, today=date(2026, 1, 1)
            ),
            runs,
        )
        table.add_row(name, f"{judging:.2f}", f"{judging / reading:.0f}", limit)
    return table


def _median(action: Callable[[], object], runs: int) -> float:
    seconds = []
    for _ in range(runs):
        gc.collect()
        started = time.process_time()
        action()
        seconds.append(time.process_time() - started)
    return statistics.median(seconds)


def _terraform_json(pairs: int) -> dict[str, object]:
    pools = {f"p{n}": {"name": f"p{n}", **_POOL} for n in range(pairs)}
    clients = {
        f"c{n}": {
            "name": f"c{n}",
            "user_pool_id": f"${{aws_cognito_user_pool.p{n}.id}}",
            **_CLIENT,
        }
        for n in range(pairs)
    }
    return {"resource": {"aws_cognito_user_pool": pools, "aws_cognito_user_pool_client": clients}}


def _plan(pairs: int) -> dict[str, object]:
    changes: list[object] = []
    resources: list[object] = []
    for n in range(pairs):
        named = (
            ("aws_cognito_user_pool", f"p{n}", _as_planned(_POOL), {}),
            (
                "aws_cognito_user_pool_client",
                f"c{n}",
                dict(_CLIENT),
                {"user_pool_id": {"references": [f"aws_cognito_user_pool.p{n}.id"]}},
            ),
        )
        for kind, name, after, expressions in named:
            changes.append(
                {
                    "address": f"{kind}.{name}",
                    "mode": "managed",
                    "type": kind,
                    "name": name,
                    "change": {
                        "actions": ["create"],
                        "before": None,
                        "after": after,
                        "after_unknown": {"id": True, "user_pool_id": True},
                    },
                }
            )
            resources.append({"type": kind, "name": name, "expressions": expressions})
    return {
        "format_version": "1.2",
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": resources}},
    }


def _as_planned(values: dict[str, object]) -> dict[str, object]:
    """Return blocks as lists, as in a plan."""
    return {name: [value] if isinstance(value, dict) else value for name, value in values.items()}
