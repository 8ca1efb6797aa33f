"""An instruction by the frame that it fits."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.frames import CODES, frames
from mendbook.fixes.settings.verbs import IMPERATIVE
from mendbook.fixes.settings.wording import CODE, codes_in, put_back
from mendbook.text.brackets import parted

_BESIDE = {
    **dict.fromkeys(("above", "in front of", "ahead of", "prior to"), "before"),
    **dict.fromkeys(("below", "behind", "following"), "after"),
}
_ANY_LEAD = re.compile(r"^[^:\ue000-\uf8ff]{3,80}:\s+(?=[\ue000-\uf8ff]\s)")
_LEAD = re.compile(rf"^[^:\ue000-\uf8ff]{{3,80}}:\s+(?={IMPERATIVE})", re.I)
"""What goes before the instruction: ``Run unprivileged: add …``."""
_PAIR_ENDS = re.compile(r"(?:,|\s+and)\s+(?=[\w.\"'/-]+\s*[:=]\s*\S)")
_KEY_VALUE = re.compile(r"([\w.\"'/-]+?)\s*(?::(?=\s)|=(?!=))\s*(.+)", re.S)
_BY_DOING = re.compile(
    r"^.*?\bby\s+(chang|replac|sett|add|remov|us|pinn|insert)(?:ing)\s+", re.I | re.S
)
_DOING = {
    "chang": "change", "replac": "replace", "sett": "set", "add": "add", "remov": "remove",
    "us": "use", "pinn": "pin", "insert": "insert",
}  # fmt: skip


def readings_of(sentence: str, codes: list[str]) -> tuple[Ask, ...]:
    """Return each frame's reading of an instruction, with and without the words before it.

    Raises ``Unreadable`` where it fits no frame.
    """
    sentence = _BY_DOING.sub(lambda said: f"{_DOING[said[1].lower()]} ", sentence)
    bare = _ANY_LEAD.sub("", _LEAD.sub("", sentence))
    texts = dict.fromkeys([sentence, _LEAD.sub("", sentence), bare, put_back(sentence, codes)])
    asks = tuple(ask for text in texts for ask in asks_of(text, sentence, codes))
    if not asks:
        said = put_back(sentence, codes)
        raise Unreadable(f"`{said[:80]}` is not one setting to change")
    return tuple(dict.fromkeys(asks))


def asks_of(text: str, sentence: str, codes: list[str]) -> tuple[Ask, ...]:
    """Return every frame's reading of ``text``, which is ``sentence`` or a part of it."""
    return tuple(
        ask
        for verb, frame in frames()
        if (match := frame.fullmatch(text))
        and (ask := _ask(verb, sentence, match.groupdict(""), codes)) is not None
    )


def _ask(verb: Verb, sentence: str, marked: dict[str, str], codes: list[str]) -> Ask | None:
    said = {key: put_back(value, codes).strip() for key, value in marked.items()}
    pairs = tuple(_pairs(marked.get("pairs", ""), codes))
    if within := said.get("within") or said.get("inside"):
        if within.partition(":")[0].endswith(f".{said['name'].strip(chr(34))}"):
            return None  # the whole way to the key, and no block
        if not (block := _block(within)) or (said.get("level") and said.get("beneath")):
            return None
        pairs = ((said["name"].rstrip(":").strip("\"'"), block),)
        said["place"] = said["place"] or said.get("beneath", "")
    line = said.get("line", "")
    if verb is Verb.ADD and _runs_on(line, sentence, codes):
        return None
    if verb is Verb.QUOTE and re.search(CODE, marked.get("line", "")):
        line = " ".join(f'"{each}"' for each in codes_in(marked["line"], codes))
    elif verb is Verb.QUOTE and line.startswith("$"):
        line = f'"{line}"'
    if verb is Verb.SET and said.get("name"):
        if re.fullmatch(CODE, marked["value"]) and re.match(r"[\w.-]+(?:=|:\s)", said["value"]):
            return None  # what is to be there is a key with its value
        pairs = ((said["name"].strip("\"'"), said["value"]),)
    if verb is Verb.ADD and marked.get("pairs") and not pairs:
        line = put_back(marked["pairs"], codes)
    place = "root" if said.get("level") else re.sub(r"^(?:the|its)\s+", "", said["place"]
                                                    if said.get("place") else "")  # fmt: skip
    relation = said.get("relation", "").lower()
    return Ask(
        verb=verb,
        text=put_back(sentence, codes),
        pairs=pairs,
        name=said.get("name", ""),
        value=said.get("value", "") or said.get("column", ""),
        old=said.get("old", ""),
        line=line,
        relation=_BESIDE.get(relation, relation),
        anchor=said.get("anchor", ""),
        place=place,
    )


def _runs_on(line: str, sentence: str, codes: list[str]) -> bool:
    """Tell whether a line is a piece of the sentence's code with more words behind it."""
    return any(line.startswith(f"{code} ") for code in codes_in(sentence, codes) if " " in code)


def _block(within: str) -> str:
    """Return the keys of a block, one a line; empty where they are no keys with values."""
    items = [
        each
        for part in parted(within, ",")
        for each in re.split(r"(?:;|\s+and)\s+(?=[\w./-]+:\s)", part)
    ]
    rows = [re.sub(r"^and\s+", "", each.strip()) for each in items]
    keys = all(re.fullmatch(r"[\w./-]+:\s+\S.*", row) for row in rows)
    return "\n".join(rows) if keys else ""


def _pairs(marked: str, codes: list[str]) -> list[tuple[str, str]]:
    """Return the keys and values of a list of codes, or of prose; none unless all are such."""
    parts = codes_in(marked, codes) if re.fullmatch(CODES, marked) else _PAIR_ENDS.split(
        put_back(marked, codes))  # fmt: skip
    matches = [_KEY_VALUE.fullmatch(part.strip()) for part in parts if part]
    if not all(matches):
        return []
    return [(each[1].strip("\"'"), each[2].strip()) for each in matches if each is not None]
