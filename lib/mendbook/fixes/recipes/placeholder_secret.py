"""Replace a secret in an example file by an obvious placeholder."""

from __future__ import annotations

import re

from mendbook.code.schemas import config
from mendbook.fixes.reach import files
from mendbook.fixes.recipe import Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Contract, Operation

_EXAMPLE = re.compile(r"(^|/)[^/]*\.?env[^/]*|example|sample|template", re.IGNORECASE)
_KEY = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+")
_EMPTIED = re.compile(
    r"\b(?:empty|blank|clear|without (?:a )?value|no value|value\b.*\b(?:must|should) (?:go"
    r"|be removed))\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:such as|like|e\.g\.|placeholder:?|to|with|by)\s+[`\"']?(<[\w -]+>|(?:change|replace"
    r"|your|example|dummy|set)"
    r"[-_]?[\w-]*[-_][\w-]+|changeme)[`\"']?(?=[\s,.;)]|$)",
    re.IGNORECASE,
)
"""A placeholder that the fix spells out."""
_FAKE = re.compile(r"replace|change|your|example|placeholder|secret|xxx|dummy|<.*>", re.IGNORECASE)


def _rewrite(task: Task) -> RecipeChange | str:
    finding = task.finding
    if _EMPTIED.search(finding.fix):
        return "the fix asks for no value, and not for a placeholder"
    keys = dict.fromkeys(_KEY.findall(f"{finding.problem} {finding.evidence} {finding.fix}"))
    reason = "the finding names no key of an example file"
    for path in files(task):
        if not _EXAMPLE.search(path):
            continue
        text = task.snapshot.text(path)
        for key in keys:
            match = re.search(rf"^([ \t#]*{key}[ \t]*=[ \t]*)(\S+)", text, re.MULTILINE)
            if match is None:
                reason = f"{path} sets none of the keys that the finding names"
            elif not _looks_real(match[2]):
                reason = f"the value of {key} in {path} is a placeholder already"
            else:
                edited = text[: match.start(2)] + _placeholder(task, key) + text[match.end(2) :]
                line = text.count("\n", 0, match.start(2)) + 1
                return _change(path, match[2], edited, key, line)
    return reason


def _looks_real(value: str) -> bool:
    """Tell whether ``value`` looks like a secret: long, of mixed characters, and no placeholder."""
    mixed = re.search(r"\d", value) and re.search(r"[A-Za-z]", value)
    return len(value) >= 12 and bool(mixed) and not _FAKE.search(value)


def _placeholder(task: Task, key: str) -> str:
    """Return a placeholder that is as long as the configuration demands."""
    told = _TOLD.search(task.finding.fix)
    if told is not None:
        return told[1]
    configuration = config(task.snapshot)
    pair = configuration.keys.get(key) if configuration is not None else None
    least = re.search(r"\.min\((\d+)", pair.text()) if pair is not None else None
    if least is None:
        return "replace-me"
    text = f"replace-me-with-at-least-{least[1]}-characters"
    return text + "-x" * max(0, (int(least[1]) - len(text) + 1) // 2)


def _change(path: str, old: str, text: str, key: str, line: int) -> RecipeChange:
    return RecipeChange(
        summary=f"Replace the value of {key} in {path} by a placeholder",
        edits={path: text},
        risk="Whoever copied the old value must set their own.",
        irreversible=(
            f"The old value of {key} stays in the history: rotate it wherever it was used.",
        ),
        contracts=(
            Contract(
                Operation.REPLACE,
                path,
                f"replace the value of {key} by a placeholder",
                line,
                line,
                removes=(old,),
            ),
        ),
    )


RECIPE = Recipe(
    name="placeholder-secret",
    message="An example file is copied as it is: it must not hold anything that opens a door.",
    words=r"placeholder|real-looking|secret|credential",
    remedy=r"placeholder|fake|dummy|example|sample|replac|change-?me|obvious",
    rewrite=_rewrite,
    examples=(
        Example(
            "the placeholder is as long as the configuration asks",
            asking(
                ".env.example contains a real-looking API_KEY",
                "Replace with clearly fake placeholder",
                ".env.example",
                "",
                "API_KEY=<redacted>",
            ),
            {
                ".env.example": "PORT=1\r\nAPI_KEY=Zm9vYmFyMTIzNDU2Nzg5MA==\r\nHOST=a\r\n",
                "src/config.ts": "const s = z.object({\n  API_KEY: z.string().min(32),\n});\n"
                "export const config = s.parse(process.env);\n",
            },
            {
                ".env.example": "PORT=1\r\nAPI_KEY=replace-me-with-at-least-32-characters\r\n"
                "HOST=a\r\n"
            },
        ),
        Example(
            "a placeholder stays",
            asking("API_KEY looks real", "Replace with placeholder", ".env.example"),
            {".env.example": "API_KEY=replace-me-1234567890\n"},
            refuses="a placeholder already",
        ),
        Example(
            "a sample of settings, without a configuration that is read",
            asking(
                "STRIPE_KEY looks real", "Use a placeholder for STRIPE_KEY", "deploy/sample.env"
            ),
            {"deploy/sample.env": "PORT=1\nSTRIPE_KEY=pk7Qm20xTr91LsZa\n"},
            {"deploy/sample.env": "PORT=1\nSTRIPE_KEY=replace-me\n"},
        ),
        Example(
            "a file that is no example stays",
            asking("API_KEY looks real", "Replace with placeholder", "src/key.ts"),
            {"src/key.ts": "export const API_KEY = 'Zm9vYmFyMTIzNDU2Nzg5MA';\n"},
            refuses="no key of an example file",
        ),
    ),
)
