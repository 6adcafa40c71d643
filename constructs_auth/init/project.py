"""The files of a new project."""

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Template
from uuid import uuid4

from constructs_auth._version import installed_version
from constructs_auth.facts.versions import CDKTF_CLI, CDKTN_CLI, CommandLine
from constructs_auth.init.kinds import TEXTS, Kind
from constructs_auth.project.files import GITIGNORE, cdktf_json
from constructs_auth.project.program import ENDING, import_block

STACK = "auth"
"""The name of the stack in every project."""

_PACKAGE = "constructs-auth"


class Framework(StrEnum):
    """What the project runs on, by the name of its command line."""

    CDKTF = CDKTF_CLI.command
    CDKTN = CDKTN_CLI.command


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfFramework:
    """What differs between the frameworks.

    Attributes:
        cli: The command line.
        extra: The extra of this package that brings the framework.
    """

    cli: CommandLine
    extra: str


_OF_FRAMEWORK: Mapping[Framework, _OfFramework] = {
    Framework.CDKTF: _OfFramework(cli=CDKTF_CLI, extra=""),
    Framework.CDKTN: _OfFramework(cli=CDKTN_CLI, extra="[cdktn]"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What was asked for.

    Attributes:
        kind: Who signs in.
        framework: What the program runs on.
        region: The region of all resources.
        bucket: The bucket of the state; `None` for a state in a local file.
    """

    kind: Kind
    framework: Framework
    region: str
    bucket: str | None


def project_files(project: Project) -> Mapping[str, str]:
    """Return the text of each file, by its path in the folder of the project."""
    chosen = _OF_FRAMEWORK[project.framework]
    texts = TEXTS[project.kind]
    return {
        "main.py": _program(project),
        "tests/test_main.py": _filled("test_main.py", sign_in=texts.sign_in.rstrip("\n")),
        "cdktf.json": cdktf_json(str(uuid4()), context=_context(project)),
        "requirements.txt": f"{_requirement(chosen.extra)}\n",
        "requirements-dev.txt": "-r requirements.txt\nmypy\npytest\nruff\n",
        "package.json": _package_json(chosen.cli),
        ".npmrc": _template("npmrc"),
        "pyproject.toml": _template("pyproject.toml"),
        ".gitignore": GITIGNORE,
        ".github/workflows/plan.yml": _template("plan.yml"),
        "README.md": _readme(project),
    }


def next_commands(project: Project) -> tuple[str, str, str]:
    """Return the three commands from the folder of the project to a deployment."""
    return (
        "pip install -r requirements-dev.txt && npm install",
        "pytest",
        f"npx {project.framework} deploy {STACK}",
    )


def _program(project: Project) -> str:
    """Return `main.py`, which imports the names that it uses."""
    body = _filled(
        f"{project.kind}.py",
        imports="",
        stack=_part("local_state" if project.bucket is None else "s3_state"),
        users=_part("users"),
        domain=_part("token_endpoint" if project.kind is Kind.MACHINE else "sign_in_pages"),
    )
    docstring, _, rest = body.partition("\n\n")
    names = {
        node.id
        for node in ast.walk(ast.parse(body))
        if isinstance(node, ast.Name) and node.id[0].isupper()
    }
    imports = import_block("constructs_auth", names)
    return f"{docstring}\n\n{imports}\n\n\n{rest.strip()}\n\n\n{ENDING}"


def _context(project: Project) -> Mapping[str, str]:
    bucket = {} if project.bucket is None else {"state_bucket": project.bucket}
    return {
        "region": project.region,
        # Unique among all AWS accounts of the region; a name of somebody's would be taken.
        "domain_prefix": f"sign-in-{uuid4().hex[:8]}",
        **bucket,
    }


def _requirement(extra: str) -> str:
    """Return the requirement of this package: this version, and later ones that keep its API."""
    installed = installed_version()
    if not installed:
        return f"{_PACKAGE}{extra}"
    major, minor = installed.split(".")[:2]
    following = f"0.{int(minor) + 1}" if major == "0" else f"{int(major) + 1}"
    return f"{_PACKAGE}{extra}>={installed},<{following}"


def _package_json(cli: CommandLine) -> str:
    document = {
        "private": True,
        "description": "The command line that deploys what main.py defines.",
        "engines": {"node": f">={cli.node}"},
        "devDependencies": {cli.package: cli.version},
    }
    return f"{json.dumps(document, indent=2)}\n"


def _readme(project: Project) -> str:
    texts = TEXTS[project.kind]
    install, _, deploy = next_commands(project)
    node = "22" if project.framework is Framework.CDKTF else f"{CDKTN_CLI.node} or newer"
    state = (
        "The state of Terraform is the file `auth.tfstate` beside `main.py`. It contains "
        "secrets in plain text, and Git ignores it. Before others work with the project, choose "
        "an `S3Backend` in `main.py`."
        if project.bucket is None
        else f"The state of Terraform is in the S3 bucket `{project.bucket}`, which must exist; "
        "`docs/state_bucket.md` of constructs-auth defines one. It contains secrets in plain text."
    )
    return _filled(
        "README.md",
        summary=texts.summary,
        region=project.region,
        node=node,
        install=install,
        deploy=deploy,
        diff=deploy.replace(" deploy ", " diff "),
        state=state,
        usage=texts.usage,
        fixed="\n".join(f"| {' | '.join(row)} |" for row in texts.fixed),
    )


def _part(name: str) -> str:
    return _template(f"{name}.part").rstrip("\n")


def _filled(name: str, **values: str) -> str:
    return Template(_template(f"{name}.template")).substitute(values)


@cache
def _template(name: str) -> str:
    return (files("constructs_auth.init") / "templates" / name).read_text(encoding="utf-8")
