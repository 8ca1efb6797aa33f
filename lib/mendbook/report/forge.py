"""Links to lines of code where a forge shows them, at the commit that was audited."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from mendbook.model import Plan

_GITHUB = ("{page}/blob/{commit}/{path}", "#L{first}", "#L{first}-L{last}")
_GITLAB = ("{page}/-/blob/{commit}/{path}", "#L{first}", "#L{first}-{last}")
_BITBUCKET = ("{page}/src/{commit}/{path}", "#lines-{first}", "#lines-{first}:{last}")
_GITEA = ("{page}/src/commit/{commit}/{path}", "#L{first}", "#L{first}-L{last}")

FORGES: dict[str, tuple[str, str, str]] = {
    "github": _GITHUB,
    "gitlab": _GITLAB,
    "bitbucket": _BITBUCKET,
    "codeberg": _GITEA,
    "gitea": _GITEA,
    "forgejo": _GITEA,
}
"""A word of a host's name to its address of a file, of one line in it, and of several."""


@dataclass(frozen=True, slots=True)
class Forge:
    """A repository's pages on a forge, at one commit."""

    page: str
    commit: str
    address: tuple[str, str, str]

    def url(self, path: str, first: int | None = None, last: int | None = None) -> str:
        """Return the address of ``path``, at its lines from ``first`` to ``last`` if given."""
        file, line, lines = self.address
        url = file.format(page=self.page, commit=self.commit, path=quote(path))
        if first is None:
            return url
        form = lines if last and last > first else line
        return url + form.format(first=first, last=last)


def forge_of(plan: Plan) -> Forge | None:
    """Return the forge that shows the plan's repository; None where it is not known."""
    page, commit = plan.context.remote, plan.context.commit
    names = (urlsplit(page).hostname or "").split(".")
    for word, address in FORGES.items():
        if commit and any(word in name.split("-") for name in names):
            return Forge(page, commit, address)
    return None


def known_files(plan: Plan) -> frozenset[str]:
    """Return the files that the plan has seen in the tree: only these can be linked to."""
    files: set[str] = set()
    for facts in plan.facts:
        files.update(facts.files, facts.tests)
        files.update([facts.evidence.file] if facts.evidence.file else [])
        files.update(entry.file for entry in facts.exposure)
        for symbol in facts.symbols:
            files.update(use.file for use in symbol.references)
            files.update(own.file for own in symbol.declarations)
    return frozenset(files)
