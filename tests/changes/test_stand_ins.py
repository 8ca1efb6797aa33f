"""A line that sets up a stand-in does not run the code that it stands for."""

from __future__ import annotations

import pytest

from mendbook.changes.stand_ins import stands_in
from mendbook.model import Reference, ReferenceKind


@pytest.mark.parametrize(
    ("file", "line", "expected"),
    [
        ("silo/fill_test.go", "m.EXPECT().Fill(gomock.Any()).Return(nil)", True),
        ("silo/fill_test.go", 'm.On("Fill", 4).Return(nil)', True),
        ("silo/mock_silo_test.go", "func (m *MockSilo) Fill(load int) error {", True),
        ("silo/fill_test.go", "err := silo.Fill(4)", False),
        ("silo/mockery_test.go", "err := silo.Fill(4)", False),
    ],
)
def test_a_stand_in_is_told_by_its_line_or_its_file(file: str, line: str, expected: bool) -> None:
    """Of a mock's expectations, and of generated files, nothing goes through the code."""
    assert stands_in(Reference(file, 1, ReferenceKind.CALL, "Test"), line) is expected
