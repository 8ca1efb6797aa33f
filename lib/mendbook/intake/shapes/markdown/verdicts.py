"""Tell which sections say that nothing is wrong, or that an attack was withstood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.intake.shapes.containers import holds_no_findings
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import is_sentence
from mendbook.intake.shapes.markdown.blocks import Section
from mendbook.intake.shapes.markdown.heads import Head, read_head
from mendbook.intake.shapes.markdown.labels import Parts, misnamed, split
from mendbook.intake.shapes.statuses import says_passed

TELLING = {
    *("severity", "file", "fix", "impact", "problem", "evidence", "status", "effort", "line"),
}
"""Fields that tell of a fault."""


def says_none(section: Section) -> bool:
    """Tell whether a section's first words, or the sign of its headline, say that all is well."""
    parts = split(section.blocks)
    telling = (parts.fields(sure=True) - misnamed(parts)) & TELLING
    return bool(section.blocks) and says_nothing_wrong(read_head(section.title), parts, telling)


def says_nothing_wrong(head: Head, parts: Parts, telling: set[str]) -> bool:
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


def asks_only(parts: Parts) -> bool:
    """Tell whether a section says nothing but questions: what an audit is to look at."""
    texts = [*parts.body, *(text for said in parts.labelled.values() for text in said)]
    said = [line.strip(" -*_") for text in texts for line in text.split("\n")]
    lines = [line for line in said if is_sentence(line) and not line.endswith((":", "："))]
    asked = sum(line.endswith(("?", "？")) for line in lines)
    return asked >= _ASKED and asked == len(lines)


_ASKED = 2
"""Questions from which a section that says nothing else asks."""


def has_passed(parts: Parts) -> bool:
    """Tell whether a status or a test's result says that nothing is wrong.

    ``Status: ✅ PASS``, or ``Result: ✅ BLOCKED`` of an attack that was tried.
    """
    labelled = [
        (name.field, said) for label, said in parts.labelled.items() if (name := named(label))
    ]
    fields = {field for field, _ in labelled}
    if "severity" not in fields and _is_withstood(parts):
        return True
    if not fields & {"severity", "fix"} and _says_right(parts):
        return True
    if not fields & {"severity", "fix"} and _came_out_well(parts):
        return True
    return any(
        (field == "status" and any(map(says_passed, said)))
        or (field == "severity" and "fix" not in fields and any(map(_grades_nothing, said)))
        for field, said in labelled
    ) or any(
        _WITHSTOOD.match(text) is not None
        for label, said in parts.labelled.items()
        if plain_key(label) in _RESULTS
        for text in said[:1]
    )


def _came_out_well(parts: Parts) -> bool:
    """Tell whether a result begins with the sign for good, and has none for what is wrong.

    ``**Result (second run):** `✔ No cycle found` ``, below the command that looked for it.
    """
    if parts.body and _NONE_CAME_OUT.match(parts.body[0]):
        return True
    said = [
        text
        for label, texts in parts.labelled.items()
        if plain_key(re.sub(r"\s*[(（].*", "", label)) in _RESULTS
        for text in texts
    ]
    return bool(said) and all(
        re.match(r"[*_`\s]*[✅✔☑]", text) and not re.search(r"[⚠❌✗]", text) for text in said
    )


_NONE_CAME_OUT = re.compile(
    r"\W*(?:result|outcome|verdict|conclusion|ergebnis|fazit)\W{1,4}(?:no|none|keine?)\b"
    r"[^.\n]{0,60}\b(?:found|detected|identified|gefunden|entdeckt|festgestellt)\b\W",
    re.I,
)
"""A text that begins with the verdict that nothing was found: ``Result: no leak found.``."""


def _is_withstood(parts: Parts) -> bool:
    """Tell whether labels say that what was feared is met, and that no risk is left.

    ``**Mitigation (GOOD):** …`` below a threat, or ``**Residual risk:** none``.
    """
    met = any(_MET.search(label) for label in parts.labelled)
    met = met or any(_INTENDED.match(said[0]) for said in parts.labelled.values() if said)
    left = [said[0] for label, said in parts.labelled.items() if plain_key(label) in _REST and said]
    return bool(left and all(map(_grades_nothing, left))) or (met and not left)


_MET = re.compile(
    r"[(（](?:GOOD|SAFE|SECURE|PASS|CORRECT|GUT|BUENO|BOM|良好|安全)\b[^()（）]*[)）]"
)
_INTENDED = re.compile(
    r"\W*[✅✔☑]\ufe0f?\W*(?:(?:works?|working|behaves?) as (?:designed|intended|expected)"
    r"|(?:by|per) design|funktioniert wie (?:vorgesehen|gewollt|geplant)|fonctionne comme prévu"
    r"|funciona como (?:previsto|se espera|esperado)|funziona come previsto|符合(?:设计|预期)"
    r"|設計どおり|의도된 동작)\W*(?:\n|\Z)",
    re.I,
)
"""A signed value of any label that says that all is as it was meant."""
_REST = {"residual risk", "remaining risk", "restrisiko", "riesgo residual", "risco residual",
         "risque résiduel", "rischio residuo", "остаточный риск", "残余风险"}  # fmt: skip


