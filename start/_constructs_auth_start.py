"""Let the AWS bindings start fast in programs that import them before `constructs_auth`.

Python calls `install` at its start (docs/adr/0012-two-frameworks.md). This module stands outside of
the package, because each start of Python imports it.
"""

import sys

_FRAMEWORKS = frozenset({"cdktf", "cdktn"})
_BINDINGS = frozenset({"cdktf_cdktf_provider_aws", "cdktn_provider_aws"})


class _Finder:
    """Let `constructs_auth.engine` prepare the first import of a framework or its bindings."""

    @staticmethod
    def find_spec(name, path=None, target=None):  # noqa: ANN001, ANN205, ARG004 (imports no types)
        if name not in _FRAMEWORKS and name not in _BINDINGS:
            return None
        try:
            # Its import chooses the Node.js that the framework starts.
            from constructs_auth.engine._loading import spec_of_bindings  # noqa: PLC0415
        except ModuleNotFoundError:  # constructs_auth is only half installed
            return None
        return spec_of_bindings(name) if name in _BINDINGS else None


def install() -> None:
    """Install the finder. It does nothing until a program imports a framework."""
    sys.meta_path.insert(0, _Finder)
