"""Waiting for the scripts of a page."""

from __future__ import annotations

from playwright.sync_api import Page

IDLE = "new Promise(found => requestIdleCallback(() => setTimeout(found)))"


def wait_until_idle(page: Page) -> None:
    """Until a page is loaded and its scripts have done what they do at first.

    Not until nothing is asked for any more: the admin asks again and again who else edits a page.
    """
    page.wait_for_load_state("load")
    page.evaluate(IDLE)
