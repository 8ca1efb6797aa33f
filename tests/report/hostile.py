"""Texts that try to be markup in each sink, and a harmless text of the same lines."""

from __future__ import annotations

import re

from hypothesis import strategies as st

PIECES = (
    "|",
    "\\",
    "`",
    "```",
    "~~~~",
    "\n",
    "\r",
    "\n\n# Owned\n",
    "\n| a | b |\n| --- | --- |\n",
    "</details>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- totals -->",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "https://evil.example",
    "**_*__",
    "&lt;",
    "\u202e",
    "\u200b",
    "\x00",
    "\x1b[31m",
    '"];a-->b',
    "%%{init:{}}%%",
    "- ",
    "1. ",
    "> ",
    "$x$",
    "=HYPERLINK(1)",
    "---",
    "\t",
    " ",
    "ä",
    "🙂",
)

spices = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=6).map("".join)
"""Foreign text: pieces of markup of every kind, and any other characters between."""

EVERYTHING = "".join(PIECES)


def harmless(spice: str) -> str:
    """Return text with the same line ends, and letters in place of all the rest."""
    return re.sub(r"[^\r\n]", "x", spice)
