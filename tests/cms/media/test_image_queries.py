from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.media.models import Image, Rendition
from cms.media.rendition_tasks import make_renditions
from tests.client import GraphQLClient
from tests.factories.media import DocumentFactory, ImageFactory, private_collection

pytestmark = pytest.mark.usefixtures("countable")

SRC_SET = """query($sizes: [Int], $preset: ImagePreset) {
    images { srcSet(sizes: $sizes, preset: $preset, format: WEBP) }
}"""


def files(image: Image, *specs: str) -> list[str]:
    """Absolute addresses of an image's renditions."""
    stored = {each.filter_spec: each for each in Rendition.objects.filter(image=image)}
    return [f"http://127.0.0.1:8000{stored[spec].file.url}" for spec in specs]


@pytest.fixture(autouse=True)
def addresses(settings: LazySettings) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.MEDIA_URL = "/media/"


def test_everything_about_an_image(graphql: GraphQLClient) -> None:
    image = ImageFactory(
        title="Gate", pixels=(800, 400), caption="The gate", credit="Office", focal_point_x=600, focal_point_y=100,
        focal_point_width=10, focal_point_height=10,
    )  # fmt: skip
    image.tags.add("gate", "board")
    data = graphql.data(
        """query($id: ID!) { image(id: $id) {
            id title alt caption credit width height url aspectRatio isSvg fileSize file sizes focalPointX
            focalPoint { x y } tags { name } collection { name }
        } }""",
        id=str(image.pk),
    )
    assert data["image"] == {
        "id": str(image.pk),
        "title": "Gate",
        "alt": "Workers at a gate",
        "caption": "The gate",
        "credit": "Office",
        "width": 800,
        "height": 400,
        "url": f"http://127.0.0.1:8000{image.file.url}",
        "aspectRatio": 2.0,
        "isSvg": False,
        "fileSize": image.file.size,
        "file": image.filename,
        "sizes": "(max-width: 800px) 100vw, 800px",
        "focalPointX": 600,
        "focalPoint": {"x": 0.75, "y": 0.25},
        "tags": [{"name": "board"}, {"name": "gate"}],
        "collection": {"name": "Kho chung"},
    }


def test_image_without_focal_point_says_null(graphql: GraphQLClient) -> None:
    ImageFactory()
    assert graphql.data("{ images { focalPoint { x y } } }") == {"images": [{"focalPoint": None}]}


def test_rendition_of_a_preset(graphql: GraphQLClient) -> None:
    image = ImageFactory(rendered=True, pixels=(1000, 1000))
    data = graphql.data(
        "{ images { rendition(preset: CARD, format: AVIF) { url width height alt filterSpec } } }"
    )
    (url,) = files(image, "fill-640x427|format-avif")
    assert data["images"][0]["rendition"] == {
        "url": url,
        "width": 640,
        "height": 427,
        "alt": "Workers at a gate",
        "filterSpec": "fill-640x427|format-avif",
    }


def test_rendition_of_one_width_of_a_preset(graphql: GraphQLClient) -> None:
    ImageFactory(rendered=True, pixels=(2000, 1000))
    data = graphql.data("{ images { rendition(preset: HERO, width: 640) { width height } } }")
    assert data["images"][0]["rendition"] == {"width": 640, "height": 360}


def test_src_set_of_a_preset_is_ascending(graphql: GraphQLClient) -> None:
    image = ImageFactory(rendered=True, pixels=(2000, 1000))
    data = graphql.data(SRC_SET, preset="WIDE")
    small, middle, large = files(
        image, "width-640|format-webp", "width-960|format-webp", "width-1280|format-webp"
    )
    assert data["images"][0]["srcSet"] == f"{small} 640w, {middle} 960w, {large} 1280w"


def test_src_set_of_sizes_as_grapple_takes_them(graphql: GraphQLClient) -> None:
    image = ImageFactory(rendered=True, pixels=(2000, 1000))
    data = graphql.data(SRC_SET, sizes=[640, 320, 640])
    small, large = files(image, "width-320|format-webp", "width-640|format-webp")
    assert data["images"][0]["srcSet"] == f"{small} 320w, {large} 640w"


def test_src_set_is_never_wider_than_the_original(graphql: GraphQLClient) -> None:
    image = ImageFactory(rendered=True, pixels=(500, 400))
    data = graphql.data(SRC_SET, sizes=[320, 640, 1280])
    small, own = files(image, "width-320|format-webp", "width-640|format-webp")
    assert data["images"][0]["srcSet"] == f"{small} 320w, {own} 500w"


def test_svg_has_one_address_for_all_widths(graphql: GraphQLClient, settings: LazySettings) -> None:
    settings.WAGTAILIMAGES_EXTENSIONS = ["svg"]
    image = ImageFactory(rendered=True, svg=True)
    data = graphql.data(
        "{ images { isSvg srcSet(preset: WIDE, format: AVIF) rendition(preset: WIDE) { filterSpec } } }"
    )
    (url,) = files(image, "width-640")
    width = Rendition.objects.get(filter_spec="width-640").width
    assert data["images"][0] == {
        "isSvg": True,
        "srcSet": f"{url} {width}w",
        "rendition": {"filterSpec": "width-640"},
    }


