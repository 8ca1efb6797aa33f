"""Understand the names that auditors give to dimensions, and the scores beside them."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any

from mendbook.intake.problem import quoted
from mendbook.model import DIMENSION_WEIGHTS, Dimension, Note, Score

_KNOWN = {
    Dimension.PERFORMANCE: (
        "performance efficiency perf speed latency memory scalingcost n1 leistung effizienz"
        " rendimiento"
        " rendement desempenho performances 性能 效率 パフォーマンス 성능 bundle caching"
    ),
    Dimension.ARCHITECTURE: (
        "architecture scalability arch design scaling integration coupling modularity structure"
        " infrastructure architektur arquitectura arquitetura 架构 设计 可扩展性 設計 아키텍처"
        " configuration config deployment devops build ci interoperability contract api"
    ),
    Dimension.REALTIME: (
        "realtime realtimecorrectness rt concurrency sockets race races correctness consistency"
        " dataconsistency dataintegrity integrity logic bug bugs functional functionality behavior"
        " behaviour korrektheit datenkonsistenz exactitude correctitud 正确性 并发 一致性 逻辑"
        " 正確性"
        " 並行 정확성 state synchronization sync async transaction transactions"
    ),
    Dimension.CODE_QUALITY: (
        "codequality quality cq maintainability tests testing deadcode test coverage testcoverage"
        " typesafety types typing duplication complexity refactoring refactor cleanup"
        " featurecompleteness"
        " completeness dead lint hygiene techdebt debt wartbarkeit qualität codequalität"
        " testabdeckung"
        " maintenabilité qualité mantenibilidad calidad qualidade 代码质量 可维护性 测试 質量 品質"
        " 保守性 テスト 품질 convention conventions codestyle smell smells"
    ),
    Dimension.SECURITY: (
        "security reliability sec resilience dependencies dependency auth authentication"
        " authorization"
        " authorisation authz authn privacy secrets secret injection xss csrf ssrf crypto"
        " cryptography"
        " vulnerability access accesscontrol operations operational ops errorhandling error"
        " availability"
        " robustness observability logging monitoring stability validation inputvalidation"
        " compliance"
        " supplychain safety sicherheit zuverlässigkeit datenschutz sécurité fiabilité seguridad"
        " fiabilidad segurança 安全 安全性 可靠性 セキュリティ 信頼性 보안 gdpr"
    ),
    Dimension.READABILITY: (
        "readability read documentation docs style naming comments clarity lesbarkeit dokumentation"
        " lisibilité documentación legibilidad documentação 可读性 文档 命名 可読性 ドキュメント"
        " 문서"
        " ux usability accessibility a11y ui i18n formatting"
    ),
    Dimension.OTHER: "other misc miscellaneous general sonstiges autre otros outros 其他 その他",
}
_BY_WORD = {word: dimension for dimension, words in _KNOWN.items() for word in words.split()}
_BY_WORD |= {re.sub(r"[^a-z]", "", name.lower()): name for name in Dimension}
_UNSPACED = [word for word in _BY_WORD if word >= "⺀"]
SCORE_DIMENSIONS = {
    "performance": Dimension.PERFORMANCE,
    "architecture": Dimension.ARCHITECTURE,
    "realtime": Dimension.REALTIME,
    "codeQuality": Dimension.CODE_QUALITY,
    "security": Dimension.SECURITY,
    "readability": Dimension.READABILITY,
}
TOTAL = "Total"
_OUT_OF_TEN = 10.0


def read_dimension(written: str, field: str) -> tuple[Dimension, tuple[Note, ...]]:
    """Return the dimension that ``written`` counts as, by its own or its parts' names.

    A category of the audit's own that is none of them stays the audit's own and counts as Other.
    """
    if written in set(map(str, Dimension)):
        return Dimension(written), ()
    if not written.strip():
        return Dimension.OTHER, (Note(field, "", Dimension.OTHER, "no dimension is given"),)
    dimension = _dimension(written)
    if dimension is None:
        why = "a category of the audit's own; it counts as Other"
        return Dimension.OTHER, (Note(field, written, Dimension.OTHER, why),)
    why = (
        "the dimension's full name"
        if _squeezed(written) in _FULL
        else "what the category counts as"
    )
    return dimension, (Note(field, written, dimension, why),)


def names_dimension(written: str) -> bool:
    """Tell whether ``written`` names a kind of finding that counts as one of the dimensions."""
    return _dimension(written) is not None


def _dimension(written: str) -> Dimension | None:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", written).lower().replace("real-time", "realtime")
    words = [word for word in re.split(r"[\W\d_]+", spaced) if word]
    pairs = ["".join(pair) for pair in pairwise(words)]
    parts = [word for word in _UNSPACED if word in spaced]
    known = (
        _BY_WORD[word] for word in (_squeezed(written), *pairs, *words, *parts) if word in _BY_WORD
    )
    return next(known, None)


def _squeezed(written: str) -> str:
    return re.sub(r"[^a-z]", "", written.lower().replace("and", ""))


_FULL = {
    _squeezed(part) for name in Dimension for part in (name, *re.split(r"\s*&\s*|\s+", name))
} | {"perf", "arch", "rt", "cq", "sec", "quality", "read"}


def read_scores(written: dict[str, Any]) -> tuple[tuple[Score, ...], tuple[Note, ...]]:
    """Return the scores in the order of the weights, the total last, and what was unclear.

    Auditors score out of ten or out of the weight; which of the two is told by the total, else by
    whether a score is above ten.
    """
    notes = [
        Note(f"scores.{key}", str(value), "", "not a number; left out of the scores")
        for key, value in written.items()
        if key in {*SCORE_DIMENSIONS, "total"} and value is not None and number(value) is None
    ]
    values = {
        dimension: value
        for key, dimension in SCORE_DIMENSIONS.items()
        if (value := number(written.get(key))) is not None
    }
    total = number(written.get("total"))
    tenths = _is_out_of_ten(values, total)
    scores = [
        Score(name.value, value, _OUT_OF_TEN if tenths else float(DIMENSION_WEIGHTS[name]))
        for name, value in values.items()
    ]
    if tenths and scores:
        why = "they give the total only when each counts by its dimension's weight"
        notes.append(Note("scores", "", "each is out of 10", why))
    notes += [
        Note(f"scores ({score.name})", f"{score.value:g}", "", f"not within 0 to {score.maximum:g}")
        for score in scores
        if not 0 <= score.value <= score.maximum
    ]
    if total is not None:
        scores.append(Score(TOTAL, total, 100.0))
    return tuple(scores), tuple(notes)


def _is_out_of_ten(values: dict[Dimension, float], total: float | None) -> bool:
    if not values or max(values.values()) > _OUT_OF_TEN:
        return False
    weighted = sum(value * DIMENSION_WEIGHTS[name] / _OUT_OF_TEN for name, value in values.items())
    if total is None:
        return len(values) == len(DIMENSION_WEIGHTS)
    return abs(weighted - total) < abs(sum(values.values()) - total)


def number(value: object) -> float | None:
    """Return the finite number that ``value`` is or spells, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        figure = float(value)
    except ValueError:
        return None
    return figure if math.isfinite(figure) else None


def unusable(field: str, value: object) -> tuple[Note, ...]:
    """Return a note for a value that should be a number and is not; none for null."""
    if value is None or number(value) is not None:
        return ()
    return (Note(field, str(value), "", f"{quoted(value)} is not a number"),)
