"""Replace secrets in text: keys, tokens and passwords never reach an output, a log or a name.

Patterns of our own: of 37 kinds of secrets in lines as audits quote them they find all, and take
none of 30 lines that only look so; the plugins of detect-secrets find 29, take 5 (digests, names,
placeholders), and need 60 times as long (``benchmarks/redaction.py``). What they knew is here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable

REDACTED = "[redacted]"


def _token(prefix: str, rest: str, *, before: str = "A-Za-z0-9") -> tuple[str, re.Pattern[str]]:
    """Return a hint and the pattern of a token that begins with ``prefix`` at a word's start.

    The prefix comes first and the look behind it second, so that the search skips to the prefix.
    Every repetition is bounded, so that hostile text costs linear time.
    """
    literal = re.escape(prefix)
    return prefix.lower(), re.compile(f"{literal}(?<![{before}]{literal}){rest}")


_TOKENS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "-----begin",
        re.compile(
            r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
            r"(?s:.)*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\Z)"
        ),
    ),
    # JWT and JWE
    _token("eyJ", r"[\w-]{8,4096}\.[\w-]{8,8192}(?:\.[\w-]{0,8192}){0,3}", before=r"\w-"),
    *(_token(f"gh{kind}_", r"[A-Za-z0-9]{30,255}") for kind in "pousr"),
    *(
        _token(f"A{kind}A", r"[A-Z0-9]{16}(?![A-Za-z0-9])")  # Amazon
        for kind in ("KI", "SI", "GP", "ID", "RO", "NP", "NV")
    ),
    *(_token(f"xox{kind}-", r"[A-Za-z0-9-]{10,255}") for kind in "abeoprs"),  # Slack
    _token("xapp-", r"[A-Za-z0-9-]{10,255}"),
    ("hooks.slack", re.compile(r"(?<=hooks\.slack\.com/services/)[A-Za-z0-9/]{20,255}")),
    _token("github_pat_", r"\w{22,255}"),
    *(_token(f"gl{kind}-", r"[\w-]{20,255}") for kind in ("pat", "dt", "rt", "ptt", "cbt")),
    _token("npm_", r"[A-Za-z0-9]{36,255}"),
    _token("pypi-", r"[\w-]{40,255}"),
    _token("AIza", r"[\w-]{35,255}"),  # Google
    _token("ya29.", r"[\w-]{20,255}"),
    _token("GOCSPX-", r"[\w-]{20,255}"),
    *(  # Stripe
        _token(f"{kind}k_{stage}_", r"[A-Za-z0-9]{16,255}")
        for kind in "srp"
        for stage in ("live", "test")
    ),
    _token("sk-", r"(?=[\w-]{0,60}\d)[\w-]{24,255}"),  # model providers
    (":aa", re.compile(r"(?<!\d)\d{8,10}:AA[\w-]{32,34}(?![\w-])")),  # Telegram
    _token("hf_", r"[A-Za-z0-9]{30,255}"),  # Hugging Face
    *(_token(f"shp{kind}_", r"[a-fA-F0-9]{32}") for kind in ("at", "ca", "pa", "ss")),  # Shopify
    _token("hvs.", r"[\w-]{24,255}"),  # Vault
    *(_token(f"sq0{kind}-", r"[\w-]{22,64}") for kind in ("atp", "csp")),  # Square
    *(_token(f"do{kind}_v1_", r"[a-f0-9]{64}") for kind in "opr"),  # DigitalOcean
    ("-us", re.compile(r"(?<![0-9a-f])[0-9a-f]{32}-us\d{1,2}(?!\d)")),  # Mailchimp
    ("twilio", re.compile(r"(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])")),
    ("twilio", re.compile(r"(?<=[\"'=:\s])[0-9a-f]{32}(?![A-Za-z0-9])")),
    *(
        (hint, re.compile(r"(?<![\w-])[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])"))
        for hint in ("discord", ".login(")
    ),
    _token("AKC", r"[A-Za-z0-9]{60,80}(?![A-Za-z0-9])"),  # Artifactory
    _token("SG.", r"[\w-]{16,64}\.[\w-]{16,128}"),  # SendGrid
)
_URL = re.compile(r"://[^\s/:@\"'`<>]{0,100}:(?P<value>[^\s/@\"'`<>]{1,200})@")
_AUTHORIZATION = re.compile(
    r"(?i:\b(?:bearer|basic|authorization[\"'`]?\s{0,3}[:=,]\s{0,3}[\"'`]?(?:token|api-?key|key))\s{1,3})"
    r"(?P<value>[\w.~+/=-]{16,4096})"
)
_STRONG = (
    r"secret|passw(?:or)?d|passphrase|pwd|credentials?"
    r"|(?:secret|api|private|access|internal|auth|signing|encryption|master|service)[_-]?key"
)
_WEAK = r"token|_key"
_ASSIGNED = re.compile(
    rf"(?i:(?:(?P<strong>{_STRONG})|(?:{_WEAK}))[\"'`]?(?P<sign>\s{{0,3}}(?:=>|:=|=|:)\s{{0,3}}))"
    r"(?P<value>\"[^\"\n]{1,4096}\"|'[^'\n]{1,4096}'|`[^`\n]{1,4096}`|[^\s\"'`,;)\]}]{1,4096})"
)
_NAME = (
    rf"(?:[\w.-]{{0,40}}[_.-])?(?:{_STRONG}|pass|passcode|auth[_-]?token|access[_-]?token|bot[_-]?token"
    r"|client[_-]?secret|account[_-]?key)"
)
_SETTING = re.compile(
    rf"(?im:^[ \t]{{0,40}}(?:-[ \t]{{1,3}})?(?:export[ \t]{{1,3}}|set[ \t]{{1,3}}|env[ \t]{{1,3}})?"
    rf"(?:[\w-]{{1,30}}:[ \t]{{1,3}}){{0,3}}"  # a label, and the secret's own after it
    rf"[\"']?{_NAME}[\"']?[ \t]{{0,3}}[:=][ \t]{{0,3}})(?P<value>[^\s\"'`#,;)\]}}{{]{{6,4096}})"
    r"(?=[ \t]{0,3}(?:[#;][^\n]{0,400})?(?:\r?\n|\Z))"
)
"""A line of YAML, of an environment file or of a shell that sets a secret without quotes."""
_OPTION = re.compile(
    r"(?i:(?<![\w-])--?(?:[a-z]{1,20}-)?(?:password|passwd|pass|passphrase|secret|token|api-?key)"
    r"(?:=|[ \t]{1,3}))(?P<value>\"[^\"\n]{1,400}\"|'[^'\n]{1,400}'|[^\s\"'`<>|&;]{6,4096})"
)
_NAMED = re.compile(
    rf"(?im:^[ \t]{{0,40}}(?:-[ \t]{{1,3}})?name:[ \t]{{1,3}}[\"']?{_NAME}[\"']?[ \t]{{0,3}}\r?\n"
    r"[ \t]{0,40}value:[ \t]{1,3})"
    r"(?P<value>\"[^\"\n]{6,400}\"|'[^'\n]{6,400}'|[^\s\"'`#]{6,4096})"
)
"""An entry of a list of variables: the name on one line, its value on the next."""
_SHORT_OPTION = re.compile(
    r"(?:\b(?:mysql(?:dump|admin|import)?|mariadb(?:-dump|-admin)?)\b[^\n|;&]{0,200}?[ \t]-p"
    r"|\bsshpass[ \t]{1,3}-p[ \t]{0,3})"
    r"(?P<value>\"[^\"\n]{6,400}\"|'[^'\n]{6,400}'|[^\s\"'`<>|&;]{6,400})"
)
"""A password joined to ``-p``, of the programs for which that letter is one."""
_LOGIN = re.compile(
    r"(?:(?<![\w-])(?:-u|--user|--proxy-user)(?:=|[ \t]{1,3}))[\"']?[\w.@+-]{1,80}:"
    r"(?P<value>[^\s\"'`@]{4,400})"
)
_HEADER = re.compile(
    r"(?i:(?<![\w-])x-(?:[a-z]{1,20}-){0,3}(?:token|key|secret|auth|signature)[\"']?"
    r"\s{0,3}:\s{0,3})(?P<value>\"[^\"\n]{8,400}\"|'[^'\n]{8,400}'|[^\s\"'`,;]{8,4096})"
)
_CONNECTION = re.compile(
    r"(?i:(?:account|shared|sharedaccess|access)key(?:=))(?P<value>[A-Za-z0-9+/]{20,200}={0,2})"
)
_PROSE = re.compile(
    rf"(?i:\b(?:{_STRONG}|passcode|token)(?:[ \t]{{1,3}}(?:for|of)[ \t]\S{{1,40}})?[ \t]{{1,3}}"
    r"(?:is|was|are|being|equals|set to|remains)[ \t]{1,3}(?:still[ \t]|set[ \t]to[ \t])?)"
    r"(?P<value>\"[^\"\s]{6,200}\"|'[^'\s]{6,200}'|`[^`\s]{6,200}`|[^\s\"'`]{6,200}[^\s\"'`.,;:!?)])"
)
_SIGNED = re.compile(
    r"\b(?:jwt\.(?:sign|verify|encode|decode)|createHmac|createSecretKey|createCipheriv"
    r"|createDecipheriv|hmac\.(?:new|New)|CryptoJS\.\w{1,20}(?:\.\w{1,10})?"
    r"|(?:URLSafe)?(?:Timed)?Serializer|TimestampSigner|Fernet|HmacUtils|cookieParser)\("
    r"[^()\n]{0,120}?(?P<value>\"[^\"\s]{8,200}\"|'[^'\s]{8,200}'|`[^`\s$]{8,200}`)"
    r"(?=\s{0,3}[,)])"
)
"""A literal passed as the key to what signs, checks or encrypts."""
_ALGORITHM = re.compile(
    r"(?i)(?:(?:hs|rs|es|ps)\d{3}|(?:rsa-|hmac-?)?(?:sha|md)-?\d{1,3}(?:[-/]\d{1,3})?|aes-?\d{3}(?:-\w+)?"
    r"|(?:utf-?8|base64(?:url)?|hex|binary|latin1|ascii))"
)
_METHOD = re.compile(
    r"(?i)(?:sha|md|aes|rsa|ed|hs|rs|es|utf|base|bcrypt|argon|scrypt|http|v|oauth)-?\d"
)
_SECRET_NAME = re.compile(rf"(?i)(?:{_STRONG}|{_WEAK})\Z")
_CODE = re.compile(
    r"[A-Za-z_$][\w$]*(?:[!?]?\.[A-Za-z_$][\w$]*)+!?|.*[(){}<>\[\]$].*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"
)
_PLACEHOLDER = re.compile(
    r"(?i).*(?:redacted|change[_-]?me|change[_-]?this|replace|example|placeholder|your[_-]|dummy"
    r"|x{4,}|\*{3,}|\.{3}|…|todo|n/a|undefined|required|optional|missing|insert|fake).*"
)
_QUOTES = "\"'`"
_LEAST_GIVEN, _LEAST_LETTERS = 6, 3
_SHORTEST = 8
"""Characters: nothing shorter is taken for a secret, but for a password in a URL."""


def redact(text: str, hints: Iterable[str] | None = None) -> tuple[str, int]:
    """Return ``text`` with each secret replaced by ``[redacted]``, and how many there were.

    Applied again, it changes nothing. Text without a secret is returned as the same object.
    ``hints`` may be narrowed to those of a larger text that ``text`` is a part of.
    """
    lowered = text.lower()
    present = [hint for hint in (HINTS if hints is None else hints) if hint in lowered]
    total = 0
    while present:
        # what one pattern replaces may uncover another's match; each round leaves fewer characters
        text, count = _once(text, present)
        if not count:
            break
        total += count
    return text, total


def hints_in(text: str) -> tuple[str, ...]:
    """Return the hints that stand in ``text``, so that its parts are searched for no others."""
    lowered = text.lower()
    return tuple(hint for hint in HINTS if hint in lowered)


class Redactor:
    """Redact many texts one by one and count what is replaced."""

    def __init__(self) -> None:
        self.count = 0
        self._hinted = _hint_finder()

    def clean(self, text: str) -> str:
        """Return ``text`` without its secrets; the same object when it holds no hint of one."""
        if not text or not self._hinted(text.lower()):
            return text
        text, count = redact(text)
        self.count += count
        return text


def names_secret(key: str) -> bool:
    """Tell whether a value under ``key`` is meant to be secret: ``apiKey``, ``password``."""
    return _SECRET_NAME.search(key[-60:]) is not None


def redact_value(value: str) -> tuple[str, int]:
    """Return the value of a key that names a secret: replaced when it looks real."""
    return (REDACTED, 1) if not re.search(r"\s", value) and _real_literal(value) else (value, 0)


def _once(text: str, hints: Iterable[str]) -> tuple[str, int]:
    total = 0
    for hint in hints:
        for pattern in _BY_HINT.get(hint, ()):
            text, count = pattern.subn(REDACTED, text)
            total += count
    for words, pattern, real in _CAPTURED:
        if not words.isdisjoint(hints):
            text, count = _replace(pattern, real, text)
            total += count
    return text, total


def _replace(
    pattern: re.Pattern[str], real: Callable[[re.Match[str]], bool], text: str
) -> tuple[str, int]:
    count = 0

    def swap(match: re.Match[str]) -> str:
        nonlocal count
        if not real(match):
            return match.group()
        count += 1
        start, end = (offset - match.start() for offset in match.span("value"))
        whole, value = match.group(), match["value"]
        quote = value[0] if value[0] in _QUOTES else ""
        return f"{whole[:start]}{quote}{REDACTED}{quote}{whole[end:]}"

    swapped = pattern.sub(swap, text)
    return (swapped, count) if count else (text, 0)


def _real_url_password(match: re.Match[str]) -> bool:
    return not _placeholder(match["value"]) and match["value"][0] not in "$%{["


def _real_authorization(match: re.Match[str]) -> bool:
    return _real_token(match["value"])


def _real_assigned(match: re.Match[str]) -> bool:
    value = match["value"]
    literal = value[0] in _QUOTES
    inner = value[1:-1] if literal else value
    if not inner or re.search(r"\s", inner):
        return False
    if match["strong"] and (literal or match["sign"] == "="):
        return _real_literal(inner)
    return len(inner) >= 20 and _real_token(inner)


def _real_given(match: re.Match[str]) -> bool:
    """Judge a value that stands where a secret does: long, and of more than one kind of sign."""
    value = match["value"]
    literal = value[0] in _QUOTES
    inner = value[1:-1] if literal else value
    if len(inner) < _LEAST_GIVEN or _written_by_hand(inner) or inner.isdigit():
        return False
    if re.search(r"\s", inner) or re.match(r"[$%/.\\~<{\[(]|\w+://", inner):
        return False
    odd = sum(char.isdigit() or char in "!@#$%^&*+=?" for char in inner)
    return odd >= 1 and any(char.isalpha() for char in inner) and not _METHOD.match(inner)


def _real_word(match: re.Match[str]) -> bool:
    """Judge a value in a sentence, where most words are words: a digit among letters, or quotes."""
    value = match["value"]
    inner = value.strip(_QUOTES)
    digits = sum(char.isdigit() for char in inner)
    letters = sum(char.isalpha() for char in inner)
    plain = re.fullmatch(r"[\w@#$%^&*!+=-]+", inner) is not None
    return _real_given(match) and plain and digits >= 1 and letters >= _LEAST_LETTERS


def _real_key(match: re.Match[str]) -> bool:
    inner = match["value"][1:-1]
    return _ALGORITHM.fullmatch(inner) is None and _real_literal(inner)


def _real_header(match: re.Match[str]) -> bool:
    return _real_token(match["value"].strip(_QUOTES))


def _real_connection(match: re.Match[str]) -> bool:
    return _bits(match["value"]) >= 3


def _placeholder(value: str) -> bool:
    return _PLACEHOLDER.fullmatch(value) is not None or len(set(value)) < 4


def _real_token(value: str) -> bool:
    mixed = any(char.isdigit() for char in value) and any(char.isalpha() for char in value)
    return mixed and not _written_by_hand(value) and _bits(value) >= 3


def _real_literal(value: str) -> bool:
    """Judge a value given as text: no placeholder, name or number, and long or odd enough."""
    if len(value) < _SHORTEST or value.isdigit() or _written_by_hand(value):
        return False
    return _bits(value) >= 2.5 and (not value.isalpha() or len(value) >= 12)


def _written_by_hand(value: str) -> bool:
    return _placeholder(value) or _CODE.fullmatch(value) is not None


def _bits(value: str) -> float:
    """Return Shannon's entropy of ``value`` in bits a character; random hexadecimal has 4."""
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values())


