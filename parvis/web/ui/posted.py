"""What a form was sent with, were it empty; nothing when its page is only asked for."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def attached(request: HttpRequest) -> "MultiValueDict[str, UploadedFile[bytes]] | None":
    """The files: a form given some, were they none, takes itself for sent."""
    return request.FILES if request.method == "POST" else None
