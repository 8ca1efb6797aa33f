"""Tell people from bots and coding agents, by the names and addresses that these sign with."""

from __future__ import annotations

import re

_BOT = re.compile(
    r"(?ix) \[bot\]\Z | (?:\A|[\s._-])(?:ro)?bot\Z"
    r"| \A(?:renovate|dependabot|greenkeeper|snyk|semantic-release|github[ -]?actions?|mergify"
    r"|pre-commit(?:[ .-]?ci)?|allcontributors|imgbot|pyup|codecov|whitesource|mend[ ]for[ ]github"
    r"|weblate|hosted[ ]weblate|crowdin|transifex|bors|homu|jenkins|travis(?:[ ]ci)?|circle[ -]?ci"
    r"|gitlab[ -]ci|azure[ ]pipelines|release[ -]please|changesets|lerna|restyled(?:\.io)?"
    r"|deepsource|sonarcloud|stale|web-flow|nixpkgs-update|googlebot)(?:\Z|[\s._\[-])"
)
_BOT_ADDRESS = re.compile(
    r"(?ix) \[bot\]@ | @(?:renovateapp|dependabot|greenkeeper|pyup|mergify|imgbot|semantic-release"
    r"|crowdin|weblate|restyled)\. | \A[\w.+-]*[+._-]?(?:ro)?bots?@ | \Asupport@dependabot"
    r"| \Anoreply@(?:github|weblate|crowdin)\. | \Agithub-actions?@ | \A(?:ci|jenkins|travis)@"
)
_AGENT = re.compile(
    r"(?ix) \A(?:(?:github[ ])?copilot | claude[ ](?:code|opus|sonnet|haiku|\d).* | claude-code"
    r"| devin(?:[ ]ai|-ai).* | cursor(?:[ ]agent)? | cursoragent | (?:openai[ ])?codex(?:[ ]cli)?"
    r"| chatgpt | gemini[ -](?:cli|code[ -]assist) | google-labs-jules.* | aider | openhands"
    r"| swe-agent | sweep(?:[ ]ai|-ai) | replit[ ]agent | windsurf | cody | amp | opencode"
    r"| lovable(?:-dev)? | v0 | bolt(?:\.new)? | codegen(?:-sh)? | ellipsis(?:-dev)?"
    r"| qodo.* | kiro(?:[ ]agent)? )\Z"
)
_AGENT_ADDRESS = re.compile(
    r"(?ix) @(?:anthropic|cursor|devin|aider|cognition(?:-labs)?|openai|openhands|sourcegraph"
    r"|ampcode|sweep|lovable|all-hands|windsurf|codeium|codegen|qodo)\."
    r"|(?:\A|\+)(?:copilot|devin-ai-integration|google-labs-jules|gemini-code-assist|cursoragent"
    r"|claude|codex|openhands|sweep-ai)(?:\[bot\])?@users\.noreply\.github\.com"
)


def is_bot(name: str, address: str) -> bool:
    """Tell whether a program that merges, releases or translates signs so."""
    return bool(_BOT.search(name.strip()) or _BOT_ADDRESS.search(address.strip()))


def is_agent(name: str, address: str) -> bool:
    """Tell whether a coding agent signs so; a person who bears such a first name is none."""
    return bool(_AGENT.search(name.strip()) or _AGENT_ADDRESS.search(address.strip()))


def is_person(name: str, address: str) -> bool:
    """Tell whether neither a bot nor an agent signs so."""
    return not is_bot(name, address) and not is_agent(name, address)
