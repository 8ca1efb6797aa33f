"""Tell an audit in YAML by its keys at the left edge and the findings that they hold."""

from __future__ import annotations

import re

import yaml

from mendbook.intake.formats.any_json import any_json_evidence
from mendbook.intake.formats.evidence import NOTHING, Evidence
from mendbook.intake.shapes.yaml_audit import decode_yaml
from mendbook.intake.values import TooDeepError

_KEY = re.compile(r"^(?:- )?[\w\"'][\w .\"'/-]*:(?:\s|$)", re.M)
_LONGEST = 5_000_000


def yaml_evidence(text: str) -> Evidence:
    """Tell how far ``text`` is YAML that holds findings; a document with headings is not."""
    plain = (
        len(text) <= _LONGEST and _KEY.search(text) and not re.search(r"^#{2,6} \S|^\|", text, re.M)
    )
    if not plain:
        return NOTHING
    try:
        data = decode_yaml(text)
    except (yaml.YAMLError, ValueError, RecursionError, TooDeepError):
        return NOTHING
    evidence = any_json_evidence(data)
    return Evidence(0.95, evidence.why) if evidence.score else NOTHING
