"""Take the first words of a finding apart: id, severity, status, place and headline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mendbook.intake.shapes.containers import only_severity
from mendbook.intake.shapes.looks import PATH_IN_TEXT, is_path, is_sentence
from mendbook.intake.shapes.severities import read_emoji, read_severity
from mendbook.intake.shapes.statuses import read_status

_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|\(?(?P<plain>\d{1,3}|[A-Z](?=[.)]\s+\S{3}))[.):]|(?P<dotted>\d{1,3}(?:[.-]\d{1,3})+)[.):．]?|#(?P<hash>\d{1,4})[.:)]?)"
    r"(?:\s*[—–]\s*|\s+|(?<=、)\s*)"
)
_COUNTED = re.compile(
    r"\s*(?:finding|issue|bug|problem|vulnerability|item|risk|defect|gap|befund|fehler|mangel"
    r"|problem|schwachstelle|problème|constat|faille|hallazgo|problema|achado|falha|problema"
    r"|проблема|находка|funn|问题|发现|漏洞|缺陷|优化|改进|建议|問題|指摘"
    r"|(?:root )?cause|ursache|causa|cause|причина|原因|원인|문제|이슈)\s*#?"
    r"(?P<id>(?:[A-Z]{1,4}-?)?\d{1,4}(?:\.\d+)?)\s*(?:[:.：)–—-]+\s*|\s+)",
    re.I,
)
_ID = re.compile(
    r"\s*[\[(`]?(?P<id>(?:[A-Z][A-Z0-9]{0,11}(?:[-_/][A-Z0-9]{1,12}){0,3}[-_ ]?\d{1,4}[a-z]?"
    r"|[A-Z]{1,3}\d{1,4}(?:\.\d+)?|[A-Z]{2,12}-[A-Z]{1,2}(?=[\])`]?\s*[:：]\s)))[\])`]?"
    r"\s*(?:(?!\.\d)[:.：)–—|·-]+\s*|\s+|\Z|(?=[,/&+]\s*[A-Z]{1,12}[-_]?\d))"
)
_TAG = re.compile(
    r"\s*[\[(【（](?P<tag>(?:[^\[\]()【】（）]|\([^()]*\)){1,80})[\])】）]\s*[:：—–-]?\s*"
)
_LEAD = re.compile(r"\s*(?P<word>[^\W\d_][\w/ -]{1,14}?)\s*(?:[:：|·]|\s[—–―-])\s+")
_BRACKETED_END = re.compile(r"\s*[\[(（](?P<end>[^\[\]()（）]{1,60})[\])）]\s*\.?\Z")
_DASHED_END = re.compile(r"(?:\s*[—–―|·]|\s+-)\s*\*{0,2}(?P<end>[^—–―|·\n-]{2,24}?)\*{0,2}\s*\.?\Z")
_STANDARDS = re.compile(
    r"(?:UTF|SHA|MD|RFC|ISO|IEEE|HTTP|IPV|ES|OAUTH|TLS|SSL|AES|RSA|BASE|ECMA|PEP|UUID|WCAG|EIP|ERC"
    r"|GPT|CUDA|ARM|MP|H|X|F|COVID|TOP|PHASE|SPRINT|STEP|LEVEL|WEEK|DAY|PART|SECTION)[-_ ]?\d",
    re.I,
)
"""Names of standards, versions and sections, which a number makes no ids."""
_STEPS = re.compile(
    r"(?:PHASE|SPRINT|STEP|WEEK|DAY|MONTH|MILESTONE|STAGE|FASE|ETAPA|PASO|PASSO|SEMANA|DÍA|MES|ÉTAPE"
    r"|SEMAINE|SCHRITT|WOCHE|TAG|STUFE|ЭТАП|ФАЗА|ШАГ)[-_ ]?\d",
    re.I,
)
"""Names of the parts of a plan, whatever stands behind them."""
_RANKED = re.compile(r"[PS][0-5]\Z|SEV-?[0-5]\Z", re.I)
_MARKS = "\u2705\u274c\u2714\u2611"
_STRONG = re.compile(r"(?P<code>`[^`\n]*`)|\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)")
"""Marks of bold words, and code, in which the same signs are operators."""
_SIGNED_END = re.compile(
    r"\s*(?:[—–-]\s*)?(?P<sign>[\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff])\ufe0f?"
    r"(?P<words>[^\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]{0,60})\Z"
)
"""A sign at the end of a headline, with the status that stands behind it."""
_STATUS_END = re.compile(
    r"\s+[—–]+\s*(?:[\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?\s*)?"
    r"\**(?P<status>[^\W\d_][^\W_]*(?:\s[^\W_]+){0,2})\**\s*\((?:[^()]|\([^()]*\))*\)\s*\Z"
)
"""A status behind a dash, with its reason in brackets: ``— deferred (more work than it saves)``."""
_COUNT_ALONE = re.compile(r"\s*(?:#?\d{1,3}(?:\.\d{1,3})*[.):]?|[A-Z]{1,12}[-_]?\d{1,4}[.:)]?)\s+")
"""A number or an id and nothing else, before a headline that is struck: ``3. ~~Bell is dumb~~``."""
_BOXED_END = re.compile(r"\s*\[(?P<mark>[ xX✓✔-])\]\s*\Z")
"""A box at the end of a headline, ticked where it is mended: ``C1 - Bell is silent [x]``."""
_BOX = re.compile(
    r"\s*(?:\[(?P<mark>[ xX✓✔])\]|`\[(?P<coded>[ xX✓✔-]|[^\W\d_][^\[\]`\n]{1,40})\]`)\s+(?=\S)"
)
"""A box before a headline, ticked where it is mended, or a word of what became of it, as code."""
_SIGNS = re.compile(r"[\u2139\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ufe0f]+\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first words of a finding say."""

    title: str
    id: str = ""
    severity: str = ""
    status: str = ""
    place: str = ""
    number: str = ""
    """A number in a list, which may begin again."""
    tags: str = ""
    """Words in brackets that name kinds: ``[QUALITY][REUSE]``."""


