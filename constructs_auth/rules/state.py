"""Whether Terraform's state, which holds client secrets in the clear, is encrypted."""

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
            text="must be kept elsewhere, got a file on the machine of who runs Terraform"
        )
    elif kind == "none":
        yield Undecided(
            why="none is written here: a file beside the Terraform, unless another file names one"
        )


def _encrypted(backend: Resource, _context: Context) -> Answers:
    kind = backend.address.removeprefix(_ADDRESS)
    if kind == "s3":
        encrypt = backend.body.flag("encrypt")
        if encrypt is None and not backend.body.values.get("bucket"):
            yield Undecided(why="given to terraform init", at="encrypt")
        elif encrypt is not True:
            got = "null" if encrypt is None else "false"
            yield Violation(text=f"must be true, got {got}", at="encrypt")
    elif kind not in _ENCRYPTED | {"local", "none"}:
        yield Undecided(why=f"whether a backend {kind} encrypts is not said")


RULES: tuple[Rule, ...] = (
    Rule(
        id="CG702",
        slug="state-not-local",
        title="The state is not a file on somebody's machine",
        family=Family.SECURITY,
        severity=Severity.HIGH,
        resource_type=BACKEND,
        why="The state holds client secrets, secrets of identity providers and passwords in the "
        "clear; as a file it is neither encrypted nor kept from others, and often ends in a "
        "repository.",
        remedy="use the backend s3 with encrypt = true and use_lockfile = true",
        source="Terraform, «Sensitive data in state»",
        check=_not_local,
    ),
    Rule(
        id="CG702B",
        slug="state-encrypted",
        title="The state is encrypted",
        family=Family.SECURITY,
        severity=Severity.MEDIUM,
        resource_type=BACKEND,
        why="The state holds client secrets, secrets of identity providers and passwords in the "
        "clear. S3 encrypts new objects since 2023 by itself, with a key that everybody uses who "
        "may read the bucket; encrypt = true asks for it, and with kms_key_id for a key of your "
        "own.",
        remedy="set encrypt = true, and kms_key_id for a key whose use you control",
        source="Terraform, «S3 backend», encrypt; Terraform, «Sensitive data in state»",
        check=_encrypted,
    ),
)
