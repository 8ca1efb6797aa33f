"""The agents that people have: how each is called with text in and text out, as rows of a table.

Each runs in an empty scratch folder that is also its home, without the repository, with the
variables that its row names and no others. ``sees`` are the flags of its ``--help`` without which
it is not asked: they are what keeps its tools off. Docs: what each row rests on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PROMPT = "{prompt}"
"""Stands in an adapter's arguments for the file that holds the prompt."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a drafter said: its text, and its price in US dollars where it tells."""

    text: str
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Adapter:
    """One agent: how it is called, read, probed, and what it may see."""

    name: str
    arguments: tuple[str, ...]
    """Program and arguments; the prompt comes on stdin unless ``PROMPT`` stands among them."""
    read: Callable[[str], Reply]
    variables: tuple[str, ...] = ()
    """Variables of the user's that it is given beside the usual."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Variables that it is given with this very value."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Files that are written to its home before it starts."""
    helped: tuple[str, ...] = ("--help",)
    """What shows its flags."""
    sees: tuple[str, ...] = ()
    """Flags that its help must list."""
    below: int = 0
    """The first major version that may not heed what its row says; 0 where none is known."""
    install: str = ""
    """What to do where it is missing."""
    docs: str = ""
    prices: bool = False
    """It says what an answer cost."""
    structured: bool = False
    """It is given the brief as JSON and not as a prompt."""


def _text(said: str) -> Reply:
    return Reply(said)


def _claude(said: str) -> Reply:
    """Read one JSON object: ``result`` is the answer, ``total_cost_usd`` what it cost."""
    document = _object(said)
    if document is None:
        return Reply(said)
    return Reply(str(document.get("result") or ""), _number(document.get("total_cost_usd")))


def _gemini(said: str) -> Reply:
    """Read one JSON object: ``response`` is the answer; it counts tokens and names no price."""
    document = _object(said)
    return Reply(said) if document is None else Reply(str(document.get("response") or ""))


def _opencode(said: str) -> Reply:
    """Read JSON events, one a line: ``text`` parts are the answer, ``step_finish`` has a cost."""
    texts: list[str] = []
    costs: list[float] = []
    for line in said.splitlines():
        event = _object(line)
        part = event.get("part") if event else None
        if event is None or not isinstance(part, dict):
            continue
        if event.get("type") == "text":
            texts.append(str(part.get("text") or ""))
        cost = _number(part.get("cost"))
        if event.get("type") == "step_finish" and cost is not None:
            costs.append(cost)
    return Reply("\n".join(texts) if texts else said, sum(costs) if costs else None)


_AIDER_COST = re.compile(r"^.*\bCost: \$(\d+(?:\.\d+)?) message\b.*$", re.MULTILINE)


def _aider(said: str) -> Reply:
    """Read plain text; aider prints ``Cost: $0.01 message`` below each answer."""
    costs = [float(amount) for amount in _AIDER_COST.findall(said)]
    return Reply(_AIDER_COST.sub("", said), sum(costs) if costs else None)


def _structured(said: str) -> Reply:
    """Read what any other command prints: JSON with edits, or text; ``cost_usd`` where it tells."""
    document = _object(said)
    return Reply(said, _number(document.get("cost_usd")) if document else None)


def _object(said: str) -> dict[str, Any] | None:
    try:
        document = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _number(value: object) -> float | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if usable and 0 <= float(value) < 1e6 else None  # type: ignore[arg-type]


_DENIED = json.dumps({"permission": {"*": "deny"}, "share": "disabled", "autoupdate": False})

_TEXT_ONLY = json.dumps({"tools": {"core": []}, "security": {"folderTrust": {"enabled": False}}})
"""No tool is there, so that nobody has to trust the empty folder."""

