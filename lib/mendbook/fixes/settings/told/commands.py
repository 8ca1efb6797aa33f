"""Options of commands that stand in scripts, Dockerfiles, Makefiles and workflows."""

from __future__ import annotations

import re

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

RUN_IN = re.compile(
    r"\.(?:sh|bash)$|ockerfile|ontainerfile|(?:^|/)(?:GNU)?[Mm]akefile$|\.mk$|\.ya?ml$"
)
_OPTION = (
    r"--?[A-Za-z][\w-]*(?:=(?:\"[^\"]*\"|'[^']*'|[\w$][\w.:/,%${}@+-]*[\w%}]|\w)"
    r"|[ ](?:\"[^\"]*\"|'[^']*'|\d[\w.:/,%-]*[\w%]|\d|\$[\w{}]+|[\w.-]+/[\w./-]*\w))?"
)
_OPTIONS = rf"{_OPTION}(?:(?:\s+|,\s*|\s+and\s+){_OPTION})*"
_COMMAND = (
    r"[a-z][\w.-]*(?:\s+(?!(?:with|for|in|on|to|of|by|call|command|line|step|instruction"
    r"|invocation|the|and|instead|so|should|must|needs|gets)\b)[a-z][\w-]*){0,2}"
)
_NOUN = r"(?:\s+(?:calls?|commands?|lines?|steps?|instructions?|invocations?|layers?|run))?"
_WHICH = r"(?:\s+(?:for|in|of|on|at)\s+(?:the\s+)?(?P<which>[\w./-]+(?:\s+[\w./-]+)?))?"
_NOT = (
    rf"(?:,?\s+(?:{INSTEAD_OF}|not|replacing)\s+(?:just\s+"
    rf"|plain\s+)?(?P<old>{_OPTIONS}))?"
)
_PUT = r"(?:please\s+)?(?:add|pass|append|include|use|set|put|give|supply|insert)"
_FLAGS = (
    rf"(?:the\s+)?(?:flags?\s+|options?\s+|switch(?:es)?\s+)?(?P<new>{_OPTIONS})(?:\s+(?:flags?"
    rf"|options?|switch(?:es)?))?"
)
_FORMS = tuple(
    re.compile(each)
    for each in (
        rf"(?:[Cc]all|[Rr]un|[Ii]nvoke|[Uu]se|[Ss]tart|[Ee]xecute)\s+(?:the\s+)?"
        rf"(?P<command>{_COMMAND}){_NOUN}\s+with\s+{_FLAGS}{_WHICH}{_NOT}",
        rf"(?i:{_PUT})\s+{_FLAGS}\s+(?:to|on|for|in|with)\s+(?:the\s+)?(?:"
        rf"(?P<which2>[A-Z]{(3,)})\s+)?(?P<command>{_COMMAND}){_NOUN}{_WHICH}{_NOT}",
        rf"(?i:{_PUT})\s+(?:the\s+)?(?P<command>{_COMMAND}){_NOUN}\s+{_FLAGS}{_WHICH}{_NOT}",
        rf"(?:[Tt]he\s+)?(?P<command>{_COMMAND}){_NOUN}\s+(?:needs|should\s+(?:have|get|use"
        rf"|be\s+(?:called|run)\s+with)|must\s+(?:have|get|use|be\s+(?:called|run)\s+with)"
        rf"|lacks|wants)\s+{_FLAGS}{_WHICH}{_NOT}",
        rf"(?P<command>{_COMMAND}){_NOUN}:\s+(?:add\s+|pass\s+|use\s+)?{_FLAGS}{_NOT}",
        rf"(?P<command>[a-z][\w.-]*(?:\s+[a-z][\w-]*)?)\s+{_FLAGS}{_WHICH}{_NOT}",
        rf"(?P<command>(?:[Ii]nstall|[Bb]uild|[Dd]ownload|[Ss]ync|[Cc]lone|[Pp]ull|[Ff]etch))"
        rf"(?:\s+(?:it|them|the\s+\w+))?\s+with\s+{_FLAGS}",
        rf"(?:[Uu]se|[Rr]un|[Cc]all)\s+(?P<command>{_COMMAND})\s+{_FLAGS}{_WHICH}{_NOT}",
    )
)
OPENING = re.compile(
    r"(?i)--?(?:insecure|privileged|no-verify|allow-root|unsafe-perm|force-yes"
    r"|allow-unauthenticated|trusted-host"
    r"|disable-host-key-checking|no-check-certificate|net=host|cap-add|cap_add|no-gpg-check"
    r"|output|config)\b|(?<!\S)-k\b"
)
"""Options that take a check away, or say where something is written."""


