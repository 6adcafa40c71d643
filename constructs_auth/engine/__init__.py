"""The only module that imports cdktf and the AWS bindings; all others import them from here.

`__init__.pyi` lists the names. Python imports each name at its first use, because most programs use
few of them. The first import starts Node.js through jsii, so only modules that create the Terraform
JSON may use it (docs/adr/0002-one-door-to-generated-code.md).
"""

from constructs_auth._lazy_names import names_of_stub
from constructs_auth.engine._loading import prepare_bindings
from constructs_auth.engine.node import prepare_node

prepare_node()
prepare_bindings()

__all__, __getattr__, __dir__ = names_of_stub(__name__, __file__)
