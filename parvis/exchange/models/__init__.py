"""What comes in from an agency and goes out of it: imports, accounts of the books, copies of one's data."""

from parvis.exchange.models.books import FecAccount, FecAccountQuerySet, FecFault
from parvis.exchange.models.own_data import DataExport, DataExportQuerySet
from parvis.exchange.models.runs import ImportRun, ImportRunQuerySet

__all__ = [
    "DataExport",
    "DataExportQuerySet",
    "FecAccount",
    "FecAccountQuerySet",
    "FecFault",
    "ImportRun",
    "ImportRunQuerySet",
]
