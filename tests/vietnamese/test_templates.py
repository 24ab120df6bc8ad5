"""Templates of Wagtail's that say a word in English, or leave one out, are copied for that word alone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from tests.servers import ROOT

pytestmark = pytest.mark.one_database

THEIRS = Path(str(files("wagtail.admin"))) / "templates" / "wagtailadmin"
OURS = ROOT / "cms" / "content" / "templates" / "wagtailadmin"
SEARCH = ('value="Search"', "value=\"{% trans 'Search' %}\"")
VIEWER = (
    '<button class="w-editing-sessions__session" type="button" data-controller="w-tooltip">',
    '<button class="w-editing-sessions__session" type="button" data-controller="w-tooltip"'
    ' aria-label="{{ session.user|user_display_name|default:_("System") }} – {% if session.is_idle %}'
    "{% trans 'Currently idle' %}{% else %}{% trans 'Currently viewing' %}{% endif %}\">",
)
ACTIONS = ('aria-label="Actions"', "aria-label=\"{% trans 'Actions' %}\"")


@pytest.mark.parametrize(
    ("name", "before", "change"),
    [
        ("home.html", "", SEARCH),
        ("shared/header.html", "", SEARCH),
        ("shared/editing_sessions/list.html", "", VIEWER),
        ("shared/headers/_actions.html", "{% load i18n %}\n", ACTIONS),
    ],
)
def test_a_copy_differs_from_wagtails_template_by_the_word(name: str, before: str, change: tuple[str, str]):
    theirs = (THEIRS / name).read_text()
    # Where Wagtail has mended it, the copy can go.
    assert change[0] in theirs
    assert (OURS / name).read_text() == before + theirs.replace(*change)
