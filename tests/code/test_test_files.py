"""What is test code, by its folder or its name."""

from __future__ import annotations

import pytest

from mendbook.code.test_files import is_test


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("tests/harbour/test_quay.py", True),
        ("src/quay.spec.ts", True),
        ("quay/quay_test.go", True),
        ("app/__tests__/page.tsx", True),
        ("app/page.test.tsx", True),
        ("tests/app/route.ts", True),
        ("app/test/helper.ts", True),
        ("app/api/mail/test/route.ts", False),
        ("apps/shop/app/tests/[id]/page.tsx", False),
        ("pages/test/index.tsx", False),
        ("src/attest/seal.ts", False),
    ],
)
def test_a_route_that_is_called_test_is_none(path: str, is_one: bool) -> None:
    """The folders of a page are parts of its address."""
    assert is_test(path) is is_one
