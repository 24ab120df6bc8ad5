"""`manage.py backup` and `restore`: an empty server answers afterwards as the old one did, to the last ballot."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from cms.operations import installation
from cms.operations.backup.archive import writing
from cms.operations.backup.databases import FILES
from cms.operations.backup.staging import LOCK
from cms.operations.models import Installation
from polls.models import Ballot, Poll
from tests import databases
from tests.client import GraphQLClient
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory, vote
from tests.factories.portal import ArticlePageFactory
from tests.servers import ROOT, database_url
from tests.waiting import wait_until

pytestmark = pytest.mark.usefixtures("tree")

ANSWERS = """{
  articles(first: 10) { totalCount edges { node { title urlPath heroImage { title url alt: description } } } }
  search(query: "nuoc sach") { totalCount }
  documents { title fileHash }
  polls(first: 10) { edges { node { question totalVotes sealHead { digest } options { text votes } } } }
}"""


@pytest.fixture
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a backup is written."""
    return tmp_path_factory.mktemp("backups") / "portal.tar"


@contextmanager
def empty_server(folder: Path) -> Iterator[None]:
    """Be a server with an empty database, and with no files in this folder, until the end of the block."""
    with databases.empty() as name, databases.connected(name), override_settings(MEDIA_ROOT=folder):
        yield


def portal() -> Poll:
    """Content of each kind that has to be there again; the poll."""
    ArticlePageFactory(title="Nước sạch về bản", hero_image=ImageFactory(rendered=True))
    ArticlePageFactory(title="Bản nháp", live=False)
    DocumentFactory(title="Kế hoạch")
    poll = PollFactory(question="Bạn quan tâm điều gì?")
    for place in (0, 0, 1, 2, 0):
        vote(poll, place)
    run("tend_polls")
    vote(poll, 1)  # not sealed yet
    run("reindex_search")
    return poll


def run(*arguments: Any) -> str:
    """What a command says."""
    said = StringIO()
    call_command(*map(str, arguments), stdout=said, stderr=said)
    return said.getvalue()


def test_an_empty_server_answers_as_the_old_one_did(graphql: GraphQLClient, archive: Path, tmp_path: Path):
    portal()
    logged_in(person("superuser"))
    before = graphql.data(ANSWERS)
    run("backup", archive)
    with empty_server(tmp_path / "empty"):
        said = run("restore", archive)

        assert graphql.data(ANSWERS) == before
        assert Ballot.objects.count() == 6
        assert "1 polls are as they should be" in run("verify_polls")
        [name] = {each["node"]["heroImage"]["url"] for each in before["articles"]["edges"]}
        assert default_storage.exists(name.partition("/media/")[2])
        assert get_user_model().objects.get().username == "superuser"
        assert not Session.objects.exists()
    assert (before["articles"]["totalCount"], before["search"]["totalCount"]) == (1, 1)
    for command in ("verify_polls", "reindex_search", "rebuild_references_index", "forget_answers"):
        assert f"{command}: done" in said


def test_an_archive_is_its_owners_alone_and_holds_no_key(archive: Path, settings: LazySettings):
    settings.SECRET_KEY, settings.CMS_POLLS_KEY = "secret of sessions", "secret of polls"
    vote(PollFactory(), 0)

    run("backup", archive)

    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert os.listdir(archive.parent) == [archive.name]
    with tarfile.open(archive) as tar:
        assert {member.mode for member in tar} == {0o600}
        manifest = orjson.loads(tar.extractfile("manifest.json").read())
    assert len(manifest["keys"]["POLLS_KEY"]) == 64
    assert manifest["rows"]["polls_ballot"] == 1
    assert manifest["engine"] == connection.vendor
    assert "secret of" not in repr(manifest)


def test_a_server_that_is_in_use_is_left_as_it_is_unless_told(
    graphql: GraphQLClient, archive: Path, tmp_path: Path
):
    run("backup", archive)
    person("editor")
    default_storage.save("images/x.png", ContentFile(b"x"))

    with pytest.raises(CommandError, match=r"not empty: 1 users, files.* add --replace"):
        run("restore", archive)
    assert get_user_model().objects.exists()
    assert default_storage.exists("images/x.png")


def test_what_came_after_the_backup_is_gone_and_no_kept_answer_shows_it(
    graphql: GraphQLClient, archive: Path
):
    portal()
    run("backup", archive)
    before = graphql.data(ANSWERS)
    ArticlePageFactory(title="Viết sau", hero_image=ImageFactory())
    [poll] = Poll.objects.all()
    vote(poll, 2)
    names = set(default_storage.listdir("original_images")[1])
    after = graphql.data(ANSWERS)
    assert after["articles"]["totalCount"] == 2

    run("restore", archive, "--replace")

    assert graphql.data(ANSWERS) == before
    assert len(names - set(default_storage.listdir("original_images")[1])) == 1
    # Polls go on where they were.
    vote(poll, 2)
    assert "1 polls are as they should be" in run("verify_polls")


