"""What is written is what was meant: HCL read by another's parser is the JSON again."""

import json
import re
from typing import Any

import hcl2
import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from constructs_auth.handoff.build import Options, build
from constructs_auth.handoff.hcl.document import render
from constructs_auth.handoff.reading import Stack
from constructs_auth.handoff.schema import aws_schema
from tests.unit.handoff.samples import examples, thorough_examples

EXAMPLES = examples()


class Hcl(SingleFileSnapshotExtension):
    """One file of Terraform for each test."""

    file_extension = "tf"
    _write_mode = WriteMode.TEXT


def read_hcl(text: str) -> Any:
    """Read HCL: templates as in Terraform JSON, every block a list."""
    options = hcl2.SerializationOptions(
        strip_string_quotes=True, explicit_blocks=False, preserve_heredocs=False
    )
    return hcl2.loads(text, serialization_options=options)


def normalized(value: Any) -> Any:
    """Take away what the two languages may spell in two ways."""
    if isinstance(value, dict):
        return {
            key: normalized(item) for key, item in value.items() if key != "//" and item is not None
        }
    if isinstance(value, list):
        items = [normalized(item) for item in value]
        if items and all(isinstance(item, dict) for item in items):
            return merged(items)
        return items
    if isinstance(value, str):
        document = json_document(value)
        if document is not None:
            return normalized(document)
        # The reader leaves heredocs as they are written, in a call or with escaped quotes.
        value = re.sub(r"^\$\{chomp\((<<-EOT\n)?(.*)\)\}$", r"\2", value, flags=re.DOTALL)
        value = value.replace('\\"', '"')
        whole = re.fullmatch(r"\$\{(.*)\}", value, re.DOTALL)
        return re.sub(r"\s", "", whole.group(1) if whole else value)
    return value


def merged(items: list[dict[str, Any]]) -> Any:
    """Blocks that stand apart in HCL are one object in JSON, by their labels."""
    if len(items) == 1:
        return items[0]
    found: dict[str, Any] = {}
    for item in items:
        for key, inner in item.items():
            if key not in found:
                found[key] = inner
            elif isinstance(found[key], dict) and isinstance(inner, dict):
                found[key] = merged([found[key], inner])
            else:
                return items
    return found


def json_document(text: str) -> Any:
    """A JSON document, as a text or as a call of jsonencode."""
    call = re.fullmatch(r"\$\{jsonencode\((.*)\)\}", text, re.DOTALL)
    if call:
        return hcl2.loads(
            f"a = {call.group(1)}\n",
            serialization_options=hcl2.SerializationOptions(strip_string_quotes=True),
        )["a"]
    if not text.startswith("{"):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


@pytest.mark.parametrize("name", thorough_examples())
def test_hcl_read_back_is_the_json(name: str) -> None:
    written = read_hcl(render(EXAMPLES[name], aws_schema()))

    assert normalized(written) == normalized(EXAMPLES[name])


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str, snapshot: SnapshotAssertion) -> None:
    """What a platform team gets: the Terraform of all files, one below the other."""
    files = build(Stack(name=name, document=EXAMPLES[name]), Options()).files
    terraform = [f"# {name}\n\n{files[name]}" for name in sorted(files) if name.endswith(".tf")]

    assert "\n".join(terraform) == snapshot.use_extension(Hcl)
