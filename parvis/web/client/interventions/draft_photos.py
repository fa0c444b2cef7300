"""The photos of a declaration: received one by one, described, taken back; what is refused is said in words."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from parvis.interventions.actions import drafts
from parvis.interventions.models import DraftFile
from parvis.interventions.models.follow_up import DESCRIPTION_LENGTH
from parvis.kit.refusals import Refusal
from parvis.web.client.interventions.declare_forms import LONGEST_KEPT
from parvis.web.ui.fields import refuse_file
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.stored_files import answer_with_file


def receive(request: ViewerRequest) -> list[str]:
    """Keep what came with the form, words and photos, whatever its button; return why each refused file is."""
    text = request.POST.get("description", "").replace("\0", "").replace("\r\n", "\n")
    drafts.keep_answers(user=request.user, answers={"description": text[:LONGEST_KEPT]})
    for file in DraftFile.objects.visible_to(request.viewer):
        words = request.POST.get(f"words-{file.public_id}")
        if file.public_id == request.POST.get("remove"):
            drafts.remove_file(file=file)
        elif words is not None and words != file.description:
            drafts.describe_file(file=file, description=words.replace("\0", "")[:DESCRIPTION_LENGTH])
    refused = [refusal_of(request, file) for file in request.FILES.getlist("photos")]
    return [words for words in refused if words]


def refusal_of(request: ViewerRequest, file: "UploadedFile[bytes]") -> str:
    """« photo.gif : ce fichier n’est pas accepté… », or nothing: it is kept."""
    try:
        refuse_file(file)
        drafts.add_file(user=request.user, name=file.name or "", content=file.read())
    except ValidationError as error:
        return f"{file.name}\u00a0: {error.message}"
    except Refusal as refusal:
        return f"{file.name}\u00a0: {refusal.message}"
    return ""


@require_safe
def draft_file(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    file = own_file(request, public_id)
    return answer_with_file(request, file.file, name="Photo")


@require_safe
def draft_thumbnail(request: ViewerRequest, public_id: str) -> HttpResponseBase:
    file = own_file(request, public_id)
    return answer_with_file(request, file.thumbnail or file.file, name="Photo")


def own_file(request: ViewerRequest, public_id: str) -> DraftFile:
    """One of the viewer's own declaration, once it was looked at."""
    checked = DraftFile.objects.visible_to(request.viewer).filter(is_checked=True)
    return get_object_or_404(checked.select_related("file", "thumbnail"), public_id=public_id)
