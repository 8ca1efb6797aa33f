"""Where a repository was cloned from, as the address of its page."""

from __future__ import annotations

import pytest

from conftest import MakeRepository, git
from mendbook.repository import detect_context, open_target
from mendbook.repository.remote import page_of

PAGES = [
    ("https://github.com/ada/mill.git", "https://github.com/ada/mill"),
    ("git@github.com:ada/mill.git", "https://github.com/ada/mill"),
    ("https://ada:s3cret@gitlab.example.org/tools/press/mill.git", "https://gitlab.example.org/tools/press/mill"),
    ("ssh://git@codeberg.org:2222/ada/mill", "https://codeberg.org/ada/mill"),
    ("http://forge.local:3000/ada/mill.git", "http://forge.local:3000/ada/mill"),
    ("/srv/git/mill.git", ""),
    ("../mill", ""),
    ("file:///srv/git/mill.git", ""),
    ("C:/git/mill", ""),
    ("https://github.com/", ""),
    ("https://github.com/ada/../mill", ""),
    ("https://github.com/ada/mill)(javascript:x", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("address", "page"), PAGES)
def test_the_page_of_a_remote_is_read_from_its_address(address: str, page: str) -> None:
    """Every spelling that git takes gives the page; a folder has none, and no secret is kept."""
    assert page_of(address) == page


def test_a_target_knows_where_it_was_cloned_from(make_repository: MakeRepository) -> None:
    """The remote called origin, else the only one; of two others neither is chosen."""
    root = make_repository({"mill.py": "grain = 1\n"})
    assert open_target(root).remote == ""
    git(root, "remote", "add", "upstream", "git@codeberg.org:ada/mill.git")
    assert open_target(root).remote == "https://codeberg.org/ada/mill"
    git(root, "remote", "add", "fork", "git@codeberg.org:bob/mill.git")
    assert open_target(root).remote == ""
    git(root, "remote", "add", "origin", "https://codeberg.org/eve/mill")
    assert detect_context(open_target(root)).remote == "https://codeberg.org/eve/mill"
