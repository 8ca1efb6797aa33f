"""Steps that only one kind of file has words for: requirements, ports, runners, hooks, commands."""

from __future__ import annotations

import json
import re
import shlex

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.model import Operation

_SPEC = re.compile(
    r"(?:please\s+)?(?:pin|set|lock|fix|raise|bump|update|upgrade|move|lower|require)\s+`?"
    r"(?P<name>[A-Za-z][\w.-]*)"
    r"(?:\[[\w,]+\])?`?\s*(?:(?:from\s+\S+\s+)?(?:to|at)\s+)?`?(?P<spec>(?:==|>=|<=|~=|<"
    r"|>)\s*\d[\w.*]*"
    r"(?:,\s*(?:==|>=|<=|~=|<|>|!=)\s*\d[\w.*]*)*)`?",
    re.I,
)
_EXEC = re.compile(
    r"(?:please\s+)?(?:(?:use|write|switch\s+to|prefer)\s+)?(?:the\s+)?(?:exec|JSON)\s+"
    r"(?:array\s+)?form"
    r"(?:\s+(?:for|of)\s+(?:the\s+)?`?(?P<word>CMD|ENTRYPOINT)`?(?:\s+instruction)?"
    r"|:?\s+`?(?P<line>(?:CMD|ENTRYPOINT)\s+\[.*\])`?)",
    re.I | re.S,
)
_PORT = re.compile(
    r"(?:please\s+)?(?:publish|bind|expose|restrict)\s+.*?\b(?:loopback|localhost"
    r"|127\.0\.0\.1)\b(?:\s+(?:only|interface))*"
    r"[\s:(]*[`\"(]*(?P<port>127\.0\.0\.1:\d+:\d+)[`\")]*",
    re.I,
)
_RUNNER = re.compile(
    r"(?:please\s+)?(?:use|pin|take)\s+`?(?P<os>(?:ubuntu|windows|macos)-\d[\w.-]*)`?\s+(?:as"
    r"|for)\s+(?:the\s+|a\s+)?runner"
    r"(?:\s+image)?",
    re.I,
)
_TAIL = re.compile(
    r"(?:please\s+)?(?:drop|remove|delete|strip)\s+(?:the\s+)?`(?P<tail>(?:\|\||&&|;|2>|>)[^`]*)`"
    r"(?:\s+(?:from|at|behind)\s+.*)?",
    re.I,
)
_HOOK = re.compile(
    r"(?:please\s+)?add\s+(?:the\s+)?`?(?P<hook>[\w-]+)`?(?:\s+hook)?\s+to\s+(?:the\s+)?`?"
    r"(?P<repo>[\w./-]+)`?\s+repo(?:sitory)?"
    r"(?:,?\s+and\s+`?(?P<other>[\w-]+)`?\s+(?:after|behind|below)\s+`?(?P<after>[\w-]+)`?)?",
    re.I,
)


