"""The emulated AWS as a process of its own: starts and stops it, and calls it."""

import io
import json
import os
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import boto3  # type: ignore[import-untyped] # its types come by service
import botocore.session  # type: ignore[import-untyped]

from tests.emulator import gate, mailbox, outside

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_s3 import S3Client
    from types_boto3_s3.literals import BucketLocationConstraintType

CODE_HEADER = "x-moto-sign-up-confirmation-code"
"""The header of SignUp's answer that tells the code; Cognito sends it by e-mail alone."""

HOST = "127.0.0.1"
"""The loopback interface, where the emulator serves."""

ACCESS_KEY = "emulated"
"""The access key that every call is signed with; the emulator accepts any."""

ROOT = Path(__file__).resolve().parents[__name__.count(".")]
"""The folder from which Python imports this package."""

_SECONDS_TO_STOP = 5
_REGION_WITHOUT_LOCATION = "us-east-1"
_SERVER = f"{__package__}.server"


class EmulatorError(Exception):
    """The emulator did not start, or a call that a test waits for did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulator:
    """A running emulator.

    Attributes:
        endpoint: Its URL, for `AWS_ENDPOINT_URL`.
        pid: Its process id.
    """

    endpoint: str
    pid: int
    # Making a client takes longer than its calls.
    _clients: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)

    def environment(self) -> dict[str, str]:
        """The environment that leads the AWS SDKs, Terraform's included, to the emulator."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": ACCESS_KEY,
            "AWS_EC2_METADATA_DISABLED": "true",
            # No profile of the developer's may lead elsewhere.
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def cognito(self, region: str) -> "CognitoIdentityProviderClient":
        """A client of Cognito user pools."""
        client: CognitoIdentityProviderClient = self.client("cognito-idp", region)
        return client

    def identities(self, region: str) -> Any:
        """A client of Cognito identity pools."""
        return self.client("cognito-identity", region)

    def caller(self, credentials: Mapping[str, str], region: str) -> str:
        """The ARN of whoever uses *credentials* of an identity pool."""
        client = boto3.client(
            "sts",
            endpoint_url=self.endpoint,
            region_name=region,
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretKey"],
            aws_session_token=credentials["SessionToken"],
        )
        arn: str = client.get_caller_identity()["Arn"]
        return arn

    def s3(self, region: str) -> "S3Client":
        """A client of S3."""
        client: S3Client = self.client("s3", region)
        return client

    def client(self, service: str, region: str) -> Any:
        """A client of a service whose types are not at hand."""
        if (service, region) not in self._clients:
            self._clients[service, region] = self._new_client(service, region)
        return self._clients[service, region]

    def make_bucket(self, bucket: str, region: str) -> None:
        """Makes an empty bucket."""
        if region == _REGION_WITHOUT_LOCATION:
            self.s3(region).create_bucket(Bucket=bucket)
            return
        location: BucketLocationConstraintType = region  # type: ignore[assignment] # S3 checks it
        self.s3(region).create_bucket(
            Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": location}
        )

    def make_function(self, arn: str, *, alias: str) -> None:
        """Makes a Lambda function that does nothing, with an alias of its first version."""
        _, _, _, region, account, _, name = arn.split(":")
        client = self.client("lambda", region)
        role = self.client("iam", region)
        role.create_role(RoleName=name, AssumeRolePolicyDocument="{}")
        client.create_function(
            FunctionName=name,
            Role=f"arn:aws:iam::{account}:role/{name}",
            Code={"ZipFile": b"nothing"},
            Handler="index.handler",
            Runtime="python3.13",
            Publish=True,
        )
        client.create_alias(FunctionName=name, Name=alias, FunctionVersion="1")

    def make_role(self, name: str, trust_policy: Mapping[str, Any]) -> str:
        """Makes an IAM role and tells its ARN."""
        client = self.client("iam", _REGION_WITHOUT_LOCATION)
        made = client.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust_policy))
        arn: str = made["Role"]["Arn"]
        return arn

    def make_trigger(self, name: str, region: str, *, source: str) -> str:
        """Makes a Lambda function of Python code that has a `handler`; gives its ARN."""
        client = self.client("lambda", region)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("index.py", source)
        arn: str = client.create_function(
            FunctionName=name,
            Role=self.make_role(name, {}),
            Code={"ZipFile": packed.getvalue()},
            Handler="index.handler",
            Runtime="python3.13",
        )["FunctionArn"]
        return arn

    def allow_trigger(self, arn: str, *, pool_arn: str) -> None:
        """Lets a pool call a function."""
        region = arn.split(":")[3]
        client = self.client("lambda", region)
        client.add_permission(
            FunctionName=arn,
            StatementId="cognito",
            Action="lambda:InvokeFunction",
            Principal="cognito-idp.amazonaws.com",
            SourceArn=pool_arn,
        )

    def make_load_balancer(self, region: str) -> tuple[str, str]:
        """Makes a load balancer; gives the ARNs of its listener and of a target group."""
        ec2 = self.client("ec2", region)
        balancing = self.client("elbv2", region)
        acm = self.client("acm", region)
        certificate = acm.request_certificate(DomainName="wiki.acme.example")["CertificateArn"]
        subnets = ec2.describe_subnets()["Subnets"][:2]
        balancer = balancing.create_load_balancer(
            Name="acme", Subnets=[subnet["SubnetId"] for subnet in subnets]
        )["LoadBalancers"][0]
        targets = balancing.create_target_group(
            Name="acme", Protocol="HTTPS", Port=443, VpcId=subnets[0]["VpcId"]
        )["TargetGroups"][0]["TargetGroupArn"]
        listener = balancing.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"],
            Protocol="HTTPS",
            Port=443,
            Certificates=[{"CertificateArn": certificate}],
            DefaultActions=[{"Type": "forward", "TargetGroupArn": targets}],
        )["Listeners"][0]["ListenerArn"]
        return listener, targets

    def parameters(self, prefix: str, region: str) -> dict[str, str]:
        """The parameters at a path of Parameter Store, by the last part of their names."""
        client = self.client("ssm", region)
        found = client.get_parameters_by_path(Path=prefix)["Parameters"]
        return {each["Name"].rpartition("/")[2]: each["Value"] for each in found}

    def secret(self, arn: str, region: str) -> str:
        """What a secret of Secrets Manager holds."""
        client = self.client("secretsmanager", region)
        text: str = client.get_secret_value(SecretId=arn)["SecretString"]
        return text

    def role_policies(self, role: str) -> dict[str, Any]:
        """The policies that are part of an IAM role, by their names."""
        client = self.client("iam", _REGION_WITHOUT_LOCATION)
        names = client.list_role_policies(RoleName=role)["PolicyNames"]
        return {
            name: client.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
            for name in names
        }

    def keys(self, jwks_url: str) -> Any:
        """The public keys at a URL of Cognito, for which the emulator stands."""
        pool_id = jwks_url.split("/")[3]
        return json.loads(self._ask(f"/{pool_id}/.well-known/jwks.json"))

    def messages(self, to: str) -> list[dict[str, str]]:
        """The messages that were sent to an address or a phone number, the newest last."""
        found: list[dict[str, str]] = json.loads(
            self._ask(f"{mailbox.PATH}?{urlencode({'to': to})}")
        )
        return found

    def code(self, to: str) -> str:
        """The code of the newest message to an address."""
        return self.messages(to)[-1]["code"]

    def stand_in(self, host: str, endpoint: str) -> None:
        """Lets a server on the loopback interface stand for a host that Cognito asks."""
        self._ask(outside.PATH, form={"host": host, "endpoint": endpoint})

    def gate(self, action: gate.Action, operation: str) -> None:
        """Holds calls of an operation, or answers or drops the ones held."""
        self._ask(f"{gate.PATH}/{action}/{operation}", method="POST")

    def wait_for_call(self, operation: str, *, seconds: float) -> None:
        """Waits until a call of an operation is held.

        Raises:
            EmulatorError: If none comes in time.
        """
        end = time.monotonic() + seconds
        while operation not in json.loads(self._ask(gate.PATH)):
            if time.monotonic() > end:
                raise EmulatorError(f"{operation}: no call within {seconds:g} s")
            time.sleep(0.05)

    def _new_client(self, service: str, region: str) -> Any:
        # A profile that the developer has chosen must not matter, nor be looked for.
        no_profile = botocore.session.Session(session_vars={"profile": (None, None, None, None)})
        session = boto3.Session(
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=ACCESS_KEY,
            botocore_session=no_profile,
            region_name=region,
        )
        return session.client(service, endpoint_url=self.endpoint)

    def _ask(
        self, path: str, *, method: str = "GET", form: Mapping[str, str] | None = None
    ) -> bytes:
        request = urllib.request.Request(  # noqa: S310 - ours
            self.endpoint + path,
            data=None if form is None else urlencode(form).encode(),
            method=method if form is None else "POST",
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - ours
            body: bytes = answer.read()
        return body


@contextmanager
def running_emulator(log: Path) -> Iterator[Emulator]:
    """Runs an emulator on a free port of the loopback interface; stops it at the end.

    Args:
        log: The file for what the emulator prints.

    Raises:
        EmulatorError: If it does not start.
    """
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [sys.executable, "-m", _SERVER],
            cwd=ROOT,
            env=_own_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            # Ctrl-C must not end the emulator before Terraform has put its state away.
            start_new_session=True,
        ) as process,
    ):
        try:
            yield Emulator(endpoint=f"http://{HOST}:{_port(process, log)}", pid=process.pid)
        finally:
            process.terminate()
            try:
                process.wait(_SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()


def _own_environment() -> dict[str, str]:
    """The caller's environment without its AWS settings, which would reach moto's own SDK."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    # A certificate is validated when it is next asked for, not a minute later.
    return kept | {"MOTO_ACM_VALIDATION_WAIT": "0"}


def _port(process: "subprocess.Popen[str]", log: Path) -> int:
    """The port that the emulator prints when it serves."""
    line = process.stdout.readline() if process.stdout else ""
    if not line.strip():
        raise EmulatorError(f"emulator: did not start, it said:\n{log.read_text(encoding='utf-8')}")
    return int(line)
