"""Which links are broken: what the nightly command `check_links` does."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.content.visibility import PublicRule, public_pages
from cms.desk.links.addresses import addresses_of
from cms.desk.links.asking import problem_of
from cms.desk.models import Link, LinkProblem

#: Pages that are read at a time.
CHUNK = 100
#: An address that answered is asked again after a week, another one the next night.
AGAIN, AGAIN_BROKEN = timedelta(days=7), timedelta(hours=20)


def collect_links() -> None:
    """Note which public page links to what, and forget what none links to any more."""
    pages = Page.objects.live().order_by("pk")
    for chunk in _chunks(pages.values_list("pk", flat=True).iterator(chunk_size=1000)):
        _collect(pages.filter(pk__in=chunk).specific())
    through = Link.pages.through
    through.objects.exclude(page__live=True).delete()
    Link.objects.filter(pages=None).delete()


def check_inside() -> None:
    """Check the links within the CMS, for which nobody has to be asked."""
    pages = public_pages(Page.objects.all(), PublicRule())
    for kind, public in (("page:", pages), ("document:", get_document_model().objects.all())):
        links = Link.objects.filter(address__startswith=kind).order_by("pk")
        for chunk in _chunks(links.iterator(chunk_size=1000)):
            keys = {link.pk: int(link.address.removeprefix(kind)) for link in chunk}
            there = set(public.filter(pk__in=keys.values()).values_list("pk", flat=True))
            for link in chunk:
                _note(link, LinkProblem.NONE if keys[link.pk] in there else LinkProblem.NOT_PUBLIC)


def check_outside(*, most: int, seconds: float, pause: float) -> int:
    """Ask at most so many addresses, for at most so many seconds, those first that were asked longest ago; how many.

    Between two requests to the same host are `pause` seconds.
    """
    now = timezone.now()
    due = (
        Link.objects.filter(address__istartswith="http")
        .filter(
            Q(checked_at=None)
            | Q(checked_at__lt=now - AGAIN)
            | Q(checked_at__lt=now - AGAIN_BROKEN) & ~Q(problem="")
        )
        .order_by(F("checked_at").asc(nulls_first=True), "pk")
    )
    begun, asked, hosts = time.monotonic(), 0, {}
    for link in due[:most]:
        if time.monotonic() - begun > seconds:
            break
        host = urlsplit(link.address).netloc
        time.sleep(max(0.0, hosts.get(host, -pause) + pause - time.monotonic()))
        _note(link, problem_of(link.address))
        hosts[host] = time.monotonic()
        asked += 1
    return asked


def _collect(pages: QuerySet) -> None:
    found = {page.pk: addresses_of(page) for page in pages}
    digests = {digest(address): address for addresses in found.values() for address in addresses}
    Link.objects.bulk_create(
        [Link(digest=key, address=address) for key, address in digests.items()], ignore_conflicts=True
    )
    keys = dict(Link.objects.filter(digest__in=digests).values_list("address", "pk"))
    through = Link.pages.through
    with transaction.atomic():
        through.objects.filter(page__in=found).delete()
        through.objects.bulk_create(
            through(page_id=page, link_id=keys[address])
            for page, addresses in found.items()
            for address in addresses
        )


def digest(address: str) -> str:
    """The key of an address: databases index no text of any length."""
    return sha256(address.encode()).hexdigest()


def _note(link: Link, problem: str) -> None:
    Link.objects.filter(pk=link.pk).update(
        problem=problem,
        failures=link.failures + 1 if problem else 0,
        checked_at=timezone.now(),
    )


def _chunks(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
