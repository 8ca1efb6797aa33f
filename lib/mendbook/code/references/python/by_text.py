"""Which names of a Python module are loaded by a text: ``"orchard.jobs:run"``, ``import_module``.

Entry points, servers, settings and task queues name a function so, and no code imports it.
"""

from __future__ import annotations

import posixpath
import re

from mendbook.code.report_files import is_report
from mendbook.repository.snapshot import Snapshot

_SETTINGS = re.compile(
    r"\.(?:toml|cfg|ini|ya?ml|json|sh)$|(?:^|/)(?:Procfile|Makefile|[\w.-]*Dockerfile[\w.-]*)$"
)
_LOADED = re.compile(
    r"\b(?:import_module|__import__|run_module)\(\s*f?[\"'](?P<module>[\w.]+)(?P<made>\{?)"
)


def loaded_by_text(snapshot: Snapshot, path: str, name: str, *, quoted: bool = True) -> str:
    """Return where a text loads ``name`` of the Python file ``path``, or all of it; else nothing.

    Where ``quoted`` is False, texts of Python code that spell the whole name are left out.
    ``module:name`` and ``module.name`` mean the one name, where the module ends as the file's path
    does; a module that is imported by its name may give any, and of a name that is put together
    (``f"orchard.plugins.{one}"``) every module of the package is meant.
    """
    stem = posixpath.splitext(path)[0].removesuffix("/__init__").replace("/", ".")
    last = stem.rpartition(".")[2]
    named = rf"(?P<module>(?:[\w-]+[./])*{re.escape(last)})[:.]{re.escape(name)}(?:\(\))?"
    marked = re.compile(rf"[\"']{named}[\"']")
    plain = re.compile(rf"(?:^|[\s=\"']){named.replace('[:.]', ':')}(?=[\s\"',\]]|$)", re.MULTILINE)
    value = re.compile(rf":[ \t]+{named}[ \t]*$", re.MULTILINE)
    for other in snapshot.files:
        code, settings = other.endswith(".py"), _SETTINGS.search(other) is not None
        if other == path or not (code or settings):
            continue
        text = snapshot.text(other)
        if is_report(other, text):
            continue
        for pattern in ((marked,) if quoted else ()) if code else (marked, plain, value):
            for match in pattern.finditer(text) if name in text else ():
                if _ends(stem, match["module"]):
                    return f"{path} is loaded by its path at {_place(other, text, match)}"
        for match in _LOADED.finditer(text) if code else ():
            whole = stem.rpartition(".")[0] if match["made"] else stem
            if _ends(whole, match["module"]):
                return f"{path} is loaded by its name at {_place(other, text, match)}"
    return ""


def _ends(stem: str, module: str) -> bool:
    """Tell whether the dotted ``stem`` of a file ends in what ``module`` says."""
    said = module.replace("/", ".").strip(".")
    return f".{stem}".endswith(f".{said}")


def _place(path: str, text: str, match: re.Match[str]) -> str:
    line = text.count("\n", 0, match.start("module")) + 1
    return f"{path}:{line}"
