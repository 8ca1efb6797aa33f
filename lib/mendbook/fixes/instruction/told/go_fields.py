"""Fields of Go's structs: a tag, one more field, another type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.go_package import (
    BUILTIN_TYPES,
    Struct,
    field_names,
    structs_in,
)
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, Spoken, spoken, words
from mendbook.fixes.instruction.tree.syntax import start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.go_structs import Field, added, field_of, laid_out
from mendbook.model import Operation

_PART = r"[\w.-]+:\"[^\"]*\""
_TAG = re.compile(rf"`?(?P<tag>{_PART}(?:\s+{_PART})*)`?")
_TYPE = re.compile(
    r"(?:\*|\[\d*\]|map\[[\w.*\[\]]+\]|chan\s+|<-chan\s+)*(?:(?:\w+\.)?[A-Z]\w*(?:\[[\w.,* ]+\])?"
    rf"|struct\{{\}}|interface\{{\}}|func\(.*\).*"
    rf"|{'|'.join(sorted(BUILTIN_TYPES, key=len, reverse=True))}|[a-z]\w*)"
)
_OF_TAGS = words("tag tags tagged field fields struct json yaml annotate hide name")
_OTHER = frozenset(["change", "replace", "rename", "becomes", "become", "reads"])
_GONE = frozenset(["remove", "drop", "delete", "strip"])
_OF_FIELDS = words(
    "field fields struct type new unexported exported named called extend further more"
    " another mutex flag counter member column typed tag tagged right directly just"
)
_WHERE = frozenset(["below", "after", "behind", "under", "beneath", "above", "before"])


def tagged(work: Work, ask: Ask) -> StepEdits | None:
    """*Add the tag `json:"id"` to ID*, *Note lacks `json:"note"`*: for the one field named so."""
    scene = work.scene
    structs = list(structs_in(scene.path, scene.root))
    known = {name for one in structs for each in one.fields for name in _names(each)}
    known |= {one.name for one in structs}
    told = spoken(ask, lambda word: word in known)
    tags = [match["tag"] for one in told.codes if (match := _TAG.fullmatch(one)) is not None]
    option = "omitempty" in told.words
    gone = told.has(*_GONE) and told.has("tag", "tags")
    rest = [one for one in told.codes if _TAG.fullmatch(one) is None]
    if not tags and not option and not gone and told.has("tag") and len(rest) == 2:
        value = rest.pop()
        format_of = next((one for one in ("json", "yaml") if one in told.words), "")
        tags = [f'{format_of}:"{value}"'] if format_of and re.fullmatch(r"[\w,-]+", value) else []
    if len(tags) + option + gone != 1 or (not tags and not told.has("tag", "tags")):
        return None
    if not told.only(ARTICLES, ORDERS, _OF_TAGS, _OTHER, _GONE if gone else (), ("omitempty",)):
        return None
    struct, at = _field_told(scene, structs, rest)
    old = field_of(struct.fields[at])
    name = old.names
    if "," in name or not name:
        raise Abstain("several fields share one declaration")
    parts = dict(re.findall(r"([\w.-]+):\"([^\"]*)\"", old.tag))
    if gone:
        return _without_tag(scene, struct, at, old, told, parts)
    wanted = (
        dict(re.findall(r"([\w.-]+):\"([^\"]*)\"", tags[0])) if tags else _omitting(parts, told)
    )
    if all(parts.get(key) == value for key, value in wanted.items()):
        raise Abstain(f"{name} has that tag already")
    told_anew = told.has(*_OTHER, "mark", "set", "annotate", "hide", "make") or re.match(
        r"tag\s", ask.text, re.IGNORECASE
    )
    for key, value in wanted.items():
        before = parts.get(key)
        if (
            before not in {None, value}
            and not told_anew
            and before.split(",")[0] != value.split(",")[0]
        ):
            raise Abstain(f'{name} has the tag {key}:"{before}"')
    joined = " ".join(f'{key}:"{value}"' for key, value in {**parts, **wanted}.items())
    edits = laid_out(scene.text, struct.fields, {at: replace(old, tag=f"`{joined}`")})
    said = f"give {struct.name}.{name} the tag {joined}"
    return step_edits(scene, Operation.ADD, said, edits, [f"`{joined}`"])


def _omitting(parts: dict[str, str], told: Spoken) -> dict[str, str]:
    key = "yaml" if told.has("yaml") else "json"
    if key not in parts:
        raise Abstain(f"the field has no tag for {key}")
    if "omitempty" in parts[key].split(","):
        raise Abstain("it is left out already where it is empty")
    return {key: f"{parts[key]},omitempty"}


def _without_tag(
    scene: Scene, struct: Struct, at: int, old: Field, told: Spoken, parts: dict[str, str]
) -> StepEdits:
    key = next((one for one in parts if one in told.words), "")
    if not parts or (told.has("json", "yaml") and not key):
        raise Abstain(f"{old.names} has no such tag")
    kept = {one: value for one, value in parts.items() if key and one != key}
    joined = " ".join(f'{one}:"{value}"' for one, value in kept.items())
    new = replace(old, tag=f"`{joined}`" if joined else "")
    edits = laid_out(scene.text, struct.fields, {at: new})
    said = f"drop the tag of {old.names}"
    return step_edits(scene, Operation.REMOVE, said, edits, [], [old.tag])


def one_more_field(work: Work, ask: Ask) -> StepEdits | None:
    """*Add a field CreatedAt time.Time to Ticket*: as the last of the struct, or where told."""
    scene = work.scene
    structs = list(structs_in(scene.path, scene.root))
    held = {name for one in structs for each in one.fields for name in _names(each)}
    known = {one.name for one in structs} | BUILTIN_TYPES | held
    words = ask.text.split()
    typed = {one.strip(".,;`") for one in words if one.strip(".,;`").lstrip("*[]") in known}
    told = spoken(ask, lambda word: word in known or word in typed)
    if not told.only(ARTICLES, ORDERS, _OF_FIELDS, _WHERE, _plain_names(told, ask)):
        return None
    codes = [part for one in told.codes for part in _apart(one)]
    tag = next((match["tag"] for one in codes if (match := _TAG.fullmatch(one)) is not None), "")
    codes = [one for one in codes if _TAG.fullmatch(one) is None]
    new = _named(codes, ask, held)
    if new is None or not (told.has("field", "member", "extend", "struct") or told.has(*_WHERE)
                           or any(" " in one for one in told.codes)):  # fmt: skip
        return None
    name, kind = new
    others = [one for one in codes if one not in {name, kind}]
    struct, below = _home(scene, structs, others, told)
    if _number(struct, name) is not None:
        raise Abstain(f"{struct.name} has a field {name} already")
    if not struct.fields:
        raise Abstain(f"{struct.name} has no fields yet")
    field = Field(name, kind, f"`{tag}`" if tag else "")
    edits = added(scene.text, struct.fields, field, below)
    said = f"add the field `{name} {kind}` to {struct.name}"
    return step_edits(scene, Operation.ADD, said, edits, [name, *([f"`{tag}`"] if tag else [])])


def _plain_names(told: Spoken, ask: Ask) -> set[str]:
    """Return the plain word that names the new field: the one before its type."""
    named = re.search(
        r"(?:field|member)\s+(?:called\s+|named\s+)?(?P<name>[A-Za-z]\w*)\s+\S", ask.text
    )
    return {named["name"].lower()} if named is not None and told.words else set()


def _apart(code: str) -> list[str]:
    """Return ``Closed bool `json:"closed"``` as its parts."""
    whole = re.fullmatch(
        rf"(?P<name>[A-Za-z]\w*)\s+(?P<kind>{_TYPE.pattern})(?:\s+`?(?P<tag>{_PART}.*?)`?)?",
        code.strip(),
    )
    if whole is None:
        return [code]
    return [one for one in (whole["name"], whole["kind"], whole["tag"]) if one]


def _named(codes: Sequence[str], ask: Ask, held: set[str]) -> tuple[str, str] | None:
    """Return the name of the new field and its type, which stand side by side."""
    plain = ask.unticked
    for kind in codes:
        if _TYPE.fullmatch(kind) is None:
            continue
        before = re.search(rf"(?<![\w.])(?P<name>[A-Za-z]\w*)\s+{re.escape(kind)}(?![\w.])", plain)
        if before is None or before["name"].lower() in (ARTICLES | ORDERS | _OF_FIELDS | _WHERE) - {
            "type",
            "name",
        }:
            continue
        if kind in held and kind[:1].isupper() and before["name"] in BUILTIN_TYPES:
            continue
        return before["name"], kind
    return None


def _home(
    scene: Scene, structs: Sequence[Struct], others: Sequence[str], told: Spoken
) -> tuple[Struct, int]:
    """Return the struct that gets a field, and the number of the one that it stands below."""
    by_name = [one for one in structs if one.name in {other.lstrip("*") for other in others}]
    unknown = [one for one in others if one.lstrip("*") not in {each.name for each in structs}]
    beside = [
        (one, at) for one in structs for other in unknown if (at := _number(one, other)) is not None
    ]
    if len(beside) < len(unknown):
        raise Abstain(f"{unknown[0]} is no struct of {scene.path}")
    if beside:
        near = [pair for pair in beside if not by_name or pair[0] in by_name]
        near = near if len(near) == 1 else [pair for pair in near if _is_near(scene, pair[0])]
        if len(near) != 1 or not told.has(*_WHERE):
            raise Abstain("which struct gets the field is not said")
        struct, at = near[0]
        return struct, at if told.has("below", "after", "behind", "under", "beneath") else at - 1
    near_structs = by_name or [one for one in structs if _is_near(scene, one)]
    if len(near_structs) != 1 or told.has(*_WHERE):
        raise Abstain("which struct gets the field is not said")
    return near_structs[0], len(near_structs[0].fields) - 1


def _field_told(
    scene: Scene, structs: Sequence[Struct], codes: Sequence[str]
) -> tuple[Struct, int]:
    """Return the field that ``ID``, ``Guest.ID`` or ``ID`` and ``Guest`` name."""
    parts = [part for one in codes for part in one.split(".")]
    owners = [one for one in structs if one.name in parts]
    names = [one for one in parts if one not in {each.name for each in structs}]
    if len(names) != 1:
        raise Abstain("which field is meant is not said")
    found = [(one, at) for one in owners or structs if (at := _number(one, names[0])) is not None]
    if len(found) > 1:
        found = [(one, at) for one, at in found if touches_quote(scene, one.fields[at])] or [
            (one, at) for one, at in found if _is_near(scene, one)
        ]
    if len(found) != 1:
        raise Abstain(f"{names[0]} is no one field of {scene.path}")
    return found[0]


def _is_near(scene: Scene, struct: Struct) -> bool:
    """Tell whether a finding points at a struct: by its quote, or by its symbol."""
    return touches_quote(scene, struct.node) or any(
        start(one) <= start(struct.node) and start(struct.node) < one.range().end.index
        for one in scene.scopes
    )


def _number(struct: Struct, name: str) -> int | None:
    """Return the number of the field ``name``; None where there is none."""
    return next((at for at, one in enumerate(struct.fields) if name in _names(one)), None)


def _names(field: SgNode) -> list[str]:
    """Return what a field is called: an embedded type by its own name."""
    return field_names(field) or [text_of(field.field("type")).lstrip("*").rpartition(".")[2]]


GO_FIELDS = (one_more_field, tagged)
