"""A root module in Terraform JSON that uses what the language has, to compare it with its HCL."""

import json
from pathlib import Path
from typing import Any, Final

_POLICY: Final = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
)

MODULE: Final[dict[str, Any]] = {
    "variable": {"size": {"type": "number", "default": 1, "nullable": True}},
    "resource": {"terraform_data": {"sized": {"input": "${var.size == null ? 0 : var.size}"}}},
    "output": {"size": {"value": "${terraform_data.sized.input}"}},
}

DOCUMENT: Final[dict[str, Any]] = {
    "terraform": {
        "required_version": ">= 1.11.0",
        "required_providers": {"aws": {"source": "hashicorp/aws", "version": ">= 5.100.0"}},
    },
    "provider": {
        "aws": [
            {"region": "eu-west-1", "default_tags": [{"tags": {"Team": "identity"}}]},
            {"alias": "east", "region": "us-east-1"},
        ]
    },
    "variable": {
        "rules": {
            "type": "map(object({port=number,open=optional(bool,true)}))",
            "description": "Ports, such as ${8080}.",
            "default": {"web": {"port": 443}, "admin": {"port": 22, "open": False}},
            "nullable": False,
            "validation": [
                {
                    "condition": "${alltrue([for rule in var.rules : rule.port<65536])}",
                    "error_message": "A port is below 65536.",
                }
            ],
        },
        "nothing": {"type": "string", "default": None},
        "zero": {"type": "number", "default": 0},
        "no": {"type": "bool", "default": False},
        "empty": {"type": "string", "default": ""},
        "literal": {"type": "string", "default": "$${a} ${b} %{c}"},
    },
    "locals": {
        "names": "${sort(keys(var.rules))}",
        "message": "Hello,\n\nyou have ${length(local.names)} rules,\nof which %{ for name in "
        'local.names ~}\n${name}, %{ endfor }and "none" else.\n',
        "css": '.a {\n  color: #fff;\n}\n.b {\n  color: ${var.no ? "red" : "blue"};\n}',
        "nested": {"a": [{"b": None, "c-d": [1.5, -2, True]}], "${local.names[0]}": "key"},
    },
    "resource": {
        "terraform_data": {
            "many": {"count": 2, "input": "${count.index}", "triggers_replace": [{"a": 1}]},
            "each": {
                "for_each": "${toset(local.names)}",
                "input": {"name": "${each.key}", "message": "${local.message}"},
                "depends_on": ["terraform_data.many", "module.sized"],
                "lifecycle": {
                    "create_before_destroy": True,
                    "ignore_changes": ["triggers_replace"],
                    "replace_triggered_by": ["terraform_data.many[0].id"],
                    "precondition": {
                        "condition": '${each.key != ""}',
                        "error_message": "It needs a name: ${each.key}.",
                    },
                    "postcondition": [
                        {"condition": '${self.id != ""}', "error_message": "It needs an id."}
                    ],
                },
            },
            "provisioned": {
                "input": "${local.css}",
                "connection": {"type": "ssh", "host": "127.0.0.1"},
                "provisioner": [
                    {"local-exec": {"command": "true", "environment": {"A": "b"}}},
                    {
                        "local-exec": {
                            "command": "true",
                            "when": "destroy",
                            "on_failure": "continue",
                        }
                    },
                ],
                "lifecycle": {"ignore_changes": "all"},
            },
        },
        "aws_security_group": {
            "web": {
                "name": "web",
                "egress": [],
                "ingress": [
                    {
                        "from_port": 443,
                        "to_port": 443,
                        "protocol": "tcp",
                        "cidr_blocks": ["10.0.0.0/8"],
                        # JSON has to name them all.
                        "description": None,
                        "ipv6_cidr_blocks": None,
                        "prefix_list_ids": None,
                        "security_groups": None,
                        "self": None,
                    }
                ],
            },
            "rules": {
                "provider": "aws.east",
                "name": "rules",
                "dynamic": {
                    "ingress": {
                        "for_each": "${var.rules}",
                        "iterator": "rule",
                        "content": {
                            "from_port": "${rule.value.port}",
                            "to_port": "${rule.value.port}",
                            "protocol": "tcp",
                            "self": True,
                        },
                    }
                },
            },
        },
        "aws_iam_role": {
            "role": {
                "name": "role",
                "assume_role_policy": _POLICY.replace('"Resource": "*"', '"Principal": "*"'),
                "inline_policy": [
                    {"name": "a", "policy": _POLICY},
                    {"name": "b", "policy": _POLICY.replace("s3:*", "sns:*")},
                ],
                "tags": {"aws:x": "$${not}", "Name": "${local.names[0]}-role"},
            }
        },
        "aws_iam_policy": {
            "policy": {
                "name": "policy",
                "policy": _POLICY.replace(
                    '"Resource": "*"', '"Resource": "arn:aws:s3:::${aws_iam_role.role.name}/*"'
                ),
            }
        },
    },
    "module": {
        "sized": {"source": "./module", "size": 3, "depends_on": ["terraform_data.many"]},
        "unsized": {"source": "./module", "size": None},
    },
    "check": {
        "rules": {
            "assert": {
                "condition": "${length(var.rules) > 0}",
                "error_message": "There are ${length(var.rules)} rules.",
            }
        }
    },
    "output": {
        "nested": {"value": "${local.nested}", "description": "Costs ${5}."},
        "secret": {
            "value": '${jsonencode({a = var.zero, "b" = [var.no, var.empty, var.nothing]})}',
            "sensitive": True,
            "precondition": {"condition": "${!var.no}", "error_message": "No."},
        },
        "literal": {"value": "${var.literal}"},
        "sizes": {"value": ["${module.sized.size}", "${module.unsized.size}"]},
    },
    "moved": [{"from": "terraform_data.single", "to": "terraform_data.many[0]"}],
    "import": [{"to": "terraform_data.many[1]", "id": "imported-${1 + 1}"}],
    "removed": [{"from": "terraform_data.gone", "lifecycle": {"destroy": False}}],
}  # fmt: skip
"""All of it can be planned without a change of the world, against an emulated AWS."""


def write(folder: Path) -> None:
    """Write it as Terraform JSON, with the module that it calls."""
    for name, document in (("", DOCUMENT), ("module", MODULE)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        text = json.dumps(document, indent=2)
        (folder / name / "main.tf.json").write_text(text, encoding="utf-8")