def _grades_nothing(severity: str) -> bool:
    """Tell whether a severity says that nothing is wrong: ``OK — signs are right``, ``None``."""
    first = re.split(r"\s[—–―-]\s|[.:;(\n]", severity, maxsplit=1)[0].strip("*_` ")
    plain = re.sub(r"\s(?:identified|found|known|left)\b.*", "", first.lower())
    return says_passed(first) or plain in _NO_GRADES


_NO_GRADES = {
    *("none", "no issue", "no issues", "no finding", "keine", "keines", "aucun", "aucune"),
    *("ninguno", "ninguna", "nenhum", "nenhuma", "nessuno", "нет", "无", "なし", "없음"),
}


def closes_well(section: Section) -> bool:
    """Tell whether the last words below the last of several headings are a status that passed.

    ``**Status:** PASS`` ends the whole section where no other heading in it has a status of its
    own, or a severity.
    """
    if section.level < 2 or not section.children:
        return False
    below = list(_below(section))
    last = below[-1]
    alone = last.blocks[-1:] if last.blocks and last.blocks[-1].kind == "text" else []
    if len(split(alone).labelled) != 1 or not has_passed(split(alone)):
        return False
    told = [split(one.blocks).fields(sure=True) for one in [section, *below[:-1]]]
    rest = split(last.blocks[:-1]).fields(sure=True)
    return not any(fields & {"status", "severity"} for fields in [*told, rest])


def judged_well(section: Section) -> bool:
    """Tell whether a heading below a section is the verdict that nothing is wrong in it.

    ``### Verdict: CORRECT``; a heading with an id beside it may be a finding still.
    """
    verdicts = [match for one in section.children if (match := _VERDICT.fullmatch(one.title))]
    others = [one for one in section.children if not _VERDICT.fullmatch(one.title)]
    named_so = any(read_head(one.title).id for one in others)
    return bool(verdicts) and not named_so and all(says_passed(one["said"]) for one in verdicts)


_VERDICT = re.compile(
    r"\W*(?:verdict|result|conclusion|assessment|ergebnis|urteil|fazit|veredicto|resultado|verdetto"
    r"|вердикт|结论|結論|결론)\s*[:：]\s*(?P<said>.{2,30})",
    re.I,
)


def _below(section: Section) -> Iterator[Section]:
    for child in section.children:
        yield child
        yield from _below(child)


def _says_right(parts: Parts) -> bool:
    """Tell whether what a section concludes, or each of its labels, begins with the word for good.

    ``**Conclusion:** OK, nothing leaks``, or ``**close() (line 12):** Correct. It frees the rope``.
    """
    said = [texts[0] for texts in parts.labelled.values() if texts and texts[0].strip()]
    concluded = [
        texts[0] for label, texts in parts.labelled.items() if plain_key(label) in _CONCLUDED
    ]
    if concluded and all(map(_begins_well, concluded)):
        return True
    if parts.body and (end := _BOLD_END.search(parts.body[-1])) is not None:
        return _VERIFIED.fullmatch(end["said"]) is not None or says_passed(end["said"])
    if parts.body and any(map(_VERIFIED.fullmatch, _bare(parts))):
        return True
    whole = bool(said) and len(said) == len(parts.labelled) and not parts.body
    return whole and all(map(_begins_well, said))


_BOLD_END = re.compile(r"(?:\A|\s)\*\*(?P<said>[^*\n]{2,40}?)\.?\*\*\.?\s*\Z")
_VERIFIED = re.compile(
    r"verified|confirmed (?:ok|correct|clean|fixed)"
    r"|no (?:regressions?|issues?|findings?|drift|change)"
    r"|(?:still|all) clean|nothing found|verifiziert|geprüft|in ordnung|vérifié|verificado"
    r"|keine (?:regression|befunde)|aucune régression|sin regresiones|sem regressões",
    re.I,
)
"""Bold words that end what was looked at again, and found right."""


def _bare(parts: Parts) -> list[str]:
    """Return the bold words that look like labels, and have nothing behind them."""
    return [label.strip(". ") for label, texts in parts.labelled.items() if not any(texts)]


def _begins_well(text: str) -> bool:
    first = re.split(r"\s[—–-]\s|[.,:;(\n。，；：（]", text, maxsplit=1)[0]
    return says_passed(first.strip("*_` "))


_CONCLUDED = {
    *("conclusion", "verdict", "assessment", "overall", "fazit", "urteil", "bewertung", "ergebnis"),
    *("conclusión", "veredicto", "conclusão", "conclusione", "verdict final", "sonuç", "вывод"),
    *("结论", "結論", "结果", "評価", "결론"),
}
"""Labels of what a section comes to in the end."""
_RESULTS = {
    *("result", "results", "test result", "outcome", "verdict", "ergebnis", "resultado"),
    *("résultat", "risultato", "результат", "结果", "結果", "결과"),
}
_WITHSTOOD = re.compile(
    r"[*_`\s]*[✅✔☑]\ufe0f?[*_`\s]*(?:pass(?:ed|es)?|blocked|rejected|prevented|refused|denied"
    r"|withstood|abgewiesen|bestanden|bloqueado|rechazado|superado|bloqué|refusé)\b",
    re.I,
)
"""A signed result of an attack or a test that the code withstood."""
