"""Know the headlines that name lists of findings, and are none themselves: ``Issues & bugs``."""

from __future__ import annotations

import re

from mendbook.intake.shapes.containers import only_severity
from mendbook.intake.shapes.keys import plain_key
from mendbook.intake.shapes.markdown.context import STRUCTURAL


def heads_a_list(title: str) -> bool:
    """Tell whether a headline is the name of a list of findings, or of a part of the document."""
    plain = plain_key(re.sub(r"[*`_]", "", title))
    if STRUCTURAL.fullmatch(plain):
        return True
    if only_severity(plain) or _LISTS_OF_FINDINGS.search(plain):
        return True
    if len(plain.split()) <= _FEW_WORDS and _NAME.fullmatch(plain):
        return True
    names = re.split(r"\s*(?:&|/|,|\+|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*", plain)
    joined = len(names) > 1 and len(plain.split()) <= _WORDS
    return joined and all(_NAME.fullmatch(name) or _WORSE.fullmatch(name) for name in names)


_FEW_WORDS, _WORDS = 3, 6
"""Words of a headline up to which it is one name, or several that are joined."""
_NAME = re.compile(
    r"(?:\w+ )?(?:findings|issues|bugs|problems|vulnerabilities|befunde|improvements"
    r"|suggestions|observations|améliorations|mejoras|verbesserungen|melhorias)(?: \d+)?"
)
_WORSE = re.compile(
    r"(?:\w+ )?(?:errors|defects|risks|gaps|limitations|weaknesses|fehler|mängel|schwachstellen"
    r"|risiken|probleme|problèmes|constats|risques|problemas|hallazgos|riesgos|achados|riscos"
    r"|problemi|rischi)"
)
"""Names that stand for a list where another one is joined to them: a finding may bear one."""
_LISTS_OF_FINDINGS = re.compile(
    r"(?:发现的|需要\w{1,4}的|存在的|主要|严重|潜在)\w{0,6}(?:问题|漏洞|缺陷|风险|隐患)$|(?:一覧|リスト|清单|列表|汇总)$"
    r"|^(?:개선이 필요한|발견된|주요|잠재적인?) (?:부분|문제점?|이슈|사항|취약점)들?$"
    r"|^(?:문제점|약점|단점|이슈)들?$"
)
"""Headlines of lists of findings in Chinese, Japanese and Korean."""
