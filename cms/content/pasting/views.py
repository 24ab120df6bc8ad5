"""What an editor pastes, as the blocks of a body: the browser sends the clipboard and inserts what it is answered."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cms.content.pasting.blocks import stored_blocks
from cms.content.pasting.conversion import convert
from cms.content.pasting.parts import Dropped, Picture
from cms.content.pasting.pictures import MAX_PICTURES, PastedPictures, take_out_data
from cms.content.pasting.rtf import rtf_pictures
from cms.content.streamfield import BodyField

#: Characters of HTML without its pictures: some 150 pages from Word.
MAX_HTML = 1_500_000
#: Bytes of RTF, which writes each byte of a picture as two.
MAX_RTF = 40_000_000

DROPPED = {
    Dropped.LOOKS: gettext_lazy("fonts, sizes and colours"),
    Dropped.OFFICE: gettext_lazy("Word's own marks"),
    Dropped.COMMENTS: gettext_lazy("colleagues' comments"),
    Dropped.DELETED: gettext_lazy("deleted text"),
    Dropped.EMBEDS: gettext_lazy("videos and other embedded content"),
    Dropped.FORMS: gettext_lazy("fields of forms"),
    Dropped.LINKS: gettext_lazy("links that lead to no page"),
    Dropped.MERGED_CELLS: gettext_lazy("merged cells (their text is in the first one)"),
    Dropped.LONG_TABLES: gettext_lazy("rows and columns of a table that is too long"),
}


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Blocks for what was pasted, and one line that says what was dropped.

    Takes files: `html`, `rtf` (both UTF-8) and `picture`s. Answers `{blocks: [{type, value, id}], message}`, where
    `value` is the state of the block's form; with status 400 `{message}` alone.
    """
    html, held = take_out_data(_text(request, "html"))
    if len(html) > MAX_HTML or len(held) > MAX_PICTURES:
        message = _("That is too much at a time: paste at most 150 pages and %(most)d pictures.")
        return JsonResponse({"message": message % {"most": MAX_PICTURES}}, status=400)
    files = [file.read() for file in request.FILES.getlist("picture")[:MAX_PICTURES]]
    converted = convert(html)
    parts = converted.parts or [Picture(f"file:{number}") for number in range(len(files))]
    pictures = PastedPictures(
        request.user, held=held, rtf=rtf_pictures(_text(request, "rtf", most=MAX_RTF)), files=files
    )
    pictures.match([part for part in parts if isinstance(part, Picture)][:MAX_PICTURES])
    stored = stored_blocks(parts, image_of=pictures.image_of)
    message = _message(converted.dropped, pictures)
    return JsonResponse({"blocks": _form_states(stored), "message": message}, encoder=DjangoJSONEncoder)


def _text(request: HttpRequest, name: str, most: int | None = None) -> str:
    file = request.FILES.get(name)
    if not isinstance(file, UploadedFile) or (most is not None and (file.size or 0) > most):
        return ""
    return file.read().decode("utf-8", "replace")


def _form_states(stored: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    blocks = BodyField().stream_block.child_blocks
    states = []
    for item in stored:
        block = blocks[item["type"]]
        state = block.get_form_state(block.to_python(item["value"]))
        states.append({"type": item["type"], "value": state, "id": str(uuid.uuid4())})
    return states


def _message(dropped: set[Dropped], pictures: PastedPictures) -> str:
    """In one line; empty where nothing was dropped."""
    left_out = [str(words) for each, words in DROPPED.items() if each in dropped]
    if pictures.is_forbidden:
        left_out.append(_("pictures, because you may not add any to the library"))
    elif pictures.missed:
        words = ngettext(
            "%(count)d picture that could not be taken over: save it as a file and add it",
            "%(count)d pictures that could not be taken over: save them as files and add them",
            pictures.missed,
        )
        left_out.append(words % {"count": pictures.missed})
    return _("Left out: %(what)s.") % {"what": "; ".join(left_out)} if left_out else ""
