"""The processes of `adopt`: they leave nothing behind."""

import sys
from pathlib import Path

from constructs_auth.adopt.processes import run


def test_a_program_of_several_files_leaves_no_bytecode(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import clients\n", encoding="utf-8")
    (tmp_path / "clients.py").write_text('print("here")\n', encoding="utf-8")
    assert run([sys.executable, "main.py"], tmp_path) == "here\n"
    assert {one.name for one in tmp_path.iterdir()} == {"main.py", "clients.py"}
