"""Builds a site of many articles, from the demonstration: `python -m benchmarks.build --articles 100000`.

Into the database that DATABASE_URL names. Articles are written in bulk: what Wagtail does for each page takes hours for
so many. The text is the same at each run.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import django
import orjson

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.development")
BATCH = 1000
CAMPAIGNS, ZONES, POLLS, OPTIONS = 20, 8, 5, 5
#: What a further zone has from the first one.
ZONE = (
    "area_ha",
    "leasable_area_ha",
    "leased_area_ha",
    "boundary",
    "locality",
    "center_longitude",
    "center_latitude",
)
BEGUN = datetime(2015, 1, 1, 8, tzinfo=UTC)
WORDS = (  # noqa: SIM905 - a list would be a page long
    "khu công nghiệp doanh nghiệp đầu tư hạ tầng người lao động tỉnh Phú Thọ phong trào thi đua vì nghèo không để ai bị "
    "lại phía sau ban quản lý văn phòng kế hoạch triển khai thực hiện nhiệm vụ phát triển kinh tế xã hội môi trường"
).split()


def main() -> None:
    """Build what is missing, up to the number of articles that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    articles = parser.parse_args().articles
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    build(articles)
    _renditions()
    _analyse()
    print(f"{articles} articles")


def build(articles: int) -> None:
    """Add to the demonstration what it lacks of a site of so many articles."""
    _campaigns_zones_and_polls()
    _search_entries(list(_articles(articles)))


def _text(source: random.Random, words: int) -> str:
    return " ".join(source.choice(WORDS) for _each in range(words)).capitalize()


def _campaigns_zones_and_polls() -> None:
    from campaigns.models import CampaignPage
    from polls.models import Poll, PollOption, ResultsVisibility
    from zones.models import ZoneMapPage, ZonePage

    source = random.Random(1)
    above = CampaignPage.objects.first().get_parent()
    for number in range(CampaignPage.objects.count(), CAMPAIGNS):
        above.refresh_from_db()
        dates = {"starts_on": date(2024, 1, 1), "ends_on": date(2030, 12, 31)}
        above.add_child(
            instance=CampaignPage(
                title=_text(source, 8), slug=f"phong-trao-{number}", locale=above.locale, **dates
            )
        )
    zone_map = ZoneMapPage.objects.first()
    for number in range(ZonePage.objects.count(), ZONES):
        zone_map.refresh_from_db()
        zone = ZonePage.objects.first()
        values = {name: getattr(zone, name) for name in ZONE}
        zone_map.add_child(
            instance=ZonePage(
                title=f"Khu công nghiệp {number}",
                slug=f"khu-{number}",
                code=f"KCN-{number}",
                locale=zone_map.locale,
                **values,
            )
        )
    now = datetime.now(UTC)
    for number in range(Poll.objects.count(), POLLS):
        options = [PollOption(text=_text(source, 3), sort_order=place) for place in range(OPTIONS)]
        Poll(
            question=f"Câu hỏi {number}",
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=3650),
            results_visibility=ResultsVisibility.ALWAYS,
            options=options,
        ).save()


def _articles(number: int) -> Iterator[Any]:
    """Make articles until there are `number`; those that were made."""
    from django.contrib.contenttypes.models import ContentType
    from tqdm import tqdm

    from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
    from campaigns.models import CampaignPage
    from cms.media.models import Image

    index = ArticleIndexPage.objects.first()
    there = ArticlePage.objects.count()
    kind = ContentType.objects.get_for_model(ArticlePage)
    linked = {
        "campaigns": list(CampaignPage.objects.values_list("pk", flat=True)),
        "categories": list(ArticleCategory.objects.values_list("pk", flat=True)),
        "images": list(Image.objects.exclude(file__endswith=".png").values_list("pk", flat=True)),
    }
    made = (_article(index, place, kind, linked) for place in range(there, number))
    with tqdm(total=number - there, desc="articles", unit=" articles") as bar:
        for batch in _batches(made):
            _insert(batch)
            bar.update(len(batch))
            yield from batch
    index.numchild = index.get_children().count()
    index.save(update_fields=["numchild"])


def _article(index: Any, place: int, kind: Any, linked: dict[str, list[int]]) -> Any:
    from articles.models import ArticlePage

    source = random.Random(place)
    slug, moment = f"a-{place}", BEGUN + timedelta(minutes=37 * place)
    body = [{"type": "paragraph", "value": {"text": f"<p>{_text(source, 65)}.</p>"}} for _each in range(5)]
    return ArticlePage(
        title=_text(source, 12),
        draft_title="",
        slug=slug,
        path=ArticlePage._get_path(index.path, index.depth + 1, place + 1000),
        depth=index.depth + 1,
        url_path=f"{index.url_path}{slug}/",
        content_type=kind,
        locale_id=index.locale_id,
        live=True,
        first_published_at=moment,
        last_published_at=moment,
        published_at=moment,
        summary=_text(source, 30),
        author="Nguyễn Việt Dũng",
        source="Văn phòng",
        featured=place % 50 == 0,
        body=orjson.dumps(body).decode(),
        campaign_id=source.choice(linked["campaigns"]),
        category_id=source.choice(linked["categories"]),
        hero_image_id=source.choice(linked["images"]),
    )


def _batches(objects: Iterable[Any]) -> Iterator[list[Any]]:
    objects = iter(objects)
    while batch := list(islice(objects, BATCH)):
        yield batch


def _insert(articles: list[Any]) -> None:
    # Django's bulk_create refuses tables that inherit; these are its two parts.
    from django.db import transaction
    from wagtail.models import Page

    from articles.models import ArticlePage

    def values(article: ArticlePage) -> dict[str, Any]:
        return {
            field.attname: getattr(article, field.attname)
            for field in Page._meta.concrete_fields
            if field.name != "id"
        }

    with transaction.atomic():
        pages = Page.objects.bulk_create(Page(**values(article)) for article in articles)
        for article, page in zip(articles, pages, strict=True):
            article.pk = article.page_ptr_id = page.pk
        ArticlePage._base_manager.all()._insert(
            articles, fields=ArticlePage._meta.local_concrete_fields, using="default"
        )


def _search_entries(articles: list[Any]) -> None:
    from django.contrib.contenttypes.models import ContentType
    from tqdm import tqdm

    from cms.search.indexing import _words
    from cms.search.models import SearchEntry
    from cms.search.registry import SEARCHABLE

    if not articles:
        return
    kind = SEARCHABLE[type(articles[0])]
    content_type = ContentType.objects.get_for_model(type(articles[0]))
    with tqdm(total=len(articles), desc="search index", unit=" entries") as bar:
        for batch in _batches(articles):
            SearchEntry.objects.bulk_create(
                SearchEntry(
                    content_type=content_type,
                    object_id=article.pk,
                    published_at=article.published_at,
                    **_words(kind, article),
                )
                for article in batch
            )
            bar.update(len(batch))


def _renditions() -> None:
    from django.core.management import call_command

    call_command("make_renditions")


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
