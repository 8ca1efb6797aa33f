"""What faults of security and their cures are called, by the kind of fault."""

from __future__ import annotations

SECURITY: dict[str, tuple[str, ...]] = {
    "sql injection": (
        r"sql injection|sqli\b",
        (
            r"(?:concatenat|interpolat|format|f-string|straight|spliced|built|paste|"
            r"put)\w*\b.{0,60}\b(?:sql|query|statement)\b"
        ),
        r"\b(?:sql|query|statement)\b.{0,60}\b(?:concatenat|interpolat|f-string|string format)",
        r"placeholder|parameteri[sz]ed|prepared statement",
        r"bind(?:s|ing)? (?:the|it|them|as|param)",
    ),
    "shell injection": (
        r"command injection|shell injection|shell=true",
        r"\bshell\b.*\b(?:injection|metacharacter|interpolat|string)|execfile\b",
        r"argument list\b",
    ),
    "markup injection": (
        r"\bxss\b|cross-site scripting|innerhtml|textcontent|dangerouslysetinnerhtml",
        r"escap\w+ (?:the |it|them|html|before)|unescaped|without being escaped|\bsaniti[sz]e",
        r"\bv-html|html.{0,30}escap",
    ),
    "header injection": (
        r"crlf injection|header injection|line breaks?\b.*\b(?:header|subject|name)",
        r"add headers",
    ),
    "path": (
        r"path traversal|leads? out of|canonicali[sz]e|below the (?:root|folder)",
        r"directory traversal|zip slip|\.\./",
        r"outside (?:of )?(?:the |its )?[\w ]*(?:folder|directory|root)|safe_join|realpath",
        r"escape[sd]? the (?:folder|directory|root)",
    ),
    "ssrf": (
        r"\bssrf\b|server-side request forgery|internal (?:addresses|network|hosts)",
        r"metadata (?:service|endpoint)|169\.254",
    ),
    "redirect": (
        r"open redirect",
        (
            r"redirect\w*\b.*\b(?:any|arbitrary|foreign|external|other) (?:site|url|host|"
            r"address|domain)"
        ),
    ),
    "deserialise": (
        r"\bpickle|can run code|deseriali[sz]|yaml\.load|safe_load|objectinputstream|unserialize",
    ),
    "no owner check": (
        r"\broles?\b|hasrole|preauthorize|(?:every|any)\w* (?:signed|logged)[- ]in",
        r"privilege escalation|\brbac\b|\bidor\b|\bbola\b|broken object.level",
        r"(?:ownership|owner)\b.{0,40}\b(?:check|verif|compar|never|not)",
        r"(?:check|verify|compare)\w*\b.{0,40}\b(?:owner|belongs)|somebody else's",
        r"someone else's",
        r"(?:other|another) (?:user|person|customer|tenant|reader|member|patient)'?s",
        r"any(?:one|body) (?:who is )?(?:logged|signed) in|authori[sz]ation\b|access control",
        r"permission check|\btenant\b.{0,30}\b(?:filter|check|leak)|insufficient permission",
    ),
    "no login": (
        r"unauthenticated|without (?:any )?(?:authenticat|login|logging in|a token)",
        r"missing auth(?:entication)?\b",
        r"(?:require|add|needs?|no) (?:an? )?(?:auth(?:entication)?|login|session)\b",
        r"not protected by|anonymous(?:ly)?\b",
        r"open to (?:anyone|everyone|the world|the internet)",
    ),
    "secret in code": (
        r"hard-?coded (?:\w+ ){0,2}(?:secret|key|password|token|credential)",
        (
            r"(?:secret|key|password|token|credential)s?\b.{0,40}\b(?:hard-?coded|"
            r"in (?:the )?(?:source|code|repository|git)|written into|committed|checked in)"
        ),
    ),
    "secret in log": (
        (
            r"(?:log|print|trace)\w*\b.{0,60}\b(?:password|token|secret|personal|patient|phi|"
            r"pii|sensitive|card|iban|names?|e-?mail|diagnos)"
        ),
        (
            r"(?:password|token|secret|personal|patient|phi|pii|sensitive|card|iban|names?|"
            r"e-?mail|diagnos)\w*\b.{0,60}\b(?:log|logged|logs|logging|log file|printed)\b"
        ),
        r"sensitive data exposure",
    ),
    "debug": (
        r"debug mode|\bdebug\s*=\s*true|\bDEBUG\b",
        r"stack ?traces?\b.{0,40}\b(?:client|customer|user|response|production)|verbose error",
        r"internals in error",
    ),
    "hosts": (r"allowed_hosts|host header",),
    "cors": (r"\bcors\b|access-control-allow|any origin|wildcard origin|all origins",),
    "csrf": (r"\bcsrf\b|cross-site request forgery|samesite",),
    "cookie flags": (r"\bhttponly|\bsecure (?:flag|attribute)|over plain http|set secure",),
    "lasting session": (
        (
            r"(?:token|session|cookie|link|code)s?\b.{0,40}\b(?:never expire|"
            r"without (?:an )?(?:expiry|expiration)|valid for|does not expire|no (?:expiry|"
            r"expiration)|lives? for)"
        ),
        r"expires?in|\bexpir(?:y|ation)\b",
    ),
    "weak hash": (
        r"\bmd5\b|\bsha-?1\b|fast (?:hash|algorithm)|\bbcrypt|\bargon2|\bscrypt|unsalted",
        r"no salt|password hash",
    ),
    "weak random": (
        r"math\.random|predictable|guessable|not cryptographic|\bcsprng|secrets\.token",
        r"securerandom|crypto/rand|randombytes|randomuuid",
    ),
    "timing": (
        r"timing (?:attack|side)|constant[- ]time|timingsafeequal|compare_digest|hmac\.equal",
    ),
    "tls": (
        r"verify=false|certificate\b.{0,40}\b(?:verif|valid|check|trust)|insecureskipverify",
        r"rejectunauthorized|\btls\b",
    ),
    "limited rate": (
        r"as fast as (?:it|they) like|token bucket",
        r"\b\d+ (?:\w+ ){0,2}(?:a|per) (?:second|minute|hour)\b|rate[- ]?limit|throttl",
        r"brute[- ]?force|as often as|unlimited (?:attempts|tries|requests)|lock ?out",
    ),
    "mass assignment": (
        r"mass[- ]assignment|permit!|strong parameters|over-?posting",
        r"(?:set|change|overwrite) (?:any|the|its) (?:field|owner|role|attribute)",
        r"assign\w* (?:all|any|arbitrary) (?:field|attribute|propert)",
    ),
    "code run": (
        r"\beval\b|\bexec\(|remote code execution|\brce\b",
        r"run as (?:code|ruby|python|javascript|php|sql)|new function\(|expression parser",
        r"code injection",
    ),
    "buffer": (r"buffer over|strcpy|snprintf|past the end|out[- ]of[- ]bounds|bounds check",),
    "regex": (r"\bredos\b|backtrack|catastrophic|nested quantifier|\bre2\b",),
    "too much input": (
        r"maxbytesreader",
        (
            r"(?:request|body|payload|upload|archive|file)\b.{0,40}\b(?:size|unbounded|"
            r"any bound|too large|without (?:a |any )?limit|gigabyte)"
        ),
        r"unbounded (?:io\.)?read",
        r"(?:limit|cap|bound)\w* (?:the )?(?:request|body|payload|upload|unpacked)\w*|zip bomb",
        r"memory exhaustion",
    ),
    "unchecked input": (
        (
            r"(?:from the browser|client-supplied|sent by the client)\b.{0,30}\b(?:believed|"
            r"trusted|validated|taken)"
        ),
        r"recompute\w*|(?:not|never|un|without) ?(?:being )?validat",
        r"validat\w+ (?:the )?(?:input|body|request|payload|schema|it|them|amount|range)",
        r"input validation|\bzod\b|\bpydantic|\bjoi\b|json schema",
        r"(?:negative|arbitrary|invalid) (?:amount|value|number|quantity|input)",
        r"refuse (?:negative|amounts|values|numbers)|out[- ]of[- ]range",
    ),
    "pinned": (
        r":latest\b|unpinned|pin(?:ned)? (?:the |to )?(?:version|image|digest|dependency)",
        r"floating (?:tag|version)",
    ),
    "root": (r"runs? as root|non-root|privileged container|\b(?-i:USER)\b",),
}
"""Alternatives of one pattern for each kind."""