def test_another_polls_key_is_refused_with_nothing_written(
    archive: Path, settings: LazySettings, tmp_path: Path
):
    portal()
    run("backup", archive)
    settings.CMS_POLLS_KEY = "another"
    with empty_server(tmp_path / "empty"):
        with pytest.raises(CommandError, match="POLLS_KEY is not the one that this backup was written with"):
            run("restore", archive)
        assert connection.introspection.table_names() == []

        said = run("restore", archive, "--adopt")

        assert "The polls were not verified" in said
        assert Ballot.objects.count() == 6
        installation.verify({each.name: each.value for each in Installation.objects.all()})


def test_a_backup_of_production_is_not_taken_by_other_settings(archive: Path, settings: LazySettings):
    settings.CMS_ENVIRONMENT = "production"
    run("backup", archive)
    settings.CMS_ENVIRONMENT = "development"

    with pytest.raises(CommandError, match=r"belongs to settings\.production.*add --adopt"):
        run("restore", archive)


def test_a_backup_of_a_newer_version_or_another_engine_is_refused(archive: Path):
    run("backup", archive)
    changed(archive, lambda manifest: manifest["migrations"].append("polls.9999_later"))
    with pytest.raises(CommandError, match=r"polls\.9999_later.*Install that version"):
        run("restore", archive)

    changed(archive, lambda manifest: manifest.update(engine="oracle"))
    with pytest.raises(CommandError, match="of oracle, and DATABASE_URL names"):
        run("restore", archive)


def test_a_backup_of_an_older_version_is_migrated(archive: Path, tmp_path: Path):
    with databases.copied("migrated", purpose="older") as name, databases.connected(name):
        run("migrate", "operations", "0004")
        run("backup", archive)
    with empty_server(tmp_path / "empty"):
        run("restore", archive)

        assert "No planned migration operations" in run("migrate", "--plan")


@pytest.mark.parametrize("damaged", ["database", "files", "end"])
def test_a_damaged_archive_is_refused_before_anything_is_written(archive: Path, tmp_path: Path, damaged: str):
    default_storage.save("images/x.png", ContentFile(b"precious" * 100))
    run("backup", archive)
    content = archive.read_bytes()
    with tarfile.open(archive) as tar:
        name = FILES[connection.vendor] if damaged == "database" else "files/images/x.png"
        place = tar.getmember(name).offset_data + 20
    content = content[:place] + (
        b"" if damaged == "end" else bytes([content[place] ^ 1]) + content[place + 1 :]
    )
    archive.write_bytes(content)
    with empty_server(tmp_path / "empty"):
        with pytest.raises(CommandError, match=r"damaged|cut off|no manifest"):
            run("restore", archive)
        assert connection.introspection.table_names() == []
        assert not (tmp_path / "empty").exists()


def test_a_database_that_cannot_be_restored_leaves_the_one_that_is_there(archive: Path):
    """Its checksum is right: it was broken before it was packed."""
    person("editor")
    run("backup", archive)
    broken = b"PGDMP" + b"broken" * 100
    changed(archive, lambda manifest: None, {FILES[connection.vendor]: broken})

    with pytest.raises(CommandError, match=r"failed|not restored"):
        run("restore", archive, "--replace")

    assert get_user_model().objects.get().username == "editor"


def test_uploads_in_a_bucket_are_read_and_written_by_the_storage(
    archive: Path, settings: LazySettings, tmp_path: Path
):
    memory = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    settings.STORAGES = {**settings.STORAGES, **memory}
    default_storage.save("documents/a/Kế hoạch.pdf", ContentFile(b"12345"))
    run("backup", archive)
    # Another, with nothing in it.
    settings.STORAGES = {**settings.STORAGES, "default": {**memory["default"], "OPTIONS": {"location": "b"}}}
    assert not default_storage.exists("documents/a/Kế hoạch.pdf")

    run("restore", archive)

    with default_storage.open("documents/a/Kế hoạch.pdf") as file:
        assert file.read() == b"12345"


def test_a_folder_keeps_the_newest_archives_that_were_named_by_the_time(archive: Path):
    folder = archive.parent
    for name in ("cms-20260101T000000Z.tar", "cms-20260102T000000Z.tar", "by-hand.tar"):
        (folder / name).touch()

    run("backup", folder, "--keep", 2, "--no-files")

    old, new, by_hand = sorted(os.listdir(folder), key=lambda name: (name == "by-hand.tar", name))
    assert (old, by_hand) == ("cms-20260102T000000Z.tar", "by-hand.tar")
    assert new > old


