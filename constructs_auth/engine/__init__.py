"""The one door to cdktf and the AWS bindings: everything else imports from here.

The names are listed in `__init__.pyi`; each is imported when it is first used, for most programs
use few of them. The first one starts Node, through jsii: only what stands left of the Terraform
JSON may do so (docs/adr/0002-one-door-to-generated-code.md).
"""

import os

from constructs_auth._lazy_names import names_of_stub
from constructs_auth.engine._loading import prepare_bindings

# jsii warns of Node releases near their end of life on every start; the list names versions.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")
prepare_bindings()

__all__, __getattr__, __dir__ = names_of_stub(__name__, __file__)
