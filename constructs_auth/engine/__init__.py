"""The only module that imports the framework and the AWS bindings; all others import from here.

`__init__.pyi` lists the names, as CDKTF has them. With CDK Terrain, each is the class of the same
name there. Python imports each name at its first use, because most programs use few of them. The
first one decides on the framework and starts Node.js through jsii, so only modules that create the
Terraform JSON may use them (docs/adr/0002-one-door-to-generated-code.md).
"""

from constructs_auth._lazy_names import names_of_stub
from constructs_auth.engine._loading import module_in_framework, prepare_imports
from constructs_auth.engine.node import prepare_node

prepare_node()
prepare_imports()


__getattr__, __dir__ = names_of_stub(__name__, __file__, home_of=module_in_framework)
