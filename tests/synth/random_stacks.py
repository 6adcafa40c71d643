"""A program that writes ten stacks of random pools, the same ones each time."""

from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from constructs_auth import AuthApp, AuthStack, S3Backend
from tests.synth.random_pools import RandomPool, random_pools

STACKS = 10
POOLS = 6


def define(app: AuthApp) -> None:
    """Define the stacks `random0` to `random9` in *app*."""
    drawn: list[list[RandomPool]] = []

    @settings(
        database=None,
        deadline=None,
        derandomize=True,
        max_examples=STACKS,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(pools=st.lists(random_pools(), min_size=POOLS, max_size=POOLS))
    def draw(pools: list[RandomPool]) -> None:
        drawn.append(pools)

    draw()
    for number, pools in enumerate(drawn[:STACKS]):
        backend = S3Backend(bucket="acme-state", key=f"random/{number}.tfstate", region="eu-west-1")
        stack = AuthStack(app, f"random{number}", region="eu-west-1", backend=backend)
        for at, pool in enumerate(pools):
            pool.define(stack, f"pool{at}")
