"""How charges are called, and what a balance says. Pure: integer cents in, cents or French words out."""

from parvis.ledger.rules.balance import BalanceFacts, BalanceState, BalanceWords, describe_balance
from parvis.ledger.rules.calls import instalment, works_fund_minimum

__all__ = [
    "BalanceFacts",
    "BalanceState",
    "BalanceWords",
    "describe_balance",
    "instalment",
    "works_fund_minimum",
]
