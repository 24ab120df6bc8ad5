"""Requests of a page that wait for the test before they reach the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Request, Route


class Held:
    """Those of the admin's requests that a test picks out. Made before the page is opened: what a frame asks for
    while the browser begins to look at requests is never answered."""

    def __init__(self, page: Page, is_held: Callable[[Request], bool]) -> None:
        self._page = page
        self._is_held = is_held
        self._routes: list[Route] = []
        page.route("**/admin/**", self._hold)

    def _hold(self, route: Route) -> None:
        if self._is_held(route.request):
            self._routes.append(route)
        else:
            route.continue_()

    @contextmanager
    def next(self) -> Iterator[None]:
        """What the block does brings about the next such request."""
        with self._page.expect_request(self._is_held):
            yield

    def release(self) -> None:
        while (
            not self._routes
        ):  # the request is there; its handler runs while the browser is asked for something
            self._page.evaluate("null")
        self._routes.pop(0).continue_()
