"""Know what the headings above a finding say: severity, file, kind, or that none stands below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mendbook.intake.dimensions import names_dimension
from mendbook.intake.shapes.containers import (
    holds_findings,
    holds_measures,
    holds_no_findings,
    holds_plans,
    only_severity,
    was_added,
)
from mendbook.intake.shapes.keys import named as field_named
from mendbook.intake.shapes.keys import plain_key
from mendbook.intake.shapes.looks import PATH_IN_TEXT, bare_path, is_path, is_paths
from mendbook.intake.shapes.markdown.blocks import Section
from mendbook.intake.shapes.markdown.heads import Head, read_head
from mendbook.intake.shapes.markdown.layout import Layout
from mendbook.intake.shapes.markdown.praise import (
    approves,
    ends_well,
    holds_graded,
    mixes_verdicts,
    praises,
    praises_all,
)
from mendbook.intake.shapes.severities import read_severity
from mendbook.intake.shapes.statuses import is_status_alone, read_status
from mendbook.model import Status

STRUCTURAL = re.compile(
    r"(?:executive |management )?summary.*|overview.*|introduction.*|background.*|conclusions?.*"
    r"|tl;?dr.*"
    r"|zusammenfassung.*|überblick.*|fazit.*|einleitung.*|résumé.*|resumen.*|conclusi[oó]n.*"
    r"|resumo.*"
    r"|status updates?|statusupdate|actualizaci[oó]n de(?:l)? estado|atualização de status"
    r"|mise à jour (?:du |de )?statut|обновление статуса|状态更新"
    r"|overall (?:assessment|rating|verdict|evaluation|impression|score)|gesamt(?:bewertung|urteil"
    r"|eindruck|note|fazit).*|(?:évaluation|note) (?:globale|générale)|valoración general"
    r"|evaluación general|avaliação geral|valutazione (?:complessiva|generale)|общая оценка"
    r"|(?:final |general )?verdict(?:s|o)?(?: .*)?|veredi(?:c?to|cte)(?: .*)?"
    r"|before (?:and|vs|&) after.*|antes (?:y|vs|e) (?:después|depois).*"
    r"|avant (?:et|vs) après.*|vorher (?:und|vs) nachher.*|до и после.*|.*前后对比.*"
    r"|결론.*|요약.*|종합 ?평가.*|総評.*|まとめ.*"
    r"|概要.*|总览.*|概述.*|摘要.*|(?:总体)?结论.*|总结.*|总体(?:评估|评价).*"
    r"|table of contents|index|inhalt.*"
    r"|(?:important |final |closing |additional )?notes?|(?:wichtige )?hinweise|anmerkungen"
    r"|remarques|notas(?: finales)?|注意事项|注意事項|备注|備註|補足|참고 ?(?:사항)?|примечани[ея]"
)


REPORT = re.compile(
    r"\b(?:audit|audits|review|report|reviews|analysis|assessment|findings|bericht|prüfung|revue"
    r"|rapport|auditoría|auditoria|informe|revisión|relatório|отчет|отчёт|аудит|ревью)\b|报告|审查"
    r"|レビュー|監査|리뷰|감사"
)
"""Words that name an audit as a whole."""


_LISTING = re.compile(
    r"\A(?:\w+ )?(?:tech(?:nical)? debt|known (?:issues|bugs|problems)|bugs|open issues)(?: \w+)?\Z"
    r"|\A(?:technische schulden|bekannte (?:fehler|probleme)|dette technique|deuda técnica"
    r"|dívida técnica|debito tecnico|технический долг|技术债务?|技術的負債|기술 부채)"
)
"""Titles of documents and sections that are a list of findings and nothing else."""
SCORED = re.compile(
    r"(?<![\w.])\d{1,2}(?:\.\d+)?\s*/\s*(?:10|100|5)(?:\.0)?(?![\w/.])|(?<!\w)\d{1,3}\s*/\s*100(?!\w)"
    r"|[—–:-]\s*\**(?:grade|note|score|rating|bewertung|nota|评分)?\s*:?\s*[A-F][+-]?\**\s*\Z",
    re.I,
)
"""A mark that a headline gives to an area: ``Storage — 7.5/10``, ``Login: B+``."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the headings above say."""

    outer: Mapping[str, str] = field(default_factory=dict)
    skipped: str = ""
    """The heading that says that no findings stand below it."""
    plan: str = ""
    summary: bool = False
    findings: bool = False
    """Whether a heading below the document's own says that findings stand here."""
    heading: str = ""
    """The headline right above."""
    scored: bool = False
    """Whether a heading gives a mark to the area that stands below it."""
    counted: bool = False
    """Whether findings stand among the numbered headings beside this one."""
    chapters: bool = False
    """Whether the numbered headings beside this one are chapters, with findings below one."""
    scale: bool = False
    """Whether several headings beside this one are grades and nothing else."""
    series: frozenset[str] = frozenset()
    """Series of ids by which most headings here are findings; see ``series_of``."""
    layout: Layout = field(default_factory=Layout)
    """What comes again in the whole document."""

    def below(self, section: Section, *, whole: bool = False) -> Context:
        """Return what is known below ``section``; ``whole`` says that it heads the document."""
        title = re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", section.title)
        head = read_head(title)
        bare = head.title or title
        sound = ends_well(bare) or ends_well(title) or praises(title, bare)
        sound = sound or praises_all(section, title)
        no_findings = holds_no_findings(bare) and not mixes_verdicts(section)
        if not whole and (
            no_findings or (sound and not (holds_graded(section) or mixes_verdicts(section)))
        ):
            return replace(self, skipped=section.title)
        told = told_by_heading(bare, head, section.level if whole else max(section.level, 2))
        if section.level == 1 and not whole:
            told = {name: value for name, value in told.items() if name == "severity"}
        if approves(title):
            told = {name: value for name, value in told.items() if name == "file"}
        outer = {**self.outer, **told}
        graded = {*told} - {"status"} == {"severity"}
        leading = re.split(r"\s+/\s+", bare)[0]
        named = leading if only_severity(leading) else bare
        reports = whole and REPORT.search(plain_key(title)) is not None
        ranked = graded and (self.findings or self.scale)
        area = re.fullmatch(r"[A-Z]", head.number) is not None and holds_measures(named)
        planned = holds_plans(named) and not (ranked or reports or area)
        planned = planned or (section.level > 1 and _lists_files(named))
        plan = section.title if planned else self.plan
        worded = re.search(r"\w", head.severity) is not None
        added = was_added(bare)
        ranked_id = re.fullmatch(r"[PS][0-5]", head.id) is not None
        own_id = head.id not in {"", head.number} and not ranked_id
        worded = worded and not (planned and _SEVERAL_GRADES.search(title))
        if (own_id or (head.severity and (worded or not planned))) and not (self.plan or added):
            plan = ""
        free = not self.plan or holds_measures(self.plan)
        if told.get("status") == "open" and not (planned or added):
            plan = ""
        if (own_id and not added) or (not planned and holds_findings(bare) and free):
            plan = ""
        summary = section.level > 1 and STRUCTURAL.fullmatch(plain_key(bare)) is not None
        lists = section.level > 1 or (whole and _LISTING.search(plain_key(bare)) is not None)
        findings = (
            lists
            and not planned
            and (holds_findings(bare) or _LISTING.search(plain_key(bare)) is not None)
        )
        scored = self.scored or (section.level > 1 and SCORED.search(section.title) is not None)
        return Context(
            outer,
            self.skipped,
            plan,
            self.summary or summary,
            self.findings or findings,
            bare,
            scored,
            layout=self.layout,
        )


