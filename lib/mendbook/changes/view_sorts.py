"""Sorts of changes to what is shown: components, their effects, lists and forms."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.sort_rows import Sort, sort

_COMPONENT = (
    r"\buse[A-Z]\w*\(|\bReact\b|\bcomponent|\brender|</?[A-Z]|className|\beffect\b|\bhook\b"
)

VIEWS: Sequence[Sort] = (
    sort(
        r"^saniti[sz]e\s+(?P<what>.+?)\s+(?:with|using|by|via|through)\s+(?!an?\s"
        r"|the\s)(?P<tool>[\w.@/-]+)",
        "Markup that {tool} does not allow disappears from {what}; what is stored stays as it is.",
        proof="a script or an event handler in {what} does not reach the page",
        needs=r"(?i)html|xss|markup|markdown",
    ),
    sort(
        r"\b(?:add|include|list|put)\s+(?P<what>[\w.$, ]+?)\s+(?:to|in|into|among)\b.*"
        r"\bdependenc(?:y|ies)\b",
        "It runs again whenever {what} changes; where {what} is made anew in each render, it runs"
        " every time.",
        proof="runs again when {what} changes",
        needs=_COMPONENT,
    ),
    sort(
        r"\b(?:useMemo|useCallback|React\.memo|computed\()",
        "What is memoised stays until a dependency changes: one that is left out leaves an old"
        " value on the screen.",
        proof="is not made again where nothing that it depends on has changed",
    ),
    sort(
        r"\b(?:stable|unique)\b.*\bkeys?\b|\bkeys?\b.*\b(?:stable|unique|ids?|uuid)\b"
        r"|^(?:use|set)\s+[\w.$]+\s+as\s+(?:the\s+)?key\b",
        "Rows keep their state with their item and not with their place; two items of one key are"
        " drawn as one.",
        proof="a row keeps its state when one before it is removed",
        needs=r"\bkey=|\bindex\b.*\bkey\b|\bkey\b.*\bindex\b|v-for",
    ),
    sort(
        r"\b(?:AbortController|(?:cancel|ignore|discard|drop)\b.*\b(?:stale|outdated|earlier"
        r"|previous|in-flight"
        r"|pending)\b|(?:cancelled|ignore|active|mounted) flag)\b",
        "An answer that comes after its request was given up is dropped; that it was given up must"
        " not be shown as a failure.",
        proof="an answer to an earlier request that comes late is dropped",
        needs=r"(?i)\beffect\b|unmount|\bstale\b|\brace|useEffect|out of order|watch",
    ),
    sort(
        r"\bReact\.lazy\b|\bcode[- ]?split\w*|\bdynamic(?:ally)? import\w*|\blazy[- ]?load\w*",
        "It is loaded when it is first shown: until then, and where loading fails, something else"
        " must stand there.",
        proof="shows something in its place until it is loaded",
    ),
    sort(
        r"\b(?:virtuali[sz]\w+|react-window|windowing)\b",
        "Rows outside of the view are not in the page: its search and tests that look for them miss"
        " them.",
        proof="draws only the rows in view",
    ),
    sort(
        r"^debounce\s+(?P<what>.+?)(?=\s(?:by|with|to|for|in|so|and)\b|$)",
        "{what} comes later, and of several in a row only the last.",
        proof="several changes in a row lead to one call",
    ),
    sort(
        r"\berror boundar(?:y|ies)\b",
        "What throws below it is replaced by its fallback; errors of handlers and of promises do"
        " not reach it.",
        proof="shows the fallback when a child throws",
    ),
    sort(
        r"^disable\s+(?P<what>.+?)\s+(?P<when>(?:while|until|during)\s.+)$",
        "{what} cannot be used {when}: it must be freed when that fails.",
        proof="can be used again after a failure",
    ),
    sort(
        r"\b(?:aria-\w+|alt(?:ernative)? text|`alt`|accessible name|visually hidden label)\b",
        "Screen readers say it otherwise, and tests that look for it by role and name find another"
        " name.",
        proof="is found by its role and name",
    ),
)
"""The first that fits a clause speaks for it."""
