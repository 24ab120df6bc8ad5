"""Templates of Wagtail's that say a word in English are copied for that word alone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from tests.servers import ROOT

pytestmark = pytest.mark.one_database

THEIRS = Path(str(files("wagtail.admin"))) / "templates" / "wagtailadmin"
OURS = ROOT / "cms" / "content" / "templates" / "wagtailadmin"
SEARCH = ('value="Search"', "value=\"{% trans 'Search' %}\"")
ACTIONS = ('aria-label="Actions"', "aria-label=\"{% trans 'Actions' %}\"")


@pytest.mark.parametrize(
    ("name", "before", "change"),
    [
        ("home.html", "", SEARCH),
        ("shared/header.html", "", SEARCH),
        ("shared/headers/_actions.html", "{% load i18n %}\n", ACTIONS),
    ],
)
def test_a_copy_differs_from_wagtails_template_by_the_word(name: str, before: str, change: tuple[str, str]):
    theirs = (THEIRS / name).read_text()
    # Where Wagtail has mended it, the copy can go.
    assert change[0] in theirs
    assert (OURS / name).read_text() == before + theirs.replace(*change)
