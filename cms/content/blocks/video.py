from __future__ import annotations

import re
from dataclasses import dataclass

import graphene
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLResolveInfo
from wagtail.blocks import CharBlock, StructBlock, URLBlock

from cms.content.blocks import groups, stored
from cms.content.blocks.registry import register_body_block
from cms.graphql.schema.fields import Computed, fields_of
from cms.graphql.wagtail.blocks import BlockItem

YOUTUBE = re.compile(
    r"https://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/)"
    r"([\w-]{11})(?=[?&#/]|$)",
    re.ASCII,
)
VIMEO = re.compile(r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{1,15})(?=[?#/]|$)", re.ASCII)
#: What an unlisted video is watched with: vimeo.com/<video>/<hash>, or ?h=<hash>.
VIMEO_HASH = re.compile(r"(?:/|\?(?:[^#]*&)?h=)([0-9a-f]{6,40})(?=[?&#/]|$)", re.ASCII)


@dataclass(frozen=True)
class Video:
    """Where a video plays and what stands for it, told from its address: no other host is asked."""

    player: str
    thumbnail: str | None


def video_at(url: str) -> Video | None:
    """The video of an address at YouTube or Vimeo; None for any other address."""
    if found := YOUTUBE.match(url):
        key = found.group(1)
        return Video(
            f"https://www.youtube-nocookie.com/embed/{key}", f"https://i.ytimg.com/vi/{key}/hqdefault.jpg"
        )
    if found := VIMEO.match(url):
        unlisted = VIMEO_HASH.match(url, found.end())
        key = f"h={unlisted.group(1)}&" if unlisted else ""
        return Video(f"https://player.vimeo.com/video/{found.group(1)}?{key}dnt=1", None)
    return None


class VideoUrlBlock(URLBlock):
    """An address at YouTube or Vimeo."""

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value and video_at(value) is None:
            raise ValidationError(
                _("Only addresses of videos at YouTube or Vimeo, with https."), code="not_a_video"
            )
        return value


@register_body_block("video", order=70)
class VideoBlock(StructBlock):
    """A video at YouTube or Vimeo."""

    url = VideoUrlBlock(label=_("Address"), help_text=_("Address of a video at YouTube or Vimeo."))
    title = CharBlock(
        label=_("Title"), max_length=200, help_text=_("What the video shows; screen readers say it.")
    )

    class Meta:
        icon = "media"
        template = "content/blocks/video.html"
        group = groups.MEDIA
        label = _("Video")
        label_format = "{title}"
        description = _("A video at YouTube or Vimeo, shown without cookies.")
        preview_value = {"url": "https://vimeo.com/76979871", "title": "Giới thiệu khu công nghiệp"}


def video(item: BlockItem) -> Video | None:
    """The video of an occurrence; None for an address that is not allowed (any more)."""
    return video_at(item.raw.get("url") or "")


def player(item: BlockItem, info: GraphQLResolveInfo) -> str:
    """An iframe for the video; empty where there is none."""
    found = video(item)
    if found is None:
        return ""
    return format_html(
        '<iframe src="{}" title="{}" loading="lazy" allowfullscreen'
        ' referrerpolicy="strict-origin-when-cross-origin"></iframe>',
        found.player,
        item.raw.get("title") or "",
    )


def thumbnail(item: BlockItem, info: GraphQLResolveInfo) -> str | None:
    """Address of a still picture, where the host has one at a fixed address."""
    found = video(item)
    return found.thumbnail if found else None


@fields_of(VideoBlock)
class VideoBlockFields:
    url = Computed(
        graphene.String,
        resolve=lambda item, info: item.raw.get("url") if video(item) else None,
        description="The video's address.",
    )
    title = stored.text("title", "What it shows.")
    thumbnail_url = Computed(
        graphene.String,
        resolve=thumbnail,
        description="A still picture at the video's host; null where there is none.",
    )
    html = Computed(
        graphene.String, resolve=player, required=True, description="An iframe that plays it without cookies."
    )
