"""Lists of one type of content."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import IndexView
from wagtail.snippets.views import snippets

from cms.content.trashed import without_trashed


class ListOfContent:
    """Mixin of index views: search beside any filter and any order."""

    def search_queryset(self, queryset: QuerySet) -> Any:
        """As Wagtail's; the search backend knows indexed fields only, and filters and orders go by others too."""
        if not self.is_searching:
            return queryset
        found = super().search_queryset(self._among(queryset))
        if not self.is_explicitly_ordered:
            return found
        return self.order_queryset(
            self._among(found if isinstance(found, QuerySet) else found.get_queryset())
        )

    def _among(self, queryset: QuerySet) -> QuerySet:
        return self.get_base_queryset().filter(pk__in=queryset.order_by().values("pk"))


class ContentIndexView(ListOfContent, IndexView):
    """Pages of one type, with the bulk actions of this type."""

    template_name = "desk/page_list.html"

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("owner")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "model_opts": self.model._meta}


class SnippetListView(ListOfContent, snippets.IndexView):
    """Snippets of one type."""

    def get_base_queryset(self) -> QuerySet:
        return without_trashed(super().get_base_queryset())


class SnippetTypesView(snippets.ModelIndexView):
    """The types of snippets, each with how many there are outside of the trash."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        for each in self.snippet_types:
            each["count"] = without_trashed(each["model"]._default_manager.all()).count()
