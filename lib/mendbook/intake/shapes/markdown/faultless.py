"""Leave aside rows without a field of a finding whose words tell of nothing wrong."""

from __future__ import annotations

import re

from mendbook.intake.shapes.containers import holds_findings
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import fault_words, tells_consequence
from mendbook.intake.shapes.markdown.grids import is_grade
from mendbook.intake.shapes.markdown.matrices import FINDING
from mendbook.intake.shapes.markdown.status_tables import tables_of
from mendbook.intake.shapes.markdown.telling import below_findings, id_of
from mendbook.intake.shapes.rows import Row
from mendbook.intake.shapes.severities import opening_grade
from mendbook.intake.shapes.statuses import read_status
from mendbook.model import Left


def with_faults(
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
    kept = _with_whole_tables(rows, kept)
    if planned and 2 * len(kept) < len(rows) and all(row.group == "lists" for row in rows):
        kept = []
    if len(kept) < len(rows):
        aside = next(row for row in rows if row not in kept)
        why = f"{len(rows) - len(kept)} left aside: {_NO_FINDINGS if sound else _NO_FAULTS}"
        left.append(Left(aside.place, str(aside.values.get("title", ""))[:120], why))
    return kept


def _with_whole_tables(rows: list[Row], kept: list[Row]) -> list[Row]:
    """Return ``kept`` with the other rows of tables of which most are kept."""
    whole: list[Row] = []
    for table in tables_of([row for row in rows if row.group == "tables"]):
        if 2 * sum(row in kept for row in table) > len(table):
            whole += table
    return [row for row in rows if row in kept or row in whole]


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
    around = plain_key(row.outer.get("severity", ""))
    graded = around not in {"", *_REMARKS} or any(map(is_grade, row.values.values()))
    if all(plain_key(key) in _AFTERWARDS for key in row.values if _names(key, "fix")):
        fields.discard("fix")
    if _signed_alone(row) and row.group == "lists":
        fields.discard("status")
    if not any(read_status(value) for key, value in row.values.items() if _names(key, "status")):
        fields.discard("status")
    effects = [str(row.values[key]) for key in row.values if _names(key, "impact")]
    graded = graded or any(map(opening_grade, effects))
    if not any(map(tells_consequence, effects)):
        fields.discard("impact")
    own_id = bool(id_of(row)) and row.values.get("id") != row.number
    lined = any(
        (_names(key, "file") and re.search(r":\d", str(value)))
        or (_names(key, "line") and re.search(r"\d", str(value)))
        for key, value in row.values.items()
    )
    if lined or ("status" in row.outer and row.group == "headings"):
        return False
    if row.group == "headings" and (
        "declared" in row.outer or _says_so(row) or _numbered_among(row) or _is_placed_fault(row)
    ):
        return False
    if row.group == "lists" and fields >= {"title", "problem"} and below_findings(row):
        return False
    return not graded and not fields & {"severity", "fix", "impact", "status"} and not own_id


_REMARKS = {
    *("observation", "observations", "beobachtung", "beobachtungen", "observación"),
    *("observaciones", "observação", "observações", "osservazioni", "观察"),
}
"""Words for findings of the least grade that head remarks of any kind as well."""
_AFTERWARDS = {"after", "nachher", "après", "después", "depois", "dopo", "etter", "после", "之后"}
"""Names of what there is now, beside what there was: mere figures tell no fault."""


def _signed_alone(row: Row) -> bool:
    """Tell whether a status is the sign for good and no word."""
    said = [str(value) for key, value in row.values.items() if _names(key, "status")]
    return bool(said) and all(re.fullmatch(r"[✅✔☑]\ufe0f?", text.strip("* ")) for text in said)


def _says_so(row: Row) -> bool:
    """Tell whether a label of a finding is the very word for one: ``Problems:``."""
    return any(
        plain_key(key).removesuffix("s") in FINDING for key in row.values if key != "problem"
    )


def _is_placed_fault(row: Row) -> bool:
    """Tell whether a heading has labels for the file and for what is wrong: ``What's wrong:``."""
    sure = {name.field for key in row.values if (name := named(key)) and name.rank < 100}
    labelled = any(_names(key, "problem") and key != "problem" for key in row.values)
    return labelled and {"file", "problem"} <= sure


def _numbered_among(row: Row) -> bool:
    """Tell whether a heading is a numbered one right below a name of findings: ``Code smells``."""
    return bool(row.number) and holds_findings(row.outer.get("category", ""))


def _names(key: str, field: str) -> bool:
    name = named(key)
    return name is not None and name.field == field
