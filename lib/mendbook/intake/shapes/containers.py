"""What the names of lists and headings say of what stands below them."""

from __future__ import annotations

import re

from mendbook.intake.dimensions import names_dimension
from mendbook.intake.shapes.keys import plain_key
from mendbook.intake.shapes.looks import is_id, is_path
from mendbook.intake.shapes.severities import read_severity

_FINDINGS = re.compile(
    r"\b(?:findings?|issues?|results?|vulnerabilit(?:y|ies)|bugs?|problems?|comments?|defects?"
    r"|violations?"
    r"|gaps?|risks?|observations?|weakness(?:es)?|flaws?|concerns?|errors?|warnings?|alerts?"
    r"|notes|smells?|known limitations?|bekannte einschränkungen|limitaciones conocidas"
    r"|limitações conhecidas|limitations connues"
    r"|confirmed|items|reviews?|suggestions|hits|entries|records|matches|diagnostics|annotations"
    r"|threats|bottlenecks?|pain points|(?:red|quality|code|warning) flags"
    r"|befunde?|feststellungen?|mängel|probleme|schwachstellen|fehler|problèmes|constats|hallazgos"
    r"|problemas|achados|questions|problemes|improvements?|opportunit(?:y|ies)|mejoras|améliorations"
    r"|points? (?:d attention|of attention|to watch|de vigilance|faibles?|négatifs?|bloquants?"
    r"|critiques?|problématiques?|à \w+)|blockers?|blocking points"
    r"|puntos? (?:de atención|débiles|críticos|bloqueantes|a mejorar)"
    r"|pontos? (?:de atenção|fracos|críticos|a melhorar)"
    r"|punti (?:di attenzione|deboli|critici)|kritikpunkte|problemstellen|weak points"
    r"|areas? (?:for improvement|to improve)"
    r"|what (?:is |s )?(?:still )?missing|fehlendes|was (?:noch )?fehlt|ce qui manque"
    r"|(?:lo|o) que falta"
    r"|schwachpunkte|verbesserungspoten[zt]ial\w*|verbesserungen|funn|feil|svakheter|проблем\w*|долг\w*|замечани\w*|недостатк\w*|уязвимост\w*"
    r"|\w*不備\w*|\w*エラー\w*|\w*改善\w*|\w*バグ\w*|\w*隐患\w*|\w*缺失\w*|\w*不足\w*|优化\w*|改进\w*|问题\w*|发现\w*|缺陷\w*|漏洞\w*|指摘\w*|問題\w*"
    r"|문제\w*|개선\w*|약점\w*|취약\w*|결함\w*|발견\w*|이슈\w*)\b"
)
_STRUCTURE = re.compile(
    r"\b(?:by|per|grouped|group|groups|sections?|data|report|reports|audit|audits|all|list|lists"
    r"|output|summary|details?"
    r"|content|documents?|meta|files?|severit(?:y|ies)|categor(?:y|ies)|dimensions?|domains?"
    r"|agents?|phases?"
    r"|areas?|modules?|passes?|rounds?|batch(?:es)?|the|main|key|top|new|open|code"
    r"|security review|level|levels|scan"
    r"|analysis|full|final|merged|raw|total|detailed|active|confirmed|verified|found|known"
    r"|remaining)\b"
)
_NOT_FINDINGS = re.compile(
    r"(?:the |our |\d+ )*(?:"
    r"praise|kudos|strengths?(?: .*)?|positives?|(?:key )?positive \w+(?: .*)?|highlights|good"
    r"|good (?:practices?|things|points|parts|news|patterns)(?: .*)?|best practices(?: \w+)?"
    r"|(?:what|things|areas|parts)(?: \w+){0,4} (?:well|right|good|works?|fine|sound|ok"
    r"|clean)(?: .*)?"
    r"|(?:done|works|working|went|handled) (?:well|right|correctly)(?: .*)?|well \w+(?: \w+)?"
    r"|(?:[\w-]+ ){0,6}false (?:positives?|alarms?)(?: [\w-]+){0,5}"
    r"|.*\bfound (?:to be )?(?:sound|safe|clean|ok|fine|good)\b.*"
    r"|(?:refuted|rejected|dismissed|disproved|withdrawn|retracted|discarded|ruled out)(?: \w+)?"
    r"|(?:considered|checked|looked at|reviewed) (?:and|but) .*|non issues?|no longer .*"
    r"|(?:what )?(?:i |we )?(?:could not|did not|couldn t|didn t|not) (?:be )?(?:verif\w+|check\w*"
    r"|test\w*|cover\w*|review\w*|examin\w*|audit\w*)(?: .*)?"
    r"|none(?: found)?|no problem|nothing found|what i checked .*"
    r"|how to (?:use|read|maintain|update|add|contribute)\b.*|cómo (?:usar|leer|añadir|agregar)\b.*"
    r"|como (?:usar|ler|adicionar)\b.*|comment (?:utiliser|lire|ajouter)\b.*"
    r"|如何(?:使用|阅读|添加).*"
    r"|(?:what )?(?:was |is )?not an issue"
    r"|bra|styrker|сильные стороны|что сделано хорошо|buenas prácticas.*|bonnes pratiques.*"
    r"|boas práticas.*|best practices(?: .*)?"
    r"|no (?:\w+ )?(?:issues?|findings?|problems?|bugs?|vulnerabilit(?:y|ies)|concerns?"
    r"|action)(?: .*)?"
    r"|no (?:[\w-]+ ){0,3}(?:issues?|findings?|problems?|bugs?|defects?|vulnerabilit(?:y|ies)"
    r"|blockers?|regressions?|concerns?|violations?|flaws?|leaks?|gaps?) (?:were |was )?(?:found"
    r"|detected|identified|discovered|observed|seen|known|remain(?:ing)?|left)(?: .*)?"
    r"|no (?:remaining|outstanding|further|open) (?:\w+ ){0,3}(?:issues?|findings?|problems?|bugs?"
    r"|defects?|concerns?|fixes)(?: .*)?"
    r"|not (?:an? )?(?:issues?|bugs?|problems?|findings?|vulnerabilit(?:y|ies))(?: .*)?"
    r"|(?:verified|confirmed|checked)(?: as)? (?:ok|safe|correct|clean|sound|fine|good"
    r"|secure)(?: .*)?"
    r"|clean(?: \w+)?|passed(?: \w+)?|passing(?: \w+)?|compliant(?: \w+)?|ok|safe|secure (?:areas"
    r"|parts)"
    r"|(?:[\w-]+ ){0,4}(?:is|are|looks?|seems?) (?:very |quite |already )?(?:solid|sound|clean|good"
    r"|great|fine|ok|correct|consistent|excellent|secure|robust|strong|applied|enforced|in place)"
    r"|already (?:good|fine|correct|handled|safe|secure)(?: .*)?|looks good|nothing (?:found"
    r"|to do|serious.*)"
    r"|stärken|positiv\w*(?: \w+)?|(?:was )?gut gelöst.*|fehlalarme?|keine (?:befunde|probleme).*"
    r"|keine (?:neuen |weiteren |offenen |kritischen )*(?:findings|befunde|mängel|fehler|issues)"
    r"(?: gefunden)?|aucun (?:nouveau |autre )?(?:constat|problème|défaut)"
    r"|sin (?:nuevos |otros )?(?:hallazgos|problemas)|nessun (?:nuovo |altro )?(?:problema|rilievo)"
    r"|nenhum (?:novo |outro )?(?:achado|problema)|žádné (?:nové )?(?:nálezy|problémy)"
    r"|yeni bulgu yok|co (?:už )?funguje .*|(?:i̇yi|iyi) (?:yapılmış )?(?:yönler|uygulamalar).*"
    r"|güçlü yönler|mocne strony|silné stránky"
    r"|unauffällig\w*|(?:alles )?in ordnung|points? (?:forts?|positifs?)|faux positifs?|fortalezas"
    r"|puntos? fuertes?|falsos positivos|aspectos positivos|pontos fortes|punti di forza)"
    r"|.*(?:优点|亮点|做得好|良好|误报|誤報|无问题|無問題|没有问题|良い点|問題なし|長所|오탐"
    r"|장점).*"
)
_PLANS = re.compile(
    r"\b(?:road ?map|next steps?|action (?:plan|items?)|actions|plan|recommendations?"
    r"|recommended \w+|(?:required|suggested|proposed|necessary) (?:fixes|changes|controls)|todos?"
    r"|to dos?"
    r"|quick wins?|milestones?|phases?|sprints?|timeline|schedule|backlog|checklist|priorit(?:y"
    r"|ies|ized|ised) (?!\d)\w+"
    r"|test(?:s| plan| cases)?|steps|tasks|pull requests|prs|follow ups?|order of \w+"
    r"|remediation \w+|fix order"
    r"|methodology|methods?|scope|glossary|appendix|references?|references|metadata|legend"
    r"|statistics|stats|metrics|scores?|scoring|scorecard"
    r"|files? (?:reviewed|read|covered|analy[sz]ed)|reviewed files|coverage|tools|limitations"
    r"|owasp top(?: \d+)*|compliance|\w+ affected|affected \w+|measured \w+|timings|measurements"
    r"|severity (?:levels?|scale|guide|criteria|definitions?)|definitionen"
    r"|referenzen|referencias|références|betroffene \w+"
    r"|(?:fix|change|remediation|repair|implementation) (?:log|record|history|order|sequence)"
    r"|(?:[\w-]+ )*estimat(?:es?|ions?)|aufwandsschätzung\w*|estimaci[oó]n\w* de \w+"
    r"|estimation de \w+|fixes applied|\w+ recommended|files to (?:delete|remove|create)"
    r"|(?:risk|impact) assessment|comparison (?:with|to) \w+"
    r"|vergleich (?:mit|zum|zur) \w+|future (?:work|improvements|enhancements|considerations)"
    r"|(?:implemented|completed|applied|delivered) (?:improvements|changes|features|enhancements)"
    r"|what (?:you|we) (?:must|should|need to) do(?: now| next)?"
    r"|(?:mejoras|melhorias) (?:implementadas|aplicadas)|améliorations (?:apportées|réalisées)"
    r"|(?:immediate |critical |urgent )?actions? (?:needed|required|to take)|immediate actions?"
    r"|acciones (?:necesarias|requeridas|inmediatas)|ações (?:necessárias|imediatas)"
    r"|actions (?:requises|immédiates)|erforderliche \w+|sofortmaßnahmen"
    r"|changes (?:made|applied)|what (?:was|has been|we) (?:done|did|applied|changed|fixed)"
    r"|ce qui a été \w+|was \w+ wurde|lo que se (?:hizo|aplicó|corrigió)|o que foi \w+"
    r"|umgesetzte \w+|correctifs appliqués|cambios aplicados"
    r"|commands? (?:executed|run|used|issued|for|to)\b.*|comandos? para \w+"
    r"|commandes? (?:pour|de) \w+|befehle (?:zur|zum|für) \w+|prioriza(?:ción|ção) d\w+ \w+"
    r"|priorisation d\w+ \w+|priorisierung|(?:[\w-]+ )?addendum|errata"
    r"|assumptions|changelog|history|contents|table of contents"
    r"|maßnahmenplan|nächste schritte|empfehlungen|fahrplan|umfang|methodik|vorgehen|anhang"
    r"|statistik"
    r"|(?:apply|application|execution|landing|work|suggested|recommended) order"
    r"|[\w-]*reihenfolge|prioritäten|fahrpläne|recommandations \w+|acciones|plan de \w+|план \w*"
    r"|следующие шаги|рекомендации|anbefalinger|neste steg|checkliste|liste de contrôle"
    r"|lista de verificación|fragen|preguntas|grading \w+|rubric"
    r"|\w+ recomendad[ao]s?|\w+ recommandée?s?|empfohlene \w+|\w+ raccomandat[aeio]"
    r"|\w+ consigliat[aeio]"
    r"|prochaines étapes|plan d action|recommandations|próximos pasos|recomendaciones"
    r"|plan de acción|próximos passos|principles|guidelines|lessons learned|theses|thesen"
    r"|grundsätze|leitsätze|leitlinien|prinzipien|principios|lecciones aprendidas|principes"
    r"|принципы|метрики|metriken|métricas|métriques)\b"
    r"|\b(?:akční plán\w*|plán \w+|odhad \w+|(?:příští|další|ďalšie) kroky|checklisty?|harmonogram"
    r"|fáze|fáza|etapy|plan działa\w+|następne kroki|harmonogram|(?:\w+ )?(?:aksiyon|eylem) planı"
    r"|yol haritası|sonraki adımlar|takvim|actieplan|volgende stappen|stappenplan|åtgärdsplan"
    r"|handlingsplan|nästa steg|næste skridt|план дій|наступні кроки|kế hoạch \w+|rencana \w+)\b"
    r"|对比\Z|路线图|下一步|行动计划|修复计划|建议汇总|总结|附录|方法|范围|统计|ロードマップ"
    r"|제안\Z|(?:권장|권고|추천)(?: \w+)? ?(?:사항|조치)|(?:最终|总体|综合|后续)建议"
    r"|次のステップ|まとめ|다음 단계|最佳实践|测试结果|功能测试|(?<!详细)清单"
    r"|(?:建议|推荐|修复|实施|改进|处理|整改)(?:的)?(?:优先级|顺序|批次|步骤|排期|记录|日志)"
    r"|(?:变更|更新)(?:记录|日志)"
    r"|修复(?:完成)?(?:情况|统计|状态)|完成情况|优先级(?:建议|排序)"
    r"|(?:改进|优化|实施|整改)方案\Z|\A(?:修复|改进|优化|整改|改善)?建议(?:清单)?\Z"
    r"|修正(?:履歴|順序)|수정 ?(?:기록|이력|순서)"
    r"|测试(?:建议|计划|方案|用例)|(?:单元|集成|硬件|回归|性能|压力)测试\Z"
    r"|優先度サマリー|优先级汇总|修复优先级|程度定义|级别定义|团队建议|工具推荐|推荐工具|报告索引|索引\Z|方法论"
)
_WHOLE = {
    *(
        "metrics",
        "scores",
        "score",
        "coverage",
        "tools",
        "scope",
        "tests",
        "steps",
        "history",
        "plan",
    ),
    *("actions", "phases", "methods", "method", "references", "contents", "stats", "tasks", "test"),
    *("schedule", "limitations", "assumptions", "statistics", "phase", "sprint"),
}
"""Names of plans that are words of findings as well, unless they stand almost alone."""
WEAK = "category by key"
"""A category told by nothing but the key around findings: it counts where there are several."""


