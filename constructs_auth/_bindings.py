"""Reports features that only newer AWS bindings have."""

from importlib.metadata import version

from constructs_auth.errors import InvalidValueError


def check_bindings(subject: str, resource: type, name: str) -> None:
    """Reject an attribute or an argument that the installed bindings do not have.

    Args:
        subject: The name of the value in the program.
        resource: The class of the bindings.
        name: The attribute or the argument.

    Raises:
        InvalidValueError: The bindings are too old.
    """
    if hasattr(resource, name):
        return
    package = resource.__module__.partition(".")[0].replace("_", "-")
    raise InvalidValueError(
        subject,
        f"needs AWS bindings in which {resource.__name__} has {name}",
        got=f"{package} {version(package)}",
        remedy="install newer ones: pip install 'constructs-auth[cdktn]'",
    )
