"""Terraform JSON, and the HCL a person would have written."""

from decimal import Decimal
from typing import Any

import pytest

from constructs_auth.errors import NotTerraformError
from constructs_auth.handoff.hcl.document import render
from constructs_auth.handoff.schema import aws_schema


def hcl(document: dict[str, Any]) -> str:
    """Write a document."""
    return render(document, aws_schema())


def locals_of(**values: Any) -> str:
    """Write values, and give what is between the braces."""
    lines = hcl({"locals": values}).splitlines()
    return "\n".join(line.removeprefix("  ") for line in lines[1:-1])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("text", '"text"', id="a text"),
        pytest.param("", '""', id="an empty text"),
        pytest.param('say "hi"', r'"say \"hi\""', id="quotes"),
        pytest.param("a\\b", r'"a\\b"', id="a backslash"),
        pytest.param("a\nb", r'"a\nb"', id="a short line break"),
        pytest.param("tab\tbell\u0007", r'"tab\tbell\u0007"', id="signs nobody sees"),
        pytest.param("Zoë 日本 👋", '"Zoë 日本 👋"', id="other alphabets"),
        pytest.param("$${not} %%{me} $5 5%", '"$${not} %%{me} $5 5%"', id="escapes"),
        pytest.param("$$${x}", '"$$${x}"', id="a dollar before an escape"),
        pytest.param("${var.a}", "var.a", id="a reference"),
        pytest.param("${ var.a }", "var.a", id="a reference with spaces"),
        pytest.param("${var.a}-b", '"${var.a}-b"', id="a reference in a text"),
        pytest.param("${var.a}${var.b}", '"${var.a}${var.b}"', id="two references"),
        pytest.param("${1+2*-3}", "1 + 2 * -3", id="an operation"),
        pytest.param("${!var.a&&var.b?1:2}", "!var.a && var.b ? 1 : 2", id="a condition"),
        pytest.param('${join( ",",["a","${var.b}"])}', 'join(",", ["a", "${var.b}"])', id="a call"),
        pytest.param("${{a=1\nb=2}}", "{ a = 1, b = 2 }", id="an object over lines"),
        pytest.param("${[for k,v in var.m:k if v]}", "[for k, v in var.m : k if v]", id="a for"),
        pytest.param("${var.list[*].id}", "var.list[*].id", id="a splat"),
        pytest.param(
            "%{if var.a}x%{else}y%{endif}", '"%{if var.a}x%{else}y%{endif}"', id="a directive"
        ),
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
        pytest.param(None, "null", id="null"),
        pytest.param(0, "0", id="zero"),
        pytest.param(Decimal("-1.50"), "-1.50", id="a fraction"),
        pytest.param([], "[]", id="an empty list"),
        pytest.param({}, "{}", id="an empty object"),
        pytest.param(["b", "a"], '["b", "a"]', id="a short list"),
        pytest.param(
            ["x" * 40, "y" * 40], f'[\n  "{"x" * 40}",\n  "{"y" * 40}",\n]', id="a long list"
        ),
        pytest.param(
            {"a": 1, "custom:b": [{"c": "d"}], "for": 2, "${var.k}": 3, "k-${var.k}": 4},
            '{\n  a = 1\n  "custom:b" = [\n    {\n      c = "d"\n    },\n  ]\n'
            '  "for"        = 2\n  (var.k)      = 3\n  "k-${var.k}" = 4\n}',
            id="an object",
        ),
        pytest.param(
            '{"Resource":"${aws_iam_role.a.arn}","Version":"2012-10-17"}',
            'jsonencode({\n  Resource = aws_iam_role.a.arn\n  Version  = "2012-10-17"\n})',
            id="a JSON document as jsonencode writes it",
        ),
        pytest.param(
            '{"a":"${var.number}","b":"${aws_iam_role.a.id}","c":"-${var.number}"}',
            "jsonencode({\n  a = tostring(var.number)\n  b = aws_iam_role.a.id\n"
            '  c = "-${var.number}"\n})',
            id="a JSON document whose strings stay strings",
        ),
        pytest.param('{"b": 1}', r'"{\"b\": 1}"', id="a JSON document in another spelling"),
        pytest.param(
            ".a {\n  b: c;\n}\n", "<<-EOT\n  .a {\n    b: c;\n  }\nEOT", id="lines that end"
        ),
        pytest.param(
            "Hello ${var.name},\n\nyour code\nis {####}",
            "chomp(<<-EOT\n  Hello ${var.name},\n\n  your code\n  is {####}\nEOT\n)",
            id="lines without an end",
        ),
        pytest.param(
            "EOT\na\nb\n", "<<-EOT_\n  EOT\n  a\n  b\nEOT_", id="a line that would end it"
        ),
        pytest.param("  a\n  b\n  c\n", r'"  a\n  b\n  c\n"', id="lines that are all indented"),
        pytest.param("a \nb\nc\n", r'"a \nb\nc\n"', id="white space at the end of a line"),
    ],
)
def test_a_value_is_written_as_a_person_would(value: Any, written: str) -> None:
    assert locals_of(value=value) == f"value = {written}"


