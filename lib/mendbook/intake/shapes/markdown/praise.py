"""Tell which headlines praise what they name, or end with the verdict that all is well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mendbook.intake.shapes.containers import holds_findings, holds_no_findings, only_severity
from mendbook.intake.shapes.looks import fault_words
from mendbook.intake.shapes.markdown.blocks import Block, Section
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.intake.shapes.statuses import read_status


def approves(title: str) -> bool:
    """Tell whether a headline approves of what it names: ``✅ 3. `till.go` (NEW) — EXCELLENT``."""
    ended = re.search(
        r"\S\s+[✅✔👍⭐]\ufe0f?\s*(?P<said>[^✅✔👍⭐]+)\Z", re.sub(r"[*_`]", "", title)
    )
    if ended is not None and _APPROVED.fullmatch(ended["said"].strip(" .!")):
        return True
    verdicts = re.split(r"\s[—–-]\s", re.sub(r"[*_`]", "", title))[1:]
    return re.match(r"\s*[✅✔👍⭐🟢]", title) is not None and any(
        _APPROVED.fullmatch(verdict.strip(" .!✅⭐")) for verdict in verdicts
    )


_APPROVED = re.compile(
    r"(?:very )?(?:excellent|good|great|solid|strong|perfect|outstanding|clean|approved?|ready"
    r"|well done|sehr gut|gut|ausgezeichnet|bon|très bon|bueno|muy bueno|bom|ottimo|отлично|хорошо"
    r"|优秀|良好|通过)",
    re.I,
)


def praises(title: str, bare: str) -> bool:
    """Tell whether a headline begins with the sign for good and names no findings."""
    signed = re.match(r"\s*[✅👍💪🏆⭐]", title) is not None
    if re.match(r"\s*🟢", title) is not None and _PASSED_HEAD.match(bare):
        return True
    if _PRAISE_FIRST.match(bare):
        return True
    if signed and _PASSED_HEAD.match(bare):
        return True
    named = holds_findings(bare) or bool(read_status(bare)) or told_by_status(title)
    told = named or re.search(r"\d|:|#", title) is not None
    told_bare = re.search(r"\d|:|#", bare) or re.search(r"[❌⚠✗→]", title) or read_head(title).id
    if re.search(r"[✅👍]\ufe0f?\s*\Z", title) and not told_bare:
        return not named
    return signed and not told and not only_severity(bare)


def praises_all(section: Section, title: str) -> bool:
    """Tell whether a numbered headline has the sign for good, and so has every item below it.

    ``3. ✅ Setup`` over a list of what is set up well; a finding that is mended has words for it.
    """
    signed = re.match(r"\W*\d+(?:\.\d+)*[.)]?\s+[✅👍💪🏆⭐]\ufe0f?\s*(?P<rest>.*)", title)
    texts = [item[0].text for item in _all_items(section) if item and item[0].kind == "text"]
    return (
        signed is not None
        and fault_words(signed["rest"]) == 0
        and len(texts) >= _SEVERAL
        and all(re.match(r"\W*[✅✔☑]", text) for text in texts)
    )


_SEVERAL = 3
"""Items from which signs for good in all of them are praise."""


def _all_items(section: Section) -> Iterator[tuple[Block, ...]]:
    yield from _items(section.blocks)
    for child in section.children:
        yield from _all_items(child)


def told_by_status(title: str) -> bool:
    """Tell whether a headline says in words what became of what it names."""
    return re.search(r"\w", read_head(title).status) is not None


def mixes_verdicts(section: Section) -> bool:
    """Tell whether headings below one on what is good are signed for good and for bad."""
    signs = "".join(child.title for child in section.children)
    return any(sign in signs for sign in "✅✔👍") and any(sign in signs for sign in "❌⚠🔴🟠✗")


_PRAISE_FIRST = re.compile(
    r"(?:positives?|strengths|praise|kudos|highlights|stärken|fortalezas|points forts|pontos fortes"
    r"|亮点|优点|良い点)\s*[—–:：-]\s*\S",
    re.I,
)
"""A headline that opens with the name of praise and goes on: ``Positive — worth noting``."""


_PASSED_HEAD = re.compile(
    r"(?:pass(?:ed|es)?|bestanden|réussi|superado|aprobado|aprovado|通过|合格)\b"
    r"(?!.*\b(?:not|but|with|except|apart|mit|außer|avec|sauf|con|excepto|com|exceto)\b)",
    re.I,
)


_PASSED_END = re.compile(
    r"\w\W*[:：]\W*(?:PASS(?:ED)?|BESTANDEN|SUPERADO|APROBADO|APROVADO|通过|合格)\W*(?:\([^()]*\))?\W*\Z"
)
"""A verdict behind a colon: ``Phase 2 — Engine: PASS (one step filed)``."""


_STRONG_END = re.compile(
    r"\w\W*(?:[:：]|\s[—–-])\W*(?:STRONG|EXCELLENT|SOLID|GOOD|ROBUST|HEALTHY|SECURE|FUERTE|FORTE"
    r"|STARK|EXCELENTE|SÓLIDO|ROBUSTO)\W*\Z"
)
"""Praise in capitals behind a colon or dash: ``Queueing: STRONG``."""


def holds_graded(section: Section) -> bool:
    """Tell whether something below a heading has a severity of its own, whatever that says."""
    blocks = [*section.blocks, *(one for item in _items(section.blocks) for one in item)]
    return any(_GRADED.search(one.text) for one in blocks if one.kind == "text") or any(
        map(holds_graded, section.children)
    )


def _items(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    for block in blocks:
        yield from block.items


_GRADED = re.compile(
    r"(?:\A|\n)\W*(?:\*\*)?(?:severity|priority|schweregrad|gravité|severidad|severidade|gravità)"
    r"(?:\*\*)?\s*:|\A\W*\[(?:critical|high|medium|low)\]",
    re.I,
)


def ends_well(title: str) -> bool:
    """Tell whether a headline ends with the verdict that nothing is wrong.

    ``Login — GOOD``, ``Passwords (VERIFIED SECURE)``.
    """
    within = re.search(r"[(（]([^()（）]+)[)）]\W*\Z", title)
    graded = within is not None and only_severity(title[: within.start()])
    verdicts = [
        re.split(r"\s[—–-]\s", title)[-1],
        re.split(r"[:：]\s", title)[-1],
        within[1] if within and not graded else title,
    ]
    if _PASSED_END.search(title) is not None or _STRONG_END.search(title) is not None:
        return True
    return any(
        verdict != title and len(verdict) <= 24 and holds_no_findings(verdict)
        for verdict in verdicts
    )
