from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.search.indexing import refresh_entry
from cms.search.models import SearchEntry
from cms.search.registry import SEARCHABLE


class Command(BaseCommand):
    help = "Write the search index anew from what is published."

    def handle(self, *args: Any, **options: Any) -> None:
        SearchEntry.objects.all().delete()
        for model in SEARCHABLE:
            keys = model._base_manager.values_list("pk", flat=True)
            for pk in keys.iterator():
                refresh_entry.call(model._meta.app_label, model._meta.model_name, pk)
            self.stdout.write(f"{model._meta.label}: {len(keys)}")
