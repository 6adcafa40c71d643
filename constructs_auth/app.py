"""The app, which reads settings and reports errors before it writes files."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from constructs_auth import _checks
from constructs_auth._inspection import Inspection, State, shared_states, state_of
from constructs_auth._place import is_stack, place_of, remember_place
from constructs_auth.engine import (
    App,
    Manifest,
    TerraformStack,
    reject_foreign_elements,
)
from constructs_auth.errors import InvalidValueError, Problem, SynthesisError
from constructs_auth.judge import folder_of, judges_of, judging, write_beside
from constructs_auth.report.swap import swap
from constructs_auth.stack import check_stack_id

_CONTEXT_VARIABLE = "CDKTF_CONTEXT_JSON"
_OUTDIR_VARIABLE = "CDKTF_OUTDIR"
_OUTDIR = "cdktf.out"
_EMPTY = re.compile(r"([\[{])\n *([\]}])")
_ERROR_OF_NODE = re.compile(r"(?:Error: )*E(?:DQUOT|FBIG|NOSPC|ROFS): ([^,]+),")
_ERRORS_OF_CDKTF = re.compile(
    r"(?:Error: )*(?:(?:App-level v|V)alidation failed with|Encountered Annotations)[^\n]*:\n"
    r"(.*?)\n(?:\nIf you|Validations allow|\nEither fix)",
    re.DOTALL,
)


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
        self._beside: Manifest | None = None
        self._outdir = self._outdir_beside = ""
        super().__init__(
            outdir=_created(outdir),
            context=_checked_context(_context() if context is None else context),
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

    @property
    def outdir(self) -> str:
        """The folder that `synth` writes to; while it runs, the one that CDKTF writes to."""
        # CDKTF reads it several times for each stack, and each call from Node takes a while.
        if self._beside is not None:
            return self._outdir_beside
        if not self._outdir:
            self._outdir = super().outdir
        return self._outdir

    @property
    def manifest(self) -> Manifest:
        """The manifest of the stacks, as `outdir` has it."""
        return super().manifest if self._beside is None else self._beside

    def synth(self) -> None:
        """Write the Terraform JSON of every stack, if nothing in it stops the synthesis.

        CDKTF writes everything into a temporary folder in *outdir*. The rules judge these files,
        with all changes by Aspects. Then all files move to their places, or none.

        Next to each `cdk.tf.json` it writes a `constructs-auth.json`, which Terraform does not
        read. It contains the accepted findings, and the source line of each resource.

        Raises:
            SynthesisError: Something cannot work, or a finding has at least the severity `fail_on`
                of its stack. Nothing was written.
            InvalidValueError: The folder cannot be written; the old files are whole.
        """
        stacks = [each for each in self.node.find_all() if is_stack(each)]
        for stack in stacks:
            reject_foreign_elements(stack)
        _raise_problems(_problems_of_ids(stacks))
        with _writing(self.outdir):
            beside = Path(tempfile.mkdtemp(prefix=".synth-", dir=self.outdir))
            try:
                inspections = self._synth_beside(stacks, beside)
            finally:
                with suppress(OSError):
                    shutil.rmtree(beside)
        for stack, inspection in inspections.items():
            inspection.print_warnings(folder_of(Path(self.outdir), stack))

    def _synth_beside(
        self, stacks: Sequence[TerraformStack], beside: Path
    ) -> Mapping[TerraformStack, Inspection]:
        """Let CDKTF write to *beside*, judge the files, and move them to their places."""
        new = beside / "new"
        new.mkdir()
        with judging(self), _named_errors_of_cdktf():
            self._beside = Manifest(super().manifest.version, str(new), self.hcl_output)
            self._outdir_beside = str(new)
            try:
                super().synth()
            finally:
                self._beside = None
        _unify(new)
        documents = {stack: _document(new, stack) for stack in stacks}
        judges = judges_of(self)
        found = {
            stack: judges[stack].inspect(documents[stack]) for stack in stacks if stack in judges
        }
        states = [
            found[stack].state if stack in found else _state(stack, documents[stack] or {})
            for stack in stacks
        ]
        _raise_problems(
            [
                *(problem for inspection in found.values() for problem in inspection.problems),
                *shared_states(states),
            ]
        )
        for stack, inspection in found.items():
            write_beside(new, stack, inspection)
        swap(Path(self.outdir), _in_order(new, Path(self.outdir)), beside)
        for stack in stacks:
            if isinstance(stack, TerraformStack):  # CDK Terrain's takes no stack of CDKTF
                super().manifest.for_stack(stack)
        return found


def _raise_problems(problems: Sequence[Problem]) -> None:
    if problems:
        raise SynthesisError(problems)


def _problems_of_ids(stacks: Sequence[TerraformStack]) -> list[Problem]:
    """Return an error for each stack with a folder outside *outdir*, or that of another stack."""
    problems = []
    first: dict[str, tuple[str, str]] = {}
    for stack in stacks:
        place = place_of(stack)
        try:
            check_stack_id("stack", place.construct_id)
        except InvalidValueError as error:
            problems.append(Problem(path=place.path, text=str(error)))
        folder = place.construct_id.casefold()  # Windows and macOS take both for one folder
        owner, taken = first.setdefault(folder, (place.path, place.construct_id))
        if owner == place.path:
            continue
        shared = f"the id of {owner}"
        if taken != place.construct_id:
            shared = f"which differs from the id of {owner} in upper and lower case only"
        problems.append(
            Problem(
                path=place.path,
                text=f"stack: must have an id of its own, got {place.construct_id!r}, {shared}; "
                "choose another one, because it names the folder",
            )
        )
    return problems


def _unify(folder: Path) -> None:
    """Write empty objects and lists on one line, as CDK Terrain does; only this differs."""
    for file in (*folder.glob("stacks/*/cdk.tf.json"), folder / "manifest.json"):
        text = file.read_text(encoding="utf-8")
        unified = _EMPTY.sub(r"\1\2", text)  # in a text of JSON, a line break is `\n`
        if unified != text:
            file.write_text(unified, encoding="utf-8")


def _document(folder: Path, stack: TerraformStack) -> dict[str, Any] | None:
    """Return the Terraform JSON that CDKTF wrote; `None` if it wrote HCL."""
    file = folder_of(folder, stack) / "cdk.tf.json"
    if not file.is_file():
        return None
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


def _state(stack: TerraformStack, document: Mapping[str, Any]) -> State:
    """Return the state of a stack that is not judged."""
    place = place_of(stack)
    return state_of(document, path=place.path, folder=place.construct_id)


def _in_order(new: Path, folder: Path) -> list[str]:
    """Return the files of *new*, and the assets in *folder* that they replace, as relative paths.

    Assets, whose paths contain a digest, go first, and the manifest of all stacks goes last: so the
    files in the folder fit together at each moment.
    """
    files = {path.relative_to(new).as_posix() for path in new.rglob("*") if not path.is_dir()}
    stale = {
        path.relative_to(folder).as_posix()
        for assets in new.glob("stacks/*/assets/*")
        for path in (folder / assets.relative_to(new)).rglob("*")
        if not path.is_dir()
    }
    assets = {file for file in files if file.split("/")[2:3] == ["assets"]}
    return [*sorted(assets), *sorted(files - assets, key=_late), *sorted(stale - files)]


def _late(file: str) -> tuple[bool, str]:
    return "/" not in file, file


@contextmanager
def _writing(outdir: str) -> Iterator[None]:
    """Raise our error for a folder that cannot be written, in Python or in Node."""
    try:
        yield
    except OSError as error:
        reason = error.strerror
    except RuntimeError as error:
        of_node = _ERROR_OF_NODE.match(str(error))
        if of_node is None:
            raise
        reason = of_node[1]
    else:
        return
    raise InvalidValueError(
        "AuthApp.outdir",
        f"must be a folder that can be written ({reason})",
        got=outdir,
        remedy="make room or change its permissions, or name another folder; the old files are "
        "as they were",
    )


@contextmanager
def _named_errors_of_cdktf() -> Iterator[None]:
    """Raise our error with the reports of CDKTF's validations and annotations."""
    try:
        yield
    except RuntimeError as error:
        reported = _ERRORS_OF_CDKTF.match(str(error))
        if reported is None:
            raise
        errors = re.split(r"\n *(?=\[)", reported[1].strip())
    else:
        return
    raise SynthesisError([_problem(each) for each in errors])


