"""Audits that were not saved as UTF-8: read where that is sure, and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import InputError
from mendbook.intake import intake_table, load_audit

PRÜFUNG = (
    "# Prüfung der Mühle\n\n## Befunde\n\n### 1. Die Schlüssel liegen offen\n\n"
    "**Schweregrad:** hoch\n**Datei:** `mühle/tür.py:3`\n\n"
    "Jeder Gast öffnet die Tür – zum „Spaß“.\n\n**Empfehlung:** Die Schlüssel einschließen.\n"
)
UNSURE = "neither UTF-8 nor surely UTF-16 or Windows-1252; save it as UTF-8"


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "UTF-32"),
    ],
)
def test_other_encodings_are_read_and_told(codec: str, named: str, tmp_path: Path) -> None:
    """What a spreadsheet or a shell on Windows saved is read, and the intake says so."""
    path = tmp_path / "audit.md"
    path.write_bytes(PRÜFUNG.encode(codec))
    audit = load_audit(path)
    assert [(one.title, one.severity, one.problem, one.fix) for one in audit.findings] == [
        (
            "Die Schlüssel liegen offen",
            "HIGH",
            "Jeder Gast öffnet die Tür – zum „Spaß“.",
            "Die Schlüssel einschließen.",
        )
    ]
    why = f"not UTF-8; read as {named}: where letters look wrong, save it as UTF-8"
    assert (audit.left[0].place, audit.left[0].example, audit.left[0].why) == (
        "the document",
        named,
        why,
    )
    assert f"the document  {named}" in intake_table(audit, {})
    assert intake_table(audit, {}).splitlines()[-1].endswith(why)


@pytest.mark.parametrize(
    ("raw", "byte"),
    [
        ("# Отчёт\n\n### 1. Ключ лежит открыто\n".encode("cp1251"), 2),
        ("# 監査報告\n\n### 1. 鍵が開いている\n".encode("shift-jis"), 2),
        ("# Λύχνος\n".encode("cp1253"), 2),
        ("# Die Tür öffnet früh\n".encode() + b"\xff\n", 25),
        (b"# T\xfcr\x00\x01\n", 3),
    ],
)
def test_what_could_be_anything_is_refused(raw: bytes, byte: int, tmp_path: Path) -> None:
    """Pages of other scripts, broken UTF-8 and binary files are not guessed at."""
    path = tmp_path / "audit.md"
    path.write_bytes(raw)
    with pytest.raises(InputError) as refused:
        load_audit(path)
    assert str(refused.value) == f"{path}: byte {byte}: {UNSURE}"


def test_a_fault_in_utf_16_is_counted_in_characters(tmp_path: Path) -> None:
    """Where the file's bytes are not those of UTF-8, a place is a number of characters."""
    path = tmp_path / "audit.json"
    path.write_bytes('{"findings": [{"problem": "Zähler läuft über"}]'.encode("utf-16"))
    with pytest.raises(InputError) as refused:
        load_audit(path)
    said = "character 47: the file ends too early; write it again, whole"
    assert str(refused.value) == f"{path}: {said}"
