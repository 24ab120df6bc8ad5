"""One tar file: the database, the stored files below `files/`, and a manifest with the checksums of all of them."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.base import CommandError

from cms.operations.backup import manifest
from cms.operations.backup.staging import staging

FOLDER = "files/"


class _Summed(io.RawIOBase):
    """Reads on, and adds up what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.sum.update(chunk)
        return chunk


class Writer:
    """Adds to an archive. `folder` is a temporary one for files that are to be added, deleted after the block."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self._tar = tar
        self.folder = folder
        self.sums: dict[str, str] = {}

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """Add `size` bytes of a file."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        summed = _Summed(file)
        self._tar.addfile(info, summed)
        self.sums[name] = summed.sum.hexdigest()

    def add_stored_files(self) -> int:
        """Add what the storage of uploads has; how many files."""
        for name in stored_files():
            try:
                with default_storage.open(name) as file:
                    self.add(f"{FOLDER}{name}", file, file.size)
            except FileNotFoundError:
                continue  # deleted meanwhile
        return len(self.sums)

    def finish(self, described: manifest.Manifest) -> None:
        """Add the manifest."""
        content = described.encode()
        self.add(manifest.NAME, io.BytesIO(content), len(content))


def stored_files(folder: str = "") -> Iterator[str]:
    """The names of all uploads and of what was made of them, on a disk or in a bucket."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in sorted(names))
    for each in sorted(folders):
        yield from stored_files(f"{folder}{each}/")


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """Write an archive that only its owner reads, and that has its name once it is whole."""
    _refuse_existing(target)
    # Beside its target, so that it can be renamed.
    with staging(target.parent, ".cms-") as folder:
        part = folder / "archive.tar"
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, folder)
            file.flush()
            os.fsync(file.fileno())
        _refuse_existing(target)  # of another run
        part.rename(target)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise CommandError(f"{target} is there already.")


class Reader:
    """An archive whose every byte is as it was written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        found = {member.name: member for member in tar}
        if manifest.NAME not in found:
            raise CommandError("This is no whole backup: it has no manifest.")
        self.manifest = manifest.read(self._open(found.pop(manifest.NAME)).read())
        self._members = found
        self._verify()

    @property
    def files(self) -> list[str]:
        """The names of the stored files."""
        return [name.removeprefix(FOLDER) for name in self._members if name.startswith(FOLDER)]

    def extract(self, name: str, target: Path) -> None:
        """Write one file of the archive to `target`."""
        with target.open("wb") as file:
            shutil.copyfileobj(self._open(self._members[name]), file)

    def restore_file(self, name: str) -> None:
        """Store a file under the name that it had."""
        if default_storage.exists(name):
            default_storage.delete(name)
        stored = default_storage.save(name, File(self._open(self._members[f"{FOLDER}{name}"]), name))
        if stored != name:
            raise CommandError(f"{name} could not be stored under its own name, but as {stored}.")

    def _verify(self) -> None:
        sums = self.manifest.sums
        if missing := sums.keys() ^ self._members.keys():
            raise CommandError(f"Not what its manifest says: {', '.join(sorted(missing)[:3])}.")
        for name, member in self._members.items():
            summed = hashlib.sha256()
            for chunk in File(self._open(member)).chunks():
                summed.update(chunk)
            if summed.hexdigest() != sums[name]:
                raise CommandError(f"{name} is damaged: its checksum is not the one of the manifest.")

    def _open(self, member: tarfile.TarInfo) -> IO[bytes]:
        file = self._tar.extractfile(member) if member.isreg() else None
        if file is None:
            raise CommandError(f"{member.name} is no file.")
        return file


@contextmanager
def reading(source: Path) -> Iterator[Reader]:
    """Open an archive and verify it; raises CommandError where it is not whole, with nothing written yet."""
    with ExitStack() as stack:
        try:
            reader = Reader(stack.enter_context(tarfile.open(source, "r:")))
        except FileNotFoundError as error:
            raise CommandError(f"There is no {source}.") from error
        except IsADirectoryError as error:
            raise CommandError(
                f"{source} is a folder: name the archive in it that is to be restored."
            ) from error
        except OSError as error:
            raise CommandError(f"{source} can't be read: {error}. May this user read it?") from error
        except tarfile.TarError as error:
            raise CommandError(f"{source} is no backup, or was cut off: {error}") from error
        yield reader
