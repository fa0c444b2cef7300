"""What comes next in a case, and when: said of every state, never nothing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from parvis.interventions.rules.delays import confirm_before, reopen_before
from parvis.kit.days import paris_day
from parvis.kit.french_dates import clock, long_date, weekday_date
from parvis.kit.holidays import after_working_days
from parvis.kit.words import of_name

SOMEBODY = "Votre gestionnaire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the next step depends on. `manager` answers for the case; `announced` is what somebody wrote of it."""

    state: str
    today: dt.date
    manager: str = ""
    supplier: str = ""
    approver: str = ""
    announced: str = ""
    announced_on: dt.date | None = None
    acknowledge_before: dt.datetime | None = None
    appointment: tuple[dt.datetime, dt.datetime] | None = None
    held: tuple[str, dt.date] | None = None
    done_on: dt.date | None = None
    ended_on: dt.date | None = None
    reason: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A sentence, and its day where it has one."""

    text: str
    on: dt.date | None = None
    is_late: bool = False


def next_step(standing: Standing) -> NextStep:
    """What a client reads under « Prochaine étape »."""
    if standing.announced and standing.state not in SAID_BY_THE_STATE:
        return announced(standing)
    return WORDS[standing.state](standing)


def announced(standing: Standing) -> NextStep:
    day = standing.announced_on
    if day is not None and day < standing.today:
        text = f"{standing.announced}\u00a0: prévu le {long_date(day)}, nous attendons des nouvelles."
        return NextStep(text=text, on=day, is_late=True)
    return NextStep(text=standing.announced, on=day)


def reported(standing: Standing) -> NextStep:
    limit = standing.acknowledge_before
    if limit is None:
        return NextStep(text="Prise en charge par votre gestionnaire")
    who = standing.manager or SOMEBODY
    day = paris_day(limit)
    if day < standing.today:
        return answered_late(standing, who=who, due_on=day)
    return NextStep(text=f"{who} vous répond avant le {long_date(limit)}", on=day)


def answered_late(standing: Standing, *, who: str, due_on: dt.date) -> NextStep:
    """One working day more, then it is said that the answer is owed: no day is promised twice."""
    last = after_working_days(due_on, 1, postal_code=standing.postal_code)
    if standing.today <= last:
        text = (
            f"Réponse attendue avant le {long_date(due_on)}\u00a0: {who} vous répond au plus tard le {long_date(last)}"
        )
        return NextStep(text=text, on=last, is_late=True)
    text = f"{who} vous doit une réponse depuis le {long_date(due_on)}. Appelez votre agence"
    return NextStep(text=text, on=due_on, is_late=True)


def acknowledged(standing: Standing) -> NextStep:
    return NextStep(text=f"{standing.manager or SOMEBODY} choisit l’entreprise")


def quote_requested(_standing: Standing) -> NextStep:
    return NextStep(text="Réception du devis")


def awaiting_approval(standing: Standing) -> NextStep:
    return NextStep(text=f"Réponse {standing.approver or 'du propriétaire ou du conseil syndical'}")


def ordered(standing: Standing) -> NextStep:
    return NextStep(text=f"{standing.supplier or 'L’entreprise'} propose un rendez-vous")


def scheduled(standing: Standing) -> NextStep:
    who = standing.supplier or "l’entreprise"
    if standing.appointment is None:
        return NextStep(text=f"Visite {of_name(who)}")
    begins, ends = standing.appointment
    when = f"{weekday_date(begins)}, {clock(begins)} – {clock(ends)}"
    if ends.date() < standing.today:
        text = f"Nous attendons des nouvelles {of_name(who)}, attendue le {weekday_date(begins)}"
        return NextStep(text=text, on=begins.date(), is_late=True)
    return NextStep(text=f"Visite {of_name(who)} {when}", on=begins.date())


def in_progress(_standing: Standing) -> NextStep:
    return NextStep(text="Fin des travaux")


def on_hold(standing: Standing) -> NextStep:
    if standing.held is None:
        return NextStep(text="Reprise du dossier par votre gestionnaire")
    reason, until = standing.held
    if until < standing.today:
        who = standing.manager or SOMEBODY
        text = (
            f"La reprise était prévue le {long_date(until)}\u00a0: {who} vous dit la suite. En attente\u00a0: {reason}"
        )
        return NextStep(text=text, on=until, is_late=True)
    return NextStep(text=f"Reprise le {long_date(until)}. En attente\u00a0: {reason}", on=until)


def done(standing: Standing) -> NextStep:
    if standing.done_on is None:
        return NextStep(text="Votre confirmation, sinon clôture automatique")
    until = confirm_before(standing.done_on)
    return NextStep(text=f"Votre confirmation avant le {long_date(until)}, sinon clôture automatique", on=until)


def closed(standing: Standing) -> NextStep:
    if standing.ended_on is None or reopen_before(standing.ended_on) < standing.today:
        return NextStep(text="Terminée. Le problème revient\u00a0? Déclarez-le à nouveau")
    until = reopen_before(standing.ended_on)
    return NextStep(text=f"Terminée. Le problème revient\u00a0? Vous pouvez la rouvrir jusqu’au {long_date(until)}")


def rejected(standing: Standing) -> NextStep:
    return NextStep(text=f"Terminée\u00a0: {standing.reason or 'la demande est refusée'}")


def cancelled(standing: Standing) -> NextStep:
    return NextStep(text=f"Terminée\u00a0: {standing.reason or 'la demande est annulée'}")


def merged(_standing: Standing) -> NextStep:
    return NextStep(text="La suite se lit dans l’intervention avec laquelle celle-ci est regroupée")


# What is over, dated or waited for says it better than what was announced before.
SAID_BY_THE_STATE = ("closed", "rejected", "cancelled", "merged")
WORDS: dict[str, Callable[[Standing], NextStep]] = {
    "reported": reported,
    "acknowledged": acknowledged,
    "quote_requested": quote_requested,
    "awaiting_approval": awaiting_approval,
    "ordered": ordered,
    "scheduled": scheduled,
    "in_progress": in_progress,
    "on_hold": on_hold,
    "done": done,
    "closed": closed,
    "rejected": rejected,
    "cancelled": cancelled,
    "merged": merged,
}
