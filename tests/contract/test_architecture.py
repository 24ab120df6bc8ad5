"""docs/architecture.md names modules that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "architecture.md"
PATH = re.compile(r"`((?:articles|campaigns|cms|home|polls|settings|visits|zones)/[\w/]+\.py)`")
SECTIONS = (
    "## The way of a read",
    "## The way of a publish",
    "## The way of a vote",
    "## The way of a visit",
)


def test_each_module_that_the_page_names_is_there():
    named = PATH.findall(PAGE.read_text())
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_the_ways_of_a_request_are_told_as_lists_of_modules():
    text = PAGE.read_text()
    for section in SECTIONS:
        told = text.partition(f"{section}\n")[2].partition("\n## ")[0]
        assert re.search(r"^1\. ", told, re.MULTILINE), section
        assert PATH.search(told), section


def test_a_module_that_is_gone_would_be_found():
    assert PATH.findall("`cms/graphql/http/view.py`, `cms/graphql/learning.py` and `view.py`") == [
        "cms/graphql/http/view.py",
        "cms/graphql/learning.py",
    ]
