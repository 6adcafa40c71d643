"""The arguments that are paths, held against the schema and the bindings of the provider."""

import re
from importlib.util import find_spec
from pathlib import Path

from constructs_auth.facts.file_arguments import FILE_ARGUMENTS
from constructs_auth.handoff.schema import aws_schema


def bindings_of(kind: str) -> str:
    """The Python text of the bindings of a type; nothing is imported, which would start Node."""
    spec = find_spec("cdktf_cdktf_provider_aws")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / kind.removeprefix("aws_") / "__init__.py").read_text("utf-8")


def test_each_argument_of_aws_exists() -> None:
    known = {kind for kind in FILE_ARGUMENTS if aws_schema().body("resource", kind).known}
    assert known == {kind for kind in FILE_ARGUMENTS if kind.startswith("aws_")}
    for kind in known:
        for name in FILE_ARGUMENTS[kind]:
            assert re.search(rf"^    def {name}\(self\)", bindings_of(kind), re.MULTILINE), kind
