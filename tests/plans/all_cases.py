"""Every case."""

import pkgutil
from importlib import import_module

from tests.plans import cases
from tests.plans.case import PlanCase

CASES: tuple[PlanCase, ...] = tuple(
    case
    for module in pkgutil.iter_modules(cases.__path__)
    for case in import_module(f"{cases.__name__}.{module.name}").CASES
)
