"""Tell what a value is by its looks: a path, a line number, code, a sentence, an id."""

from __future__ import annotations

import re

_EXTENSIONS = (
    "[cm]?[jt]sx?|vue|svelte|astro|py|pyi|ipynb|rb|erb|php|java|kts?|kt|scala|groovy|gradle|go|rs|c|h"
    "|cc|cpp|hpp|cxx|cs|csproj|fs|vb|swift|m|mm|dart|ex|exs|erl|elm|clj|hs|lua|pl|pm|r|jl|sh|bash|zsh"
    "|ps1|bat|sql|prisma|graphql|gql|proto|ya?ml|json5?|jsonc|toml|ini|cfg|conf|env|properties|xml"
    "|html?|css|scss|sass|less|md|mdx|rst|txt|csv|tf|tfvars|hcl|lock|mod|sum|sol|zig|nim|nix|ejs|hbs"
    "|pug|twig|blade|jinja2?|j2|plist|storyboard|service|dockerfile|editorconfig|example|local|tpl"
)
_GLOB = r"(?:[\w@.~-]{1,100}/){1,20}(?:\*{1,2}/)*[\w.-]*\*[\w.*-]*"
_NAMES = r"(?:Dockerfile|Makefile|Jenkinsfile|Procfile|Gemfile|Rakefile|CODEOWNERS|LICENSE|README)"
_DOTTED = r"\.(?:env|gitignore|npmrc|dockerignore|eslintrc|htaccess)[\w.]*"
_FILE = (
    rf"(?:[\w@$+~.()\[\]-]{{1,100}}[/\\]){{0,30}}"
    rf"(?:[\w@$+~()\[\]-][\w@$+~.()\[\]-]{{0,150}}\.(?:{_EXTENSIONS})|{_DOTTED}|{_NAMES})(?![\w/\\-])"
)
PATH_IN_TEXT = re.compile(
    rf"(?<![\w/\\.@])(?:\.{{0,2}}/)?{_FILE}"
    r"(?:(?:#|:)[~≈]?L?\d+(?:\s?[-–]\s?L?\d+|:\d+)?(?:\s?,\s?L?\d+(?:\s?[-–]\s?L?\d+)?)*"
    r"|\(\d+(?:,\d+)?\))?",
    re.I,
)
"""A file, with lines where they stand beside it, inside a sentence."""
_GLOB_IN_TEXT = re.compile(rf"(?<![\w/\\.@*]){_GLOB}")
_LINES = re.compile(
    r"(?:[:#][~≈]?L?\d[\d\s,:L–~-]*(?:\([^)]*\))?|\(\d[\d,\s-]*\)|[\s,]+lines?\s[\d\s,–-]+"
    r"|\s*\([^()]*\))\Z",
    re.I,
)
_FOLDER = re.compile(r"\.?[\w@$~.-]+(?:[/\\][\w@$~.*()\[\]-]+)+[/\\]?\Z|\.?[\w@-]+/\Z")
_NAME = re.compile(rf"{_FILE}\Z", re.I)
_CODE_MARKS = re.compile(
    r"[{};]\s*(?:$|\n)|=>|\w\(.*\)\s*[;{.]?\s*$|^\s*(?:const|let|var|def|func|function|return|if"
    r"|for"
    r"|import|from|class|public|private|await|SELECT|@\w+)\b.*[(={;:]|[!=]==?|&&|\|\||\w+\.\w+\(",
    re.M,
)
_ID = re.compile(
    r"#?(?:[A-Za-z][A-Za-z0-9]*[-_./ ])*(?:[A-Za-z][A-Za-z0-9]*?)?\d+[A-Za-z]?(?:[-_.]\w+)*\Z"
    r"|[A-Z]{1,5}[-_][\w.-]+\Z"
)
_IMPERATIVE = re.compile(
    r"\W*(?:(?:\d+[.)]|step \d+:?|[-*])\s+)?(?:please\s+)?(?:adopt|centrali[sz]e"
    r"|precompile|fold|collapse|combine|decouple|delegate|deprecate|emit|establish|expand|fetch"
    r"|harden|investigate|isolate|modulari[sz]e|offload|optimi[sz]e|persist|preserve|propagate"
    r"|protect|reconcile|refresh|register|reorder|reorgani[sz]e|resolve|respect|restore"
    r"|restructure|rework|secure|suppress|trim|wire|add|align|allow|always|apply|assign"
    r"|await|avoid|batch|block"
    r"|bound|bump|cache|call|cap|change|check|clamp|clear|close|compare|compute|configure|consider"
    r"|consolidate|convert|copy|correct|create|debounce|declare|default|defer|define|delete|deny"
    r"|derive"
    r"|disable|do not|don['’]t|document|drop|either|enable|encrypt|enforce|ensure|escape|exclude"
    r"|expose"
    r"|extend|extract|fail|filter|fix|gate|generate|give|guard|handle|hash|hoist|implement|import"
    r"|include|increase|initiali[sz]e|inject|inline|insert|install|introduce|join|keep|leave|let"
    r"|limit|lock"
    r"|log|lower|mask|make|mark|memoi[sz]e|merge|migrate|move|narrow|never|normali[sz]e|pass"
    r"|parameteri[sz]e|pin"
    r"|place|prefer|prevent|provide|purge|put|query|quote|raise|read|recompute|redact|reduce"
    r"|refactor"
    r"|reject|release|remove|rename|render|replace|require|reset|restrict|retry|return|reuse|revert"
    r"|rewrite|rotate|round|route|run|sanitize|sanitise|save|scope|send|separate|set|share|show"
    r"|sign"
    r"|simplify|skip|sort|split|start|stop|store|stream|strip|swap|switch|test|throttle|throw"
    r"|tighten"
    r"|truncate|turn|type|unify|unsubscribe|update|upgrade|use|validate|verify|wait|wrap|write"
    r"|verwende|verwenden|nutze|entferne|ersetze|füge|prüfe|utiliser|ajouter|supprimer|remplacer"
    r"|usar|agregar|añadir|eliminar|reemplazar|adicionar|remover"
    r"|setze|sende|wiederhole|lösche|ändere|rufe|lade|speichere|schreibe|lies|lese|sperre|schließe"
    r"|öffne|warte|verschiebe|teile|zerlege|benenne|kürze|validiere|begrenze|sichere|schütze"
    r"|verschlüssele|ergänze|erstelle|führe|halte|protokolliere|fange|wirf|stelle|sorge|vermeide"
    r"|behandle|aktualisiere|zähle|mache|beende|starte|lasse|hole|frage|melde|ziehe|lege|baue"
    r"|dokumentiere|teste|konfiguriere|aktiviere|deaktiviere|kapsle|extrahiere|vereinheitliche"
    r"|trenne|normalisiere|parametrisiere|rotiere|verlange|rechne|runde|übergib|gib|nimm"
    r"|corriger|vérifier|valider|déplacer|extraire|renommer|créer|appeler|fermer|attendre|envoyer"
    r"|écrire|mettre|rendre|éviter|définir|chiffrer|échapper|protéger|gérer|journaliser|retirer"
    r"|réduire|séparer"
    r"|validar|verificar|mover|crear|criar|cerrar|fechar|extraer|extrair|renombrar|renomear|cambiar"
    r"|evitar|definir|cifrar|escapar|proteger|manejar|tratar|registrar|quitar|reducir|reduzir"
    r"|separar|limitar|actualizar|atualizar|comprobar|llamar|chamar"
    r"|usare|validare|verificare|spostare|creare|chiudere|estrarre|rinominare|evitare|definire"
    r"|gestire|ridurre|limitare|aggiornare|aggiungere|rimuovere|sostituire)\b"
    r"|(?:建议|建議|应(?:该|当)?(?:改|使用|统一|增|添)|需要?(?:改|增|添)|改成|统一|补充|抽取|提取|拆分|引入|采用|确保|校验"
    r"|合并|使用|添加|移除|删除|改用|改为|将|增加|避免|替换|在.{0,12}(?:添加|增加|使用))",
    re.I,
)
_CONSEQUENCE = re.compile(
    r"\b(?:attackers?|users?|customers?|can|could|may|might|leads?|leak\w*|los(?:es?|t|s)|breaks?"
    r"|crash\w*"
    r"|fails?|expos\w+|cost\w*|slow\w*|denial|takeover|corrupt\w*|stale|waste\w*|risk|until"
    r"|whole)\b",
    re.I,
)
_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_REGEX = re.compile(r"\\[sdwSDW](?:[*+?{$)\]]|\Z)|\.[*+]|\(\?|\A\^|\$\Z")
"""What a pattern of a search has and a path has not."""


