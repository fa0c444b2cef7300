"""The files that come with a form, examined one by one; what is refused is said beside their field."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.forms import Form

from parvis.interventions.actions import photos


def pictures_of(files: "Iterable[UploadedFile[bytes]]") -> list[photos.Picture]:
    """Refuses with PhotoRefused the first that is not taken."""
    return [photos.Picture(kept=photos.keep(name=file.name or "", content=file.read())) for file in files]


@contextmanager
def refusals_on_photos(form: Form, *, field: str = "photos") -> Iterator[None]:
    try:
        yield
    except (photos.PhotoRefused, photos.TooManyPhotos) as refusal:
        form.add_error(field, refusal.message)
