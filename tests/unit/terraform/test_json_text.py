"""What every reader of JSON does: how large an input may be, and what it shares."""

import io
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from constructs_auth.cli import main
from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.json_text import parse, read_bytes, read_standard_input

TOO_LARGE = (
    "{name}: must have at most 1 MB; give a part of it, or set CONSTRUCTS_AUTH_MAX_INPUT_MB to its "
    "size, if the machine has eight times as much memory"
)


class Endless(io.BytesIO):
    """A stream that never ends, and counts what is read."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Return as much as is asked for, but never all."""
        assert size is not None
        assert size > 0
        self.given += size
        return b" " * size


@pytest.fixture(autouse=True)
def _one_megabyte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSTRUCTS_AUTH_MAX_INPUT_MB", "1")


def test_a_file_over_the_limit_is_refused_on_one_line(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(b" " * 1_000_001)

    with pytest.raises(UnreadableError) as refused:
        read_bytes(file, remedy="give a file")

    assert str(refused.value) == TOO_LARGE.format(name=file)


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(b"1".rjust(1_000_000))

    assert parse(read_bytes(file, remedy="give a file"), "plan", remedy="give a plan") == 1


def test_standard_input_is_not_read_far_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Endless()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stream))

    with pytest.raises(UnreadableError) as refused:
        parse(read_standard_input(), "standard input", remedy="pipe a plan into it")

    assert str(refused.value) == TOO_LARGE.format(name="standard input")
    assert stream.given <= 2_000_000


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("main.tf", ["check", "."]),
        ("main.tf.json", ["check", "."]),
        ("cdk.tf.json", ["handoff", ".", "--out", "new"]),
        ("cdk.tf.json", ["handoff", "cdk.tf.json", "--out", "new"]),
    ],
)
def test_a_file_of_a_folder_over_the_limit_is_refused_on_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    command: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(b"\n" * 1_000_001)

    assert main(command) == 3
    assert capsys.readouterr().err == (
        f"constructs-auth {command[0]}: {TOO_LARGE.format(name=name)}\n"
    )
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("command", [["check", "pipe"], ["handoff", "pipe", "--out", "new"]])
def test_no_command_waits_for_a_named_pipe(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")

    assert main(command) == 3
    assert "pipe: must be a regular file, got a named pipe; " in capsys.readouterr().err


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "much", "1" * 5_000])
def test_another_limit_is_a_whole_number(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("CONSTRUCTS_AUTH_MAX_INPUT_MB", given)

    with pytest.raises(UnreadableError, match="must be a whole number of megabytes"):
        parse(b"{}", "plan", remedy="give a plan")


def test_an_empty_variable_means_the_limit_of_the_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONSTRUCTS_AUTH_MAX_INPUT_MB", "")

    assert parse(b"1".rjust(2_000_000), "plan", remedy="give a plan") == 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[{"b": {"a": ["x", {}]}}, {"b": {"a": ["x", {}]}}]', "b"),
        ('{"x": [{"values": {"a": ["x", {}]}}, {"values": {"a": ["x", {}], "b": 1}}]}', "values"),
        (
            '{"x": [{"after_unknown": {"a": [true]}}, {"after_unknown": {"a": [true]}}]}',
            "after_unknown",
        ),
    ],
)
def test_equal_parts_of_a_document_are_one_object(text: str, key: str) -> None:
    found = parse(text.encode(), "plan", remedy="give a plan")

    first, second = found["x"] if isinstance(found, dict) else found
    assert first[key]["a"] is second[key]["a"]


KEYS = ["address", "a", "//", "before", "after_sensitive", "change", "instances", "values"]
VALUES = strategies.recursive(
    strategies.none()
    | strategies.booleans()
    | strategies.sampled_from([0, 1, -1, 0.0, -0.0, 1.0, 300, "", "1", "a", "//", "true"])
    | strategies.integers(-(2**70), 2**70),
    lambda inner: (
        strategies.lists(inner, max_size=3)
        | strategies.dictionaries(strategies.sampled_from(KEYS), inner, max_size=3)
    ),
)
AROUND = ["{}", '{{"a": {}}}', '{{"address": 1, "change": {}}}', '{{"mode": 1, "values": {}}}']
SPACES = strategies.sampled_from([("", ""), (", ", ": "), ("\t,\r\n", " :\t")])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES, strategies.sampled_from(AROUND))
def test_only_what_is_equal_becomes_one_object(value: object, around: str) -> None:
    text = around.format(json.dumps(value))

    assert repr(parse(text.encode(), "plan", remedy="give a plan")) == repr(json.loads(text))


def test_arguments_that_look_like_resources_are_read_as_all_others() -> None:
    """They are not written by `marshal` again and again, at each level around them."""
    value: object = "x" * 1_000
    for at in range(60):
        value = {"address": at, "values": {"a": [value], "b": at}}
    text = json.dumps({"resources": [value, value]})

    assert repr(parse(text.encode(), "plan", remedy="give a plan")) == repr(json.loads(text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    strategies.dictionaries(strategies.sampled_from(KEYS), VALUES, max_size=4),
    SPACES,
    strategies.integers(0, 200),
    strategies.sampled_from(['"', ",", ":", "{", "}", "[", "]", " ", "0", "-", '"a": 1,', ""]),
    strategies.integers(0, 2),
)
def test_what_json_refuses_is_refused_with_its_error(
    value: object, spaces: tuple[str, str], at: int, new: str, gone: int
) -> None:
    whole = json.dumps(value, separators=spaces)
    text = f"{whole[:at]}{new}{whole[at + gone :]}"
    expected, error = _read_by_json(text)

    if error:
        with pytest.raises(UnreadableError, match=re.escape(error)):
            parse(text.encode(), "plan", remedy="give a plan")
    else:
        assert repr(parse(text.encode(), "plan", remedy="give a plan")) == expected


@pytest.mark.parametrize("rest", ["", ", x", ', "c": NaN', f', "c": {"1" * 301}'])
def test_a_repeated_key_before_what_is_no_json_is_refused(rest: str) -> None:
    with pytest.raises(UnreadableError):
        parse(f'{{"a": {{"b": 1, "b": 2}}{rest}}}'.encode(), "plan", remedy="give a plan")


def test_the_last_of_several_comments_counts() -> None:
    for others in ("", '"address": 1, ', '"address": 1, "values": {"a": 1, '):
        text = f'{{{others}"//": "a", "//": true{"}" * others.count("{")}}}'
        found = parse(text.encode(), "plan", remedy="give a plan")
        assert repr(found) == repr(json.loads(text))


def _read_by_json(text: str) -> tuple[str, str]:
    """Return what `json.loads` reads, or a part of our error."""
    try:
        return repr(json.loads(text, object_pairs_hook=_each_key_once)), ""
    except json.JSONDecodeError as error:
        return "", str(error) if text.strip() else "an empty file"
    except ValueError as error:
        return "", str(error)


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs if name != "//"]
    if len(set(names)) != len(names):
        raise ValueError("must be unique, got it twice")
    return dict(pairs)
