"""Verbs that fixes begin with, and how a test's title says of the fixed code what they ask."""

from __future__ import annotations

import re

_ORDERS = (
    "abort accept acquire adjust alert align allow analyse analyze answer append apply assert "
    "assign attach authenticate authorise authorize avoid await batch bind block bound buffer "
    "build bump cache calculate call cancel cap capture catch change chain check chmod choose "
    "claim clamp clean cleanup clear clip clone close collapse collect combine commit compare "
    "compile compress compute configure confirm connect consume continue convert copy count "
    "create debounce decline decode decouple decrease deduplicate default defer delay delete "
    "deny derive destroy detach detect disable disallow disconnect discard dispatch dispose do "
    "drain drop emit enable encode encrypt enforce enlarge enqueue ensure escalate escape "
    "evict exclude execute exit expand expire expose extend fail fall fetch filter flatten flush "
    "forbid force forget format forward gate generate give go grant group guard halt handle hash "
    "hand have hide hold honour ignore implement import include increase increment index inherit "
    "initialise initialize inject insert inspect install intersect introduce invalidate invoke "
    "isolate issue iterate join keep kill launch leave lengthen let limit listen load lock log "
    "loop lower maintain make map mark mask match measure memoise memoize merge migrate mirror "
    "monitor hoist "
    "mount multiply mutate narrow negate normalise normalize notify omit open order override "
    "overwrite paginate parallelise parallelize parameterise parameterize parse pass patch "
    "pause perform permit persist pick pin pipe poll populate prefer prefetch prefix preload "
    "prepare preserve preset prevent print probe process propagate protect provide prune "
    "publish pull purge push put query queue quote raise randomise randomize read rebuild "
    "recalculate receive reconnect record recover recreate redact redirect reduce refetch "
    "refresh refuse register reject relax release reload remember remove repair repeat replace "
    "replay reply report request require reraise reserve reset resolve respect respond restart "
    "restore restrict rethrow retry return reuse reverse revoke rewrite roll rotate round route "
    "run sanitise sanitize save scale scan schedule scope scrub select send separate serialise "
    "serialize serve set shorten shrink shuffle shut sign skip sleep sort space spread stagger "
    "start stop store stream stringify strip subscribe substitute subtract supply support "
    "surround suspend swap switch synchronise synchronize tag terminate test throttle throw "
    "tighten time tolerate total trace track transform translate traverse treat trigger trim "
    "truncate trust turn unlock unregister unsubscribe unwrap update upgrade upload upsert use "
    "validate vary verify wait warm warn watch wire wrap write yield "
    "believe display rename render show "
    "backfill coerce double evaluate extract find halve inline key label link look number pad "
    "move resume seal seed shift signal spawn split submit sum take tell trap unlink visit walk"
)
_SPOKEN = {
    "add": "has",
    "do": "does",
    "ensure": "makes sure that",
    "have": "has",
    "implement": "has",
    "introduce": "has",
}
_SETTING = {
    *("change", "set", "raise", "lower", "increase", "decrease", "reduce", "bump", "extend"),
    *("shorten", "lengthen", "adjust"),
}
_TO = re.compile(r"(?s)(.+?)\s+(?:from\s+\S+\s+)?to\s+(.+)$")
_OPERATOR = re.compile(r"\s[-+*/%&|<>=]{1,3}\s|\w\(")
"""What a piece of code has and no name."""
_ONTO = re.compile(r"(?s)(.+?)\s+to\s+((?:the|each|every|all|both|its|an?)\s.+|`?[\w.$]+`?)$")
_CLAIMING = {"assert", "check", "ensure", "verify", "require"}
_TAKING_OUT = {"drop", "remove", "omit", "strip"}
_FROM_WHAT = re.compile(r"(?s)(\S+)\s+(?:out\s+of|from)\s+what\s.+?\s(?:returns?|answers?|gives?)$")
_SWAP = re.compile(r"(?s)(.+?)\s+(?:with|by)\s+(.+)$")
_GERUND = re.compile(r"(?i)^(?:consider|try|recommend(?:ed)?|suggest)\s+(\w+)ing\b")
_MODAL = re.compile(
    r"(?i)^(?:you\s+(?:should|could|can|must|may)|please|should|must|either|to fix(?: this)?,?"
    r"|instead,?|always|simply|just|also|then|and|consider to|at least)\s+"
)
_AND = re.compile(r"(?:,?\s+and\s+(?:then\s+|also\s+|always\s+|still\s+)?|:\s+|,\s+)(?=([a-z]+)\s)")
_OBJECT = r"(?:the|an?|its|each|every|all|only|`|[a-z]+[A-Z_])"
"""What follows the last verb of a list, and no noun."""
_PASSIVE_TAIL = re.compile(r"(?i)^(?:it|them|this|that|these|those|so)\b")
_LET = re.compile(
    r"(?s)(?P<who>(?:the|an?|its|each|every)\s[\w-]+"
    r"|(?!(?:the|an?|its|each|every)\s)`?[A-Za-z_$][\w$.]*(?:\(\))?`?)\s"
    r"(?P<verb>[a-z]+)\s(?P<rest>\S.*)$"
)
"""An order to something else: *let register return false*."""
_CALLERS = re.compile(
    r"(?i),?\s+and\s+(?:update|adjust|fix|change)\s+(?:its|the|all|every|each)?\s*"
    r"(?:\w+\s+)?(?:callers?|call ?sites?|usages?|uses|imports?|references?)\b"
)
_DUTY = re.compile(
    r"(?is)^((?:the|each|every|all|an?|its)\s.+?|`?[\w.$]+`?)\s+(?:must|should)\s+"
    r"(not\s+)?(\w+)(.*)$"
)


