"""The one door to cdktf and the AWS bindings: everything else imports from here.

Importing this module starts Node, through jsii. Only what stands left of the Terraform
JSON may do so (docs/adr/0002-one-door-to-generated-code.md).
"""

import os

# jsii warns of Node releases near their end of life on every start; the list names versions.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")

from constructs_auth._engine._loading import prepare_bindings

prepare_bindings()