_HAN_SEVERITY = re.compile(
    r"(?:[一二三四五六七八九十]+)?(?P<grade>[\u4e00-\u9fff]{1,3}?)(?:优先级|優先度|级别|级|危险|危|风险|风险级)?(?:的)?"
    r"(?:问题|漏洞|缺陷|错误|风险|指摘|問題|不具合|(?:优化|改进|改善)?(?:建议|改进|优化|项))?"
)


def holds_findings(name: str) -> bool:
    """Tell whether a list or heading called ``name`` says that findings stand below it."""
    plain = plain_key(name)
    if _EXPLAINS.match(plain):
        return False
    return _FINDINGS.search(_OF_A_KIND.sub(" ", plain)) is not None


_EXPLAINS = re.compile(
    r"(?:how|why|when|where|wie|warum|wann|comment|pourquoi|cómo|por qué|como|perché|как|почему)\s"
    r"(?!it breaks|it fails)|为什么|为何|如何|怎么|なぜ|왜"
)
"""The beginning of a headline that explains: ``How we detect issues`` lists none."""


_OF_A_KIND = re.compile(
    r"\berror (?:events?|boundar\w+|handling|handlers?|codes?|messages?|recovery|reporting"
    r"|types?)\b"
    r"|\b(?:warning|risk|issue|alert) (?:events?|messages?|tracking|tracker|templates?|management"
    r"|manager|codes?|model)\b"
)
"""Parts of a program that are named for errors, and are none themselves."""


