"""The review reads folders of HCL beside a plan, as they are written."""

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_auth.review.terraform_source import read_terraform_source
from tests.plans.record import RECORDED
from tests.unit.review.plans import POOL, run

NOTHING_CHANGES = str(RECORDED / "no_change.json")
PROVIDER = """
variable "region" { default = "eu-west-1" }
provider "aws" {
  region = REGION
}
"""
POOL_AND_CLIENT = """
resource "aws_cognito_user_pool" "users" {
  name = "acme-users"
  lifecycle {
    prevent_destroy = GUARD
  }
}

resource "aws_cognito_user_pool_client" "web" {
  name = "web"
}
"""


def folder(path: Path, **files: str) -> str:
    """Write files of HCL, and give their folder."""
    path.mkdir()
    for name, text in files.items():
        (path / f"{name}.tf").write_text(text, encoding="utf-8")
    return str(path)


def guarded(path: Path, guard: str, *, region: str = "var.region") -> str:
    """Write a pool with a guard, and its provider."""
    return folder(
        path,
        pool=POOL_AND_CLIENT.replace("GUARD", guard),
        provider=PROVIDER.replace("REGION", region),
    )


@pytest.fixture
def reviews(capsys: pytest.CaptureFixture[str]) -> Any:
    """Review a plan that changes nothing, and give the report as JSON."""

    def review(*arguments: str) -> dict[str, Any]:
        run(NOTHING_CHANGES, *arguments, "--format", "json")
        printed = capsys.readouterr()
        assert printed.err == ""
        (found,) = json.loads(printed.out)["reviews"]
        return dict(found)

    return review


def test_a_guard_that_goes_from_hcl_is_reported(tmp_path: Path, reviews: Any) -> None:
    base = guarded(tmp_path / "base", "true")
    found = reviews("--base", base, "--synth", guarded(tmp_path / "now", "false"))
    assert [one["rule"] for one in found["findings"]] == ["CH47"]


def test_a_guard_that_a_variable_decides_is_unknown(tmp_path: Path, reviews: Any) -> None:
    base = guarded(tmp_path / "base", "true")
    found = reviews("--base", base, "--synth", guarded(tmp_path / "now", "var.guard"))
    assert found["findings"] == []
    assert [(one["rule"], one["why"]) for one in found["unknown"]] == [
        ("CH47", "prevent_destroy is an expression")
    ]


def test_the_same_expression_is_no_change(tmp_path: Path, reviews: Any) -> None:
    """What a variable comes to is in the plan, and its default is not."""
    base = guarded(tmp_path / "base", "true")
    now = Path(guarded(tmp_path / "now", "true"))
    (now / "provider.tf").write_text(
        PROVIDER.replace("REGION", "var.region").replace("eu-west-1", "us-east-1"), "utf-8"
    )
    assert reviews("--base", base, "--synth", str(now))["findings"] == []


def test_another_region_in_hcl_is_reported(tmp_path: Path, reviews: Any) -> None:
    base = guarded(tmp_path / "base", "true", region='"eu-west-1"')
    now = guarded(tmp_path / "now", "true", region='"us-east-1"')
    (finding,) = reviews("--base", base, "--synth", now)["findings"]
    assert finding["rule"] == "CR27"
    assert "region of the provider changes from eu-west-1 to us-east-1" in finding["text"]


def test_an_argument_that_is_removed_from_hcl_is_reported_as_kept(
    tmp_path: Path, reviews: Any
) -> None:
    """Also beside another dynamic block."""
    client = """
resource "aws_cognito_user_pool_client" "web" {
  name          = "web"
  dynamic "analytics_configuration" {
    for_each = var.analytics
    content { application_id = analytics_configuration.value }
  }
  dynamic "token_validity_units" {
    for_each = [1]
    content { access_token = "minutes" }
  }
  CALLBACKS
}
"""
    base = folder(tmp_path / "base", web=client.replace("CALLBACKS", 'callback_urls = ["a"]'))
    now = folder(tmp_path / "now", web=client.replace("CALLBACKS", ""))
    assert (
        "token_validity_units.access_token"
        in (read_terraform_source(Path(now)).arguments["aws_cognito_user_pool_client.web"])
    )
    (finding,) = reviews("--base", base, "--synth", now)["findings"]
    assert finding["rule"] == "CH48"
    assert "removal of callback_urls" in finding["text"]


def test_a_comment_in_hcl_accepts_a_finding_of_the_review(tmp_path: Path, reviews: Any) -> None:
    base = guarded(tmp_path / "base", "true")
    now = Path(guarded(tmp_path / "now", "false"))
    pool = (now / "pool.tf").read_text("utf-8")
    comment = "# constructs-auth: accept CH47, the pool moves next week, until 2099-01-01"
    (now / "pool.tf").write_text(f"{comment}\n{pool.lstrip()}", "utf-8")
    found = reviews("--base", base, "--synth", str(now))
    assert found["findings"] == []
    assert [one["rule"] for one in found["accepted"]] == ["CH47"]


def test_a_comment_of_another_form_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = folder(tmp_path / "now", pool=f"# constructs-auth: CH47\n{POOL_AND_CLIENT.lstrip()}")
    assert run(NOTHING_CHANGES, "--synth", now) == 3
    assert "pool.tf:1: a comment must name a rule and a reason" in capsys.readouterr().err


def test_the_place_in_hcl_is_that_of_the_block(tmp_path: Path) -> None:
    main = """
module "auth" {
  source = "./auth"
}
"""
    now = Path(folder(tmp_path / "now", main=main))
    comment = "# constructs-auth: accept CG102, a pool of programs\n"
    pool = POOL_AND_CLIENT.replace("GUARD", "true").replace("resource", f"{comment}resource", 1)
    folder(now / "auth", pool=pool)
    (now / "auth" / "more.tofu").write_text('resource "aws_cognito_user_pool" "b" {}', "utf-8")
    source = read_terraform_source(now)
    address = f"module.auth.{POOL}.users"
    origin = source.origins[address]
    assert (Path(origin.file).name, origin.line) == ("pool.tf", 3)
    assert source.guarded == {address}
    assert f"module.auth.{POOL}.b" in source.origins
    assert [one.address for one in source.accepted] == [address]


def test_the_backend_of_hcl_is_read(tmp_path: Path) -> None:
    now = folder(
        tmp_path / "now",
        main='terraform {\n  backend "s3" {\n    bucket = "acme"\n    key = "a"\n  }\n}\n',
    )
    assert read_terraform_source(Path(now)).backend == {
        "kind": "s3",
        "bucket": "acme",
        "key": "a",
    }


def test_what_is_no_hcl_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = folder(tmp_path / "now", main='resource "a" {')
    assert run(NOTHING_CHANGES, "--synth", now) == 3
    assert "main.tf:1:" in capsys.readouterr().err
