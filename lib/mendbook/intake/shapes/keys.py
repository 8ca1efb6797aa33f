"""The names that auditors give to the fields of a finding, in the languages they write in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NAMES: dict[str, str] = {
    "id": "id, finding id, issue id, bug id, vuln id, vulnerability id, ref, key, code id,"
    " number, no,"
    " nr, nr., num, #, №, uid, uuid, identifier, tag id, defect id, ticket, item,"
    " kennung, lfd nr,"
    " numéro, numero, número, n°, nº, 编号, 序号, 番号, 번호",
    "title": "title, name, headline, summary, short description, heading, finding title, issue"
    " title,"
    " subject, short, one liner, tldr, label, caption, topic, what in short, titel,"
    " titre, título,"
    " titulo, titolo, bezeichnung, überschrift, kurzbeschreibung, 标题, 名称, 標題, タイトル,"
    " 件名, 제목,"
    " название, заголовок",
    "problem": "问题所在, 现象, 问题现象, 原因, 根因, 根本原因, 原因分析,"
    " issue description, bug description, finding description, causa raíz, causa raiz,"
    " cause racine, causa principale, grundursache, ursache, análisis del problema,"
    " análise do problema, analyse du problème, problemanalyse, анализ проблемы,"
    " problem, description, details, detail, what, was, original issue, original problem, "
    " 原始问题, body, message, issue,"
    " finding, text, explanation, observation, defect, bug, vulnerability, claim, statement,"
    " problem statement,"
    " desc, concern, gap, observed, observed behavior, observed behaviour, what is wrong,"
    " whats wrong, what s wrong, what s broken, what s missing, what happens,"
    " current documentation, current implementation, current approach, current design,"
    " current setup, ist zustand,"
    " situation actuelle, comportement actuel, situación actual, comportamiento actual,"
    " situação atual, stato attuale, stan obecny, mevcut durum, analysis, comment,"
    " content, root cause, cause, failure, failure mode, actual, actual behavior,"
    " current behavior, long description,"
    " full description, problem description, weakness, note, notes, rationale, reason, reasoning,"
    " risk description, missing, befund, beschreibung, feststellung, mangel, schwachstelle, fehler,"
    " problème,"
    " probleme, constat, description du problème, descripción, descripcion, hallazgo,"
    " problema,"
    " descrição, achado, descrizione, 问题, 问题描述, 描述, 说明, 詳細, 問題, 問題点, 内容, 발견,"
    " 문제,"
    " fund, beobachtung, observasjon, beskrivelse, observación, observacion,"
    " état actuel, current,"
    " estado actual, current state, current situation, situation, 现状, 現状,"
    " problema actual,"
    " текущее состояние, описание проблемы, проблемы, problembeskrivelse,"
    " popis, problém, zistenie, nález, sorun, açıklama, bulgu, wpływ na, znalezisko,"
    " leírás,"
    " probléma, descriere, ongelma, kuvaus, vấn đề, mô tả, المشكلة, الوصف,"
    " 설명, проблема, описание, bevinding, beschrijving",
    "severity": "severity, level, risk level, severity level, criticality, impact level, risk"
    " rating,"
    " risk, rating, priority, prio, importance, urgency, grade, sev, threat level, severity rating,"
    " cvss severity, schweregrad, schwere, priorität, prioritaet, stufe,"
    " kritikalität, risiko,"
    " alvorlighetsgrad, alvorlighed, riesgo, risque, risco, rischio,"
    " einstufung, dringlichkeit, gravité, gravite, sévérité, criticité, priorité,"
    " niveau,"
    " severidad,"
    " gravedad, prioridad, criticidad, severidade, gravidade, prioridade, gravità,"
    " priorità,"
    " livello,"
    " 严重程度, 严重性, 严重度, 级别, 等级, 优先级, 风险等级, 风险级别, 危险等级, 重要度,"
    " 深刻度, 優先度,"
    " 심각도,"
    " 우선순위, серьезность, серьёзность, критичность, приоритет, ernst, prioriteit,"
    " allvarlighetsgrad, závažnosť, závažnost, priorita, ważność, priorytet, önem,"
    " önem derecesi,"
    " öncelik, критичність, súlyosság, prioritás, severitate, vakavuus, mức độ,"
    " الخطورة, الأولوية",
    "rule": "rule, rule id, ruleid, check, check id, rule name, check name, linter, bug pattern,"
    " regel id",
    "category": "category, dimension, type, lens, area, domain, class, kind, theme,"
    " issue type, bug type, finding type, group, aspect, module, perspective, agent,"
    " reviewer, source, discipline, pillar, concern area, topic area, tag, tags, labels, section,"
    " vulnerability type, bug class, pattern, bereich, kategorie, art, typ, thema,"
    " catégorie,"
    " categorie, domaine, categoría, categoria, área, tipo, 类别, 类型, 分类, 维度, 領域, カテゴリ,"
    " 分類, 種別, 카테고리, 분류, категория, тип",
    "file": "file, path, filename, file name, file path, filepath, location, locations, where,"
    " files,"
    " affected files, affected file, paths, place, places, source file, uri, url path, file"
    " location,"
    " code location, source location, affected code, target, targets, affected, affected paths,"
    " in file, artifact, artefact, site, sites, anchor, position, occurrences, instances, datei,"
    " dateien, fundort, fundstelle, ort, stelle, pfad, betroffene datei, betroffene dateien,"
    " sted, plassering, betroffene stellen, fundstellen, archivo afectado, archivos afectados,"
    " fichiers concernés, fichier concerné, связанные файлы, файлы, место,"
    " где, где именно, 涉及文件, 相关文件,"
    " 影响文件, 问题位置, 所在文件, 該当箇所, 該当ファイル, 箇所,"
    " 관련 파일, 관련 파일 목록, 相关文件列表, 関連ファイル,"
    " related files, files affected, affected components,"
    " fichier,"
    " fichiers, emplacement, chemin, archivo, archivos, fichero, ubicación,"
    " ubicacion, ruta,"
    " arquivo,"
    " arquivos, local, localização, posizione, percorso, 文件, 位置, 路径, 文件位置, 文件路径,"
    " 代码位置,"
    " 檔案, ファイル, 場所, 対象, 対象ファイル, 파일, 위치, файл, расположение,"
    " súbor, súbory, soubor, soubory, umiestnenie, umístění, plik,"
    " pliki, lokalizacja, dosya, konum, fájl, fișier, tiedosto, tệp, vị trí,"
    " الملف, الموقع,"
    " bestand, fil, files to modify, files to change, files to update, files to edit, files to fix,"
    " files involved, files touched, directory, folder, ordner, verzeichnis, dossier, répertoire,"
    " carpeta, directorio, pasta, diretório, adresár, adresář, katalog, 目录, ディレクトリ",
    "line": "line, lines, line number, line numbers, line no, lineno, line start, start line,"
    " startline,"
    " from line, first line, line range, range, span, begin line, line begin, row, linenumber, loc,"
    " region, line numbers range, start, begin, from, at line, code lines, zeile, zeilen,"
    " zeilennummer, ligne, lignes, línea, linea, líneas, lineas, linha, linhas, riga,"
    " 行, 行号,"
    " 行数,"
    " 代码行, 행, 줄, строка, строки, regel, rad, riadok, riadky, řádek, řádky, wiersz,"
    " satır, рядок,"
    " sor, rivi, dòng,"
    " السطر",
    "end_line": "line end, end line, endline, to line, last line, until line, end, stop, to,"
    " line to, endline number, end line number",
    "function": "function, symbol, method, component, function name, method name, symbol name,"
    " class"
    " name, handler, route, endpoint, func, unit, subject symbol, code element, identifier name,"
    " entity, member, funktion, methode, klasse, fonction, méthode, función, método,"
    " funzione,"
    " metodo,"
    " 函数, 方法, 関数, 함수",
    "evidence": "evidence, error details, error reportado, erro reportado, erreur signalée,"
    " fehlermeldung, stack trace, implementation review, code, snippet, quote,"
    " proof, code snippet, quoted code, excerpt, sample,"
    " vulnerable code, current code, offending code, problematic code, example, source, context,"
    " code example, code excerpt, verbatim, before, existing code, bad code, poc, proof of concept,"
    " code context, evidence code, nachweis, beleg, code stelle, codeausschnitt, auszug, preuve,"
    " extrait, code actuel, evidencia, prueba, código, codigo, fragmento, evidência,"
    " trecho, prova,"
    " antes, avant, vorher, før, до, 修改前, 修复前, 修正前, 当前代码, 问题代码, 現在のコード,"
    " 問題のコード, exemple actuel, ejemplo, código actual,"
    " frammento, 证据, 代码, 代码片段, 問題代碼, 根拠, 証拠, コード, 증거, 코드, доказательство,"
    " код",
    "impact": "impact, consequence, consequences, why, exploit, why it matters, why important,"
    " effect,"
    " effects, business impact, user impact, attack scenario, exploit scenario, exploitation,"
    " attack,"
    " scenario, failure scenario, harm, damage, cost, result, potential impact, security impact,"
    " threat, so what, attack vector, blast radius, risk explanation, implications, implication,"
    " what could go wrong, auswirkung, auswirkungen, folge, folgen, wirkung, schaden,"
    " begründung,"
    " conséquence, conséquences, incidence, impacto, consecuencia, consecuencias,"
    " consequência,"
    " efecto, impatto, conseguenza, 影响, 影响范围,"
    " 后果, 危害, 风险, 影響, 影響範囲, 영향, последствия,"
    " влияние, сценарий, сценарий атаки, риск,"
    " symptom, symptoms, symptome, konsekvenser, symptômes, síntoma, síntomas,"
    " gevolg, konsekvens, dopad, dôsledok, důsledek, wpływ, skutek, etki, вплив,"
    " hatás, vaikutus,"
    " risco, tác động, ảnh hưởng, الأثر, التأثير",
    "fix": "fix, fixes, recommendation, remediation, suggestion, suggestions, solution, action,"
    " recommended fix,"
    " fix direction, suggested fix, fix sketch, proposed fix, recommendations, recommended action,"
    " how to fix, suggested change, resolution, mitigation, remedy, correction, proposal, next"
    " step,"
    " options, fix options, optionen, handlungsoptionen, opciones, opções, 可选方案, 选项方案,"
    " fix required, fix needed, action required, action needed, change required, change needed,"
    " suggested action, required fix, required action, advice, patch, fix suggestion, recommended"
    " change, improvement, suggested code, fixed code, corrected code, after, good code, to do,"
    " todo,"
    " what to do, expected, expected behavior, should be, proposed change, proposed solution,"
    " mitigations, cure, countermeasure, behebung, empfehlung, maßnahme, massnahme,"
    " maßnahmen,"
    " lösung, loesung, korrektur, vorschlag, abhilfe, empfohlene maßnahme,"
    " recommandation, changes made, changes applied, changes, what changed, what was done,"
    " vorgenommene änderungen, änderungen, changements apportés, corrections apportées,"
    " correctif appliqué, cambios realizados, solución aplicada, alterações realizadas,"
    " correção aplicada, modifiche apportate, 修改内容, 変更内容, 변경 내용, что сделано,"
    " correctif,"
    " mitigación, mitigacion, mitigação, mitigacao, mitigazione, atténuation,"
    " minderung,"
    " reparatur, refactor, refactoring, solution implemented, implementation,"
    " løsning, tiltak,"
    " sugestão, sugestões, sugerencias, suggerimento, suggerimenti, vorschläge,"
    " forslag, anbefaling, lösning, förslag, план устранения, решения, рекомендации,"
    " исправления,"
    " mejora, mejoras, implementación, sugerencia, solución propuesta,"
    " solución implementada,"
    " correctif proposé, action corrective, après, después, depois, nachher, etter,"
    " после,"
    " 修改后, 修复后, 修正後, 改善後, 改进, 优化建议, 改善提案, 対応, 対応案, 対応方法, 修正提案,"
    " 建议修复, 修复方向, 改进方向, 优化方向, 修改方向, 改善方向, 改善策, 해결방안,"
    " empfehlungen, lösungsvorschlag, umsetzung, solution proposée, how,"
    " 修复闭环, 修复措施, 整改措施, 处置措施, 处理措施, 解决措施, 推荐方案,"
    " 修改建议, 改进方案, 整改方案, 修改方案, 优化方案, 处理方案, 修复方式, 修复思路, 解决思路,"
    " 应对措施, 建議處理方式, 建議, 處理方式, 修改方式, akcja, działanie, zalecane działanie,"
    " handlungsempfehlung, behebungsvorschlag, fix applied, applied fix, remediation steps,"
    " actions requises, action requise, acciones requeridas, ações necessárias, azioni richieste,"
    " erforderliche maßnahmen, fix steps, åtgärdsförslag, ação recomendada, acción recomendada,"
    " action recommandée,"
    " azione consigliata, 是正案, 対処, 対処法, 조치, 조치 방안, actie, eylem, toimenpide,"
    " correction proposée, solution proposée, remède, recomendación, recomendacion,"
    " solución,"
    " solucion, corrección, arreglo, acción, recomendação, solução, correção, ação,"
    " raccomandazione,"
    " soluzione, correzione, 修复, 修复建议, 建议, 解决方案, 修复方案, 改进建议, 整改建议,"
    " 处理建议,"
    " 修復建議, 対策, 修正, 修正案, 修正方法, 推奨, 推奨対応, 改善案, 해결, 해결책, 수정, 권고,"
    " 개선,"
    " исправление, рекомендация, решение, что нужно,"
    " что сделать, как исправить, предложение, aanbeveling, oplossing, åtgärd,"
    " rekommendation,"
    " doporučení, odporúčanie, návrh, riešenie, řešení, oprava, náprava, zalecenie,"
    " rekomendacja,"
    " rozwiązanie, poprawka, naprawa, öneri, çözüm, düzeltme, рекомендація, рішення,"
    " javaslat,"
    " megoldás, recomandare, soluție, suositus, korjaus, giải pháp, khuyến nghị,"
    " الحل, التوصية",
    "effort": "effort, complexity, estimate, hours, estimated effort, effort estimate, fix"
    " effort, time, timeline, fix timeline, time frame,"
    " estimated hours, effort hours, estimated time, time to fix, size, t shirt size, story points,"
    " points, days, minutes, fix complexity, cost to fix, work, duration, eta, fix time, loe,"
    " remediation effort, aufwand, aufwandsschätzung, schätzung, dauer, umfang,"
    " charge, temps,"
    " durée,"
    " esfuerzo, tiempo, horas, estimación, esforço, tempo, sforzo, stima, 工作量, 工时, 耗时,"
    " 预估工时,"
    " 预计时间, 工数, 見積, 작업량, 공수, трудозатраты, оценка, оценка сложности,"
    " сложность, innsats, difficulté, dificultad, 難易度, 复杂度, 难度, inspanning, insats",
    "status": "status, state, resolution status, fix status, disposition, verdict, triage,"
    " resolved,"
    " fixed, open, closed, done, outcome, is fixed, is resolved, is false positive, false positive,"
    " zustand, stand, bearbeitungsstand, état, etat, statut, estado, situação, stato,"
    " 状态, 状況, ステータス,"
    " 対応状況, 상태, статус, состояние",
    "repro": "trigger, trigger condition, precondition, preconditions, auslöser,"
    " déclencheur, desencadenante, repro, reproduction, steps to reproduce,"
    " how to reproduce,"
    " reproduce, repro steps,"
    " steps,"
    " reproduktion, reproduction steps, 复现, 复现步骤, 再現手順",
    "docs": "docs path, docspath",
    "reference": "references, reference, cwe, owasp, cvss, cve, links, link, url, see also, more"
    " info,"
    " help, help uri, cwe id, cvss score, cvss vector, related, refs, sources, documentation, docs,"
    " standard, standards, wcag, ghsa, advisory, referenzen, références, referencias,"
    " 参考,"
    " 参考资料, ссылки, referenser, referanser, lenker, enlaces, liens",
    "confidence": "confidence, likelihood, probability, certainty, exploitability, verified,"
    " validated,"
    " confidence score, false positive risk, vertrauen, wahrscheinlichkeit, confiance, confianza,"
    " probabilidad, probabilidade, probabilité, probabilità,"
    " eintrittswahrscheinlichkeit,"
    " 置信度, 可能性",
    "aside": "mitigating controls, mitigating factors, existing mitigations, existing controls,"
    " compensating controls, vorhandene maßnahmen, controles existentes, 现有控制,"
    " 剩余边界, 残留风险, 剩余风险,"
    " дата добавления, спринт, fecha, fecha de corrección, datum,"
    " date, created, created at, updated, updated at, assignee, owner, author, found by,"
    " discovered by, reported by, version, fingerprint, hash, language, column, col, start column,"
    " end column, phase, sprint, milestone, pr, commit, fixed in, fix commit, test, tests, test"
    " plan,"
    " resolved by, fixed by, closed by, resolved in, resolving commit, behoben in, corrigé par,"
    " verification, acceptance criteria, depends on, dependencies, blocked by, order, rank, score,"
    " effort score, breaking change, breaking, regression, verantwortlich,"
    " responsable, 负责人,"
    " 担当",
}
FIELDS = tuple(_NAMES)
_EXACT: dict[str, tuple[str, int]] = {}
for _field, _names in _NAMES.items():
    for _rank, _name in enumerate(part.strip() for part in _names.split(",")):
        _EXACT.setdefault(_name, (_field, min(_rank, 60)))
for _name in (
    *("expected", "expected behavior", "should be", "note", "notes", "remark", "remarks"),
    *("comment", "how", "implementation", "missing"),
):
    if _name in _EXACT:
        # what could be meant, where no other key of the finding says it
        _EXACT[_name] = (_EXACT[_name][0], 260)
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(rf"(?:{words})"))
    for field, words in (
        ("reference", r"cvss(?: \d)*(?: (?:base )?(?:score|vector))?"),
        ("aside", r".*\b(?:count|total|column|col|date|author|owner|test|tests|testing)"),
        ("aside", r"(?:.*\b)?(?:tests?|testing|validation|verification)\b.*\b(?:needed|required"
                  r"|needs|plan|steps|criteria|cases|strategy)"),
        ("line", r".*\b(?:lines?|lineno|zeilen?)(?: numbers?| range| start| from| no)?"),
        ("end_line", r".*\bline(?: number)? ?end|end .*line"),
        ("status", r".*\b(?:status|disposition|state)"),
        ("effort", r".*\b(?:effort|hours?|estimate|aufwand|minutes|days|points|time)(?: .*)?"),
        ("confidence", r".*\b(?:confidence|likelihood|probability|certainty)"),
        ("severity", r".*\b(?:severity|criticality|priority|risk level|rating)"),
        ("fix", r".*\b(?:fix|fixes|recommend\w*|remed\w*|suggest\w*|solution|mitigat\w*|correct\w*"
                r"|improve\w*|propos\w*|empfehlung|lösung|maßnahmen?|behebung|patch)(?: .*)?"
                r"|(?:soluci[oó]n|solução|soluzione|correcci[oó]n|correção|correzione|correction"
                r"|recomendaci[oó]n|recomendação|raccomandazione|recommandation|lösung|behebung"
                r"|решение|исправление|рекомендация)(?: [\w-]+){1,2}"),
        ("impact", r".*\b(?:impact|consequences?|exploit\w*|attack\w*|harm|matters|auswirkung\w*)"
                   r"(?: .*)?"),
        ("evidence", r".*\b(?:evidence|snippet|excerpt|quote|proof|code)"),
        ("function", r".*\b(?:function|method|symbol|handler|endpoint|component)(?: names?)?"),
        ("file", r".*\b(?:files?|paths?|locations?|filename|dateien?|fichiers?|where)"
                 r"|(?:archivos?|arquivos?|fichiers?|ficheros?|datei(?:en)?|soubory?|súbory?|pliki?)"
                 r"(?: \w+)?"),
        ("title", r".*\b(?:title|headline|summary|heading)"),
        ("category", r".*\b(?:category|categories|type|dimension|area|domain|class|rule)"),
        ("id", r".*\b(?:id|number|nr)"),
        ("problem", r".*\b(?:problem|description|details?|issue|message|observation|cause"
                    r"|explanation|behaviou?r|reason|analysis|beschreibung)(?: .*)?"),
    )
)  # fmt: skip
_QUALIFIED = re.compile(
    r"\A(?:potential|possible|suggested|proposed|recommended|required|minimal|immediate|short term"
    r"|long term|quick|preferred|simplest|mögliche[rs]?|vorgeschlagene[rs]?|possible|proposée?"
    r"|posible|propuesta|possível|proposta)\s(?=\S)"
)
"""A word before the name of a field that leaves it the same: ``possible solution``."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Named:
    """The field that a key's name means, and how sure that is: the lower the rank, the surer."""

    field: str
    rank: int