ADAPTERS = (
    Adapter(
        "claude",
        (
            *("claude", "--print", "--output-format", "json", "--tools", ""),
            *("--strict-mcp-config", "--no-session-persistence"),
        ),
        _claude,
        ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "CLAUDE_CODE_OAUTH_TOKEN"),
        {"DISABLE_AUTOUPDATER": "1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"},
        sees=("--tools", "--strict-mcp-config", "--output-format"),
        install="npm install -g @anthropic-ai/claude-code, and set ANTHROPIC_API_KEY",
        docs="https://code.claude.com/docs/en/cli-reference",
        prices=True,
    ),
    Adapter(
        "codex",
        (
            *("codex", "exec", "--sandbox", "read-only", "--skip-git-repo-check", "--ephemeral"),
            *("--color", "never", "--disable", "shell_tool", "-c", 'web_search="disabled"', "-"),
        ),
        _text,
        ("CODEX_API_KEY", "OPENAI_API_KEY"),
        helped=("exec", "--help"),
        sees=("--sandbox", "--disable", "--ephemeral"),
        install="npm install -g @openai/codex, and set CODEX_API_KEY",
        docs="https://developers.openai.com/codex/noninteractive",
    ),
    Adapter(
        "gemini",
        ("gemini", "--output-format", "json", "--approval-mode", "default"),
        _gemini,
        (
            *("GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI"),
            *("GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"),
        ),
        files={".gemini/settings.json": _TEXT_ONLY},
        sees=("--output-format", "--approval-mode"),
        install="npm install -g @google/gemini-cli, and set GEMINI_API_KEY",
        docs="https://geminicli.com/docs/cli/headless/",
    ),
    Adapter(
        "aider",
        (
            *("aider", "--chat-mode", "ask", "--message-file", PROMPT, "--no-git", "--dry-run"),
            *("--no-auto-commits", "--no-stream", "--no-pretty", "--no-fancy-input"),
            *("--no-check-update", "--no-show-release-notes", "--no-suggest-shell-commands"),
            *("--no-detect-urls", "--no-gitignore", "--map-tokens", "0", "--analytics-disable"),
        ),
        _aider,
        (
            *("OPENAI_API_KEY", "OPENAI_API_BASE", "ANTHROPIC_API_KEY", "GEMINI_API_KEY"),
            *("DEEPSEEK_API_KEY", "OPENROUTER_API_KEY", "AIDER_MODEL"),
        ),
        sees=("--message-file", "--chat-mode", "--no-git", "--no-suggest-shell-commands"),
        install="python -m pip install aider-install && aider-install, and set your model's key",
        docs="https://aider.chat/docs/scripting.html",
        prices=True,
    ),
    Adapter(
        "opencode",
        ("opencode", "run", "--format", "json"),
        _opencode,
        (
            *("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY", "OPENROUTER_API_KEY"),
            *("GROQ_API_KEY", "DEEPSEEK_API_KEY"),
        ),
        {"OPENCODE_CONFIG_CONTENT": _DENIED, "OPENCODE_DISABLE_AUTOUPDATE": "1"},
        helped=("run", "--help"),
        sees=("--format",),
        below=2,
        install="npm install -g opencode-ai@1, and set your model's key",
        docs="https://opencode.ai/v1/docs/permissions/",
        prices=True,
    ),
    Adapter(
        "llm",
        ("llm", "prompt", "--no-stream", "--no-log"),
        _text,
        (
            *("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "OPENROUTER_KEY"),
            *("OPENAI_BASE_URL", "LLM_MODEL", "LLM_USER_PATH"),
        ),
        helped=("prompt", "--help"),
        sees=("--no-stream", "--no-log"),
        install="python -m pip install llm, and set your model's key",
        docs="https://llm.datasette.io/en/stable/help.html",
    ),
)
"""Every agent that is known by its name, in the order of ``docs/drafters.md``."""


def any_command(name: str, arguments: tuple[str, ...], variables: tuple[str, ...]) -> Adapter:
    """Return the adapter of a command that takes a JSON brief on stdin and prints edits."""
    return Adapter(name, arguments, _structured, variables, structured=True)
