"""The pages of the site that list all public Python names, with their docstrings.

mkdocstrings fills each page from the sources. `SUBJECTS` says which module belongs to which page;
a test says if a module is missing.
"""

from collections.abc import Mapping
from pathlib import Path

import constructs_auth
from constructs_auth._lazy_names import homes_in_stub

STUB = Path(constructs_auth.__file__).with_suffix(".pyi")

SUBJECTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "app_and_stack": (
        "App and stack",
        ("_version", "app", "stack", "variable", "judge", "rules", "errors"),
    ),
    "state": ("State", ("state",)),
    "user_pool": (
        "User pool",
        (
            "cognito.user_pool.",
            "values.account_recovery",
            "values.as_it_is",
            "values.attributes",
            "values.device_configuration",
            "values.email",
            "values.existing",
            "values.first_factors",
            "values.lambda_triggers",
            "values.messages",
            "values.mfa",
            "values.password_policy",
            "values.sign_in",
            "values.sms",
            "values.tenants",
            "values.user_pool_tier",
        ),
    ),
    "groups_and_users": ("Groups and users", ("cognito.user", "cognito.user_group")),
    "app_client": (
        "App client",
        (
            "cognito.user_pool_client.",
            "cognito.app_configuration",
            "cognito.app_settings",
            "cognito.resource_server",
            "values.app_configuration",
            "values.app_settings",
            "values.application",
            "values.oauth",
            "values.resource_server",
            "values.tokens",
        ),
    ),
    "sign_in_pages": (
        "Sign-in pages",
        (
            "cognito.managed_login_branding",
            "cognito.user_pool_domain.",
            "cognito.user_pool_ui_customization",
            "values.managed_login_branding",
            "values.user_pool_domain",
            "values.user_pool_ui_customization",
        ),
    ),
    "identity_providers": (
        "Identity providers",
        ("cognito.identity_providers.", "values.identity_provider"),
    ),
    "identity_pool": ("Identity pool", ("cognito.identity_pool.", "values.identity_pool")),
    "protection": (
        "Protection and logs",
        (
            "cognito.log_delivery",
            "cognito.risk_configuration",
            "cognito.web_acl",
            "values.log_delivery",
            "values.risk_configuration",
            "values.web_acl",
        ),
    ),
    "access": (
        "Access of APIs and servers",
        (
            "cognito.authorizers",
            "cognito.grants",
            "cognito.load_balancer_listener_rule",
            "values.load_balancer_authentication",
            "values.user_pool_grant",
        ),
    ),
    "identity_center": ("IAM Identity Center", ("identity_store.", "values.identity_store")),
    "words": ("Words of AWS", ("facts.words",)),
}
"""The title of each page, and its modules; a prefix that ends with a dot means all in a package."""


def page_of_name() -> Mapping[str, str]:
    """Return the page of each public name.

    Raises:
        KeyError: A name belongs to no page, or to several.
    """
    pages = {}
    for name, (module, _) in homes_in_stub(STUB).items():
        short = module.removeprefix("constructs_auth.")
        found = [
            page
            for page, (_, prefixes) in SUBJECTS.items()
            if any(_belongs(short, prefix) for prefix in prefixes)
        ]
        if len(found) != 1:
            raise KeyError(f"{name} of {module} must belong to one page of SUBJECTS, got {found}")
        pages[name] = found[0]
    return pages


def reference_pages() -> Mapping[str, str]:
    """Return the text of each page, by its file name on the site."""
    names: dict[str, list[str]] = {page: [] for page in SUBJECTS}
    for name, page in page_of_name().items():
        names[page].append(name)
    index = [
        "# Python names",
        "",
        "Import each name from `constructs_auth`. The text comes from the docstrings.",
        "",
    ]
    pages = {}
    for page, (title, _) in SUBJECTS.items():
        own = sorted(names[page], key=str.lower)
        blocks = "\n".join(f"::: constructs_auth.{name}\n" for name in own)
        pages[f"reference/{page}.md"] = f"# {title}\n\n{blocks}"
        links = ", ".join(f"[`{name}`][constructs_auth.{name}]" for name in own)
        index.append(f"**[{title}]({page}.md)**: {links}\n")
    pages["reference/index.md"] = "\n".join(index)
    return pages


def _belongs(module: str, prefix: str) -> bool:
    if prefix.endswith("."):
        return module.startswith(prefix)
    return module == prefix or (prefix in {"rules", "state"} and module.startswith(f"{prefix}."))
