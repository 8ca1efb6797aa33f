"""Names that are loaded late are what their modules have, and nothing else is a name."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

import mendbook
from mendbook.late import Late, names_of

PACKAGES = (
    *("mendbook", "mendbook.code.references", "mendbook.effort", "mendbook.intake"),
    *("mendbook.planning", "mendbook.profiling", "mendbook.report", "mendbook.report.exporters"),
)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_a_package_hands_out_is_there(package: str) -> None:
    """Each is what it was asked for, and the one module among them is no function."""
    loaded = importlib.import_module(package)
    for name in loaded.__all__:
        value = getattr(loaded, name)
        assert isinstance(value, ModuleType) is ((package, name) == ("mendbook", "tables"))


def test_a_name_that_no_package_has_is_refused() -> None:
    """As Python itself refuses it."""
    with pytest.raises(AttributeError, match="module 'mendbook' has no attribute 'orchard'"):
        _ = mendbook.orchard
    with pytest.raises(AttributeError, match=r"'mendbook\.text' has no attribute 'ferry'"):
        names_of("mendbook.text", {"slug": "escape"})("ferry")


def test_a_late_function_is_the_function_once_it_is_called() -> None:
    """It is given what the row gives, and makes what the function makes."""
    late = Late("text.plain:one_line")
    assert late("a ferry\nat its berth", 40) == "a ferry at its berth"
    assert late.function.__name__ == "one_line"