def holds_no_findings(name: str) -> bool:
    """Tell whether ``name`` says praise, false alarms, or that nothing was found."""
    return any(
        _NOT_FINDINGS.fullmatch(plain_key(said)) is not None
        for said in (name, _KEPT.sub("", name.strip()))
    )


_KEPT = re.compile(
    r"(?<=\w),?\s(?:to (?:keep|preserve)|à (?:préserver|garder|conserver)"
    r"|da (?:mantenere|conservare)|(?:a|para) (?:mantener|preservar|conservar|manter)"
    r"|beizubehalten|beibehalten)\Z"
    r"|(?<=\w)\s*[(（](?:keep|kept|to keep|do not change|no action|beibehalten|bleibt|manter"
    r"|mantener|à garder|garder|conserver|mantenere|保持|保留)[)）]\Z",
    re.I,
)
"""What is to become of what is good, in brackets or behind a comma."""


def holds_plans(name: str) -> bool:
    """Tell whether ``name`` says what will be done or how the audit was made."""
    plain = plain_key(re.sub(r"\s\((?:[^()]|\([^()]*\))*\)", " ", name))
    if was_added(name):
        return True
    if is_path(name) or len(plain.split()) > 6:
        return False
    alone = len(re.sub(r"\b(?:short|mid|long|near) term\b", "now", plain).split()) <= 2
    edge = any(
        alone
        if match.group() in _WHOLE and not _PLAN_OF.match(plain, match.start())
        else match.start() < 12 or match.end() == len(plain)
        for match in _PLANS.finditer(plain)
    )
    return edge and not re.search(
        r"\b(?:findings?|issues?|bugs?|problems?|vulnerabilit(?:y|ies)|defects?)\b"
        r"|\b(?:known|current|bekannte|aktuelle) (?:limitations?|einschränkungen)\b"
        r"|\b(?:limitaciones|limitações|limitations) (?:conocidas|conhecidas|connues)\b"
        r"|\b(?:gaps|risks|weaknesses|concerns|flaws|bottlenecks|violations)\Z"
        r"|\b(?:principles|guidelines|conventions) (?:analysis|review|audit|check|compliance)\Z"
        r"|\b(?:warnings|risks|concerns|observations|weaknesses)\s(?:&|and|und|y|et)\s"
        r"|(?:问题|漏洞|缺陷|隐患|問題|指摘)(?:清单|列表|汇总|一覧|总览)"
        r"|(?:发现|遗留|剩余|残留|新增)的?(?:\w{0,3})(?:问题|漏洞|缺陷|隐患)",
        plain,
    )


