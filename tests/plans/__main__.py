"""Record all plans anew: `python -m tests.plans`; it takes Terraform and the AWS provider."""

from tests.plans.all_cases import CASES
from tests.plans.record import record

if __name__ == "__main__":
    for file in record(CASES):
        print(file.name)  # noqa: T201 - a command
