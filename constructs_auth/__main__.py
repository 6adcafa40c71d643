"""Run the command line with `python -m constructs_auth`."""

import sys

from constructs_auth.cli import main

if __name__ == "__main__":
    sys.exit(main())