_SEVERAL_GRADES = re.compile(
    r"[(（][^()（）]*(?:[+&,/、]|\s(?:and|und|et|y|e)\s)[^()（）]*[)）]\W*\Z"
)
"""Brackets that say for which of the findings a plan is: ``Commands (critical + high)``."""


def _lists_files(name: str) -> bool:
    """Tell whether a headline is the name of a field of places: ``Related files``."""
    field = field_named(name)
    return field is not None and field.field == "file" and field.rank < 100 and not is_path(name)


def told_status(title: str) -> Status | None:
    """Return what a headline says became of the findings below it: ``Fixed``, ``Still open``.

    Where several things became of them, it says nothing: ``Found and fixed (5 of 11)``.
    """
    status = read_status(title)
    if status is None or _PARTLY.search(title) or _CODE_TWICE.search(title):
        return None
    return status if status.closed or _STILL_OPEN.search(title) else None


_CODE_TWICE = re.compile(
    r"\bduplicated?\s+(?!findings?|issues?|reports?|entr|bugs?|of\b)[a-z]{3}", re.I
)
"""Code that stands twice, and no finding: ``Duplicated dispatch``."""
_PARTLY = re.compile(
    r"\b(?:\d+ (?:fixed|resolved|done|closed|behoben|corrigés?|resueltos?)|found (?:and|&)"
    r"|gefunden und|trouvés et|encontrados y)\b"
    r"|\b(?:fixed|resolved|done|closed)\b.*\b(?:remaining|left|open|outstanding)\b",
    re.I,
)
"""Words of a headline under which some are mended and some not."""
_STILL_OPEN = re.compile(
    r"\b(?:remaining|still open|open|unresolved|outstanding|unfixed|not (?:yet )?fixed"
    r"|offene?|noch offen|verbleibende?"
    r"|restant\w*|ouvert\w*|pendientes?|abiert\w*|pendentes?|abert\w*|aperti)\b"
    r"|未(?:修复|解决|修正)|仍(?:然)?(?:存在|未)|尚未|新(?:发现|增)|遗留|待修复|残る|未対応|미해결",
    re.I,
)


