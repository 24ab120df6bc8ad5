from __future__ import annotations

import re
from dataclasses import dataclass

import graphene
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, URLBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.blocks import BlockItem
from cms.graphql.fields import Computed, fields_of

YOUTUBE = re.compile(
    r"https://(?:www\.|m\.)?(?:youtube\.com/(?:watch\?(?:.*&)?v=|embed/|shorts/)|youtu\.be/)([\w-]{11})"
)
VIMEO = re.compile(r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{1,15})")


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
        return Video(f"https://player.vimeo.com/video/{found.group(1)}?dnt=1", None)
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

    url = VideoUrlBlock(label=_("address"), help_text=_("Address of a video at YouTube or Vimeo."))
    title = CharBlock(
        label=_("title"), max_length=200, help_text=_("What the video shows; screen readers say it.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video at YouTube or Vimeo, shown without cookies.")


def player(item: BlockItem, info: object) -> str:
    """An iframe for the video; empty for an address that is not allowed any more."""
    video = video_at(item.raw["url"])
    if video is None:
        return ""
    return format_html(
        '<iframe src="{}" title="{}" loading="lazy" allowfullscreen referrerpolicy="strict-origin"></iframe>',
        video.player,
        item.raw["title"],
    )


def thumbnail(item: BlockItem, info: object) -> str | None:
    """Address of a still picture, where the host has one at a fixed address."""
    video = video_at(item.raw["url"])
    return video.thumbnail if video else None


@fields_of(VideoBlock)
class VideoBlockFields:
    url = Computed(
        graphene.String, resolve=lambda item, info: item.raw["url"], description="The video's address."
    )
    title = Computed(
        graphene.String,
        resolve=lambda item, info: item.raw["title"],
        required=True,
        description="What it shows.",
    )
    thumbnail_url = Computed(
        graphene.String, resolve=thumbnail, description="A still picture; null where there is none."
    )
    html = Computed(graphene.String, resolve=player, required=True, description="An iframe that plays it.")
