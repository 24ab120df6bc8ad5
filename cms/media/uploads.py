"""The end of an upload that is larger than anything that may be uploaded: before it is written anywhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """Stands before Django's handlers, which write a file of any size to the disk; a form then measures it."""

    def handle_raw_input(
        self, input_data: Any, META: dict, content_length: int, boundary: bytes, encoding: str | None = None
    ) -> None:
        if content_length > settings.CMS_MAX_UPLOAD_BYTES:
            raise RequestDataTooBig("The request is larger than any file that may be uploaded.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
