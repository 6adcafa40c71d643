"""The files beside the Terraform: examples of values to fill in, and how to run it."""

from collections.abc import Mapping
from typing import Any, Final

from constructs_auth.handoff.hcl.bodies import labelled
from constructs_auth.handoff.hcl.expressions import LITERAL, expression, object_of
from constructs_auth.handoff.hcl.layout import Attribute, Block, aligned, lay_out
from constructs_auth.report.markdown import fenced

VALUES: Final = "terraform.tfvars.example"
BACKEND: Final = "backend.s3.tfbackend.example"

GITIGNORE: Final = """\
.terraform/
*.tfstate
*.tfstate.*
*.tfplan
crash.log
crash.*.log
*.secret.tfvars
"""

_ARN: Final = "arn:aws:example:eu-west-1:123456789012:example"
_PLACEHOLDERS: Final = {"number": 0, "bool": False}
_LOCK: Final = """\
`.terraform.lock.hcl` has the exact version of each provider; `terraform init` writes it if it is \
missing. Commit it. It serves one program: `tofu init` keeps the versions that Terraform selected, \
and writes its own checksums.
This command adds the checksums for the platforms of your colleagues and of CI:

```console
$ terraform providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64
```"""


def companions(document: Mapping[str, Any], backend: Mapping[str, str]) -> dict[str, str]:
    """Return `.gitignore`, and an example of each file that the owners must fill in."""
    files = {".gitignore": GITIGNORE}
    variables = _variables(document)
    if variables:
        required = [item for item in variables.items() if "default" not in item[1]]
        optional = [item for item in variables.items() if "default" in item[1]]
        paragraphs = [
            "\n".join((f"# {_description(body)}", *_assignment(name, body)))
            for name, body in (*required, *optional)
        ]
        files[VALUES] = "\n\n".join(paragraphs) + "\n"
    if backend:
        attributes = [
            Attribute(name=name, value=expression(value, LITERAL, name))
            for name, value in sorted(backend.items())
        ]
        files[BACKEND] = "\n".join(aligned(attributes)) + "\n"
    return files


def how_to(
    document: Mapping[str, Any], *, as_module: bool, has_tests: bool, examples: Mapping[str, str]
) -> str:
    """Return Markdown that explains how to run the Terraform."""
    if as_module:
        required = [
            (name, placeholder(name, body))
            for name, body in _variables(document).items()
            if "default" not in body
        ]
        call = Block(
            type="module",
            labels=("auth",),
            body=(
                (Attribute(name="source", value=('"./auth"',)),),
                tuple(
                    Attribute(name=name, value=expression(value, LITERAL, name))
                    for name, value in required
                ),
                *_providers(document),
            ),
        )
        return (
            "Call this module from a root module, which configures the provider and the state:\n\n"
            + fenced("\n".join(lay_out([call])), "hcl")
        )
    steps = []
    init = "terraform init"
    if _variables(document):
        steps.append(f"cp {VALUES} terraform.tfvars   # and fill it in")
    if examples:
        name = BACKEND.removesuffix(".example")
        steps.append(f"cp {BACKEND} {name}   # and fill it in")
        init += f" -backend-config={name}"
    steps += [init, "terraform plan -out=saved.tfplan", "terraform apply saved.tfplan"]
    commands = "\n".join(f"$ {step}" for step in steps)
    tests = (
        "`terraform test` runs the tests in `tests/` without an AWS account; "
        "`terraform init -backend=false` is enough for that.\n\n"
    )
    return (
        "You need only Terraform or OpenTofu, and AWS credentials. With OpenTofu, write `tofu` for "
        "`terraform` in each "
        f"command.\n\n```console\n{commands}\n```\n\n{_LOCK}\n\n{tests if has_tests else ''}The "
        "state contains every secret in plain text, also those that Cognito generates: keep it in "
        "an encrypted bucket with few readers.\n\n`manifest.json` has the digest of each file. A "
        "later hand-off refuses to overwrite files that you edited."
    )


def _providers(document: Mapping[str, Any]) -> list[tuple[Attribute, ...]]:
    """Return the providers that callers must pass to a module with aliases, with example names."""
    aliases = {
        alias: name
        for _, content, _ in labelled(document.get("terraform"), 0, "terraform")
        for _, required, _ in labelled(content.get("required_providers"), 0, "")
        for name, entry in required.items()
        if isinstance(entry, Mapping)
        for alias in entry.get("configuration_aliases", ())
    }
    if not aliases:
        return []
    passed = sorted({*aliases, *aliases.values()})
    value = object_of([(provider, (provider,)) for provider in passed])
    return [(Attribute(name="providers", value=value),)]


def _variables(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found = labelled(document.get("variable"), 1, "variable")
    return {labels[0]: body for labels, body, _ in sorted(found, key=lambda block: block[0])}


def _description(body: Mapping[str, Any]) -> str:
    return " ".join(str(body.get("description") or "Not described.").split())


def _assignment(name: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the assignment of a variable; a comment if it is secret or optional."""
    if body.get("sensitive") is True:
        return (f"# A secret: set the environment variable TF_VAR_{name} instead.",)
    if "default" in body:
        value = expression(body["default"], LITERAL, name)
        lines = aligned([Attribute(name=name, value=value)])
        return tuple(f"# {line}".rstrip() for line in lines)
    return aligned([Attribute(name=name, value=expression(placeholder(name, body), LITERAL, name))])


def placeholder(name: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what JSON can hold
    """Return an example value for a variable; the provider checks the format of ARNs."""
    kind = str(body.get("type", "string"))
    if kind.startswith(("list", "set", "tuple")):
        return []
    if kind.startswith(("map", "object")):
        return {}
    text = _ARN if name.endswith("arn") else "example"
    return _PLACEHOLDERS.get(kind, text)
