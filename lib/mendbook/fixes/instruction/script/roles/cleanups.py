"""Effects of React that end all that they start: listeners and timers, as the text counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.effects import effect_body, last_of
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.script.roles.heard import Heard, heard
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import line_after, semicolon
from mendbook.model import Operation

_ENDS = {
    "away", "cancel", "cancelled", "cancels", "clean", "cleaned", "clear", "cleared", "clearing",
    "clears", "detach", "detached", "detaches", "detaching", "drop", "dropped", "drops", "end",
    "ended", "off", "release", "released", "releases", "remove", "removed", "removes", "removing",
    "stop", "stopped", "stops", "take", "taken", "takes", "undo", "undoes", "unregister",
    "unregistered", "unregisters", "unsubscribe", "unsubscribes", "up",
}  # fmt: skip
_WHEN = {
    "add", "adds", "again", "all", "both", "by", "clean-up", "cleanup", "component", "destroyed",
    "disappears", "down", "each", "effect", "effect's", "ends", "four", "function", "give", "goes",
    "gone", "hook", "leaves", "let", "longer", "make", "mounted", "needs", "never", "no", "removed",
    "return", "returned", "returning", "returns", "tear-down", "teardown", "three", "torn", "two",
    "unmount", "unmounting", "unmounts", "when",
}  # fmt: skip
_LISTENERS = {
    "handler", "handlers", "listener", "listeners",
}  # fmt: skip
_TIMERS = {
    "interval", "timeout", "timer",
}  # fmt: skip
_KINDS = {
    "click", "document", "dom", "event", "events", "global", "key", "keyboard", "keydown", "keyup",
    "message", "offline", "online", "resize", "scroll", "storage", "window",
}  # fmt: skip
_TOLD = re.compile(
    r"unmount|clean|torn|tear|effect|return|goes? away|gone|disappears|leaves", re.IGNORECASE
)


def all_ended(work: Work, ask: Ask) -> StepEdits | None:
    """*Return a clean-up that removes both listeners*: all that the quoted effect starts."""
    scene = work.scene
    spoken = heard(ask, _ENDS | _WHEN | _LISTENERS | _TIMERS | _KINDS)
    if not spoken.says(_ENDS) or not spoken.says(_LISTENERS | _TIMERS) or spoken.kept:
        return None
    if _TOLD.search(f"{ask.text} {ask.about}") is None:
        return None
    body = effect_body(scene)
    last = last_of(body) if body is not None else None
    if body is None or last is None:
        return None
    started = _started(body)
    _refuse_other(spoken, started)
    if started.unnamed or not started.are_told(spoken):
        return None
    mark = semicolon(scene)
    ends = [f"clear{kind}({name}){mark}" for name, kind in started.timers]
    ends += [f"{one}{mark}" for one in started.listeners]
    code = f"return () => {ends[0]}"
    if len(ends) > 1:
        inner = "".join(f"\n{step(scene.text)}{one}" for one in ends)
        code = f"return () => {{{inner}\n}}{mark}"
    edits = [line_after(scene, last, code)]
    adds = [one.rstrip(";") for one in ends]
    return step_edits(scene, Operation.CALL, "end what the effect starts", edits, adds)


@dataclass(frozen=True, slots=True)
class _Started:
    """What the statements of an effect start."""

    timers: tuple[tuple[str, str], ...]
    """Names and kinds, ``Interval`` or ``Timeout``."""
    listeners: tuple[str, ...]
    """The calls that take them away."""
    unnamed: bool
    """Whether one of them cannot be named again."""

    def are_told(self, spoken: Heard) -> bool:
        """Tell whether an order speaks of just these."""
        if spoken.says(_TIMERS) != bool(self.timers):
            return False
        if spoken.says(_LISTENERS) != bool(self.listeners):
            return False
        several = spoken.says({"listeners", "handlers"}) or spoken.count is not None
        if len(self.listeners) > 1 and not several:
            return False
        known = {name for name, _ in self.timers}
        known |= set(re.findall(r"[\w$]+", " ".join(self.listeners)))
        return len(self.timers) < 2 and all(one.strip("'\"()") in known for one in spoken.names)


def _refuse_other(spoken: Heard, started: _Started) -> None:
    """Raise ``Abstain`` where the text counts otherwise than the code."""
    count = spoken.count
    things = len(started.listeners) if spoken.says(_LISTENERS) else len(started.timers)
    if count and not (spoken.says(_LISTENERS) and spoken.says(_TIMERS)) and count != things:
        raise Abstain(f"the text speaks of {count}; the effect starts {things}", final=True)


def _started(body: SgNode) -> _Started:
    """Return the timers and listeners that the statements of a block start."""
    timers: list[tuple[str, str]] = []
    listeners: list[str] = []
    unnamed = False
    for one in body.named_children():
        timer = re.match(
            r"(?:const\s+(?P<name>[\w$]+)\s*=\s*)?(?:window\.)?set(?P<kind>Interval|Timeout)\(",
            one.text(),
        )
        if timer is not None:
            timers += [(timer["name"], timer["kind"])] if timer["name"] else []
            unnamed = unnamed or not timer["name"]
        added = re.fullmatch(
            r"(?P<of>[\w$.]+)\.addEventListener\((?P<given>.*)\);?", one.text(), re.DOTALL
        )
        if added is None:
            continue
        plain = re.fullmatch(
            r"\s*(?:'[^']*'|\"[^\"]*\"),\s*[\w$.]+(?:,\s*(?:true|false|\{[^{}]*\}))?\s*",
            added["given"],
        )
        unnamed = unnamed or plain is None
        listeners.append(f"{added['of']}.removeEventListener({added['given'].strip()})")
    return _Started(tuple(timers), tuple(listeners), unnamed)


CLEANUPS = (all_ended,)
