"""Blocks of well-known YAML files that a text asks for: shown as code, or told in words.

Limits and probes of a container, what a process may do, a health check, labels: what a manifest
calls by other words than people do. A text is read so where it has nothing else to ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.yaml_blocks import block_edits
from mendbook.text.brackets import parted

_PUT = (
    r"(?:please\s+)?(?:add|put|set|include|insert|declare|define|give|configure|specify|use|provide"
    r"|introduce|enable|annotate|label)"
)
_DENIED = re.compile(
    r"\b(?:not|never|or|either|unless|except|instead|rather|remove|drop|delete|replace|rename|both"
    r"|all|each|every(?!\s+\d)|neither|appropriate|suitable|sensible|reasonable)\b|n['’]t\b|\?",
    re.IGNORECASE,
)
"""Words of doubt, of a denial, of several places or of a second thing to do."""
_FENCE = re.compile(r"```(?:ya?ml)?[ \t]*\n(?P<code>.*?)\n?[ \t]*```", re.DOTALL | re.IGNORECASE)
_PLACE = (
    r"(?:to|in|into|on|under|for|inside|of)\s+(?:the\s+|its\s+)?(?P<place>[\w./-]+(?:['’]s)?"
    r"(?:[ -](?!with\b|that\b|which\b)[\w./-]+){0,3})"
)
_REASON = re.compile(
    r"(?:[,;:]|\s+[-–—])?\s+(?:so\s+that|so|because|since|as|to\s+(?:avoid|keep|stop|prevent"
    r"|make|let)"
    r"|which|otherwise)\s[^`]*$",
    re.IGNORECASE,
)


def block_told(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """Return the edits that put the block in which ``said`` asks for; None for another text.

    Raises ``Unreadable`` where it is such a text, and the file does not bear it out.
    """
    if not file.path.endswith((".yml", ".yaml")):
        return None
    fence = _FENCE.search(said)
    if fence is not None:
        return _shown(file, said, fence)
    text = _REASON.sub("", re.sub(r"\s+", " ", said.strip())).rstrip(". ")
    bare = re.sub(r"`([^`]*)`", " ", text)
    if _DENIED.search(bare):
        return None
    puts = re.match(_PUT, text, re.IGNORECASE) is not None
    for form in _FORMS if puts else (_concurrency,):
        told = form(file, text)
        if told is not None:
            return block_edits(file, *told)
    return None


def _shown(file: SettingsFile, said: str, fence: re.Match[str]) -> tuple[SettingEdit, ...] | None:
    """``Add ```…``` to the api container``: words, a block, and where it goes."""
    lead, tail = said[: fence.start()].strip(), said[fence.end() :].strip().rstrip(".")
    words = f"{lead.rstrip(':')} {tail}"
    if _DENIED.search(words) or not re.match(_PUT, lead, re.IGNORECASE):
        return None
    bare = lead.rstrip(":")
    place = (
        re.fullmatch(_PLACE, tail, re.IGNORECASE)
        if tail
        else re.search(rf"\s{_PLACE}$", bare, re.IGNORECASE)
    )
    if place is None or re.search(r"[.;]", lead):
        return None
    return block_edits(file, fence["code"], _place(place["place"]))


def _place(words: str) -> str:
    return re.sub(r"['’]s\b", "", words).strip()


_QUANTITY = r"(?:\d+(?:\.\d+)?(?:Mi|Gi|Ki|m|M|G)?)"
_CPU = re.compile(
    rf"(?:(?P<a>{_QUANTITY})\s*(?:of\s+)?(?:v?cpus?|cores?)\b|\bcpu\s*[:=]?\s*(?:of\s+)?"
    rf"(?P<b>{_QUANTITY}))",
    re.IGNORECASE,
)
_MEMORY = re.compile(
    r"(?:(?P<a>\d+(?:\.\d+)?(?:Mi|Gi|Ki|M|G))\s*(?:of\s+)?(?:memory|ram)\b"
    r"|\bmemory\s*[:=]?\s*(?:of\s+)?(?P<b>\d+(?:\.\d+)?(?:Mi|Gi|Ki|M|G)))",
    re.IGNORECASE,
)


def _resources(file: SettingsFile, text: str) -> tuple[str, str] | None:
    """Read what a container may use: ``requests of 100m CPU and 128Mi memory, limits of …``."""
    plain = text.replace("`", "")
    if re.search(r"\bresources:", text) or not _is_manifest(file):
        return None
    if not re.search(r"\b(?:limits?|requests?)\b", plain, re.I):
        return None
    if not re.search(r"\b(?:cpu|cores?|memory|ram)\b", plain, re.I):
        return None
    one = re.search(
        rf"\b(?P<what>cpu|memory)\s+(?P<of>limit|request)\s+(?:of|to|:)\s*(?P<v>{_QUANTITY})",
        plain,
        re.I,
    )
    parts: dict[str, dict[str, str]] = {}
    if one is not None:
        parts[f"{one['of'].lower()}s"] = {one["what"].lower(): one["v"]}
        left = plain.replace(one[0], " ")
        if re.search(r"\b(?:limits?|requests?)\b", left, re.I):
            return None
    else:
        left = plain
        marks = list(
            re.finditer(r"\b(request|limit)s?\b(?=\s*(?:of|to|:|=|\(|for\b|\{))", plain, re.I)
        )
        for at, mark in enumerate(marks):
            stop = marks[at + 1].start() if at + 1 < len(marks) else len(plain)
            held = parts.setdefault(f"{mark[1].lower()}s", {})
            for name, form in (("cpu", _CPU), ("memory", _MEMORY)):
                values = form.findall(plain[mark.end() : stop])
                if len(values) > 1:
                    return None
                if values:
                    held[name] = values[0][0] or values[0][1]
            if not held:
                return None
        left = _MEMORY.sub(" ", _CPU.sub(" ", plain))
    if not parts or re.search(r"\d", re.sub(r"[\w-]*[A-Za-z][\w-]*\d[\w-]*", "", left)):
        return None
    return _text({"resources": parts}), _last_place(text)


_PROBE = re.compile(r"\b(readiness|liveness|startup)[ -]?probe\b", re.IGNORECASE)
_KINDS = re.compile(r"\b(readiness|liveness|startup)(?=\b|Probe)", re.IGNORECASE)
_TIMES = {
    "periodSeconds": r"\bevery\s+(\d+)\s*(?:s|seconds?)\b|\bperiod(?:Seconds|\s+of)?[:=]?\s*(\d+)",
    "initialDelaySeconds": r"\binitial(?:DelaySeconds|\s+delay)(?:\s+of|:|=)?\s*(\d+)",
    "timeoutSeconds": r"\btimeout(?:Seconds)?(?:\s+of|:|=)?\s*(\d+)",
    "failureThreshold": r"\bfailure(?:Threshold|\s+threshold)(?:\s+of|:|=)?\s*(\d+)",
}


def _probe(file: SettingsFile, text: str) -> tuple[str, str] | None:
    """Read how a container is asked for its state: ``a readiness probe on /healthz, port 1``."""
    plain = text.replace("`", "")
    kinds = {one.lower() for one in _KINDS.findall(plain)} if _PROBE.search(plain) else set()
    path = re.findall(r"(?<![\w.])(/[\w./-]*\w)", plain)
    port = re.findall(r"\bport:?\s+(\d+|[a-z][\w-]*)|\b(?:on|at)\s+:(\d+)", plain)
    if not _is_manifest(file) or len(kinds) != 1 or len(path) != 1 or len(port) != 1:
        return None
    at = port[0][0] or port[0][1]
    probe: dict[str, object] = {"httpGet": {"path": path[0], "port": at}}
    left = plain.replace(path[0], " ").replace(at, " ", 1)
    for name, form in _TIMES.items():
        if (match := re.search(form, left, re.IGNORECASE)) is not None:
            probe[name] = next(one for one in match.groups() if one)
            left = left.replace(match[0], " ")
    if re.search(r"\d", left) or re.search(r"\b(?:exec|tcp|grpc|command)\b", left, re.I):
        return None
    return _text({f"{kinds.pop()}Probe": probe}), _last_place(left)


_NAME = r"`?(?P<block>[A-Za-z][\w-]*)`?"
_PAIRS = (
    r"(?P<pairs>(?:`[^`]+`|[\w./-]+:\s+\S+)(?:(?:,\s*|,?\s+and\s+)(?:`[^`]+`|[\w./-]+:\s+\S+))*)"
)
_WITH = re.compile(
    rf"{_PUT}\s+(?:an?\s+|the\s+)?{_NAME}(?:\s+(?:block|section|mapping|key))?\s+"
    rf"(?:with|containing|having|of)\s+{_PAIRS}(?:\s+{_PLACE})?",
    re.IGNORECASE,
)
_COLON = re.compile(
    rf"{_PUT}\s+(?:an?\s+|the\s+)?{_NAME}(?:\s+(?:block|section|mapping|key))?\s+{_PLACE}"
    rf"(?::\s+|\s+with\s+){_PAIRS}",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"{_PUT}\s+{_PAIRS}\s+(?:in|under|to|on|inside)\s+(?:(?:the\s+)?(?P<place>[\w./-]+"
    rf"(?:\s+[\w-]+)?)['’]s"
    rf"\s+|the\s+|its\s+|an?\s+)?{_NAME}(?:\s+(?:block|section))?"
    rf"(?:\s+(?:of|in|on)\s+(?:the\s+)?(?P<of>[\w./-]+(?:\s+[\w-]+)?))?",
    re.IGNORECASE,
)
_BLOCKS = {"securityContext", "healthcheck", "resources", "concurrency", "permissions"}
_KEYS = {name.lower(): name for name in _BLOCKS}


def _named(file: SettingsFile, text: str) -> tuple[str, str] | None:
    """Read a block by its name, and what it holds: ``a securityContext with `a: b` ``."""
    for form in (_WITH, _COLON, _WITHIN):
        match = form.fullmatch(text)
        name = _KEYS.get(match["block"].lower()) if match is not None else None
        if match is None or name is None:
            continue
        pairs = _pairs(match["pairs"])
        if pairs is None:
            return None
        given = match.groupdict()
        return _text({name: pairs}), _place(given.get("place") or given.get("of") or "")
    return None


def _pairs(told: str) -> dict[str, str] | None:
    """Return the keys and values of a list in prose; None where one is no pair."""
    codes = re.findall(r"`([^`]+)`", told)
    bare = re.sub(r"`[^`]+`", "", told)
    if not codes:
        codes, bare = re.split(r",\s*|,?\s+and\s+", told), ""
    if re.sub(r"\band\b|[,\s]", "", bare):
        return None
    items = [item.strip() for code in codes for item in parted(code, ",")]
    matches = [re.fullmatch(r"([A-Za-z][\w./-]*):\s+(\S.*)", item, re.DOTALL) for item in items]
    if not all(matches):
        return None
    return {one[1]: one[2] for one in matches if one is not None}


_NOTED = re.compile(
    rf"{_PUT}\s+(?:(?:an?|the)\s+)?(?:(?P<kind>annotation|label)\s+`?(?P<key>[\w./-]+)`?(?::\s+"
    rf"|=)`?"
    r"(?P<value>\"[^\"]*\"|[^`\s]+)`?|(?:it\s+)?with\s+`?(?P<k>[\w./-]+/[\w.-]+):\s+"
    r"(?P<v>\"[^\"]*\"|[^`\s]+)`?)",
    re.IGNORECASE,
)


def _noted(file: SettingsFile, text: str) -> tuple[str, str] | None:
    """Read a note below the metadata of the one manifest: ``the annotation `a.io/b: "c"` ``."""
    match = _NOTED.fullmatch(text)
    if match is None or not _is_manifest(file):
        return None
    key, value = match["key"] or match["k"], (match["value"] or match["v"]).strip()
    kind = (
        match["kind"] or ("label" if text.lower().startswith("label") else "annotation")
    ).lower()
    if value in {"true", "false", "on", "off", "yes", "no"} or re.fullmatch(r"\d[\d.]*", value):
        value = f'"{value}"'  # what a manifest notes is text
    return _text({"metadata": {f"{kind.lower()}s": {key: value}}}), "root"


_GROUP = re.compile(
    r"\bgroup(?:\s+(?:of|to|is|named|called))?:?\s+"
    r"(?:`(?P<ticked>[^`]+)`|(?P<bare>(?:[\w./-]|\$\{\{[^{}]*\}\})+))",
    re.IGNORECASE,
)
_CANCELS = re.compile(r"`?\bcancel-in-progress\b`?(?::?\s+`?(?P<value>true|false)\b`?)?", re.I)
_IDLE = frozenset(
    (
        *("please", "add", "put", "set", "include", "insert", "declare", "define", "give", "use"),
        *("configure", "specify", "provide", "introduce", "enable", "needs", "need", "should"),
        *("have", "gets", "wants", "at", "in", "on", "to", "of", "for", "a", "an", "the", "with"),
        *("and", "as", "its", "this", "that", "top", "root", "workflow", "level", "file", "whole"),
        *("block", "section", "concurrency"),
    )
)
"""Words that ask for what may run beside a workflow, and name no job."""


def _concurrency(file: SettingsFile, text: str) -> tuple[str, str] | None:
    """Read what may run beside a workflow: ``a concurrency group `x` with cancel-in-progress``."""
    group, cancels = _GROUP.search(text), _CANCELS.search(text)
    if group is None or ".github/workflows/" not in file.path or "concurrency" not in text.lower():
        return None
    words = re.findall(r"[^\s,;:.()`]+", _CANCELS.sub(" ", _GROUP.sub(" ", text)))
    if any(re.split("-", one.lower())[0] not in _IDLE for one in words):
        return None
    held = {"group": group["ticked"] or group["bare"]}
    if cancels is not None:
        held["cancel-in-progress"] = cancels["value"] or "true"
    return _text({"concurrency": held}), "root"


def _text(held: Mapping[str, object], depth: int = 0) -> str:
    rows = []
    for key, value in held.items():
        lead = "  " * depth
        if isinstance(value, Mapping):
            rows += [f"{lead}{key}:", _text(value, depth + 1)]
        else:
            rows.append(f"{lead}{key}: {value}")
    return "\n".join(rows)


def _last_place(text: str) -> str:
    """Return the container that a text names: ``to the `api` container``; else its kind."""
    plain = text.replace("`", "")
    named = re.search(
        r"(?:to|for|in|on|of)\s+(?:the\s+|its\s+)?(?P<name>[\w.-]+)\s+(?:container|pod)\b",
        plain,
        re.I,
    )
    if named is not None and named["name"].lower() not in {"the", "a", "its", "this"}:
        return f"{named['name']} container"
    return "container"


def _is_manifest(file: SettingsFile) -> bool:
    return re.search(r"^apiVersion:", file.text, re.MULTILINE) is not None


_FORMS: tuple[Callable[[SettingsFile, str], tuple[str, str] | None], ...] = (
    _named,
    _resources,
    _probe,
    _noted,
    _concurrency,
)
