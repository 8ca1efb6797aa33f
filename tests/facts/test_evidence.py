"""Evidence: quoted loosely, paraphrased, or not there; the place it means either way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drawn_records import finding as drawn
from mendbook.facts.evidence import find_evidence
from mendbook.facts.quote import quotes
from mendbook.model import (
    Declaration,
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    Place,
    Severity,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository import Snapshot

BUFFER = """import { redis } from './redis.js';

export class GiftBuffer {
  async flush(): Promise<void> {
    const items = await redis.lrange(this.queueKey, 0, -1);
    const gifts: Gift[] = items.map((item) => JSON.parse(item));
    for (const gift of gifts) {
      await this.guard(gift);
      await this.send({ room: gift.room, ...gift });
    }
    producer.on('close', () => {
      metrics.closed.inc();
      producer.close();
    });
  }

  async drop(): Promise<void> {
    await redis.del(this.queueKey);
    const items = await redis.lrange(this.queueKey, 0, -1);
  }
}
"""
HANDLER = """socket.on('gift:send', async (payload) => {
  const buffer = new GiftBuffer(redis, logger);
  await buffer.enqueue(payload);
});
"""
SNAPSHOT = Snapshot.of({"src/buffer.ts": BUFFER, "src/handler.ts": HANDLER, ".env": "A_KEY=1\n"})
FLUSH = SymbolReferences(
    "GiftBuffer.flush", SymbolStatus.RESOLVED, "syntax", (Declaration("src/buffer.ts", 4, 15),)
)
DROP = SymbolReferences(
    "GiftBuffer.drop", SymbolStatus.RESOLVED, "syntax", (Declaration("src/buffer.ts", 17, 20),)
)


def look(
    evidence: str,
    *symbols: SymbolReferences,
    file: str = "src/buffer.ts",
    line: int | None = None,
    end_line: int | None = None,
) -> Evidence:
    """Look for ``evidence`` in one file of the snapshot."""
    finding = Finding(
        id="A-1",
        severity=Severity.LOW,
        dimension=Dimension.OTHER,
        file=file,
        function="",
        problem="",
        evidence=evidence,
        impact="",
        fix="",
        complexity="",
        places=(Place(file, line=line, end_line=end_line),),
    )
    return find_evidence(finding, [file] if file in SNAPSHOT else [], symbols, SNAPSHOT)


def verbatim(line: int, end_line: int, file: str = "src/buffer.ts") -> Evidence:
    """Return what a verbatim quote gives."""
    return Evidence(EvidenceStatus.VERBATIM, file, line, end_line, 1.0, "evidence text")


@pytest.mark.parametrize(
    ("evidence", "line", "end_line"),
    [
        ("const gifts: Gift[] = items.map((item) => JSON.parse(item));", 6, 6),
        ("const gifts:Gift[]=items.map( (item)=>JSON.parse(item) )", 6, 6),
        ("items.map((item) => JSON.parse(item)) — no guard for each item", 6, 6),
        ("line 6: items.map((item) => JSON.parse(item))", 6, 6),
        ("items.map((item) => JSON.parse(item)); // throws", 6, 6),
        ("items.map((item) => JSON.parse(item)) (buffer.ts:6)", 6, 6),
        ("for (const gift of gifts) { ... await this.send({ room: gift.room, ...gift })", 7, 9),
        ('producer.on("close", () => { … producer.close(); });', 11, 14),
        ("this.send({ room: gift.room, ...gift }) without a check", 9, 9),
        ("redis.del(this.queueKey) + JSON.parse(item) vs JSON.stringify.x", None, None),
        ("redis.del(this.queueKey) + JSON.parse(item)", 18, 18),
    ],
)
def test_a_quote_is_recognised_however_it_is_written(
    evidence: str, line: int | None, end_line: int | None
) -> None:
    """Blanks, quotation marks, elisions, spreads and remarks do not hide a quote."""
    found = look(evidence)
    if line is None or end_line is None:
        assert found.status is not EvidenceStatus.VERBATIM
    else:
        assert found == verbatim(line, end_line)


def test_of_several_places_the_one_nearest_to_the_named_code_is_meant() -> None:
    """A line that stands twice is taken where the declaration or the line suffix is."""
    evidence = "const items = await redis.lrange(this.queueKey, 0, -1);"
    assert look(evidence, FLUSH) == verbatim(5, 5)
    assert look(evidence, DROP) == verbatim(19, 19)
    assert look(evidence, line=17) == verbatim(19, 19)


def test_a_long_quote_is_found_in_the_one_other_file_that_has_it() -> None:
    """Auditors quote callers: the place is then in a file that the finding does not name."""
    found = look("const buffer = new GiftBuffer(redis, logger); (handler.ts:2)", FLUSH)
    assert found == Evidence(
        EvidenceStatus.VERBATIM,
        "src/handler.ts",
        2,
        2,
        1.0,
        "evidence text, in another file than the finding names",
    )
    assert look("await buffer.enqueue(x)").status is EvidenceStatus.ABSENT


def test_a_paraphrase_is_known_by_its_identifiers_standing_together() -> None:
    """Words in prose do not count; names, calls and events do, inside the function first."""
    found = look("flush() sends gifts one by one with JSON.parse and lrange()", FLUSH)
    assert (found.status, found.line, found.how) == (EvidenceStatus.PARAPHRASE, 4, "declaration")
    assert found.share == pytest.approx(1.0)
    near = look("only queueKey is used by lrange()", line=20, end_line=20)
    assert (near.status, near.line, near.how) == (EvidenceStatus.PARAPHRASE, 19, "line suffix")


def test_a_paraphrase_of_the_file_around_still_means_the_function() -> None:
    """Names found elsewhere in the file support the finding, but its place is the function."""
    found = look("JSON.parse has no guard, lrange() does", DROP)
    assert (found.status, found.line, found.end_line) == (EvidenceStatus.PARAPHRASE, 17, 20)
    assert found.how == "the whole file"
    assert look("A_KEY is set", file=".env").line == 1


def test_absent_evidence_says_so_and_keeps_the_place() -> None:
    """What is not in the code is not claimed; share and reason tell how far it was."""
    assert look("uses setTimeout() and clearTimeout() and JSON.parse", FLUSH) == Evidence(
        EvidenceStatus.ABSENT, "src/buffer.ts", 4, 15, 1 / 3, "declaration"
    )
    assert look("No tests at all") == Evidence(
        EvidenceStatus.UNQUOTED, "src/buffer.ts", how="the first file named"
    )
    assert look("anything", file="src/gone.ts") == Evidence(
        EvidenceStatus.NO_FILE, how="none of the named files exists"
    )


def test_a_line_beyond_the_file_is_not_a_place() -> None:
    """A line suffix that the file has not is passed over."""
    assert look("JSON.parse and lrange()", line=9000).how == "the whole file"


@given(
    start=st.integers(3, 19),
    length=st.integers(1, 6),
    blanks=st.sampled_from([" ", "  ", "\n", "\t\n "]),
    mark=st.sampled_from(["'", '"', "`"]),
)
def test_every_excerpt_of_a_file_is_verbatim(
    start: int, length: int, blanks: str, mark: str
) -> None:
    """Whatever lines are quoted, and however blanks and quotation marks are changed, they match."""
    lines = BUFFER.splitlines()[start - 1 : start - 1 + length]
    excerpt = blanks.join(line.strip() for line in lines).replace("'", mark)
    assume(quotes(excerpt))
    found = look(excerpt, line=start)
    assert found.status is EvidenceStatus.VERBATIM
    assert found.line is not None
    assert abs(found.line - start) <= length


@given(st.text(max_size=300))
def test_any_evidence_has_an_answer(evidence: str) -> None:
    """No text makes the search fail, and the place it gives is inside the file."""
    found = look(evidence, FLUSH)
    assert found.file in SNAPSHOT
    assert 1 <= (found.line or 1) <= (found.end_line or 1) <= BUFFER.count("\n") + 1


def test_a_line_with_too_few_words_to_prove_anything_is_found_where_it_stands_once() -> None:
    """A constant and a tag of a struct are known by their whole line, however it is spaced."""
    snapshot = Snapshot.of(
        {
            "tide.go": "package tide\n\nconst (\n\t_mostGates   = 1\n)\n\ntype t struct {\n"
            '\tOpen   bool   `env:"TIDE_OPEN" envDefault:"true"`\n}\n'
        }
    )
    for quoted, line in (
        ("_mostGates = 1", 4),
        ('Open bool `env:"TIDE_OPEN" envDefault:"true"`', 8),
    ):
        about = replace(drawn("F", file="tide.go"), evidence=quoted)
        found = find_evidence(about, ["tide.go"], (), snapshot)
        assert (found.status, found.line) == (EvidenceStatus.VERBATIM, line)


@pytest.mark.parametrize(
    ("evidence", "line", "found_at"),
    [
        ('"kiln": "^1.0.1"', None, 3),
        ("max: 20,", 6, 6),
        ("max: 20", None, 6),
        ("max: 20", 4, 6),
        ("max: 2", 6, None),
        ("20", None, None),
    ],
)
def test_a_short_line_is_known_by_its_whole_text(
    evidence: str, line: int | None, found_at: int | None
) -> None:
    """What parts a line from the next is none of it; one word or a part of a word is no quote."""
    text = '{\n  "pots": {\n    "kiln": "^1.0.1",\n  },\n  "fire": {\n    max: 20,\n  }\n}\n'
    snapshot = Snapshot.of({"pots.json5": text})
    about = replace(drawn("A-1"), evidence=evidence, places=(Place("pots.json5", line=line),))
    found = find_evidence(about, ["pots.json5"], (), snapshot)
    assert (found.line if found.status is EvidenceStatus.VERBATIM else None) == found_at


@pytest.mark.parametrize(
    ("path", "text", "quoted", "named", "line"),
    [
        ("ferry.ts", "a()\nreturn true\nfunction board() {\n  x()\n  return true\n}\n",
         "  return true", 4, 5),
        ("kiln.py", "def fire():\n    raise\n\ndef dry():\n    return None\n", "return None", 1, 5),
        ("gate.ts", "export default {\n  gate: {\n    user: 'keeper',\n    code: '1234',\n  },\n}",
         "user: 'keeper',\n    code: '1234'", 3, 3),
        ("herd.yml", "herd:\n  size: 12\nbarn:\n  size: 3\n", "size: 3", None, 4),
        ("Mill.java", "class Mill {\n  int a = 1;\n  int sacks;\n}\n", "int sacks;", None, 3),
    ],
)  # fmt: skip
def test_a_short_quote_that_stands_there_is_not_called_gone(
    path: str, text: str, quoted: str, named: int | None, line: int
) -> None:
    """It proves little, and still it is in this commit: nearest to the line that is named."""
    asked = replace(drawn("F", file=path), evidence=quoted, places=(Place(path, line=named),))
    found = find_evidence(asked, [path], [], Snapshot.of({path: text}))
    assert (found.status, found.line) == (EvidenceStatus.VERBATIM, line)


def test_an_audit_in_the_repository_is_no_place_of_the_code_that_it_quotes() -> None:
    """The code was repaired since: the place stays where the audit says, and its quote is gone."""
    quote = 'router.get("/:kilnId/heat", async (req, res) => {'
    files = {
        "src/kiln.ts": 'router.get("/:kilnId/heat", signedIn, async (req, res) => {\n});\n',
        "KILN_AUDIT.md": f"# Audit\n\n```ts\n{quote}\n```\n",
        "docs/findings.json": '{"findings": [{"severity": "HIGH", "evidence": '
        f'{quote!r}, "impact": "open"}}]}}',
    }
    about = replace(
        drawn("K-1", problem="open to all"),
        evidence=quote,
        places=(Place("src/kiln.ts", line=1),),
    )
    found = find_evidence(about, ["src/kiln.ts"], (), Snapshot.of(files))
    assert (found.file, found.line) == ("src/kiln.ts", 1)
    assert found.status is not EvidenceStatus.VERBATIM
