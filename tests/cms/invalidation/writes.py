"""Writes of every kind that Django, Wagtail or a statement of our own makes, and how an answer that is older is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticleCategory, ArticleIndexPage, ArticleLegalDocument, ArticlePage, ArticleTag
from tests.accelerators import reference_mode
from tests.client import GraphQLClient
from tests.factories.articles import CategoryFactory, LegalDocumentFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles
from tests.factories.zones import ZonePageFactory
from zones.models import Industry, ZonePage

ON_POSTGRESQL = connection.vendor == "postgresql"
CATEGORIES = "articles_articlecategory"

#: Each is asked, and kept, on its own: what one depends on must not make another anew.
QUERIES = (
    "{ articleCategories { id name slug description articleCount } }",
    "{ articles(first: 1) { totalCount } }",
    "{ articles { nodes { title author tags category { name } legalDocuments { number } } } }",
    "{ articles(orderBy: TITLE_ASC) { nodes { id title breadcrumbs { title url } } } }",
    "query ($id: ID!) { page(id: $id) { title ... on ArticlePage { author tags } } }",
    "query ($next: ID!) { page(id: $next) { title } }",
    "{ zones { nodes { title industries { name } } } }",
    "{ redirects { oldPath newUrl } }",
    "{ tags { name } }",
)


@dataclass
class Portal:
    """Some content; `next_id` is the id that the next page gets."""

    article: ArticlePage
    other: ArticlePage
    category: ArticleCategory
    zone: ZonePage
    industry: Industry
    next_id: int


def portal() -> Portal:
    """The content, made."""
    category = CategoryFactory(name="Tin", slug="tin")
    CategoryFactory(name="Văn bản", slug="van-ban")
    article = ArticlePageFactory(title="a", category=category, tags=["một"])
    other = ArticlePageFactory(title="b", legal_documents=[LegalDocumentFactory()])
    industry = Industry.objects.create(name="Dệt", slug="det")
    zone = ZonePageFactory(industries=[industry])
    Redirect.objects.create(old_path="/cu", redirect_link="https://example.com/a")
    return Portal(article, other, category, zone, industry, next_id())


def next_id() -> int:
    """The id that the next page gets."""
    last = ArticlePageFactory(title="c")
    found = last.pk + 1
    last.delete()
    return found


def new(number: int) -> ArticleCategory:
    return ArticleCategory(name=f"Mới {number}", slug=f"moi-{number}")


def truncate(sql: str) -> None:
    # PostgreSQL empties no table whose deferred constraints are still to be checked in this transaction.
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(sql)


def run(sql: str, *params: Any) -> None:
    """A statement with the table of categories for `{}`."""
    with connection.cursor() as cursor:
        cursor.execute(sql.format(CATEGORIES), params or None)


def run_many(sql: str, rows: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql.format(CATEGORIES), rows)


def with_name(name: str) -> ArticleCategory:
    category = ArticleCategory.objects.get(slug="tin")
    category.name = name
    return category


def edit(page: Page, **values: Any) -> None:
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def set_industries(zone: ZonePage, *industries: Industry) -> None:
    zone = ZonePage.objects.get(pk=zone.pk)
    zone.industries.set(industries)
    zone.save()


def set_tags(article: ArticlePage, *names: str) -> None:
    article = ArticlePage.objects.get(pk=article.pk)
    article.tags.set(names)
    article.save()


def add_article(**values: Any) -> ArticlePage:
    return list_of_articles().add_child(instance=ArticlePage(slug="moi", title="Mới", **values))


Change = Callable[[Portal], Any]
CHANGES: dict[str, Change] = {
    # Django
    "save": lambda made: with_name("Khác").save(),
    "save of some fields": lambda made: with_name("Khác").save(update_fields=["name"]),
    "save of an expression": lambda made: with_name(Concat(F("name"), Value("!"))).save(),
    "create": lambda made: new(1).save(),
    "create with a key": lambda made: ArticleCategory.objects.create(pk=9000, name="9", slug="9"),
    "get_or_create": lambda made: ArticleCategory.objects.get_or_create(slug="9", defaults={"name": "9"}),
    "update_or_create": lambda made: ArticleCategory.objects.update_or_create(
        slug="tin", defaults={"name": "9"}
    ),
    "bulk_create of one": lambda made: ArticleCategory.objects.bulk_create([new(1)]),
    "bulk_create": lambda made: ArticleCategory.objects.bulk_create([new(1), new(2)]),
    "bulk_create that ignores conflicts": lambda made: ArticleCategory.objects.bulk_create(
        [ArticleCategory(name="x", slug="tin"), new(1)], ignore_conflicts=True
    ),
    "bulk_create that updates": lambda made: ArticleCategory.objects.bulk_create(
        [ArticleCategory(name="x", slug="tin")],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name"],
    ),
    "bulk_update": lambda made: ArticleCategory.objects.bulk_update([with_name("Khác")], ["name"]),
    "update": lambda made: ArticleCategory.objects.filter(slug="tin").update(name="Khác"),
    "update of all": lambda made: ArticleCategory.objects.update(description="Khác"),
    "update by an expression": lambda made: ArticleCategory.objects.update(name=Concat("slug", Value("!"))),
    "update across tables": lambda made: ArticlePage.objects.filter(category__slug="tin").update(author="A"),
    "update of a column of the parent": lambda made: ArticlePage.objects.filter(author="").update(title="z"),
    "update of a key": lambda made: ArticleTag.objects.update(content_object=made.other),
    "delete": lambda made: made.industry.delete(),
    "delete by a queryset": lambda made: ArticleCategory.objects.filter(slug="van-ban").delete(),
    "raw delete": lambda made: ArticleCategory.objects.filter(slug="van-ban")._raw_delete(
        ArticleCategory.objects.db
    ),
    "delete that sets null": lambda made: ArticleCategory.objects.filter(slug="tin").delete(),
    "cascade": lambda made: Tag.objects.all().delete(),
    "a row that belongs to a page": lambda made: ArticleLegalDocument.objects.create(
        article=made.article, legal_document=LegalDocumentFactory()
    ),
    "rows through a relation": lambda made: ZonePage.industries.through.objects.all().delete(),
    # Wagtail, treebeard, taggit
    "publish": lambda made: edit(made.article, title="Khác"),
    "unpublish": lambda made: ArticlePage.objects.get(pk=made.article.pk).unpublish(),
    "a new page": lambda made: add_article(),
    "a draft that is published": lambda made: add_article(live=False).save_revision().publish(),
    "a copy": lambda made: made.article.copy(update_attrs={"slug": "ban-sao"}),
    "an alias": lambda made: made.article.create_alias(update_slug="bi-danh"),
    "a move": lambda made: ArticlePage.objects.get(pk=made.article.pk).move(
        list_of_articles("khac"), pos="last-child"
    ),
    "a move of all below": lambda made: list_of_articles("tin-tuc").move(
        list_of_articles("khac"), pos="last-child"
    ),
    "another address of a parent": lambda made: edit(list_of_articles(), slug="khac"),
    "a deleted page": lambda made: ArticlePage.objects.get(pk=made.article.pk).delete(),
    "a deleted subtree": lambda made: ArticleIndexPage.objects.get().delete(),
    "a page made private": lambda made: PageViewRestriction.objects.create(
        page=made.article.page_ptr, restriction_type="login"
    ),
    "tags": lambda made: set_tags(made.article, "hai", "ba"),
    "relations": lambda made: set_industries(made.zone),
    "a redirect": lambda made: Redirect.objects.create(old_path="/moi", redirect_link="https://example.com"),
    # Statements of our own
    "UPDATE": lambda made: run("UPDATE {} SET name = %s WHERE slug = %s", "Khác", "tin"),
    "UPDATE without parameters": lambda made: run("UPDATE {} SET name = 'Khác' WHERE slug LIKE 'ti%'"),
    "UPDATE in small letters": lambda made: run("update {} set name = 'x' where slug = 'tin'"),
    "UPDATE with a word in it that is none": lambda made: run(
        "UPDATE {} SET name = 'WHERE' WHERE slug = %s", "tin"
    ),
    "UPDATE with named parameters": lambda made: connection.cursor().execute(
        "UPDATE articles_articlecategory SET name = %(name)s WHERE slug = %(slug)s",
        {"name": "Khác", "slug": "tin"},
    ),
    "UPDATE of an alias": lambda made: run("UPDATE {} AS c SET name = 'x' WHERE c.slug = %s", "tin"),
    "UPDATE from another table": lambda made: run(
        "UPDATE {} SET name = p.title FROM wagtailcore_page p WHERE p.id = %s AND {}.slug = 'tin'".replace(
            "{}", CATEGORIES
        ),
        made.article.pk,
    ),
    "UPDATE that returns": lambda made: run("UPDATE {} SET name = 'x' WHERE slug = %s RETURNING id", "tin"),
    "UPDATE in a schema": lambda made: run(
        "UPDATE schema.{} SET name = 'Khác'".replace("schema", "public" if ON_POSTGRESQL else "main")
    ),
    "UPDATE behind a comment": lambda made: run("/* why */ -- and how\n UPDATE {} SET name = 'Khác'"),
    "UPDATE with a comment in it": lambda made: run(
        "UPDATE {} SET name = 'Khác' -- WHERE slug = 'none'\n WHERE slug = 'tin'"
    ),
    "UPDATE behind WITH": lambda made: run(
        "WITH chosen AS (SELECT id FROM {} WHERE slug = %s) "
        "UPDATE {} SET name = 'Khác' WHERE id IN (SELECT id FROM chosen)".replace("{}", CATEGORIES),
        "tin",
    ),
    "UPDATE of a key": lambda made: run("UPDATE {} SET id = 9001 WHERE slug = 'van-ban'"),
    "INSERT": lambda made: run("INSERT INTO {} (name, slug, description) VALUES (%s, 'x', '')", "x"),
    "INSERT of what is selected": lambda made: run(
        "INSERT INTO {} (name, slug, description) SELECT name, slug || '2', '' FROM {}".replace(
            "{}", CATEGORIES
        )
    ),
    "INSERT that updates": lambda made: run(
        "INSERT INTO {} (name, slug, description) VALUES (%s, %s, %s) "
        "ON CONFLICT (slug) DO UPDATE SET name = excluded.name",
        "Khác",
        "tin",
        "",
    ),
    "DELETE": lambda made: run("DELETE FROM {} WHERE slug = %s", "van-ban"),
    "DELETE of a condition with a subquery": lambda made: run(
        "DELETE FROM {} WHERE id NOT IN (SELECT category_id FROM articles_articlepage WHERE category_id > 0)"
    ),
    "executemany": lambda made: run_many(
        "UPDATE {} SET name = %s WHERE slug = %s", [["y", "tin"], ["z", "van-ban"]]
    ),
    "executemany that inserts": lambda made: run_many(
        "INSERT INTO {} (name, slug, description) VALUES (%s, %s, '')", [["y", "y"], ["z", "z"]]
    ),
}
if ON_POSTGRESQL:
    CHANGES |= {
        "TRUNCATE": lambda made: truncate("TRUNCATE TABLE wagtailredirects_redirect"),
        "TRUNCATE of several": lambda made: truncate("TRUNCATE home_sociallink, wagtailredirects_redirect"),
        "TRUNCATE that cascades": lambda made: truncate("TRUNCATE taggit_tag CASCADE"),
        "DELETE using another table": lambda made: run(
            "DELETE FROM zones_zonepage_industries z USING zones_industry i WHERE i.id = z.industry_id"
        ),
        "a statement within WITH": lambda made: run(
            "WITH gone AS (DELETE FROM zones_zonepage_industries RETURNING *) SELECT count(*) FROM gone"
        ),
        "MERGE": lambda made: run(
            "MERGE INTO {} c USING (SELECT 'tin' AS slug) n ON c.slug = n.slug "
            "WHEN MATCHED THEN UPDATE SET name = 'Khác'"
        ),
        "several statements": lambda made: run("SELECT 1; UPDATE {} SET name = 'Khác'"),
        "a block of code": lambda made: run("DO $$ BEGIN UPDATE {} SET name = 'Khác'; END $$"),
        "bytes": lambda made: connection.cursor().execute(b"UPDATE articles_articlecategory SET name = 'x'"),
    }
else:
    CHANGES |= {
        "INSERT OR REPLACE": lambda made: run(
            "INSERT OR REPLACE INTO {} (id, name, slug, description) SELECT id, 'x', slug, '' FROM {} "
            "WHERE slug = 'van-ban'".replace("{}", CATEGORIES)
        ),
        "REPLACE": lambda made: run(
            "REPLACE INTO {} (id, name, slug, description) SELECT id, 'x', slug, '' FROM {} "
            "WHERE slug = 'van-ban'".replace("{}", CATEGORIES)
        ),
    }


def answers_to(graphql: GraphQLClient, made: Portal) -> list[Any]:
    """What the queries are answered; an answer that is kept and not outdated is given again."""
    found = []
    for query in QUERIES:
        variables = {}
        if "$id" in query:
            variables = {"id": str(made.article.pk)}
        elif "$next" in query:
            variables = {"next": str(made.next_id)}
        response = graphql.post(query, **variables).json()
        assert "errors" not in response, response
        found.append(response["data"])
    return found


def assert_nothing_is_stale(graphql: GraphQLClient, made: Portal, change: Change) -> None:
    before = answers_to(graphql, made)
    change(made)
    after = answers_to(graphql, made)
    with reference_mode():
        fresh = answers_to(graphql, made)
    assert after == fresh
    assert after != before, "no query shows this change"