def read_head(written: str) -> Head:
    """Return what a heading or the bold words of an item say."""
    text = written.strip().rstrip(":： ")
    head = Head(text)
    if (struck := re.fullmatch(r"~~(.+)~~(.*)", text, re.DOTALL)) is not None:
        head, text = replace(head, status=struck[2].strip() or "fixed"), f"{struck[1]} {struck[2]}"
    elif (within := re.fullmatch(r"(.{0,60}?)~~(.+)~~(.{0,40})", text, re.DOTALL)) is not None:
        lead = read_head(within[1]) if within[1].strip() else None
        counted = _COUNT_ALONE.fullmatch(within[1]) is not None
        told = _closing(within[3].strip(" *_-—–:()")) if counted else ""
        if counted and (told or not within[3].strip()):
            head, text = replace(head, status=told or "fixed"), f"{within[1]}{within[2]}"
        elif lead is not None and (status := lead.status or _closing(lead.title)):
            kept = f"{lead.id}: " if lead.id else ""
            head, text = replace(head, status=status), f"{kept}{within[2]}"
    text = _STRONG.sub(lambda match: match["code"] or "", text).strip()
    for _ in range(9):
        before = text
        text, head = _strip_front(text, head)
        if text == before:
            break
    for _ in range(3):
        before = text
        text, head = _strip_end(text, head)
        if text == before:
            break
    title = text.strip(" :：–—―-|·*").strip()
    return replace(head, title=title or head.title)


