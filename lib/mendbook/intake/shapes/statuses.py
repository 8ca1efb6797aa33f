"""Read what an audit says became of a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mendbook.model import Status

_OPEN = re.compile(
    r"\b(?:not|nicht|noch|un|non|pas|no|never|yet|partial\w*|partly|teilweise|to be|needs?|todo|wip"
    r"|in progress|in arbeit|pending|open|offen|ouvert\w*|abiert\w*|abert\w*|aperto|active|new|neu"
    r"|confirmed|reproduced|bestätigt|deferred|postponed|backlog|planned|scheduled|started|ongoing"
    r"|incomplete|unfinished|unresolved|unfixed|reopened|outstanding|remaining|triaged|valid|investigating|blocked"
    r"|en cours|en curso|pendiente|pendente|partiel\w*|parcial\w*)\b"
    r"|未修|未解|仍存在|仍未|尚未|遗留|待修|待处理|未处理|进行中|部分|开放|打开|未完了|対応中|미해결|진행"
)
_CLOSED: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (
        Status.FALSE_POSITIVE,
        re.compile(
            r"false[\s_-]?(?:positive|alarm)|\bfp\b|\binvalid|not an? (?:issue|bug|problem)"
            r"|non[\s-]?issue|no (?:issue|action)|refuted|rejected|dismissed|disproved|disproven"
            r"|withdrawn|retracted|debunked|falsch[\s-]?positiv|fehlalarm|faux[\s-]?positif"
            r"|falsos? positivos?|误报|誤報|誤検知|오탐"
        ),
    ),
    (Status.DUPLICATE, re.compile(r"\bduplicate|\bdupe?\b|\bsuperseded|\bduplikat|重复|重複")),
    (
        Status.ACCEPTED,
        re.compile(
            r"\baccept(?:ed|able)?\b|won['’]?t[\s_-]?(?:fix|do)|wontfix"
            r"|will not (?:fix|be fixed|do)"
            r"|by[\s_-]design"
            r"|as[\s_-](?:designed|intended)|intentional|\bignored?\b|agreed to leave"
            r"|\backnowledged|not[\s_-]planned|suppressed|waived|risk[\s_-]taken|\bleft as is\b"
            r"|(?:leave|keep) as[\s_-]is|akzeptiert|akzeptabel|hinnehmbar|vertretbar|aceptable"
            r"|aceitável|accettabile|wird nicht|bleibt so|hingenommen|accepté"
            r"|aceptad|aceit|non corrig|接受|不修复|不修復|无需修|忽略|許容|수용"
        ),
    ),
    (
        Status.FIXED,
        re.compile(
            r"(?<!un)(?<!in)(?:\bfix(?:ed)?\b|resolved|\bdone\b|\bclosed?\b|completed?\b|\bmerged\b"
            r"|mitigated|\bpatched|remediated|implemented|\bsolved|\baddressed|corrected|\bshipped"
            r"|\blanded\b|behoben|wiederhergestellt|erledigt|gelöst|geschlossen|abgeschlossen|corrig[ée]|résolu"
            r"|terminé|corregid|resuelt|resolvid|solucionad|cerrad|risolto|opgelost|исправлен"
            r"|已修|已(?:正确)?(?:实现|处理)|已解决|已解決|已完成|完成|已关闭|修正済|解決済|対応済|해결됨|수정됨)"
        ),
    ),
)
_SIGNS = {
    **dict.fromkeys("✅✔☑🎉🏁", Status.FIXED),
    **dict.fromkeys("⏸⏭🤝💤", Status.ACCEPTED),
    **dict.fromkeys("🚫", Status.FALSE_POSITIVE),
    **dict.fromkeys("❌🟡🔴🟠⏳🚧⬜🔄🟢🔲☐✗✘🕒📋", Status.OPEN),
}
_NEGATED = re.compile(
    r"\b(?:not|nicht|never|isn['’]t|pas|no|noch)\b.{0,12}(?=\b(?:fix|resol|done|clos|beh|gel|erl"
    r"|corr))"
)
_LONGEST = 300


def read_status(written: object, legend: Mapping[str, Status] | None = None) -> Status | None:
    """Return the status that ``written`` spells, or None; ``legend`` explains an audit's signs."""
    if not isinstance(written, str) or not written.strip():
        return None
    text = written[:_LONGEST].lower().replace("_", " ").strip()
    words = text if len(text) <= 60 else re.split(r"[.;:(\n]|\s[—–-]\s", text, maxsplit=1)[0][:80]
    if re.search(r"\w", words):
        if _NEGATED.search(words) and not re.search(r"not an? (?:issue|bug|problem)", words):
            return Status.OPEN
        closed = next((status for status, pattern in _CLOSED if pattern.search(words)), None)
        opened = _OPEN.search(words)
        if closed and (not opened or closed is not Status.FIXED or _leads(words, opened)):
            return closed
        if opened:
            return Status.OPEN
    signs = {**_SIGNS, **(legend or {})}
    return next((signs[char] for char in text if char in signs), None)


