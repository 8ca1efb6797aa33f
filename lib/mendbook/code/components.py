"""The script of component and page files (Vue, Svelte, Astro, MDX, HTML), where it stands.

Everything else of such a file is blanked, so lines and columns are those of the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SUFFIXES = (".vue", ".svelte", ".astro", ".mdx", ".html")
_SCRIPT = re.compile(r"<script\b(?P<head>[^>]*)>(?P<body>.*?)</script\s*>", re.DOTALL | re.I)
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_FRONT = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(?P<body>.*?)^---[ \t]*\r?$", re.DOTALL | re.M)
_ESM = re.compile(r"^(?:import|export)\b.*?(?=\r?\n[ \t]*\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_MUSTACHE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_DIRECTIVE = re.compile(r"\s(?:v-[\w.:-]+|[:@#][\w.:\[\]-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BLOCK = re.compile(r"[#@:](?:if|each|await|key|html|render|const|debug|else if|then|snippet)\b")
_MODULE = re.compile(r"type\s*=\s*[\"']?module", re.IGNORECASE)
_DATA = re.compile(r"type\s*=\s*[\"']?(?:application/(?:ld\+)?json|text/)", re.IGNORECASE)

Span = tuple[int, int]


def is_component(path: str) -> bool:
    """Tell whether ``path`` holds scripts beside markup."""
    return path.endswith(_SUFFIXES)


def script_of(path: str, text: str, *, template: bool = True) -> str:
    """Return ``text`` with everything blanked but its scripts; of equal length and lines.

    With ``template``, the expressions in the markup stand there too, as statements.
    """
    kept = list(_scripts(path, text))
    inner = list(_expressions(path, text)) if template else []
    pieces = ["\n" if char == "\n" else " " for char in text]
    for first, last in kept:
        pieces[first:last] = text[first:last]
    for first, last in inner:
        pieces[first:last] = text[first:last]
        for edge in (first - 1, last):
            if 0 <= edge < len(pieces) and pieces[edge] == " ":
                pieces[edge] = ";"
    return "".join(pieces)


def _scripts(path: str, text: str) -> Iterator[Span]:
    if path.endswith(".mdx"):
        yield from (match.span() for match in _ESM.finditer(text))
        return
    front = _FRONT.match(text) if path.endswith(".astro") else None
    if front is not None:
        yield front.span("body")
    for match in _SCRIPT.finditer(text):
        head = match["head"]
        wanted = _MODULE.search(head) if path.endswith(".html") else not _DATA.search(head)
        if wanted:
            yield match.span("body")


def _expressions(path: str, text: str) -> Iterator[Span]:
    if path.endswith(".vue"):
        markup = _HIDDEN.sub(lambda match: " " * len(match[0]), text)
        yield from (match.span(1) for match in _MUSTACHE.finditer(markup))
        for match in _DIRECTIVE.finditer(markup):
            yield match.span(1) if match[1] is not None else match.span(2)
    elif path.endswith((".svelte", ".astro")):
        markup = _HIDDEN.sub(lambda match: " " * len(match[0]), text)
        front = _FRONT.match(markup) if path.endswith(".astro") else None
        yield from _braces(markup, front.end() if front else 0)


def _braces(text: str, start: int) -> Iterator[Span]:
    """Yield what stands between balanced braces of a markup, a block's keyword left out."""
    depth, first = 0, start
    for match in re.finditer(r"[{}]", text[start:]):
        at = start + match.start()
        if match[0] == "{":
            first = at + 1 if depth == 0 else first
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                body = text[first:at]
                word = _BLOCK.match(body.lstrip())
                lead = len(body) - len(body.lstrip())
                if word is not None:
                    yield first + lead + word.end(), at
                elif not body.lstrip().startswith(("/", ":", "#", "@", "...")):
                    yield first, at
