"""A browser that stays from one test to the next, and remembers nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext

#: One process for all pages of a site and context: the second one finds the scripts of the first compiled.
FLAG = "--process-per-site"
#: Something of the CMS that runs no scripts.
QUIET = "/robots.txt"


class KeptBrowser:
    """A browser context at the CMS whose process lives on: in a new one a screen of the admin takes a third more of the
    processor's time, since all its scripts are compiled anew."""

    def __init__(self, browser: Browser, cms: str, **options: Any) -> None:
        self.context = browser.new_context(locale="vi-VN", base_url=cms, **options)
        # A process ends with the last page of its site.
        self._keeper = self.context.new_page()
        self._keeper.goto(QUIET)

    @contextmanager
    def lent(self, cookies: list[Any]) -> Iterator[BrowserContext]:
        """The context with these cookies, and without what was opened and kept in it before."""
        self.context.clear_cookies()
        self._keeper.evaluate("localStorage.clear()")
        self.context.add_cookies(cookies)
        yield self.context
        # A form that is left says so when the database may be gone: as a stranger, whom nothing is looked up for.
        self.context.clear_cookies()
        for page in self.context.pages:
            if page != self._keeper:
                page.close()
