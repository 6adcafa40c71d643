"""Plain Terraform names for what belongs to a construct, where CDKTF would add a hash."""

from constructs_auth.engine import Construct, TerraformElement, TerraformStack


def name_after(owner: Construct, element: TerraformElement, suffix: str) -> None:
    """Name *element* `<id of owner>_<suffix>` if *owner* is directly below its stack.

    To be called before *element* is referred to: CDKTF keeps the first name it gave out. The
    guard against equal addresses finds a name that is taken already.
    """
    if isinstance(owner.node.scope, TerraformStack):
        element.override_logical_id(f"{owner.node.id}_{suffix}")
