"""Words by which a sentence on a fault is read: its verbs, and what can only be a noun."""

from __future__ import annotations

import re

from mendbook.changes.imperatives import VERBS, third_person

_SEEN = (
    "abort accept accumulate admit allow answer ask demand appear arrive assume become believe "
    "block blow "
    "bounce break "
    "build "
    "burn bypass cache call change clash collide come confuse consume contain contradict "
    "corrupt cost count crash deadlock degrade delay delete deliver depend die differ diverge "
    "download drain drift drop duplicate edit emit empty enable end enter enumerate escape exceed "
    "execute exhaust expire expose fail fall fill fire flicker flood follow forget freeze get "
    "give go grow guess halt hang happen hear hide hit hold ignore impersonate inject insert "
    "invite jump keep know lack lag last leak learn leave linger list load lock log look loop lose "
    "make match mean mislead miss mix mutate need obtain occur open overflow overlap overwrite "
    "panic pass pay persist pile point poison poll post print produce push query race raise "
    "reach read receive reconnect redirect refuse reject reload remain render repeat replay "
    "report request require reset restart resurface retain retry return reveal run save scan "
    "see send serve share show shrink sign skip sleep slow spin spoil stall stand start starve "
    "stay steal stick stop store survive swallow take tamper tell throw time touch trigger "
    "trust try turn update upload use vanish vary wait wake walk wipe work wrap write"
)
PLURAL = frozenset(_SEEN.split())
"""Verbs of faults as they stand behind a plural."""
SAYS = {third_person(verb): verb for verb in {*PLURAL, *VERBS}} | {"has": "have"}
"""What one does, and the verb: ``sees`` and ``see``."""
SINGULAR = frozenset({*SAYS, "goes", "does"})
_BAD = (
    "abort accumulate allow block bounce break burn bypass clash collide confuse corrupt crash "
    "deadlock degrade diverge drift drop duplicate exceed exhaust expose fail flicker flood "
    "forget freeze grow hang hide ignore impersonate lag leak leave linger lose make mislead "
    "miss overflow overlap overwrite panic poison race raise resurface reveal skip spin spoil "
    "stall starve stay steal stick swallow tamper throw trust vanish wait wipe"
)
FAULTY = frozenset(_BAD.split())
"""Verbs that tell of a fault whatever stands around them."""
_AMBIGUOUS = (
    "access alert answer attack block break buffer build burst cache call cause change check "
    "claim clash cost count crash cursor cycle delay document drop echo edit end error estimate "
    "event export fail fall file fill filter fix flag flood format group guard guess hang hash "
    "hit hold hook import index insert install issue item join jump key lag leak limit link list "
    "load lock log look loop loss map mark mask match measure message mirror mix monitor mount "
    "name need note notice object offer open order overflow overlap page panic patch path pay "
    "permit pick pile pin pipe place point poll post prefix print process produce pull push query "
    "queue quote race range rate read record refund release repeat reply report request reserve "
    "reset rest restart result retry return return review round route run sale sample save scale "
    "scan schedule scope score search share show sign skip sleep sort source space spin split "
    "spread stage start state step stick stop store stream subject supply support swap switch tag "
    "tamper test thread throw time timeout touch trace track transfer trap trigger trust try turn "
    "type update upgrade upload use user value view wait wake walk watch wipe wire work wrap "
    "write yield double extract label number pad seal seed shift signal sum trap visit"
)
NOUNS = frozenset(_AMBIGUOUS.split())
"""Verbs that are nouns as well: what they are done to must follow."""
STATE = {"is", "are", "was", "were"}
MODAL = {"can": "cannot", "could": "cannot", "may": "may not", "might": "may not"}
UNABLE = {"cannot": "can", "can't": "can", "couldn't": "can"}
_POINTING = (
    "a an the each every all both no any some this that these those its their his her our your "
    "one two three four five many several most few other same first second last new old more less"
)
DETERMINERS = frozenset(_POINTING.split())
_BEFORE_NOUNS = (
    "of for in to by with from at on as per and or such without than into over under between not"
)
BESIDE = DETERMINERS | frozenset(_BEFORE_NOUNS.split())
"""Words after which a word like *requests* is a noun."""
_ANYTHING = "it them nothing everything anything whatever what nobody everybody how whether"
OBJECTS = frozenset(_ANYTHING.split())
_LINKS = "that which who whoever whom whose where because since although what"
RELATIVE = frozenset(_LINKS.split())
"""Words that begin a clause with a verb of its own."""
CONDITIONS = {"when", "if", "while", "once", "until", "unless"}
_PLACING = "of in for to by with from at on as per into over under after before during without"
PREPOSITIONS = frozenset(_PLACING.split())
_HOW = (
    "both also always often sometimes silently then still only just even all simply quietly "
    "immediately usually eventually never"
)
ADVERBS = frozenset(_HOW.split())
OPPOSITES = {
    "impossible": "possible",
    "inaccurate": "accurate",
    "inconsistent": "consistent",
    "incorrect": "correct",
    "invalid": "valid",
    "invisible": "visible",
    "unavailable": "available",
    "unlimited": "limited",
    "unprotected": "protected",
    "unreachable": "reachable",
    "unreadable": "readable",
    "unusable": "usable",
}
"""What is to be where the first is the fault: *not invisible* is said by nobody."""

MARKED = re.compile(
    r"(?i)\b(?:not|never|twice|both|wrong(?:ly)?|silently|for ever|forever|unbounded|too|only once"
    r"|5\d\d|dropped|lost|leaked|ignored|swallowed|overwritten|duplicated|skipped|inverted|stale"
    r"|may|can"
    r"|could|others?|everybody|anybody|plain ?text)\b"
)
"""Words of clauses that tell of a fault."""
EVENT = re.compile(
    r"(?i)^(?:(?:an?|the|rare|occasional|possible|potential|unexplained|intermittent|a rare)\s)*"
    r"((?:[a-z-]+\s)?(?:[45]\d\d|(?:blank |empty |error )page|crash|crashes|leaks?|loss"
    r"|deadlocks?|exceptions?|timeouts?|corruption|outages?|overflow|collisions?|flicker)"
    r"(?=$|\s(?:for|at|on|in|of|when|during|after|if|to|with)\b).*)$"
)
"""A fault that is told by a noun: *rare 500 at the moment of expiry*."""
ANY_OF = re.compile(r"(?i)(?:whichever|whatever|however|wherever|no matter)\s")
"""A subject that leaves open which one it is: what it does is not turned round by its verb."""
SPLICED = re.compile(r",\s(?!(?:and|or|but)\s)(?=[a-z]+\s)")
"""A comma that may join two sentences."""
