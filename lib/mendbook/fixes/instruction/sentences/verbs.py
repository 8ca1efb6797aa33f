"""The verbs that fix texts use, and the operation that each one means."""

from __future__ import annotations

from enum import StrEnum

from mendbook.text.word_forms import verbs_of_gerund


class Verb(StrEnum):
    """What a clause tells to do, whatever word it uses."""

    ADD = "add"
    SET = "set"
    REMOVE = "remove"
    REPLACE = "replace"
    USE = "use"
    EXTRACT = "extract"
    MOVE = "move"
    CALL = "call"
    AWAIT = "await"
    RETURN = "return"
    THROW = "throw"
    WRAP = "wrap"
    GUARD = "guard"
    CATCH = "catch"
    LOG = "log"
    RENAME = "rename"
    MARK = "mark"
    DECLARE = "declare"
    DEFAULT = "default"
    BECOME = "become"
    UPDATE = "update"
    DOCUMENT = "document"
    CONSIDER = "consider"
    CODE = "code"
    """No verb: the clause is the code that should stand there."""


_WORDS: dict[Verb, str] = {
    Verb.ADD: "add include append chain attach insert introduce put register supply provide"
    " specify pass give prepend apply mount list place export enable import"
    " hang decorate forward bound cap limit constrain"
    " create define build start prefix extend augment equip complement supplement",
    Verb.SET: "set configure assign bump",
    Verb.REMOVE: "remove delete drop strip discard omit eliminate erase unexport un-export cut"
    " unwrap dissolve",
    Verb.REPLACE: "replace swap substitute exchange",
    Verb.USE: "use prefer adopt employ reuse utilise utilize compare read",
    Verb.EXTRACT: "extract hoist pull lift promote name factor",
    Verb.MOVE: "move relocate shift reorder",
    Verb.CALL: "call invoke run execute emit close release clear flush",
    Verb.AWAIT: "await",
    Verb.RETURN: "return",
    Verb.THROW: "throw raise rethrow re-throw reraise re-raise",
    Verb.WRAP: "wrap surround enclose open",
    Verb.GUARD: "guard check bail skip exit reject ensure",
    Verb.CATCH: "catch handle swallow",
    Verb.LOG: "log",
    Verb.RENAME: "rename",
    Verb.MARK: "mark make deprecate flag turn convert",
    Verb.DECLARE: "declare annotate type",
    Verb.DEFAULT: "default initialise initialize",
    Verb.BECOME: "become becomes gets get needs takes should",
    Verb.UPDATE: "uncomment stop disable update adjust adapt fix propagate require test",
    Verb.DOCUMENT: "document",
    Verb.CONSIDER: "consider evaluate investigate think explore review rethink redesign refactor"
    " split restructure",
}
_CHANGES = (
    "change switch narrow demote downgrade increase lower reduce decrease shorten"
    " alter migrate upgrade simplify collapse shrink merge combine join fold unite consolidate"
    " reword rephrase"
)
VERBS: dict[str, Verb] = {
    **{word: verb for verb, words in _WORDS.items() for word in words.split()},
    **dict.fromkeys(_CHANGES.split(), Verb.REPLACE),
    "put": Verb.ADD,
}
ADVERBS = frozenset(
    [
        "also",
        "then",
        "simply",
        "just",
        "instead",
        "please",
        "finally",
        "first",
        "next",
        "explicitly",
        "always",
        "only",
        "now",
        "immediately",
        "directly",
        "either",
        "you",
        "we",
        "must",
        "to",
        "properly",
        "consistently",
        "accordingly",
    ]
)


def verb_of(word: str) -> Verb | None:
    """Return what ``word`` tells to do, as an imperative or a gerund; None for another word."""
    low = word.lower()
    if low in VERBS:
        return VERBS[low]
    return next((VERBS[one] for one in verbs_of_gerund(low) if one in VERBS), None)
