"""Walk the sections of a Markdown audit and make a row of each finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mendbook.intake.dimensions import names_dimension
from mendbook.intake.shapes.containers import (
    holds_findings,
    holds_no_findings,
    holds_plans,
    only_severity,
)
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import (
    PATH_IN_TEXT,
    bare_path,
    is_effort,
    is_imperative,
    is_path,
    is_sentence,
    names_file,
)
from mendbook.intake.shapes.markdown.blocks import Block, Section
from mendbook.intake.shapes.markdown.heads import Head, read_head
from mendbook.intake.shapes.markdown.labels import Parts, fenced, pieces_of, split
from mendbook.intake.shapes.rows import ENOUGH, Row, has_words, likeness, same_words
from mendbook.intake.shapes.severities import read_severity
from mendbook.intake.shapes.statuses import read_status
from mendbook.model import Left

_CHECKBOX = re.compile(r"\[(?P<mark>[ xX✓✔-])\]\s+")
_BOLD_LEAD = re.compile(
    r"\A\s*(?P<lead>(?:[^\w\s*_`]\s*)*+(?:\d+[.)]\s*)?(?:[A-Z]+-?\d+[:.)]?\s*)?(?:\*\*|__)(?P<bold>(?:[^*]|\*(?!\*))+?)(?:\*\*|__))(?P<rest>.*)",
    re.DOTALL,
)
_NUMERIC = re.compile(
    r"\b(?:count|total|found|number|anzahl|nombre|total|sum|数量|件数|#|files|open|fixed)\b"
)
_FIELD_HEADS = {
    *("problem", "evidence", "impact", "fix", "repro", "file", "effort", "severity", "status"),
    *("reference", "aside", "line", "function"),
}
_STRUCTURAL = re.compile(
    r"(?:executive |management )?summary.*|overview.*|introduction.*|background.*|conclusions?.*"
    r"|tl;?dr.*"
    r"|zusammenfassung.*|überblick.*|fazit.*|einleitung.*|résumé.*|resumen.*|conclusi[oó]n.*"
    r"|resumo.*"
    r"|概要.*|总览.*|概述.*|摘要.*|结论.*|table of contents|index|inhalt.*"
)


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

    def below(self, section: Section) -> Context:
        """Return what is known below ``section``."""
        title = re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", section.title)
        head = read_head(title)
        bare = head.title or title
        if holds_no_findings(bare) or _ends_well(bare) or _praises(title, bare):
            return replace(self, skipped=section.title)
        outer = {**self.outer, **_told(bare, head, section.level)}
        planned = holds_plans(bare)
        plan = section.title if planned else self.plan
        worded = re.search(r"\w", head.severity) is not None
        if (head.id or (head.severity and (worded or not planned))) and not self.plan:
            plan = ""
        if head.id or (not planned and holds_findings(bare) and not self.plan):
            plan = ""
        summary = _STRUCTURAL.fullmatch(plain_key(bare)) is not None
        findings = section.level > 1 and not planned and holds_findings(bare)
        return Context(
            outer, self.skipped, plan, self.summary or summary, self.findings or findings
        )


def _praises(title: str, bare: str) -> bool:
    """Tell whether a headline begins with the sign for good and names no findings."""
    signed = re.match(r"\s*[✅👍💪🏆⭐]", title) is not None
    if signed and _PASSED_HEAD.match(bare):
        return True
    told = re.search(r"\d|:|#", title) or holds_findings(bare) or read_status(bare)
    return signed and not told


_PASSED_HEAD = re.compile(
    r"(?:pass(?:ed|es)?|bestanden|réussi|superado|aprobado|aprovado|通过|合格)\b"
    r"(?!.*\b(?:not|but)\b)",
    re.I,
)


def _ends_well(title: str) -> bool:
    """Tell whether a headline ends with the verdict that nothing is wrong: ``Login — GOOD``."""
    verdict = re.split(r"\s[—–-]\s", title)[-1]
    return verdict != title and len(verdict) <= 24 and holds_no_findings(verdict)


_NO_SEVERITIES = {"note", "notes", "nota", "notas", "hinweise", "remarques", "information"}
"""Words of a scale that head closing remarks as well."""


def _told(title: str, head: Head, level: int) -> dict[str, str]:
    found: dict[str, str] = {}
    if level <= 1 and not is_path(title):
        return found
    path = PATH_IN_TEXT.search(title)
    words = re.sub(r"\([^)]*\)", " ", title).split()
    graded = read_severity(head.severity) if head.severity else None
    alone = read_severity(title) if len(words) <= 6 and only_severity(title) else None
    signed = not re.search(r"\w", head.severity)
    within = _severity_within(title) if signed else ""
    if within and (graded is None or not alone):
        found["severity"] = within
    elif graded is not None and not (signed and alone):
        found["severity"] = head.severity
    elif alone is not None and plain_key(title) not in _NO_SEVERITIES:
        found["severity"] = title
    elif re.fullmatch(r"[PS][0-5]", head.id or title):
        found["severity"] = head.id or title
    elif head.place and len(words) <= 4:
        found["file"] = head.place
    elif path is not None and len(words) <= 3:
        found["file"] = bare_path(path.group())
    elif is_path(title):
        found["file"] = title
    elif (status := read_status(title)) is not None and status.closed and len(words) <= 4:
        found["status"] = title
    elif (
        len(words) <= 5
        and (names_dimension(title) or level >= 2)
        and not _STRUCTURAL.fullmatch(plain_key(title))
    ):
        found["category"] = title
    return found


def _severity_within(title: str) -> str:
    """Return the severity that a headline gives in brackets: ``Layout (P1) - 14 items``."""
    for said in re.findall(r"[(（\[]\s*([^()（）\[\]]{1,20}?)\s*[)）\]]", title):
        graded = read_severity(said)
        if graded is not None and graded.exact and len(said.split()) <= 2:
            return str(said)
    return ""


@dataclass(slots=True)
class Reading:
    """Rows of a document by how they stand in it, and what was passed over."""

    rows: list[Row] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    """Rows of tables, which may repeat what stands elsewhere with more."""
    statuses: list[tuple[str, str]] = field(default_factory=list)
    """Id or range of ids, and status, from tables that hold nothing else."""
    left: list[Left] = field(default_factory=list)
    prose: int = 0
    plans: list[Row] = field(default_factory=list)


def read_sections(root: Section) -> Reading:
    """Return the rows of the document ``root``."""
    reading = Reading()
    _walk(root, Context(), reading)
    return reading


def _walk(section: Section, context: Context, reading: Reading) -> None:
    here = context.below(section) if section.level else context
    if here.skipped:
        if not context.skipped:
            why = "its heading says that these are no findings"
            reading.left.append(Left(f"line {section.line}", section.title[:120], why))
        return
    row = _section_row(section, context, here)
    if row is not None:
        _keep(row, context if section.level else here, reading)
        for child in section.children:
            if not _field_heading(child) and _likely(child):
                _walk(child, context, reading)
        return
    section = _promoted(section)
    for part in _pseudo(section):
        inner = _section_row(part, here, here) if part.level else None
        if inner is not None:
            _keep(inner, here, reading)
        else:
            _blocks(part.blocks, here, reading)
    below = replace(here, findings=True) if _siblings_tell(section, here) else here
    for child in section.children:
        _walk(child, below, reading)


def _siblings_tell(section: Section, here: Context) -> bool:
    """Tell whether findings stand among numbered headings, so that all of these are findings."""
    if section.level < 1 or here.plan or here.summary:
        return False
    numbered = [child for child in section.children if read_head(child.title).number]
    return len(numbered) >= 2 and any(
        _section_row(child, here, here.below(child)) is not None for child in numbered
    )


def _keep(row: Row, context: Context, reading: Reading) -> None:
    told = {name.field for key in row.values if (name := named(key))}
    graded = "severity" in told or ("severity" in row.outer and not context.plan)
    full = row.group == "headings" and graded and told & {"problem", "file"}
    (reading.plans if context.plan and not full else reading.rows).append(row)


# --- a heading that is a finding -----------------------------------------------------------------


def _section_row(section: Section, context: Context, here: Context) -> Row | None:
    """Return the row of a section whose heading is a finding's, or None."""
    if not section.level or (context.plan and not section.blocks):
        return None
    if section.level == 1 and _REPORT.search(plain_key(section.title)):
        return None
    fields = [child for child in section.children if _field_heading(child)]
    others = [child for child in section.children if child not in fields]
    head, blocks = _named_below(read_head(section.title), list(section.blocks))
    parts = split(blocks)
    if others and any(_likely(child) for child in others) and not _own_fields(parts):
        return None
    for child in fields:
        key = re.sub(r"[*`_]|^[\W\d]+", "", child.title).strip() or child.title
        inner = split(child.blocks)
        name = named(key)
        if name and name.field == "evidence" and inner.code:
            parts.code += inner.code
        texts = [*inner.body, *(text for label in inner.labelled.values() for text in label)]
        if inner.code and name and name.field == "fix":
            texts += map(fenced, inner.code)
        for text in texts:
            parts.add(key, text)
    own = parts.fields()
    telling = own & {
        "severity",
        "file",
        "fix",
        "impact",
        "problem",
        "evidence",
        "status",
        "effort",
        "line",
    }
    marked = bool(head.severity and _words(head.title)) or bool(head.id and _words(head.title))
    if not _words(head.title) or _is_container(head.title, here):
        return None
    worded = head.id or re.search(r"\w", head.severity)
    if holds_plans(head.title) and not (worded or head.number) and not telling & {"file"}:
        return None
    if any(_has_passed(label, texts) for label, texts in parts.labelled.items()):
        return None
    if _says_none(head, parts, telling):
        return None
    if any(holds_no_findings(label) for label in parts.labelled) and not telling & {"fix", "file"}:
        return None
    if sum(_lead(block) is not None for block in blocks) >= 2:
        return None
    scoped = "severity" in context.outer or context.findings
    alone = Context(findings=True) if marked or (head.number and scoped) else here
    own_words = head.severity and re.search(r"\w", head.severity)
    listed = sum(
        _item_is_finding(item, alone) and not (own_words and _is_bare(item))
        for block, opened in _unlabelled(blocks)
        for item in block.items
        if not (opened and _is_bare(item))
    )
    if listed >= 2 and len(telling) < 2:
        return None
    tables = [_table_rows(block, here) for block in blocks if block.kind == "table"]
    listing = any(len(rows) >= 2 or any(map(_is_graded, rows)) for rows in tables)
    if listing and len(telling) < 2:
        return None
    text = "\n".join([*parts.body, *(t for ts in parts.labelled.values() for t in ts)])
    placed = names_file(f"{section.title}\n{text}") or "file" in here.outer
    numbered = bool(head.number) and bool(parts.body or parts.code or parts.labelled)
    sure = telling & {"file", "fix", "severity", "problem"}
    plain = not parts.labelled
    neutral = placed and re.search(r"[✅⭐👍]", text) is None
    top = section.level <= 2 and not (marked or numbered or scoped)
    if not (
        (len(telling) >= 2 and (not top or telling & {"file", "severity"}))
        or (marked and (text or parts.code))
        or (len(parts.labelled) >= 2 and placed and (numbered or scoped or sure))
        or (telling and placed and (numbered or scoped or sure))
        or (
            numbered
            and (scoped or neutral)
            and not context.summary
            and (plain or sure or "severity" in context.outer or (scoped and "impact" in telling))
        )
        or ("severity" in context.outer and placed and parts.body)
    ):
        return None
    return _row(head, parts, section.line, context.outer, "headings")  # fmt: skip