def required(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """*Pin jinja2==3.1.4*, *raise flask to >=3*: the one line of a list of requirements."""
    told = _SPEC.fullmatch(step.strip().rstrip("."))
    if told is None or not re.search(
        r"(?:requirements|constraints)[\w./-]*\.(?:txt|in)$", file.path
    ):
        return None
    name = rf"{re.escape(told['name'])}(?:\[[^\]\n]*\])?"
    line = re.compile(
        rf"^[ \t]*(?P<whole>{name}(?P<v>[ \t]*(?:[=<>~!]=?[^\s;#]*)?))(?=[ \t]*(?:[;#]|\r?$))",
        re.M | re.I,
    )
    matches = list(line.finditer(file.text))
    begin, end = only([one.span("v") for one in matches], told["name"])
    spec = re.sub(r"\s+", "", told["spec"])
    if file.text[begin:end].strip() == spec:
        raise Unreadable(f"{told['name']} is at {spec} already")
    start = matches[0].start("whole")
    requirement = file.text[start:begin] + spec
    return (
        SettingEdit(
            start,
            end,
            requirement,
            f"require `{requirement}`",
            Operation.SET,
            (requirement,),
            (file.text[start:end],),
        ),
    )


def plain_words(shell: str) -> list[str] | None:
    """Return the words of a command; None where only a shell makes them what they are."""
    if re.search(r"[|&;<>$`*?~\\(){}]", re.sub(r"'[^']*'|\"[^\"$`\\]*\"", "", shell)):
        return None
    return shlex.split(shell)


def exec_form(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """*Use the exec form*: the same words of the one command, as a list."""
    said = step.strip().rstrip(".")
    said = (
        re.sub(
            r"^(?:write|put|turn|convert|change|switch)\s+(?:the\s+)?`?(CMD|ENTRYPOINT)`?\s+(?:in"
            r"|into|to)\s+(?:the\s+)?(exec|JSON)",
            r"use the \2 form for \1",
            said,
            flags=re.I,
        )
        .replace("form for CMD form", "form for CMD")
        .replace("form for ENTRYPOINT form", "form for ENTRYPOINT")
    )
    if re.fullmatch(r"(?:use\s+)?`?(?:CMD|ENTRYPOINT)\s+\[.*\]`?", said):
        said = f"use the exec form: {re.sub(r'^use ', '', said)}"
    told = _EXEC.fullmatch(said)
    if told is None or not re.search(r"ockerfile|ontainerfile", file.path):
        return None
    word = (told["word"] or told["line"].split()[0]).upper()
    line = re.compile(rf"^{word}[ \t]+(?P<shell>[^\[\n][^\n]*?)[ \t]*\r?$", re.M)
    matches = list(line.finditer(file.text))
    begin, end = only([one.span() for one in matches], f"{word} in shell form")
    shell = matches[0]["shell"]
    words = plain_words(shell)
    if words is None:
        raise Unreadable(f"{word} needs its shell")
    listed = json.dumps(words)
    if told["line"] and json.loads(told["line"].partition(" ")[2]) != words:
        raise Unreadable(f"{word} would run something else")
    instruction = f"{word} {listed}"
    tail = file.text[begin:end].endswith("\r")
    return (
        SettingEdit(
            begin,
            end - tail,
            instruction,
            f"write `{instruction}`",
            Operation.SET,
            (instruction,),
            (matches[0][0].strip(),),
        ),
    )


def loopback_port(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """*Publish it on the loopback only ("127.0.0.1:1:1")*: the item with the same two ports."""
    told = _PORT.fullmatch(step.strip().rstrip("."))
    if told is None or not file.path.endswith((".yml", ".yaml")):
        return None
    pair = told["port"].removeprefix("127.0.0.1:")
    item = re.compile(
        rf"^[ \t]*-[ \t]+(?P<p>[\"']?{re.escape(pair)}[\"']?)[ \t]*(?:#.*)?\r?$", re.M
    )
    spans = [one.span("p") for one in item.finditer(file.text)]
    begin, end = only(spans, f"port {pair}")
    before = file.text[begin:end]
    mark = before[0] if before[0] in "\"'" else '"'
    new = f"{mark}{told['port']}{mark}"
    said = f"publish {pair} on the loopback only"
    return (SettingEdit(begin, end, new, said, Operation.SET, (new,), (before,)),)


def runner(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """*Use ubuntu-24.04 as runner*: of the one job, or the one that is quoted."""
    told = _RUNNER.fullmatch(step.strip().rstrip("."))
    if told is None or ".github/workflows/" not in file.path:
        return None
    line = re.compile(r"^[ \t]*runs-on:[ \t]*(?P<os>[\w.-]+)[ \t]*(?:#.*)?\r?$", re.M)
    begin, end = only([one.span("os") for one in line.finditer(file.text)], "runs-on")
    before = file.text[begin:end]
    if before == told["os"]:
        raise Unreadable(f"the runner is {before} already")
    said = f"run on {told['os']}"
    return (SettingEdit(begin, end, told["os"], said, Operation.SET, (told["os"],), (before,)),)


def without_tail(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """*Drop the `|| true`*: the end of the one command that is quoted."""
    told = _TAIL.fullmatch(step.strip().rstrip("."))
    spans = file.quoted()
    if told is None or len(spans) != 1:
        return None
    begin, end = spans[0]
    tail = re.escape(told["tail"].strip())
    matches = list(re.finditer(rf"[ \t]*{tail}[ \t]*(?=\r?$)", file.text[begin:end], re.M))
    if len(matches) != 1:
        return None
    at, gone = begin + matches[0].start(), matches[0][0]
    said = f"drop `{gone.strip()}`"
    return (SettingEdit(at, at + len(gone), "", said, Operation.REMOVE, (), (gone.strip(),)),)


def hooks(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """*Add the ruff-format hook to the ruff-pre-commit repo*: an item of its list."""
    told = _HOOK.fullmatch(step.strip().rstrip("."))
    if told is None or not file.path.endswith(".pre-commit-config.yaml"):
        return None
    repos = [
        one
        for one in re.finditer(r"^[ \t]*-[ \t]+repo:[ \t]*(?P<url>\S+)[^\n]*\n", file.text, re.M)
        if one["url"].rstrip("/").rpartition("/")[2] == told["repo"].rpartition("/")[2]
    ]
    if len(repos) != 1:
        raise Unreadable(f"there are {len(repos)} repos called {told['repo']}")
    following = re.compile(r"^[ \t]*-[ \t]+repo:", re.M).search(file.text, repos[0].end())
    stop = following.start() if following else len(file.text)
    items = list(
        re.finditer(r"^(?P<lead>[ \t]*-[ \t]+)id:[ \t]*(?P<id>\S+)[ \t]*\r?\n", file.text, re.M)
    )
    mine = [one for one in items if repos[0].end() <= one.start() < stop]
    if not mine or any(one["id"] in {told["hook"], told["other"]} for one in items):
        raise Unreadable("the hook stands there already, or the repo has none")
    if file.text[mine[-1].end() : stop].strip():
        raise Unreadable("the last hook of the repo has settings of its own")
    edits = [_hook(file, mine[-1], told["hook"])]
    if told["other"]:
        beside = [one for one in items if one["id"] == told["after"]]
        if len(beside) != 1:
            raise Unreadable(f"{told['after']} stands {len(beside)} times")
        row = file.text[beside[0].end() : file.line_end(beside[0].end())]
        if row.strip() and len(row) - len(row.lstrip()) > len(beside[0]["lead"]) - 2:
            raise Unreadable(f"{told['after']} has settings of its own")
        edits.append(_hook(file, beside[0], told["other"]))
    return tuple(edits)


def _hook(file: SettingsFile, beside: re.Match[str], name: str) -> SettingEdit:
    return file.inserted(beside.end(), f"{beside['lead']}id: {name}", f"add the hook `{name}`")


BY_FILE = (required, exec_form, loopback_port, runner, without_tail, hooks)
