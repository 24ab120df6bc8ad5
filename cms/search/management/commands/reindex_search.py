from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand

from cms.search.indexing import refresh_entries
from cms.search.models import SearchEntry
from cms.search.registry import SEARCHABLE


class Command(BaseCommand):
    help = "Write the search index anew from what is published. Readers can search meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        types = {model: ContentType.objects.get_for_model(model) for model in SEARCHABLE}
        SearchEntry.objects.exclude(content_type__in=types.values()).delete()
        for model, content_type in types.items():
            keys = list(model._base_manager.values_list("pk", flat=True))
            entries = SearchEntry.objects.filter(content_type=content_type)
            gone = set(entries.values_list("object_id", flat=True)).difference(keys)
            refresh_entries(model, [*keys, *gone])
            self.stdout.write(f"{model._meta.label}: {entries.count()}")
