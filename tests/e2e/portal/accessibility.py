"""What axe-core finds on a page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.portal import FRONTEND

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
# The rules of WCAG 2.2 A and AA, and what axe-core holds to be good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds, with the elements that are at fault."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run({ runOnly: tags, resultTypes: ['violations'] })", TAGS)
    return [
        {
            "rule": each["id"],
            "impact": each["impact"],
            "where": [node["html"][:200] for node in each["nodes"]],
        }
        for each in found["violations"]
    ]
