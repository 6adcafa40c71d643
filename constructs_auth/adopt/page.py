"""Writes ADOPTION.md: what exists, what the program does not cover, and the next steps."""

from collections.abc import Iterator, Sequence

from constructs_auth.adopt.parts import Part, System
from constructs_auth.adopt.steps import Safety, Step, next_steps
from constructs_auth.report.counts import counted
from constructs_auth.report.markdown import cell, code, table
from constructs_auth.rules.judge import Report

_READ = (
    "Read the program. A comment «Default of this library» marks a setting that is weaker.",
    "Set the secrets in the environment: {secrets}.",
)
_IMPORT = (
    (
        "Run `cdktf diff`. The plan must show `0 to add, 0 to change, 0 to destroy`, and {count} "
        "to import."
    ),
    "Run `cdktf deploy`. Terraform writes the resources into its state; AWS does not change.",
    (
        "If another state has these resources, remove them there without destroying them: with "
        "`removed` blocks and `destroy = false`, or with `terraform state rm`. Until then, two "
        "programs manage them."
    ),
)
_SAME_STATE = (
    (
        "Give the program the state: its `backend` must be that of the old Terraform. A local "
        "`terraform.tfstate` belongs in `cdktf.out/stacks/{stack}/`."
    ),
    (
        "Run `cdktf diff`. The plan must show `0 to add, 0 to change, 0 to destroy`; it may move "
        "resources to new addresses, and remove outputs."
    ),
    "Run `cdktf deploy`. AWS does not change. From now on, do not run the old Terraform.",
)
_IMPROVE = (
    "Improve one setting at a time. `constructs-auth review` shows what each change does to users.",
)

_INTRODUCTION = (
    "`constructs-auth check` reports these findings, here in order of safety. If a remedy has one "
    "clear value, which is the default of this library, the last column shows what "
    "`constructs-auth review` reports for it. Make one change at a time, and review its plan "
    "before you apply it: the plan may contain more. `constructs-auth rules` with an id explains "
    "the rule."
)
_SECTIONS = {
    Safety.UNREPORTED: (
        "Start here: no effect on users is known",
        "The review of these changes reports nothing.",
    ),
    Safety.NOTICED: (
        "Tell users or developers first",
        (
            "People notice these changes, or applications must be ready for them. The last column "
            "shows how."
        ),
    ),
    Safety.BREAKING: (
        "Can stop sign-in or an application",
        (
            "Sign-in or an application fails if it is not ready. Prepare what the last column "
            "names, and test it with another pool; then make the change."
        ),
    ),
    Safety.NOT_REVIEWED: (
        "Decide, then review the plan",
        (
            "No single value is right for every system, or the change adds another resource. "
            "Nobody can know yet what it does to users: make the change, and review its plan "
            "before you apply it."
        ),
    ),
    Safety.FIXED: (
        "Cannot be changed in place",
        (
            "Terraform would delete the resource and create another one, or the apply fails. "
            "Accept these findings, or build a new resource beside the old one."
        ),
    ),
}
"""The title of each section, and what it means."""


def page(
    system: System, report: Report, *, stack: str = "auth", secrets: frozenset[str] = frozenset()
) -> str:
    """Return the text of ADOPTION.md.

    Args:
        system: The parts of the program.
        report: The findings of `check` on the state.
        stack: The name of the stack.
        secrets: The secrets of the whole state, to find their copies.
    """
    steps = next_steps(system, report, secrets=secrets)
    return "\n".join(_lines(system, steps, stack)) + "\n"


def _lines(system: System, steps: Sequence[Step], stack: str) -> Iterator[str]:
    names = ", ".join(f"`TF_VAR_{one.name}`" for one in system.secrets) or "there are none"
    imported = sum(1 + len(part.nested) for part in system.parts)
    yield "# Adoption"
    yield ""
    yield "This program manages a system that existed before it. What to do, in this order:"
    yield ""
    way = _SAME_STATE if system.keeps_state else _IMPORT
    for number, step in enumerate((*_READ, *way, *_IMPROVE), start=1):
        yield f"{number}. {step.format(secrets=names, count=imported, stack=stack)}"
    yield ""
    users = _users(system)
    if users:
        yield (
            f"These pools have {users}. Nothing changes for users: they keep their passwords, "
            "second factors, groups and sessions."
        )
        yield ""
    yield "## What was found"
    yield ""
    for one in system.parts:  # no table, where the sign | of an id would end a cell
        by = f", imported by {_id(one.import_id)}" if one.import_id else ""
        yield f"- {code(one.resource.address)}: {code(_call(one))}{by}"
        for address, resource in one.nested.items():
            given = one.nested_ids.get(address, "")
            by = "" if system.keeps_state else f", imported by {_id(given)}"
            yield f"  - {code(resource.address)}: {code(address)}{by}"
    yield from _left(system)
    yield from _escapes(system)
    yield from _next(steps)


def _call(part: Part) -> str:
    return f"{part.call.function} {part.construct_id}"


def _id(import_id: str) -> str:
    return code(import_id).replace("\u00a6", "|")


def _users(system: System) -> str:
    """Return the number of users, which AWS estimates: `about 1,200 users`; empty if unknown."""
    numbers = [one.resource.body.values.get("estimated_number_of_users") for one in system.parts]
    known = sum(one for one in numbers if isinstance(one, int))
    about = "" if known == 1 else "about "
    return f"{about}{counted(known, 'user')}" if known else ""


def _left(system: System) -> Iterator[str]:
    if not (system.left or system.unread):
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
    yield from (f"- {code(one)}" for one in system.unread)


def _escapes(system: System) -> Iterator[str]:
    overrides = [(part, one) for part in system.parts for one in part.overrides]
    if not overrides:
        return
    yield ""
    yield "## Settings that the constructs do not offer"
    yield ""
    yield from (f"- {code(f'{part.address}: {one.argument}')}" for part, one in overrides)


def _next(steps: Sequence[Step]) -> Iterator[str]:
    if not steps:
        return
    yield ""
    yield "## Next steps"
    yield ""
    yield _INTRODUCTION
    for safety, (title, text) in _SECTIONS.items():
        found = [one for one in steps if one.safety is safety]
        if found:
            yield ""
            yield f"### {title}"
            yield ""
            yield text
            yield ""
            yield _table(found)


def _table(steps: Sequence[Step]) -> str:
    """Show equal steps as one row, with all constructs."""
    rows: dict[tuple[str, ...], list[str]] = {}
    has_effects = any(one.effects or one.note for one in steps)
    for one in steps:
        remedy = cell(one.rule.python_remedy or one.rule.remedy)
        effects = (_effects(one),) if has_effects else ()
        row = (str(one.severity), f"{one.rule.id} {code(one.rule.slug)}", remedy, *effects)
        rows.setdefault(row, []).append(code(_call(one.part)))
    head = ["severity", "rule", "construct", "what to do", "what happens"]
    return table(
        head if has_effects else head[:-1],
        [
            [severity, rule, ", ".join(constructs), *rest]
            for (severity, rule, *rest), constructs in rows.items()
        ],
    )


def _effects(step: Step) -> str:
    told = [f"{one.text} ({one.rule.id}, {one.severity})" for one in step.effects]
    return cell(" ".join((*told, step.note)).strip())
