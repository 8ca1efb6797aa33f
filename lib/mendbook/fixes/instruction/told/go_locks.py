"""Locks of Go in a reviewer's words: held while a method runs, released by one ``defer``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.go_package import package_files, structs_of
from mendbook.fixes.instruction.operations.go_locks import (
    deferred_unlocks,
    locked_throughout,
    refuse_locked,
)
from mendbook.fixes.instruction.places.scene import Scene, around
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, Spoken, spoken, words
from mendbook.fixes.instruction.tree.syntax import body_of, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work

_RELEASES = words(
    "defer deferred deferring unlock unlocks unlocking release releases releasing lock locks"
    " locking"
)
_BY_HAND = words(
    "right directly immediately straight after behind below drop remove delete explicit"
    " manual call calls one instead each every path paths exit return before all both replace"
    " move into rather than hand via mutex single them other others statement line"
)
_HOLDS = words(
    "guard protect hold holds take takes acquire lock locked guarded protected held wrap"
)
_TAIL = re.compile(r"\s+(?:while|so\s+long\s+as|until|whenever)\s.*$", re.IGNORECASE | re.DOTALL)
_OF_LOCKS = words(
    "guard guarded protect protected hold holds held take takes acquire acquires lock locked"
    " whole body method function start top beginning begin read write reader writer mutex"
    " defer deferred unlock release call calls then wrap entire during first right there too"
    " well directly immediately"
)


def unlocked_once(work: Work, ask: Ask) -> StepEdits | None:
    """*Defer the unlock right after the lock and drop the explicit call*."""
    told = spoken(ask, lambda word: False)
    release = told.has("unlock", "unlocks", "unlocking", "release", "releases", "releasing") or any(
        "nlock()" in one for one in told.codes
    )
    by_defer = told.has("defer", "deferred", "deferring") or any(
        one.startswith("defer ") for one in told.codes
    )
    if not release or not by_defer or not told.only(ARTICLES, ORDERS, _RELEASES, _BY_HAND):
        return None
    if not all(
        re.fullmatch(r"(?:defer\s+)?[\w.]+(?:\.R?(?:Un)?[Ll]ock\(\))?", one) for one in told.codes
    ):
        return None
    homes = around(work.scene)
    return deferred_unlocks(work.scene, homes[0]) if len(homes) == 1 else None


def held_throughout(work: Work, ask: Ask) -> StepEdits | None:
    """*Guard put with c.mu.Lock() and a deferred Unlock()*, *put must hold the lock*."""
    scene = work.scene
    short = Ask(_TAIL.sub("", ask.text), ask.codes, ask.about)
    methods = {
        text_of(one.field("name")): one
        for one in of_kinds(scene.root, ("method_declaration", "function_declaration"))
    }
    told = spoken(
        short,
        lambda word: word in methods or re.fullmatch(r"R?(?:Un)?[Ll]ock\(\)", word) is not None,
    )
    locks = [one for one in told.codes if re.search(r"\bR?(?:Un)?[Ll]ock\(\)$", one)]
    owners = [one for one in told.codes if re.fullmatch(r"\w+\.\w+", one)]
    names = [one for one in told.codes if one.removesuffix("()") in methods]
    if len(locks) + len(owners) + len(names) < len(told.codes) or len(names) > 1:
        return None
    asked = told.has(*_HOLDS) and re.match(r"call\b", ask.text, re.IGNORECASE) is None
    mutex = bool(locks or owners) or told.has("lock", "mutex")
    if not asked or not mutex or not told.only(ARTICLES, ORDERS, _OF_LOCKS):
        return None
    homes = [methods[names[0].removesuffix("()")]] if names else around(scene)
    body = body_of(homes[0]) if len(homes) == 1 else None
    if body is None:
        return None
    return _held(scene, homes[0], body, told, {*locks, *owners})


def _held(scene: Scene, home: SgNode, body: SgNode, told: Spoken, codes: set[str]) -> StepEdits:
    receiver, kind = _receiver(home)
    mutexes = _mutexes(scene, kind) if kind else {}
    named = {re.sub(r"^defer\s+|\.?R?(?:Un)?[Ll]ock\(\)$", "", one) for one in codes} - {""}
    if not named:
        if len(mutexes) != 1 or not receiver:
            raise Abstain("which lock is to be held is not said")
        named = {f"{receiver}.{next(iter(mutexes))}"}
    owner = next(iter(named))
    field = owner.rpartition(".")[2]
    if (
        len(named) != 1
        or (kind and owner != f"{receiver}.{field}")
        or (kind and field not in mutexes)
    ):
        raise Abstain(f"{owner} is no lock of {kind or 'the function'}")
    read = any(re.search(r"\bRLock\(\)", one) for one in codes) or told.has("read", "reader")
    refuse_locked(body, owner)
    _refuse_twice(scene, receiver, field, body)
    letter = "R" if read else ""
    if read and re.search(
        rf"\bdelete\(\s*{re.escape(receiver)}\.|\b{re.escape(receiver)}\.[\w.]+(?:\[[^\]]*\])?\s*"
        r"(?:[-+*/|&]?=(?!=)|\+\+|--)",
        body.text(),
    ):
        raise Abstain(
            "something is written there, which a lock for readers does not guard", final=True
        )
    if read and mutexes.get(field) != "sync.RWMutex":
        raise Abstain(f"{owner} is no lock for readers")
    return locked_throughout(scene, body, owner, letter, text_of(home.field("name")))


def _receiver(home: SgNode) -> tuple[str, str]:
    """Return the name and the type of a method's receiver; nothing for a function."""
    held = home.field("receiver")
    one = held.named_children()[0] if held is not None and held.named_children() else None
    if one is None:
        return "", ""
    return text_of(one.field("name")), text_of(one.field("type")).lstrip("*").partition("[")[0]


def _mutexes(scene: Scene, kind: str) -> dict[str, str]:
    """Return the locks among the fields of a struct of the package, with their types."""
    return {
        text_of(each.field("name")): typed
        for one in structs_of(scene)
        for each in one.fields
        if one.name == kind
        and (typed := text_of(each.field("type")).lstrip("*")) in {"sync.Mutex", "sync.RWMutex"}
    }


def _refuse_twice(scene: Scene, receiver: str, field: str, body: SgNode) -> None:
    """Raise ``Abstain`` where the method calls another one that takes the same lock."""
    called = (
        set(re.findall(rf"\b{re.escape(receiver)}\.(\w+)\(", body.text())) if receiver else set()
    )
    for _, root in package_files(scene):
        for one in of_kinds(root, ("method_declaration",)):
            name = text_of(one.field("name"))
            if name in called and re.search(rf"\.{re.escape(field)}\.R?Lock\(\)", one.text()):
                raise Abstain(f"{name}, which is called there, takes the lock itself")


GO_LOCKS = (unlocked_once, held_throughout)
