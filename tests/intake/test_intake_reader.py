"""The one reader: what it takes, what it refuses, and how it says so."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.errors import InputError
from mendbook.intake import Document, read_json
from mendbook.intake.faults import MAX_DEPTH
from mendbook.intake.reader import MAX_FILE_BYTES, Text, decode


@pytest.fixture
def write(tmp_path: Path) -> Any:  # noqa: ANN401 - a function from bytes to a path
    """Return a function that writes bytes to ``a.json`` and returns its path."""

    def to_file(raw: bytes) -> Path:
        path = tmp_path / "a.json"
        path.write_bytes(raw)
        return path

    return to_file


def refusal(path: Path) -> str:
    """Return the reader's refusal of ``path``, without the folder, and check its form."""
    with pytest.raises(InputError) as caught:
        read_json(path)
    message = str(caught.value)
    assert len(message.encode()) <= 500
    assert message.isprintable()
    return message.replace(f"{path.parent}/", "")


ACCEPTED = {
    b"[]": [],
    b" [1, 2] ": [1, 2],
    b'\xef\xbb\xbf{"a": null}': {"a": None},
    b"\t\r\n0": 0,
    b'"x"': "x",
    b"[-0]": [0],
    b"[1E+2]": [100.0],
    b"[0e1]": [0.0],
    b"[123.456e-2]": [1.23456],
    b'["\\u0060\\u012a\\u12AB"]': ["`Īካ"],
    b'["\\uD801\\udc37"]': ["\U00010437"],
    b'["\\"\\\\\\/\\b\\f\\n\\r\\t"]': ['"\\/\b\f\n\r\t'],
    b'["\x7f"]': ["\x7f"],
    b'{"":0}': {"": 0},
    b'{"a":{"a":1}}': {"a": {"a": 1}},
    b"[9223372036854775807]": [9223372036854775807],
    b"[100000000000000000000000]": [1e23],
    b'["\\ud800"]': ["\\ud800"],
    b'["\\udc00\\ud800x"]': ["\\udc00\\ud800x"],
    '["⁠€𝄞"]'.encode(): ["⁠€𝄞"],
    b"[1e-999]": [0.0],
}


@pytest.mark.parametrize("raw", ACCEPTED, ids=ascii)
def test_json_is_read_as_the_standard_says(raw: bytes, write: Any) -> None:  # noqa: ANN401
    """What RFC 8259 allows is read; a lone surrogate is written out, so that it can be shown."""
    document = read_json(write(raw))
    assert document.data == ACCEPTED[raw]
    assert document.sha256 == hashlib.sha256(raw).hexdigest()


REFUSED = [
    *(b"", b" ", b"[", b"]", b"{", b"[1,]", b"[,1]", b"[1,,2]", b"[1 2]", b"[1]]", b"[1]x", b"1 2"),
    *(
        b'{"a"}',
        b'{"a":}',
        b'{"a":1,}',
        b"{1:1}",
        b"{a:1}",
        b"{'a':1}",
        b'{"a" 1}',
        b'{"a":1 "b":2}',
    ),
    *(b"[+1]", b"[01]", b"[-]", b"[.5]", b"[1.]", b"[1e]", b"[0x1]", b"[1_0]", b"[--1]", b"[- 1]"),
    *(b"[True]", b"[nul]", b"[nan]", b"['a']", b'["\\x00"]', b'["\\u12"]', b'["\\a"]', b'["\n"]'),
    *(
        b'["a',
        b'["\\"]',
        b"[\xe2\x81\xa0]",
        b"\xef\xbb\xbf\xef\xbb\xbf[]",
        b"/*c*/[]",
        b"[1]//",
        b"<a>",
    ),
    *("[１]".encode(), b"[\x0c1]", b"[1]\x00", b"*", b"\x00", b'{"a":"b"}#', b"[1:2]", b'["a":1]'),
]


