"""ADOPTION.md: what was found, what is not covered, and the next steps."""

from collections.abc import Iterator

from constructs_auth.adopt.parts import Part, System
from constructs_auth.report.markdown import cell, code, table
from constructs_auth.rules.judge import Report

_MET_BY_THE_PROGRAM = frozenset({"CVH21D", "CVH23C"})
"""Rules on references, which a state does not have and the program has."""

_STEPS = (
    "Read `main.py`. A comment «Default of this library» marks a setting that is weaker.",
    "Set the secrets in the environment: {secrets}.",
    (
        "Run `cdktf diff`. The plan must say `0 to add, 0 to change, 0 to destroy`, and {count} to "
        "import."
    ),
    "Run `cdktf deploy`. Terraform writes the resources into its state; AWS does not change.",
    (
        "If another state has these resources, remove them there without destroying them: with "
        "`removed` blocks and `destroy = false`, or with `terraform state rm`. Until then, two "
        "programs manage them."
    ),
    "Improve one setting at a time, and let `constructs-auth review` say what it does to users.",
)


def page(system: System, report: Report) -> str:
    """Return the text of ADOPTION.md.

    Args:
        system: The parts of the program.
        report: The findings of `check` on the state.
    """
    return "\n".join(_lines(system, report)) + "\n"


def _lines(system: System, report: Report) -> Iterator[str]:
    names = ", ".join(f"`TF_VAR_{one.name}`" for one in system.secrets) or "there are none"
    imported = sum(1 + len(part.nested) for part in system.parts)
    yield "# Adoption"
    yield ""
    yield "This program manages a system that existed before it. What to do, in this order:"
    yield ""
    for number, step in enumerate(_STEPS, start=1):
        yield f"{number}. {step.format(secrets=names, count=imported)}"
    yield ""
    yield "## What was found"
    yield ""
    for one in system.parts:  # no table, where the sign | of an id would end a cell
        by = code(one.import_id).replace("\u00a6", "|")
        yield f"- {code(one.resource.address)}: {code(_call(one))}, imported by {by}"
    yield from _left(system)
    yield from _escapes(system)
    yield from _next(system, report)


def _call(part: Part) -> str:
    return f"{part.call.function} {part.construct_id}"


def _left(system: System) -> Iterator[str]:
    if not system.left:
        return
    yield ""
    yield "## Not covered"
    yield ""
    yield (
        "This program does not manage these resources. They stay as they are; leave them in the "
        "Terraform that has them."
    )
    yield ""
    yield from (f"- {code(one.address)}" for one in system.left)


def _escapes(system: System) -> Iterator[str]:
    overrides = [(part, one) for part in system.parts for one in part.overrides]
    if not overrides:
        return
    yield ""
    yield "## Settings that the constructs do not offer"
    yield ""
    yield from (f"- {code(f'{part.address}: {one.argument}')}" for part, one in overrides)


def _next(system: System, report: Report) -> Iterator[str]:
    ours = {part.resource.address: part for part in system.parts}
    found = [
        one
        for one in report.findings
        if one.resource.address in ours and one.rule.id not in _MET_BY_THE_PROGRAM
    ]
    if not found:
        return
    yield ""
    yield "## Next steps"
    yield ""
    yield (
        "`constructs-auth check` reports these findings. Review the plan of each change before "
        "you apply it: some changes sign users out or break applications."
    )
    yield ""
    yield table(
        ["severity", "rule", "construct", "what to change"],
        [
            [
                str(one.severity),
                one.rule.id,
                code(_call(ours[one.resource.address])),
                cell(one.rule.python_remedy or one.rule.remedy),
            ]
            for one in found
        ],
    )
