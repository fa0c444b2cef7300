"""Where each item of the legal list stands and stood, and the council's yearly check of the accounts."""

from parvis.compliance.models.checks import ExpenseQuestion, ExpenseSeen, QuestionMessage
from parvis.compliance.models.objections import ListingObjection
from parvis.compliance.models.states import LegalState, Waiver

__all__ = ["ExpenseQuestion", "ExpenseSeen", "LegalState", "ListingObjection", "QuestionMessage", "Waiver"]
