"""Where a repository was cloned from, as the address of its page."""

from __future__ import annotations

import re

_URL = re.compile(
    r"(?:https?|ssh|git)(?:\+ssh)?://(?:[^@/\s]*@)?(?P<host>[\w.-]+)(?P<port>:\d+)?/(?P<path>\S+)"
)
_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w-]+(?:\.[\w-]+)+):(?!/)(?P<path>\S+)")
"""``git@host:owner/name.git``, as ssh has it; a drive's letter has no dot."""
_PATH = re.compile(r"[\w.~-]+(?:/[\w.~-]+)+")


def page_of(address: str) -> str:
    """Return ``https://host/owner/name`` of the ``address`` of a remote; empty where it has none.

    Names and passwords in it are left out. A folder, a bundle and what is no address have no page.
    """
    match = _URL.fullmatch(address) or _SCP.fullmatch(address)
    if match is None:
        return ""
    path = match["path"].strip("/").removesuffix(".git")
    if not _PATH.fullmatch(path) or ".." in path.split("/"):
        return ""
    web = address.startswith("http")
    port = (match["port"] or "") if web else ""  # the port of ssh is not that of the pages
    scheme = "http" if address.startswith("http://") else "https"
    return f"{scheme}://{match['host']}{port}/{path}"
