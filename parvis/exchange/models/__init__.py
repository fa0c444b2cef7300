"""What comes in from an agency and goes out of it: imports, accounts of the books, copies of one's data, programs."""

from parvis.exchange.models.api import (
    ApiKey,
    ApiKeyQuerySet,
    Delivery,
    DeliveryQuerySet,
    StoredAnswer,
    Webhook,
    WebhookQuerySet,
)
from parvis.exchange.models.books import FecAccount, FecAccountQuerySet, FecFault
from parvis.exchange.models.intakes import FolderFile, FolderFileQuerySet, Intake, IntakeQuerySet
from parvis.exchange.models.own_data import DataExport, DataExportQuerySet
from parvis.exchange.models.runs import ImportRun, ImportRunQuerySet

__all__ = [
    "ApiKey",
    "ApiKeyQuerySet",
    "DataExport",
    "DataExportQuerySet",
    "Delivery",
    "DeliveryQuerySet",
    "FecAccount",
    "FecAccountQuerySet",
    "FecFault",
    "FolderFile",
    "FolderFileQuerySet",
    "ImportRun",
    "ImportRunQuerySet",
    "Intake",
    "IntakeQuerySet",
    "StoredAnswer",
    "Webhook",
    "WebhookQuerySet",
]
