"""What stands behind an answer and does not run any more is named by its line."""

from __future__ import annotations

from dataclasses import replace

from drawn_records import finding
from mendbook.changes.foreseen import foreseen
from mendbook.model import Evidence, EvidenceStatus, FindingFacts
from mendbook.repository.snapshot import Snapshot

GATE = """package gate

func Open(w Writer, r *Request) {
	key, err := read(r)
	if err != nil {
		http.Error(w, err.Error(), 500)
	}
	log.Print(key)
	w.Write(key.Bytes())
}
"""


def test_what_runs_behind_an_answer_is_named() -> None:
    """The statement behind the branch is what still ran; its line is said."""
    place = Evidence(EvidenceStatus.VERBATIM, "gate/open.go", 4)
    facts = FindingFacts("F", (), evidence=place)
    asked = replace(finding("F"), fix="Return after each http.Error.", symbols=())
    said = [each.words for each in foreseen(asked, facts, Snapshot.of({"gate/open.go": GATE}))]
    assert said == ["Behind line 6 it ends: `log.Print` (line 8) does not run then."]