def test_neighbours_are_aligned_and_longer_values_stand_apart() -> None:
    assert locals_of(a=1, long_name="x", map={"k": "v"}, z=True) == (
        'a         = 1\nlong_name = "x"\nz         = true\n\nmap = {\n  k = "v"\n}'
    )


def test_a_policy_becomes_jsonencode_in_any_spelling() -> None:
    """The provider compares policies as documents, so that spaces do not count."""
    policy = '{"Statement": [{"Resource": "${aws_kms_key.a.arn}/*"}], "Version": "2012-10-17"}'
    assert hcl({"resource": {"aws_iam_role_policy": {"a": {"policy": policy, "role": "r"}}}}) == (
        'resource "aws_iam_role_policy" "a" {\n'
        '  role = "r"\n'
        "\n"
        "  policy = jsonencode({\n"
        "    Statement = [\n"
        "      {\n"
        '        Resource = "${aws_kms_key.a.arn}/*"\n'
        "      },\n"
        "    ]\n"
        '    Version = "2012-10-17"\n'
        "  })\n"
        "}\n"
    )


def test_blocks_are_told_from_arguments_by_the_schema() -> None:
    """In JSON `provider_details` and `password_policy` look the same."""
    pool = {"name": "users", "password_policy": {"minimum_length": 15}, "tags": {"a": "b"}}
    assert hcl({"resource": {"aws_cognito_user_pool": {"users": pool}}}) == (
        'resource "aws_cognito_user_pool" "users" {\n'
        '  name = "users"\n'
        "\n"
        "  tags = {\n"
        '    a = "b"\n'
        "  }\n"
        "\n"
        "  password_policy {\n"
        "    minimum_length = 15\n"
        "  }\n"
        "}\n"
    )


def test_objects_that_terraform_also_takes_as_blocks_are_blocks() -> None:
    """JSON has to name every key, with null where there is nothing to say; a block has not."""
    rule = {"from_port": 443, "to_port": 443, "protocol": "tcp", "self": None}
    group = {"ingress": [rule], "egress": []}
    assert hcl({"resource": {"aws_security_group": {"a": group}}}) == (
        'resource "aws_security_group" "a" {\n'
        "  egress = []\n"
        "\n"
        "  ingress {\n"
        "    from_port = 443\n"
        '    protocol  = "tcp"\n'
        "    to_port   = 443\n"
        "  }\n"
        "}\n"
    )


def test_meta_arguments_stand_around_the_others() -> None:
    body = {
        "//": {"metadata": {"path": "auth/a"}},
        "bucket": "b",
        "count": 2,
        "provider": "aws.us_east_1",
        "depends_on": ["aws_s3_bucket.b", "${module.m}"],
        "lifecycle": {
            "prevent_destroy": True,
            "ignore_changes": ["tags", 'metadata["a"]'],
            "replace_triggered_by": ["aws_s3_bucket.b.id"],
            "precondition": [{"condition": "${var.a > 1}", "error_message": "Too small."}],
        },
        "connection": {"type": "ssh", "host": "${self.id}"},
        "provisioner": [{"local-exec": {"command": "true", "when": "destroy"}}],
    }
    assert hcl({"resource": {"aws_s3_bucket": {"a": body}}}) == (
        'resource "aws_s3_bucket" "a" {\n'
        "  count    = 2\n"
        "  provider = aws.us_east_1\n"
        "\n"
        '  bucket = "b"\n'
        "\n"
        "  connection {\n"
        '    type = "ssh"\n'
        "    host = self.id\n"
        "  }\n"
        "\n"
        '  provisioner "local-exec" {\n'
        '    command = "true"\n'
        "    when    = destroy\n"
        "  }\n"
        "\n"
        "  lifecycle {\n"
        "    prevent_destroy      = true\n"
        '    ignore_changes       = [tags, metadata["a"]]\n'
        "    replace_triggered_by = [aws_s3_bucket.b.id]\n"
        "\n"
        "    precondition {\n"
        "      condition     = var.a > 1\n"
        '      error_message = "Too small."\n'
        "    }\n"
        "  }\n"
        "\n"
        "  depends_on = [aws_s3_bucket.b, module.m]\n"
        "}\n"
    )


