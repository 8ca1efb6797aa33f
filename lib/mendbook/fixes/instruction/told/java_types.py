"""Which class of Java's library a field is made of: *make stock a ConcurrentHashMap*."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_MAPS = ("Map",)
_SORTED = ("Map", "SortedMap", "NavigableMap")
_LISTS = ("List", "Collection", "Iterable")
_SETS = ("Set", "Collection", "Iterable")
_QUEUES = ("Queue", "Collection", "Iterable")
_DEQUES = ("Deque", *_QUEUES)
_IS: dict[str, tuple[str, ...]] = {
    "HashMap": _MAPS,
    "LinkedHashMap": ("HashMap", *_MAPS),
    "TreeMap": _SORTED,
    "ConcurrentHashMap": ("ConcurrentMap", *_MAPS),
    "ConcurrentSkipListMap": ("ConcurrentMap", *_SORTED),
    "WeakHashMap": _MAPS,
    "IdentityHashMap": _MAPS,
    "Hashtable": _MAPS,
    "ArrayList": _LISTS,
    "LinkedList": ("Deque", *_LISTS, "Queue"),
    "CopyOnWriteArrayList": _LISTS,
    "Vector": _LISTS,
    "HashSet": _SETS,
    "LinkedHashSet": ("HashSet", *_SETS),
    "TreeSet": ("SortedSet", "NavigableSet", *_SETS),
    "CopyOnWriteArraySet": _SETS,
    "ConcurrentSkipListSet": ("SortedSet", "NavigableSet", *_SETS),
    "ArrayDeque": _DEQUES,
    "ConcurrentLinkedQueue": _QUEUES,
    "ConcurrentLinkedDeque": _DEQUES,
    "LinkedBlockingQueue": ("BlockingQueue", *_QUEUES),
    "LinkedBlockingDeque": ("BlockingDeque", "BlockingQueue", *_DEQUES),
    "PriorityQueue": _QUEUES,
}
"""The classes of collections, and what each of them may be declared as."""
_NO_NULL = words(
    "ConcurrentHashMap ConcurrentSkipListMap TreeMap ArrayDeque ConcurrentLinkedQueue"
    " ConcurrentLinkedDeque LinkedBlockingQueue"
)
_WORDS = words(
    "field variable map list set queue type into turn turned change changed switch back"
    " backed import imported create created initialise initialize initialised initialized"
    " instance new instead rather than thread-safe hold collection java.util.concurrent"
    " java.util become"
)


def made_of(work: Work, ask: Ask) -> StepEdits | None:
    """*Make stock a ConcurrentHashMap*: in what it is given, and in its type if a class."""
    scene = work.scene
    holders = _holders(scene)
    told = spoken(ask, lambda word: word in holders)
    codes = [re.sub(r"^new\s+|<.*>|\(.*\)$", "", one) for one in told.codes]
    packages = [one for one in codes if re.fullmatch(r"java(?:\.[a-z]+)+(?:\.\w+)?", one)]
    kinds = [one for one in dict.fromkeys(codes) if one in _IS]
    names = [one for one in dict.fromkeys(codes) if one.removeprefix("this.") in holders]
    if len(packages) + len(kinds) + len(names) != len(set(codes)) or len(names) != 1:
        return None
    if not told.only(ARTICLES, ORDERS, _WORDS) or not kinds:
        return None
    name = names[0].removeprefix("this.")
    nodes = holders[name]
    nodes = nodes if len(nodes) == 1 else [one for one in nodes if touches_quote(scene, one)]
    if len(nodes) != 1:
        return None
    declared = nodes[0]
    made = _made(scene, declared, name)
    old = text_of(made.field("type")).partition("<")[0]
    new = [one for one in kinds if one != old]
    if not new:
        raise Abstain(f"{name} is a {old} already")
    if len(new) != 1 or (len(kinds) == 2 and old not in kinds):
        raise Abstain(f"{name} is a {old}")
    return _changed(scene, declared, made, name, new[0])


def _changed(scene: Scene, declared: SgNode, made: SgNode, name: str, new: str) -> StepEdits:
    typed, value = declared.field("type"), made.field("type")
    if typed is None or value is None:
        raise Abstain(f"what {name} is declared as is not plain")
    kind = typed.text().partition("<")[0]
    given = text_of(made.field("arguments")).strip("() ")
    if given and not (given.isdigit() and new in {"HashMap", "ConcurrentHashMap", "ArrayList"}):
        raise Abstain(f"{name} is made of `{given}`; whether a {new} takes it is not said")
    old = value.text().partition("<")[0]
    edits = [replaced(value, value.text().replace(old, new, 1))]
    if kind == old:
        edits.append(replaced(typed, typed.text().replace(old, new, 1)))
    elif kind != "var" and kind != new and kind not in _IS[new]:
        raise Abstain(f"a {new} is no {kind}")
    null = rf"\b{re.escape(name)}\.(?:put|add|offer|push)\([^;]*\bnull\b"
    if new in _NO_NULL and re.search(null, scene.text):
        raise Abstain(f"null is put into {name}, which a {new} does not take")
    said = f"make {name} a {new}"
    return step_edits(scene, Operation.REPLACE, said, edits, [new], [old])


def _holders(scene: Scene) -> dict[str, list[SgNode]]:
    """Return the fields and variables of the file by their names."""
    found: dict[str, list[SgNode]] = {}
    for one in of_kinds(scene.root, ("field_declaration", "local_variable_declaration")):
        held = [each for each in one.children() if each.kind() == "variable_declarator"]
        if len(held) == 1:
            found.setdefault(text_of(held[0].field("name")), []).append(one)
    return found


def _made(scene: Scene, declared: SgNode, name: str) -> SgNode:
    """Return the one ``new …`` that a field is given, in its place or in a constructor."""
    held = next(one for one in declared.children() if one.kind() == "variable_declarator")
    values = [one for one in (held.field("value"),) if one is not None]
    if not values:
        values = [
            right
            for one in of_kinds(scene.root, ("assignment_expression",))
            if text_of(one.field("left")).removeprefix("this.") == name
            and (right := one.field("right")) is not None
        ]
    if len(values) != 1 or values[0].kind() != "object_creation_expression":
        raise Abstain(f"how {name} is made is not plain")
    return values[0]


JAVA_TYPES = (made_of,)
