"""Words of a fix text are never written for a plain value."""

from __future__ import annotations

import pytest
from test_settings_reader import answer

from mendbook.model import Proposal

BARN = """server {
    location /hay/ {
        proxy_pass http://barn;
        proxy_read_timeout 60s;
    }
    location / {
        proxy_read_timeout 60s;
    }
}
"""


@pytest.mark.parametrize(
    "fix",
    [
        "Under /hay/ proxy_read_timeout wants 300s instead of 60s",
        "The slow route in the barn needs 300s rather than 60s",
    ],
)
def test_a_sentence_before_instead_is_no_value(fix: str) -> None:
    """Either the value that it names is written in its place, or nothing."""
    quoted = "proxy_pass http://barn;\n        proxy_read_timeout 60s;"
    said = answer("deploy/barn.conf", BARN, fix, quoted, "location /hay/")
    if isinstance(said, Proposal):
        wanted = BARN.replace("60s", "300s", 1)
        assert said.edits == {"deploy/barn.conf": wanted}
