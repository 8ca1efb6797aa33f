"""What a file of settings may not gain from a fix text: rights, hosts, secrets, things to run."""

from __future__ import annotations

import re

from mendbook.code.modules import loose_json
from mendbook.fixes.run_sections import says_what_is_run
from mendbook.fixes.settings.ask import Unreadable

_HOST = re.compile(r"https?://(?!127\.0\.0\.1|localhost|\[::1\])[\w.-]+")
_SECRET_READ = re.compile(
    r"\$\{?\{?\s*(?:secrets\.|GITHUB_TOKEN|[A-Z_]*(?:SECRET|TOKEN|PASSWORD|KEY)\b)"
)
_SECRET_GIVEN = re.compile(
    r"(?i)\b[\w-]*(?:secret|passwd|password|passphrase|credential|api_?key|access_?key|auth_?token|access_?token)[\w-]*[\"']?"
    r"[ \t]*[:=][ \t]*[\"']?(?![\"'\s$<{]|change|example|dummy|placeholder|xxx|todo|none|null"
    r"|true|false|your|\*|/|read\b)[^\s\"',]{4,}"
)
"""A value that is written for what only a vault should hold."""
_RIGHTS = re.compile(
    r"(?i)\bwrite-all\b|[\w-]+:\s*write\b|privileged:\s*true|allowPrivilegeEscalation:\s*true"
    r"|runAsNonRoot:\s*false|runAsUser:\s*0\b|readOnlyRootFilesystem:\s*false|cap_add"
    r"|host(?:Network|PID|IPC):\s*true|network_mode:\s*[\"']?host|pid:\s*[\"']?host"
    r"|pull_request_target"
    r"|unconfined|docker\.sock|^\s*USER\s+(?:root|0)\b|\buser:\s*[\"']?(?:root|0)\b|chmod\s+"
    r"(?:-R\s+)?0?777"
    r"|0\.0\.0\.0/0|::/0|publicly_accessible\s*=\s*true|\bGRANT\b|NOPASSWD|autoindex\s+on"
    r"|\bactions?\"?\s*[:=]\s*\[?\s*\"\*\"|(?:insecure|skip_?verify)\w*[\"']?\s*[:=]\s*true"
    r"|(?:verify|ssl_verify|strict-ssl)[\"']?\s*[:=]\s*false|StrictHostKeyChecking[ =]no",
    re.MULTILINE,
)
_RUNS = re.compile(
    r"(?im)^\s*(?:-\s+)?\"?(?:run|command|entrypoint|args|script|postinstall|preinstall"
    r"|prepare)\"?\s*[:=]"
    r"|^\s*(?:RUN|CMD|ENTRYPOINT|ADD)\b|local-exec|remote-exec"
)
APT_LISTS = "rm -rf /var/lib/apt/lists/*"
"""What a layer that installs packages ends with: it takes away what that layer has fetched."""
_HEALTH = re.compile(r"^HEALTHCHECK\b(?:[^\n\\]|\\.|\\\n)*", re.MULTILINE)
_SHELL = re.compile(r"[;&|]|\$\(|`|\b(?:curl|wget|eval|source)\b")


def refuse_asked(said: str, text: str) -> None:
    """Raise ``Unreadable`` where a fix text asks for what no fix text may bring to ``text``."""
    hosts = [host for host in _HOST.findall(said) if host not in text]
    if hosts:
        raise Unreadable(f"the fix text brings a new host, {hosts[0]}; none is written")
    if _SECRET_READ.search(said):
        raise Unreadable("the fix text asks for secrets; none are written")
    said = re.sub(
        r"(?i)\b(?:remove|drop|delete|revoke)\s+(?:the\s+)?`?(?:privileged:\s*true|cap_add)\b",
        "",
        said,
    )
    if not re.match(r"(?i)(?:remove|delete|drop|revoke)\b", said) and re.search(
        r"(?i)\b(?:write-all|:\s*write\b|privileged:\s*true|cap_add|run:\s*\S)", said
    ):
        raise Unreadable("the fix text asks for more rights or for something to run")


def refuse_gained(path: str, before: str, after: str) -> None:
    """Raise ``Unreadable`` where ``after`` has a right, or something to run, more than before."""
    if gained := _more(_RIGHTS, before, after):
        raise Unreadable(f"it would give more rights ({gained}); that is not done by a fix text")
    if gained := _more(_SECRET_GIVEN, before, after):
        raise Unreadable(
            f"the fix text gives a secret ({gained.split()[0].rstrip(':=')}); none is written"
        )
    if gained := _more(_RUNS, before, after):
        raise Unreadable(f"it would run something new ({gained}); that is not done by a fix text")
    if path.endswith((".json", ".jsonc")) and (gained := _gained_section(path, before, after)):
        raise Unreadable(f"{gained} says what is run; it is not edited from a fix text")
    plain = [_HEALTH.sub("", each) for each in (before, after)]
    if "ockerfile" in path.lower() and _runs_same(*plain):
        return
    if _is_run(path) and (gained := _more(_SHELL, *plain)):
        raise Unreadable(f"it would run something new ({gained}); that is not done by a fix text")


def _runs_same(before: str, after: str) -> bool:
    """Tell whether the commands are those from before, whatever joins them, or clean up."""
    old, new = _commands(before), _commands(after)
    return sorted(old) == sorted(one for one in new if one != APT_LISTS or one in old)


def _commands(text: str) -> list[str]:
    whole = re.sub(r"\\\r?\n", " ", text)
    commands = []
    for line in whole.splitlines():
        run = re.match(r"\s*RUN\s+(.*)", line)
        parts = re.split(r"&&", run[1]) if run is not None else [line]
        commands += [
            one if one.strip() == APT_LISTS else " ".join(_words(one))
            for one in map(str.strip, parts)
            if one
        ]
    return commands


def _words(command: str) -> list[str]:
    """Return the words of a command that are no options."""
    return [one for one in command.split() if not re.fullmatch(r"--?[a-zA-Z][\w-]*(?:=\S+)?", one)]


def _gained_section(path: str, before: str, after: str) -> str:
    """Return a section that says what is run and has something in ``after`` that it had not."""
    old, new = loose_json(before), loose_json(after)
    for name, held in new.items():
        had = old.get(name)
        if says_what_is_run(path, name) and held != had and not _is_part(held, had):
            return name
    return ""


def _is_part(held: object, had: object) -> bool:
    """Tell whether ``held`` is ``had`` without some of its pairs, or the ends of some commands."""
    if not isinstance(held, dict) or not isinstance(had, dict):
        return False
    return all(name in had and _is_head(value, had[name]) for name, value in held.items())


def _is_head(value: object, had: object) -> bool:
    """Tell whether a command is another one, or its first words."""
    return value == had or (
        isinstance(value, str) and isinstance(had, str) and had.startswith(f"{value} ")
    )


def _is_run(path: str) -> bool:
    return (
        re.search(r"ockerfile|\.github/workflows/|(?:^|/)(?:GNU)?[Mm]akefile|\.gitlab-ci", path)
        is not None
    )


def _more(pattern: re.Pattern[str], before: str, after: str) -> str:
    """Return what ``pattern`` finds more often in ``after``; nothing where it does not."""
    old = [" ".join(each.group().split()) for each in pattern.finditer(before)]
    for match in pattern.finditer(after):
        said = " ".join(match.group().split())
        if said not in old:
            return said
        old.remove(said)
    return ""
