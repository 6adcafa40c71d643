"""The versions that are facts, as people say them."""

from constructs_auth.facts import versions

_OF_FEATURES = {
    value
    for name, value in vars(versions).items()
    if name.startswith("PROVIDER_FOR_") and isinstance(value, str)
}
NEWER_PROVIDERS = sorted({*versions.PROVIDER_OF.values(), *_OF_FEATURES})
"""Every AWS provider that something needs, beside the oldest one."""

PROVIDERS = {versions.short(version) for version in (versions.PROVIDER, *NEWER_PROVIDERS)}
TERRAFORMS = {versions.short(version) for version in (versions.TERRAFORM, versions.WRITE_ONLY)}
