"""The backend block of a stack, as CDKTF writes it and where CDKTF must be helped."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TypeAlias

from constructs_auth.engine import CdktfLocalBackend, CdktfS3Backend, Construct
from constructs_auth.state.local_backend import LocalBackend
from constructs_auth.state.s3_backend import S3Backend

Backend: TypeAlias = S3Backend | LocalBackend
"""Where a state may be."""


def backend_warnings(backend: Backend) -> Sequence[str]:
    """Say that nothing locks the state in S3; of one in a file the rules speak (CG702)."""
    if isinstance(backend, S3Backend) and not backend.use_lockfile:
        warning = (
            "backend.use_lockfile is off, and two applies at once spoil the state; leave it out "
            "unless something else locks it"
        )
        return (warning,)
    return ()


def define_backend(scope: Construct, backend: Backend) -> None:
    """Write where the state goes into the stack of *scope*."""
    if isinstance(backend, LocalBackend):
        # Without a path CDKTF writes an absolute one, of the machine that synthesized.
        CdktfLocalBackend(scope, path=backend.path)
    else:
        _define_s3(scope, backend)


def _define_s3(scope: Construct, state: S3Backend) -> None:
    backend = CdktfS3Backend(
        scope,
        bucket=state.bucket or "",
        key=state.key or "",
        region=state.region,
        encrypt=True,
        kms_key_id=state.kms_key_id,
        allowed_account_ids=list(state.allowed_account_ids) or None,
        workspace_key_prefix=state.workspace_key_prefix,
    )
    # CDKTF demands both; Terraform takes what is left out from -backend-config.
    for name, value in (("bucket", state.bucket), ("key", state.key)):
        if value is None:
            backend.add_override(name, None)
    # Newer than CDKTF 0.21's class (hashicorp/terraform-cdk#3834).
    backend.add_override("use_lockfile", state.use_lockfile)
    if state.assume_role is not None:
        role = {
            name: value for name, value in asdict(state.assume_role).items() if value is not None
        }
        backend.add_override("assume_role", role)
