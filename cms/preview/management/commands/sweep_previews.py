from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.preview.sweeping import sweep


class Command(BaseCommand):
    help = "Delete drafts whose preview tokens have expired, and share links that ended 90 days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        previews, links = sweep()
        self.stdout.write(f"previews deleted: {previews}; share links deleted: {links}")
