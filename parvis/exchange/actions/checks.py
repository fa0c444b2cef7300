"""What rows say of one another: contradictions inside a row, rows given twice, identifiants already held."""

import dataclasses
from collections.abc import Sequence

from parvis.agencies.models import Agency
from parvis.exchange.actions.loading import Loaded
from parvis.exchange.actions.refusals import Fault, PackageRefused
from parvis.exchange.actions.staging import Staging
from parvis.exchange.actions.targets import LEDGER, TARGETS, Target, target_of
from parvis.kit.typography import typographic

FAULT_COLUMNS = (("file", "text"), ("line", "integer"), ("place", "text"), ("value", "text"), ("reason", "text"))
# Fewer calls than that may all be cancelled in good faith.
ENOUGH_TO_TELL, LOOKED_AT = 10, 20_000
WITHHELD_COLUMNS = (("reference", "text"), ("place", "text"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class RowRule:
    """Rows where `is_wrong` (SQL over the columns of the file) holds are refused."""

    column: str
    is_wrong: str
    reason: str


ENDS_BEFORE = RowRule(
    column="ends_on",
    is_wrong="ends_on < starts_on",
    reason="La date de fin précède la date de début : corrigez l’une des deux.",
)
RULES: dict[str, tuple[RowRule, ...]] = {
    "clients": (
        RowRule(
            column="last_name",
            is_wrong="last_name = '' AND company_name = ''",
            reason="Le nom et la raison sociale manquent : donnez l’un des deux.",
        ),
    ),
    "ownerships": (
        RowRule(
            column="share_numerator",
            is_wrong="share_numerator > share_denominator",
            reason="La part dépasse le tout : écrivez une fraction d’au plus 1, comme 1 sur 2.",
        ),
    ),
    "representatives": (
        RowRule(
            column="representative",
            is_wrong="representative = client",
            reason="Un client ne se représente pas lui-même : donnez l’identifiant du représentant.",
        ),
    ),
    "absences": (
        RowRule(
            column="replacement",
            is_wrong="replacement = staff_member",
            reason="Personne ne se remplace soi-même : donnez la référence d’un autre collaborateur.",
        ),
    ),
    "accounts": (
        RowRule(
            column="lot",
            is_wrong="lot <> '' AND building = ''",
            reason="Le lot est donné sans son immeuble : remplissez la colonne building.",
        ),
    ),
    "entries": (
        RowRule(
            column="debit",
            is_wrong="debit <> 0 AND credit <> 0",
            reason="L’écriture porte un débit et un crédit : faites-en deux écritures.",
        ),
        RowRule(
            column="vat",
            is_wrong="vat > debit + credit",
            reason="La TVA dépasse le montant : donnez la part de TVA comprise dedans.",
        ),
        RowRule(
            column="charges",
            is_wrong="charges > debit + credit",
            reason="Les charges dépassent le montant : donnez la part de charges comprise dedans.",
        ),
    ),
    "calls": (
        RowRule(
            column="due_on",
            is_wrong="due_on < issued_on",
            reason="L’échéance précède la date d’émission : corrigez l’une des deux.",
        ),
        RowRule(
            column="rent",
            is_wrong="COALESCE(rent, 0) + COALESCE(charges, 0) > amount AND (rent IS NOT NULL OR charges IS NOT NULL)",
            reason="Le loyer et les charges dépassent le montant : corrigez l’un des trois.",
        ),
        RowRule(
            column="covers_until",
            is_wrong="covers_until < covers_from OR (covers_from IS NULL) <> (covers_until IS NULL)",
            reason="La période a deux jours, le premier puis le dernier : donnez les deux dans l’ordre.",
        ),
    ),
    "fiscal_years": (
        RowRule(
            column="ends_on",
            is_wrong="ends_on <= begins_on",
            reason="La fin de l’exercice précède son début : corrigez l’une des deux dates.",
        ),
        RowRule(
            column="begins_on",
            is_wrong="EXISTS (SELECT 1 FROM stage_fiscal_years o WHERE o.building = s.building AND o.line <> s.line "
            "AND o.begins_on <= s.ends_on AND o.ends_on >= s.begins_on)",
            reason="Cet exercice en recouvre un autre du même immeuble : corrigez leurs dates.",
        ),
        RowRule(
            column="approved_on",
            is_wrong="(status = 'approved') <> (approved_on IS NOT NULL)",
            reason="Des comptes approuvés le sont un jour donné, et eux seuls : accordez l’état et la date.",
        ),
        RowRule(
            column="called_before_vote",
            is_wrong="called_before_vote >= instalments",
            reason="Le budget est voté avant le dernier appel de l’exercice : corrigez l’un des deux nombres.",
        ),
    ),
    "works_operations": (
        RowRule(
            column="from_works_fund",
            is_wrong="from_works_fund > amount",
            reason="Ce qui est pris sur le fonds de travaux dépasse le coût : corrigez l’un des deux montants.",
        ),
    ),
    "expenses": (
        RowRule(
            column="recoverable",
            is_wrong="NOT (recoverable BETWEEN 0 AND amount OR recoverable BETWEEN amount AND 0)",
            reason="La part récupérable dépasse la dépense, ou n’est pas de son signe : corrigez l’un des montants.",
        ),
    ),
    "call_parts": (
        RowRule(
            column="fiscal_year",
            is_wrong="(fiscal_year = '') = (works_operation = '')",
            reason="Une partie d’un appel est celle d’un exercice ou celle de travaux : remplissez l’une des colonnes.",
        ),
        RowRule(
            column="instalment",
            is_wrong="works_operation <> '' AND instalment IS NULL",
            reason="Un appel de travaux dit son rang : remplissez la colonne.",
        ),
    ),
    "interventions": (
        RowRule(
            column="closed_on",
            is_wrong="closed_on < reported_on",
            reason="La fin précède la déclaration : corrigez l’une des deux dates.",
        ),
    ),
}


def prepare(staging: Staging, loaded: Loaded) -> None:
    """Make the tables of the refusals and of the withheld accounts, with what reading has found."""
    staging.create("stage_fault", FAULT_COLUMNS)
    staging.create("stage_withheld", WITHHELD_COLUMNS)
    add_faults(staging, loaded.faults)
    if loaded.withheld:
        staging.load("stage_withheld", WITHHELD_COLUMNS, [[list(loaded.withheld), list(loaded.withheld.values())]])


def add_faults(staging: Staging, faults: Sequence[Fault]) -> None:
    rows = [(fault.file, str(fault.line), fault.column, fault.value, fault.reason) for fault in faults]
    if rows:
        staging.load("stage_fault", FAULT_COLUMNS, [list(zip(*rows, strict=True))])


def withhold(staging: Staging, found: Sequence[tuple[str, Fault]]) -> None:
    """Note the faults found while applying, and withhold their accounts."""
    add_faults(staging, [fault for _account, fault in found])
    places = {account: f"{fault.file}, ligne {fault.line}" for account, fault in reversed(found)}
    staging.load("stage_withheld", WITHHELD_COLUMNS, [[list(places), list(places.values())]])


def check_files(staging: Staging) -> None:
    """Refuse in the temporary tables what is wrong whatever the database already holds."""
    for target in TARGETS.values():
        rules = RULES.get(target.name, ())
        if {"starts_on", "ends_on"} <= set(target.table.column_names):
            rules = (*rules, ENDS_BEFORE)
        for rule in rules:
            refuse(staging, target=target, column=rule.column, is_wrong=rule.is_wrong, reason=rule.reason)
        if target.name != "entries":  # a million rows: their own index finds it, see `ledger`
            refuse_duplicates(staging, target=target)
    buildings = target_of("buildings")
    refuse_twice(staging, target=buildings, keys=["registration_number"], among="registration_number <> ''")
    refuse_swapped_sides(staging)


def refuse_swapped_sides(staging: Staging) -> None:
    """Debit and credit under each other's header turn every balance round, and no row by itself is wrong.

    What clients are asked for is a debit, what they pay a credit. Payments on their own side clear a package that
    only cancels calls.
    """
    asked, asked_as_credit, paid_as_debit, paid_as_credit, line = count_sides(staging)
    if asked_as_credit < ENOUGH_TO_TELL or asked_as_credit * 10 < asked * 9 or paid_as_credit > paid_as_debit:
        return
    raise PackageRefused(
        "Les colonnes « debit » et « credit » sont-elles interverties ? "
        f"{asked_as_credit} appels ou loyers sur {asked} sont au crédit, alors que ce que le client doit est un débit. "
        "Vérifiez les en-têtes ; si ce sont des annulations, donnez-leur la nature « other ».",
        file=target_of("entries").table.file,
        line=line,
        column="credit",
    )


def count_sides(staging: Staging) -> list[int]:
    """Calls and rents, those at credit, payments at debit and at credit; the first line of a call at credit.

    The rents of a landlord are rightly credits: only those of tenants count. Headers are wrong for a whole file, so
    its first entries tell, and a large ledger is not read once more.
    """
    entries, accounts = target_of("entries"), target_of("accounts")
    tenants = f"SELECT reference FROM {accounts.stage} WHERE kind = 'tenant'"
    found = staging.rows(
        "SELECT SUM(CASE WHEN kind <> 'payment' THEN 1 END), "
        "SUM(CASE WHEN kind <> 'payment' AND credit > debit THEN 1 END), "
        "SUM(CASE WHEN kind = 'payment' AND credit < debit THEN 1 END), "
        "SUM(CASE WHEN kind = 'payment' AND credit > debit THEN 1 END), "
        "MIN(CASE WHEN kind <> 'payment' AND credit > debit THEN line END) "
        f"FROM (SELECT * FROM {entries.stage} LIMIT {LOOKED_AT}) e "
        f"WHERE kind IN ('call', 'payment') OR (kind = 'rent' AND account IN ({tenants}))"
    )
    return [int(number or 0) for number in found[0]]


def refuse(staging: Staging, *, target: Target, column: str, is_wrong: str, reason: str, source: str = "") -> int:
    """Move the rows where `is_wrong` holds from the table `source` to the refusals; how many they were."""
    source = source or target.stage
    refused = staging.run(
        f"INSERT INTO stage_fault SELECT %s, s.line, %s, CAST(s.{column} AS text), %s FROM {source} s WHERE {is_wrong}",
        [target.table.file, column, typographic(reason)],
    )
    if refused:
        if target.name in LEDGER:
            withhold_accounts_of(staging, target=target, source=source, is_wrong=is_wrong)
        refused_lines = "SELECT line FROM stage_fault WHERE file = %s"
        staging.run(f"DELETE FROM {source} WHERE line IN ({refused_lines})", [target.table.file])
    return refused


def withhold_accounts_of(staging: Staging, *, target: Target, source: str, is_wrong: str) -> None:
    account = "reference" if target.name == "accounts" else "account"
    staging.run(
        f"INSERT INTO stage_withheld SELECT s.{account}, %s || MIN(s.line) FROM {source} s WHERE ({is_wrong}) "
        f"AND s.{account} NOT IN (SELECT reference FROM stage_withheld) GROUP BY s.{account}",
        [f"{target.table.file}, ligne "],
    )


def refuse_duplicates(staging: Staging, *, target: Target) -> None:
    """Two rows of the same key: nobody can say which is right, so none is taken."""
    keys = ["reference_key"] if target.name == "clients" else list(target.table.primary_key)
    refuse_twice(staging, target=target, keys=keys)


def refuse_twice(staging: Staging, *, target: Target, keys: Sequence[str], among: str = "1 = 1") -> int:
    names = ", ".join(keys)
    twice = f"SELECT {names} FROM {target.stage} WHERE {among} GROUP BY {names} HAVING COUNT(*) > 1"
    if not staging.rows(f"{twice} LIMIT 1"):
        return 0
    column = "customer_reference" if keys == ["reference_key"] else keys[-1]
    return refuse(
        staging,
        target=target,
        column=column,
        is_wrong=f"({names}) IN ({twice})",
        reason="Cette ligne est donnée deux fois (même clé) : ne gardez que la bonne.",
    )


def refuse_held_elsewhere(staging: Staging, *, agency: Agency) -> None:
    """An identifiant opens one door of a host: it cannot be that of two agencies which share it."""
    neighbours = [
        other.pk
        for other in Agency.objects.exclude(pk=agency.pk)
        if {other.host, *other.other_hosts} & {agency.host, *agency.other_hosts}
    ]
    if not neighbours:
        return
    agencies = ", ".join(str(int(pk)) for pk in neighbours)
    refuse(
        staging,
        target=target_of("clients"),
        column="customer_reference",
        is_wrong=f"s.reference_key IN (SELECT reference_key FROM people_client WHERE agency_id IN ({agencies}))",
        reason="Cet identifiant est déjà celui d’un client d’une autre agence du même portail : donnez-en un autre.",
    )


def duplicate_entries(staging: Staging) -> list[tuple[str, Fault]]:
    """The entries given twice, once an index has said that there are some."""
    target = target_of("entries")
    found = staging.rows(
        f"SELECT s.line, s.account, s.reference FROM {target.stage} s WHERE (s.account, s.reference) IN (SELECT "
        f"account, reference FROM {target.stage} GROUP BY account, reference HAVING COUNT(*) > 1) ORDER BY s.line"
    )
    reason = typographic("Cette écriture est donnée deux fois dans son compte : ne gardez que la bonne référence.")
    return [
        (account, Fault(file=target.table.file, line=line, column="reference", value=reference, reason=reason))
        for line, account, reference in found
    ]
