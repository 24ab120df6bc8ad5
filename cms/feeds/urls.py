"""Addresses of feeds and sitemaps."""

from __future__ import annotations

from django.urls import path, re_path

from cms.feeds import sitemaps
from cms.feeds.views import feed

urlpatterns = [
    re_path(
        r"^(?:(?P<language>[a-z]{2,3}(?:-[a-z]+)?)/)?feeds/(?P<name>[a-z-]+)(?:/(?P<slug>[\w-]{1,255}))?\.(?P<form>rss|atom|json)$",
        feed,
        name="feed",
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap_news"),
]
