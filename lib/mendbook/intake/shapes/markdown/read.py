"""Read an audit in Markdown: rows out of its sections, tables joined to what they repeat."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import yaml

from mendbook.intake.normalise import audit_of
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, Text, redacted
from mendbook.intake.shapes.about import commit_in_text, told_commit, told_time
from mendbook.intake.shapes.containers import holds_findings
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import fault_words, tells_consequence
from mendbook.intake.shapes.markdown.blocks import front_matter, parse
from mendbook.intake.shapes.markdown.grids import is_grade
from mendbook.intake.shapes.markdown.guides import instructs, told_in_full
from mendbook.intake.shapes.markdown.joining import join_rows
from mendbook.intake.shapes.markdown.matrices import FINDING
from mendbook.intake.shapes.markdown.sections import Reading, read_sections
from mendbook.intake.shapes.markdown.telling import id_of
from mendbook.intake.shapes.rows import Row
from mendbook.intake.shapes.statuses import read_legend, read_status
from mendbook.intake.shapes.understand import understand
from mendbook.model import Audit, Left

_NONE_FOUND = re.compile(
    r"\b(?:no|0|zero|keine|aucun\w*|ning[uú]n\w*|nenhum\w*)\s+(?:[\w-]+\s+){0,3}(?:issues?|findings?"
    r"|problems?|bugs?"
    r"|vulnerabilit\w+|defects?|befunde|probleme|problèmes?|hallazgos?|problemas?)|未发现"
    r"|没有发现|問題なし|発見なし",
    re.I,
)


def read_markdown(source: Text) -> Audit:
    """Return the findings of a Markdown document, each with its line; prose is named as unread."""
    text, redactions = redacted(source)
    front, body = front_matter(text.replace("\r\n", "\n"))
    about = _front(front)
    root = parse(body)
    reading = read_sections(root)
    guides = instructs(root, about)
    rows, left = join_rows(reading)
    if guides:
        rows = told_in_full(rows, left)
    rows = _with_faults(rows, body, left, planned=bool(rows) and not reading.rows)
    understood = understand(rows, "Markdown", legend=read_legend(body))
    nothing_said = not reading.left and not _NONE_FOUND.search(body)
    if not understood.findings and (guides or nothing_said):
        _refuse(source, reading, guides=guides)
    if reading.prose:
        why = "prose: no finding can be told in it"
        left.append(Left("the document", f"{reading.prose} paragraphs", why))
    document = Document(source.path, source.sha256, about, redactions)
    whole = replace(understood, left=(*reading.left, *left, *understood.left))
    audit = audit_of(document, whole, _shape(rows))
    commit = told_commit(about) or commit_in_text(body)
    title = next((child.title for child in root.children), PurePath(source.path).stem)
    notes = tuple(note for note in audit.notes if not (commit and note.field == "meta.commit"))
    return replace(
        audit,
        commit=commit,
        timestamp=told_time(about),
        notes=notes,
        extra={"title": title, **about},
    )


def markdown_rows(source: Text) -> tuple[list[Row], int]:
    """Return the rows that are told in a Markdown document, and what was redacted."""
    text, redactions = redacted(source)
    _, body = front_matter(text.replace("\r\n", "\n"))
    return join_rows(read_sections(parse(body)))[0], redactions


def _front(text: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(text) if text else {}
    except yaml.YAMLError:
        return {}
    return {str(key): value if isinstance(value, int | float | list | dict) else str(value)
            for key, value in front.items()} if isinstance(front, dict) else {}  # fmt: skip


def _shape(rows: list[Row]) -> str:
    groups = list(dict.fromkeys(row.group for row in rows))
    return f"Markdown, findings in {' and '.join(groups)}" if groups else "Markdown, no findings"


def _refuse(source: Text, reading: Reading, *, guides: bool) -> None:
    nearest = (
        f"{len(reading.plans)} entries of a plan" if reading.plans else "headings without fields"
    )
    if guides:
        nearest = "the steps and rules of a guide, plan or prompt"
    what = (
        f"no findings can be told in it; nearest are {nearest} and {reading.prose} paragraphs of"
        " prose, which is not read"
    )
    remedy = (
        "give each finding a heading, a table row or a list item with its severity or its place,"
        " or write a map with mendbook intake FILE --write-map map.yaml"
    )
    raise Problem(source.path, "", what, remedy).refusal()


def _with_faults(
    rows: list[Row], text: str, left: list[Left], *, planned: bool = False
) -> list[Row]:
    """Leave aside rows without a field of a finding whose words tell of nothing wrong.

    Of a plan (``planned``) all go where most do: a wish among wishes is no finding.
    """
    sound = _ALL_SOUND.search(text) is not None
    known = fault_words(text) >= _KNOWN_LANGUAGE or len(_COMMON.findall(text)) >= 10
    if not known and not sound:
        return rows
    counted = [] if sound else _counted(rows)
    kept = [
        row
        for row in rows
        if not _is_mere_text(row) or row in counted or (_tells_fault(row) and not sound)
    ]
    if planned and 2 * len(kept) < len(rows) and all(row.group == "lists" for row in rows):
        kept = []
    if len(kept) < len(rows):
        aside = next(row for row in rows if row not in kept)
        why = f"{len(rows) - len(kept)} left aside: {_NO_FINDINGS if sound else _NO_FAULTS}"
        left.append(Left(aside.place, str(aside.values.get("title", ""))[:120], why))
    return kept


_NO_FINDINGS = "the document says that nothing was found"
_NO_FAULTS = "nothing in them says that something is wrong"


def _counted(rows: list[Row]) -> list[Row]:
    """Return the headings that one count runs through, when most of them tell of a fault."""
    numbered = [row for row in rows if row.group == "headings" and row.number.isdigit()]
    numbers = sorted({int(row.number) for row in numbered})
    faulty = sum(map(_tells_fault, numbered))
    one_run = len(numbers) == len(numbered) >= 4 and numbers[-1] - numbers[0] < len(numbers)
    return numbered if one_run and 2 * faulty >= len(numbered) else []


_ALL_SOUND = re.compile(
    r"^(?:#{1,6} |> )?\**(?:result:?\**:? )?no "
    r"(?:(?!critical|high\b(?!-)|major|serious)[\w-]+ ){0,3}"
    r"(?:issues|findings|problems|bugs|vulnerabilities|defects) (?:were |have been )?"
    r"(?:found|identified|detected)\b(?! in)"
    r"|^[\W_]*(?:.{0,16}[，,、])?(?:没有发现|未发现)(?:任何)?(?:问题|缺陷|漏洞)\W*$"
    r"|^[\W_]*(?:es wurden )?keine (?:befunde|probleme|fehler|mängel|schwachstellen)"
    r" (?:gefunden|festgestellt|entdeckt)"
    r"|^[\W_]*no se (?:encontraron|detectaron|hallaron) (?:problemas|hallazgos|errores|vulnerab)"
    r"|^[\W_]*aucun (?:problème|défaut|constat) (?:n'a été )?(?:trouvé|détecté|relevé)"
    r"|^[\W_]*nenhum problema (?:foi )?(?:encontrado|detectado)"
    r"|^[\W_]*問題(?:は)?(?:見つかりません|ありません|なし)"
    r"|^[\W_]*(?:проблем|ошибок|уязвимостей) не (?:обнаружено|найдено|выявлено)",
    re.I | re.M,
)
"""A line that begins with the verdict that nothing was found."""


_KNOWN_LANGUAGE = 5
"""Different words for faults from which a document's language is one that we know."""
_COMMON = re.compile(
    r"\b(?:the|and|with|der|die|und|mit|für|el|los|las|con|para|les|des|pour|avec|os|uma|com|il|gli"
    r"|per|della)\b",
    re.I,
)


