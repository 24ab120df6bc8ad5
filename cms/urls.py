"""Addresses of the CMS. It serves no pages to readers: frontends do, from the GraphQL endpoint."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

from cms.events.admin.collections import edit_collection
from cms.graphql.http.graphiql import graphiql
from cms.graphql.http.view import graphql_view
from cms.media.collection_passwords import ask_for_password
from cms.media.serving import serve_document, serve_private_picture
from cms.operations.views import to_frontend
from cms.preview.sharing.views import open_share
from cms.preview.userbar import userbar
from cms.preview.views import preview

urlpatterns = [
    path("graphql/", graphql_view, name="graphql"),
    path("graphiql/", graphiql, name="graphiql"),
    path("preview/", preview, name="preview"),
    path("userbar/", userbar, name="userbar"),
    path("share/<str:key>/", open_share, name="share"),
    # Before Wagtail's, of which they replace some.
    path("admin/", include("cms.accounts.urls")),
    path("admin/collections/<int:pk>/", never_cache(edit_collection)),
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail's names, and its addresses.
    path("documents/<int:document_id>/<path:filename>", serve_document, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        ask_for_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("media/private/<path:name>", serve_private_picture),
    # In development; on a server scripts/web hands out the same two folders, and no other.
    *(
        pattern
        for folder in ("images", "original_images")
        for pattern in static(
            f"{settings.MEDIA_URL}{folder}/", document_root=Path(settings.MEDIA_ROOT) / folder
        )
    ),
    path("", include("cms.operations.urls")),
    path("", include("cms.feeds.urls")),
    # Wagtail finds pages' addresses by this name; readers who come here are sent on to the frontend.
    *i18n_patterns(re_path(serve_pattern, to_frontend, name="wagtail_serve"), prefix_default_language=False),
]
