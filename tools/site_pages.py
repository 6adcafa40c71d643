"""Assemble the pages of the documentation site in `build/site/pages`.

`make docs-site` runs it before MkDocs. The pages of `docs/` stay where they are, readable without
the site; this program copies them, adds what stands elsewhere (the README, the examples, sources
that a page links to), divides the long page of rules, and writes the reference of the Python names.
It changes links accordingly, and fails if the target of a link does not exist.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from constructs_auth.report.markdown import plain
from constructs_auth.rules.registry import SUBJECTS
from tools.reference_pages import reference_pages

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "build" / "site" / "pages"

NAMED = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "LICENSE": "license.md",
    "SECURITY.md": "security.md",
    "docs/adr": "adr/index.md",
    "examples": "examples/index.md",
}
"""Where files and folders outside of `docs/` are on the site."""

_NOT_SEARCHED = "---\nsearch:\n  exclude: true\n---\n\n"
_LANGUAGES = {".py": "python", ".yml": "yaml", ".json": "json"}
_FENCE = re.compile(r"( *)(`{3,}|~{3,})")
_LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\]\()([^)\s]+)(\))")
_CODE_OR_LINK = re.compile(rf"(`+)(?!`).*?(?<!`)\1(?!`)|{_LINK.pattern}")
_LIST_ITEM = re.compile(r" *(?:[-*]|\d+\.) ")
_INDENT = 4
_RULE_HEADING = re.compile(r"^### (C[GV]\w+)$", re.MULTILINE)
_HIDDEN = re.compile(r"^<!--.*?-->\n+", re.DOTALL | re.MULTILINE)


class BrokenLinkError(Exception):
    """A page links to a file that does not exist."""


def assemble(root: Path, pages: Path) -> None:
    """Write all pages of the project in *root* into the new folder *pages*.

    Raises:
        BrokenLinkError: A page links to a file that does not exist.
    """
    if pages.exists():
        shutil.rmtree(pages)
    site = Site(root, pages)
    for file in sorted((root / "docs").rglob("*")):
        if file.suffix == ".md":
            site.add(file.relative_to(root).as_posix())
        elif file.is_file():
            site.copy(file)
    for name in NAMED:
        site.add(name)
    for example in sorted((root / "examples").glob("*/main.py")):
        site.add(example.parent.relative_to(root).as_posix())
    for name, text in reference_pages().items():
        site.write(name, text)


class Site:
    """The pages that are written, and those that links ask for.

    Args:
        root: The folder of the project.
        pages: The folder to write to.
    """

    def __init__(self, root: Path, pages: Path) -> None:
        self._root = root
        self._pages = pages
        self._added: set[str] = set()
        self._moved_anchors = _rule_pages()

    def add(self, source: str) -> str:
        """Write the page of a file or folder of the project, and return the page's name."""
        name = page_of(source)
        if source in self._added:
            return name
        self._added.add(source)
        path = self._root / source
        if path.is_dir() and not (path / "main.py").exists() and (path / "README.md").exists():
            return self.add(f"{source}/README.md")
        if path.is_dir():
            example = path / "main.py"
            text = self._example(source) if example.is_file() else self._listing(path)
        elif source == "docs/rules.md":
            text = self._rules(path.read_text(encoding="utf-8"))
        elif path.suffix == ".md":
            text = self._converted(path.read_text(encoding="utf-8"), source, name)
            text = f"{_NOT_SEARCHED}{text}" if name.startswith("source/") else text
        else:
            text = _source_page(path, source)
        self.write(name, text)
        return name

    def copy(self, file: Path) -> None:
        """Copy a file of `docs/` that is not a page, such as an image."""
        target = self._pages / file.relative_to(self._root / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)

    def write(self, name: str, text: str) -> None:
        """Write the page *name*."""
        target = self._pages / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def _converted(self, text: str, source: str, name: str) -> str:
        """Return a Markdown page of GitHub as one of Python-Markdown, with the site's links."""

        def link(target: str) -> str:
            return self._link(target, source, name)

        return "\n".join(_lines(_HIDDEN.sub("", text), link)) + "\n"

    def _link(self, target: str, source: str, name: str) -> str:
        """Return the link *target* of the file *source* as a link of the page *name*."""
        path, hash_sign, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target) or (not path and source != "docs/rules.md"):
            return target
        wanted = os.path.normpath(Path(source).parent / path) if path else source
        if wanted.startswith("..") or not (self._root / wanted).exists():
            raise BrokenLinkError(f"{source}: {target}")
        if (self._root / wanted).suffix in {".png", ".svg"}:
            return _relative(wanted.removeprefix("docs/"), name)
        page = page_of(wanted)
        if wanted == "docs/rules.md":
            page = self._moved_anchors.get(anchor, page)
        self.add(wanted)
        return f"{_relative(page, name)}{hash_sign}{anchor}"

    def _example(self, source: str) -> str:
        """Return the page of an example: its README, then its program."""
        readme = f"{source}/README.md"
        text = (self._root / readme).read_text(encoding="utf-8")
        program = (self._root / source / "main.py").read_text(encoding="utf-8")
        page = self._converted(text, readme, page_of(source))
        return f"{page}\n## The program\n\n```python\n{program}```\n"

    def _listing(self, folder: Path) -> str:
        """Return a page with links to what is in a folder."""
        source = folder.relative_to(self._root).as_posix()
        lines = [f"# {'Decisions' if source == 'docs/adr' else f'`{source}`'}", ""]
        for entry in sorted(folder.iterdir()):
            inner = f"{source}/{entry.name}"
            if source in NAMED and not entry.name.startswith(("_", ".")):
                page = _relative(self.add(inner), page_of(source))
                title = _title_of(entry)
                lines.append(f"- [{title}]({page})")
            elif entry.suffix == ".py" and entry.name != "__init__.py":
                lines.append(f"- `{entry.name}`")
        return "\n".join(lines) + "\n"

    def _rules(self, text: str) -> str:
        """Write a page for the rules of each subject, and return the page with the tables."""
        tables, *rest = _RULE_HEADING.split(text)
        details = dict(zip(rest[::2], rest[1::2], strict=True))
        # A heading of the next family stands at the end of a rule's text.
        families = {rule: _next_family(body) for rule, body in details.items()}
        for subject in SUBJECTS:
            name = _subject_page(subject.__name__)
            own = [rule.id for rule in subject.RULES]
            body = "".join(
                f"### {rule}\n{details[rule].removesuffix(families[rule])}" for rule in own
            )
            title = f"Rules: {_words(subject.__name__)}"
            intro = f"# {title}\n\n{len(own)} of the [rules](../rules.md).\n\n"
            self.write(name, intro + self._converted(body, "docs/rules.md", name))
        page = tables + "".join(families.values())
        return self._converted(page, "docs/rules.md", "rules.md")


