"""Whether Terraform's state, which holds client secrets in the clear, is encrypted."""

from tests.unit.rules.cases import Case, Resources


def backend(kind: str, **arguments: object) -> Resources:
    """Say where the state is."""
    return {"terraform": {"backend": {kind: arguments}}}


CASES = (
    Case(
        rule="CG702",
        bad=backend("local", path="terraform.tfstate"),
        says=(
            "terraform.backend.local: : must be a remote backend, got a file on the machine that "
            "runs Terraform",
        ),
        good=backend("s3", bucket="acme-state"),
        unknown={"provider": {"aws": {"region": "eu-west-1"}}},
    ),
    Case(
        rule="CG702",
        bad=backend("local"),
        says=(
            "terraform.backend.local: : must be a remote backend, got a file on the machine that "
            "runs Terraform",
        ),
        good={"terraform": {"cloud": {"organization": "acme"}}, "provider": {"aws": {}}},
        unknown=None,
    ),
    Case(
        rule="CG702B",
        bad=backend("s3", bucket="acme-state"),
        says=("terraform.backend.s3: encrypt: must be true, got null",),
        good=backend("s3", bucket="acme-state", encrypt=True),
        unknown=backend("s3"),
    ),
    Case(
        rule="CG702B",
        bad=backend("s3", encrypt=False),
        says=("terraform.backend.s3: encrypt: must be true, got false",),
        good=backend("gcs", bucket="acme-state"),
        unknown=backend("pg"),
    ),
)
