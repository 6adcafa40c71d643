"""The README of a hand-off, as its new owners read it."""

import re

from markdown_it import MarkdownIt

from constructs_auth.handoff.build import Options, build
from constructs_auth.handoff.reading import Stack
from tests.unit.handoff.samples import document


def readme(options: Options) -> str:
    """The README of the sample."""
    return build(Stack(name="auth", document=document()), options).files["README.md"]


def words_of(page: str, name: str) -> str:
    """What a reader sees in the second cell of the row of *name*."""
    cells = [
        "".join(child.content for child in token.children or ())
        for token in MarkdownIt("commonmark").enable("table").parse(page)
        if token.type == "inline"
    ]
    return cells[cells.index(name) + 1]


def without_report(text: str) -> str:
    """The README without what the rules say, which their own tests hold."""
    before, _, rest = text.partition("## Security\n")
    return f"{before}## Security\n\n…\n\n## Reference{rest.partition('## Reference')[2]}"


def test_says_how_to_run_it_what_is_in_it_and_what_is_for_ever() -> None:
    assert (
        without_report(readme(Options(partial_backend=True)))
        == """\
# auth

User authentication on Amazon Cognito, as a Terraform root module.

You need only Terraform or OpenTofu, and AWS credentials. With OpenTofu, write `tofu` for \
`terraform` in each command.

```console
$ cp terraform.tfvars.example terraform.tfvars   # and fill it in
$ cp backend.s3.tfbackend.example backend.s3.tfbackend   # and fill it in
$ terraform init -backend-config=backend.s3.tfbackend
$ terraform plan -out=saved.tfplan
$ terraform apply saved.tfplan
```

`.terraform.lock.hcl` has the exact version of each provider; `terraform init` writes it if it is \
missing. Commit it. It serves one program: `tofu init` keeps the versions that Terraform selected, \
and writes its own checksums.
This command adds the checksums for the platforms of your colleagues and of CI:

```console
$ terraform providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64
```

`terraform test` runs the tests in `tests/` without an AWS account; \
`terraform init -backend=false` is enough for that.

The state contains every secret in plain text, also those that Cognito generates: \
keep it in an encrypted bucket with few readers.

`manifest.json` has the digest of each file. \
A later hand-off refuses to overwrite files that you edited.

## Architecture

An arrow points to a resource that another one references.

```mermaid
flowchart LR
  aws_cognito_user_pool_users["users<br/>aws_cognito_user_pool"]
  aws_cognito_user_pool_client_web["web<br/>aws_cognito_user_pool_client"]
  aws_cognito_user_pool_client_web --> aws_cognito_user_pool_users
```

## What can never be changed later

A change of one of these settings replaces the resource. Terraform then deletes the existing one.

| Setting | Effect of a change |
| --- | --- |
| `aws_cognito_user_pool.users.name` | a new pool without users |
| `aws_cognito_user_pool_client.web.generate_secret` | a new client id, which no application knows |
| `aws_cognito_user_pool_client.web.user_pool_id` | a new client id, which no application knows |
| the name `aws_cognito_user_pool.users` | a new resource, unless there is a `moved` block |

## Region and account

The variable `region` selects the region of all resources. Set it before the first apply: with an \
existing state, another region means new resources, and user pools without users.

## Security

…

## Reference

<!-- BEGIN_TF_DOCS -->
## Requirements

| Name | Version |
| --- | --- |
| terraform | >= 1.10.0, < 2.0.0 |
| aws | >= 5.100.0, < 7.0.0 |

## Resources

| Name | Type |
| --- | --- |
| `aws_cognito_user_pool.users` | resource |
| `aws_cognito_user_pool_client.web` | resource |

## Inputs

| Name | Description | Type | Default | Required |
| --- | --- | --- | --- | --- |
| `google_secret` | From Google. | `string` | n/a | yes |
| `region` | The AWS region of all resources. | `string` | `"eu-west-1"` | no |
| `tags` | The tags of all resources. | `map(string)` | `{ team = "identity" }` | no |

## Outputs

| Name | Description |
| --- | --- |
| `client_id` | The client. |
<!-- END_TF_DOCS -->
"""
    )