def test_a_dynamic_block_has_the_blocks_of_what_it_makes() -> None:
    dynamic = {
        "schema": {
            "for_each": "${var.attributes}",
            "iterator": "each_attribute",
            "content": {
                "name": "${each_attribute.key}",
                "string_attribute_constraints": {"max_length": "9"},
            },
        }
    }
    pool = {"name": "users", "dynamic": dynamic}
    assert hcl({"resource": {"aws_cognito_user_pool": {"users": pool}}}) == (
        'resource "aws_cognito_user_pool" "users" {\n'
        '  name = "users"\n'
        "\n"
        '  dynamic "schema" {\n'
        "    for_each = var.attributes\n"
        "    iterator = each_attribute\n"
        "\n"
        "    content {\n"
        "      name = each_attribute.key\n"
        "\n"
        "      string_attribute_constraints {\n"
        '        max_length = "9"\n'
        "      }\n"
        "    }\n"
        "  }\n"
        "}\n"
    )


def test_every_block_of_a_root_module_is_written() -> None:
    document = {
        "//": {"metadata": {"version": "0.21.0"}},
        "terraform": {
            "required_version": ">= 1.11.0",
            "required_providers": {
                "aws": {
                    "source": "hashicorp/aws",
                    "version": ">= 5.100.0",
                    "configuration_aliases": ["aws.us_east_1"],
                }
            },
            "backend": {"s3": {}},
        },
        "provider": {
            "aws": [{"region": "eu-west-1"}, {"alias": "us_east_1", "region": "us-east-1"}]
        },
        "variable": {
            "names": {
                "type": "map(list(string))",
                "description": "Costs ${5}.",
                "default": {"a": ["$${x}"]},
                "nullable": False,
                "validation": {
                    "condition": "${length(var.names)>0}",
                    "error_message": "None given.",
                },
            }
        },
        "locals": {"a": "${var.names}"},
        "data": {"aws_caller_identity": {"current": {}}},
        "resource": {"aws_sns_topic": {"a": {"for_each": '${toset(["x"])}', "name": "a"}}},
        "module": {
            "m": {
                "source": "./m",
                "providers": {"aws": "aws", "aws.east": "aws.us_east_1"},
                "size": 1,
            }
        },
        "check": {
            "topic": {
                "data": {"aws_sns_topic": {"a": {"name": "a"}}},
                "assert": {"condition": "${true}", "error_message": "No."},
            }
        },
        "output": {"a": {"description": "An output.", "value": "${local.a}", "sensitive": True}},
        "moved": [{"from": "aws_sns_topic.b", "to": "aws_sns_topic.a"}],
        "import": [{"to": 'aws_sns_topic.a["x"]', "id": "arn"}],
        "removed": [{"from": "aws_sns_topic.c", "lifecycle": {"destroy": False}}],
    }  # fmt: skip
    assert (
        hcl(document)
        == """\
terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      configuration_aliases = [aws.us_east_1]
      source                = "hashicorp/aws"
      version               = ">= 5.100.0"
    }
  }

  backend "s3" {}
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

variable "names" {
  type        = map(list(string))
  description = "Costs $${5}."
  nullable    = false

  default = {
    a = ["$$${x}"]
  }

  validation {
    condition     = length(var.names) > 0
    error_message = "None given."
  }
}

locals {
  a = var.names
}

data "aws_caller_identity" "current" {}

resource "aws_sns_topic" "a" {
  for_each = toset(["x"])

  name = "a"
}

module "m" {
  source = "./m"

  providers = {
    aws      = aws
    aws.east = aws.us_east_1
  }

  size = 1
}

check "topic" {
  data "aws_sns_topic" "a" {
    name = "a"
  }

  assert {
    condition     = true
    error_message = "No."
  }
}

output "a" {
  description = "An output."
  value       = local.a
  sensitive   = true
}

moved {
  from = aws_sns_topic.b
  to   = aws_sns_topic.a
}

import {
  to = aws_sns_topic.a["x"]
  id = "arn"
}

removed {
  from = aws_sns_topic.c

  lifecycle {
    destroy = false
  }
}
"""
    )


