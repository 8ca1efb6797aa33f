"""Know the headlines that call a finding by name: ``Problem: the bell is dumb``."""

from __future__ import annotations

import re

from mendbook.intake.shapes.markdown.heads import says_something
from mendbook.intake.shapes.markdown.matrices import FINDING

SCRIPT = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""Signs of scripts in which four say something."""


def declares(title: str) -> str:
    """Return what a headline calls a finding by name: ``Problem: the bell is dumb``; else empty."""
    match = _DECLARED.match(title)
    said = title[match.end() :] if match else ""
    return said if says_something(said) or len(re.findall(SCRIPT, said)) >= _FEW_SIGNS else ""


_FEW_SIGNS = 4
"""Signs of Chinese, Japanese or Korean that say something."""


_DECLARED = re.compile(rf"(?:{'|'.join(sorted(FINDING))})\s*[:：]\s*(?=\S)", re.I)
