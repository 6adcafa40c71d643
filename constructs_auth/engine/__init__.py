"""The only module that imports the framework and the AWS bindings; all others import from here.

`__init__.pyi` lists the names, as CDKTF has them. With CDK Terrain, each is the class of the same
name there. Python imports each name at its first use, because most programs use few of them. The
first one decides on the framework and starts Node.js through jsii, so only modules that create the
Terraform JSON may use them (docs/adr/0002-one-door-to-generated-code.md).
"""

from functools import cache

from constructs_auth._lazy_names import names_of_stub
from constructs_auth.engine._framework import CDKTF, framework_in_use
from constructs_auth.engine._loading import prepare_imports, report_earlier_imports
from constructs_auth.engine.node import prepare_node

prepare_node()
prepare_imports()


def module_in_framework(module: str) -> str:
    """Return the module of the framework in use for the *module* of CDKTF."""
    root, dot, rest = module.partition(".")
    return f"{_roots().get(root, root)}{dot}{rest}"


@cache
def _roots() -> dict[str, str]:
    framework = framework_in_use()
    report_earlier_imports()
    return {CDKTF.module: framework.module, CDKTF.bindings: framework.bindings}


__all__, __getattr__, __dir__ = names_of_stub(__name__, __file__, home_of=module_in_framework)