def _strip_front(text: str, head: Head) -> tuple[str, Head]:
    if (match := _SIGNS.match(text)) is not None:
        return text[match.end() :], _signed(match.group(), head)
    if (match := _BOX.match(text)) is not None:
        return _unboxed(match, text[match.end() :], head)
    if (match := _COUNTED.match(text)) is not None and not head.id:
        return text[match.end() :], replace(head, id=match["id"])
    if (match := _GRADED_ID.match(text)) is not None and not head.id:
        known = re.search(r"\w", head.severity) is not None
        severity = head.severity if known else match["grade"]
        return text[match.end() :], replace(head, id=match["id"], severity=severity)
    if (match := _TAG.match(text)) is not None:
        if told := _told(match["tag"], head):
            return text[match.end() :], told
        kind = re.fullmatch(r"[A-Z][A-Z _/-]{2,}|[A-Z][\w/& -]{2,24}", match["tag"]) is not None
        square = match.group().strip()[0] == "["
        if (kind and square) and text[match.end() :].strip():
            tags = f"{head.tags}, {match['tag']}".strip(", ")
            return text[match.end() :], replace(head, tags=tags)
    if (match := _ID.match(text)) is not None and not head.id:
        if _RANKED.match(match["id"]):
            if not re.search(r"\w", head.severity):
                return text[match.end() :], replace(head, severity=match["id"])
        elif _names(match) and (text[match.end() :].strip() or match.end() == len(text)):
            return _further_ids(text[match.end() :]), replace(head, id=match["id"].strip())
    if (match := _NUMBER.match(text)) is not None and not head.number:
        number = match["dotted"] or match["hash"] or match["plain"] or ""
        return text[match.end() :], replace(
            head, number=number, id=head.id or match["dotted"] or ""
        )
    match = _LEAD.match(text)
    if match is not None and len(match["word"]) <= 16:
        grades = [read_severity(word) for word in re.split(r"\s*[-/]\s*", match["word"])]
        whole = read_severity(match["word"])
        if (whole and whole.exact) or all(one is not None and one.exact for one in grades):
            return text[match.end() :], _graded(head, match["word"])
    return text, head


def _unboxed(box: re.Match[str], rest: str, head: Head) -> tuple[str, Head]:
    """Return the text behind a ``box`` and ``head`` with what the box says became of it."""
    mark = box["mark"] or box["coded"]
    if len(mark) > 1:
        if read_status(mark.replace("-", " ")) is None:
            return f"[{mark}] {rest}", head
        return rest, replace(head, status=head.status or mark)
    boxed = "open" if mark in " -" else "fixed"
    return rest, replace(head, status=head.status or boxed)


_GRADED_ID = re.compile(
    r"\s*[\[(]?(?P<id>(?:[A-Z]{1,4}-)?(?P<grade>CRITICAL|CRIT|HIGH|MEDIUM|MED|LOW|INFO|MAJOR|MINOR)"
    r"-\d{1,3})[\])]?\s*(?:[:.：)–—|·]+\s*|\s+)(?=\S)"
)
"""An id that counts the findings of a grade: ``[HIGH-3]``, ``Q-LOW-12:``."""


def _further_ids(text: str) -> str:
    """Return what stands behind an id without others that share the headline: ``/ TT-4: Text``."""
    match = _FURTHER.match(text)
    return text[match.end() :] if match else text


_FURTHER = re.compile(
    r"(?:\s*(?:/|&|\+|,|;|–|—|\band\b|\bund\b|\bet\b|\by\b)\s*[\[(`]?[A-Z]{1,12}[-_]?\d{1,4}[a-z]?[\])`]?)+"
    r"\s*(?:[:.：)–—|·-]+\s*|\s+)(?=\S)"
)


def _closing(text: str) -> str:
    status = read_status(text)
    return text if status is not None and status.closed else ""


def _names(match: re.Match[str]) -> bool:
    """Tell whether what looks like an id is one, and no standard's name before a space."""
    if _STEPS.match(match["id"]):
        return False
    told = re.search(r"[\])`:.：)–—|·]|\s-\s", match.group()) is not None
    told = told or re.fullmatch(r"[A-Z]-\d{1,3}", match["id"]) is not None
    return told or _STANDARDS.match(match["id"]) is None


