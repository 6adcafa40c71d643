"""The README and the pages quote errors and findings as the code gives them."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from constructs_auth import PasswordPolicy
from constructs_auth.cli import main
from constructs_auth.errors import ConstructsAuthError
from tests.synth.test_documentation import PAGES, ROOT, SYBIL

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
PRINTED = {"", "console", "text"}
ERROR = re.compile(r"^\s*constructs_auth\.errors\.|\bmust\b.*, got ", re.MULTILINE)
QUOTED = [
    (str(page.relative_to(ROOT)), found["text"])
    for page in PAGES
    for found in FENCE.finditer(page.read_text(encoding="utf-8"))
    if found["language"] in PRINTED and ERROR.search(found["text"])
]
HELD_ELSEWHERE = {"docs/runtimes.md": "tests/synth/engine/test_node.py"}
"""Pages whose errors need a process of their own, and the test that compares them."""

CODES_WITHOUT_A_SENDER = """\
from constructs_auth import (
    AuthApp,
    AuthStack,
    EmailMfa,
    LocalBackend,
    Mfa,
    UserPool,
)

app = AuthApp()
stack = AuthStack(app, "auth", region="eu-west-1", backend=LocalBackend())

# The codes come by e-mail.
users = UserPool(stack, "users", mfa=Mfa.optional(EmailMfa()))
app.synth()
"""
POOL = """\
variable "mfa" {
  default = "OFF"
}
resource "aws_cognito_user_pool" "users" {
  mfa_configuration = var.mfa
}
"""


def short_password() -> None:
    PasswordPolicy(minimum_length=4)


def codes_without_a_sender() -> None:
    run_as_main(CODES_WITHOUT_A_SENDER)


def pool_in_hcl() -> None:
    pytest.importorskip("tfparse", reason="only the environment of Pipfile has it")
    Path("auth").mkdir()
    Path("auth/pool.tf").write_text(POOL, encoding="utf-8")
    main(["check", "auth"])


def program_of_the_tutorial() -> None:
    program, *_ = SYBIL.parse(ROOT / "docs/tutorial.md")
    run_as_main(str(program.parsed))


def run_as_main(program: str) -> None:
    """Run *program* as `main.py` of the current folder."""
    exec(compile(program, str(Path.cwd() / "main.py"), "exec"), {})  # noqa: S102 - our own


WAYS: Mapping[str, Callable[[], None]] = {
    "PasswordPolicy.minimum_length:": short_password,
    "constructs_auth.errors.SynthesisError:": codes_without_a_sender,
    "high CG102 aws_cognito_user_pool.users": pool_in_hcl,
    "severity  rule ": program_of_the_tutorial,
}
"""How a reader gets what a page quotes, by its beginning."""


@pytest.mark.parametrize(
    ("page", "quoted"), [each for each in QUOTED if each[0] not in HELD_ELSEWHERE]
)
def test_a_page_quotes_an_error_as_the_code_gives_it(
    page: str,
    quoted: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ways = [way for begin, way in WAYS.items() if quoted.startswith(begin)]
    assert len(ways) == 1, f"{page}: WAYS must have one way to get {quoted!r}"
    monkeypatch.chdir(tmp_path)
    # Node.js, which runs already, has another current folder.
    monkeypatch.setenv("CDKTF_OUTDIR", str(tmp_path / "cdktf.out"))
    given = ""
    try:
        ways[0]()
    except ConstructsAuthError as error:
        given = f"{type(error).__module__}.{type(error).__qualname__}: {error}\n"
    printed = capsys.readouterr()
    given += (printed.out + printed.err).replace(f"{tmp_path}/", "")
    given = re.sub(r" +$", "", given, flags=re.MULTILINE)  # a table fills its columns
    left_out = ".*".join(map(re.escape, quoted.split("…")))
    assert re.search(left_out, given), f"{page} quotes\n{quoted}\nbut the code gives\n{given}"


def test_a_quoted_error_is_found_in_each_page_that_has_one() -> None:
    pages = {page for page, _ in QUOTED}
    assert pages == {"README.md", "docs/check.md", "docs/tutorial.md", *HELD_ELSEWHERE}
