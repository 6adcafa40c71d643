"""How large an input may be."""

import io
from pathlib import Path

import pytest

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
