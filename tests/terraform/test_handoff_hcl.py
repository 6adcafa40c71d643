"""Rendered HCL, tried on texts and values that no person would write: Terraform is the judge."""

import base64
import json
import os
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from constructs_auth.handoff.hcl.document import render
from constructs_auth.handoff.schema import aws_schema
from tests.support.terraform import Terraform
from tests.support.terraform_values import SCALARS, is_template, plain_texts, templates, values

# Terraform starts once for many values. A failing value is in the message; none is shrunk, for
# that would start Terraform hundreds of times.
_SETTINGS = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=20 if os.environ.get("CI") else 3,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)

# Where a key of an object is an expression with an `=` of its own, `terraform fmt` aligns by that
# one too; nobody writes such keys, and what Terraform reads is the same.
_KEYS = templates().filter(lambda key: "=" not in key)

_BASE = {"list": ["p", "q"], "number": 7}


@pytest.fixture(scope="module")
def terraform(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Terraform without a provider: these values are of its language alone."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path_factory.mktemp("home"))}
    return Terraform(
        folder=tmp_path_factory.mktemp("values"), executable=executable, environment=environment
    )


def ask(terraform: Terraform, *arguments: str, told: str) -> str:
    """Run Terraform with something on its standard input."""
    finished = subprocess.run(
        [str(terraform.executable), *arguments],
        cwd=terraform.folder,
        env=dict(terraform.environment),
        input=told,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    return finished.stdout


@pytest.mark.thorough
@_SETTINGS
@given(
    of_templates=st.lists(values(templates(), keys=_KEYS), min_size=20, max_size=40),
    of_texts=st.lists(values(plain_texts), min_size=20, max_size=40),
)
def test_fmt_changes_nothing(
    terraform: Terraform, of_templates: list[object], of_texts: list[object]
) -> None:
    document = {
        "locals": {f"l{index}": value for index, value in enumerate(of_templates)},
        "variable": {f"v{index}": {"default": value} for index, value in enumerate(of_texts)},
    }
    written = render(document, aws_schema())

    assert ask(terraform, "fmt", "-no-color", "-", told=written) == written


@_SETTINGS
@given(
    of_templates=st.lists(
        values(templates(SCALARS), keys=plain_texts.filter(is_template)), min_size=20, max_size=40
    ),
    of_texts=st.lists(values(plain_texts), min_size=20, max_size=40),
)
def test_terraform_reads_the_same_value_from_both_languages(
    terraform: Terraform, of_templates: list[object], of_texts: list[object]
) -> None:
    written = render(_document("hcl", of_templates, of_texts), aws_schema())
    (terraform.folder / "hcl.tf").write_text(written, encoding="utf-8")
    original = json.dumps(
        _document("json", of_templates, of_texts)
        | {"locals": _locals("json", of_templates) | _BASE},
        default=_number,
    )
    (terraform.folder / "json.tf.json").write_text(original, encoding="utf-8")
    names = [f"local.{{}}{index}" for index in range(len(of_templates))]
    names += [f"var.{{}}{index}" for index in range(len(of_texts))]
    pairs = ", ".join(f"[{name.format('hcl')}, {name.format('json')}]" for name in names)

    said = ask(terraform, "console", told=f"base64encode(jsonencode([{pairs}]))")

    for (hcl, from_json), value in zip(
        json.loads(base64.b64decode(json.loads(said))), [*of_templates, *of_texts], strict=True
    ):
        assert hcl == from_json, value


def _document(
    prefix: str, of_templates: list[object], of_texts: list[object]
) -> dict[str, Mapping[str, Any]]:
    return {
        "locals": _locals(prefix, of_templates),
        "variable": {
            f"{prefix}{index}": {"default": value} for index, value in enumerate(of_texts)
        },
    }


def _locals(prefix: str, of_templates: list[object]) -> dict[str, Any]:
    return {f"{prefix}{index}": value for index, value in enumerate(of_templates)}


def _number(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)
