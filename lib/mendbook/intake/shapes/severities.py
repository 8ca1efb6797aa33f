"""Read a severity on any scale that auditors use: words of many languages, P0, S1, CVSS, emoji."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.model import Severity

CRITICAL, HIGH, MEDIUM, LOW, INFO = Severity
_WORDS = {
    CRITICAL: (
        "critical crit kritisk kritiskt kriittinen krytyczna critiques críticos críticas"
        " blocker blockers blocking showstopper fatal urgent emergency catastrophic extreme"
        " highest very-high severe immediate kritisch kritische kritischer sehr-hoch blockierend"
        " critique bloquant bloquante crítico crítica critico critica bloqueante muy-alta muy-alto"
        " kritik kritikal kritis acil nghiêm-trọng حرج حرجة"
        " kritiek krytyczny krytyczne критический критичный критическая kritická kritický"
        " критические критичні критичний"
        " 严重 致命 紧急 極高 极高 嚴重 致命的 重大 緊急 심각 치명적 치명"
    ),
    HIGH: (
        "high higher major important serious error errors must must-fix hi haute haut élevé élevée"
        " eleve elevee majeur majeure importante importants hoch hohe hoher hohes"
        " schwerwiegend wichtig"
        " alta alto alte grave graves hoog hoge ernstig wysoki wysokie wysoka высокий высокая"
        " hög høy høyt alvorlig allvarlig korkea altos altas majeurs hohen"
        " высокие високі високий alti elevate élevés élevées"
        " vysoké vysoká vysoký önemli yüksek tinggi cao عالي عالية"
        " 高 高危 高级 高風險 高风险 重要 高い 높음 높은"
    ),
    MEDIUM: (
        "medium med moderate warning warnings warn normal average mid should should-fix mittel"
        " mittlere mittlerer mäßig warnung moyen moyenne modéré modérée modere avertissement media"
        " medio médio média moderado moderada moderata moderato advertencia gemiddeld gemiddelde"
        " middels middel moderat medelhög medios medias médios moyens"
        " средние середні середній médias medi medie moyens moyennes"
        " sedang trung-bình متوسط متوسطة"
        " средний средняя średni średnie średnia medel střední orta 中 中危 中等 中级 中風險 中风险"
        " 一般 警告 中程度 보통 중간"
    ),
    LOW: (
        "low lower minor lo could weak cosmetic niedrig niedrige gering geringe leicht leichte"
        " klein kleine kleiner kleines faible mineur mineure bas basse baja bajo bassa basso baixa"
        " baixo menor menores leve laag"
        " lage lav lavt mindre matala bajos bajas baixos mineurs niedrigen"
        " низкие незначительные низькі низький baixas bassi faibles"
        " rendah thấp nízké منخفض منخفضة"
        " низкий низкая незначительный niski niskie niska låg nízká nízký düşük 低 低危 低级"
        " 低風險 低风险 轻微 輕微 軽微 낮음 낮은 경미"
    ),
    INFO: (
        "info informational information informative note notes notice nit nits nitpick suggestion"
        " suggestions enhancement enhancements optional style trivial none negligible advisory"
        " very-low lowest nice-to-have hinweis hinweise information informativ trivialer remarque"
        " suggestion informatif información informacion informativo informativa sugerencia nota"
        " observation observations opmerking информация информационный 提示 信息 建议 資訊 情報"
        " 参考 정보 참고"
    ),
}
_BY_WORD = {
    word.replace("-", " "): severity for severity, words in _WORDS.items() for word in words.split()
}
_LONGEST_FIRST = sorted(_BY_WORD, key=len, reverse=True)
_SPACED = [word for word in _LONGEST_FIRST if word.isascii() or (word[0].isalpha() and word < "⺀")]
_UNSPACED = [word for word in _LONGEST_FIRST if word >= "⺀"]
_WORD = re.compile(rf"(?<![\w])(?:{'|'.join(map(re.escape, _SPACED))})(?![\w])")
_HAN = re.compile("|".join(map(re.escape, _UNSPACED)))
_HAN_RANKED = re.compile(
    rf"(?:最)?(?:{'|'.join(map(re.escape, _UNSPACED))})(?:度)?(?:优先级|優先度|优先|危险|风险|風險"
    r"|级别|级|危|等)"
)
"""A severity before the word for a rank: 中优先级, 高风险."""
_EMOJI = {
    **dict.fromkeys("🔴🚨💀☠⛔🟥‼", CRITICAL),
    **dict.fromkeys("🟠🔥❗🟧", HIGH),
    **dict.fromkeys("🟡⚠🟨", MEDIUM),
    **dict.fromkeys("🟢🟩", LOW),
    **dict.fromkeys("🔵ℹ⚪🟦💡⬜📝", INFO),
}
_LADDER = (CRITICAL, HIGH, MEDIUM, LOW, INFO)
_RANK = re.compile(
    r"(?<![\w.])(?P<letter>p|prio|priority|s|sev|severity|sr|lvl|level|tier|prio(?:rit[äa]t)?)"
    r"[\s:#_-]*(?P<rank>[0-5])(?![\w.]*\d)(?![a-z])"
)
_SCORE = re.compile(
    r"(?<![\w.])(?P<score>10(?:\.0)?|\d(?:\.\d)?)\s*(?:/\s*(?:10|5|4)(?:\.0)?)?(?![\w.]|\s*%)"
)
_GRADES = ((9.0, CRITICAL), (7.0, HIGH), (4.0, MEDIUM), (0.1, LOW))
_STRUCK = re.compile(r"~~.*?~~")
_LONGEST = 400
_SHORT = 48
"""Characters: a longer text holds words of a scale by chance."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A severity, and why, where it is not just the word."""

    severity: Severity
    why: str = ""
    exact: bool = False
    """Whether the text is nothing but a word of a scale."""


