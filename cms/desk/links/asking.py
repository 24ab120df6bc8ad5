"""Asks whether a web address still answers, without being led to an address inside the network.

Each redirect is looked at as the address itself is (`cms/operations/outbound.py`). Nothing that is answered is read
but its status line and headers, nothing of it is kept or shown but its kind.
"""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings

from cms.desk.models import LinkProblem
from cms.operations.outbound import ERRORS, InsideError, NoHostError, Rules, request

#: Seconds for one step of an answer, and for all of it.
STEP_SECONDS, TOTAL_SECONDS = 10, 20
MOST_REDIRECTS = 5
GONE = {404, 410}
REDIRECTS = {301, 302, 303, 307, 308}


def problem_of(address: str) -> str:
    """What is wrong with an address: one of `LinkProblem`, empty where it answers or does not want to be asked."""
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            status, location = _ask(address)
            if status not in REDIRECTS or not location:
                return LinkProblem.GONE if status in GONE else LinkProblem.NONE
            address = urljoin(address, location)
    except InsideError:
        return LinkProblem.INSIDE
    except NoHostError:
        return LinkProblem.NO_HOST
    except ERRORS:
        return LinkProblem.NO_ANSWER
    return LinkProblem.LOOP


def _ask(address: str) -> tuple[int, str]:
    """The status of the answer, and where it leads; a server that has no HEAD, or says no, is asked by GET."""
    # Browsers put up with chains of certificates that lack a link. Nothing is told and nothing believed here.
    rules = Rules(settings.CMS_LINK_CHECK_NETWORKS, STEP_SECONDS, TOTAL_SECONDS, is_verified=False)
    answer = request("HEAD", address, headers=_headers(), rules=rules)
    if answer.status >= 400:
        answer = request("GET", address, headers=_headers(), rules=rules)
    return answer.status, answer.location


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"portal-cms link check (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Connection": "close",
    }
