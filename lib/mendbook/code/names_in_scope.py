"""Name things as code does."""

from __future__ import annotations

import re

from mendbook.code.module_text import Module


def constant_name(text: str) -> str:
    """Return ``text`` as a constant is spelled: ``deadLetter`` becomes ``DEAD_LETTER``."""
    parted = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text)
    return re.sub(r"\W+", "_", parted).strip("_").upper()


def is_taken(module: Module, name: str) -> bool:
    """Tell whether ``name`` is already spelled anywhere in the module."""
    return bool(re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", module.text))