def options(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Call curl with -fsS for the upload instead of -s*: options of the one call that is meant."""
    if not RUN_IN.search(file.path):
        return None
    text = plain(said, ticks=False)
    if (copied := _COPIED.fullmatch(" ".join(said.replace("`", "").split()))) is not None:
        return _copied(file, copied)
    if (alone := _ALONE.fullmatch(text)) is not None and alone["new"] in _USUAL:
        text = f"add {alone['new']} to {_USUAL[alone['new']]}"
    if (shown := _shown(file, text)) is not None:
        return shown
    told = next((match for form in _FORMS if (match := form.fullmatch(text)) is not None), None)
    if told is None:
        return None
    new = _parts(told["new"])
    old = _parts(told.groupdict().get("old") or "")
    given = told.groupdict()
    which = given.get("which") or given.get("which2") or ""
    if OPENING.search(told["new"]) or re.search(r"https?:|[;&|`<>]|\$\(", told["new"]):
        raise Unreadable("the options would open what is closed, or run something else")
    command = told["command"]
    if re.fullmatch(r"[A-Z]?[a-z]+", command) and command.lower() in _PARTS:
        command = _whole_of(file, command.lower())
    calls = _calls(file, command, which)
    if old:
        calls = [one for one in calls if all(_has(_line(file, one[1]), each) for each in old)]
    if len(calls) != 1:
        raise Unreadable(f"`{told['command']}` is called {len(calls)} times there")
    _begin, end = calls[0]
    line = _line(file, end)
    names = [re.split(r"[= ]", one)[0] for one in new]
    if any(_has(line, one) for one in names if one not in old):
        raise Unreadable(f"{names[0]} stands there already")
    cluster = re.match(r"[ ]+(-[A-Za-z]+)(?=\s)", line)
    if not old and cluster is not None and any(_widens(one, cluster[1]) for one in new):
        old = [cluster[1]]
    said_as = f"call `{told['command']}` with `{' '.join(new)}`"
    added = " ".join(new)
    if not old:
        return (SettingEdit(end, end, f" {added}", said_as, Operation.ADD, tuple(new)),)
    if len(old) > 1:
        joined = " ".join(old)
        at = file.text.find(joined, end, end + len(line))
        if at < 0:
            raise Unreadable(f"`{joined}` does not stand together")
        return (
            SettingEdit(at, at + len(joined), added, said_as, Operation.REPLACE, tuple(new), ()),
        )
    spot = re.compile(rf"(?<!\S){re.escape(old[0])}(?![\w=-])").search(file.text, end)
    if spot is None:
        raise Unreadable(f"there is no `{old[0]}`")
    return (
        SettingEdit(spot.start(), spot.end(), added, said_as, Operation.REPLACE, tuple(new), ()),
    )


_COPIED = re.compile(r"(?P<word>COPY)\s+(?P<new>(?:--(?:chown|chmod)=\S+\s+)+)(?P<rest>[^-\s].*)")


def _copied(file: SettingsFile, told: re.Match[str]) -> tuple[SettingEdit, ...]:
    """Return the quoted COPY of the same files with who owns them."""
    rest = r"[ \t]+".join(map(re.escape, told["rest"].split()))
    line = re.compile(rf"(?m)^COPY[ \t]+{rest}[ \t]*$")
    matches = [one for begin, end in file.quoted() for one in line.finditer(file.text, begin, end)]
    if len(matches) != 1:
        raise Unreadable(f"COPY {told['rest']} stands {len(matches)} times in the code quoted")
    new = " ".join(told[0].split())
    gone = matches[0][0]
    return (SettingEdit(*matches[0].span(), new, f"write `{new}`", Operation.SET, (new,), (gone,)),)


_USUAL = {
    "--no-install-recommends": "apt-get install",
    "--no-cache-dir": "pip install",
    "--no-cache": "apk add",
    "--omit=dev": "npm ci",
}
"""Options that one command has, said without it."""
_ALONE = re.compile(rf"(?:{_PUT}\s+)?(?:the\s+)?(?P<new>--[\w=-]+)(?:\s+(?:flag|option))?", re.I)
_PARTS = {"install", "build", "download", "sync", "clone", "pull", "fetch"}
"""What programs do, said without the program."""


def _whole_of(file: SettingsFile, part: str) -> str:
    """Return the one command of the evidence that does ``part``: ``apt-get install``."""
    form = re.compile(rf"(?<![\w./-])(?P<call>[a-z][\w.-]*[ ]+{part})(?![\w-])")
    commands = {
        " ".join(one["call"].split())
        for begin, end in file.quoted()
        for one in form.finditer(file.text, begin, end)
    }
    return commands.pop() if len(commands) == 1 else part


_JOINING = {"with", "for", "to", "on", "in", "instead", "so", "and", "from", "at", "by", "of"}
"""Words that join a sentence, and are no part of a command."""
_WHOLE = re.compile(
    r"(?:(?:[Uu]se|[Rr]un|[Cc]all|[Ww]rite|[Mm]ake\s+it|[Ii]t\s+should\s+be)\s+)?"
    r"(?P<code>[a-z][\w.-]*(?:\s+[\w.,/:=@\"$*{}+-]+)+)(?:\s+instead)?",
)


def _shown(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    """Return the one quoted command written as the text shows it: with options, or another part.

    What it is given, names of files and packages, stays.
    """
    told = _WHOLE.fullmatch(text)
    if told is None:
        return None
    words = told["code"].split()
    given = [one for one in words if not one.startswith("-")]
    if (
        set(given) & _JOINING
        or len(given) < 2
        or OPENING.search(told["code"])
        or "://" in told["code"]
    ):
        return None
    form = re.compile(
        rf"(?m)(?:^[ \t]*(?:-[ \t]+)?(?:run:[ \t]*)?(?:RUN[ \t]+)?|&&\s*|\|\s*|;\s*)"
        rf"(?P<call>{re.escape(words[0])}(?:[ \t]+[^\s&|;\\]+)+)"
    )
    calls = [
        one
        for one in form.finditer(file.text)
        if any(begin <= one.start("call") < end for begin, end in file.quoted())
    ]
    fit = []
    for one in calls:
        held = one["call"].split()
        names = [each for each in held if not each.startswith("-")]
        options_held = [each for each in held if each.startswith("-")]
        same = names == given and all(each in words for each in options_held)
        other = (
            len(names) == len(given) == 2
            and not options_held
            and all(re.fullmatch(r"[a-z][a-z-]*", one) for one in (names[1], given[1]))
        )
        if (same or other) and held != words:
            fit.append(one)
    if len(fit) != 1:
        return None
    new = " ".join(words)
    gone = fit[0]["call"]
    return (
        SettingEdit(*fit[0].span("call"), new, f"run `{new}`", Operation.REPLACE, (new,), (gone,)),
    )


def _parts(options_said: str) -> list[str]:
    plain = re.sub(r",\s*|\s+and\s+", " ", options_said)
    return [one.strip() for one in re.split(r"\s+(?=-)", plain) if one.strip()]


def _calls(file: SettingsFile, command: str, which: str) -> list[tuple[int, int]]:
    """Return where the command is called: in the evidence, and where words of ``which`` stand."""
    form = re.compile(
        rf"(?m)(?:^[ \t]*(?:-[ \t]+)?(?:(?:run|command|entrypoint):[ \t]*(?:\|[ \t]*)?)?"
        rf"(?:RUN[ \t]+)?(?:@|-)?|[|&;"
        rf"(!]\s*|\b(?:if|then|do|else|while|until|sudo|exec|time|xargs|env)\s+|\\\n[ \t]*)"
        rf"(?P<command>{re.escape(command).replace(chr(92) + ' ', '[ ]+')})(?![\w.-])"
    )
    calls = [one.span("command") for one in form.finditer(file.text)]
    calls = [
        one for one in calls if not file.text[file.line_start(one[0]) :].lstrip().startswith("#")
    ]
    words = [one for one in which.split() if one.lower() not in {"call", "request", "line", "one"}]
    if words:
        named = [
            one
            for one in calls
            if all(
                re.search(rf"(?i)(?<![\w-]){re.escape(w)}(?![\w-])", _line(file, one[1]))
                for w in words
            )
        ]
        if named:
            return named
        if which:
            raise Unreadable(f"no call of {command} is for {which}")
    spans = file.quoted()
    near = [one for one in calls if any(begin <= one[0] < end for begin, end in spans)]
    return near if spans else calls


def _line(file: SettingsFile, at: int) -> str:
    """Return the rest of the command from ``at``, with the lines that go on behind a backslash."""
    end = file.line_end(at)
    while file.text[:end].rstrip("\r\n").endswith("\\") and end < len(file.text):
        end = file.line_end(end)
    return re.split(r"\s(?:\|\||&&|\||;)\s", file.text[at:end])[0]


def _widens(option: str, held: str) -> bool:
    """Tell whether a cluster of short options, ``-fsS``, has all of ``held`` and more."""
    return re.fullmatch(r"-[A-Za-z]+", option) is not None and set(held) < set(option)


def _has(line: str, option: str) -> bool:
    return re.search(rf"(?<!\S){re.escape(option)}(?![\w-])", line) is not None
