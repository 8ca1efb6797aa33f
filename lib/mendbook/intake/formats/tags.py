"""Judge from a rule's tags and weaknesses which dimension its findings are about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mendbook.model import Dimension

_WORDS = {
    "security": Dimension.SECURITY,
    "vulnerability": Dimension.SECURITY,
    "secret": Dimension.SECURITY,
    "secrets": Dimension.SECURITY,
    "reliability": Dimension.SECURITY,
    "performance": Dimension.PERFORMANCE,
    "efficiency": Dimension.PERFORMANCE,
    "readability": Dimension.READABILITY,
    "concurrency": Dimension.REALTIME,
}
_WEAKNESS = re.compile(r"(?i)(?:\A|\W)(?:cwe|owasp|cve|ghsa|sans|wasc|capec)[-_:/ ]?[\w-]*")


def dimension_of(tags: Iterable[object], default: Dimension = Dimension.CODE_QUALITY) -> Dimension:
    """Return the dimension that ``tags`` name; a tag for a weakness means Security."""
    words = [str(tag).strip().lower() for tag in tags]
    if any(_WEAKNESS.search(word) for word in words):
        return Dimension.SECURITY
    return next((_WORDS[word] for word in words if word in _WORDS), default)


_SECURITY_TOOLS = re.compile(
    r"(?i)\b(?:bandit|gosec|brakeman|checkov|trivy|grype|snyk|gitleaks|trufflehog|kics|tfsec|zap"
    r"|njsscan|mobsfscan|flawfinder|dependency-check|dockle|nuclei|anchore|clair|horusec|bearer"
    r"|detect-secrets|osv-scanner|govulncheck|cargo-audit|pip-audit|noseyparker|kubesec|terrascan"
    r"|devskim|psalm-taint|find ?sec ?bugs|veracode|checkmarx|fortify|semgrep secrets)\b"
)


def is_security_tool(name: str) -> bool:
    """Tell whether all that a tool of this name finds is a matter of security."""
    return _SECURITY_TOOLS.search(name) is not None


def listed(value: object) -> list[str]:
    """Return the texts of a value that is a list of texts, one text, or neither."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [str(item) for item in value if item is not None] if isinstance(value, list) else []
