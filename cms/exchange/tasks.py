"""Imports of the admin, done by a worker. One that was ended with its worker goes on where it was."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_noop
from django_tasks import task
from wagtail.users.models import UserProfile

from cms.content.normalizing import usable
from cms.exchange.files import Files, ZipFiles
from cms.exchange.formats.reading import Row, read_rows, records_in
from cms.exchange.importing import Importer, Result
from cms.exchange.models import Import, ImportedRow
from cms.exchange.registry import resource_named
from cms.exchange.resources.models import Action

BROKE_OFF = gettext_noop(
    "The import broke off by an error of the system, which its administrator finds in the server's log. What was "
    "imported before stays. Upload the file again: rows that are there already are left alone."
)


@task()
def run_import(pk: int) -> None:
    """Check or import the rows of an uploaded file, as its state says, with the rights of who uploaded it."""
    run = Import.objects.select_related("user").filter(pk=pk).first()
    if run is None or not run.is_under_way:
        return
    with translation.override(UserProfile.get_for_user(run.user).get_preferred_language()):
        try:
            if not run.user.is_active:
                raise ValidationError(translation.gettext("You may not do this here."))
            _run(run)
        except ValidationError as error:
            _fail(run, " ".join(error.messages))
        except Exception:
            # The worker logs it, and counts the task as one that failed.
            _fail(run, translation.gettext(BROKE_OFF))
            raise


def _fail(run: Import, message: str) -> None:
    """End a run, so that nobody waits for it; one that has ended already stays as it is."""
    under_way = Import.objects.filter(pk=run.pk, state__in=Import.UNDER_WAY)
    under_way.update(state=Import.State.FAILED, message=message)


def _run(run: Import) -> None:
    is_trial = run.state == Import.State.CHECKING
    with run.file.open() as file:
        rows, files = _read(run, file)
        Import.objects.filter(pk=run.pk).update(total=len(rows))
        numbers = {id(row): number for number, row in enumerate(rows)}
        done = set(run.rows.filter(is_trial=is_trial).values_list("number", flat=True))
        importer = Importer(rows, files=files, user=run.user, publishes=run.publishes, is_trial=is_trial)
        for result in importer.results(without=lambda row: numbers[id(row)] in done):
            ImportedRow.objects.update_or_create(
                run=run,
                is_trial=is_trial,
                number=numbers[id(result.row)],
                defaults={
                    "place": usable(result.row.place)[:100],
                    "action": result.action,
                    "kind": result.kind,
                    "title": usable(result.title),
                    "reason": usable(result.reason or _changed(result)),
                },
            )
    run.state = Import.State.CHECKED if is_trial else Import.State.DONE
    run.save(update_fields=["state"])
    if not is_trial:
        run.file.delete(save=True)


def _changed(result: Result) -> str:
    """The labels of the columns that change."""
    resource = resource_named(result.kind)
    if resource is None or result.action != Action.CHANGED:
        return ""
    return ", ".join(str(resource.columns[name].label) for name in result.changed)


def _read(run: Import, file: object) -> tuple[list[Row], Files]:
    if run.name.lower().endswith(".zip"):
        archive = ZipFiles(file)
        return read_rows(*records_in(archive), kind=run.kind), archive
    return read_rows(run.name, run.file.read(), kind=run.kind), Files()