def _strip_end(text: str, head: Head) -> tuple[str, Head]:
    if (box := _BOXED_END.search(text)) is not None:
        boxed = "fixed" if box["mark"].strip(" -") else "open"
        return text[: box.start()], replace(head, status=head.status or boxed)
    if (match := _SIGNED_END.search(text)) is not None:
        told = match["words"].strip(" *_-—–:()")
        status = read_status(told) if told else None
        graded = read_severity(told) if told else None
        exact = graded is not None and (graded.exact or only_severity(told))
        if exact and len(told.split()) <= 2 and not head.severity:
            return text[: match.start()], replace(head, severity=told)
        grade = read_emoji(match["sign"].replace("⚠", ""))
        if grade and told and re.match(r"\s*\ufe0f?\s*[(（]", match["words"]):
            # the colour of a group, before the part of the program it is about
            kept = head.severity or match["sign"]
            return f"{text[: match.start()]} {match['words'].strip()}", replace(head, severity=kept)
        if not told or status is not None or match["sign"] in _MARKS:
            mark = told if status is not None else match["sign"]
            if read_emoji(match["sign"].replace("⚠", "")) is not None and not head.severity:
                head = replace(head, severity=match["sign"])
            kept = head.status or (mark if match["sign"] in _MARKS or status else "")
            of_file = is_path(text[: match.start()].strip("*` "))
            verdict = of_file and told.isupper() and len(told.split()) <= 2
            rest = "" if not told or status is not None or verdict else f" {told}"
            return text[: match.start()] + rest, replace(head, status=kept)
    if (ended := _STATUS_END.search(text)) is not None and read_status(ended["status"]):
        return text[: ended.start()], replace(head, status=head.status or ended["status"])
    for pattern in (_BRACKETED_END, _DASHED_END):
        match = pattern.search(text)
        if match is not None and (fuller_head := _end_told(match, head)):
            return text[: match.start()], fuller_head
    return text, head


def _end_told(match: re.Match[str], head: Head) -> Head | None:
    """Return ``head`` with what the words at the end of a headline say, or None when nothing."""
    told = _told(match["end"], head)
    bracketed = match.re is _BRACKETED_END
    if told is None and bracketed and PATH_IN_TEXT.fullmatch(match["end"].strip("` ")):
        return replace(head, place=match["end"].strip("` "))
    return told


_COUNT = re.compile(r"~?\d+\+?\s+[^\W\d_]+(?:\s[^\W\d_]+)?")
"""How many there are: ``58 errors`` grades nothing."""
_SCALE = re.compile(
    r"(?:severity|priority|risk|schweregrad|priorität|sévérité|gravité|priorité|severidad|gravedad"
    r"|prioridad|severidade|prioridade|gravità|priorità|严重程度|严重性|优先级|重要度|優先度|심각도|우선순위"
    r"|приоритет)\s*[:：]\s*",
    re.I,
)
"""The name of a scale before its grade: ``Priority: high``."""
_MODAL = re.compile(r"\b(?:should|must|could)\b", re.I)
"""Words of a scale that are words of any sentence as well."""