def _problem(text: str) -> Problem:
    path, _, rest = text.removeprefix("[").partition("] ")
    return Problem(path=path, text=rest) if rest else Problem(path="app", text=text)


def _created(outdir: str | None) -> str:
    """Create the folder that CDKTF writes to, with its parents, which CDKTF does not create."""
    if not isinstance(outdir, str | None):
        raise InvalidValueError(
            "AuthApp.outdir", "must be a text", got=outdir, remedy="write the path of a folder"
        )
    given = outdir or os.environ.get(_OUTDIR_VARIABLE)
    folder = given or _OUTDIR
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / "stacks").mkdir(exist_ok=True)
    except OSError as error:
        raise InvalidValueError(
            _OUTDIR_VARIABLE if given and not outdir else "AuthApp.outdir",
            f"must be a folder that can be created ({error.strerror})",
            got=folder,
            remedy="name another folder",
        ) from None
    return folder


def _checked_context(context: Mapping[str, object]) -> Mapping[str, object]:
    """Reject a context that cannot be sent to Node, which would end."""
    _checks.kind("AuthApp.context", context, Mapping)
    try:
        json.dumps({**context}, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidValueError(
            "AuthApp.context",
            f"must be a mapping that JSON can contain ({error})",
            got=type(context).__name__,
            remedy="write texts, finite numbers, lists and mappings",
        ) from None
    return context


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
