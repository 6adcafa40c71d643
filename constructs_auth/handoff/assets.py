"""Finds the files that a stack reads, such as Lambda archives, for the hand-off."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from constructs_auth.errors import UnreadableError
from constructs_auth.facts.file_arguments import (
    FILE_ARGUMENTS,
    FILE_FUNCTIONS,
    MAY_BE_MISSING,
    READ_BY_DATA_SOURCES,
)
from constructs_auth.facts.templates import Kind, TemplateSequence, holds_template, unescaped
from constructs_auth.handoff.archives import same_files
from constructs_auth.handoff.hcl.bodies import labelled
from constructs_auth.handoff.hcl.templates import in_json, quoted, write
from constructs_auth.handoff.inside import (
    belongs_to_a_tool,
    is_never_shared,
    is_of_handoff,
    read_inside,
)
from constructs_auth.handoff.local_modules import LOCAL_MODULE, called_modules
from constructs_auth.handoff.rewriting import (
    Piece,
    Tokens,
    each_string,
    in_quotes,
    parts_of,
    sequence,
    template_after,
    traversal,
    with_tokens,
)
from constructs_auth.terraform.module_files import HCL, JSON

_PLACES: Final = ("path.module", "path.root", "path.cwd")
"""References to the folder of the stack; all name the same folder."""
_MODULE: Final = traversal("path.module")
_MENTIONED: Final = re.compile(r"(?<![\w./-])(?:\./)?assets/[^\s\"'`$%,;:()\[\]{}<>|]+")
_FROM_PLACE: Final = re.compile(r"\$\{\s*(path\.(?:module|root|cwd))\s*\}/([^\"$%\n]+)")
_WITHOUT_SPACE: Final = re.compile(r"[^\s\"'`$%,;:()\[\]{}<>|]+")
_ESCAPED: Final = re.compile(r"[\\\"]|[$%]\{")
_CONFIGURATION: Final = (*HCL, *JSON, ".tfvars", ".tfvars.json", ".hcl")
"""The ends of names that Terraform reads in the folder itself."""
_ARCHIVE: Final = b"PK"
_FILE: Final = "file"
_FOLDER: Final = "folder"
_EITHER: Final = "file or folder"
_LONGEST: Final = 100
_NAMES: Final = frozenset({"description", "key", "name"})
"""Arguments that are not paths, although a program may use the path of an asset as a name."""
_WRITTEN: Final = ("local_file", "local_sensitive_file")
"""Resources that write the file of their argument `filename`."""
_REMEDY: Final = (
    "use a TerraformAsset, which copies the file into that folder, or a variable for a path of the "
    "new owner"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file of a hand-off that this library did not generate.

    Attributes:
        content: Its bytes.
        executable: Whether its owner may execute it.
    """

    content: bytes = field(repr=False)
    executable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The files that a stack reads.

    Attributes:
        document: The Terraform of the stack, with paths from the module.
        files: The files, by their path in the folder of the stack.
        uses: The place of each reference, such as `resource.aws_lambda_function.f.filename`, and
            the paths of the files and folders that it names.
        unknown: The places that read a file whose path is an expression.
        unchanged: The places whose text contains the path of an asset, but which need not be a
            path; Terraform must run in the folder of the hand-off to find the file.
    """

    document: Mapping[str, Any]
    files: Mapping[str, Asset]
    uses: Mapping[str, tuple[str, ...]]
    unchanged: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def collect(
    document: Mapping[str, Any], folder: Path, *, as_module: bool, earlier: Path | None = None
) -> Assets:
    """Find the files that the Terraform in *folder* reads, and name them from the module.

    Args:
        document: The Terraform JSON.
        folder: The folder of the stack.
        as_module: Whether another root module calls the Terraform.
        earlier: The folder of the last hand-off. Its archives are kept if they contain the same
            files: CDKTF writes the time of each file into an archive, so that no two are equal.

    Raises:
        UnreadableError: A file is missing, outside of *folder*, or must not be handed over.
    """
    collector = _Collector(
        folder, as_module=as_module, earlier=earlier, values=dict(_values(document))
    )
    rewritten = each_string(document, collector.change)
    for name, variable in _variables(document):
        collector.note_mentions(str(variable.get("default", "")), f"variable.{name}.default")
    collector.add_mentioned()
    return Assets(
        document=rewritten,
        files=dict(sorted(collector.files.items())),
        uses={place: tuple(names) for place, names in sorted(collector.uses.items())},
        unchanged=tuple(sorted(set(collector.unchanged))),
        unknown=tuple(sorted(collector.unknown - set(collector.unchanged))),
    )


def _variables(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for (name,), body, _ in labelled(document.get("variable"), 1, "variable"):
        yield name, body


def _values(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Walk through the local values and defaults that are plain texts, by their reference."""
    found = [(f"var.{name}", body.get("default")) for name, body in _variables(document)]
    for _, body, _ in labelled(document.get("locals"), 0, "locals"):
        found += [(f"local.{name}", value) for name, value in body.items()]
    for name, value in found:
        if isinstance(value, str) and value and not holds_template(value):
            yield name, unescaped(value)


