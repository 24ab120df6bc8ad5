"""Images and documents of private collections, and of collections below them, do not show."""

from __future__ import annotations

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from tests.client import GraphQLClient
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.portal import ArticlePageFactory

ARTICLE = """{ articles { nodes {
  heroImage { title } attachments { title } seo { image { title } }
  body { ... on PictureBlock { image { title } } ... on AttachmentBlock { document { title } } ... on ParagraphBlock { html } }
} } }"""


@pytest.fixture
def private(db: None) -> Collection:
    """A collection below one that only people with a login may see."""
    root = Collection.get_first_root_node()
    above = root.add_child(instance=Collection(name="Nội bộ"))
    CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    return above.add_child(instance=Collection(name="Ảnh nội bộ"))


def article(image, document) -> None:
    body = [
        {"type": "picture", "value": {"image": image.pk, "caption": "", "credit": ""}},
        {"type": "attachment", "value": {"document": document.pk}},
        {"type": "paragraph", "value": {"text": f'<p><a linktype="document" id="{document.pk}">tệp</a></p>'}},
    ]
    page = ArticlePageFactory(hero_image=image, social_image=image, body=body)
    page.attachments.create(document=document)
    page.save()


def test_public_files_show(graphql: GraphQLClient):
    image, document = ImageFactory(title="Ảnh công khai"), DocumentFactory(title="Tệp công khai")
    article(image, document)
    node = graphql.data(ARTICLE)["articles"]["nodes"][0]
    assert node["heroImage"] == node["seo"]["image"] == node["body"][0]["image"] == {"title": "Ảnh công khai"}
    assert node["attachments"] == [node["body"][1]["document"]] == [{"title": "Tệp công khai"}]
    assert f"/documents/{document.pk}/" in node["body"][2]["html"]


def test_private_files_do_not_show_in_content(graphql: GraphQLClient, private: Collection):
    article(ImageFactory(collection=private), DocumentFactory(collection=private))
    node = graphql.data(ARTICLE)["articles"]["nodes"][0]
    assert node == {
        "heroImage": None,
        "attachments": [],
        "seo": {"image": None},
        "body": [{"image": None}, {"document": None}, {"html": "<p><a>tệp</a></p>"}],
    }


def test_private_files_do_not_show_at_the_root(graphql: GraphQLClient, private: Collection):
    image, document = ImageFactory(collection=private), DocumentFactory(collection=private)
    query = """query($image: ID!, $document: ID!) {
      image(id: $image) { id } images { id } document(id: $document) { id } documents { id } collections { name }
    }"""
    assert graphql.data(query, image=image.pk, document=document.pk) == {
        "image": None,
        "images": [],
        "document": None,
        "documents": [],
        "collections": [{"name": "Kho chung"}],
    }
