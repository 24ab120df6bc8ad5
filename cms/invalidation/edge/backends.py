"""Edge caches that are purged by tag; Wagtail's own backends purge addresses only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from wagtail.contrib.frontend_cache.backends import HTTPBackend

from cms.invalidation.edge.failures import PurgeFailed

#: Characters of tags that one request names, well below what servers take for a header.
MOST = 6000
TIMEOUT = 2.0


class VarnishBackend(HTTPBackend):
    """A Varnish with our `deploy/varnish/default.vcl`. Parameters as of Wagtail's HTTPBackend: LOCATION, HOSTNAMES."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = f"{self.cache_scheme}://{self.cache_netloc}/"

    def purge_tags(self, tags: Iterable[str]) -> None:
        """Purge what has any of these tags; raises PurgeFailed."""
        for pattern in _patterns(sorted(tags)):
            self._ban(pattern)

    def purge_all(self) -> None:
        """Purge all answers; raises PurgeFailed."""
        self._ban(".")

    def _ban(self, pattern: str) -> None:
        # The address is a setting, http or https.
        request = Request(self.location, method="BAN", headers={"X-Ban-Tags": pattern})  # noqa: S310
        try:
            with urlopen(request, timeout=TIMEOUT):  # noqa: S310
                pass
        except (URLError, OSError) as error:
            raise PurgeFailed(f"{self.location}: {error}") from error


def _patterns(tags: list[str]) -> Iterator[str]:
    """Regular expressions that find any of the tags in a list of tags, each short enough for a header."""
    part: list[str] = []
    length = 0
    for tag in map(re.escape, tags):
        if part and length + len(tag) >= MOST:
            yield _pattern(part)
            part, length = [], 0
        part.append(tag)
        length += len(tag) + 1
    if part:
        yield _pattern(part)


def _pattern(tags: list[str]) -> str:
    return f"(^|,)({'|'.join(tags)})(,|$)"