def _leads(words: str, opened: re.Match[str]) -> bool:
    """Tell whether the closing word comes first: ``fixed, new test pending``."""
    return not re.match(r"\W*(?:fixed|resolved|done|closed|✅)", words[opened.start() :]) and bool(
        re.match(r"\W*(?:✅\W*)?(?:fixed|resolved|done|closed|merged|completed?)\b", words)
    )


_LEGEND = re.compile(
    r"(?P<sign>[\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff])\ufe0f?\s*(?:=|:|–|-"
    r"|—)?\s*(?P<words>[^\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff·|,;\n]{2,40})"
)


def read_legend(text: str) -> dict[str, Status]:
    """Return what a line such as ``✅ done · 🟡 open · ⏸ agreed to leave`` says of its signs."""
    legend: dict[str, Status] = {}
    for line in text.splitlines():
        entries = list(_LEGEND.finditer(line))
        read = {entry["sign"]: read_status(entry["words"]) for entry in entries}
        if len(entries) >= 2 and all(read.values()):
            legend |= {sign: status for sign, status in read.items() if status is not None}
    return legend


def says_passed(status: str) -> bool:
    """Tell whether a status says that nothing was ever wrong: ``✅ PASS``, ``all clear``."""
    bare = re.sub(r"[*_`]|\s*[✅✔✓☑]\ufe0f?\s*\Z", "", status).strip()
    return _PASS.fullmatch(bare) is not None


_PASS = re.compile(
    r"(?:[✅✔☑]\ufe0f?\s*)?(?:fully )?(?:excellent|good|safe|ok|all clear|clear|clean|secured"
    r"|working(?: correctly)?|pass(?:ed|es|ing)?|compliant|secure|not (?:affected|vulnerable)"
    r"|bestanden|unauffällig|conforme|conform|sicher|correct[oa]?|godkänt|godkjent|godkendt"
    r"|hyväksytty|goedgekeurd|aprobado|aprovado|approuvé|zaliczone|соответствует|пройдено"
    r"|richtig|korrekt|geçti|uygun|verificado|vérifié"
    r"|通过|合格|正常|正确|正確|(?:没有?|无|無)(?:任何)?问题|问题なし|問題なし|무결|정상|적절)[.!。]?",
    re.I,
)


def is_status_alone(written: str) -> bool:
    """Tell whether ``written`` is the word for a status and no headline: ``RESOLVED``."""
    return _STATUS_ALONE.fullmatch(written) is not None


_STATUS_ALONE = re.compile(
    r"\W*(?:resolved|fixed|done|closed|completed?|implemented|mitigated|addressed|verified|pending"
    r"|in progress|deferred|outstanding|behoben|erledigt|gelöst|offen|résolue?|corrigée?|resuelto"
    r"|corregido|pendiente|resolvido|corrigido|pendente|risolto|исправлено|решено|已修复|已解决)\W*",
    re.I,
)
