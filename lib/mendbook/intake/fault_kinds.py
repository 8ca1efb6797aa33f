"""Name the kinds of faults that a finding speaks of, whatever words it has for them."""

from __future__ import annotations

import re
from functools import lru_cache

from mendbook.intake.security_kinds import SECURITY

_KINDS: dict[str, tuple[str, ...]] = {
    **SECURITY,
    "race": (
        r"unique (?:index|constraint)|missing lock|\brac(?:e|y)\b|race condition|data race",
        r"\batomic|\bmutex|\bconcurren|at once both|at the same (?:time|moment)",
        r"at once\b.*\b(?:both|twice|lost|succeed)|\bTOCTOU|check-then-act",
        r"double[- ](?:book|spend|sold)|oversold|lost update|for update\b|select_for_update",
        r"\b(?:optimistic|pessimistic) lock|conditional update",
        r"without (?:a |any )?(?:lock|protection|synchroni[sz]ation)|unsynchroni[sz]ed",
        r"synchroni[sz]ed\b|concurrenthashmap|compare-and-swap|advisory lock|interleav",
        r"simultaneous|\bRWMutex|sync\.Map",
    ),
    "query loop": (
        r"loaded separately|`?includes\(:|eager(?:ly)? load|\bn\s?\+\s?1\b",
        (
            r"(?:query|queries|round[- ]?trips?|select|fetch\w*|lookup|"
            r"request)\b.{0,40}\b(?:for|per|inside|in|within) (?:each|every|a loop|the loop|"
            r"row|item)"
        ),
        (
            r"(?:each|every) \w+ (?:costs|makes|needs|triggers|issues|runs) .{0,30}(?:query|"
            r"round|request|select|lookup)"
        ),
        r"prefetch_related|select_related|join fetch|dataloader",
        r"(?:one|single) (?:`?in`? )?query|\bbatch(?:ed)? (?:the )?(?:quer|lookup|load)",
    ),
    "no deadline": (
        r"\btime-?outs?\b|deadline|abortsignal|hangs? (?:for ?ever|indefinitely)",
        r"(?:wait|block|stall)s?\b.{0,40}\b(?:for ?ever|indefinitely)|withtimeout|\bstalls?\b",
    ),
    "unstopped": (
        r"never (?:stopped|cleared|unsubscribed|removed|cancelled|canceled|ends?|closed down)",
        r"clear(?:interval|timeout)|clears? the (?:interval|timer)|removeeventlistener",
        r"unsubscrib|goroutine leak",
        r"leak\w*\b.{0,40}\b(?:timer|listener|subscription|goroutine|interval|handler)",
        r"(?:timer|listener|subscription|goroutine|interval|observer)s?\b.{0,40}\bleak",
        r"\.stop\(\)|without `?stop|stop the (?:ticker|timer|interval|watcher)|ctx\.done",
        r"goes on for ever",
        (
            r"(?:listener|handler)s?\b.{0,40}\b(?:accumulat|stays? registered|pile up|"
            r"after .{0,25}(?:gone|closed|unmount))"
        ),
        r"\bon unmount|keeps? (?:running|polling|firing)",
    ),
    "unclosed": (
        (
            r"(?:file|connection|socket|stream|cursor|handle|descriptor|statement|response|"
            r"body|session|client)s?\b.{0,40}\b(?:never|not|isn't|aren't) (?:be |"
            r"been )?(?:closed|released|returned)"
        ),
        r"(?:resource|connection|descriptor|handle|socket|cursor) leak",
        r"leak\w*\b.{0,30}\b(?:connection|descriptor|handle|socket|cursor|file)",
        r"try-with-resources|\bwith open|context manager|defer \S*close",
        r"(?:stay|left|kept)s? open",
    ),
    "grows": (
        r"\b(?:only|ever)[- ](?:ever )?grow\w*|keep the last \w+|fixed-size",
        (
            r"(?:grow|pile|accumulat|increase)\w*\b.{0,40}\b(?:for ?ever|bound|limit|"
            r"indefinitely|memory|until|never)"
        ),
        r"unbounded (?:growth|cache|map|list|queue|buffer|array|slice|memory|set|dict\w*)",
        r"memory leak|never (?:evict|expire|prun|trimm|delet|drain)|\bevict|\blru\b",
        r"ring buffer|maximum size|\bmaxlen\b|least recently",
        r"without (?:a |any )?(?:bound|eviction|limit on its size)",
        r"nothing is ever (?:deleted|removed)",
    ),
    "all rows": (
        r"fetch_?all\(|(?:read|load|pull|hold)s? (?:the |an? )?(?:whole|entire|complete)\b",
        r"(?:iterate|stream|chunk)\w* (?:over )?(?:the |rows|it|in)|fetchmany",
        r"server-side cursor|high memory|\bpaginat|\bpaging\b|\bpageable|page (?:size|by page)",
        r"\blimit (?:and|/) ?offset",
        (
            r"(?:all|every|whole)\b.{0,40}\b(?:rows?|records?|table|patients|customers|users|"
            r"items|entries|at once|into memory)\b.{0,40}\b(?:memory|at once|response|loaded|"
            r"returned)"
        ),
        r"(?:returns?|gives?|loads?|lists?) (?:all|every|the whole)\b",
        r"without (?:a |any )?(?:page|limit)\b|cursor-based",
    ),
    "swallowed": (
        r"except that does nothing",
        r"(?:mistake|error|exception|failure)s? (?:is|are|gets?) hidden|catch specific|swallow",
        r"silent(?:ly)?\b.{0,40}\b(?:ignor|drop|fail|discard|lost|imported|taken)",
        (
            r"(?:error|exception|failure|rejection|result|"
            r"return value)s?\b.{0,50}\b(?:ignored|dropped|discarded|lost|hidden|unhandled|"
            r"not checked|never checked|unchecked|suppressed)"
        ),
        r"ignored? (?:the )?(?:returned? )?(?:error|value|result)|empty catch",
        r"catch block is empty|bare except|except: pass",
        (
            r"(?:check|return|propagate|handle|rethrow|log) (?:the |"
            r"and \w+ the )?(?:returned? )?(?:error|exception)"
        ),
        r"unhandled (?:promise )?rejection|when decoding fails",
    ),
    "throws": (
        r"\bpanics?\b|\bunwrap\(?\)?|(?:tak|bring)\w* (?:\w+ ){0,3}down\b|uncaught",
        r"unhandled exception|without (?:a )?try|try/catch",
        r"(?:takes?|brings?|tear)s? (?:the )?(?:whole )?(?:process|server|app\w*|worker) down",
        r"crash\w*\b.{0,40}\b(?:process|server|whole|app)|wrap\w*\b.{0,30}\btry|catch what",
        r"\bthrows?\b.{0,30}\bon (?:malformed|invalid|broken)|safeparse",
    ),
    "money float": (
        (
            r"(?:float|double|binary floating|rounding)\w*\b.{0,60}\b(?:price|money|amount|"
            r"total|cent|currency|wage|sum|error)"
        ),
        (
            r"(?:price|money|amount|total|cent|currency|wage|sum)s?\b.{0,60}\b(?:float|double|"
            r"binary floating|rounding)"
        ),
        r"\bdecimal\b|bigdecimal|integer cents|minor units",
    ),
    "float equality": (
        r"(?:float\w*|double|reading)s?\b.{0,40}\b(?:equality|==|===|compared by)|epsilon",
        r"toleranc|isclose",
    ),
    "zone": (
        r"time ?zones?\b|\butc\b|daylight|naive (?:date|time)|\bdst\b|zoneddatetime",
        r"\blocal time",
    ),
    "off by one": (
        r"(?:first|last) \w+ is (?:left out|missing|dropped|lost)|round(?:s|ed)? (?:up|down)",
        r"ceil|off[- ]by[- ]one|one (?:too (?:many|few)|short|past)",
        r"last (?:element|item|row|day|entry) is (?:never|not|skipped|missed|left)|fencepost",
        r"<= instead of|< instead of",
    ),
    "divide": (
        r"arithmeticexception|(?:count|length|size|total|denominator) is (?:0|zero)",
        r"guard against (?:zero|an? empty)",
        r"without (?:votes|rows|items|elements)\b.{0,40}\bdivi|divi(?:de|sion)\w* by zero",
        r"zerodivision|divides? by .{0,30}(?:zero|empty|0\b)|\bNaN\b.{0,40}\b(?:empty|zero)",
        r"empty (?:list|array|input|series)\b.{0,30}\b(?:NaN|divi)",
    ),
    "null": (
        r"force-unwrap|`!!`|unwrapped|null ?pointer|\bnpe\b|nil (?:pointer|dereference)",
        (
            r"(?:undefined|null|none|nil)\b.{0,40}\b(?:dereferenc|access|read|propert|"
            r"attribut|check|crash)"
        ),
        r"(?:dereferenc|access|read)\w*\b.{0,40}\b(?:undefined|null|none|nil)\b",
        r"optional chaining|objects\.equals|attributeerror|cannot read propert",
    ),
    "blocking": (
        r"spawn_blocking|hold\w* up the (?:event )?loop|(?:main|ui) thread|dispatchers\.io",
        r"freezes?\b",
        r"block(?:s|ing|ed)?\b.{0,50}\b(?:event loop|request|thread|loop|checkout|ui|main)",
        (
            r"(?:synchronous(?:ly)?|sync)\b.{0,40}\b(?:call|i/o|read|request|smtp|file|"
            r"in the request|path|handler)"
        ),
        r"readfilesync|(?:background|task|job) (?:worker|queue|task|job)|task queue",
        r"offload|asyncio\.to_thread|run_in_executor",
    ),
    "not awaited": (
        r"(?:not|never|isn't|missing) (?:an )?await|un-?awaited|floating promise",
        r"fire[- ]and[- ]forget|await (?:the )?(?:call|promise)|foreach\b.{0,40}\basync",
        r"async\b.{0,40}\bforeach|nobody awaits|without await",
    ),
    "one after another": (
        (
            r"(?:await\w*|call\w*|request\w*|fetch\w*)\b.{0,60}\b(?:one after (?:an|the )?other|"
            r"sequential|serial|in turn)"
        ),
        r"sequential(?:ly)? await|promise\.all\b|asyncio\.gather|errgroup|in parallel",
        r"concurrently rather",
    ),
    "slow loop": (
        r"\bO\(n|quadratic|nested loops?|(?:compared|checked) with every other",
        r"linear (?:scan|search)|\bincludes\b.{0,30}\bloop",
        r"hash ?(?:map|set|table)\b.{0,40}\b(?:lookup|instead)|k-d tree|spatial index|\bgrid\b",
        r"sliding window",
    ),
    "no index": (
        r"(?:missing|no|without an?|lacks? an?|add an?|create an?) (?:\w+ ){0,2}index\b",
        r"full (?:table )?scan|sequential scan|seq scan",
    ),
    "transaction": (
        r"\btransaction|half[- ](?:done|written|saved|finished)",
        r"partial(?:ly)? (?:write|update|commit|applied)|rollback|roll(?:ed|s)? back",
        r"all or nothing",
    ),
    "retried": (r"\bretr(?:y|ies|ied)|back-?off|\bjitter",),
    "idempotent": (
        r"(?:deliver|sen[dt]|run|process|pa(?:id|y)|charg)\w*\b.{0,40}\b(?:again|a second time)",
        r"idempoten|deliver(?:ed|y) (?:twice|more than once)",
        r"(?:charged|sent|booked|paid|processed) twice|replay(?:ed)?\b",
        r"duplicate (?:deliver|event|message|request|webhook)|deduplicat",
    ),
    "untyped": (
        r"\bas any\b|\bany\b.{0,30}\b(?:type|cast|so a)|cast to any|type safety|typed schema",
        r"\bis `?any`?|untyped",
    ),
    "hash code": (r"\bhashcode",),
    "stale": (
        r"clear the \w*cache|\bold \w+ (?:are|is) still|\bstale\b|invalidat\w+ the cache",
        r"cache\b.{0,40}\b(?:old|outdated|never invalidated|not invalidated)|out[- ]?dated",
        r"(?:read|loaded|computed) once\b.{0,40}\b(?:start|import|boot)|closure\b.{0,40}\bold",
    ),
    "duplicated": (
        r"duplicat\w+ (?:code|logic|in|of)|copy[- ]?(?:and[- ])?past",
        r"same (?:code|logic|lines|check)\b.{0,40}\b(?:twice|again|several|three)|\bdry\b",
        r"extract (?:a |the )?(?:shared|common|helper)",
    ),
    "dead": (
        r"nobody (?:calls|uses|reads|imports)|dead code|never (?:used|called|read|referenced)",
        r"\bunused\b|unreachable",
    ),
    "magic": (r"magic (?:number|value|string)|named constant",),
    "default argument": (r"mutable default|default (?:argument|list|dict)\b.{0,40}\bshared",),
    "status": (
        (
            r"(?:status|res\.ok|response\.ok|raise_for_status)\b.{0,40}\b(?:check|ignored|"
            r"unless|never)"
        ),
        r"(?:check|test)\w*\b.{0,30}\b(?:status|res\.ok|response\.ok)|raise_for_status",
        r"unless res\.ok|http error (?:response|status)",
    ),
    "encoding": (r"\butf-?8\b|\bencoding\b|mojibake|umlaut|locale['’]s",),
    "order": (
        r"unstable order|no (?:stable|defined) order|order by\b",
        r"non-?deterministic(?:ally)? order",
    ),
    "overflow": (r"overflow|wrap(?:s|ped)? around|int(?:eger)? range|truncat\w+ to (?:32|int)",),
    "dependencies": (
        r"dependenc(?:y|ies) (?:array|list)|\bas dependencies|exhaustive-deps",
        r"re-?run\w* (?:after|on) (?:each|every) render",
    ),
    "rerender": (r"re-?render|usememo|usecallback|react\.memo|memoi[sz]",),
    "resources": (r"resource limits|memory limit|cpu limit|resources\.limits",),
    "probes": (r"liveness|readiness|health ?check",),
    "alt": (r"\balt (?:text|attribute)|screen readers?|aria-|accessible name|\ba11y",),
    "god class": (
        r"god (?:class|object|function)|does too much|single responsibility|split off",
        r"too (?:long|large|many responsibilities)|\d[\d,]* lines",
    ),
    "unit": (
        r"unit mismatch|celsius|fahrenheit",
        r"\b(?:milli)?seconds? (?:are|is)? ?(?:taken|read|treated|passed) as|wrong unit",
        r"convert (?:the \w+ )?(?:to|from) (?:\w+ )?(?:units?|celsius|seconds|metres)",
    ),
    "deadlock": (
        r"stays? locked|without releas\w+ the lock|lock is (?:never|not) released",
        r"unlock by defer|defer \w*\.?unlock|dead-?lock|blocks? for ?ever",
        r"lock (?:order|is never released)|select (?:on|with) .{0,20}(?:context|ctx)",
    ),
    "unknown keys": (
        r"unknown (?:configuration )?(?:keys?|fields?)|typing error in|misspel",
        r"disallowunknownfields|additionalproperties|extra=.?forbid",
    ),
    "async void": (r"async void|async task",),
    "reference kept": (
        r"applicationcontext|application context|keeps? the activity|activity context",
    ),
    "list key": (
        r"(?:index|position)\w* (?:\w+ ){0,3}(?:is|as) (?:the |a |an )?(?:react )?key",
        r"key=\{index\}|(?:stable|unique) (?:id|key)\b|as (?:the|its) key\b",
    ),
    "no context": (
        r"context\b.{0,30}\b(?:passed|propagat|pass|cancel)",
        r"(?:pass|propagat)\w* (?:the )?(?:request )?(?:ctx|context)|querycontext|execcontext",
        r"client has (?:long )?gone",
    ),
    "compared by reference": (
        r"by reference|compar\w+ (?:\w+ )?by (?:==|is\b|reference|identity)|objects\.equals",
        r"\buse equals\b|\bequals\(|reference equality",
    ),
    "not thread-safe": (
        r"thread[- ]?safe|shared by (?:all )?threads|simpledateformat|datetimeformatter",
        r"threadlocal",
    ),
    "absent value": (
        r"optional\.get|ispresent|orelsethrow|nosuchelement|missing (?:key|entry|record)\b",
        r"(?:does|do) not exist\b.{0,30}\b(?:500|throw|fail|end)",
        r"\bstopiteration|keyerror|indexerror",
    ),
    "no number": (r"\bnan\b|parseint|parsefloat|isnan|isfinite|no number|not a number",),
    "settings": (
        r"process\.env|os\.environ|getenv|environment variable|env(?:ironment)? vars?\b",
        r"without (?-i:[A-Z][A-Z_]{2,})\b|on boot|refuse to start|fall ?back to (?:a )?default",
    ),
    "formula": (r"formula|csv injection|cells? (?:starting|that begin)",),
    "async callback": (
        r"foreach\b.{0,60}\b(?:async|await|wait)|async\b.{0,40}\bforeach",
        r"for\s?(?:…|\.\.\.)\s?of",
    ),
    "printed": (r"\bprint\(|\bby print\b|use the logger|structured logging",),
    "tests": (r"(?:no|without|missing|lacks?|add) (?:\w+ ){0,2}tests?\b|untested|not covered",),
    "documents": (r"\bdocstring|undocumented|no documentation|readme|openapi",),
}
"""What a fault and its cure are called, by the kind of fault; alternatives of one pattern."""
_PATTERNS = {name: re.compile("|".join(row), re.I | re.S) for name, row in _KINDS.items()}


@lru_cache(maxsize=4096)
def fault_kinds(text: str) -> frozenset[str]:
    """Return the names of the kinds of faults, and of their cures, that ``text`` speaks of."""
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(text))
