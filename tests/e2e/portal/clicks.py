"""How often somebody pressed a mouse button or touched the screen, in all their windows, from one page to the next."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page

#: Tells of each press, also on what stops the event; what a script dispatches is not trusted.
TELL = "addEventListener('pointerdown', (event) => event.isTrusted && window.tellPressed(), true)"


class Clicks:
    """Counts presses in browsers. Keys are none, nor is what somebody does in the system's dialog for files."""

    def __init__(self) -> None:
        self._number = 0
        self._contexts: list[BrowserContext] = []

    def count_in(self, context: BrowserContext) -> None:
        """Count in all pages that are opened in this browser from now on."""
        if context in self._contexts:
            return
        context.expose_binding("tellPressed", lambda _source: self._press())
        context.add_init_script(TELL)
        self._contexts.append(context)

    def begin(self) -> None:
        """Count from none."""
        self._number = 0

    def choose(self, select: Locator, option: str) -> None:
        """Choose an option by its label: one press, which opens the list; letters and Enter do the rest."""
        select.select_option(label=option)
        self._press()

    def __call__(self) -> int:
        """The presses so far."""
        for page in (page for context in self._contexts for page in context.pages):
            page.evaluate("null")  # what the page has told of before this has arrived by now
        return self._number

    def _press(self) -> None:
        self._number += 1


def choose_files(page: Page, button: Locator, *files: dict[str, object]) -> None:
    """Press what opens the system's dialog, and choose files in it."""
    with page.expect_file_chooser() as opened:
        button.click(force=True)  # the input may lie unseen above what looks like a button
    opened.value.set_files(list(files))
