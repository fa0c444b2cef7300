"""The read model of the agency's books: accounts, their entries, and what is called."""

from parvis.ledger.models.accounts import Account, AccountQuerySet, Call, Creditor, Entry
from parvis.ledger.models.books import Book, BookQuerySet, Exercise
from parvis.ledger.models.receipts import PaperlessAgreement, ReceiptCounter, RentReceipt, RentReceiptQuerySet

__all__ = [
    "Account",
    "AccountQuerySet",
    "Book",
    "BookQuerySet",
    "Call",
    "Creditor",
    "Entry",
    "Exercise",
    "PaperlessAgreement",
    "ReceiptCounter",
    "RentReceipt",
    "RentReceiptQuerySet",
]
