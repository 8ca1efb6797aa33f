"""One audit in six layouts, under keys that nobody listed, is one and the same intake."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from mendbook.intake import intake_json, load_audit


@dataclass(frozen=True)
class Written:
    """An audit under keys of its own: id, severity, place, headline, text, repair, size."""

    title: str
    around: tuple[str, str, str]
    """Keys around the records: an object's, its list's, and that of the inner lists."""
    keys: tuple[str, ...]
    severities: tuple[str, ...]
    """As they are read."""
    entries: tuple[tuple[str, ...], ...]

    def records(self) -> list[dict[str, str]]:
        """Return the entries as objects, the headline first."""
        order = (3, 0, 1, 2, 4, 5, 6)
        return [{self.keys[at]: entry[at] for at in order} for entry in self.entries]


AUDITS = {
    "bakery": Written(
        "Bakery, a look around",
        ("bakery", "loaves", "crumbs"),
        ("mark", "gravitas", "spot", "blurb", "saga", "cure", "heft"),
        ("CRITICAL", "MEDIUM", "LOW"),
        (
            (
                "KILN-1",
                "severe",
                "oven/heat.py:12-18",
                "Oven keeps heating after the door opens",
                "The loop reads the door's switch once, before the first pass, and never again.",
                "Read the switch in each pass of the loop",
                "2 hours",
            ),
            (
                "KILN-2",
                "moderate",
                "oven/timer.py:40",
                "Timer drifts by a second each minute",
                "Each tick sleeps for one second and the work of the tick is added on top of that.",
                "Use a monotonic clock for the next tick",
                "30 minutes",
            ),
            (
                "KILN-3",
                "minor",
                "shop/price.ts:7",
                "Price is rounded twice on its way",
                "The cart rounds what the till has rounded already: some totals are off by one.",
                "Round at the till only",
                "1 hour",
            ),
        ),
    ),
    "hospital": Written(
        "Ward rounds",
        ("rounds", "beds", "charts"),
        ("tally", "fever", "ward", "murmur", "anamnesis", "therapy", "visits"),
        ("HIGH", "HIGH", "INFO", "LOW"),
        (
            (
                "W12",
                "high",
                "ward/dose/Pump.java:88",
                "Pump takes the dose of the last patient",
                "The field outlives the bed it was set for, so the next patient gets the old dose.",
                "Clear the dose when the bed is left",
                "3h",
            ),
            (
                "W13",
                "high",
                "ward/bell.go:21-25",
                "Bell rings at the wrong desk",
                "The desk is looked up by its name, and two desks of this house share the name.",
                "Look the desk up by its number",
                "1h",
            ),
            (
                "W14",
                "info",
                "ward/lists/Night.java:5",
                "Night list has a name of last year",
                "The class is still called after the shift that was given up in the spring.",
                "Rename the class",
                "0.5h",
            ),
            (
                "W20",
                "low",
                "ward/lists/Print.java:140",
                "List is printed twice on Sundays",
                "Both schedules match on a Sunday, and neither of them knows of the other one.",
                "Skip the second schedule on Sundays",
                "2h",
            ),
        ),
    ),
    "observatory": Written(
        "Nights at the observatory",
        ("domes", "lenses", "specks"),
        ("plate", "glare", "azimuth", "glint", "chronicle", "polish", "nights"),
        ("HIGH", "CRITICAL", "INFO", "HIGH"),
        (
            (
                "ORB.3",
                "major",
                "dome/turn.rs:61-70",
                "Dome turns against the wind gauge",
                "The gauge reports degrees from the south, and the motor counts them from north.",
                "Add half a turn to what the gauge reports",
                "90 minutes",
            ),
            (
                "ORB.4",
                "blocker",
                "dome/slit.rs:9",
                "Slit stays open in the rain",
                "Rain is only asked for at dawn, so that a shower in the night is never noticed.",
                "Ask for rain each minute while the slit is open",
                "4 hours",
            ),
            (
                "ORB.5",
                "trivial",
                "log/almanac.rs:200",
                "Almanac names a comet twice",
                "Two catalogues write its name with and without a dash, and both of them count.",
                "Compare the names without their dashes",
                "1 hour",
            ),
            (
                "ORB.11",
                "major",
                "plate/store.rs:33",
                "Plates of one minute overwrite each other",
                "The file is named after the minute, and the camera takes three plates in it.",
                "Name the file after the second and the plate",
                "2 hours",
            ),
        ),
    ),
    "apiary": Written(
        "Notes on the apiary",
        ("gorse", "hazel", "ivy"),
        ("juniper", "quoll", "osier", "aspen", "umber", "kelp", "nettle"),
        ("CRITICAL", "LOW", "MEDIUM"),
        (
            (
                "HIVE-7",
                "severe",
                "hive/smoke.ex:44",
                "Smoker is lit when the hive is open",
                "The guard asks the lid's sensor once at noon and keeps the answer until dusk.",
                "Ask the sensor before each lighting",
                "3 hours",
            ),
            (
                "HIVE-9",
                "minor",
                "hive/label.ex:8-12",
                "Jars carry the label of last year",
                "The year is a constant that was written with the first jar and never after.",
                "Take the year from the calendar",
                "20 minutes",
            ),
            (
                "HIVE-12",
                "moderate",
                "comb/weigh.ex:90",
                "Frames are weighed with their bees",
                "The tare is read after the bees are back, so each frame seems heavier than it is.",
                "Read the tare before the frame is opened",
                "1 hour",
            ),
        ),
    ),
    "theatre": Written(
        "Notes on the theatre",
        ("moss", "lichen", "flax"),
        ("thimble", "wimple", "fathom", "tansy", "gusset", "quince", "yarrow"),
        ("CRITICAL", "LOW", "MEDIUM", "HIGH"),
        (
            (
                "ACT3-1",
                "blocker",
                "stage/curtain/rope.kt:17",
                "Curtain falls on the second act",
                "Two desks share the cue counter, and each counts the other's cues as well.",
                "Give each desk a counter of its own",
                "5 hours",
            ),
            (
                "ACT3-2",
                "low",
                "box/seats.sql:3",
                "Row K is sold twice on Mondays",
                "The view joins the plan of the old hall, in which row K was split in two.",
                "Join the plan of the new hall",
                "2 hours",
            ),
            (
                "ACT3-4",
                "medium",
                "stage/light/Dim.kt:120-131",
                "Lights dim to black between scenes",
                "The fade is given in seconds where the desk takes tenths: it lasts too long.",
                "Convert the fade to tenths",
                "45 minutes",
            ),
            (
                "ACT3-8",
                "high",
                "box/till.kt:66",
                "Refunds are paid in the wrong currency",
                "The currency is that of the last sale at the till, and not that of the ticket.",
                "Read the currency from the ticket",
                "2 hours",
            ),
        ),
    ),
    "harbour": Written(
        "Hafenrundgang",
        ("mole", "kais", "poller"),
        ("kürzel", "sturmstufe", "liegeplatz", "zuruf", "logbuch", "manöver", "wachen"),
        ("CRITICAL", "MEDIUM", "LOW"),
        (
            (
                "KAI-001",
                "kritisch",
                "src/kran/seil.rs:9-31",
                "Das Seil wird nie geprüft",
                "Die Prüfung hängt an einem Merker, der beim Start gelöscht und nie gesetzt wird.",
                "Prüfe das Seil vor jedem Hub",
                "4 Stunden",
            ),
            (
                "KAI-002",
                "mittel",
                "src/schleuse/tor.rs:77",
                "Das Tor schließt vor dem Signal",
                "Das Signal wird erst gesendet, wenn der Motor steht: kein Schiff sieht es.",
                "Sende das Signal vor dem Schließen",
                "2 Stunden",
            ),
            (
                "KAI-003",
                "niedrig",
                "tools/gezeiten.py:3",
                "Die Tafel zeigt die Zeit von gestern",
                "Der Abruf wird bei einem Fehler nicht wiederholt, die alte Tafel bleibt stehen.",
                "Wiederhole den Abruf nach einer Minute",
                "1 Stunde",
            ),
        ),
    ),
    "library": Written(
        "Tournée de la bibliothèque",
        ("salles", "travées", "fiches"),
        ("cote", "aplomb", "rayon", "manchette", "chronique", "ordonnance", "fardeau"),
        ("HIGH", "MEDIUM", "LOW"),
        (
            (
                "B-101",
                "élevé",
                "src/pret/retour.php:44-51",
                "Les retours ne sont pas comptés",
                "Le compteur est lu avant la fermeture du guichet, et jamais après.",
                "Compter les retours à la fermeture",
                "3 heures",
            ),
            (
                "B-102",
                "moyen",
                "src/rayon/index.php:9",
                "Un rayon est listé deux fois",
                "La jointure reprend l'ancien plan, où ce rayon était coupé en deux.",
                "Joindre le nouveau plan",
                "1 heure",
            ),
            (
                "B-103",
                "faible",
                "bin/horaires.py:120",
                "Les horaires sont ceux de l'hiver",
                "La date est prise sans son fuseau, l'été est donc ignoré.",
                "Lire la date avec son fuseau",
                "30 minutes",
            ),
        ),
    ),
}


def _headings(audit: Written) -> str:
    parts = [f"# {audit.title}", ""]
    for record in audit.records():
        (_, headline), *others = record.items()
        parts += [f"## {headline}", ""]
        parts += [f"**{key.title()}:** {value}\n" for key, value in others]
    return "\n".join(parts)


def _table(audit: Written) -> str:
    records = audit.records()
    head = list(records[0])
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(record.values())} |" for record in records]
    return f"# {audit.title}\n\n" + "\n".join(lines) + "\n"


def _csv(audit: Written) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(audit.records()[0]))
    writer.writeheader()
    writer.writerows(audit.records())
    return written.getvalue()


def _flat(audit: Written) -> str:
    outer, inner, _ = audit.around
    return json.dumps({outer: {inner: audit.records()}})


def _nested(audit: Written) -> str:
    outer, _, deepest = audit.around
    return json.dumps({outer: [{deepest: [record]} for record in audit.records()]})


def _yaml(audit: Written) -> str:
    return yaml.safe_dump({audit.around[1]: audit.records()}, sort_keys=False, allow_unicode=True)


SHAPES = {
    "flat.json": _flat,
    "nested.json": _nested,
    "headings.md": _headings,
    "table.md": _table,
    "rows.csv": _csv,
    "list.yaml": _yaml,
}


def _intake(folder: Path, name: str, audit: Written) -> list[dict[str, Any]]:
    path = folder / name
    path.write_text(SHAPES[name](audit), encoding="utf-8")
    findings: list[dict[str, Any]] = intake_json(load_audit(path), {})["findings"]
    return [{k: v for k, v in each.items() if k != "documentLine"} for each in findings]


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("domain", AUDITS)
def test_every_shape_gives_the_same_findings(domain: str, name: str, tmp_path: Path) -> None:
    """Id, severity, place, title, problem and fix are the same, wherever and however they stand."""
    audit = AUDITS[domain]
    found = _intake(tmp_path, name, audit)
    assert found == _intake(tmp_path, "flat.json", audit)
    assert [
        (one["id"], one["severity"], one["files"], one["title"], one["problem"], one["fix"])
        for one in found
    ] == [
        (mark, severity, [spot], title, text, repair)
        for (mark, _, spot, title, text, repair, _), severity in zip(
            audit.entries, audit.severities, strict=True
        )
    ]