def page_of(source: str) -> str:
    """Return where a file or folder of the project is on the site."""
    if source in NAMED:
        return NAMED[source]
    name = source.removesuffix("/README.md")
    if name in NAMED:
        return NAMED[name]
    if name.startswith("docs/"):
        return name.removeprefix("docs/")
    if name.startswith("examples/"):
        return f"{name.removesuffix('/main.py')}.md"
    return f"source/{name.removesuffix('.md').lstrip('.')}.md"


def _lines(text: str, link: Callable[[str], str]) -> Iterator[str]:
    """Yield the lines of *text* as Python-Markdown reads them.

    Unlike GitHub, it wants four spaces before what belongs to a list item, and an empty line
    before a list.
    """
    fence, shift, before = "", 0, ""
    for line in text.splitlines():
        found = _FENCE.match(line)
        if fence:
            yield f"{' ' * shift}{line}" if line else line
            if found and found[2].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif found:
            fence, shift = found[2], (_INDENT - len(found[1])) % _INDENT if found[1] else 0
            yield f"{' ' * shift}{line}"
        else:
            if _LIST_ITEM.match(line) and before and not _LIST_ITEM.match(before):
                yield from [""] if not before.startswith(" ") else []
            indent = len(line) - len(line.lstrip(" "))
            levels = -(-indent // _INDENT) * _INDENT
            linked = _CODE_OR_LINK.sub(lambda match: _linked(match, link), line.lstrip(" "))
            yield f"{' ' * levels}{linked}"
        before = line


def _linked(found: re.Match[str], link: Callable[[str], str]) -> str:
    """Return a code span as it is, and a link with the target that *link* gives."""
    if found[3] is None:
        return found[0]
    return f"{found[2]}{link(found[3])}{found[4]}"


def _relative(page: str, name: str) -> str:
    return Path(os.path.relpath(page, Path(name).parent)).as_posix()


def _source_page(path: Path, source: str) -> str:
    """Return a page that shows a file, and that search leaves out."""
    text = path.read_text(encoding="utf-8")
    if path.name == "LICENSE":
        return f"# License\n\n```text\n{text}```\n"
    return f"{_NOT_SEARCHED}# `{source}`\n\n````{_LANGUAGES.get(path.suffix, 'text')}\n{text}````\n"


def _title_of(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def _next_family(body: str) -> str:
    found = re.search(r"^## .*", body, re.DOTALL | re.MULTILINE)
    return found[0] if found else ""


def _words(module: str) -> str:
    return plain(module.rpartition(".")[2].replace("_", " "))


def _subject_page(module: str) -> str:
    return f"rules/{module.rpartition('.')[2]}.md"


def _rule_pages() -> Mapping[str, str]:
    """Return the page of each rule, by its anchor."""
    return {
        rule.id.lower(): _subject_page(subject.__name__)
        for subject in SUBJECTS
        for rule in subject.RULES
    }


if __name__ == "__main__":
    try:
        assemble(ROOT, PAGES)
    except BrokenLinkError as error:
        sys.exit(f"{error}: is a link to a file that does not exist")