def is_path(value: object) -> bool:
    """Tell whether ``value`` is a path of a file or folder, with lines or without."""
    if not isinstance(value, str) or not 2 < len(value.strip()) <= 300:
        return False
    text = value.strip().strip("`'\"*").strip()
    first = re.split(r"\s*(?:[;,\n]|\s(?:and|vs\.?|→|\+|&)\s)\s*", text, maxsplit=1)[0].strip(
        "`'\" "
    )
    bare = re.sub(r"\A[A-Za-z]:[\\/](?=\w)", "", _LINES.sub("", first).strip("`"))
    if bare.upper() in {"N/A", "AND/OR"} or re.fullmatch(r"[A-Z]{1,4}(?:/[A-Z]{1,4})+", bare):
        return False
    if re.fullmatch(r"[A-Z][a-z]+/[a-z]+", bare):
        return False  # two words of a headline: Gaps/risks
    if _SCRIPT.search(bare) and "." not in bare and not bare.endswith("/"):
        return False  # two words of a headline: 颜色/样式
    if not bare or _REGEX.search(bare) or (" " in bare and not re.search(r"[/\\]", bare)):
        return False
    if bare.startswith(("http://", "https://")) and "/blob/" not in bare:
        return False
    if _NAME.fullmatch(bare) or (bare.startswith("file:") and "/" in bare):
        return True
    return (
        _FOLDER.match(bare) is not None
        and bare.count(" ") == 0
        and not re.fullmatch(r"[\d/.\\-]+", bare)
    )