class _Collector:
    """Reads the files that texts refer to."""

    def __init__(
        self, folder: Path, *, as_module: bool, earlier: Path | None, values: Mapping[str, str]
    ) -> None:
        self.files: dict[str, Asset] = {}
        self.uses: dict[str, list[str]] = {}
        self.unchanged: list[str] = []
        self.unknown: set[str] = set()
        self._mentioned: list[tuple[str, str]] = []
        self._walked: set[str] = set()
        self._folder = folder
        self._as_module = as_module
        self._earlier = earlier
        self._values = values

    def change(self, text: str, path: tuple[str, ...]) -> str:
        """Return *text* with its paths from the module."""
        place = ".".join(path)
        if path[0] == "module" and path[2:] == ("source",):
            if LOCAL_MODULE.match(text):
                self._add(text, place)
            return text
        changed = with_tokens(text, lambda tokens: self._in_calls(tokens, place))
        if path[3:5] == ("provisioner", "local-exec"):
            changed = _MENTIONED.sub(lambda found: self._in_command(found[0], place), changed)
        elif _names_file(path):
            changed = self._path(changed, path)
        if not _is_name(path) and not _is_written(path):
            self._note_paths_from_module(changed, place)
            self.note_mentions(changed, place)
        return changed

    def _note_paths_from_module(self, text: str, place: str) -> None:
        """Add the files that `${path.module}/…` names anywhere in *text*, if they exist."""
        for start, rest in _FROM_PLACE.findall(text):
            short = _WITHOUT_SPACE.match(rest)
            for name in (rest, short[0] if short else ""):
                if name.strip("/") and _exists(self._folder / name):
                    if self._as_module and start != "path.module":
                        self._mentioned.append((place, name))
                    else:
                        self._add(name, place)
                    break

    def note_mentions(self, text: str, place: str) -> None:
        """Record the paths of assets that are anywhere in *text*, which stays unchanged."""
        for found in _MENTIONED.findall(text):
            name = found.removeprefix("./").rstrip(".")
            if _exists(self._folder / name):
                self._mentioned.append((place, name))

    def add_mentioned(self) -> None:
        """Add the mentioned assets."""
        for place, name in self._mentioned:
            self._relative(name, place)
            if self._as_module:
                raise UnreadableError(
                    place,
                    f"must name {name!r} from the module, got a path that only Terraform in its "
                    "own folder can find",
                    remedy=f'write "${{path.module}}/{name}" in the program',
                )
            self._add(name, place)
            self.unchanged.append(place)

    def _note_value(self, reference: str) -> None:
        """Record the path that is a local value, or an existing one that is a default."""
        text = self._values.get(reference)
        if text is None:
            return
        kind, _, name = reference.partition(".")
        if kind == "local":
            self._mentioned.append((f"locals.{name}", text))
        elif _exists(self._folder / text):
            self._mentioned.append((f"variable.{name}.default", text))

    def _note_start(self, pieces: list[Piece], place: str) -> None:
        """Record the path that begins with a local value, or with the default of a variable."""
        if len(pieces) < 2 or isinstance(pieces[0], str) or not isinstance(pieces[1], str):  # noqa: PLR2004 - a value and a text
            return
        start = self._values.get(write(pieces[0][1:-1]))
        if start is None:
            return
        name = f"{start}{pieces[1]}"
        if len(pieces) > 2:  # noqa: PLR2004 - it goes on with a value
            name = name.rpartition("/")[0]
        if name and _exists(self._folder / name):
            self._mentioned.append((place, name))

    def _in_command(self, text: str, place: str) -> str:
        """Return a path in a command from the module."""
        name = text.removeprefix("./")
        if not _exists(self._folder / name):
            return text
        return f"${{path.module}}/{self._add(name, place)}"

    def _path(self, text: str, path: tuple[str, ...]) -> str:
        """Return the value of an argument that is a path.

        A plain path keeps its value in the state, where the provider compares it. Otherwise a
        takeover would replace a Lambda layer, because its path would begin with `./`.
        """
        parts = parts_of(text)
        if not text or parts is None:
            return text
        if len(parts) == 1 and isinstance(parts[0], TemplateSequence):
            self._note_value(write(parts[0].tokens))
        pieces: list[Piece] = [p if isinstance(p, str) else sequence(p.tokens) for p in parts]
        kind = _FOLDER if path[-1] == "source_dir" else _FILE
        if "provisioner" in path:
            kind = _EITHER
        found = self._from_module(pieces, ".".join(path), kind, plain=True)
        if found is None:
            return text
        new = [
            p if isinstance(p, str) else TemplateSequence(p[0].text, p[1:-1], p[-1].text)
            for p in found
        ]
        is_in_state = path[0] == "resource" and "provisioner" not in path
        is_plain = isinstance(parts[0], str) and not parts[0].startswith("./")
        if self._as_module or not is_in_state or not is_plain:
            return in_json(new)
        return f'${{trimprefix({quoted(new)}, "./")}}'

    def _in_calls(self, tokens: Tokens, place: str) -> Tokens:
        """Return an expression with the paths in its calls of functions that read files."""
        new: Tokens = ()
        index = 0
        while index < len(tokens):
            token = tokens[index]
            new += (token,)
            index += 1
            is_call = token.kind is Kind.WORD and token.text in FILE_FUNCTIONS
            if not is_call or not _opens(tokens, index):
                continue
            new += (tokens[index],)
            index = _after_lines(tokens, index + 1)
            argument = template_after(tokens, index)
            if argument is None or not _ends(tokens, argument[1]):
                self._refuse_whole_folder(tokens[index:], place)
                if _ends(tokens, index + 3):
                    self._note_value(_text_of(tokens[index : index + 3]))
                elif _is_calculated(tokens[index:]):
                    self.unknown.add(place)
                continue
            found = self._from_module(
                argument[0],
                place,
                _FOLDER if token.text == "fileset" else _FILE,
                plain=False,
                may_be_missing=token.text in MAY_BE_MISSING,
                is_template=token.text == "templatefile",
            )
            if found is not None:
                new += in_quotes(found)
                index = argument[1]
        return new

    def _from_module(
        self,
        pieces: list[Piece],
        place: str,
        kind: str,
        *,
        plain: bool,
        may_be_missing: bool = False,
        is_template: bool = False,
    ) -> list[Piece] | None:
        """Add the files of a path; return the path from the module, or `None` if it is not ours.

        Args:
            pieces: The path.
            place: Its place in the document.
            kind: What it must name: a file, a folder or either.
            plain: Whether its texts are plain; otherwise they are HCL.
            may_be_missing: Whether Terraform accepts a path without a file.
            is_template: Whether Terraform reads the file as a template.
        """
        pieces = list(pieces)
        if pieces and not isinstance(pieces[0], str) and write(pieces[0][1:-1]) in _PLACES:
            pieces = pieces[1:] or [""]
            if not isinstance(pieces[0], str):
                return None
            pieces[0] = pieces[0].removeprefix("/")
        if not pieces or not isinstance(pieces[0], str):
            self._note_start(pieces, place)
            return None
        text, rest = pieces[0], pieces[1:]
        if not plain and _ESCAPED.search(text):
            raise self._wrong(place, text, "contains an escape", remedy="rename it")
        # For a path that depends on a value, all files of its folder are needed.
        kept = ""
        if rest:
            text, separator, kept = text.rpartition("/")
            if not separator:
                raise self._wrong(
                    place, kept, "depends on a value", remedy="put such files into a folder"
                )
        if may_be_missing and not _exists(self._folder / text):
            return None
        name = self._add(text, place, _FOLDER if rest else kind, is_template=is_template)
        if _ESCAPED.search(name):
            raise self._wrong(place, name, "has a name that needs an escape", remedy="rename it")
        end = f"/{kept}" if rest else ""
        return [sequence(_MODULE), f"/{name}{end}", *rest]

    def _refuse_whole_folder(self, tokens: Tokens, place: str) -> None:
        """Reject `fileset(path.module, …)`: the folder has files that are not assets."""
        if _text_of(tokens[:3]) in _PLACES and tokens[3:] and tokens[3].text in (",", ")"):
            raise self._wrong(place, ".", "is that folder itself", remedy="name a folder in it")

    def _add(self, text: str, place: str, kind: str = _EITHER, *, is_template: bool = False) -> str:
        """Add a file, or all files of a folder; return its path in the folder of the stack."""
        name = self._relative(text, place)
        found = self._folder / name
        if kind not in (_EITHER, _FOLDER if found.is_dir() else _FILE):
            raise self._wrong(place, name, f"is not a {kind}", remedy=f"name a {kind}")
        if found.is_dir():
            if name not in self._walked:
                self._add_files_of(found, name, place)
            if place.startswith("module."):
                self._add_modules_of(found, place)
        else:
            self._read(name, found, place)
            if is_template:
                self._refuse_reading_template(name, place)
        names = self.uses.setdefault(place, [])
        if name not in names:
            names.append(name)
        return name

    def _add_files_of(self, folder: Path, name: str, place: str) -> None:
        """Add all files of a folder."""
        files = [*self._walk(folder, place)]
        if not files:
            raise self._wrong(place, name, "is an empty folder", remedy="put a file into it")
        for file in files:
            self._read(file.relative_to(self._folder).as_posix(), file, place)
        self._walked.add(name)

    def _relative(self, text: str, place: str) -> str:
        if "\0" in text or "\\" in text:
            raise self._wrong(place, text, "is no valid path on every system", remedy="rename it")
        if text.startswith("~") or Path(text).is_absolute():
            raise self._wrong(place, text, "is outside of it")
        found = self._folder / text
        if not _exists(found):
            outside = os.path.normpath(text).startswith("..")
            raise self._wrong(place, text, "is outside of it" if outside else "does not exist")
        root = self._folder.resolve()
        target = found.resolve()
        if not target.is_relative_to(root):
            linked = not os.path.normpath(text).startswith("..")
            raise self._wrong(
                place, text, "is a link to a place outside of it" if linked else "is outside of it"
            )
        if target == root:
            raise self._wrong(place, text, "is that folder itself", remedy="name a file in it")
        if ".." in PurePosixPath(text).parts:
            return target.relative_to(root).as_posix()
        return PurePosixPath(text).as_posix()

    def _walk(self, folder: Path, place: str) -> Iterator[Path]:
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            raise self._wrong(place, str(folder), f"is not readable ({error.strerror})") from None
        for entry in entries:
            if entry.is_dir():
                if entry.is_symlink():
                    name = entry.relative_to(self._folder).as_posix()
                    raise self._wrong(place, name, "is a link to a folder", remedy="copy the files")
                yield from self._walk(entry, place)
            else:
                self._relative(entry.relative_to(self._folder).as_posix(), place)
                yield entry

    def _read(self, name: str, file: Path, place: str) -> None:
        if name in self.files:
            return
        parts = PurePosixPath(name).parts
        if belongs_to_a_tool(name):
            raise self._wrong(place, name, "belongs to another tool", remedy="move it")
        if is_never_shared(name):
            raise self._wrong(
                place, name, "is a state, a plan or a file of secrets", remedy="leave it out"
            )
        if len(parts) == 1 and name.endswith(_CONFIGURATION):
            raise self._wrong(
                place, name, "would be part of the Terraform", remedy="move it into a folder"
            )
        if not is_of_handoff(name):
            raise self._wrong(place, name, "is no valid path on every system", remedy="rename it")
        try:
            mode = file.stat().st_mode
            if not stat.S_ISREG(mode):
                raise self._wrong(place, name, "is not a regular file")
            content = file.read_bytes()
        except OSError as error:
            raise self._wrong(place, name, f"is not readable ({error.strerror})") from None
        self.files[name] = Asset(
            content=self._earlier_archive(name, content) or content,
            executable=bool(mode & stat.S_IXUSR),
        )

    def _earlier_archive(self, name: str, content: bytes) -> bytes | None:
        """Return the archive of the last hand-off if it contains the same files as *content*."""
        if self._earlier is None or not content.startswith(_ARCHIVE):
            return None
        earlier = read_inside(self._earlier, name)
        return earlier if earlier and same_files(earlier, content) else None

    def _add_modules_of(self, folder: Path, place: str) -> None:
        """Add the modules beside *folder* that a module in it calls."""
        written = (one for one in folder.rglob("*") if one.name.endswith((*HCL, *JSON)))
        for file in sorted(written):
            for source in called_modules(file):
                called = Path(os.path.normpath(file.parent / source))
                if called.is_relative_to(folder):
                    continue
                name = os.path.relpath(called, self._folder)
                if name not in self.uses.get(place, ()):
                    self._add(name, place)

    def _refuse_reading_template(self, name: str, place: str) -> None:
        """Reject a template that reads a file itself: it cannot name the file from the module."""
        parts = parts_of(self.files[name].content.decode(errors="replace")) or ()
        for part in parts:
            if not isinstance(part, str) and any(
                token.text in FILE_FUNCTIONS and _opens(part.tokens, index + 1)
                for index, token in enumerate(part.tokens)
                if token.kind is Kind.WORD
            ):
                raise self._wrong(
                    place, name, "reads another file", remedy="pass the text as a variable"
                )

    def _wrong(self, place: str, name: str, why: str, *, remedy: str = _REMEDY) -> UnreadableError:
        shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
        return UnreadableError(
            place,
            f"must name a file in the folder of the stack, got {shown!r}, which {why}",
            remedy=remedy,
        )


