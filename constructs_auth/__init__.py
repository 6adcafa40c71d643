"""Amazon Cognito user authentication as Terraform, defined in Python with CDKTF.

`__init__.pyi` lists the public names, for type checkers and for Python. Python imports each name at
its first use. The values do not need Node.js; the constructs start it.
"""

from constructs_auth._keywords import explain_unknown_keywords
from constructs_auth._lazy_names import names_of_stub

__getattr__, __dir__ = names_of_stub(__name__, __file__, on_load=explain_unknown_keywords)