def was_added(name: str) -> bool:
    """Tell whether ``name`` heads what was added to a document afterwards."""
    return _ADDED.match(plain_key(name)) is not None


_ADDED = re.compile(r"(?:addendum|errata|corrigendum|nachtrag|addenda|postscript|дополнение)\b")


_PLAN_OF = re.compile(r"plan (?:d|de|del|di|da|zur|für|of|for) \w+")
"""A plan and what it is one of, which is no plain word any more: ``plan de acción``."""


def holds_measures(name: str) -> bool:
    """Tell whether ``name`` says what was looked at, so that findings may stand below it."""
    return _MEASURES.search(plain_key(name)) is not None


_MEASURES = re.compile(r"\b(?:compliance|coverage|tests?|testing|methodology|methods?|metrics)\b")


def only_severity(name: str) -> bool:
    """Tell whether ``name`` is a severity and says no more: ``Critical and high issues``."""
    plain = re.sub(r"[^\w\s-]", " ", plain_key(re.sub(r"[（(][^()（）]*[)）]", " ", name)))
    if (han := _HAN_SEVERITY.fullmatch(re.sub(r"[\s\d.、]+", "", plain))) is not None:
        return read_severity(han["grade"]) is not None
    rest = _STRUCTURE.sub(" ", _FINDINGS.sub(" ", plain)) if " " in plain.strip() else plain
    rest = re.sub(
        r"\b(?:priority|prio|and|or|to|bis|und|et|y|severity|impact|risk|fix(?:es)?|should|must|recommendations?"
        r"|priorität|priorité|prioridade?|priorità|приоритет\w*|priorytet)\b",
        " ",
        rest,
    )
    words = [word for word in rest.split() if not word.isdigit()]
    graded = [read_severity(word) for word in words]
    return bool(words) and all(grade is not None and grade.exact for grade in graded)


_NO_GRADES = {"notes", "errors"}
"""Words of a scale that are names of lists as well."""


def told_by_key(key: str, single: bool) -> tuple[str, str] | None:
    """Return the field that a key around findings fills, and its value; None for a mere name.

    ``single`` says that one finding stands directly below it, so that the key may be its id.
    """
    plain = plain_key(key)
    grade = read_severity(plain.removesuffix("s")) or read_severity(plain)
    about = re.fullmatch(r"(?!severity|level|low)\w+ info(?:rmation)?", plain) is not None
    if grade is not None and len(plain.split()) <= 3 and not (about or plain in _NO_GRADES):
        return "severity", key
    if is_path(key) and ("/" in key or "." in key):
        return "file", key
    if single and not names_dimension(key) and not _FINDINGS.fullmatch(plain):
        return "id", key
    if is_id(key) and single:
        return "id", key
    rest = " ".join(_STRUCTURE.sub(" ", _FINDINGS.sub(" ", plain)).split())
    return (WEAK, rest) if rest and not rest.isdigit() else None