def read_severity(written: object, *, first: int | None = None, scale: str = "") -> Graded | None:
    """Return the severity that ``written`` spells, or None.

    ``first`` is the smallest rank that the audit uses for S and SEV, whose scales begin with 0 or
    1; ``scale`` is ``score`` where a bare number counts upwards to 10, ``rank`` where 1 is worst.
    """
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return None
    if not isinstance(written, str):
        return _number(float(written), scale)
    text = _STRUCK.sub(" ", written[:_LONGEST]).strip().lower()
    if not text:
        return None
    plain = " ".join(re.sub(r"[^\w\s.+/→>-]|[_-]", " ", text).split()).strip(" .-/>→")
    if plain in _BY_WORD:
        return Graded(_BY_WORD[plain], exact=True)
    return _mixed(text, plain, first, scale)


def _mixed(text: str, plain: str, first: int | None, scale: str) -> Graded | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return _number(float(plain), scale)
    head = text if len(text) <= _SHORT else _opening(text)
    rank = _RANK.search(head)
    if rank is not None and not re.search(r"[^\W\d_]", head[: rank.start()]):
        return _ranked(rank, first)
    said = head.rpartition("→")[2] if "→" in head else head.rpartition("->")[2]
    words = [_BY_WORD[match.group().replace("-", " ")] for match in _words(said)]
    if words:
        worst = min(words, key=_LADDER.index)
        several = len(set(words)) > 1
        return Graded(worst, "the worse of the two that are given" if several else "the word in it")
    if rank is not None:
        return _ranked(rank, first)
    bare = re.sub(r"[\s\ufe0f*]", "", text)
    marks = [_EMOJI[char] for char in bare if char in _EMOJI]
    if marks and len(bare) <= 3:
        return Graded(marks[0], "the sign's colour")
    if re.search(r"\d\W{0,3}p(?:oin)?ts?\b", head):
        return None  # what it costs, on nobody's scale
    if "cvss" in head or scale == "score" or "/10" in head:
        score_match = _SCORE.search(re.sub(r"cvss[\s:]*(?:v?[234](?:\.[01])?)?(?=\W)", " ", head))
        return _number(float(score_match["score"]), "score") if score_match else None
    return None


_NEGATION = re.compile(r"\b(?:non|not|nicht|pas|no)\s\Z")
"""A word that turns the word of a scale behind it into what it is not: ``non-blocking``."""


def _words(text: str) -> list[re.Match[str]]:
    plain = re.sub(r"[_-]", " ", text)
    matches = list(_WORD.finditer(plain))
    if matches:
        return [one for one in matches if not _NEGATION.search(plain[: one.start()])]
    ranked = _HAN_RANKED.search(re.sub(r"[（(].*?(?:[)）]|\Z)", " ", plain))
    first = _HAN.search(ranked.group()) if ranked else None
    return [first] if first else list(_HAN.finditer(plain))


def _opening(text: str) -> str:
    """Return the words before the first dash, colon, bracket or stop, if they are few."""
    head = re.split(r"\s[—–-]\s|[:;.,(（：，。]|\n", text.lstrip("[(*` "), maxsplit=1)[0]
    return head if len(head) <= 24 else ""


def _ranked(match: re.Match[str], first: int | None) -> Graded:
    rank = int(match["rank"])
    counts_from_one = match["letter"][0] != "p" or match["letter"].startswith("prior")
    if counts_from_one and (first is None or first > 0):
        rank -= 1
    return Graded(_LADDER[min(max(rank, 0), 4)], "the rank, worst first", exact=True)


def _number(value: float, scale: str) -> Graded | None:
    if not 0 <= value <= 10 or not scale:
        return None
    if scale == "rank":
        return Graded(_LADDER[min(max(int(value) - 1, 0), 4)], "the rank, 1 is worst")
    if scale == "five":
        return Graded(_LADDER[min(max(5 - int(value), 0), 4)], "the number, 5 is worst")
    graded = next((grade for least, grade in _GRADES if value >= least), INFO)
    return Graded(graded, "the score out of 10, as CVSS grades it")


def opening_grade(text: str) -> Graded | None:
    """Return the grade that words on an impact begin with: ``High - the totals are wrong``."""
    match = _OPENS.match(text)
    if match is None or match["grade"].lower() in _NOUNS:
        return None
    graded = read_severity(match["grade"])
    return graded if graded is not None and graded.exact else None


_OPENS = re.compile(
    r"[\W_]*(?P<grade>[^\W\d_]{3,12}|[\u3400-\u9fff]{1,2})[*_]*(?=\s+[-–—]\s|[:.,;(（：，。—–]|\s*\Z)"
)
_NOUNS = {
    *("error", "errors", "warning", "warnings", "warn", "info", "information", "note", "notes"),
    *("suggestion", "suggestions", "style", "must", "should", "could", "none", "optional", "hi"),
}
"""Words of a scale of tools that begin any sentence as well."""


def read_emoji(text: str) -> Severity | None:
    """Return the severity of the first coloured sign in ``text``, or None."""
    return next((_EMOJI[char] for char in text if char in _EMOJI), None)


def lowest_rank(values: list[object]) -> int | None:
    """Return the smallest number that S or SEV ranks have among ``values``, or None."""
    ranks = [
        int(match["rank"])
        for value in values
        if isinstance(value, str) and (match := _RANK.search(value[:_SHORT].lower()))
    ]
    return min(ranks, default=None)