def _says_none(head: Head, parts: Parts, telling: set[str]) -> bool:
    """Tell whether a section's first words, or the sign behind its headline, say that all is well.

    ``No issues found.`` below it, or ``Clocks ✅`` without a field that tells of a fault.
    """
    first = re.split(r"(?<=[.!])\s|\n", parts.body[0], maxsplit=1)[0] if parts.body else ""
    if holds_no_findings(re.sub(r"[*_.!✅]", "", first).strip()) and not telling & {
        "fix",
        "severity",
    }:
        return True
    signed = re.fullmatch(r"[✅✔☑]\ufe0f?", head.status) is not None
    faults = {"severity", "fix", "problem", "impact", "effort", "status"}
    own_id = head.id not in {"", head.number}
    return signed and not head.severity and not own_id and not telling & faults


def _has_passed(label: str, texts: Sequence[str]) -> bool:
    """Tell whether a status says that nothing is wrong: ``Status: ✅ PASS``."""
    name = named(label)
    told = name is not None and name.field == "status"
    return told and any(_PASS.fullmatch(text.strip("* ")) for text in texts)


_PASS = re.compile(
    r"(?:[✅✔☑]\ufe0f?\s*)?(?:pass(?:ed|es|ing)?|compliant|secure|not (?:affected|vulnerable)"
    r"|bestanden|unauffällig|conforme|conform|sicher|correct[oa]?|通过|合格|正常)[.!]?",
    re.I,
)


