"""Words that fixes use for a repair that recipes of several languages make."""

AT_ONCE = (
    r"concurren|parallel|at once|same time|simultan|together|side by side|independent|depend on"
    r"|overlap"
)
BATCHED = r"batch|bulk|once|one (?:query|call|request|read|look-?up)|single|\w\(|\ball\b|together"
BOUND = r"bind|bound|param|placeholder|prepared|\?|\$\d|%s|tuple|interpolat|concatenat"
HOISTED = (
    r"hoist|\bmodule[- ](?:level|scope|wide)|top|outside|once|const|level|move|pull|lift"
    r"|share"
)
LOGGED = r"\blog|report|record|warn|visible|trace"
MEMBERSHIP = r"\bsets?\b|constant[- ]time|hash|O\(1\)|look-?ups?"
RELEASED = r"finally|always|releas|clos|unlock|even (?:if|when)|whatever"
TIME_LIMIT = r"time-?out|time limit|give up|abort|deadline|limit|second|\d\s?m?s\b"