@lru_cache(maxsize=4096)
def plain_key(key: str) -> str:
    """Return ``key`` as lower-case words: ``recommendedFix`` is ``recommended fix``."""
    whole = re.sub(r"\((?:s|es|en|n|e)\)", "s", key.strip().strip("*`:：? "))
    spaced = _CAMEL.sub(" ", re.sub(r"[_./-]+", " ", _SIGN_FIRST.sub("", whole)))
    return " ".join(re.sub(r"['’\"()\[\]*`:：?!]+", " ", spaced).lower().split())


_SIGN_FIRST = re.compile(r"\A[\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ufe0f\s]+(?=\w)")
"""Signs before the name of a field: ``✅ Fix``."""


@lru_cache(maxsize=4096)
def named(key: str) -> Named | None:
    """Return the field that the name ``key`` means, or None when it says nothing to us."""
    plain = plain_key(key)
    if plain in _EXACT:
        return Named(*_EXACT[plain])
    if not plain or len(plain) > 60:
        return None
    single = plain.removesuffix("s")
    if single in _EXACT:
        return Named(*_EXACT[single])
    bare = re.sub(r"\s*[(（\[].*|\s+[—–-]\s.*", "", key.strip(), flags=re.DOTALL)
    if (plain := plain_key(bare)) in _EXACT:
        return Named(_EXACT[plain][0], _EXACT[plain][1] + 30)
    plain = plain_key(key)
    if (core := _QUALIFIED.sub("", plain)) in _EXACT and core != plain:
        return Named(_EXACT[core][0], min(_EXACT[core][1], 60) + 20)
    parts = [
        part.strip()
        for part in re.split(r"\s*(?:/|,|:|&|\band\b|\bund\b|\bor\b|\+)\s*", key)
        if part
    ]
    if len(parts) > 1:
        names = [name for part in parts if (name := _EXACT.get(plain_key(part))) is not None]
        if names:
            return Named(names[0][0], names[0][1] + 100)
    for field, pattern in _HEADS:
        if pattern.fullmatch(plain):
            return Named(field, 200)
    return None


def is_named(key: str) -> bool:
    """Tell whether ``key`` is the very name of a field, and no words that only hold one."""
    return plain_key(key) in _EXACT


def is_cause(key: str) -> bool:
    """Tell whether ``key`` names what a fault comes from: ``likelyRootCause``."""
    return _CAUSES.fullmatch(plain_key(key)) is not None


_CAUSES = re.compile(
    r"(?:.*\b)?(?:causes?|ursachen?|causas?|причин[аы]|原因|根因|根本原因|원인)", re.I
)
