"""Imports that stand in a text and not in a module: of pages, templates and written code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from mendbook.code.references.outline import DEFAULT
from mendbook.code.trees import is_source
from mendbook.repository.snapshot import Snapshot

_TEXTS = re.compile(
    r"\.(?:md|markdown|rst|adoc|txt|hbs|handlebars|mustache|ejs|eta|njk|liquid|pug|tmpl|tpl"
    r"|template|snap|plop|ipynb)$"
)
_IMPORT = re.compile(
    r"\b(?:import|export)\s+(?:type\s+)?(?P<clause>[\w$*{][^;\"'`]{0,400}?)\s+from\s+"
    r"\\?[\"'](?P<source>[^\"'\n\\]+)\\?[\"']"
)
_REQUIRE = re.compile(
    r"\b(?:const|let|var)\s+(?P<clause>\{[^{}]{0,400}\}|[\w$]+)\s*=\s*(?:await\s+)?"
    r"(?:require|import)\(\s*\\?[\"'](?P<source>[^\"'\n\\]+)\\?[\"']"
)
_HOLE = re.compile(r"\$\{|\{\{|<%")
"""What a template fills in."""
_ENDING = re.compile(r"\.(?:[cm]?[jt]sx?|vue|svelte)$")


def is_text(path: str) -> bool:
    """Tell whether a file may show or hold code without being read as a module."""
    return _TEXTS.search(path) is not None


def written_imports(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield clause and module of each import that ``text`` spells out, real ones among them."""
    if "import" not in text and "require" not in text and "export" not in text:
        return
    for pattern in (_IMPORT, _REQUIRE):
        for match in pattern.finditer(text):
            yield match["clause"], match["source"]


def may_mean(source: str, file: str, packages: frozenset[str]) -> bool:
    """Tell whether an import that cannot be resolved may mean ``file``: by the end of its path.

    What is written is read elsewhere, under aliases of its own; ``packages`` are the names under
    which the file's package may be imported.
    """
    if any(source == name or source.startswith(f"{name}/") for name in packages):
        return True
    if _HOLE.search(source):
        return True
    stem = _ENDING.sub("", file)
    if posixpath.basename(stem) == "index":
        stem = posixpath.dirname(stem)
    last = _ENDING.sub("", source.rstrip("/")).removesuffix("/index").rpartition("/")[2]
    return bool(last.strip(".")) and last == posixpath.basename(stem)


def taking(clause: str, name: str, text: str) -> bool:
    """Tell whether a clause of ``text`` takes ``name``: by that name, or with all, and says it."""
    if name == DEFAULT:
        return not clause.lstrip().startswith("{") or DEFAULT in clause
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    return word.search(text if "*" in clause else clause) is not None


def texts_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the files of ``snapshot`` that may show or hold code without being modules."""
    return tuple(path for path in snapshot.files if is_text(path) and not is_source(path))