def test_types_of_unknown_providers_have_blocks_where_a_list_holds_objects() -> None:
    body = {"length": 3, "keepers": {"a": "b"}, "rule": [{"a": 1}], "timeouts": {"create": "5m"}}
    assert hcl({"resource": {"random_thing": {"a": body}}}) == (
        'resource "random_thing" "a" {\n'
        "  length = 3\n"
        "\n"
        "  keepers = {\n"
        '    a = "b"\n'
        "  }\n"
        "\n"
        "  rule {\n"
        "    a = 1\n"
        "  }\n"
        "\n"
        "  timeouts {\n"
        '    create = "5m"\n'
        "  }\n"
        "}\n"
    )


def test_types_of_the_bindings_newer_provider_are_known() -> None:
    schema = aws_schema()
    assert schema.versions == {"provider": "5.100.0", "bindings": "6.25.0"}
    branding = schema.resource["aws_cognito_managed_login_branding"]
    assert list(branding.blocks) == ["asset"]
    delivery = schema.resource["aws_cognito_log_delivery_configuration"]
    assert sorted(delivery.blocks["log_configurations"].blocks) == [
        "cloud_watch_logs_configuration",
        "firehose_configuration",
        "s3_configuration",
    ]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            {"locals": {"a": ["x", "${var.a"]}},
            "locals.a[1]: must be valid Terraform, its expression ends too early; "
            "fix it in the program",
        ),
        (
            {"resource": {"aws_sns_topic": {"a": {"name": "${1 ; 2}"}}}},
            "resource.aws_sns_topic.a.name: must be valid Terraform, its expression is not an "
            "expression; fix it in the program",
        ),
        (
            {"locals": {"a": "${[1}}"}},
            "locals.a: must be valid Terraform, its expression has a } that closes "
            "nothing; fix it in the program",
        ),
        (
            {"locals": {"a": '${"x}'}},
            "locals.a: must be valid Terraform, its expression has a text without end; "
            "fix it in the program",
        ),
        (
            {"resource": {"aws_sns_topic": "a"}},
            "resource.aws_sns_topic: must be an object or a list of objects; "
            "write a block as an object",
        ),
        (
            {"resource": {"aws_sns_topic": {"a b": {}}}},
            "resource.aws_sns_topic.a b: must have labels of letters, digits, _ and -; rename it",
        ),
        (
            {"resource": {"aws_sns_topic": {"a": {"b c": 1}}}},
            "resource.aws_sns_topic.a.b c: must be a name of letters, digits, _ and -; rename it",
        ),
        (
            {"terraform": {"required_providers": {"a = 1\n}\nb": {"source": "hashicorp/aws"}}}},
            "terraform.required_providers.a = 1 } b: must be a name of letters, digits, _ and -; "
            "rename it",
        ),
        (
            {"terraform": {"required_providers": {"aws": {"source = 1\n}\nb": ""}}}},
            "terraform.required_providers.aws.source = 1 } b: must be a name of letters, digits, "
            "_ and -; rename it",
        ),
        *(
            (
                {kind: {"a b": {}}},
                f"{kind}.a b: must have labels of letters, digits, _ and -; rename it",
            )
            for kind in ("provider", "variable", "output", "module")
        ),
        (
            {"locals": {"a = 1\nb": 1}},
            "locals.a = 1 b: must be a name of letters, digits, _ and -; rename it",
        ),
        (
            {"terraform": {"backend": {"s3 {": {}}}},
            "terraform.backend.s3 {: must have labels of letters, digits, _ and -; rename it",
        ),
        (
            {"resource": {"aws_sns_topic": {"a": {"dynamic": {"b c": {}}}}}},
            "resource.aws_sns_topic.a.dynamic.b c: must have labels of letters, digits, _ and -; "
            "rename it",
        ),
        (
            {"resource": {"aws_sns_topic": {"a": {"depends_on": {"a": 1}}}}},
            "resource.aws_sns_topic.a.depends_on: must be a list; put the references into a list",
        ),
        (
            {"resource": {"aws_sns_topic": {"a": {"provider": 1}}}},
            "resource.aws_sns_topic.a.provider: must be a text; write a reference",
        ),
        (
            {"Resources": {}},
            "Resources: must be one of terraform, provider, variable, locals, data, ephemeral, "
            "resource, module, check, output, moved, import, removed; "
            "give the cdk.tf.json of a stack, or other Terraform JSON",
        ),
    ],
)
def test_refuses_what_terraform_would_not_read(document: dict[str, Any], message: str) -> None:
    with pytest.raises(NotTerraformError) as raised:
        hcl(document)
    assert str(raised.value) == message