def _told(tag: str, head: Head) -> Head | None:
    """Return ``head`` with what a word in brackets says, or None when it says nothing."""
    bare = _SCALE.sub("", tag.strip("`* "))
    if _COUNT.fullmatch(bare) or bare.count('"') % 2:
        return None
    if "·" in bare:
        parts = [part.strip() for part in bare.split("·")]
        said = [status for part in parts if (status := read_status(part)) and status.closed]
        marked = said or any("→" in part for part in parts)
        told = next((part for part in parts if read_status(part) in said), "")
        return replace(head, status=head.status or told) if marked else None
    if (both := _id_and_grade(bare)) is not None and not head.id:
        return replace(head, id=both[0], severity=head.severity or both[1])
    words = len(bare.split())
    graded = read_severity(bare)
    unspaced = re.search(r"[\u3040-\u30ff\u3400-\u9fff]", bare) is not None
    sure = graded is not None and (graded.exact or (bool(graded.why) and not unspaced))
    if words > 2 and graded is not None and not graded.exact and _MODAL.search(bare):
        sure = False
    several = words > 1 and not unspaced
    if several and graded is not None and not graded.exact and not _opens_with_grade(bare):
        sure = False
    first = re.split(r"\s[-–—]\s|,\s", bare, maxsplit=1)[0]
    lead = read_severity(first) if first != bare else None
    if lead is not None and lead.exact and len(first.split()) <= 2:
        rest = bare[len(first) :].strip(" -–—,")
        told = rest if len(rest.split()) <= 2 and read_status(rest) is not None else ""
        return replace(_graded(head, first), status=head.status or told)
    if "/" in bare and not all(read_severity(part) for part in bare.split("/")):
        sure = False
    if sure and words <= 4:
        return _graded(head, bare)
    if _ID.fullmatch(bare) and not head.id:
        return replace(head, id=bare)
    status = read_status(bare)
    if status is not None and words <= 6:
        return replace(head, status=head.status if re.search(r"\w", head.status) else bare)
    return None


def _id_and_grade(tag: str) -> tuple[str, str] | None:
    """Return the id and the grade that a word in brackets gives together: ``(F10, MEDIUM)``."""
    parts = [part.strip("*` ") for part in re.split(r"\s*[,;|]\s*", tag)]
    if len(parts) != 2:
        return None
    for name, grade in (parts, parts[::-1]):
        graded = read_severity(grade)
        if _ID.fullmatch(name) and not _RANKED.match(name) and graded is not None and graded.exact:
            return name, grade
    return None


def ends_with_id(text: str) -> Head | None:
    """Return what brackets at the end of ``text`` say, where that is an id and a grade."""
    match = _BRACKETED_END.search(text)
    both = _id_and_grade(match["end"]) if match else None
    if match is None or both is None:
        return None
    return Head(text[: match.start()].rstrip(), id=both[0], severity=both[1])


def _graded(head: Head, said: str) -> Head:
    """Return ``head`` with the grade that ``said`` gives, unless it has one in words."""
    worded = re.search(r"\w", head.severity) is not None
    if re.fullmatch(r"[SP][0-5]", head.severity) and not head.id and re.search(r"\w{3}", said):
        # counted ones, and no ranks, where a grade in words stands beside them
        return replace(head, id=head.severity, severity=said)
    return replace(head, severity=head.severity if worded else said)


def _opens_with_grade(tag: str) -> bool:
    """Tell whether several words are a grade, and no words of a sentence: ``logged as warning``."""
    opening = read_severity(re.split(r"[\s(/→-]", tag, maxsplit=1)[0])
    return only_severity(tag) or (opening is not None and opening.exact) or "cvss" in tag.lower()


def _signed(signs: str, head: Head) -> Head:
    status = read_status(signs)
    if status is not None and status.closed:
        return replace(head, status=head.status or signs.strip())
    if read_emoji(re.sub("[💡📝🔥⚪⬜]", "", signs)) is not None and not head.severity:
        return replace(head, severity=signs.strip())
    return head


def is_mere_id(text: str) -> bool:
    """Tell whether bold words are an id and nothing else: ``I-1:``."""
    match = _ID.fullmatch(text.strip(" *:.") + " ")
    return match is not None and not _RANKED.match(match["id"])


def says_something(title: str) -> bool:
    """Tell whether a headline has words of its own beside an id, a severity or a count."""
    graded = read_severity(title)
    if graded is not None and (graded.exact or only_severity(title)):
        return False
    bare = re.sub(r"[(（][^()（）]*[)）]|\d+\s*(?:个|項|项|件|개|items?|issues?)?|\W", "", title)
    if not bare and title:
        return False
    return len(re.findall(r"[^\W\d_]{2,}", title)) >= 2 or is_sentence(title) or len(title) >= 8
