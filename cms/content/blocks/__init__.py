"""The blocks that bodies are made of, one a module."""

from __future__ import annotations

from cms.content.blocks.attachment import AttachmentBlock
from cms.content.blocks.call_to_action import CallToActionBlock
from cms.content.blocks.gallery import GalleryBlock
from cms.content.blocks.heading import HeadingBlock
from cms.content.blocks.paragraph import ParagraphBlock
from cms.content.blocks.picture import PictureBlock
from cms.content.blocks.quote import QuoteBlock
from cms.content.blocks.registry import register_body_block
from cms.content.blocks.table import DataTableBlock
from cms.content.blocks.video import VideoBlock

__all__ = [
    "AttachmentBlock",
    "CallToActionBlock",
    "DataTableBlock",
    "GalleryBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuoteBlock",
    "VideoBlock",
    "register_body_block",
]
