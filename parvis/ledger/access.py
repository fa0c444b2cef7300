"""What the staff see of the accounts, beside what each client sees of their own."""

from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, AccountQuerySet


def accounts_to_complete(viewer: Viewer) -> AccountQuerySet:
    """The accounts of the agency in « situation incomplète », for its staff alone."""
    if not viewer.is_staff:
        return Account.objects.none()
    return Account.objects.filter(agency_id=viewer.agency_id, is_withheld=True).order_by("reference", "pk")
