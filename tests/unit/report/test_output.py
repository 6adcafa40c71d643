"""A report is written as a whole or not at all, and a failure is one line with its exit code."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from constructs_auth.report.exit_codes import CLOSED_PIPE, INTERRUPTED, UNREADABLE
from constructs_auth.report.output import write_file
from tests.unit.review.plans import POOL, change, plan, run, written

COMMAND = (sys.executable, "-m", "constructs_auth")
DELETED = plan(change(POOL, "users", {"name": "acme", "tags": {"k": "→"}}, None))


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A plan with a finding."""
    return written(tmp_path, DELETED)


def test_a_step_that_takes_time_is_told_to_a_terminal_alone(tmp_path: Path) -> None:
    step = "running the program …"
    app = [*COMMAND, "handoff", "auth", "--app", f"{sys.executable} -c pass"]
    app += ["--out", str(tmp_path / "out")]
    piped = subprocess.run(app, capture_output=True, check=False)
    assert step.encode() not in piped.stderr

    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    ours, its = pty.openpty()
    watched = subprocess.run(app, stdout=subprocess.PIPE, stderr=its, check=False)
    assert os.read(ours, 10_000).decode().splitlines()[0] == step
    os.close(its)
    os.close(ours)
    assert watched.stdout == b""


def test_a_file_is_replaced_with_its_mode_kept(tmp_path: Path) -> None:
    report = tmp_path / "report"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o600)
    write_file(report, "new")
    assert report.read_text(encoding="utf-8") == "new"
    assert report.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["report"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text(encoding="utf-8") == "new"


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    report = tmp_path / "report"
    report.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_file(report, "new \ud800")
    assert report.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["report"]


@pytest.mark.parametrize("output", ["/dev/full", "missing/report", "."])
def test_an_output_that_cannot_be_written_is_one_line(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    assert run(file, "--format", "json", "--output", str(tmp_path / output)) == UNREADABLE
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot be written" in line


def test_a_full_disk_behind_standard_output_is_one_line(file: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [*COMMAND, "review", file], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ended.returncode == UNREADABLE
    assert ended.stderr == (
        "constructs-auth review: standard output: cannot be read or written (No space left on "
        "device); correct this and try again\n"
    )


def test_a_reader_that_is_gone_is_no_finding(file: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [*COMMAND, "review", file], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (CLOSED_PIPE, "")


def test_an_encoding_that_lacks_an_arrow_escapes_it(file: str) -> None:
    ended = subprocess.run(
        [*COMMAND, "review", file],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1
    assert b"\\u2192" in ended.stdout
    assert ended.stderr == b""


def test_an_interrupt_is_one_line() -> None:
    with subprocess.Popen(
        [*COMMAND, "review", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        process.stdin.write("{")
        process.stdin.flush()
        _wait_until_it_reads(process.pid)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == INTERRUPTED
    assert errors == "constructs-auth review: interrupted; nothing is left half written\n"


def _wait_until_it_reads(pid: int) -> None:
    """Wait until the process sleeps for a while: then it waits for its input."""
    asleep = 0
    while asleep < 3:
        time.sleep(0.1)
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][0]
        asleep = asleep + 1 if state == "S" else 0


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format_version": ' + "9" * 5_000 + "}"])
def test_odd_json_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    assert run(str(path)) == UNREADABLE
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="the shell closes the stream")
@pytest.mark.parametrize(
    ("arguments", "closed", "code"),
    [("{file}", ">&-", 1), ("{file}", "2>&-", 1), ("-", "<&-", UNREADABLE)],
)
def test_a_stream_that_is_closed_is_an_empty_one(
    file: str, arguments: str, closed: str, code: int
) -> None:
    line = f'exec "$0" -m constructs_auth review {arguments.format(file=file)} {closed}'
    ended = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable], capture_output=True, text=True, check=False
    )
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
