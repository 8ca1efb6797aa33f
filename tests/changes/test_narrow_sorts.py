"""Narrow sorts of changes: what each can break, and the title of the test that sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.exchanges import exchanged
from mendbook.changes.foreseen import foreseen
from mendbook.changes.held import held
from mendbook.model import FindingFacts
from mendbook.repository.snapshot import Snapshot

NOWHERE = FindingFacts("F", ())
EMPTY = Snapshot.of({})
CASES = [
    (
        "Accept only rye, oats and spelt as the grain",
        "mill.grind(grain)",
        "",
        "Anything but rye, oats and spelt as the grain is refused, where it was taken until now.",
        "",
    ),
    (
        "Weigh only when the scale is zero",
        "scale.weigh(sack)",
        "",
        "",
        "",
    ),
    (
        "Compare only when the seal is not empty",
        "seal == stamp",
        "",
        "It compares only when the seal is not empty: else that is not done any more.",
        "",
    ),
    (
        "Keep one queue per gate in a bounded map",
        "const queue = new Queue()",
        "One queue is shared by all gates.",
        "Each gate has its own queue from then on, where all shared one.",
        "",
    ),
    (
        "Test for TideError before Error",
        "else if (error instanceof TideError)",
        "",
        "What is both is taken as TideError from then on, where Error took it until now.",
        "what is both TideError and Error is taken as TideError",
    ),
    (
        "Write to a temporary file in the same folder and rename it over the ledger",
        "open(ledger, 'w')",
        "",
        "The old file stays until the new one is whole: its folder must be writable and have room"
        " for both, and a link to the old file keeps what it had.",
        "the old file is as it was when writing the new one fails",
    ),
    (
        "Cap wait_time at 60 seconds",
        "wait_time *= 2",
        "",
        "`wait_time` stays at 60 seconds, where it went beyond until now.",
        "",
    ),
    (
        "Throw an error when the crane returns no load",
        "return crane.load()!",
        "",
        "Calls that went through until now end with an error when the crane returns no load.",
        "",
    ),
    (
        "Use for (const berth of berths) in the cache cleaner",
        "for (berth of berths)",
        "",
        "",
        "",
    ),
    (
        "Drop entries that were not used for ten minutes from the map",
        "const tallies = new Map()",
        "",
        "What these entries held is forgotten: who comes after that begins anew.",
        "",
    ),
    (
        "Replace split(' ') with split()",
        "line.split(' ')",
        "",
        "`split` is given other arguments: `split()` instead of `split(' ')`.",
        "",
    ),
    (
        "Close the sluice with 44 when it already holds 100 boats",
        "this.boats[id] = null",
        "",
        "The sluice is closed when it already holds 100 boats: what still uses it from then on"
        " fails.",
        "",
    ),
    (
        "Clear the previous bellWait before setting a new one",
        "bellWait = setTimeout(ring, 50)",
        "",
        "Of several, only the last one fires: what an earlier one was to do is not done.",
        "of two, only the last one fires",
    ),
    (
        "Add Zod schema for the answer of the tide service and validate before caching",
        "const tide = await fetch(url)",
        "",
        "Answers that do not fit are refused, where they were taken until now.",
        "an answer that does not fit is refused",
    ),
    (
        "Add bearer token check",
        "app.get('/herd', list)",
        "",
        "What does not pass the check of bearer token is turned away, where it went through.",
        "",
    ),
    (
        "Look up the keeper and ring directly: emit directly via io.to(keeper)",
        "io.to(barn).emit('ring')",
        "",
        "Only who is addressed gets it: who got it with all others until now gets nothing.",
        "only who is addressed gets it",
    ),
    (
        "Accept scale as constructor parameter",
        "import { scale } from './scale'",
        "",
        "Whoever makes or calls it must hand in scale from then on.",
        "uses the scale that it is given",
    ),
    (
        "Add a Map<boatId, Berth> for O(1) lookup",
        "berths.find((berth) => berth.boat === id)",
        "",
        "The same is held twice from then on: where one is added, moved or removed without the"
        " other, the lookup finds nothing, or what is gone.",
        "what is removed is no longer found",
    ),
    (
        "Change berthOwners to map berthId → Keeper",
        "this.berthOwners",
        "",
        "`berthOwners` holds something else: every place that fills or reads it must change with"
        " it.",
        "berthOwners holds the new form wherever it is filled",
    ),
    (
        "Close the previous sluice before setting the new one",
        "this.setSluice(sluice)",
        "",
        "Who still holds the previous sluice finds it closed.",
        "",
    ),
    (
        "Save the ledger before the boat leaves",
        "boat.leave()",
        "",
        "It saves the ledger before the boat leaves: where that fails, it does not come to that.",
        "saves the ledger before the boat leaves",
    ),
    (
        "Ignore messages that are not objects",
        "JSON.parse(note)",
        "",
        "Messages that are not objects: dropped, where it was passed on; who sent it is not told.",
        "",
    ),
    (
        "Default to depth: 4 and document how to change it",
        "depth: 9,",
        "",
        "Who sets nothing gets depth: 4 from then on, and no longer what it was.",
        "depth: 4 applies where nothing is set",
    ),
    (
        "Raise the limit to 5mb",
        "app.use(herd.json())",
        "",
        "`herd.json` works with 5mb for its limit from then on, where it was another.",
        "the limit of herd.json is 5mb",
    ),
    (
        "Use Date.now()",
        "const now = new Date().getTime();",
        "",
        "None: both are one number.",
        "",
    ),
    (
        "Close the sluice when more than 1,000 boats wait",
        "this.boats.push(boat)",
        "",
        "The sluice is closed when more than 1,000 boats wait: what still uses it from then on"
        " fails.",
        "",
    ),
    (
        "Weigh all sacks and clear the map",
        "sacks = new Map()",
        "",
        "The map is empty: who looks there then finds nothing.",
        "",
    ),
    (
        "Skip throttling when the boat has no mark",
        "throttle(boat)",
        "",
        "Throttling is left out when the boat has no mark, where it was done until now.",
        "",
    ),
    (
        "Replace any with a union of the sacks",
        "weigh(sack: any)",
        "",
        "None at run time: only what type checkers read changes.",
        "",
    ),
    (
        "Remove the else-if branch",
        "} else if (!boat) {",
        "The last branch can never be reached",
        "None, if it is never reached, as the audit says; if it is, the else-if branch is missing"
        " there.",
        "",
    ),
    (
        "Add a .catch to the chain that warns the keeper and shuts the sluice",
        "this.tide.ready(berth).then((water) => {",
        "",
        "When `this.tide.ready` fails, it warns the keeper and shuts the sluice; what the error did"
        " until now, it does no more.",
        "warns the keeper and shuts the sluice when this.tide.ready fails",
    ),
    (
        "Catch the error, log it and call closeGate as berth() does",
        "const water = await tide.ready(berth)",
        "",
        "When `tide.ready` fails, it logs the error and calls closeGate; what the error did until"
        " now, it does no more.",
        "logs the error and calls closeGate when tide.ready fails",
    ),
    (
        "Handle every other error of OpenSack with b.refuse and return",
        "if err != nil && full(err) {",
        "",
        "When `OpenSack` fails, it calls b.refuse and returns; what the error did until now, it"
        " does no more.",
        "calls b.refuse and returns when OpenSack fails",
    ),
    (
        "Reject the promise when queue.add fails",
        "queue.add('hay').then(() => resolve())",
        "",
        "Its promise is rejected when queue.add fails, where who waited for it got no answer.",
        "its promise is rejected when queue.add fails",
    ),
    (
        "Close and remove the sack when scale.weigh fails",
        "scale.weigh(sack)",
        "",
        "When `scale.weigh` fails, it closes and removes the sack: a retry begins without it.",
        "closes and removes the sack when scale.weigh fails",
    ),
    (
        "Add an else branch that rings the bell",
        "if (tide.high) {",
        "",
        "Where none of the conditions before it holds, it rings the bell; until now nothing was"
        " done there.",
        "rings the bell where none of the conditions before it holds",
    ),
    (
        "Use %q instead of %s in the log call",
        'log.Printf("no berth %s", name)',
        "",
        "None for its callers: only what is logged changes, for what searches or parses these"
        " lines.",
        "",
    ),
    (
        "Change the mode from 0644 to 0600",
        "os.OpenFile(ledger, os.O_CREATE, 0644)",
        "",
        "Files and folders that are made from then on have mode 0600: another user than the owner"
        " may not read them; those that are there keep theirs.",
        "what it makes has mode 0600",
    ),
    (
        "Store the handle and clear it in dispose()",
        "setInterval(turnMill, 50)",
        "",
        "The timer no longer fires in dispose(): what it still had to do then is not done.",
        "the timer no longer fires in dispose()",
    ),
    (
        "Precompile the patterns once as static fields",
        "new RegExp(herd)",
        "",
        "All calls share what is made once: what one leaves in it, the next one meets.",
        "a second call gives the same as the first",
    ),
    (
        "Set barn.feedLog to an empty list before the herd leaves",
        "barn.leave(herd)",
        "",
        "`barn.feedLog` is an empty list before the herd leaves: what it held is gone for whoever"
        " reads it from then on.",
        "barn.feedLog is an empty list afterwards",
    ),
    (
        "Wrap it in try/finally and close the sluice in the finally block",
        "await tide.ready(berth)",
        "",
        "The sluice is also closed when `tide.ready` fails; the error still reaches the callers,"
        " unless one in the block takes its place.",
        "closes the sluice also when tide.ready fails",
    ),
    (
        "Throw 'no permit' when the digger has none",
        "dig(pit)",
        "",
        "Ends with 'no permit' when the digger has none, where it went through until now.",
        "ends with 'no permit' when the digger has none",
    ),
    (
        "Fall back to 'unknown' when the hull has no mark",
        "ship_id = hull.mark.text",
        "",
        "It goes on with 'unknown' when the hull has no mark, which it did not until now."
        " All of these share one `ship_id`.",
        "goes on with 'unknown' when the hull has no mark",
    ),
    (
        "Change the return annotation to `list[Berth]`",
        "def berths() -> list:",
        "",
        "None at run time: only what type checkers read changes.",
        "",
    ),
    (
        "Return the tide in the answer beside the depth",
        "return {depth}",
        "",
        "The answer has the tide besides: a reader that refuses fields it does not know must be"
        " changed first.",
        "the answer has the tide",
    ),
    (
        "Run it in a thread",
        "mark = hull.scan(picture)",
        "",
        "`hull.scan` runs beside other requests: it waits for a free thread, and what it uses is"
        " used by several at once.",
        "another request is answered while hull.scan runs",
    ),
    (
        "Call weigh with an empty sack before returning None",
        "return None",
        "",
        "weigh with an empty sack is called before returning None: that end takes its time, too,"
        " and can fail in it.",
        "",
    ),
    (
        "Keep the handle and cancel the earlier one before a new one is set",
        "setTimeout(ring, 500)",
        "",
        "Of several, only the last one fires: what an earlier one was to do is not done.",
        "of two, only the last one fires",
    ),
    (
        "Clear the interval when the mill stops",
        "setInterval(turn, 10)",
        "",
        "The interval no longer fires when the mill stops: what it still had to do then is not"
        " done.",
        "the interval no longer fires when the mill stops",
    ),
    (
        "Reject sacks that are heavier than 10,000 grams",
        "take(sack)",
        "",
        "Turned away, where it went through until now: sacks that are heavier than 10,000 grams.",
        "",
    ),
    (
        "Copy the herd before sorting it",
        "herd.sort(byAge)",
        "",
        "The herd stays as it was handed in: who relied on its change finds none.",
        "leaves the herd as it was handed in",
    ),
    (
        "Remove the old chart only after saveChart succeeded",
        "fs.rmSync(old)",
        "",
        "The old chart stays until saveChart succeeded; where that fails it is kept.",
        "the old chart is kept when saveChart fails",
    ),
    (
        "Compare with `is not None` for `note` and `berth`",
        "boat.note = note or boat.note",
        "",
        "An empty text, 0 or false for note and berth counts as given from then on, where it was"
        " taken for missing.",
        "an empty text is kept as it is given",
    ),
    (
        "Cache the tide table for 10 minutes",
        "table = fetch_tides(port)",
        "",
        "What `fetch_tides` gave is kept for up to 10 minutes: changes behind it are seen that"
        " much later.",
        "fetch_tides runs once for two equal calls",
    ),
    (
        "Memoize the parsed recipes",
        "const recipe = parseRecipe(text);",
        "",
        "What `parseRecipe` gave is kept as long as the process runs: a change behind it is not"
        " seen before.",
        "parseRecipe runs once for two equal calls",
    ),
    (
        "Add a timeout of 5 s to the request",
        "resp, err := http.Get(url)",
        "",
        "`http.Get` that takes longer than 5 s fails from then on, where it was waited for.",
        "gives up when http.Get does not answer in time",
    ),
    (
        "Use a select whose default branch drops the reading when the buffer is full",
        "sensors <- reading",
        "",
        "",
        "",
    ),
    (
        "Drop the oldest message when the queue is full",
        "queue <- m",
        "",
        "The oldest message is lost when the queue is full; who sent it is not told.",
        "the oldest message is dropped when the queue is full, and the caller goes on",
    ),
    (
        "Generate a key when `KILN_KEY` is not set",
        'Key: "clay",',
        "",
        'An environment that does not set KILN_KEY no longer gets `"clay"`.',
        "",
    ),
    (
        "Refuse to start when KILN_KEY is missing",
        'Key: "clay",',
        "",
        "An environment where KILN_KEY is not set does not start any more.",
        "",
    ),
    (
        "Add `shelf` to the dependency array",
        "useEffect(() => load(shelf), [])",
        "The effect keeps the first shelf.",
        "It runs again whenever shelf changes; where shelf is made anew in each render, it runs"
        " every time.",
        "runs again when shelf changes",
    ),
    (
        "Sanitise the note with bleach before it is shown",
        "dangerouslySetInnerHTML={{ __html: note }}",
        "Stored XSS.",
        "Markup that bleach does not allow disappears from the note; what is stored stays as it"
        " is.",
        "a script or an event handler in the note does not reach the page",
    ),
    (
        "Wrap both writes in a transaction",
        "ledger.post(a); ledger.post(b)",
        "",
        "All of it is kept or none: its rows stay locked until the end, and an error undoes what"
        " was written before it.",
        "an error halfway leaves nothing written",
    ),
    (
        "Fetch the wards and beds concurrently",
        "const wards = await getWards();",
        "",
        "They are begun together: they end in any order, and where one fails the others still run.",
        "begins the second before the first has ended",
    ),
    (
        "Catch `sqlite3.IntegrityError` around the insert and raise HTTPException with 409",
        "loans.insert(loan)",
        "A second loan is answered with a 500.",
        "Clients meet 409 where 500 came before, on sqlite3.IntegrityError.",
        "",
    ),
    (
        "Move the depth check in front of the tide branch",
        "if depth < 2: abort(400)",
        "",
        "The depth check also holds for the tide branch: what went through there until now is"
        " stopped by it.",
        "the depth check also holds for the tide branch",
    ),
    (
        "Log `cause` with `ward.error` and answer 500 when it is set",
        "(cause, bed) => {",
        "A failure is answered with 401.",
        "Clients meet 500 where 401 came before when cause is set.",
        "logs cause with ward.error and answers 500 when cause is set",
    ),
    (
        "Return an empty herd instead of throwing",
        "throw new NoHerdError(id)",
        "",
        "Callers go on where they were stopped with NoHerdError, and must bear what they get"
        " instead.",
        "goes on where it stopped with an error",
    ),
    (
        "Change the message to 'At least two sacks'",
        "min(2, 'Required')",
        "",
        "Users read another text; tests and scripts that look for 'Required' no longer find it.",
        "",
    ),
    (
        "Run it from a scheduled job instead",
        "sweepKilns()",
        "",
        "It no longer happens with the request: what relies on it right afterwards finds it not"
        " done yet, and where nothing runs the schedule it is never done.",
        "the request no longer does it, and the scheduled run does",
    ),
    (
        "Throw TooDeep for wells above `MAX_DEPTH` and map it to 422",
        "depth = MAX_DEPTH;",
        "",
        "What was served until now is answered with 422 for wells above MAX_DEPTH.",
        "throws TooDeep for wells above MAX_DEPTH and maps it to 422",
    ),
    (
        "Shorten the lifetime to 1 day in `passFor` and in the gate",
        "exp: now + week",
        "",
        "What is given out from then on ends after 1 day; what was given out before keeps its"
        " time.",
        "ends after 1 day",
    ),
    (
        "Return after the response",
        "desk.answer(400)",
        "",
        "What ran behind it in that case does not run any more.",
        "does nothing more once it has answered",
    ),
    (
        "Use `Herd.findOneAndUpdate` with `$inc`",
        "herd.size += 1",
        "",
        "Changes that come at the same time all count; hooks and checks that run where a record is"
        " read, changed and saved do not run.",
        "two at the same time both count",
    ),
    (
        "Read it from the `X-Berth` header",
        'berth := c.Query("berth")',
        "",
        "Clients that send it elsewhere are taken for ones that send none, until they use X-Berth.",
        "takes it from the X-Berth header, and not from where it stood before",
    ),
    (
        "Store the pass in an httpOnly cookie set by the gate instead of localStorage",
        "localStorage.setItem('pass', pass)",
        "",
        "Scripts can no longer read it, requests carry it by themselves, and other origins need"
        " credentials and a guard against forged requests.",
        "nothing is kept in the browser's storage",
    ),
    (
        "Cache the response for 60 seconds",
        "return jsonify(tides())",
        "",
        "The answer is kept for up to 60 seconds: changes behind it are seen that much later.",
        "a second request within that time gets the same answer",
    ),
    (
        "Use a Redis store for `gateLimiter`",
        "const gateLimiter = limit({",
        "",
        "All instances share it: it works only where the store can be reached, and what each"
        " counted by itself is forgotten once.",
        "two instances count together",
    ),
    (
        "Use `errors.Is` for each case",
        "switch err {",
        "",
        "Errors that wrap another are told by what they wrap, where only bare ones were.",
        "a wrapped error is told like the bare one",
    ),
    (
        "Fall back to 1 instead of `berthNumber`",
        "const at = given || berthNumber;",
        "",
        "Where nothing is given, 1 is taken and no longer berthNumber.",
        "where nothing is given, 1 is taken and not berthNumber",
    ),
    (
        "Reject depths above 100 with 400",
        "if depth == 0 {",
        "",
        "What was served until now is answered with 400 for depths above 100.",
        "rejects depths above 100 with 400",
    ),
    (
        "Cache the parsed sack by its mark in an LRU of 500 entries",
        "const sack = parseSack(mark);",
        "",
        "What `parseSack` gave is kept until newer ones push it out: a change behind it is not seen"
        " before.",
        "parseSack runs once for two equal calls",
    ),
    (
        "Only moor ships that have a pass",
        "quay.moor(ship)",
        "",
        "From then on only this is done: moor ships that have a pass; where that does not hold, it"
        " no longer is.",
        "",
    ),
    (
        "Send the pass from a background queue",
        "await post(pass)",
        "",
        "It no longer happens with the request: what relies on it right afterwards finds it not"
        " done yet, and where nothing runs the schedule it is never done.",
        "the request no longer does it, and the scheduled run does",
    ),
    (
        "Move the lifetime to Settings with a default of 60",
        "LIFETIME = 60 * 24  # a day",
        "",
        "Who sets nothing gets 60, where it was `60 * 24`.",
        "is 60 where nothing is set, and what is set where something is",
    ),
]


@pytest.mark.parametrize(("fix", "evidence", "problem", "expected", "proof"), CASES)
def test_a_narrow_sort_says_what_breaks_and_what_a_test_sees(
    fix: str, evidence: str, problem: str, expected: str, proof: str
) -> None:
    """Each names what the fix and the evidence name; where a part is not known it says nothing."""
    asking = replace(
        finding("F"), fix=fix, evidence=evidence, problem=problem, impact="", symbols=()
    )
    said = " ".join(each.words for each in foreseen(asking, NOWHERE, EMPTY))
    assert not expected or said == expected
    assert not proof or held(asking, NOWHERE) == (proof,)


@pytest.mark.parametrize(
    ("before", "after", "known"),
    [
        ("datetime.utcnow()", "datetime.now(timezone.utc)", True),
        ("Math.random().toString(36)", "crypto.randomUUID()", True),
        ("yaml.load(text)", "yaml.safe_load(text)", True),
        ("hashlib.md5(sack)", "hashlib.sha256(sack)", True),
        ("ioutil.ReadAll(body)", "io.ReadAll(body)", True),
        ("Promise.all(boats)", "Promise.allSettled(boats)", True),
        ('os.environ.get("DEPTH", "4")', 'os.environ["DEPTH"]', True),
        ("berths.get(ship)", "berths.pop(ship, None)", True),
        ("fetch(tide)", "fetch(moon)", False),
        ("hashlib.sha256(a)", "hashlib.sha256(b)", False),
    ],
)
def test_an_exchange_is_known_by_both_of_its_sides(before: str, after: str, known: bool) -> None:
    """Only where the old call goes and the new one comes is anything said of the two."""
    assert (exchanged(before, after) is not None) is known


@pytest.mark.parametrize(
    ("fix", "never"),
    [
        ("Use for (const berth of berths) in the cache cleaner", "cached"),
        ("Assign the generated hash to this.seal and store that same hash", "hash"),
        ("Use with instead of acquire and release in all of open", "closed"),
        ("Move _weigh to Scale and delete both copies", "come back"),
        ("Check isOpen in closeGate instead", "turned away"),
        ("Stop after five tries, and set the state to DOWN", "Each run works with"),
    ],
)
def test_a_word_beside_the_order_brings_up_no_sort(fix: str, never: str) -> None:
    """What only names a thing that is there already, or that another word makes another thing."""
    asking = replace(finding("F"), fix=fix, evidence="", problem="", impact="", symbols=())
    said = " ".join(each.words for each in foreseen(asking, NOWHERE, EMPTY))
    assert never not in said.partition("Not known")[0]


def test_another_level_of_a_log_is_nothing_for_callers() -> None:
    """The same line at another level; another logger or the same level is another matter."""
    known = exchanged("log.debug('no tide')", "log.error('no tide')")
    assert known is not None
    assert known.differs.startswith("None for its callers: only the level changes")
    assert exchanged("log.debug('no tide')", "log.debug('no ebb')") is None
