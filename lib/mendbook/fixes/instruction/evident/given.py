"""Where a value is told to come from, and that a name may go."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import declarations

_OUGHT = r"(?:must|should|shall|has\s+to|have\s+to|needs\s+to|ought\s+to|is\s+to)"
_FROM = re.compile(
    rf"(?:the\s+)?(?:(?:value|constant|variable)\s+(?:of\s+|for\s+)?)?⟦(?P<name>\d+)⟧\s+{_OUGHT}\s+(?:come|be\s+(?:read|"
    r"taken|loaded|fetched|filled|set|drawn|got|pulled))\s+(?:in\s+)?(?:from|out\s+of)\s+⟦(?P<value>\d+)⟧"
    r"|(?:read|take|load|get|fetch|fill|draw|pull)\s+⟦(?P<name2>\d+)⟧\s+(?:in\s+)?(?:from|out\s+of)\s+"
    r"⟦(?P<value2>\d+)⟧",
    re.IGNORECASE,
)
_GOES = re.compile(
    r"(?:the\s+)?(?:[a-z-]+\s+){0,2}⟦(?P<name>\d+)⟧\s+(?:(?:[^.;⟦⟧]|\.\d)*?\s)?(?:(?:can|may|could|should|must)\s+(?:now\s+|then\s+|safely\s+|"
    r"therefore\s+|just\s+)?(?:go|be\s+(?:removed|deleted|dropped)|disappear|vanish)"
    r"|(?:has|needs)\s+to\s+(?:go|be\s+(?:removed|deleted|dropped))|is\s+to\s+go)(?:\s+away|\s+now)?"
    r"|get\s+rid\s+of\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}⟦(?P<name2>\d+)⟧",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:calls?|argument|arguments|parameter|line|lines|from|of|in|to)\b", re.I)
_EXPRESSION = re.compile(
    r"(?:[\w$]+\.)*[\w$]+(?:\.[\w$]+|\(.*\)|\[.*\])(?:\s*(?:\?\?|\|\||or)\s*.+)?", re.DOTALL
)


def told_source(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the value of a declared name: *PASSWORD must come from os.environ["P"]*."""
    told = _FROM.fullmatch(said.masked)
    if told is None:
        return
    name = said.codes[int(told["name"] or told["name2"])]
    value = said.codes[int(told["value"] or told["value2"])]
    read = value.shape in {Shape.CODE, Shape.NAME} and _EXPRESSION.fullmatch(value.text)
    if name.shape is Shape.NAME and read and len(declarations(
        scene.root, name.text, scene.language)) == 1:  # fmt: skip
        yield f"Set `{name.text}` to `{value.text}`"


def told_to_go(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the removal of a name that is declared once: *f has no caller left and can go*."""
    told = _GOES.fullmatch(said.masked)
    if told is None:
        return
    at = int(told["name"] or told["name2"])
    code = said.codes[at]
    words = re.sub(r"⟦\d+⟧", "", said.masked[: told.end()])
    name = code.text.removesuffix("()")
    plain = code.shape is Shape.NAME or code.text.endswith("()")
    if not plain or _SUBJECT.search(words) or said.asks_more():
        return
    rest = [one for one in said.wanted() if one != at]
    if are_places(said, rest, scene) and len(declarations(scene.root, name, scene.language)) == 1:
        yield f"Remove `{name}`"
