"""Addresses of the CMS. It serves no pages to readers: frontends do, from the GraphQL endpoint."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from cms.graphql.graphiql import graphiql
from cms.graphql.view import graphql_view
from cms.operations.views import to_frontend
from cms.preview.views import preview

urlpatterns = [
    path("graphql/", graphql_view, name="graphql"),
    path("graphiql/", graphiql, name="graphiql"),
    path("preview/", preview, name="preview"),
    path("admin/", include("cms.accounts.urls")),  # before Wagtail's, of which it replaces some
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include("cms.operations.urls")),
    # Wagtail finds pages' addresses by this name; readers who come here are sent on to the frontend.
    *i18n_patterns(re_path(serve_pattern, to_frontend, name="wagtail_serve"), prefix_default_language=False),
]