def is_paths(title: str) -> bool:
    """Tell whether a headline is a path, or several, and no words: ``a.go``, ``a.go and b.go``.

    ``bell.go vs rope.go: which one rings?`` begins with a path and goes on in words.
    """
    parts = re.split(r"\s*(?:[;,\n]|\s(?:and|vs\.?|→|\+|&)\s)\s*", title.strip("`'\"* "))
    return bool(title.strip()) and all(map(is_path, parts))


def names_file(text: object) -> bool:
    """Tell whether a file, or a pattern of files, stands in ``text``, alone or in a sentence."""
    return isinstance(text, str) and (
        PATH_IN_TEXT.search(text) is not None or _GLOB_IN_TEXT.search(text) is not None
    )


def bare_path(written: str) -> str:
    """Return a path out of a sentence without brackets that only one end of it has."""
    text = written
    for opening, closing in ("()", "[]"):
        while text.startswith(opening) and text.count(opening) > text.count(closing):
            text = text[1:]
        while text.endswith(closing) and text.count(closing) > text.count(opening):
            text = text[:-1]
    return text


def whole_number(value: object) -> int | None:
    """Return the positive whole number that ``value`` is or spells, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if value == int(value) and 0 < value < 10_000_000 else None
    if isinstance(value, str) and re.fullmatch(r"\s*[1-9]\d{0,6}\s*", value):
        return int(value)
    return None


def is_lines(value: object) -> bool:
    """Tell whether ``value`` is a line number or a range of lines."""
    if whole_number(value) is not None:
        return True
    return isinstance(value, str) and bool(
        re.fullmatch(
            r"\s*~?(?:L|ll?\.|lines?|zeilen?|z\.|lignes?|l[ií]neas?)?\s*\d+\+?(?:\s*(?:[-–—,:;&/]"
            r"|to|bis|and|\.\.)\s*L?\d+)*\s*",
            value,
            re.I,
        )
    )


def is_code(value: object) -> bool:
    """Tell whether ``value`` is code rather than prose."""
    if not isinstance(value, str) or not value.strip():
        return False
    text = value.strip()
    if text.startswith("```"):
        return True
    words = re.findall(r"[A-Za-z]{2,}", text)
    prose = len(re.findall(r"(?<=[a-z]) (?=[a-z])", text))
    return bool(_CODE_MARKS.search(text)) and prose <= max(2, len(words) // 2)


def is_id(value: object) -> bool:
    """Tell whether ``value`` is a short name with a number, or in capitals: ``SEC-3``, ``12``."""
    if isinstance(value, int) and not isinstance(value, bool):
        return True
    return isinstance(value, str) and len(value) <= 40 and _ID.match(value.strip()) is not None


def is_sentence(value: object) -> bool:
    """Tell whether ``value`` is words that say something, not one name."""
    if not isinstance(value, str):
        return False
    text = value.strip()
    if len(_SCRIPT.findall(text)) >= 6:
        return True
    return len(text) >= 12 and len(re.findall(r"[^\W\d_]{2,}", text)) >= 3 and " " in text


def is_imperative(value: object) -> bool:
    """Tell whether ``value`` asks for something to be done."""
    return isinstance(value, str) and _IMPERATIVE.match(value) is not None


def asks(value: object) -> bool:
    """Tell whether ``value`` asks for something to be done, by its words or by its form alone.

    ``Ask the sensor first`` begins with a word that is neither a plural nor a subject, before what
    it is done to; ``Lamps are lit`` and ``Lamp is lit`` do not.
    """
    if not isinstance(value, str):
        return False
    return any((is_imperative(value), _ORDER.match(value), _INFINITIVE.match(value)))


_ORDER = re.compile(
    r"\W*(?!(?:The|A|An|This|That|These|Those|Each|Every|All|Both|No|It|Its|If|When|While|Where|As|At"
    r"|In|On|By|For|From|With|After|Before|Once|Only|Not|One|Two|There|Here|Then|And|But|Or)\b)"
    r"[A-Z][a-z]+(?<!s)(?<!ing)(?<!ed)\s"
    r"(?:the|an?|each|all|both|every|its?|them|their|at|by|to|from|in|on|into|with|before|after|once"
    r"|only|first|until|instead|as)\b(?!\s\w+\s(?:is|are|was|were|has|have)\b)"
)


_INFINITIVE = re.compile(
    r"\W*(?:[A-ZÀ-Ý][a-zà-ÿ]+(?:er|ir|re)\s(?:le|la|les|l['’]\w|une?|des|du|de|aux?|à|en|dans|chaque|tous"
    r"|toutes|ce|cette|leurs?|sa|son|ses)\b"
    r"|[A-ZÁ-Ú][a-zá-ú]+(?:ar|er|ir)\s(?:el|la|los|las|una?|os?|as?|uma?|en|em|con|com|al|ao|cada"
    r"|todos|todas|sus?|seus?|suas?)\b"
    r"|[A-ZÀ-Ù][a-zà-ù]+(?:are|ere|ire)\s(?:il|lo|la|i|gli|le|una?|ogni|in|con|al|dal|nel|prima)\b)"
)
"""An infinitive before what it is done to, as French, Spanish, Portuguese and Italian ask."""


def tells_consequence(value: object) -> bool:
    """Tell whether ``value`` speaks of what follows from a fault."""
    return isinstance(value, str) and _CONSEQUENCE.search(value) is not None


_FAULT = re.compile(
    r"\b(?:no|not|never|nothing|missing|lack\w*|without|fail\w*|cannot|(?:can|do|does|is|are|won)n?['’]t"
    r"|unused|dead|duplicat\w*|hard-?coded|unsafe|insecure|vulnerab\w+|inject\w+|leak\w*|race|crash\w*"
    r"|bugs?|broken|wrong\w*|incorrect\w*|invalid|errors?|un(?:handled|caught|bounded|limited|validated"
    r"|escaped|checked|protected|tested|necessary|clear)|unauth\w*|expos\w+|plain ?text|stale|slow"
    r"|inefficient|inconsisten\w+|mismatch\w*|incomplete|weak|deprecated|outdated|too|bypass\w*"
    r"|overflow\w*|undefined|null|deadlocks?|n\+1|todos?|risk\w*|attack\w*|exploit\w*|ignor\w+"
    r"|swallow\w*|silent\w*|instead of|should|must|los(?:es?|t|s)|overwrit\w+|redundant|confus\w+"
    r"|mislead\w+|fragile|brittle|magic numbers?|issues?|problems?|violat\w+|excessive|hangs?"
    r"|(?:hard(?:er)?|difficult|schwer|difficile|difícil|difficil) (?:to|zu|à|de|da) \w+"
    r"|god (?:files?|class(?:es)?|objects?|components?|functions?|modules?)|tight(?:ly)? coupl\w+"
    r"|commented[- ]out|auskommentiert\w*|placeholders?|stubbed"
    r"|kein\w*|nicht|fehl\w*|ohne|unsicher\w*|falsch\w*|veraltet\w*|doppelt\w*|ungenutzt\w*|unnötig\w*"
    r"|risik\w*|lücken?|nie|statt"
    r"|incompl[eè]t\w+|insuffis\w+|insuficien\w+|unzureichend\w*|unvollständig\w*|mangelhaft\w*"
    r"|pas|aucune?|sans|manqu\w+|absen\w+|erreurs?|failles?|risques?|trop|jamais|inutil\w*|obsolètes?"
    r"|sin|falta\w*|não|sem|nunca|errore?s?|riesgos?|riscos?|insegur\w*|duplicad\w*|ausen\w*|incorret\w*"
    r"|manca\w*|senza|rischi\w*|erróne\w*|demasiad\w*"
    r"|не|нет|без|отсутств\w*|ошиб\w*|уязвим\w*|brak\w*|bez|chýba\w*|chybí|chybn\w*|duplik\w*|neexist\w*"
    r"|nekonzist\w*|zbytočn\w*|žiadn\w*|błąd\w*|niepopraw\w*|saknas|mangler|ingen|ikke|inte|geen|niet"
    r"|ontbre\w+|eksik|yok|hata)\b"
    r"|未|无|無|没|沒|歧义|遗漏|冗余|混乱|崩溃|阻塞|竞态|溢出|丢失|绕过|明文|暴露|缺|錯誤|洩漏|错误|漏洞|泄露|泄漏|风险|硬编码|重复|过大|过长|过多|失败|死代码|不(?:一致|安全|正确|存在|足|全|当|必要|完整|会|能|支持)"
    r"|ない|漏れ|誤り|危険|脆弱|重複|없|않|누락|오류|취약|중복|위험|어렵|떨어[지집]|하드코딩|비대|부족|과도|실패|저하"
    r"|버그|깨[지집]|손실|문제",
    re.I,
)


def fault_words(text: str) -> int:
    """Count the different words of ``text`` that tell of something wrong or missing."""
    return len({match.lower() for match in _FAULT.findall(text[:200_000])})


_EFFORT = re.compile(
    r"\s*(?:[~<>≈]=?\s*)?(?:(?:x{0,3}[sl]|m|[sml]/[sml]|tiny|trivial|easy|quick|small|simple"
    r"|medium|moderate|large|big|hard"
    r"|complex|huge|high|low|klein|mittel|gro(?:ß|ss)|faible|moyen\w*|élevé\w*|pequeñ[oa]"
    r"|median[oa]|grande)"
    r"(?:\s*\([^)]*\))?|(?:½|¼|¾|\d+(?:[.,]\d+)?)\s*(?:(?:-|–|to|bis)\s*\d+(?:[.,]\d+)?)?\s*\+?\s*"
    r"(?:m|min(?:ute)?s?|h|hrs?|hours?|d|days?|w|wks?|weeks?|sp|pts?|points?|story points?"
    r"|stunden?|tage?n?|minuten"
    r"|heures?|jours?|horas?|d[ií]as?|minutos?|小时|天|分钟|人天|人日|時間|日|분|시간"
    r"|일)\.?(?:\s.*)?)\s*",
    re.I,
)


def is_effort(value: object) -> bool:
    """Tell whether ``value`` is a size or a span of time: ``M``, ``2-4 h``, ``3 story points``."""
    return isinstance(value, str) and len(value) <= 40 and _EFFORT.fullmatch(value) is not None
