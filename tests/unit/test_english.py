"""Pages, docstrings and messages have no phrase that readers did not understand.

The list is short: only phrases that are wrong wherever they stand. CONTRIBUTING.md, «How we
write», says what else to look for.
"""

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
PAGES = (
    *(ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md")),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "examples").rglob("*.md"),
    ROOT / "tests/emulator/README.md",
)
INSTEAD = {
    r"\baloud\b": "print a warning",
    r"\banew\b": "again",
    r"\bbelongs? into\b": "belong in",
    r"\bby the thousand\b": "thousands of",
    r"\bfor else\b": "otherwise",
    r"\bfor ever\b": "forever",
    r"\bin the clear\b": "in plain text",
    r"\b(?:is|are|was|were) (?:said|told)\b": "who says it, with an active verb",
    r"\bof nobody\b": "of no user",
    r"\bwhile which\b": "until then",
    r"\bwhoever\b": "everybody who",
    r"\bwithout a word\b": "without a warning",
    r"(?-i:(?:^|\. )Of (?!these\b))": "the subject first",
    r"\b(?:behaviour|colour|favour|honour|neighbour)": "American spelling",
}
"""What to write instead of each pattern, in any case of letters."""


def texts() -> Iterator[tuple[str, str]]:
    """Every line of the pages, and every text of the package, with its place."""
    for page in PAGES:
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{page.relative_to(ROOT)}:{number}", line
    for file in sorted((ROOT / "constructs_auth").rglob("*.py")):
        for node in nodes_of(file):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", " ".join(node.value.split())


def test_no_text_has_a_phrase_that_readers_did_not_understand() -> None:
    # One search in all texts takes a tenth of the time of a search in each.
    places, lines = zip(*texts(), strict=True)
    together = "\n".join(lines)
    ends = [*accumulate(len(line) + 1 for line in lines)]
    found = [
        f"{places[bisect_right(ends, match.start())]}: {match[0]!r}: {instead}"
        for pattern, instead in INSTEAD.items()
        for match in re.finditer(pattern, together, re.IGNORECASE | re.MULTILINE)
    ]
    assert found == []
