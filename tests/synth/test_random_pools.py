"""No false alarm: what Cognito takes, the rules take too."""

import os
import tempfile

from hypothesis import HealthCheck, given, settings, strategies as st

from constructs_auth import AuthApp, AuthStack, PrefixDomain, S3Backend, UserPoolDomain
from constructs_auth.rules.rule import Family
from tests.synth.random_pools import RandomPool, random_pools


@settings(
    deadline=None,
    derandomize=True,
    max_examples=15 if os.environ.get("CI") else 6,
    suppress_health_check=list(HealthCheck),
)
@given(pools=st.lists(random_pools(), min_size=5, max_size=5))
def test_random_valid_pools_and_clients_have_no_validity_finding(pools: list[RandomPool]) -> None:
    """Five at once, for a synthesis has its price."""
    with tempfile.TemporaryDirectory() as folder:
        app = AuthApp(outdir=folder, context={})
        backend = S3Backend(bucket="acme-state", key="auth/terraform.tfstate", region="eu-west-1")
        stack = AuthStack(app, "auth", region="eu-west-1", backend=backend)
        for at, pool in enumerate(pools):
            UserPoolDomain(
                stack,
                f"domain{at}",
                user_pool=pool.define(stack, f"pool{at}"),
                domain=PrefixDomain(prefix=f"acme-{at}"),
            )
        inspection = stack.inspect()

    assert inspection.problems == ()
    assert [
        f"{finding.rule.id} {finding.resource.address}: {finding.at}: {finding.text}"
        for finding in inspection.judgement.report.findings
        if finding.rule.family is Family.VALIDITY
    ] == []