def _unlabelled(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield the lists that no label opens, and whether words with a colon do.

    Those below ``**Impact:**`` are parts of a finding.
    """
    before = ""
    for block in blocks:
        if block.kind == "list" and not _OPENS.search(before):
            yield block, before.rstrip().endswith((":", "："))
        before = block.text if block.kind == "text" else ""


_OPENS = re.compile(r"(?:\*\*|__)[^*_\n]{2,48}(?:[:：](?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*\Z")


def _is_bare(item: tuple[Block, ...]) -> bool:
    """Tell whether an item has neither id nor severity of its own: a mere place or remark."""
    row = _item_row(item, Context())
    return row is None or not row.values.keys() & {"id", "severity"}


def _named_below(head: Head, blocks: list[Block]) -> tuple[Head, list[Block]]:
    """Take the first bold line for the headline where the heading has an id or grade alone."""
    graded = head.severity or (head.id and read_severity(head.title))
    if not (head.id and graded) or not blocks or (_words(head.title) and " " in head.title):
        return head, blocks
    name = _bold_alone(blocks[0])
    return (replace(head, title=name), blocks[1:]) if name and is_sentence(name) else (head, blocks)


def _own_fields(parts: Parts) -> bool:
    """Tell whether a section has the fields of a finding itself, whatever stands below it."""
    own = parts.fields()
    return "file" in own and bool(own & {"severity", "status", "fix", "problem"})


_REPORT = re.compile(
    r"\b(?:audit|audits|review|report|reviews|analysis|assessment|findings|bericht|prüfung|revue"
    r"|rapport|auditoría|auditoria|informe|revisión|relatório|отчет|отчёт|аудит|ревью)\b|报告|审查"
    r"|レビュー|監査|리뷰|감사"
)


def _is_graded(row: Row) -> bool:
    """Tell whether a row of a table has a severity of its own."""
    return any(
        (name := named(key)) is not None
        and name.field == "severity"
        and read_severity(value) is not None
        for key, value in row.values.items()
    )


def _promoted(section: Section) -> Section:
    """Make sections of paragraphs that are bold words alone and name findings or severities."""
    names = [_bold_alone(block) for block in section.blocks]
    if sum(bool(name) and _groups(name) for name in names) < 2:
        return section
    first = next(at for at, name in enumerate(names) if name and _structures(name))
    whole = Section(
        section.title, section.level, section.line, section.blocks[:first], section.children
    )
    parts: list[Section] = []
    for block, name in zip(section.blocks[first:], names[first:], strict=True):
        if name and _structures(name):
            parts.append(Section(name, section.level + 1, block.line))
        else:
            parts[-1].blocks.append(block)
    whole.children = [*parts, *section.children]
    return whole


def _bold_alone(block: Block) -> str:
    match = re.fullmatch(r"\W{0,4}(?:\*\*|__)([^*_]{3,80}?)(?:\*\*|__)\W*", block.text)
    return match[1].strip(" :：") if match and block.kind == "text" else ""


def _groups(name: str) -> bool:
    return only_severity(name) or (holds_findings(name) and not holds_plans(name))


def _structures(name: str) -> bool:
    label = named(name)
    several = holds_plans(name) and re.search(r"[(（]", name) is not None
    if label is not None and label.rank < 100 and not only_severity(name) and not several:
        return False
    structural = _STRUCTURAL.fullmatch(plain_key(name)) is not None
    return _groups(name) or holds_plans(name) or holds_no_findings(name) or structural


def _field_heading(section: Section) -> bool:
    title = re.sub(r"[*`_:：]|^[\W\d]+", "", section.title).strip()
    name = named(title)
    return (
        name is not None and name.field in _FIELD_HEADS and name.rank < 100 and not section.children
    )


def _likely(section: Section) -> bool:
    """Tell whether ``section`` could be a finding, so that the one around it is a group."""
    return _section_row(section, Context(), Context()) is not None or any(
        map(_likely, section.children)
    )


def _is_container(title: str, context: Context) -> bool:
    plain = plain_key(re.sub(r"[*`_]", "", title))
    words = plain.split()
    if _STRUCTURAL.fullmatch(plain) or is_path(title.strip("` ")):
        return True
    if only_severity(plain) or _HAN_LIST.search(plain):
        return True
    return (
        len(words) <= 3
        and re.fullmatch(
            r"(?:\w+ )?(?:findings|issues|bugs|problems|vulnerabilities|befunde)", plain
        )
        is not None
    )


_HAN_LIST = re.compile(
    r"(?:发现的|需要\w{1,4}的|存在的|主要|严重|潜在)\w{0,6}(?:问题|漏洞|缺陷|风险|隐患)$|(?:一覧|リスト|清单|列表|汇总)$"
)
"""Headlines of lists of findings in languages without spaces."""


def _words(title: str) -> bool:
    graded = read_severity(title)
    if graded is not None and (graded.exact or only_severity(title)):
        return False
    bare = re.sub(r"[(（][^()（）]*[)）]|\d+\s*(?:个|項|项|件|개|items?|issues?)?|\W", "", title)
    if not bare and title:
        return False
    return len(re.findall(r"[^\W\d_]{2,}", title)) >= 2 or is_sentence(title) or len(title) >= 8


def _row(head: Head, parts: Parts, line: int, outer: Mapping[str, str], group: str) -> Row:
    values: dict[str, Any] = {}
    told = parts.fields()
    if head.id:
        values["id"] = head.id
    values["title"] = head.title
    if head.severity and not _grades(parts):
        values["severity"] = head.severity
    if head.status and "status" not in told:
        values["status"] = head.status
    if head.tags and "category" not in told:
        values["category"] = head.tags
    if head.place and "file" not in told:
        values["file"] = head.place
    for label, texts in parts.labelled.items():
        if texts:
            key = label if label not in values else f"{label} "
            values[key] = texts[0] if len(texts) == 1 else "\n".join(texts)
            if (name := named(label)) and name.field == "file" and len(texts) > 1:
                values[key] = texts
    values = {key: _flowing(value) for key, value in values.items()}
    place, size, texts = _placed_lead(parts.body)
    if place and "file" not in told and not head.place:
        values["file"] = place
        if size and "effort" not in told:
            values["effort"] = size
    else:
        texts = parts.body
    body = _flowing("\n\n".join(texts).strip())
    if body:
        values["problem" if "problem" not in told else "remark"] = body
    if parts.code and "evidence" not in told:
        values["evidence"] = "\n\n".join(parts.code)
    elif parts.code:
        key = next(
            label for label in parts.labelled if (n := named(label)) and n.field == "evidence"
        )
        values[key] = "\n\n".join(filter(None, (str(values.get(key, "")), *parts.code)))
    return Row(f"line {line}", values, dict(outer), group, line, head.number)


def _grades(parts: Parts) -> bool:
    """Tell whether a label gives the severity in a word: no priority, and no risk in sentences."""
    return any(
        (name := named(label)) is not None
        and name.field == "severity"
        and not _PRIORITY.search(plain_key(label))
        and any(read_severity(text, scale="score") is not None and len(text) < 60 for text in texts)
        for label, texts in parts.labelled.items()
    )


_PRIORITY = re.compile(r"prio|优先|優先|우선|приоритет|öncelik")
_PLACED = re.compile(
    r"(?i)\A\s*(?P<places>(?:\*\*)?`[^`\n]{3,200}`(?:\s*[,;·]\s*`[^`\n]{3,200}`)*(?:\*\*)?)\s*(?:[—–:·]|-\s|\n)\s*"
    r"(?:(?:aufwand|effort|size)\W{1,5}(?P<size>XS|S|M|L|XL)\W{0,4}\s)?"
)


def _placed_lead(texts: list[str]) -> tuple[str, str, list[str]]:
    """Return the place and the size that the text begins with, and the texts without them."""
    match = _PLACED.match(texts[0]) if texts else None
    if match is None or not is_path(match["places"].strip("*`").split("`")[0]):
        return "", "", texts
    rest = texts[0][match.end() :].strip()
    kept = [rest, *texts[1:]] if rest else texts[1:]
    return match["places"].strip("* "), match["size"] or "", kept


def _flowing(value: Any) -> Any:  # noqa: ANN401 - any value
    """Return text with the line breaks of its source as spaces; paragraphs and lists stay."""
    if not isinstance(value, str):
        return value
    parts = re.split(r"(^`{3,}\n.*?^`{3,}$)", value, flags=re.DOTALL | re.MULTILINE)
    parts[::2] = [_joined_lines(part) for part in parts[::2]]
    return "".join(parts)


def _joined_lines(text: str) -> str:
    whole = text.strip("\n")
    start, end = text.partition(whole)[::2] if whole else (text, "")
    flowing = re.sub(r"(?<!\n)\n(?!\n|\s*[-*•]\s|\s*\d+[.)]\s)", " ", whole)
    return f"{start}{flowing}{end}" if whole else text


def _pseudo(section: Section) -> Iterator[Section]:
    """Split blocks at paragraphs that begin with bold words, where these stand for headings."""
    leads = [_lead(block) for block in section.blocks]
    if sum(lead is not None for lead in leads) < 2:
        yield Section("", 0, section.line, list(section.blocks))
        return
    current = Section("", 0, section.line)
    for block, lead in zip(section.blocks, leads, strict=True):
        if lead is None:
            current.blocks.append(block)
            continue
        yield current
        title, rest = lead
        current = Section(title, section.level + 1, block.line)
        current.blocks += [replace(block, text=text) for text in rest.split("\n\n") if text.strip()]
    yield current


def _lead(block: Block) -> tuple[str, str] | None:
    if block.kind != "text" or (match := _BOLD_LEAD.match(block.text)) is None:
        return None
    if re.match(r"\s*[:：]", match["rest"]) or match["bold"].rstrip().endswith((":", "：")):
        return None
    head = read_head(match["lead"])
    name = named(match["bold"].rstrip(". "))
    if (name and name.rank < 100) or not _words(head.title):
        return None
    first, _, rest = match["rest"].partition("\n")
    kinds = _kinds(first)
    if kinds:
        title, rest = match["lead"], f"{kinds}\n\n{rest}"
    else:
        short = len(first) <= 60 and not is_sentence(first)
        title = f"{match['lead']} {first}" if short else match["lead"]
        rest = match["rest"] if title == match["lead"] else rest
    if not (head.number or head.id or head.severity or PATH_IN_TEXT.search(block.text)):
        return None
    return title, rest.strip(" :—–-\n")


def _kinds(tail: str) -> str:
    """Return what stands behind a headline as labelled fields: ``— Security · M``."""
    parts = [part.strip(" *()") for part in re.split(r"\s+[—–·|]\s+|^\s*[—–·|]\s*", tail)]
    sizes = [part.split(" ")[0] for part in parts if part and is_effort(part.split(" ")[0])]
    names = [part for part in parts if part and names_dimension(part) and not is_effort(part)]
    if not tail.strip().startswith(("—", "–", "·", "|")) or not (sizes or names):
        return ""
    found = [f"**Category:** {name}" for name in names[:1]]
    return "\n".join([*found, *(f"**Effort:** {size}" for size in sizes[:1])])


# --- lists -------------------------------------------------------------------------------------


def _blocks(blocks: Sequence[Block], context: Context, reading: Reading) -> None:
    praised = False
    for block in blocks:
        if block.kind == "text":
            label = re.match(r"\W{0,4}(?:\*\*|__)([^*_\n]{3,60}?)\s*[:：]?(?:\*\*|__)", block.text)
            praised = label is not None and holds_no_findings(label[1])
        if praised and block.kind == "list":
            reading.left.append(
                Left(f"line {block.line}", "a list", "its heading says that these are no findings")
            )
        elif block.kind == "list":
            _list(block, context, reading)
        elif block.kind == "table":
            _table(block, context, reading)
        elif block.kind == "text":
            reading.prose += 1


def _list(block: Block, context: Context, reading: Reading) -> None:
    for item in block.items:
        if _item_is_finding(item, context):
            row = _item_row(item, context)
            if row is not None:
                _keep(row, context, reading)
                continue
        nested = context
        text = next((one.text for one in item if one.kind == "text"), "")
        told = _told(re.sub(r"[*_:：]", "", text), read_head(text), 3) if len(text) <= 80 else {}
        if told:
            nested = replace(context, outer={**context.outer, **told})
        _blocks([one for one in item if one.kind in {"list", "table"}], nested, reading)


def _item_is_finding(item: tuple[Block, ...], context: Context) -> bool:
    if context.summary or not item or item[0].kind != "text":
        return False
    row = _item_row(item, context)
    if row is None or not has_words(row.values):
        return False
    text = item[0].text
    bonus = 2.0 * ("severity" in context.outer) + 1.5 * ("file" in context.outer)
    placed = names_file(text)
    labelled = {name.field for key in row.values if (name := named(key))}
    told = bool(labelled & {"fix", "impact", "problem"}) and "title" in row.values
    if re.fullmatch(r"[~≈]?\d+\s*(?:\(.*\))?", str(row.values.get("problem", "")), re.DOTALL):
        return False
    if text.lstrip().startswith(("✅", "✔")) and not placed and not told:
        return False
    if context.findings and told and row.values.get("title"):
        return True
    if not (placed or "severity" in row.values or bonus or "id" in row.values):
        return False
    return likeness(row.values) + bonus + placed >= ENOUGH


def _item_row(item: tuple[Block, ...], context: Context) -> Row | None:
    first = item[0]
    text, status = first.text, ""
    if (box := _CHECKBOX.match(text)) is not None:
        status = "fixed" if box["mark"] not in " -" else ""
        text = text[box.end() :]
    if re.fullmatch(r"~~.*~~\W*", text, re.DOTALL):
        status, text = status or "fixed", text.strip().strip("~")
    pieces = list(pieces_of(text))
    lead, rest = _item_lead(pieces[0][1].strip() if pieces else text)
    if not lead and len(pieces) > 1:
        lead, rest = "", pieces[0][1]
        if not rest.strip() and len(pieces) > 2 and named(pieces[1][0]) is None:
            # a bold name that a colon ends: **parser:** High - it loops. **Fix:** …
            lead, rest = pieces[1]
            said = read_head(rest)
            if said.severity:
                lead, rest = f"[{said.severity}] {lead}", said.title
            pieces = [("", text[: text.index(pieces[2][0])]), *pieces[2:]]
            del pieces[0]
            pieces.insert(0, ("", ""))
            text = "".join(f"**{label}:** {value}\n" for label, value in pieces[1:])
    place = ""
    if (
        at := re.match(
            r"\s*`?(?P<p>[^`\n]{3,200}?)`?\s*(?::\s|\s[—–-]{1,2}\s|\s*→\s*)", lead or rest
        )
    ) and is_path(at["p"]):
        place = at["p"]
        if lead:
            lead = lead[at.end() :]
        else:
            rest = rest[at.end() :]
    head = (
        read_head(lead)
        if lead.strip()
        else read_head(rest.split("\n")[0] if not rest.count("\n") else rest)
    )
    if not lead.strip():
        head = replace(read_head(_first_words(rest)), title="")
    parts = split(
        [Block("text", first.line, text[len(pieces[0][1]) :] if len(pieces) > 1 else ""), *item[1:]]
    )
    if lead.strip() and re.fullmatch(r"\s*[\u2300-\u27bf\U0001f300-\U0001faff].{0,40}", rest):
        status, rest = status or rest.strip(), ""
    body, fix = _said_fix(_after_tags(rest, head), parts)
    if body.strip(" .\n"):
        parts.body.insert(0, body.strip())
    if fix and "fix" not in parts.fields():
        parts.add("fix", fix)
    if not head.title and not parts.body and not parts.fields() & {"problem", "title"}:
        return None
    head = replace(head, status=status or head.status, place=head.place or place)
    row = _row(head, parts, first.line, context.outer, "lists")
    values = {key: value for key, value in row.values.items() if value not in ("", None)}
    return replace(row, values=values)


def _first_words(text: str) -> str:
    return text.split("\n\n")[0]


def _after_tags(rest: str, head: Head) -> str:
    """Return an item's text without the tags at its ends that ``head`` has read."""
    if head.title:
        return rest
    plain = read_head(rest)
    return plain.title if (plain.severity or plain.id or plain.status) else rest


def _item_lead(text: str) -> tuple[str, str]:
    """Return the bold words that an item begins with, and the rest."""
    match = re.match(
        r"\s*(?P<tags>(?:[\[(][^\])]{1,24}[\])]\s*|[^\w\s*_`\[(]\s*|`?[A-Z]+-?\d+`?[:.]?\s+)*+)"
        r"(?:\*\*(?P<strong>(?:[^*\n]|\*(?!\*))+?)\*\*|(?:__|\*|_)(?P<bold>[^*\n]+?)(?:__|\*|_))"
        r"(?P<rest>.*)",
        text,
        re.DOTALL,
    )
    if match is None:
        return "", text
    bold, rest = match["strong"] or match["bold"], match["rest"]
    head = read_head(bold)
    alone = re.fullmatch(r"[^\W\d_]{4,}", head.title) is not None and not read_severity(head.title)
    if not _words(head.title) and not (alone and rest.strip(" \n:：.") == ""):
        # only a tag is bold: **HIGH** the text goes on
        graded = read_severity(bold)
        if (graded and graded.exact) or read_head(f"{bold} x").id or read_status(bold):
            cut = re.match(r"\s*[:：—–-]*\s*(?P<first>.*)", rest, re.DOTALL)
            return "", f"[{bold.strip(' :[]')}] {cut['first'] if cut else rest}"
        return "", text
    tail = re.match(
        r"\s*(?P<aside>(?:\([^()\n]{1,80}\)\s*)+)?[.:：—–-]*\s*(?P<body>.*)", rest, re.DOTALL
    )
    aside = tail["aside"] or "" if tail else ""
    return f"{match['tags']}{bold} {aside}".strip(), tail["body"] if tail else rest


def _said_fix(text: str, parts: Parts) -> tuple[str, str]:
    """Split ``problem; do this`` where the second half says what to do."""
    match = re.search(r"(?:;|→|=>|\.\s|—)\s+(?P<fix>[^;]+?)\.?\s*\Z", text)
    if "fix" in parts.fields() or match is None or not is_imperative(match["fix"]):
        return text, ""
    return text[: match.start()].rstrip(), match["fix"]


# --- tables ------------------------------------------------------------------------------------


def _table(block: Block, context: Context, reading: Reading) -> None:
    rows = _table_rows(block, context)
    if _only_scores(rows) or _explains_severities(rows) or _assesses(rows):
        return
    if context.plan:
        reading.plans += rows
        return
    for row in rows:
        if (
            has_words(row.values)
            and likeness(row.values)
            + 2.0 * ("severity" in context.outer)
            + 1.5 * ("file" in context.outer)
            >= 3.5
            and not _nothing(row)
            and _says_words(row, context)
        ):
            reading.tables.append(row)
        else:
            _status_row(row, reading)


_SCORE = re.compile(
    r"[\s*⭐★☆]*(?:\d+(?:\.\d+)?\s*/\s*\d+|\d+(?:\.\d+)?\s*%|[A-F][+-]?|[⭐★☆]+)[\s*⭐★☆]*"
)
_PASSED = re.compile(
    r"[✅✔☑]\ufe0f?.*|(?:pass(?:ed)?|ok|good|works?|yes|secure|通过|正常|优秀|良好)\W*", re.I
)


def _only_scores(rows: Sequence[Row]) -> bool:
    """Tell whether a table grades what was looked at, or lists what has passed."""
    if not rows or any(map(_is_graded, rows)):
        return False
    for key in rows[0].values:
        cells = [str(row.values.get(key, "")) for row in rows]
        if any(is_path(cell) for cell in cells):
            continue
        name = named(key)
        if sum(_SCORE.fullmatch(cell) is not None for cell in cells) >= 0.6 * len(cells):
            return True
        passed = sum(_PASSED.fullmatch(cell) is not None for cell in cells)
        if passed >= 0.8 * len(cells) and not (name and name.field == "status"):
            return True
    return False


def _assesses(rows: Sequence[Row]) -> bool:
    """Tell whether a table grades all that was looked at: some of its risks are none at all."""
    told = {name.field for row in rows for key in row.values if (name := named(key))}
    if not rows or told & {"fix", "file", "line"}:
        return False
    return any(
        (name := named(key)) is not None
        and name.field == "severity"
        and _NO_RISK.fullmatch(str(value).strip("*` ")) is not None
        for row in rows
        for key, value in row.values.items()
    )


_NO_RISK = re.compile(r"none|no|nil|n/?a|keine?s?|aucune?|ningun[oa]|nenhuma?|无|なし|-", re.I)


def _explains_severities(rows: Sequence[Row]) -> bool:
    """Tell whether a table of two columns says what each severity means."""
    if not 3 <= len(rows) <= 6 or any(len(row.values) != 2 for row in rows):
        return False
    grades = [read_severity(next(iter(row.values.values()))) for row in rows]
    known = {grade.severity for grade in grades if grade is not None}
    placed = any(names_file(str(cell)) for row in rows for cell in row.values.values())
    return len(known) == len(rows) and not placed


def _says_words(row: Row, context: Context) -> bool:
    """Tell whether a row without a severity has a column that is named for words."""
    words = {"problem", "title", "fix", "impact", "id"}
    around = "severity" in context.outer or context.findings
    if around and any(
        _MEASURED.fullmatch(str(value).strip("*` ")) for value in row.values.values()
    ):
        around = any(
            (n := named(key)) is not None and n.field in words and n.rank < 100
            for key in row.values
        )
    graded = around or _is_graded(row)
    return (
        graded
        or any(_is_grade(value) for value in row.values.values())
        or any((n := named(key)) is not None and n.field in words for key in row.values)
    )


_MEASURED = re.compile(
    r"[<>~≈]?\s*\d+(?:[.,]\d+)?\s*(?:ms|s|sec|min|kb|mb|gb|%|fps|x|rps|qps)", re.I
)


def _is_grade(value: object) -> bool:
    graded = read_severity(value)
    return graded is not None and graded.exact


def _nothing(row: Row) -> bool:
    texts = [str(value) for value in row.values.values() if is_sentence(value)]
    return bool(texts) and all(holds_no_findings(text.strip(" .()_*")) for text in texts)


def _table_rows(block: Block, context: Context) -> list[Row]:
    (_, head), *body = block.rows
    keys = [cell.strip("*` ") or f"column {index + 1}" for index, cell in enumerate(head)]
    keys = [
        key if keys.index(key) == index else f"{key} {index + 1}" for index, key in enumerate(keys)
    ]
    if _is_count(keys, [cells for _, cells in body]):
        return []
    found = []
    for line, cells in body:
        values: dict[str, Any] = {}
        for key, cell in zip(keys, cells, strict=False):
            text = cell.strip()
            struck = re.fullmatch(r"~~(.+)~~", text, re.DOTALL)
            if struck:
                values.setdefault("status", "fixed")
                text = struck[1]
            signed = re.fullmatch(r"[✅✔☑]\ufe0f?\s*(\S.{0,15})", text)
            if signed and (name := named(key)) and name.field == "id":
                values.setdefault("status", "✅")
                text = signed[1]
            if text and not re.fullmatch(r"[\s–—‑…-]+|n/?a", text, re.I):
                values[key] = (
                    text.strip("*") if text.startswith("**") and text.endswith("**") else text
                )
        if values:
            found.append(Row(f"line {line}", values, dict(context.outer), "tables", line))
    return found


def _is_count(keys: Sequence[str], rows: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a table only counts: numbers under every key but the first."""
    for index, key in enumerate(keys):
        column = [cells[index] for cells in rows if index < len(cells)]
        counts = [
            re.fullmatch(r"[*~\s]*\d+[*~\s]*(?:\([^()]*\))?|[–-]?", cell) is not None
            for cell in column
        ]
        if (
            index
            and column
            and all(counts)
            and any(re.search(r"\d", cell) for cell in column)
            and (_NUMERIC.search(plain_key(key)) or named(key) is None)
            and not any(names_file(cell) for cells in rows for cell in cells)
            and len({cells[0] for cells in rows}) == len(rows)
        ):
            graded = [read_severity(re.sub(r"[*`]", "", cells[0])) for cells in rows]
            if 2 * sum(grade is not None for grade in graded) >= len(rows) or len(keys) <= 3:
                return True
    return False


def _status_row(row: Row, reading: Reading) -> None:
    name, status = "", ""
    for key, value in row.values.items():
        found = named(key)
        if not name and (
            (found and found.field in {"id", "title"}) or re.match(r"[A-Z]*-?\d", str(value))
        ):
            name = str(value)
        elif read_status(value) is not None and not is_effort(value):
            status = str(value)
    if name and status:
        reading.statuses.append((name, status))


def identity(text: object) -> str:
    """Return an id as it is compared: letters and digits, without leading zeros."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", same_words(text))