_Judge = Callable[[re.Match[str]], bool]
_NAMES = {"secret", "passw", "passphrase", "pwd", "token", "key", "credential"}
_CAPTURED: tuple[tuple[set[str], re.Pattern[str], _Judge], ...] = (
    ({"@"}, _URL, _real_url_password),
    ({"bearer", "basic", "authorization"}, _AUTHORIZATION, _real_authorization),
    (_NAMES, _ASSIGNED, _real_assigned),
    ({*_NAMES, "pass"}, _SETTING, _real_given),
    ({*_NAMES, "pass"}, _OPTION, _real_given),
    ({*_NAMES, "pass"}, _NAMED, _real_given),
    ({"mysql", "mariadb", "sshpass"}, _SHORT_OPTION, _real_given),
    ({"-u", "--user", "--proxy-user"}, _LOGIN, _real_given),
    ({"x-"}, _HEADER, _real_header),
    ({"key="}, _CONNECTION, _real_connection),
    ({*_NAMES, "passcode"}, _PROSE, _real_word),
    (
        {"jwt.", "hmac", "create", "cryptojs", "serializer", "signer", "fernet", "cookieparser"},
        _SIGNED,
        _real_key,
    ),
)
_BY_HINT = {
    hint: tuple(pattern for known, pattern in _TOKENS if known == hint) for hint, _ in _TOKENS
}
HINTS = (*_BY_HINT, *sorted(set().union(*(words for words, _, _ in _CAPTURED))))
"""Lower-case text without one of these holds no secret that the patterns know."""


def _hint_finder() -> Callable[[str], bool]:
    """Return what tells whether a lower-case text without lone surrogates holds a hint.

    It is a JSON schema's ``pattern``: that is compiled to an automaton, which looks at each
    character once for all hints, and ``re`` tries one hint after the other.
    """
    import jsonschema_rs

    shortest = [hint for hint in HINTS if not any(a != hint and a in hint for a in HINTS)]
    written = "|".join("".join(_LITERAL.get(char, char) for char in hint) for hint in shortest)
    automaton = jsonschema_rs.RegexOptions()
    return jsonschema_rs.Draft202012Validator(
        {"pattern": written}, pattern_options=automaton
    ).is_valid


_LITERAL = {char: f"[{char}]" for char in ".("}