NO_SEVERITIES = {"note", "notes", "nota", "notas", "hinweise", "remarques", "information"}
"""Words of a scale that head closing remarks as well."""


def told_by_heading(title: str, head: Head, level: int) -> dict[str, str]:
    """Return what a headline says of the findings below it: one field and its value."""
    fields: dict[str, str] = {}
    if level <= 1 and not is_path(title):
        return fields
    if both := _status_and_grade(title):
        return both
    path = PATH_IN_TEXT.search(title)
    words = re.sub(r"\([^)]*\)", " ", title).split()
    informs = head.severity[:1] in {"ℹ", "💡", "📝"}
    graded = read_severity(head.severity) if head.severity and not informs else None
    alone = read_severity(title) if len(words) <= 6 and only_severity(title) else None
    leading = re.split(r"\s+/\s+", title)[0]
    said = _CALLED_WITHIN.search(title)
    exact = read_severity(said["grade"]) if said else None
    if exact is not None and exact.exact and said is not None:
        alone, title = exact, said["grade"]
    elif alone is None and leading != title and only_severity(leading):
        alone, title = read_severity(leading), leading
    signed = not re.search(r"\w", head.severity)
    within = _severity_within(title) if signed else ""
    if within and alone is None:
        fields["severity"] = within
    elif graded is not None and alone is None and not _names_several(head.severity):
        fields["severity"] = head.severity
    elif alone is not None and plain_key(title) not in NO_SEVERITIES:
        fields["severity"] = title
        fields |= said_of_all(head)
    elif re.fullmatch(r"[PS][0-5]", head.id or title):
        fields["severity"] = head.id or title
    elif head.place and len(words) <= 4:
        fields["file"] = head.place
    elif path is not None and (len(words) <= 3 or _NAMES_FILE.match(title)):
        fields["file"] = bare_path(path.group())
    elif is_paths(title):
        fields["file"] = title
    elif (status := told_status(title)) is not None and len(_WORD.findall(title)) <= 4:
        fields["status"] = title if status.closed else "open"
    elif _became(head):
        fields["status"] = head.status
    elif (
        len(words) <= 5
        and (names_dimension(title) or level >= 2)
        and not STRUCTURAL.fullmatch(plain_key(title))
    ):
        fields["category"] = title
    return fields


