"""Settings and markup that name what a script exports, or a global that it declares."""

from __future__ import annotations

import posixpath
import re

from mendbook.code.report_files import is_report
from mendbook.repository.snapshot import Snapshot

_SETTINGS = re.compile(r"\.(?:ya?ml|json5?|jsonc|toml|tf|hcl)$")
_MARKUP = re.compile(r"\.(?:html?|ejs|hbs|pug|njk|twig)$")


def named_in_settings(snapshot: Snapshot, file: str, name: str, *, script: bool) -> str:
    """Return which settings name ``name`` of ``file``, ``orders.pay``; else nothing.

    ``script`` says that the file is no module: its names are globals, which markup may use.
    """
    stem = posixpath.splitext(posixpath.basename(file))[0]
    handler = re.compile(rf"\b{re.escape(stem)}\.{re.escape(name)}\b(?!\s*\()")
    plain = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    for path in snapshot.files:
        if not (_SETTINGS.search(path) or (script and _MARKUP.search(path))):
            continue
        text = snapshot.text(path)
        if name not in text or is_report(path, text):
            continue
        wrangler = "wrangler" in path and plain.search(text)
        if handler.search(text) or wrangler or (script and _MARKUP.search(path)):
            return f"{name} is named in {path}"
    return ""
