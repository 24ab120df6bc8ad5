"""Taking away what nobody can open any more."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cms.preview.models import Preview, ShareLink

#: Each so many new previews a worker sweeps; who has no timer for the command gets by without it.
EVERY = 50
#: So long the list still shows links that have expired or were revoked; Wagtail's log keeps them after that.
LINKS_KEPT = timedelta(days=90)


def sweep() -> tuple[int, int]:
    """Delete previews whose tokens have expired, and links that ended long ago; how many of each."""
    now = timezone.now()
    oldest = now - timedelta(seconds=settings.CMS_PREVIEW_MAX_AGE)
    previews = Preview.objects.filter(updated_at__lt=oldest).delete()[0]
    links = ShareLink.objects.filter(expires_at__lt=now - LINKS_KEPT).delete()[0]
    return previews, links


@task()
def sweep_in_background() -> None:
    """`sweep`, by a worker."""
    sweep()


def sweep_now_and_then(preview: Preview) -> None:
    """Let a worker sweep, if it is time for it again."""
    if preview.pk % EVERY == 0:
        transaction.on_commit(sweep_in_background.enqueue)
