"""Whether Terraform's state, which contains client secrets in plain text, is encrypted."""

from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.resource import Resource

BACKEND = "backend"
_ADDRESS = "terraform.backend."
_ENCRYPTED = frozenset({"azurerm", "cloud", "gcs", "remote"})


def _not_local(backend: Resource, _context: Context) -> Answers:
    kind = backend.address.removeprefix(_ADDRESS)
    if kind == "local":
        yield Violation(
            text="must be a remote backend, got a file on the machine that runs Terraform"
        )
    elif kind == "none":
        yield Undecided(
            why="no backend is set here: the state is a local file, unless another file sets one"
        )


def _encrypted(backend: Resource, _context: Context) -> Answers:
    kind = backend.address.removeprefix(_ADDRESS)
    if kind == "s3":
        encrypt = backend.body.flag("encrypt")
        if encrypt is None and not backend.body.values.get("bucket"):
            yield Undecided(why="set by terraform init", at="encrypt")
        elif encrypt is not True:
            got = "null" if encrypt is None else "false"
            yield Violation(text=f"must be true, got {got}", at="encrypt")
    elif kind not in _ENCRYPTED | {"local", "none"}:
        yield Undecided(why=f"it is not known whether a backend {kind} encrypts")


RULES: tuple[Rule, ...] = (
    Rule(
        id="CG702",
        slug="state-not-local",
        title="The state must not be a file on somebody's machine",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=BACKEND,
        why="The state contains client secrets, secrets of identity providers and passwords in "
        "plain text. A local file is not encrypted, has no access control, and often ends in "
        "a repository.",
        remedy="use the backend s3 with encrypt = true and use_lockfile = true",
        python_remedy="use S3Backend",
        source="Terraform, «Sensitive data in state»",
        check=_not_local,
    ),
    Rule(
        id="CG702B",
        slug="state-encrypted",
        title="The state must be encrypted",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=BACKEND,
        why="The state contains client secrets, secrets of identity providers and passwords in "
        "plain text. Since 2023 S3 encrypts new objects by default, but everybody who may "
        "read the bucket can use that key. encrypt = true requests encryption; kms_key_id "
        "selects your own key.",
        remedy="set encrypt = true, and kms_key_id for a key whose use you control",
        source="Terraform, «S3 backend», encrypt; Terraform, «Sensitive data in state»",
        check=_encrypted,
    ),
)
