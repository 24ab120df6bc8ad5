"""What the editor's browser is answered for what was pasted."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission

from cms.content.pasting.rtf import rtf_pictures
from cms.media.models import Image
from tests.factories.media import SVG, ImageFactory, drawn
from tests.factories.people import logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESS = "/admin/paste/"


def pasted(client: Client, html: str = "", *, rtf: str = "", pictures: tuple[bytes, ...] = ()) -> Any:
    files: dict[str, Any] = {"html": SimpleUploadedFile("paste.html", html.encode())}
    if rtf:
        files["rtf"] = SimpleUploadedFile("paste.rtf", rtf.encode())
    files["picture"] = [SimpleUploadedFile("a.png", content) for content in pictures]
    return client.post(ADDRESS, files, headers={"Accept-Language": "vi"})


def data_uri(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def someone_with(*codenames: str, room: Collection | None = None) -> Any:
    """Somebody who may enter the admin, and has these rights on the images of a collection."""
    group = Group.objects.create(name="Thử")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for permission in Permission.objects.filter(codename__in=codenames, content_type__app_label="media"):
        GroupCollectionPermission.objects.create(group=group, collection=room, permission=permission)
    user = person(username="vietthue")
    user.groups.add(group)
    return user


@pytest.fixture
def editor() -> Client:
    return logged_in(person("editor"))


def test_text_and_headings_come_as_states_of_the_editors_form(editor):
    answer = pasted(editor, "<h2>Mục tiêu</h2><p>Rộng 3 m<sup>2</sup></p>").json()
    heading, paragraph = answer["blocks"]
    assert (heading["type"], heading["value"]) == (
        "heading",
        {"text": "Mục tiêu", "level": ["2"]},
    )
    [block] = json.loads(paragraph["value"]["text"])["blocks"]
    assert (block["text"], block["inlineStyleRanges"]) == (
        "Rộng 3 m2",
        [{"offset": 8, "length": 1, "style": "SUPERSCRIPT"}],
    )
    assert answer["message"] == ""


def test_numbers_of_thousands_of_digits_say_nothing(editor):
    number = "9" * 4_400
    html = f'<p><span style="font-weight: {number}">Chữ</span></p><img src="pasted:{number}" alt="">'
    answer = pasted(editor, f'{html}<table><tr><td rowspan="{number}">a</td><td>b</td></tr></table>')
    assert [block["type"] for block in answer.json()["blocks"]] == ["paragraph", "data_table"]


def test_a_picture_within_the_text_is_stored_once_with_its_words(editor):
    html = f'<p>Chữ</p><img src="{data_uri(drawn(20, 10).read())}" alt="Cổng khu công nghiệp">'
    first, again = (pasted(editor, html).json()["blocks"][1] for _time in range(2))
    image = Image.objects.get()
    assert (image.title, image.description, image.width) == ("Cổng khu công nghiệp",) * 2 + (20,)
    assert image.uploaded_by_user.username == "editor"
    assert first["value"]["image"]["id"] == again["value"]["image"]["id"] == image.pk


def test_pictures_of_word_are_taken_from_its_rtf(editor):
    one, two = drawn(20, 10).read(), drawn(30, 10, name="a.jpg").read()
    rtf = (
        r"{\rtf1 {\*\shppict{\pict{\*\picprop\shplid1{\sp{\sn x}{\sv 1}}}\picw20\pngblip\bliptag-7{\*\blipuid 0aF}"
        f"\n{one.hex()}}}}}{{\\nonshppict{{\\pict\\wmetafile8 0100}}}}{{\\pict\\jpegblip {two.hex().upper()}}}}}"
    )
    assert rtf_pictures(rtf) == [one, two]
    html = '<p>a<img src="file:///C:/1.png">b<img src="file:///C:/2.png"></p>'
    assert [block["type"] for block in pasted(editor, html, rtf=rtf).json()["blocks"]] == [
        "paragraph",
        "picture",
        "paragraph",
        "picture",
    ]
    assert list(Image.objects.order_by("pk").values_list("width", flat=True)) == [20, 30]


def test_files_of_the_clipboard_are_pictures(editor):
    answer = pasted(editor, pictures=(drawn(20, 10).read(),)).json()
    assert [block["type"] for block in answer["blocks"]] == ["picture"]
    # A browser gives the file beside the address that it has at the other server.
    html = '<img src="https://example.vn/anh.png">'
    assert pasted(editor, html, pictures=(drawn(21, 10).read(),)).json()["message"] == ""
    assert Image.objects.count() == 2


@pytest.mark.parametrize(
    "source",
    [
        "https://example.vn/anh.png",
        "file:///C:/anh.png",
        data_uri(SVG, "svg+xml"),
        data_uri(b"GIF89a broken", "gif"),
        "data:image/png;base64,A",
        "pasted:0",
        "/media/original_images/a.png",
    ],
)
def test_a_picture_that_did_not_come_along_is_told(editor, source):
    answer = pasted(editor, f'<p>Chữ</p><img src="{source}">').json()
    assert [block["type"] for block in answer["blocks"]] == ["paragraph"]
    assert answer["message"] == "Đã bỏ: 1 hình ảnh không lấy được: hãy lưu thành tệp rồi thêm vào."
    assert not Image.objects.exists()


def test_who_may_not_add_images_stores_none():
    answer = pasted(logged_in(someone_with()), pictures=(drawn(20, 10).read(),)).json()
    assert answer == {
        "blocks": [],
        "message": "Đã bỏ: hình ảnh, vì bạn không có quyền thêm vào thư viện.",
    }
    assert not Image.objects.exists()


def test_a_picture_goes_where_the_editor_may_add_and_is_none_that_they_may_not_choose():
    root = Collection.get_first_root_node()
    ImageFactory(collection=root, file=drawn(20, 10))
    room = root.add_child(name="Phòng A")
    answer = pasted(logged_in(someone_with("add_image", room=room)), pictures=(drawn(20, 10).read(),)).json()
    image = Image.objects.get(pk=answer["blocks"][0]["value"]["image"]["id"])
    assert image.collection == room


def test_too_much_at_a_time_is_refused_in_words(editor):
    for html in ("<p>" + "a" * 1_500_001, f'<img src="{data_uri(b"x")}">' * 31):
        response = pasted(editor, html)
        assert response.status_code == 400
        assert response.json() == {
            "message": "Nội dung dán một lần quá nhiều: mỗi lần tối đa khoảng 150 trang và 30 hình ảnh."
        }


def test_only_who_may_use_the_admin_pastes(client):
    assert pasted(client, "<p>a</p>").status_code == 302
    assert pasted(logged_in(person()), "<p>a</p>").status_code == 302


def test_pictures_of_word_that_do_not_end_stop_nobody():
    # Read anew from the begin of each, they would take hours.
    assert rtf_pictures("\\pngblip\\bliptag-7" * 100_000) == []
