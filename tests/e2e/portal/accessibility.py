"""What axe-core finds on a page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.portal import FRONTEND

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
# The rules of WCAG 2.2 A and AA, and what axe-core holds to be good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": TAGS}


def faults(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds, with the elements that are at fault."""
    return _found(page, ALL)


def faults_of_colour(page: Page) -> list[dict[str, Any]]:
    """What it finds of contrast alone, for pages of which nothing but the colours has changed since `faults`."""
    return _found(page, {"type": "rule", "values": ["color-contrast"]})


def _found(page: Page, rules: dict[str, Any]) -> list[dict[str, Any]]:
    # Once a page, and by a name of its own: Wagtail's screens may have brought another axe. It is no answer: to bring
    # all of it here takes seven times as long.
    if not page.evaluate("'ourAxe' in window"):
        page.evaluate(f"{AXE.read_text()};window.ourAxe = axe; null")
    violations = page.evaluate(
        "options => ourAxe.run(options).then(({ violations }) => violations)",
        # No rule of these tags reads style sheets, which axe-core would ask for once more.
        {"runOnly": rules, "resultTypes": ["violations"], "preload": {"assets": ["media"]}},
    )
    return [
        {
            "rule": each["id"],
            "impact": each["impact"],
            "where": [node["html"][:200] for node in each["nodes"]],
        }
        for each in violations
    ]
