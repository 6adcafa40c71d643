"""Amazon Cognito user authentication as Terraform, defined in Python with CDKTF.

The public names are listed in `__init__.pyi`, for type checkers and for Python: each is imported
when it is first used, so that the values need no Node and the constructs start it.
"""

from constructs_auth._lazy_names import names_of_stub

__all__, __getattr__, __dir__ = names_of_stub(__name__, __file__)
