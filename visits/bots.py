"""Which page views are no reader's: those of programs that say so."""

from __future__ import annotations

import re
from functools import lru_cache

from crawleruseragents import is_crawler

#: Longer ones are cut: no browser has one, and what is found out about an agent is kept.
MAX_AGENT = 512
#: What a program calls itself that is not on the list (yet). Cubot makes telephones.
NAMES_ITSELF = re.compile(
    r"(?<!cu)bot\b|crawl|spider|scrape|headless|preview|monitor|\bhttp-?client|^(java|node|undici|k6|postmanruntime)\b",
    re.IGNORECASE,
)


def is_bot(user_agent: str) -> bool:
    """Whether a user agent names a program instead of somebody's browser; an empty one does."""
    return _is_bot(user_agent.strip()[:MAX_AGENT])


@lru_cache(maxsize=4096)
def _is_bot(user_agent: str) -> bool:
    return not user_agent or NAMES_ITSELF.search(user_agent) is not None or is_crawler(user_agent)