def _names_file(path: tuple[str, ...]) -> bool:
    match path:
        case ("resource", kind, _, argument):
            return argument in FILE_ARGUMENTS.get(kind, ())
        case ("data", kind, _, argument):
            return argument in READ_BY_DATA_SOURCES.get(kind, ())
        case ("resource", _, _, "provisioner", "file", "source"):
            return True
    return False


def _is_written(path: tuple[str, ...]) -> bool:
    """Return whether Terraform writes the file that an argument names."""
    match path:
        case ("resource", kind, _, "filename"):
            return kind in _WRITTEN
    return path[-1] == "output_path"


def _is_calculated(tokens: Tokens) -> bool:
    """Return whether the first argument in *tokens* is not just a reference."""
    depth = 0
    for token in tokens:
        if depth == 0 and token.symbol in (",", ")"):
            return False
        if token.symbol in ("(", "?", "{", "<"):
            return True
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
    return False


def _is_name(path: tuple[str, ...]) -> bool:
    return path[-1] in _NAMES or "tags" in path


def _text_of(tokens: Tokens) -> str:
    """Return the text of *tokens*, which need not be a whole expression."""
    return "".join(token.text for token in tokens)


def _opens(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and tokens[index].symbol == "("


def _ends(tokens: Tokens, index: int) -> bool:
    """Return whether an argument ends at *index*."""
    after = _after_lines(tokens, index)
    return after < len(tokens) and tokens[after].symbol in (",", ")")


def _after_lines(tokens: Tokens, index: int) -> int:
    """Return the index of the first token from *index* on that is not a line break."""
    while index < len(tokens) and tokens[index].kind is Kind.NEWLINE:
        index += 1
    return index


def _exists(path: Path) -> bool:
    """Return whether the file exists; for a name that no file can have, it does not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