@pytest.mark.parametrize(
    "field",
    [
        "rendition(width: 333) { url }",
        "rendition(width: -1) { url }",
        "rendition(preset: CARD, width: 1600) { url }",
        "rendition { url }",
        "srcSet(sizes: [320, 99999])",
        "srcSet(sizes: [null])",
        "srcSet",
    ],
)
def test_size_that_no_preset_has_is_refused(graphql: GraphQLClient, field: str) -> None:
    ImageFactory()
    graphql.errors(f"{{ images {{ {field} }} }}", code="BAD_IMAGE_SIZE")
    assert Rendition.objects.count() == 0


def test_refusal_names_the_widths_that_are_allowed(graphql: GraphQLClient) -> None:
    ImageFactory()
    (error,) = graphql.errors("{ images { rendition(width: 333) { url } } }", code="BAD_IMAGE_SIZE")
    assert (
        error["message"]
        == "333 is no width of a preset here; these are: 160, 320, 640, 960, 1200, 1280, 1600."
    )


def test_broken_image_has_no_rendition_and_the_others_have(graphql: GraphQLClient) -> None:
    broken, _good = ImageFactory(title="A"), ImageFactory(title="B", rendered=True)
    broken.file.storage.delete(broken.file.name)
    make_renditions(broken)
    data = graphql.data(
        '{ images(order: "title") { title srcSet(sizes: [320]) rendition(preset: CARD) { width } } }'
    )
    assert [image["rendition"] for image in data["images"]] == [None, {"width": 640}]
    assert data["images"][0]["srcSet"] == ""


def test_statements_do_not_grow_with_the_images(graphql: GraphQLClient) -> None:
    query = """{ images(limit: 100) {
        id title url alt fileSize createdAt focalPoint { x } srcSet(preset: CARD) tags { name } collection { name }
        rendition(preset: CARD) { url alt backgroundPositionStyle focalPoint image { id title caption fileHash } }
    } }"""
    counts = []
    for more in (1, 19):
        for image in ImageFactory.create_batch(more, pixels=(900, 600), rendered=True):
            image.tags.add("one", "two")
        graphql.data(query)
        with CaptureQueriesContext(connection) as captured:
            answer = graphql.post(query.replace("limit: 100", f"limit: {99 - more}")).json()
        assert "errors" not in answer
        counts.append(len(captured))
    assert len(answer["data"]["images"]) == 20
    assert counts[0] == counts[1]


def test_image_of_a_private_collection_is_absent(graphql: GraphQLClient) -> None:
    image = ImageFactory(collection=private_collection())
    below = image.collection.add_child(name="Below")
    ImageFactory(collection=below)
    data = graphql.data("query($id: ID!) { image(id: $id) { id } images { id } }", id=str(image.pk))
    assert data == {"image": None, "images": []}


def test_document_has_an_absolute_address_and_its_size(graphql: GraphQLClient) -> None:
    document = DocumentFactory(title="Plan")
    document.tags.add("plan")
    data = graphql.data(
        "{ documents { title url file fileSize fileExtension fileHash tags { name } collection { name } } }"
    )
    assert data["documents"] == [
        {
            "title": "Plan",
            "url": f"http://127.0.0.1:8000/documents/{document.pk}/{document.filename}",
            "file": document.filename,
            "fileSize": 5,
            "fileExtension": "pdf",
            "fileHash": "8cb2237d0679ca88db6464eac60da96345513964",
            "tags": [{"name": "plan"}],
            "collection": {"name": "Kho chung"},
        }
    ]


def test_reader_makes_no_picture_and_gets_the_nearest(graphql: GraphQLClient) -> None:
    image = ImageFactory(pixels=(1000, 1000))
    query = "{ images { rendition(preset: CARD, format: AVIF) { width height } srcSet(preset: CARD) } }"
    assert graphql.data(query)["images"] == [{"rendition": None, "srcSet": ""}]
    make_renditions(image)
    image.renditions.exclude(filter_spec__in=["fill-320x213|format-jpeg", "width-640|format-jpeg"]).delete()
    assert graphql.data(query)["images"][0]["rendition"] == {"width": 320, "height": 213}
    assert image.renditions.count() == 2


def test_answer_with_the_nearest_ends_when_the_real_one_is_there(graphql: GraphQLClient) -> None:
    image = ImageFactory(pixels=(1000, 1000))
    query = "{ images { rendition(preset: CARD) { width } } }"
    assert [graphql.data(query)["images"][0]["rendition"] for _time in range(2)] == [None, None]
    make_renditions(image)
    assert graphql.data(query)["images"][0]["rendition"] == {"width": 640}
