"""Where the pictures and documents of an import come from: a folder, a zip archive or, where permitted, the web."""

from __future__ import annotations

import re
import zipfile
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.utils.file import hash_filelike

from cms.exchange.downloads import downloaded

#: Files of an archive, and bytes of all of them together.
MOST_FILES, MOST_BYTES = 20_000, 2 * 1024**3


class Files:
    """No files but those of the web, from hosts that a setting names."""

    def read(self, name: str, *, most: int) -> SimpleUploadedFile:
        """A file of at most `most` bytes. Raises ValidationError where there is none, or a larger one."""
        if is_address(name):
            return downloaded(name, most=most)
        raise ValidationError(_("There is no file “%(name)s”.") % {"name": name})

    def digest(self, name: str, *, most: int) -> str:
        """The SHA-1 of a file, by which Wagtail tells files from each other."""
        return hash_filelike(self.read(name, most=most))


class FolderFiles(Files):
    """Files of a folder, and of nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def read(self, name: str, *, most: int) -> SimpleUploadedFile:
        # Links are followed before it is asked where they lead.
        try:
            path = (self.folder / name).resolve()
            is_there = path.is_relative_to(self.folder) and path.is_file()
        except (OSError, ValueError):
            is_there = False
        if not is_there:
            return super().read(name, most=most)
        _check_size(name, path.stat().st_size, most)
        with path.open("rb") as file:
            return SimpleUploadedFile(path.name, file.read(most + 1))


class ZipFiles(Files):
    """Files of a zip archive, read one by one and never unpacked to a disk. Raises ValidationError where it is none."""

    def __init__(self, file: Any) -> None:
        try:
            self.archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ValidationError(_("This is no zip archive, or it is damaged.")) from error
        check_archive(self.archive)

    @cached_property
    def _names(self) -> dict[str, zipfile.ZipInfo]:
        return {each.filename.replace("\\", "/"): each for each in self.archive.infolist()}

    def names(self) -> list[str]:
        """The names of all files."""
        return list(self._names)

    def read(self, name: str, *, most: int) -> SimpleUploadedFile:
        info = self._names.get(name.removeprefix("./"))
        if info is None or info.is_dir():
            return super().read(name, most=most)
        _check_size(name, info.file_size, most)
        try:
            # No more is unpacked than the archive says, which was just measured.
            content = self.archive.read(info)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            OSError,
            EOFError,
            ValueError,
        ) as error:
            message = _("“%(name)s” can't be read from the archive.")
            raise ValidationError(message % {"name": name}) from error
        return SimpleUploadedFile(PurePosixPath(name).name, content)


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that would unpack to more than any import may bring."""
    files = archive.infolist()
    if len(files) > MOST_FILES:
        raise ValidationError(_("The archive has more than %(most)d files.") % {"most": MOST_FILES})
    if sum(each.file_size for each in files) > MOST_BYTES:
        message = _("What is in the archive is larger than %(most)s.")
        raise ValidationError(message % {"most": filesizeformat(MOST_BYTES)})


def is_address(name: str) -> bool:
    """Whether a record names a file by its address on the web."""
    return re.match(r"https?://", name, re.IGNORECASE) is not None


def _check_size(name: str, size: int, most: int) -> None:
    if size > most:
        message = _("“%(name)s” is larger than %(most)s.")
        raise ValidationError(message % {"name": name, "most": filesizeformat(most)})
