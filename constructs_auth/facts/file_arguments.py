"""Arguments and functions that read a file of the machine on which Terraform runs."""

from collections.abc import Mapping
from typing import Final

FILE_ARGUMENTS: Final[Mapping[str, frozenset[str]]] = {
    "aws_connect_contact_flow": frozenset({"filename"}),
    "aws_connect_contact_flow_module": frozenset({"filename"}),
    "aws_gamelift_script": frozenset({"zip_file"}),
    "aws_lambda_function": frozenset({"filename"}),
    "aws_lambda_layer_version": frozenset({"filename"}),
    "aws_rds_custom_db_engine_version": frozenset({"filename"}),
    "aws_s3_bucket_object": frozenset({"source"}),
    "aws_s3_object": frozenset({"source"}),
    "aws_synthetics_canary": frozenset({"zip_file"}),
    "archive_file": frozenset({"source_dir", "source_file"}),
    "local_file": frozenset({"source"}),
    "local_sensitive_file": frozenset({"source"}),
}
"""The arguments that are the path of a file or a folder, by type.

The documentation of AWS provider 6.25, of `hashicorp/archive` 2.7 and of `hashicorp/local` 2.5.
`aws_s3_object_copy.source` and `aws_signer_signing_job.source` are places in S3.
"""

READ_BY_DATA_SOURCES: Final[Mapping[str, frozenset[str]]] = {
    "archive_file": frozenset({"source_dir", "source_file"}),
    "local_file": frozenset({"filename"}),
    "local_sensitive_file": frozenset({"filename"}),
}
"""The same for data sources: `filename` of the resource `local_file` is what Terraform writes."""

FILE_FUNCTIONS: Final = frozenset(
    {
        "file",
        "filebase64",
        "filebase64sha256",
        "filebase64sha512",
        "fileexists",
        "filemd5",
        "fileset",
        "filesha1",
        "filesha256",
        "filesha512",
        "templatefile",
    }
)
"""The functions whose first argument is the path of a file or a folder (Terraform 1.11)."""

MAY_BE_MISSING: Final = frozenset({"fileexists"})
"""The functions that do not fail if the file does not exist."""