def test_archives_are_not_overwritten_nor_put_where_readers_find_them(archive: Path, settings: LazySettings):
    archive.touch()
    with pytest.raises(CommandError, match="is there already"):
        run("backup", archive)
    with pytest.raises(CommandError, match="choose another"):
        run("backup", Path(settings.MEDIA_ROOT))
    with pytest.raises(CommandError, match="There is no folder"):
        run("backup", archive.parent / "missing" / "x.tar")
    with pytest.raises(CommandError, match=r"There is no folder .*missing"):
        run("backup", archive.parent / "missing", "--keep", 14)


def test_what_can_not_be_written_or_read_is_said_in_words(archive: Path):
    with pytest.raises(CommandError, match=r"No backup was written: .*Name a folder"):
        run("backup", "/proc/portal.tar")
    with pytest.raises(CommandError, match=r"is a folder: name the archive in it"):
        run("restore", archive.parent)
    with pytest.raises(CommandError, match=r"There is no .*portal"):
        run("restore", archive)
    with pytest.raises(CommandError, match=r"can't be read: .*May this user read it"):
        run("restore", archive.parent / ("x" * 300))


def test_of_two_backups_of_one_name_the_first_that_ends_has_it_whole(archive: Path):
    def two_at_once() -> None:
        with writing(archive) as late:
            late.add("late", BytesIO(b"late"), 4)
            with writing(archive) as soon:
                soon.add("soon", BytesIO(b"soon"), 4)

    with pytest.raises(CommandError, match="is there already"):
        two_at_once()

    with tarfile.open(archive) as tar:
        assert tar.getnames() == ["soon"]
    assert os.listdir(archive.parent) == [archive.name]


def test_a_backup_that_is_told_to_end_leaves_nothing(archive: Path):
    with pytest.raises(SystemExit) as ended, writing(archive):
        os.kill(os.getpid(), signal.SIGTERM)

    assert ended.value.code == 143
    assert os.listdir(archive.parent) == []


def test_what_a_killed_backup_left_goes_with_the_next(archive: Path):
    left, own = archive.parent / ".cms-k1ll3d__", archive.parent / ".cms-settings"
    for folder in (left, own):
        folder.mkdir()
        (folder / "database.pgdump").write_bytes(b"everything")
    (left / LOCK).touch()

    run("backup", archive, "--no-files")

    assert sorted(os.listdir(archive.parent)) == sorted([archive.name, own.name])


def test_a_name_that_is_no_utf8_is_kept_byte_by_byte(archive: Path, settings: LazySettings, tmp_path: Path):
    name = os.fsdecode(b"b\xe1o.pdf")
    (Path(settings.MEDIA_ROOT) / "documents").mkdir()
    (Path(settings.MEDIA_ROOT) / "documents" / name).write_bytes(b"12345")
    run("backup", archive)
    with empty_server(tmp_path / "empty"):
        run("restore", archive)

    assert (tmp_path / "empty" / "documents" / name).read_bytes() == b"12345"


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite copies within one transaction of its own"
)
def test_a_restore_that_is_killed_leaves_the_database_that_is_there(archive: Path, tmp_path: Path):
    """By a pg_restore that kills it after the rows of the first table."""
    killing = tmp_path / "bin" / "pg_restore"
    killing.parent.mkdir()
    half = f"""{shutil.which("pg_restore")} "$@" | sed '/^[\\]\\.$/q'"""
    # And comments, so many that no buffer has them all: those rows have come to psql when the last is written.
    comments = "yes -- -- | head -c 1000000"
    killing.write_text(f"#!/bin/sh\n{half}\n{comments}\nkill -KILL $PPID\n")
    killing.chmod(0o700)
    with databases.copied("roles", purpose="killed") as name, databases.connected(name):
        person("editor")
        run("backup", archive, "--no-files")
        variables = {"DJANGO_SETTINGS_MODULE": "settings.test", "TEST_DATABASE_URL": database_url()}
        variables |= {"PATH": f"{killing.parent}:{os.environ['PATH']}", "MEDIA_ROOT": str(tmp_path / "media")}
        command = [sys.executable, "manage.py", "restore", str(archive), "--replace"]
        ended = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        wait_until(is_alone, what="psql has ended")

        assert get_user_model().objects.get().username == "editor"


def is_alone() -> bool:
    """Whether nobody else is connected to this database of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone() == (1,)


def changed(archive: Path, change: Any, contents: dict[str, bytes] | None = None) -> None:
    """Pack an archive again, with other contents whose checksums are right, and a manifest that was changed."""
    with tarfile.open(archive) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar} | (contents or {})
    manifest = orjson.loads(files.pop("manifest.json"))
    manifest["sums"] = {name: sha256(content).hexdigest() for name, content in files.items()}
    change(manifest)
    with tarfile.open(archive, "w") as tar:
        for name, content in {**files, "manifest.json": orjson.dumps(manifest)}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, BytesIO(content))