def test_lists_every_argument_whose_change_takes_something_away_for_good() -> None:
    content = document()
    content["resource"] = {
        "aws_cognito_resource_server": {"orders": {"identifier": "orders", "name": "Orders"}},
        "aws_cognito_identity_pool": {"files": {"identity_pool_name": "files"}},
        "aws_cognito_user_pool_domain": {"login": {"domain": "acme", "certificate_arn": "arn"}},
    }
    text = build(Stack(name="auth", document=content), Options()).files["README.md"]
    _, _, rest = text.partition("## What can never be changed later\n")
    rows = [line for line in rest.partition("## ")[0].splitlines() if line.startswith("| `aws")]
    assert rows == [
        "| `aws_cognito_resource_server.orders.identifier` | "
        "a new server; every scope gets a new name |",
        "| `aws_cognito_resource_server.orders.name` | "
        "a new server; clients cannot request its scopes until it exists |",
        "| `aws_cognito_identity_pool.files.identity_pool_name` | "
        "a new identity pool: every identity id changes |",
        "| `aws_cognito_user_pool_domain.login.domain` | "
        "every URL of the sign-in pages changes, also those that identity providers know |",
    ]


def test_a_module_says_how_to_call_it() -> None:
    assert readme(Options(as_module=True)).startswith("""\
# auth

User authentication on Amazon Cognito, as a Terraform module.

Call this module from a root module, which configures the provider and the state:

```hcl
module "auth" {
  source = "./auth"

  google_secret = "example"
}
```
""")


def test_a_module_says_which_providers_it_must_be_passed() -> None:
    content = document()
    content["provider"]["aws"].append({"alias": "us_east_1", "region": "us-east-1"})
    page = build(Stack(name="auth", document=content), Options(as_module=True)).files["README.md"]
    assert (
        """\
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
}
"""
        in page
    )


def test_a_description_cannot_break_out_of_its_table() -> None:
    content = document()
    content["output"]["client_id"]["description"] = "a | b\n\n## c <script> > 1"
    text = build(Stack(name="auth", document=content), Options()).files["README.md"]
    assert "| `client_id` | a \\| b ## c \\<script> > 1 |\n" in text


def test_says_nothing_of_what_is_not_there() -> None:
    """A stack without a user pool, and without anything to test."""
    content = document()
    content["resource"] = {"aws_sns_topic": {"alarms": {"name": "alarms"}}}
    del content["output"]
    text = build(Stack(name="alarms", document=content), Options()).files["README.md"]
    assert text.startswith("# alarms\n\nA Terraform root module.\n")
    assert "terraform test" not in text
    assert "never be changed" not in text
    assert "## Outputs\n\nNo outputs.\n" in text


def test_tables_show_words_as_they_are_written() -> None:
    """Backslashes are enough, so there is no character reference; what would be a link is code."""
    content = document()
    text = "From a@b.example, see https://b.example/?a=1&b=2; needs < 5 & > 1, or &lt; *2*."
    content["output"]["client_id"]["description"] = text
    page = build(Stack(name="auth", document=content), Options()).files["README.md"]
    assert re.findall(r"&#?\w+;", page) == []
    assert words_of(page, "client_id") == text


def test_the_default_of_a_map_is_on_one_line() -> None:
    content = document()
    content["variable"]["names"] = {"default": {"a": "b", "c": ["d"]}, "description": "Names."}
    page = build(Stack(name="auth", document=content), Options()).files["README.md"]
    assert '| `names` | Names. | `any` | `{ a = "b", c = ["d"] }` | no |\n' in page


def test_counts_say_what_they_count() -> None:
    """The rules judge fewer resources than the stack has."""
    content = document()
    content["resource"]["aws_sns_topic"] = {"alarms": {"name": "alarms"}}
    content["data"] = {"aws_caller_identity": {"me": {}}}
    page = build(Stack(name="auth", document=content), Options()).files["README.md"]
    assert re.search(
        r"^\*\*\d+ findings \(.*\d+ info\), \d+ unknown results\.\*\* "
        r"The rules judged 2 of 3 resources \(profile standard\)\.$",
        page,
        re.MULTILINE,
    )
