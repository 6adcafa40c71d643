"""The domains of a pool and its classic pages, deployed; branding needs AWS provider 6."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.synthesized import synthesize, with_local_state
from tests.support.terraform import Terraform

_PROGRAM = """
from constructs_auth import *

app = AuthApp(context={})
stack = AuthStack(app, "pages", region="eu-west-1", backend=S3Backend(bucket="acme-state", key="a"))
pool = UserPool(stack, "users", deletion_protection=False)
web = UserPoolClient(
    stack,
    "web",
    user_pool=pool,
    application=WebApplication(oauth=OAuth(callback_urls=["https://app.acme.example/callback"])),
)
UserPoolDomain(
    stack,
    "custom",
    user_pool=pool,
    domain=CustomDomain(
        domain="auth.acme.example",
        certificate="arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d",
    ),
    default_branding=False,
)
prefix = UserPoolDomain(
    stack,
    "prefix",
    user_pool=pool,
    domain=PrefixDomain(prefix="acme-pages"),
    managed_login_version=1,
)
pages = ClassicPages(css=".banner-customizable { background: #123456; }", image_file=b"image")
UserPoolUICustomization(stack, "all_pages", domain=prefix, pages=pages)
UserPoolUICustomization(
    stack, "web_pages", domain=prefix, pages=ClassicPages(css=".a {}"), client=web
)
app.synth()
"""


@pytest.mark.thorough
def test_domains_and_classic_pages_are_made_settle_and_go(
    executable: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """Applied, planned again without a change, and destroyed.

    Certificate and records are in the example of a custom domain: a zone takes its minutes.
    """
    terraform = _folder(tmp_path, executable, environment)

    said = terraform.apply()
    for made in (
        "aws_cognito_user_pool_domain.custom",
        "aws_cognito_user_pool_domain.prefix",
        "aws_cognito_user_pool_ui_customization.all_pages",
        "aws_cognito_user_pool_ui_customization.web_pages",
    ):
        assert f"{made}: Creation complete" in said
    plan = terraform.plan()
    assert not plan.has_changes, plan.text

    assert "Destroy complete! Resources: 6 destroyed." in terraform.destroy()


def _folder(folder: Path, executable: Path, environment: Mapping[str, str]) -> Terraform:
    """The stack in a folder with a local state."""
    document = with_local_state(synthesize(folder / "out", "-c", _PROGRAM) / "pages")
    (folder / "cdk.tf.json").write_text(json.dumps(document), encoding="utf-8")
    terraform = Terraform(folder=folder, executable=executable, environment=environment)
    terraform.init()
    return terraform