def verb_of(text: str) -> str:
    """Return the imperative that ``text`` begins with, in lower case; empty where it is none."""
    word = plain_order(text).partition(" ")[0].lower().rstrip(",:")
    return word if word in VERBS else ""


def plain_order(text: str) -> str:
    """Return ``text`` as a bare order: *please*, *you should* and *consider adding* made plain."""
    said, before = text.strip(), ""
    while said != before:
        before, said = said, _MODAL.sub("", said)
    gerund = _GERUND.match(said)
    if gerund is not None and (verb := _base(gerund[1].lower())):
        said = verb + said[gerund.end() :]
    return said


def third_person(verb: str) -> str:
    """Return what the code does that was told to ``verb``: ``retries``, ``catches``, ``sets``."""
    if verb in _SPOKEN:
        return _SPOKEN[verb]
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if re.search(r"(?:s|sh|ch|x|z|o)$", verb) else f"{verb}s"


def declared(order: str) -> str:
    """Return what holds once ``order`` is done, in the third person; empty where it is none.

    ``change the timeout to 5 s`` becomes ``the timeout is 5 s``, ``add a lock to the till``
    becomes ``the till has a lock``, and each verb behind an *and* goes along.
    """
    said = plain_order(order)
    verb = verb_of(said)
    rest = said.partition(" ")[2].strip()
    if not verb:
        duty = _DUTY.match(said)
        if duty is None or duty[3].lower() not in VERBS | {"be"} or duty[2]:
            return ""
        own = "is" if duty[3].lower() == "be" else third_person(duty[3].lower())
        return f"{duty[1]} {own}{duty[4]}"
    let = _LET.match(rest) if verb == "let" else None
    if let is not None and let["verb"] in VERBS:
        return f"{let['who']} {_first(let['verb'], let['rest'])}"
    claims = verb in _CLAIMING and rest.startswith("that ")
    if not rest or (_PASSIVE_TAIL.match(rest) and not claims):
        return ""
    return _first(verb, _CALLERS.sub("", rest))


def says_what_it_does(held: str) -> bool:
    """Tell whether ``held`` begins with what the code does, and not with who does it."""
    return held.partition(" ")[0] in _DOING


