"""What goes from a file of settings and is needed elsewhere: a job waited for, a package named."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.repository.snapshot import Snapshot

_REQUIRED = re.compile(r"^[ \t]*([A-Za-z][\w.-]*)", re.MULTILINE)
_COPIED = re.compile(r"(?m)^COPY[ \t]+(?!--from)[^\n]*")
_FETCHED = re.compile(r"\w://|git@|\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz)\b")
_VARIABLES = re.compile(
    r"(?m)^[ \t]*(?:-[ \t]+|ENV[ \t]+|export[ \t]+)?[\"']?"
    r"([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)[\"']?[ \t]*[:=]"
)
_INDIRECT = re.compile(r"\$\{!\w|\beval\b[^\n]*\$|\bprintenv[ \t]+[\"']?\$|\bdeclare[ \t]+-n\b")
"""How a shell reads a variable whose name it holds in another."""
_LISTS = re.compile(r"(?:requirements|constraints)[\w./-]*\.(?:txt|in)$")


def refuse_needed(tree: Snapshot, path: str, before: str, after: str) -> None:
    """Raise ``Unreadable`` where what an edit takes away is still asked for."""
    bare = re.match(r"#![ \t]*(?:/usr)?/bin/(?:env[ \t]+)?(?:sh|dash)\b", after) is not None
    if bare and path.endswith(".sh") and "pipefail" in after and "pipefail" not in before:
        raise Unreadable("the script is run by sh, which need not have pipefail")
    if re.search(r"ockerfile|ontainerfile", path):
        fresh = set(_COPIED.findall(after)) - set(_COPIED.findall(before))
        if any(_FETCHED.search(one) for one in fresh):
            raise Unreadable("COPY neither fetches nor unpacks what ADD brings in there")
    if ".github/workflows/" in path:
        for name in re.findall(r"\bneeds\.([\w-]+)\.", after):
            told = re.compile(
                rf"needs:.*\b{re.escape(name)}\b|^[ \t]*-[ \t]+{re.escape(name)}[ \t]*$", re.M
            )
            if len(told.findall(after)) < len(told.findall(before)):
                raise Unreadable(f"needs.{name} is still read")
    for name in sorted(set(_VARIABLES.findall(before)) - set(_VARIABLES.findall(after))):
        if where := _put_together(tree, name):
            raise Unreadable(f"{where} puts names of variables together, and {name} may be one")
    if _LISTS.search(path):
        gone = set(_REQUIRED.findall(before)) - set(_REQUIRED.findall(after))
        for name in gone:
            stem = re.sub(r"-(?:binary|bin)$|^python-|^py-", "", name)
            if where := _named(tree, path, stem):
                raise Unreadable(f"{where} names {stem}")


def _put_together(tree: Snapshot, name: str) -> str:
    """Return a script that reaches variables by names it builds from all parts of ``name``."""
    parts = [one for one in name.split("_") if one]
    for one in tree.files:
        if one.endswith((".sh", ".bash")) and _INDIRECT.search(text := tree.text(one)):
            words = set(re.findall(r"[A-Za-z\d]+", text))
            if all(part in words for part in parts):
                return str(one)
    return ""


def _named(tree: Snapshot, path: str, stem: str) -> str:
    """Return a file beside the lists of packages that names one."""
    word = re.escape(stem).replace("-", "[-_]")
    form = re.compile(rf"(?<![\w-]){word}(?![\w-])", re.IGNORECASE)
    others = [
        one
        for one in tree.files
        if one != path and not _LISTS.search(one) and not one.endswith((".lock", ".md", ".rst"))
    ]
    return next((str(one) for one in others if form.search(tree.get(one) or "")), "")
