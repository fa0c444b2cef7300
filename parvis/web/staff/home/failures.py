"""What went wrong and waits for a person: mails, imports, accounts, calls, legal documents, accesses."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from parvis.compliance.access import states_to_watch
from parvis.compliance.rules.states import Status
from parvis.exchange.models import FecAccount, ImportRun, Intake
from parvis.kit.money import format_whole
from parvis.ledger.access import differences_of_agency
from parvis.mail.access import refused_of_agency
from parvis.people.models import AccessFreeze, PaperNotice, Viewer
from parvis.people.rules import Duty
from parvis.property.access import of_clients_in_scope


@dataclass(frozen=True, slots=True)
class Failure:
    """So many things of one sort, said in words, and the page where they are mended."""

    count: int
    one: str
    several: str
    url_name: str
    icon: str = "alert"

    @property
    def words(self) -> str:
        return f"{format_whole(self.count)} {self.several if self.count > 1 else self.one}"


def failures_of(viewer: Viewer, *, last_run: ImportRun | None, now: dt.datetime) -> list[Failure]:
    """What the role opens and is not empty; the gravest first."""
    by_duty: list[tuple[Duty, Callable[[], Failure]]] = [
        (Duty.BOOKS, lambda: refused_lines(last_run)),
        (Duty.BOOKS, lambda: cut_imports(viewer)),
        (Duty.BOOKS, lambda: imports_to_decide(viewer)),
        (Duty.LETTERS, lambda: refused_mails(viewer, now=now)),
        (Duty.CLIENTS, lambda: frozen_accesses(viewer)),
        (Duty.CLIENTS, lambda: notices_to_post(viewer)),
        (Duty.ACCOUNTS, lambda: differences(viewer)),
        (Duty.BOOKS, lambda: accounts_of_nobody(viewer)),
        (Duty.LEGAL_LIST, lambda: missing_papers(viewer)),
    ]
    return [found for duty, look in by_duty if duty in viewer.duties and (found := look()).count]


def refused_lines(run: ImportRun | None) -> Failure:
    """Those of the last import alone: a later one that passed has mended them."""
    count = run.refused if run else 0
    return Failure(count, "ligne refusée au dernier import", "lignes refusées au dernier import", "staff:home")


def cut_imports(viewer: Viewer) -> Failure:
    count = Intake.objects.visible_to(viewer).filter(state=Intake.State.INTERRUPTED).count()
    return Failure(count, "import interrompu à relancer", "imports interrompus à relancer", "staff:imports-index")


def imports_to_decide(viewer: Viewer) -> Failure:
    """Previewed, and waiting for somebody to apply them or give them up."""
    seen = Intake.objects.visible_to(viewer).filter(step=Intake.Step.PREVIEW, state=Intake.State.DONE)
    words = "import attend votre décision", "imports attendent votre décision"
    return Failure(seen.count(), *words, "staff:imports-index", "download")


def refused_mails(viewer: Viewer, *, now: dt.datetime) -> Failure:
    count = refused_of_agency(viewer, now=now).count()
    return Failure(count, "courriel refusé depuis 30 jours", "courriels refusés depuis 30 jours", "staff:home-mails")


def frozen_accesses(viewer: Viewer) -> Failure:
    count = AccessFreeze.objects.visible_to(viewer).filter(of_clients_in_scope(viewer)).open().count()
    return Failure(count, "accès gelé à décider", "accès gelés à décider", "staff:frozen-index", "key")


def notices_to_post(viewer: Viewer) -> Failure:
    count = PaperNotice.objects.visible_to(viewer).filter(of_clients_in_scope(viewer)).waiting().count()
    return Failure(count, "avis à poster", "avis à poster", "staff:frozen-index", "print")


def differences(viewer: Viewer) -> Failure:
    count = differences_of_agency(viewer).count()
    words = "dont le montant diffère de son détail", "dont le montant diffère de leur détail"
    return Failure(count, f"appel {words[0]}", f"appels {words[1]}", "staff:differences-index")


def accounts_of_nobody(viewer: Viewer) -> Failure:
    count = FecAccount.objects.visible_to(viewer).filter(decision=FecAccount.Decision.WAITING).count()
    words = "compte du FEC attend son client", "comptes du FEC attendent leur client"
    return Failure(count, *words, "staff:fec-index", "account")


def missing_papers(viewer: Viewer) -> Failure:
    count = states_to_watch(viewer).filter(status__in=[Status.MISSING, Status.EXPIRED]).count()
    words = "document légal manquant ou périmé", "documents légaux manquants ou périmés"
    return Failure(count, *words, "staff:legal_list-index", "document")
