"""The files that come with a form: examined one by one, asked for again when the page comes back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest

from parvis.interventions.actions.photos import PhotoRefused, Picture, TooManyPhotos, keep_one_of


def pictures_of(files: "Sequence[UploadedFile[bytes]]") -> list[Picture]:
    """Refuses with PhotoRefused the first that is not taken."""
    return [Picture(kept=keep_one_of(len(files), name=file.name or "", content=file.read())) for file in files]


@contextmanager
def refusals_on_photos(form: Form, *, field: str = "photos") -> Iterator[None]:
    """Show what is refused of the files beside their field."""
    try:
        yield
    except (PhotoRefused, TooManyPhotos) as refusal:
        form.add_error(field, refusal.message)


def ask_files_again(form: Form, *, request: HttpRequest, fields: Sequence[str] = ("photos",)) -> None:
    """No browser keeps the files of a page that comes back: those not refused are named, to be chosen once more."""
    for name in fields:
        files, refused = request.FILES.getlist(name), " ".join(map(str, form.errors.get(name) or []))
        lost = [file.name or "" for file in files if f"«\u00a0{file.name}\u00a0»" not in refused]
        if lost and not (refused and len(files) == 1):
            form.add_error(name, f"Choisissez à nouveau vos fichiers\u00a0: {', '.join(lost)}.")
