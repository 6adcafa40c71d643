"""Reads what a synthesis wrote, and what kept it from being one."""

from typing import Any

import pytest

from constructs_auth import AuthApp, SynthesisError


def resources_of(document: dict[str, Any], kind: str) -> dict[str, Any]:
    """The resources of a type by name, without what CDKTF notes of them."""
    return {
        name: {key: value for key, value in resource.items() if key != "//"}
        for name, resource in document["resource"].get(kind, {}).items()
    }


def provider_version(document: dict[str, Any]) -> str:
    """The constraint on the AWS provider."""
    version: str = document["terraform"]["required_providers"]["aws"]["version"]
    return version


def problems_of(app: AuthApp) -> list[str]:
    """What keeps *app* from being synthesized."""
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    return [str(problem) for problem in caught.value.problems]


def rules_broken_in(app: AuthApp) -> list[str]:
    """What keeps *app* from being synthesized, each as construct, rule and argument."""
    return [" ".join(problem.split(" ")[:3]).removesuffix(":") for problem in problems_of(app)]
