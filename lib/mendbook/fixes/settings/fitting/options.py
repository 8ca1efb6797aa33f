"""Options that a fix text names, given to the one command quoted that is meant."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.commands import Command, commands_in
from mendbook.fixes.settings.fitting.saying import Saying, Told, is_order
from mendbook.fixes.settings.told.commands import OPENING, RUN_IN
from mendbook.model import Operation

_OF = {
    "--no-install-recommends": ("apt-get", "apt"),
    "--no-cache-dir": ("pip", "pip3"),
    "--no-cache": ("apk", "docker"),
    "--omit=dev": ("npm",),
    "--ignore-scripts": ("npm", "yarn", "pnpm"),
    "--frozen-lockfile": ("yarn", "pnpm"),
    "--fail": ("curl",),
    "--max-time": ("curl",),
    "--connect-timeout": ("curl",),
    "--chown": ("COPY", "ADD"),
    "--locked": ("cargo",),
    "--timeout": ("wget", "gunicorn", "pytest"),
    "-race": ("go",),
    "-trimpath": ("go",),
}
"""Programs that have an option which hardly another has."""
_SHORT = {"--fail": "f", "--silent": "s", "--show-error": "S", "--location": "L", "--parents": "p",
          "--yes": "y", "--quiet": "q", "--recursive": "r", "--force": "f"}  # fmt: skip
_OPTION = re.compile(r"--?[A-Za-z][\w-]*(?:=\S+)?")


def options_given(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the command with the options that the text names; None where it names none."""
    if not RUN_IN.search(file.path):
        return None
    news = [one for one in saying.news if _OPTION.fullmatch(_bare(one))]
    if not news or any(_bare(one).startswith("-") for one in saying.olds):
        return None
    if saying.goes:
        return None
    values = {one: _value(saying, one) for one in news}
    spelled = {each.start for value in values.values() if value for each in [value]}
    if OPENING.search(" ".join(map(_bare, news))):
        raise Unreadable("the options would open what is closed, or run something else")
    if any(_takes_word(saying, one) or _is_anothers(file, saying, one) for one in news):
        return None
    command = _meant(commands_in(file, span), saying, news)
    if command is None:
        return None
    names = {*command.text.split(), command.program, command.part}
    left = [one for one in saying.news if one not in news and one.start not in spelled
            and one.text not in names and one.text != f"{command.program} {command.part}"
            and one.text not in command.text]  # fmt: skip
    if left:
        return None
    written = [
        " ".join([_bare(one), *(each.text for each in [values[one]] if each)]) for one in news
    ]
    for one in news:
        _refuse_held(command, _bare(one))
    added = " ".join(written)
    said = f"call `{' '.join(filter(None, (command.program, command.part)))}` with `{added}`"
    return (
        SettingEdit(command.head, command.head, f" {added}", said, Operation.ADD, tuple(written)),
    )


def _bare(one: Told) -> str:
    return one.text.strip()


_FUNCTION = re.compile(
    r"(?:is|are|does|do|belongs?|goes|to|in|on|for|with|and|here|there|too|as|an?|the|so|that|would|can"
    r"|has|have|should|must|makes?|stops?|keeps?|instead|not|option|flag|please|at|by|from|of)\b"
)


def _is_anothers(file: SettingsFile, saying: Saying, option: Told) -> bool:
    """Tell whether an option follows the name of a command that the file does not run."""
    before = re.search(
        r"(?<![\w./-])(?P<word>[a-z][\w.-]*)[ ]+[`\"']?$", saying.text[: option.start]
    )
    if before is None or _FUNCTION.match(before["word"]) or is_order(before["word"]):
        return False
    coded = saying.text[: before.start()].endswith(("`", "$(", "("))
    known = re.search(rf"(?<![\w-]){re.escape(before['word'])}(?![\w-])", file.text) is not None
    return not known and (coded or before["word"] in _PROGRAMS)


_NAMES = (
    "mktemp find grep sed awk xargs sort head tail cut tee date curl wget git docker kubectl jq tar"
    " rsync ssh scp chmod chown mkdir install ln readlink realpath timeout flock kill trap"
)
_PROGRAMS = frozenset(_NAMES.split())


def _takes_word(saying: Saying, option: Told) -> bool:
    """Tell whether a word stands behind an option that may be its value: ``--without tests``."""
    behind = re.match(r"[`\"']?[ ]+(?P<word>[a-z][\w-]*)", saying.text[option.end :])
    return behind is not None and _FUNCTION.match(behind["word"]) is None


def _value(saying: Saying, option: Told) -> Told | None:
    """Return the number or the quoted text that stands right behind an option."""
    if "=" in option.text:
        return None
    behind = next((one for one in saying.news if one.start > option.start), None)
    if behind is None or saying.text[option.end : behind.start].strip():
        return None
    return behind if re.fullmatch(r"\d[\w.]*|[\w./-]+/[\w./-]*", behind.text) else None


def _meant(commands: list[Command], saying: Saying, news: list[Told]) -> Command | None:
    """Return the command that the text names, that the option is of, or the only one."""
    named = [one for one in commands if _names(saying, one)]
    if len(named) == 1:
        return named[0]
    if not named and any(_names_part(saying, one.program) for one in commands):
        return None
    of = {each for one in news for each in _OF.get(_bare(one).split("=")[0], ())} | {
        each for one in news for each in _OF.get(_bare(one), ())
    }
    owning = [one for one in (named or commands) if one.program in of]
    if len(owning) == 1:
        return owning[0]
    if named or of:
        return None
    return commands[0] if len(commands) == 1 else None


def _names(saying: Saying, command: Command) -> bool:
    word = rf"(?<![\w./-]){re.escape(command.program)}(?![\w./-])"
    if command.part:
        whole = rf"{word}\s+{re.escape(command.part)}(?![\w-])"
        return re.search(whole, saying.text) is not None or (
            re.search(word, saying.text) is not None and not _names_part(saying, command.program)
        )
    return re.search(word, saying.text) is not None


def _names_part(saying: Saying, program: str) -> bool:
    """Tell whether the text names a program with what it does: ``go test``."""
    return (
        re.search(
            rf"(?<![\w./-]){re.escape(program)}\s+(?:install|add|build|test|vet|run|ci|get|mod|sync|update"
            r"|upgrade|push|pull|clone|download|apply|publish)(?![\w-])",
            saying.text,
        )
        is not None
    )


def _refuse_held(command: Command, option: str) -> None:
    name = re.split(r"[= ]", option)[0]
    short = _SHORT.get(name, "")
    held = command.options
    if name in held or (
        short and any(re.fullmatch(r"-[A-Za-z]+", one) and short in one for one in held)
    ):
        raise Unreadable(f"{name} stands there already")
    if name in _SHORT.values() or any(f"-{short}" == name for short in _SHORT.values()):
        clusters = [one for one in held if re.fullmatch(r"-[A-Za-z]+", one)]
        if len(name) == 2 and any(name[1] in one for one in clusters):
            raise Unreadable(f"{name} stands there already")
