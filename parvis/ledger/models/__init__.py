"""The read model of the agency's books: accounts, their entries, what is called and what it pays for."""

from parvis.ledger.models.accounts import Account, AccountQuerySet, Call, Creditor, Entry
from parvis.ledger.models.books import Book, BookQuerySet, Exercise
from parvis.ledger.models.budgets import (
    BudgetLine,
    CallDifference,
    CallPart,
    Expense,
    FiscalYear,
    WorksInstalment,
    WorksOperation,
)
from parvis.ledger.models.receipts import ReceiptCounter, RentReceipt, RentReceiptQuerySet

__all__ = [
    "Account",
    "AccountQuerySet",
    "Book",
    "BookQuerySet",
    "BudgetLine",
    "Call",
    "CallDifference",
    "CallPart",
    "Creditor",
    "Entry",
    "Exercise",
    "Expense",
    "FiscalYear",
    "ReceiptCounter",
    "RentReceipt",
    "RentReceiptQuerySet",
    "WorksInstalment",
    "WorksOperation",
]
