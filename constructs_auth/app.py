"""The app, which reads settings and reports errors before it writes files."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from constructs_auth._construct import place_of, remember_place
from constructs_auth.engine import App
from constructs_auth.errors import InvalidValueError, SynthesisError
from constructs_auth.rules.synthesized import FILE
from constructs_auth.stack import AuthStack

_CONTEXT_VARIABLE = "CDKTF_CONTEXT_JSON"
_OUTDIR_VARIABLE = "CDKTF_OUTDIR"


class AuthApp(App):
    """A CDKTF app that reports all mistakes of a run in one Python error.

    Args:
        outdir: The folder that `synth` writes to. It is created, with its parents. By default the
            environment variable `CDKTF_OUTDIR`, or `cdktf.out`.
        context: Settings by name. By default the `context` of `cdktf.json` in the current folder,
            so that `python main.py` and `cdktf synth` use the same settings.

    Raises:
        InvalidValueError: A folder that cannot be created, or a context that is not an object.
    """

    def __init__(
        self, *, outdir: str | None = None, context: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(
            outdir=_created(outdir), context=_context() if context is None else context
        )
        remember_place(self, None, "")

    def setting(self, name: str, *, environment: str) -> str:
        """Return the setting *name*: the environment variable *environment*, or else the context.

        Raises:
            InvalidValueError: The setting is missing, empty, or not a text.
        """
        value = os.environ.get(environment) or self.node.try_get_context(name)
        if not isinstance(value, str) or not value:
            raise InvalidValueError(
                f"setting {name}",
                "must be a text that is not empty",
                got=value,
                remedy=f'add "{name}" to the context of cdktf.json, or set {environment}',
            )
        return value

    def synth(self) -> None:
        """Check every stack, print warnings and findings, and write the Terraform JSON.

        Next to each `cdk.tf.json` it writes a `constructs-auth.json`, which Terraform does not
        read. It contains the accepted findings, and the source line of each resource.

        Raises:
            SynthesisError: Something cannot work, or a finding has at least the severity `fail_on`
                of its stack. Nothing was written.
        """
        stacks = [child for child in self.node.children if isinstance(child, AuthStack)]
        for stack in stacks:
            stack.prepare_stack()
        inspections = [stack.inspect() for stack in stacks]
        problems = [problem for found in inspections for problem in found.problems]
        if problems:
            raise SynthesisError(problems)
        for stack, inspection in zip(stacks, inspections, strict=True):
            inspection.print_warnings()
            stack.inspected = True
        super().synth()
        folders = Path(self.outdir) / "stacks"
        for stack, inspection in zip(stacks, inspections, strict=True):
            folder = folders / place_of(stack).construct_id
            text = inspection.judgement.synthesized.dumps()
            (folder / FILE).write_text(text, encoding="utf-8")


def _created(outdir: str | None) -> str | None:
    """Create the folder that CDKTF writes to, with its parents, which CDKTF does not create."""
    folder = outdir or os.environ.get(_OUTDIR_VARIABLE)
    if not folder:
        return None
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidValueError(
            "AuthApp.outdir" if outdir else _OUTDIR_VARIABLE,
            f"must be a folder that can be created ({error.strerror})",
            got=folder,
            remedy="name another folder",
        ) from None
    return folder


def _context() -> dict[str, object]:
    handed_over = os.environ.get(_CONTEXT_VARIABLE)
    if handed_over is not None:
        return _object(_CONTEXT_VARIABLE, handed_over)
    path = Path("cdktf.json")
    if not path.is_file():
        return {}
    context = _object("cdktf.json", path.read_text(encoding="utf-8")).get("context", {})
    if not isinstance(context, dict):
        raise InvalidValueError(
            "cdktf.json", "must have an object as context", got=context, remedy="write {}"
        )
    return context


def _object(subject: str, text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidValueError(
            subject, "must be JSON", got=str(error), remedy="fix it at that place"
        ) from None
    if not isinstance(found, dict):
        raise InvalidValueError(subject, "must be an object", got=found, remedy="write {}")
    return found
