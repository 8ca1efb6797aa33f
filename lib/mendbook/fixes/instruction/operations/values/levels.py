"""Another level for a line of a log."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.values.operators import OLD_BEHIND
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import hint_words, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import callee, field, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_LEVELS = (
    "trace", "debug", "info", "warn", "warning", "error", "fatal", "critical", "notice",
    "exception", "verbose",
)  # fmt: skip
_LOGGED = (
    "level", "log", "logs", "logging", "message", "line", "entry", "downgrade", "demote",
)  # fmt: skip


def change_level(work: Work, clause: Clause) -> StepEdits | None:
    """Log at another level; None where the clause speaks of no level."""
    scene = work.scene
    level = _level(clause)
    if level is None:
        return None
    calls = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if (target := callee(one)) is not None and _logs_at(scene, target)
    ]
    before = next((one for one in _mentioned(clause) if one != level), None)
    old = clause.behind("from", "instead of")
    if old is not None and before is not None:
        calls = [one for one in calls if _label(one).text() == before]
    spelled = _spelled(scene, level)
    others = [one for one in calls if _label(one).text() != spelled]
    if _names_logger(clause) and not _same_logger(clause):
        return None
    if calls and not others:
        raise Abstain(f"it already logs at {spelled}")
    quoted = [one for one in calls if begins_in_quote(scene, one)]
    if quoted and all(_label(one).text() == spelled for one in quoted):
        raise Abstain(f"it already logs at {spelled}")
    bound = scopes_in(scene, clause, words=False)
    nodes = pick(scene, others, clause, "the log call", bound, words=hint_words(clause))
    return StepEdits(
        Operation.REPLACE,
        f"log `{' '.join(nodes[0].text().split())[:50]}` at {spelled}",
        edits_in(scene, [replaced(_label(one), spelled) for one in nodes]),
        adds=(f".{spelled}",),
        removes=(f".{_label(nodes[0]).text()}",),
    )


def _logs_at(scene: Scene, target: SgNode) -> bool:
    """Tell whether what is called is a level of a logger: of Go, whose levels are capitalised."""
    level = text_of(field(target, "property", "attribute", "field"))
    if scene.language.name != "go":
        return level in _LEVELS
    logger = text_of(target.field("operand")).rpartition(".")[2].removesuffix("()")
    return level.lower() in _LEVELS and re.search(r"(?i)log|zap|sugar|^l$", logger) is not None


def _names_logger(clause: Clause) -> bool:
    """Tell whether both sides of ``X instead of Y`` are spelled as code."""
    instead = clause.behind(*OLD_BEHIND)
    named = instead is not None and (bool(instead.codes) or instead.has("print"))
    return named and bool(clause.object.codes)


def _same_logger(clause: Clause) -> bool:
    """Tell whether only the level differs: ``log.warn`` instead of ``log.error``."""
    instead = clause.behind(*OLD_BEHIND)
    before = instead.codes[0].bare if instead is not None and instead.codes else ""
    if instead is not None and not before:
        return False
    after = clause.object.codes[0].bare if clause.object.codes else ""
    return not before.rpartition(".")[0] or before.rpartition(".")[0] == after.rpartition(".")[0]


def _label(call: SgNode) -> SgNode:
    target = callee(call)
    label = field(target, "property", "attribute", "field") if target is not None else None
    if label is None:
        raise Abstain("the log call has no level")
    return label


def _level(clause: Clause) -> str | None:
    """Return the level that the clause tells to log at."""
    if clause.verb is Verb.LOG:
        phrase = clause.behind("at", "as", "with", "on")
        return next((w for w in phrase.words if w in _LEVELS), None) if phrase else None
    if clause.verb not in {Verb.REPLACE, Verb.USE, Verb.SET, Verb.MARK, Verb.BECOME}:
        return None
    to = clause.behind("to", "at", "into", "with")
    if to is not None:
        level = next((w for w in to.words if w in _LEVELS), None) or _in_code(to)
        before = clause.behind("from")
        logs = _logs(clause.object) or (before is not None and _logs(before))
        spoken = clause.has(*_LOGGED) or logs
        return level if level and (spoken or not to.codes) else None
    if clause.verb is Verb.USE and clause.has("level"):
        return next((w for w in clause.object.words if w in _LEVELS), None)
    return _in_code(clause.object) if clause.verb is Verb.USE and not _has_call(clause) else None


def _has_call(clause: Clause) -> bool:
    return any("(" in one.text and not one.text.endswith("()") for one in clause.codes)


def _logs(phrase: Phrase) -> bool:
    return any(_in_code(Phrase("", (), (one,))) for one in phrase.codes)


def _in_code(phrase: Phrase) -> str | None:
    for code in phrase.codes:
        match = re.fullmatch(r"(?:(?:this\.|self\.)?(?:\w*[lL]og\w*)\.)?(\w+)(?:\(\))?", code.text)
        if match and match[1] in _LEVELS and ("." in code.text or code.quoted):
            return match[1]
    return None


def _mentioned(clause: Clause) -> list[str]:
    coded = [_in_code(Phrase("", (), (one,))) for one in clause.codes]
    return [*(one for one in clause.words if one in _LEVELS), *(one for one in coded if one)]


def _spelled(scene: Scene, level: str) -> str:
    """Return a level as the file's logger spells it: ``warn`` in scripts, ``warning`` in Python."""
    if level in {"warn", "warning"}:
        level = "warning" if scene.language.python else "warn"
    return level.capitalize() if scene.language.name == "go" else level
