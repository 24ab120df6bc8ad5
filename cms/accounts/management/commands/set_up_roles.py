from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.accounts.setting_up import set_up_roles


class Command(BaseCommand):
    help = (
        "Make the groups of the portal's roles and the approval workflow. Runs again, after an update, for what new "
        "content types need; what people changed since stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = set_up_roles()
        self.stdout.write("\n".join(done) or "roles: all there")
