"""Evaluates expressions in a separate process, so that a crash of the evaluator ends only that.

It reads a JSON text on each line of standard input, the content of a file, and writes a line of
JSON: the values of that file's locals, or the error in the file.
"""

import json
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Answer until standard input ends."""
    import tfparse  # noqa: PLC0415 - an extra, and slow to load

    with tempfile.TemporaryDirectory(prefix="constructs-auth-") as folder:
        file = Path(folder) / "main.tf"
        for line in sys.stdin:
            file.write_text(json.loads(line), encoding="utf-8")
            values: dict[str, object] = {}
            try:
                found = tfparse.load_from_path(folder, stop_on_hcl_error=True)
            except (tfparse.ParseError, ValueError) as error:
                values["error"] = str(error)
                found = {}
            for block in found.get("locals", ()):
                values |= {name: value for name, value in block.items() if name[:1] == "q"}
            sys.stdout.write(json.dumps(values) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
