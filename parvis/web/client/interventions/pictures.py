"""Photos and PDFs beside a case or a declaration, as a page shows them."""

from dataclasses import dataclass

from django.urls import reverse

from parvis.interventions.models import DraftFile, Photo

WAITING = "Photo en cours de vérification. Elle s’affichera ensuite."


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo in small, leading to its full size; a PDF has no small copy; `words` stand for what cannot be shown."""

    public_id: str
    description: str
    label: str
    path: str
    thumbnail_path: str
    words: str


def draft_picture(file: DraftFile, *, rank: int) -> Picture:
    page, small = "client:interventions-draft-file", "client:interventions-draft-thumbnail"
    return Picture(
        public_id=file.public_id,
        description=file.description,
        label=file.description or file.name or f"Photo {rank}",
        path=reverse(page, args=[file.public_id]),
        thumbnail_path=reverse(small, args=[file.public_id]) if file.thumbnail_id else "",
        words="" if file.is_checked else WAITING,
    )


def case_picture(photo: Photo, *, rank: int) -> Picture:
    page = "client:interventions-picture" if photo.is_picture else "client:interventions-photo"
    return Picture(
        public_id=photo.public_id,
        description=photo.description,
        label=photo.description or (f"Photo {rank}" if photo.is_picture else f"PDF {rank}"),
        path=reverse(page, args=[photo.public_id]),
        thumbnail_path=reverse("client:interventions-thumbnail", args=[photo.public_id]) if photo.is_picture else "",
        words="" if photo.state == Photo.State.READY else photo.refusal or WAITING,
    )
