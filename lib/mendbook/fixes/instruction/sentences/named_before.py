"""What ``it`` means where only the finding's problem has named it."""

from __future__ import annotations

import re

from mendbook.model import Finding

_IT = re.compile(
    r"^(?P<verb>remove|delete|drop|strip)\s+(?:it|this|that|this\s+one)\b(?P<rest>[^`]*)$",
    re.IGNORECASE | re.DOTALL,
)
_MORE = re.compile(r"\b(?:and|or|then|but|unless|if|instead)\b|[,;:]", re.IGNORECASE)


def meant_by_problem(finding: Finding) -> str:
    """Return the fix with the one code of the problem for its ``it``; empty where that is unclear.

    *Remove it from the import* behind a problem that says which name is not used.
    """
    told = _IT.match(finding.fix.strip())
    named = set(re.findall(r"`([^`\n]+)`", finding.problem))
    if told is None or len(named) != 1 or _MORE.search(told["rest"]):
        return ""
    name = named.pop()
    if not re.fullmatch(r"[A-Za-z_$][\w$.]*(?:\(\))?", name):
        return ""
    kind = " import" if re.search(r"\bimport", finding.problem, re.IGNORECASE) else ""
    rest = re.sub(r"\s+from\s+(?:the|its)\s+(?:[\w.]+\s+)?imports?\b", "", told["rest"])
    return f"{told['verb']} the{kind} `{name}`{rest}"
