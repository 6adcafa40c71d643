"""Measure the time to review a large plan, compared with the time to read the file."""

import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from rich.table import Table

from bench.contestants import PROJECT

_RECORDED = PROJECT / "tests" / "plans" / "recorded"
MOST_OF_JSON = 3.0
"""The limit for the review of a plan: how many times what `json.load` of it needs."""

_CASES = ("mfa_off", "callback_url_replaced", "pool_name_with_members")
_KINDS = ("aws_cognito_user_pool", "aws_cognito_user_pool_client")
_REFERENCE = re.compile(r"((?:aws_\w+|terraform_data)\.\w+)")


class Contents(StrEnum):
    """What a measured plan contains; half of its resources are replaced."""

    WHOLE = "pools and clients"
    """As Terraform writes it: also the planned values and the prior state."""
    CHANGES = "pools and clients, only their changes and their configuration"
    """Without planned values and prior state, which the review does not need."""
    SECRETS = "15 types, with secrets"
    """As Terraform writes it, with users, identity providers and whatever belongs to a pool."""


def review_table(folder: Path, contents: Contents, resources: int, runs: int) -> Table:
    """Measure whole processes on a plan of *resources*, half of them replaced.

    Args:
        folder: The folder for the plan.
        contents: What the plan contains.
        resources: How many resources the plan changes.
        runs: How often each process runs; they take turns.
    """
    plan = write_plan(folder, contents, resources)
    review = [sys.executable, "-m", "constructs_auth", "review", str(plan), "--format"]
    commands = {
        "json.load of the same file": [
            sys.executable,
            "-c",
            f"import json; json.load(open({str(plan)!r}))",
        ],
        "python -m json.tool": [sys.executable, "-m", "json.tool", str(plan), str(folder / "out")],
        **{f"review --format {name}": [*review, name] for name in ("markdown", "json", "html")},
    }
    megabytes = plan.stat().st_size / 1_000_000
    title = f"A plan of {resources:,} resources ({megabytes:.1f} MB): {contents}"
    has_limit = contents is not Contents.SECRETS
    limits = {name: MOST_OF_JSON for name in commands if name.startswith("review") and has_limit}
    return processes_table(commands, runs, title=title, limits=limits)


def write_plan(folder: Path, contents: Contents, resources: int) -> Path:
    """Write a plan of *resources*, half of them replaced, and return its file."""
    plan = folder / f"{contents.name.lower()}{resources}.json"
    plan.write_text(json.dumps(_plan(contents, resources), separators=(",", ":")), encoding="utf-8")
    return plan


def processes_table(
    commands: Mapping[str, list[str]],
    runs: int,
    *,
    title: str,
    limits: Mapping[str, float] | None = None,
) -> Table:
    """Measure whole processes; the ratio is to the first one.

    Args:
        commands: What to run, by name.
        runs: How often each process runs; they take turns.
        title: What is measured.
        limits: The largest ratios that are allowed, by the names of *commands*.
    """
    most = limits or {}
    runs_of = seconds_in_turn(commands, runs)
    table = Table(title=f"{title}; the median of {runs}")
    table.add_column("process", no_wrap=True)
    for heading in ("seconds", "from", "to", "processor", "ratio", *(("limit",) if most else ())):
        table.add_column(heading, justify="right")
    base = statistics.median(used for _, used in next(iter(runs_of.values())))
    for name, found in runs_of.items():
        seconds = [passed for passed, _ in found]
        processor = statistics.median(used for _, used in found)
        table.add_row(
            name,
            f"{statistics.median(seconds):.2f}",
            f"{min(seconds):.2f}",
            f"{max(seconds):.2f}",
            f"{processor:.2f}",
            f"{processor / base:.1f}",
            *((f"{most[name]:.1f}" if name in most else "",) if most else ()),
        )
    return table


def _plan(contents: Contents, resources: int) -> dict[str, Any]:
    """Repeat recorded changes: pools and clients, or all, updated and replaced in turn."""
    kinds = [
        (json.dumps(change), json.dumps(_written(document, change["address"])))
        for document in map(_recorded, _CASES)
        for change in document["resource_changes"]
        if change["type"] in _KINDS or contents is Contents.SECRETS
    ]
    changes: list[dict[str, Any]] = []
    written: list[dict[str, Any]] = []
    for at in range(resources):
        number, kind = divmod(at, len(kinds))
        change, configuration = (json.loads(_numbered(text, number)) for text in kinds[kind])
        name = f"{change['name']}_{kind}_{number}"
        address = f"{change['type']}.{name}"
        for values in (change["change"]["before"], change["change"]["after"]):
            for argument in ("id", "user_pool_id"):
                if argument in values:
                    values[argument] += str(number)
        changes.append({**change, "name": name, "address": address})
        written.append({**configuration, "name": name, "address": address})
    document = {
        **_recorded("mfa_off"),
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": written}},
    }
    return document if contents is Contents.CHANGES else {**document, **_values(document)}


def _numbered(text: str, number: int) -> str:
    """Add *number* to the name in each reference."""
    return _REFERENCE.sub(rf"\g<1>_{number}", text)


def _values(document: dict[str, Any]) -> dict[str, Any]:
    """Return what Terraform writes beside the changes: the values after the apply, and the state.

    A plan of Terraform 1.11 with provider 5.100.0 has them, in this form.
    """
    changes = document["resource_changes"]
    return {
        "planned_values": {"root_module": {"resources": list(_side(changes, "after"))}},
        "prior_state": {
            "format_version": "1.0",
            "terraform_version": document["terraform_version"],
            "values": {"root_module": {"resources": list(_side(changes, "before"))}},
        },
    }


def _side(changes: list[dict[str, Any]], side: str) -> Iterator[dict[str, Any]]:
    for one in changes:
        change = one["change"]
        unknown = change.get("after_unknown", {}) if side == "after" else {}
        yield {
            **{key: one[key] for key in ("address", "mode", "type", "name", "provider_name")},
            "schema_version": 0,
            "values": {
                name: value for name, value in change[side].items() if unknown.get(name) is not True
            },
            "sensitive_values": change.get(f"{side}_sensitive", {}),
        }


def _written(document: dict[str, Any], address: str) -> dict[str, Any]:
    """Return the configuration of a resource in a recorded plan."""
    resources = document["configuration"]["root_module"]["resources"]
    found: dict[str, Any] = next(one for one in resources if one["address"] == address)
    return found


def _recorded(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((_RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return document


def seconds_in_turn(
    commands: Mapping[str, list[str]], runs: int
) -> dict[str, list[tuple[float, float]]]:
    """Run *commands* in turn, so that other load affects all equally.

    Return the elapsed seconds and the processor seconds of each run, by the names of *commands*.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(_seconds_of(command))
    return found


def _seconds_of(command: list[str]) -> tuple[float, float]:
    """Run *command*, and return the elapsed seconds and the processor seconds."""
    worked = _worked()
    started = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True, cwd=PROJECT)  # noqa: S603 (those above)
    return time.perf_counter() - started, _worked() - worked


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
