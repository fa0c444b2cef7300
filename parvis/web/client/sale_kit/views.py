"""Kit de vente: the lots that one may sell, what the kit of one holds, and the kit itself."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.kit.days import paris_day
from parvis.kit.zips import file_name
from parvis.property.models import Lot, Ownership
from parvis.web.client.sale_kit.page import kit_page, kit_zip, lots_to_sell
from parvis.web.ui.papers import disposition_of
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest


def lot_or_404(request: ViewerRequest, public_id: str) -> Lot:
    """One that the viewer may sell; for anyone else there is no such page."""
    lots = lots_to_sell(request.viewer, today=paris_day(timezone.now()))
    found = next((lot for lot in lots if lot.public_id == public_id), None)
    if found is None:
        raise Http404
    owners = Ownership.objects.visible_to(request.viewer).filter(lot=found).order_by()
    note_read(request, client_ids=owners.values_list("client_id", flat=True), part=PARTS["sale_kit"])
    return found


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    lots = lots_to_sell(request.viewer, today=paris_day(timezone.now()))
    return render(request, "client/sale_kit/index.html", {"lots": lots})


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    lot = lot_or_404(request, public_id)
    page = kit_page(request.viewer, lot, today=paris_day(timezone.now()))
    return render(request, "client/sale_kit/detail.html", {"page": page, "lot": lot})


@require_safe
def download(request: ViewerRequest, public_id: str) -> StreamingHttpResponse:
    """The kit as one ZIP, which leaves as it is made."""
    today = paris_day(timezone.now())
    page = kit_page(request.viewer, lot_or_404(request, public_id), today=today)
    response = StreamingHttpResponse(kit_zip(page, agency=request.user.agency), content_type="application/zip")
    name = file_name(f"{today} Kit de vente {page.building.name}")
    response.headers["Content-Disposition"] = disposition_of("attachment", name=f"{name}.zip")
    return response
