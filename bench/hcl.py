"""Measure the time to check a large folder of `.tf` files, compared with the parser alone."""

import sys
from pathlib import Path

from rich.table import Table

from bench.contestants import PROJECT
from bench.review import processes_table

CHECKOV = PROJECT / ".tools" / "checkov" / "bin" / "checkov"

_SHARED = """
variable "stage" { default = "prod" }
locals {
  name      = "acme-${var.stage}"
  callbacks = ["https://app.acme.example/${var.stage}"]
  length    = var.stage == "prod" ? 15 : 8
}
"""
_PAIR = """
resource "aws_cognito_user_pool" "p{at}" {{
  name                     = "${{local.name}}-{at}"
  deletion_protection      = "ACTIVE"
  mfa_configuration        = "OPTIONAL"
  auto_verified_attributes = ["email"]
  username_attributes      = ["email"]
  user_pool_tier           = "ESSENTIALS"

  password_policy {{
    minimum_length    = local.length
    require_lowercase = true
    require_numbers   = true
    require_symbols   = true
    require_uppercase = true
  }}

  software_token_mfa_configuration {{
    enabled = true
  }}

  tags = {{
    Name  = "pool-{at}"
    Stage = upper(var.stage)
  }}
}}

resource "aws_cognito_user_pool_client" "c{at}" {{
  name                                 = "web"
  user_pool_id                         = aws_cognito_user_pool.p{at}.id
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["email", "openid"]
  callback_urls                        = concat(local.callbacks, ["https://{at}.acme.example/"])
  explicit_auth_flows                  = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
  prevent_user_existence_errors        = "ENABLED"
  supported_identity_providers         = ["COGNITO"]
}}
"""
_PARSE = """
import pathlib, sys, tree_sitter, tree_sitter_hcl
parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
for path in pathlib.Path(sys.argv[1]).glob("*.tf"):
    parser.parse(path.read_bytes())
"""
_READ = """
import gc, sys
gc.disable()
from constructs_auth.rules.load import load
load(sys.argv[1])
"""


def hcl_table(folder: Path, files: int, runs: int) -> Table:
    """Measure whole processes on a folder of *files*, each with two pools and two clients.

    Args:
        folder: The folder for the files.
        files: How many files to write.
        runs: How often each process runs; they take turns.
    """
    module = folder / "module"
    module.mkdir()
    (module / "shared.tf").write_text(_SHARED, encoding="utf-8")
    for at in range(files):
        text = "".join(_PAIR.format(at=2 * at + half) for half in range(2))
        (module / f"pools_{at}.tf").write_text(text, encoding="utf-8")
    here = str(module)
    commands = {
        "tree-sitter, which only parses": [sys.executable, "-c", _PARSE, here],
        "reading and evaluating": [sys.executable, "-c", _READ, here],
        "constructs-auth check": [
            *(sys.executable, "-m", "constructs_auth", "check", here),
            *("--format", "json", "--fail-on", "never"),
        ],
    }
    if CHECKOV.exists():
        commands["checkov -d"] = [
            *(str(CHECKOV), "-d", here, "--framework", "terraform", "--output", "json"),
            *("--skip-download", "--quiet", "--compact", "--soft-fail"),
        ]
    return processes_table(
        commands, runs, title=f"{files} files of HCL with {4 * files:,} resources"
    )
