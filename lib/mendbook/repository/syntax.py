"""Parse TypeScript and JavaScript into ast-grep (tree-sitter) nodes."""

from __future__ import annotations

from pathlib import PurePosixPath

from ast_grep_py import SgNode, SgRoot

LANGUAGES = {
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "tsx",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascript",
}


def is_source(path: str) -> bool:
    """Tell whether ``path`` is TypeScript or JavaScript by its suffix."""
    return PurePosixPath(path).suffix in LANGUAGES


def parse(path: str, text: str) -> SgNode:
    """Return the root node of ``text``, in the language that the suffix of ``path`` names.

    Node ranges are 0-based lines and columns, and character (not byte) offsets into ``text``.
    Tree-sitter never refuses: what it cannot parse is an ``ERROR`` node.
    """
    return SgRoot(text, LANGUAGES[PurePosixPath(path).suffix]).root()
