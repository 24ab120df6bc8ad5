"""CDNs that are purged by tags through an API over HTTPS: Fastly and Cloudflare.

Tokens come from the environment, and stand in a header alone: no address, reason or line of the log has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import quote

import orjson
from wagtail.contrib.frontend_cache.backends import BaseBackend

from cms.invalidation.edge.failures import PurgeFailed
from cms.operations.outbound import ERRORS, Answer, InsideError, NoHostError, PlainError, Rules, request

#: Bytes of an answer that are read: whether a purge was taken stands at its beginning.
MOST_BYTES = 2_000


class CDNBackend(BaseBackend):
    """What CDNs have in common. Parameters: TOKEN, API (its address) and NETWORKS of ours that it may be in."""

    #: Tags that one call may name.
    most_tags: ClassVar[int]
    api: ClassVar[str]

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._token: str = params["TOKEN"]
        self._api: str = params.get("API", self.api).rstrip("/")
        self._rules = Rules(
            networks=params.get("NETWORKS", ()), step_seconds=3, total_seconds=5, most_bytes=MOST_BYTES
        )

    def purge_tags(self, tags: Iterable[str]) -> None:
        """Purge what has any of these tags, in as many calls as it takes; raises PurgeFailed.

        Where a call fails, all tags are to be purged again, which does no harm.
        """
        wanted = sorted(tags)
        for start in range(0, len(wanted), self.most_tags):
            self._purge(wanted[start : start + self.most_tags])

    def purge_all(self) -> None:
        """Purge all answers; raises PurgeFailed."""
        raise NotImplementedError

    def _purge(self, tags: list[str]) -> None:
        raise NotImplementedError

    def _post(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
        sent = {"Accept": "application/json", "Content-Type": "application/json", **headers}
        try:
            answer = request(
                "POST", f"{self._api}{path}", headers=sent, rules=self._rules, body=orjson.dumps(body)
            )
        except (*ERRORS, InsideError, NoHostError, PlainError) as error:
            raise PurgeFailed(f"{self._api}: {type(error).__name__}") from None
        if not 200 <= answer.status < 300:
            raise PurgeFailed(f"{self._api}: {answer.status}")
        return answer


class FastlyBackend(CDNBackend):
    """A service of Fastly's, by its SERVICE; the token needs `purge_select`, and `purge_all` for `purge --all`.

    https://www.fastly.com/documentation/reference/api/purging/
    """

    most_tags = 256
    api = "https://api.fastly.com"

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = f"/service/{quote(params['SERVICE'], safe='')}"
        self._headers = {"Fastly-Key": self._token}

    def purge_all(self) -> None:
        """Purge all answers; raises PurgeFailed."""
        self._post(f"{self._path}/purge_all", {}, self._headers)

    def _purge(self, tags: list[str]) -> None:
        self._post(f"{self._path}/purge", {"surrogate_keys": tags}, self._headers)


class CloudflareBackend(CDNBackend):
    """A zone of Cloudflare's, by its ZONE; the token needs the permission `Cache Purge`.

    https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/
    """

    most_tags = 100
    api = "https://api.cloudflare.com/client/v4"

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = f"/zones/{quote(params['ZONE'], safe='')}/purge_cache"
        self._headers = {"Authorization": f"Bearer {self._token}"}

    def purge_all(self) -> None:
        """Purge all answers; raises PurgeFailed."""
        self._call({"purge_everything": True})

    def _purge(self, tags: list[str]) -> None:
        self._call({"tags": tags})

    def _call(self, body: dict[str, Any]) -> None:
        answer = self._post(self._path, body, self._headers)
        # It may say 200 and that it failed.
        if b'"success":true' not in answer.body.replace(b" ", b""):
            raise PurgeFailed(f"{self._api}: not taken")
