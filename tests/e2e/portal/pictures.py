"""Pictures of what tests have before them, for people: no test looks at one."""

from __future__ import annotations

import os
from typing import Any

from playwright.sync_api import Page

from tests.portal import ROOT

#: PICTURES=1 asks for them. Without it none is taken: a whole page costs half a second of the processor.
WANTED = os.environ.get("PICTURES") == "1"
FOLDER = ROOT / "var" / "screenshots"


def picture(page: Page, name: str, **options: Any) -> None:
    """Keep what a page looks like, where that is wanted."""
    if WANTED:
        page.screenshot(path=FOLDER / f"{name}.png", **options)