def _tells_fault(row: Row) -> bool:
    return fault_words(_NONE_OF_IT.sub(" ", "\n".join(map(str, row.values.values())))) > 0


_NONE_OF_IT = re.compile(
    r"\*{0,2}\b(?:no|zero|without(?: any)?|free of)\*{0,2} (?:[\w-]+ ){0,2}?"
    r"(?:risks?|issues?|findings?|problems?|bugs?|errors?|anomal\w+|conflicts?|violations?|vulnerabilit\w+|warnings?|regressions?"
    r"|failures?|defects?|secrets?|(?:merge|conflict) \w+)\b(?! handl| check| bound| messag| log)",
    re.I,
)
"""Words that say that something wrong was looked for and not found."""


def _is_mere_text(row: Row) -> bool:
    """Tell whether no severity, fix, impact, status or id of its own makes ``row`` a finding."""
    fields = {name.field for key in row.values if (name := named(key)) and name.rank < 200}
    graded = "severity" in row.outer or any(map(is_grade, row.values.values()))
    if not any(read_status(value) for key, value in row.values.items() if _names(key, "status")):
        fields.discard("status")
    effects = [str(row.values[key]) for key in row.values if _names(key, "impact")]
    if not any(map(tells_consequence, effects)):
        fields.discard("impact")
    own_id = bool(id_of(row)) and row.values.get("id") != row.number
    lined = any(
        re.search(r":\d", str(row.values[key])) for key in row.values if _names(key, "file")
    )
    if lined or ("status" in row.outer and row.group == "headings"):
        return False
    if row.group == "headings" and (_says_so(row) or _numbered_among(row)):
        return False
    return not graded and not fields & {"severity", "fix", "impact", "status"} and not own_id


def _says_so(row: Row) -> bool:
    """Tell whether a label of a finding is the very word for one: ``Problems:``."""
    return any(
        plain_key(key).removesuffix("s") in FINDING for key in row.values if key != "problem"
    )


def _numbered_among(row: Row) -> bool:
    """Tell whether a heading is a numbered one right below a name of findings: ``Code smells``."""
    return bool(row.number) and holds_findings(row.outer.get("category", ""))


def _names(key: str, field: str) -> bool:
    name = named(key)
    return name is not None and name.field == field
