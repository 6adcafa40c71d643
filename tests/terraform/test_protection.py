"""Threat protection and a web ACL, with real Terraform: made, settled, changed in place, destroyed.

Account takeover without e-mail needs AWS provider 6.9, and the delivery of logs 6.5: no provider 6
was run.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.synthesized import synthesize, with_local_state
from tests.support.terraform import Terraform, TerraformError

_PROGRAM = """
import sys
from constructs_auth import *

late, without_email = "late" in sys.argv, "without-email" in sys.argv
app = AuthApp(context={})
stack = AuthStack(app, "edge", region="eu-west-1", backend=S3Backend(bucket="acme-state", key="a"))
pool = UserPool(
    stack,
    "users",
    deletion_protection=False,
    user_pool_tier=UserPoolTier.PLUS,
    user_pool_add_ons=UserPoolAddOns(advanced_security_mode=AdvancedSecurityMode.ENFORCED),
)
web = UserPoolClient(stack, "web", user_pool=pool, application=NativeApplication())
notify = NotifyConfiguration(
    source_arn="arn:aws:ses:eu-west-1:123456789012:identity/security@acme.example"
)
RiskConfiguration(
    stack,
    "risk",
    user_pool=pool,
    account_takeover=AccountTakeover(notify_configuration=None if without_email else notify),
    exceptions=None if late else RiskExceptions(blocked_ip_range_list=["203.0.113.0/24"]),
)
RiskConfiguration(
    stack,
    "web_risk",
    user_pool=pool,
    client=web,
    compromised_credentials=CompromisedCredentials(
        event_filter=[EventFilter.SIGN_IN] if late else list(EventFilter)
    ),
    account_takeover=None,
)
acl = WebAcl(
    stack,
    "acl",
    mode=WebAclMode.BLOCK if late else WebAclMode.COUNT,
    rate_limits=RateLimits(sign_in=None if late else 500),
)
WebAclAssociation(stack, "protected", user_pool=pool, web_acl=acl)
app.synth()
"""


@pytest.mark.thorough
def test_protection_settles_changes_in_place_and_goes(
    executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """What goes is seen: exceptions, events, a rule; and rules that begin to block. No more."""
    terraform = _folder(tmp_path, executable, environment)
    terraform.apply()
    plan = terraform.plan()
    assert not plan.has_changes, plan.text

    _write(tmp_path, "late")
    plan = terraform.plan()
    assert {
        change["address"]: change["change"]["actions"]
        for change in terraform.show(plan)["resource_changes"]
        if change["change"]["actions"] != ["no-op"]
    } == {
        "aws_cognito_risk_configuration.risk": ["update"],
        "aws_cognito_risk_configuration.web_risk": ["update"],
        "aws_wafv2_web_acl.acl": ["update"],
    }
    terraform.apply(plan)
    plan = terraform.plan()
    assert not plan.has_changes, plan.text

    assert "Destroy complete! Resources: 6 destroyed." in terraform.destroy()


@pytest.mark.thorough
def test_account_takeover_without_email_is_what_provider_5_refuses(
    executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """That is why the constraint rises to 6.9; here it is taken back."""
    terraform = _folder(tmp_path, executable, environment)
    _write(tmp_path, "without-email", version=">= 5.100.0")
    with pytest.raises(TerraformError, match="Insufficient notify_configuration blocks"):
        terraform.plan()


def _write(folder: Path, *words: str, version: str | None = None) -> None:
    """Write the stack as the program defines it with *words*."""
    stack = synthesize(folder / "-".join(("out", *words)), "-c", _PROGRAM, *words) / "edge"
    document = with_local_state(stack)
    if version is not None:
        document["terraform"]["required_providers"]["aws"]["version"] = version
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")


def _folder(folder: Path, executable: Path, environment: Mapping[str, str]) -> Terraform:
    """The stack in a folder with a local state."""
    _write(folder)
    terraform = Terraform(folder=folder, executable=executable, environment=environment)
    terraform.init()
    return terraform
