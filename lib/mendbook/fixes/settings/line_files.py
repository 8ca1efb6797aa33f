"""Files of one setting a line: environments, requirements, Dockerfiles and shell scripts."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.beside_key import keys_of, new_key_at
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.fixes.settings.literal import edit_literal
from mendbook.model import Operation

_INSTRUCTION = re.compile(
    r"^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|ONBUILD|RUN|SHELL|"
    r"STOPSIGNAL|USER|VOLUME|WORKDIR)\b"
)
_FROM = re.compile(r"^FROM[ \t]+(?:--\S+[ \t]+)*(?P<image>\S+)", re.M | re.I)
_HARMLESS = {"USER", "HEALTHCHECK", "EXPOSE", "WORKDIR", "LABEL", "STOPSIGNAL", "ENV", "ARG"}
_ONE_WORD = {"USER", "WORKDIR", "STOPSIGNAL", "EXPOSE"}
_OUTSIDE = re.compile(r"https?://(?!127\.0\.0\.1|localhost|\[::1\])")


def edit_environment(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a ``.env`` file: keys set, added or removed."""
    if ask.verb is Verb.REMOVE and "*" in ask.name:
        return tuple(_removed_alike(file, ask.name))
    if ask.verb is Verb.REMOVE:
        span = only(keys_of(file, ask.name), ask.name)
        return (file.removed(span[0], f"remove `{ask.name}`"),)
    if ask.verb is Verb.WRITE and not ask.relation and "=" in ask.line:
        ask = replace(ask, verb=Verb.SET)
    if not ask.pairs and (several := _KEYS.fullmatch(ask.line)) is not None:
        assignments = re.findall(r"([A-Za-z_]\w*)=(\S*?)(?=,?\s|$)", several[0])
        ask = replace(ask, pairs=tuple(assignments))
    pairs = ask.pairs
    if not pairs and (match := re.fullmatch(r"([A-Za-z_]\w*)=(\S*)", ask.line)):
        pairs = ((match[1], match[2]),)
    if not pairs:
        raise Unreadable("what is to change is not a key and its value")
    at = new_key_at(file, f"{ask.text} {ask.around}")
    return tuple(_environment(file, key, value, at) for key, value in pairs)


_KEYS = re.compile(r"[A-Za-z_]\w*=\S*(?:(?:,\s*|,?\s+and\s+)[A-Za-z_]\w*=\S*)*")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _removed_alike(file: SettingsFile, told: str) -> list[SettingEdit]:
    """Return what takes out every key that a pattern with ``*`` names, as many as are told."""
    count, _, pattern = told.rpartition(" ")
    names = re.escape(pattern.strip("`\"'")).replace(r"\*", r"\w*")
    matches = list(re.finditer(rf"^(?:export[ \t]+)?(?P<key>{names})=[^\r\n]*", file.text, re.M))
    if not matches or (count in _COUNTS and len(matches) != _COUNTS[count]):
        raise Unreadable(f"{pattern} stands {len(matches)} times")
    return [file.removed(each.start(), f"remove `{each['key']}`") for each in matches]


def _environment(file: SettingsFile, key: str, value: str, at: int) -> SettingEdit:
    """Return the edit that gives ``key`` its value; a new one stands at the offset ``at``."""
    spans = keys_of(file, key)
    if not re.fullmatch(r"[A-Za-z_][\w.-]*", key):
        raise Unreadable(f"`{key}` is no name of a variable")
    if not spans:
        return file.inserted(at, f"{key}={value}", f"add `{key}={value}`")
    begin, end = only(spans, key)
    before = file.text[begin:end]
    value = _switched(before, value)
    if before == value:
        raise Unreadable(f"{key} is already {value}")
    said = f"set `{key}` to `{value}`"
    return SettingEdit(begin, end, value, said, Operation.SET, (value,), (before,))


_SWITCHES = (("true", "false"), ("on", "off"), ("yes", "no"))