def _first(verb: str, rest: str) -> str:
    if verb in _TAKING_OUT and (out := _FROM_WHAT.match(rest)):
        return f"returns no {out[1]}"
    if verb == "replace" and (swap := _SWAP.match(rest)):
        return f"uses {swap[2]} instead of {swap[1]}"
    told = _TO.match(rest) if verb in _SETTING else None
    if told is not None and _OPERATOR.search(told[1]) and _OPERATOR.search(told[2]):
        value = re.split(r",?\sand\s(?=[a-z]+\s)", told[2], maxsplit=1)[0]
        return f"uses {value} instead of {told[1]}"
    if verb in _SETTING and (told := _TO.match(rest)) and not verb_of(told[2]):
        value, behind = _apart(told[2])
        also = re.sub(r"^(,?\sand)\s", r"\1 it ", behind)
        return f"{told[1]} {_many(told[1], 'are', 'is')} {value}{also}"
    if verb == "add":
        rest, after = _apart(rest)
        if (told := _ONTO.match(rest)) and not verb_of(told[2]):
            return f"{told[2]} {_many(told[2], 'have', 'has')} {told[1]}{after}"
        rest += after
    both = re.match(r"(and|or)\s([a-z]+)\s(?=\S)", rest)
    if both is not None and both[2] in VERBS:
        rest = f"{both[1]} {third_person(both[2])} {rest[both.end() :]}"
    return f"{third_person(verb)} {with_verbs(rest)}"


def _apart(rest: str) -> tuple[str, str]:
    """Cut ``rest`` where another order begins: ``a key to Options | and pass it on``."""
    for match in _AND.finditer(rest):
        if match[1] in PLAIN_VERBS and _level(rest[: match.start()]):
            return rest[: match.start()], with_verbs(rest[match.start() :])
    return rest, ""


def _many(subject: str, several: str, one: str) -> str:
    """Choose by the last letter of the first noun: ``the cookie options``, ``each order``."""
    if re.fullmatch(r"`?[A-Z][\w.]*`?", subject):
        return one
    noun = re.split(r"\s(?:of|in|on|for|from|with|at)\s", subject, maxsplit=1)[0]
    return several if re.search(r"[^s]s$", noun) and not noun.startswith("each") else one


def with_verbs(rest: str) -> str:
    """Put each verb that stands behind an *and* into the third person too."""
    parts, at = [], 0
    for match in _AND.finditer(rest):
        word = match[1]
        behind = rest[match.end() + len(word) :].strip()
        listed = match[0].startswith(", and") and re.match(_OBJECT, behind) is not None
        plain = word in VERBS and (listed or re.match(r"(?:it|them|out)\b", behind))
        sure = word in PLAIN_VERBS or bool(plain)
        if sure and _level(rest[: match.start()]) and behind:
            joint = re.sub(r"^,\s+and", " and", match[0])
            done = "adds" if word == "add" else third_person(word)
            parts += [rest[at : match.start()], joint, done]
            at = match.end() + len(word)
    return "".join([*parts, rest[at:]])


def _level(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in ("()", "[]", "{}"))


def _base(stem: str) -> str:
    """Return the verb whose gerund has ``stem``: ``add``, ``us(e)``, ``cap(p)``."""
    shorter = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return next((verb for verb in (stem, f"{stem}e", shorter) if verb in VERBS), "")


VERBS = frozenset({*_ORDERS.split(), *_SPOKEN})
"""Imperatives whose doing can be seen of the code that runs."""
_NOUNS = (
    "alert buffer build cache cap chain change claim clean cleanup copy count default delay "
    "filter force format gate group guard hash hold import index issue join lock loop map mask "
    "match measure mirror mount order patch pick pin pipe poll prefix print process pull push "
    "query queue quote record report request reserve round route sample scale scan scope serve "
    "sign sort space spread stream supply support tag test time total trace track trust turn "
    "upgrade upload vary watch wire yield "
    "double find key label link look move number pad seal seed shift signal split sum trap "
    "visit walk "
)
PLAIN_VERBS = VERBS - frozenset(_NOUNS.split())
"""Verbs that are no nouns where they stand behind an *and*."""
_DOING = frozenset({*map(third_person, VERBS), "makes"})
"""First words of sentences whose subject is the code."""