def said_of_all(head: Head) -> dict[str, str]:
    """Return the status that brackets behind a grade give to all below it: ``Low (accepted)``."""
    alone = is_status_alone(head.status) or head.status.lower() == "accepted"
    return {"status": head.status} if alone else {}


def _became(head: Head) -> bool:
    """Tell whether a headline says in a word what became of what stands below it."""
    worded = re.search(r"[^\W\d_]{3}", head.status) is not None
    return worded and told_status(head.status) is not None


def _status_and_grade(title: str) -> dict[str, str]:
    """Return the status and the grade that a headline names one behind a dash from the other.

    ``✅ Fixed — High (7) — commit 67c91e4``, ``Open: medium``.
    """
    bare = re.sub(r"^[^\w]+|\([^)]*\)", " ", title)
    parts = [part.strip() for part in re.split(r"\s[—–-]\s|[:：|·]", bare) if part.strip()]
    status = next((part for part in parts if is_status_alone(part)), "")
    grade = next((part for part in parts if only_severity(part) and part != status), "")
    told = read_status(status) if status and grade else None
    if told is None or len(parts) > _MOST_PARTS:
        return {}
    return {"severity": grade, "status": status if told.closed else "open"}


_MOST_PARTS = 3
"""Parts of a headline up to which it says no more than a status, a grade and a remark."""
_WORD = re.compile(r"\w[^\s]*")
_NAMES_FILE = re.compile(r"\W*[\w@./\\-]+\.\w{1,8}`?\s+[—–-]\s+\S")
"""A headline that names a file and, behind a dash, what that is: ``till.c — Money``."""
_CALLED = re.compile(
    r"(?:severity|priority|schweregrad|priorität|sévérité|gravité|severidad|gravedad|重大度|深刻度|優先度"
    r"|严重程度|严重性|优先级|심각도)\s*[:：]?\s*(?P<grade>[A-Za-z]{3,10}|[\u3400-\u9fff]{1,2}|P[0-4])(?=\W|\Z)",
    re.I,
)
"""A grade behind the name of the scale, at the beginning of a headline."""


_RANKED = re.compile(r"\W*(?P<grade>[A-Za-z]{3,10})[ -](?:priority|severity)\b", re.I)
"""A grade before the name of the scale: ``Lower-priority hardening``."""


_CALLED_WITHIN = re.compile(
    r"[(（]\s*(?P<grade>[A-Za-z]{3,10}) (?:severity|priority)\s*[)）]", re.I
)
"""A grade that brackets call by the name of its scale: ``Critical faults (High Severity)``."""


def _names_several(said: str) -> bool:
    """Tell whether ``said`` names grades that differ, so that it grades nothing: ``P0/P1``."""
    grades = [read_severity(part) for part in re.split(r"\s*[/,&+、]\s*", said)]
    told = {grade.severity for grade in grades if grade is not None and grade.exact}
    return len(grades) == len(told) + grades.count(None) > 1 and len(told) > 1


def _severity_within(title: str) -> str:
    """Return the severity that a headline gives in brackets, or calls by its name.

    ``Layout (P1) - 14 items``, ``重大度HIGH: 即時対応推奨``.
    """
    named = _CALLED.match(title) or _RANKED.match(title)
    graded = read_severity(named["grade"]) if named else None
    if named is not None and graded is not None and graded.exact:
        return named["grade"]
    for said in re.findall(r"[(（\[]\s*([^()（）\[\]]{1,20}?)\s*[)）\]]", title):
        graded = read_severity(said)
        several = len(said.split()) > 2 or _names_several(said)
        if graded is not None and graded.exact and not several:
            return str(said)
    return ""
