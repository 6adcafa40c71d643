"""Remove the package index from Pipfile.lock, so that pip's configuration decides."""

import json
from pathlib import Path

LOCK = Path("Pipfile.lock")


def main() -> None:
    """Empty `sources` and drop each package's `index`, in place."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    lock["_meta"]["sources"] = []
    for group in ("default", "develop"):
        for package in lock[group].values():
            package.pop("index", None)
    LOCK.write_text(json.dumps(lock, indent=4, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