@pytest.mark.parametrize("raw", REFUSED, ids=ascii)
def test_what_is_not_json_is_refused_in_one_line(raw: bytes, write: Any) -> None:  # noqa: ANN401
    """Whatever RFC 8259 forbids is refused with the file's name and the place."""
    assert refusal(write(raw)).startswith("a.json: ")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "a.json: the file is empty; give it a JSON document"),
        (b'{"findings": [', "a.json: byte 14: the file ends too early; write it again, whole"),
        (b"{'a': 1}", None),
        (b'["\xff"]', "a.json: byte 2: not UTF-8; save it as UTF-8"),
        ("[1]".encode("utf-16"), "a.json: byte 0: not UTF-8; save it as UTF-8"),
        (
            '{"é": [{"a": 1, "a": 2}]}'.encode(),
            'a.json: é[0].a (byte 17): the key "a" stands twice in one object; correct it there',
        ),
        (
            b'{"findings": [{"hours": NaN}]}',
            "a.json: findings[0].hours (byte 24): NaN is not a number JSON can hold; "
            "correct it there",
        ),
        (
            b"[1, -Infinity]",
            "a.json: [1] (byte 4): -Infinity is not a number JSON can hold; correct it there",
        ),
        (b"[1e999]", "a.json: [0] (byte 1): 1e999 is not a number JSON can hold; correct it there"),
        (
            b"[" * 1_000_000,
            "a.json: [0][0][0][0][0][0][0][0] (byte 100): nested more than 100 deep; "
            "correct it there",
        ),
    ],
)
def test_a_refusal_says_the_place_the_problem_and_the_remedy(
    raw: bytes,
    message: str | None,
    write: Any,  # noqa: ANN401
) -> None:
    """A refusal names the JSON path and the byte, what is wrong there, and what to do."""
    said = refusal(write(raw))
    assert said == message or (message is None and said.startswith("a.json: byte 1: not JSON"))


def test_nesting_is_taken_to_the_limit_and_not_beyond(write: Any) -> None:  # noqa: ANN401
    """A document may nest as deep as the limit; one level more is refused."""
    assert read_json(write(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)).redactions == 0
    assert "nested more than" in refusal(write(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1)))


def test_a_file_above_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    """200 MB are refused in one line."""
    path = tmp_path / "a.json"
    path.touch()
    os.truncate(path, 2 * MAX_FILE_BYTES)
    assert refusal(path) == (
        "a.json: 200 MB is above the limit of 100 MB; split it, or leave out what is not needed"
    )


def test_what_is_not_a_regular_file_is_refused(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes to, and nothing at all are refused, without waiting."""
    os.mkfifo(tmp_path / "pipe")
    expected = {
        tmp_path: "not a regular file; name a file, not a folder or device",
        tmp_path / "pipe": "not a regular file; name a file, not a folder or device",
        tmp_path / "none": "cannot be opened (no such file or directory); check the path",
        tmp_path / "a\0b": "cannot be opened (not a usable file name); check the path",
    }
    for path, message in expected.items():
        assert refusal(path).endswith(f": {message}")


def test_a_hostile_file_name_stays_one_short_line(tmp_path: Path) -> None:
    """Control and bidirectional characters of a name are shown, and a long one is cut."""
    folder = tmp_path / ("d" * 200) / ("e" * 200)
    folder.mkdir(parents=True)
    path = folder / "a\n\x1b[31m\u202e.json"
    path.write_text("[")
    message = refusal(path)
    assert "a⟨U+000A⟩⟨U+001B⟩[31m⟨U+202E⟩.json: byte 1: the file ends too early" in message


JSON_LETTERS = '[]{}":,\\eE+-.0123Nantrulfsy \n'
_texts = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None)
@given(json_values)
def test_every_json_value_is_read_back(value: object) -> None:
    """What a JSON encoder writes is read back equal, escaped or not."""
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        assert decode(Text("a.json", "", text)) == Document("a.json", "", value)


@settings(deadline=None)
@given(
    st.binary(max_size=40) | st.text('[]{}":,\\eE+-.0123Nantrulfsy \n', max_size=40).map(str.encode)
)
def test_bytes_are_read_or_refused(raw: bytes) -> None:
    """No input makes the reader fail otherwise than by refusing it in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        path.write_bytes(raw)
        try:
            read_json(path)
        except InputError:
            refusal(path)