def _switched(before: str, value: str) -> str:
    """Return a switch in the words of the one that stands there: ``off`` where that is ``true``."""
    held = next((pair for pair in _SWITCHES if before.lower() in pair), None)
    told = next((pair for pair in _SWITCHES if value.lower() in pair), None)
    if held is None or told is None or held is told:
        return value
    return held[told.index(value.lower())]


def edit_requirements(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a list of Python requirements: pinned, added or removed."""
    if ask.verb is Verb.WRITE:
        return (_required(file, ask),)
    if ask.verb is Verb.REMOVE:
        span = only(_requirements(file, ask.name), ask.name)
        return (file.removed(span[0], f"remove `{ask.name}`"),)
    if ask.verb is Verb.PIN and ask.name:
        begin, end = only(_requirements(file, ask.name), ask.name)
        version = ask.value.removeprefix(ask.name).lstrip("=~<>! ")
        before = file.text[begin:end]
        told = re.match(r"[<>~!]=?|=+", ask.value.removeprefix(ask.name).strip())
        mark = told[0] if told else ask.bound or "=="
        if ask.bound and not before.strip().startswith(mark):
            raise Unreadable(f"{ask.name} has no {mark} to raise or lower")
        wanted = f"{mark}{version}"
        if before == wanted:
            raise Unreadable(f"{ask.name} is already at {version}")
        pinned = f"{ask.name}{wanted}"
        start = _requirement_start(file, begin)
        return (
            SettingEdit(
                start,
                end,
                file.text[start:begin] + wanted,
                f"pin `{ask.name}` to `{version}`",
                Operation.SET,
                (pinned,),
                (file.text[start:end],) if before else (),
            ),
        )
    if ask.verb is Verb.ADD and re.fullmatch(r"[\w.-]+(?:\[[\w,]+\])?==[\w.]+", ask.line):
        name = re.split(r"[\[=]", ask.line)[0]
        if _requirements(file, name):
            raise Unreadable(f"{name} is already listed")
        return (file.inserted(len(file.text), ask.line, f"add `{ask.line}`"),)
    if ask.verb is Verb.REPLACE and re.match(r"[\w.-]+(?:\[[\w,-]+\])?[ ]*[=<>~!]=?", ask.value):
        begin, end = only(_requirements(file, ask.old), ask.old)
        start = _requirement_start(file, begin)
        gone = file.text[start:end]
        said = f"replace `{gone}` with `{ask.value}`"
        new = (ask.value,)
        return (SettingEdit(start, end, ask.value, said, Operation.REPLACE, new, (gone,)),)
    raise Unreadable("what is to change is not a requirement")


def _required(file: SettingsFile, ask: Ask) -> SettingEdit:
    """Return a requirement with the versions that are spelled out for it."""
    told = re.fullmatch(r"(?P<name>[\w.-]+)(?:\[[\w,-]+\])?\s*(?P<spec>[=<>~!].*)", ask.line)
    if told is None or ask.relation:
        raise Unreadable("what is to change is not a requirement")
    begin, end = only(_requirements(file, told["name"]), told["name"])
    line = file.text[begin : file.line_end(begin)].split("#")[0].split(";")[0]
    end = begin + len(line.rstrip())
    start = _requirement_start(file, begin)
    before, wanted = file.text[start:end], f"{file.text[start:begin].rstrip()}{told['spec']}"
    if before == wanted:
        raise Unreadable(f"{told['name']} is already at {told['spec']}")
    said = f"require `{wanted}`"
    return SettingEdit(start, end, wanted, said, Operation.SET, (wanted,), (before,))


def _requirement_start(file: SettingsFile, at: int) -> int:
    return file.line_start(at) + len(file.indent(at))


def _requirements(file: SettingsFile, name: str) -> list[tuple[int, int]]:
    """Return the spans of the version part of the lines that require ``name``."""
    line = re.compile(
        rf"^[ \t]*{re.escape(name)}(?:\[[^\]\n]*\])?(?P<version>[ \t]*(?:[=<>~!]=?[^\s;#]*)?)",
        re.M | re.I,
    )
    return [
        match.span("version")
        for match in line.finditer(file.text)
        if not re.match(r"[\w.-]", file.text[match.end() : match.end() + 1] or " ")
    ]


def edit_properties(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a file of ``key=value`` lines: keys set, added or removed."""
    if ask.verb is Verb.WRITE or (ask.verb in {Verb.SET, Verb.ADD, Verb.REMOVE} and not ask.line):
        return edit_environment(file, ask)
    return edit_literal(file, ask)


def edit_makefile(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a Makefile: a variable or a list of phony targets, never a command."""
    if ask.verb in {Verb.ADD, Verb.SET} and (ask.line or ask.pairs):
        line = ask.line or f"{ask.pairs[0][0]} = {ask.pairs[0][1]}"
        line = re.sub(r"^(\.PHONY) = ", r"\1: ", line)
        if not re.fullmatch(r"\.PHONY:[\w ./-]+|\.?[A-Z_]+[ \t]*[:?]?=[^$`|;&]*", line):
            raise Unreadable(f"`{line[:60]}` is no setting of a Makefile")
        if re.search(rf"^{re.escape(line)}[ \t]*\r?$", file.text, re.M):
            raise Unreadable("it stands there already")
        at = _below_comments(file)
        if ask.relation:
            anchor = re.compile(rf"^{re.escape(ask.anchor)}(?![\w-])", re.M)
            spans = [each.span() for each in anchor.finditer(file.text)]
            begin, _ = only(spans, f"`{ask.anchor}`")
            at = begin if ask.relation == "before" else file.line_end(begin)
        return (file.inserted(at, line, f"add `{line}`"),)
    return edit_literal(file, ask)


def _below_comments(file: SettingsFile) -> int:
    """Return where the first line that is no comment begins."""
    at = 0
    while at < len(file.text) and file.text[at] in "#":
        at = file.line_end(at)
    while at and file.text[at : at + 1] == "\n":
        at = file.line_end(at)
    return at


def edit_dockerfile(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a Dockerfile: an instruction added, or a base image pinned."""
    if ask.verb is Verb.WRITE:
        return edit_dockerfile(file, _as_instruction(ask))
    if (
        ask.verb is Verb.PIN
        and (given := _argument(file, ask.name, ask.old, ask.value)) is not None
    ):
        return (given,)
    if ask.verb is Verb.PIN:
        return (_image(file, ask),)
    if ask.verb is Verb.SET and len(ask.pairs) == 1 and not ask.place:
        given = _argument(file, ask.pairs[0][0], ask.old, ask.pairs[0][1])
        if given is not None:
            return (given,)
    based = _FROM.fullmatch(ask.line) if ask.verb is Verb.REWRITE else None
    if based is not None and (name := _base(based["image"])) in _bases(file):
        return (_image(file, replace(ask, name=name, value=based["image"])),)
    if ask.verb in {Verb.REPLACE, Verb.REMOVE, Verb.REWRITE, Verb.FLAG}:
        return edit_literal(file, ask)
    if ask.verb is Verb.SET and len(ask.pairs) == 1 and ask.pairs[0][0].upper() in _ONE_WORD:
        return (_instructed(file, *ask.pairs[0]),)
    if ask.verb is Verb.SET and len(ask.pairs) == 1 and re.search(r"\bENV\b", ask.text):
        ask = replace(ask, verb=Verb.ADD, line=f"ENV {'='.join(ask.pairs[0])}")
    if ask.verb is not Verb.ADD or not ask.line:
        raise Unreadable("what is to change is not an instruction of a Dockerfile")
    line = ask.line if not ask.relation or _INSTRUCTION.match(ask.line) else ""
    if not _INSTRUCTION.match(line):
        raise Unreadable(f"`{ask.line[:60]}` is no instruction of a Dockerfile")
    word = line.split()[0]
    if word in _ONE_WORD and not re.fullmatch(r"\w+\s+[\w.:/${}-]+", line):
        raise Unreadable(f"`{line[:60]}` is no instruction of a Dockerfile")
    if word not in _HARMLESS or _OUTSIDE.search(line):
        raise Unreadable(f"{word} would run or fetch something; it is not written from a fix text")
    if re.search(rf"^{re.escape(line)}[ \t]*\r?$", file.text, re.M):
        raise Unreadable("it stands there already")
    stages = [match.start() for match in _FROM.finditer(file.text)]
    last = stages[-1] if stages else 0
    anchor = re.sub(r"(?i)\s+(?:instruction|line|statement|command)$", "", ask.anchor).strip()
    if anchor and not re.search(rf"^{re.escape(anchor)}\b", file.text[last:], re.M):
        last = 0
    if (
        not anchor
        and word in {"ENV", "ARG", "WORKDIR"}
        and (begin := _stage_meant(file)) is not None
    ):
        at = _instruction_end(file, begin)
        below = re.compile(r"(?:WORKDIR|ENV|ARG)\b[^\n\\]*\n")
        while (next_one := below.match(file.text, at)) is not None:
            at = next_one.end()
        return (file.inserted(at, line, f"add `{line}`"),)
    words = (anchor,) if anchor else ("CMD", "ENTRYPOINT")
    spots = [
        match.span()
        for each in words
        for match in re.finditer(rf"^{re.escape(each)}\b.*", file.text[last:], re.M)
    ]
    if not anchor:
        spots = spots[:1] or [(len(file.text) - last, len(file.text) - last)]
    begin, end = only(spots, anchor or "CMD")
    at = last + begin
    if ask.relation == "after":
        at = _instruction_end(file, last + end)
    where = f"{ask.relation or 'before'} `{anchor or words[0]}`"
    return (file.inserted(at, line, f"add `{line}` {where}"),)


def _stage_meant(file: SettingsFile) -> int | None:
    """Return where the base of an earlier stage stands that the text, or the quote, is about."""
    named = re.compile(r"(?im)^FROM[ \t][^\n]*?[ \t]AS[ \t]+(?P<name>[\w.-]+)[ \t]*$")
    stages = {one["name"].lower(): one.start() for one in named.finditer(file.text)}
    told = {
        stages[one.lower()]
        for one in re.findall(r"(?i)\b([\w.-]+)\s+stage\b|\bstage\s+([\w.-]+)", file.finding.fix)
        for one in one
        if one.lower() in stages
    }
    return told.pop() if len(told) == 1 else None


def _instructed(file: SettingsFile, word: str, value: str) -> SettingEdit:
    """Return the one instruction of that word in the last stage, or quoted, with another value."""
    stages = [match.start() for match in _FROM.finditer(file.text)]
    line = re.compile(rf"^{word.upper()}[ \t]+(?P<value>\S+)[ \t]*\r?$", re.M | re.I)
    values = [match.span("value") for match in line.finditer(file.text)]
    spans = file.quoted()
    if len(values) > 1 and len(spans) == 1:
        values = [one for one in values if spans[0][0] <= one[0] < spans[0][1]]
    elif len(values) > 1:
        values = [one for one in values if one[0] > stages[-1]]
    begin, end = only(values, word.upper())
    wanted, before = value.strip("\"'"), file.text[begin:end]
    if before == wanted or not re.fullmatch(r"[\w.:/${}-]+", wanted):
        raise Unreadable(f"{word.upper()} is already {wanted}")
    said = f"set {word.upper()} to `{wanted}`"
    return SettingEdit(begin, end, wanted, said, Operation.SET, (wanted,), (before,))


_IMAGE = re.compile(r"(?P<image>[a-z][\w./-]*[:@][\w.-]+)")
_STAGE = re.compile(r"\b(?P<which>[\w-]+)\s+(?:stage|image)\b", re.I)
_LAST = {"final", "last", "runtime", "run", "production", "the", "this", "an", "a", "base"}


def _as_instruction(ask: Ask) -> Ask:
    """Return an ask for the instruction that is spelled out, beside the one that the words name."""
    based = _FROM.fullmatch(ask.line) or _IMAGE.fullmatch(ask.line)
    if based is not None and ask.relation:
        raise Unreadable("what is to change is not an instruction of a Dockerfile")
    if based is not None:
        return replace(ask, verb=Verb.PIN, name=_base(based["image"]), value=based["image"])
    told = _STAGE.search(ask.around)
    if told is not None and told["which"].lower() not in _LAST:
        raise Unreadable(f"which stage `{told['which']}` is is not said")
    anchor = re.sub(r"(?i)\s+(?:instruction|line|statement|command)$", "", ask.anchor)
    if _INSTRUCTION.match(anchor.upper()):
        word, blank, rest = anchor.partition(" ")
        anchor = f"{word.upper()}{blank}{rest}"
    return replace(ask, verb=Verb.ADD, anchor=anchor)


def _argument(file: SettingsFile, name: str, old: str, value: str) -> SettingEdit | None:
    """Return the value of an ``ARG`` or ``ENV`` of that name given anew; None where none is."""
    line = re.compile(
        rf"^(?:ARG|ENV)[ \t]+{re.escape(name)}[= ](?P<value>[^\s\\]+)[ \t]*\r?$", re.M
    )
    matches = list(line.finditer(file.text)) if re.fullmatch(r"\w+", name) else []
    if not matches:
        return None
    begin, end = only([each.span("value") for each in matches], f"{name} with a value")
    before = file.text[begin:end]
    if old and before.strip("\"'") != old.strip("\"'"):
        raise Unreadable(f"{name} is {before}, and the text says {old}")
    mark = before[0] if before[:1] in "\"'" else ""
    wanted = f"{mark}{value.strip(chr(34) + chr(39))}{mark}"
    if wanted == before:
        raise Unreadable(f"{name} is already {value}")
    said = f"set `{name}` to `{value}`"
    return SettingEdit(begin, end, wanted, said, Operation.SET, (wanted,), (before,))


def _instruction_end(file: SettingsFile, at: int) -> int:
    end = file.line_end(at)
    while file.text[:end].rstrip("\r\n").endswith("\\"):
        end = file.line_end(end)
    return end


def _image(file: SettingsFile, ask: Ask) -> SettingEdit:
    wanted = ask.value if ":" in ask.value or "@" in ask.value else f"{ask.name}:{ask.value}"
    name, _, tag = wanted.rpartition(":")
    if not name or not tag or ask.value == ask.name:
        raise Unreadable("the version of the image is not said")
    bases = _bases(file).get(name, [])
    loose = [match for match in bases if match["image"] in {name, f"{name}:latest"}]
    spans = [match.span("image") for match in loose or bases]
    begin, end = only(spans, f"FROM {name}")
    before = file.text[begin:end]
    if before == wanted:
        raise Unreadable(f"the image is already {wanted}")
    said = f"pin the image `{name}` to `{tag}`"
    return SettingEdit(begin, end, wanted, said, Operation.SET, (wanted,), (before,))


def _bases(file: SettingsFile) -> dict[str, list[re.Match[str]]]:
    """Return the stages that are built from each image, by its name without tag and digest."""
    bases: dict[str, list[re.Match[str]]] = {}
    for match in _FROM.finditer(file.text):
        bases.setdefault(_base(match["image"]), []).append(match)
    return bases


def _base(image: str) -> str:
    return re.split(r"[:@]", image)[0]
