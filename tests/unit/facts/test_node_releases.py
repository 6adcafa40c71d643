"""The releases of Node.js are those of jsii, which starts it."""

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from constructs_auth.facts.node_releases import END_OF_LIFE, RECOMMENDED, TRIED

PROJECT = Path(__file__).parents[3]


def test_the_ends_of_life_are_those_of_jsii() -> None:
    """Read, not imported: importing jsii would be the start of Node."""
    spec = find_spec("jsii")
    assert spec is not None
    assert spec.origin is not None
    runtime = Path(spec.origin).parent / "_embedded/jsii/bin__jsii-runtime.js"
    releases = re.findall(
        r'\bNodeRelease\((\d+),\{endOfLife:new Date\("([\d-]+)"\)',
        runtime.read_text(encoding="utf-8"),
    )
    known = {int(release): date.fromisoformat(end) for release, end in releases}
    assert {release: known.get(release) for release in END_OF_LIFE} == END_OF_LIFE


def test_the_readme_asks_for_what_is_tried() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert f"Node.js {RECOMMENDED} or newer" in readme
    assert f"Node.js {TRIED[0]} still works" in readme
    assert RECOMMENDED in TRIED
