"""Icons of the admin: Wagtail draws nothing, and says nothing, where there is none of a name."""

from __future__ import annotations

import re
from pathlib import Path

from wagtail.admin.icons import get_icons

ROOT = Path(__file__).resolve().parents[2]
APPS = ("articles", "campaigns", "cms", "home", "polls", "visits", "zones")
IN_CODE = re.compile(r'(?:^ +(?:\w+_)?icon = |[(,]\s*(?:\w+_)?icon(?:_name)?=)"([\w-]+)"', re.M)
IN_TEMPLATES = re.compile(r'{% icon name="([\w-]+)"')


def test_every_icon_that_is_named_is_there():
    known = set(re.findall(r'id="icon-([\w-]+)"', get_icons()))
    sources = [path for app in APPS for path in (ROOT / app).rglob("*") if path.suffix in {".py", ".html"}]
    named = {
        (str(path.relative_to(ROOT)), name)
        for path in sources
        for name in (IN_CODE if path.suffix == ".py" else IN_TEMPLATES).findall(path.read_text())
    }
    assert len(named) > 20
    assert {(path, name) for path, name in named if name not in known} == set()
