"""Let the AWS bindings start fast in programs that import them before `constructs_auth`.

Python calls `install` at its start (docs/adr/0012-two-frameworks-and-the-order-of-imports.md).
This module stands outside of the package, because each start of Python imports it.
"""

import sys

BINDINGS = frozenset({"cdktf_cdktf_provider_aws", "cdktn_provider_aws"})


class _Finder:
    """Hand the first import of the bindings over to `constructs_auth.engine`."""

    @staticmethod
    def find_spec(name, path=None, target=None):  # noqa: ANN001, ANN205, ARG004 (no import of types)
        if name not in BINDINGS:
            return None
        try:
            from constructs_auth.engine._loading import spec_of_bindings  # noqa: PLC0415
        except ImportError:  # constructs_auth is only half installed
            return None
        return spec_of_bindings(name)


def install() -> None:
    """Install the finder. It does nothing until a program imports the bindings."""
    sys.meta_path.insert(0, _Finder)
