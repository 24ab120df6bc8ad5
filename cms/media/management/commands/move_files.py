from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.media.privacy import move_misplaced_files


class Command(BaseCommand):
    help = "Move pictures of private collections to where nobody reads them by their address, and public ones back."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"pictures moved: {move_misplaced_files()}")
