"""The figures of a sale as a tagged PDF, and the list of what the kit holds and lacks."""

from collections.abc import Sequence

from parvis.agencies.models import Agency
from parvis.compliance.rules.sale_kit import Gathered
from parvis.compliance.sale_figures import SaleFigures, YearOfCharges
from parvis.kit.french_dates import long_date
from parvis.kit.money import format_cents
from parvis.kit.papers import Facts, Letterhead, Paper, Table, Text
from parvis.kit.typography import format_phone, typographic

TITLE = "Charges, sommes dues, impayés et fonds de travaux"
UNKNOWN = "Non connu de l’espace client\u00a0: demandez-le à votre agence."
CAUTION = (
    "Ces chiffres viennent des données de l’agence à la date indiquée. Ils ne remplacent pas l’état daté que le syndic "
    "remet au notaire. La liste s’appuie sur l’article L. 721-2 du code de la construction et de l’habitation\u00a0; "
    "le notaire dit ce que votre vente demande."
)


def figures_pdf(figures: SaleFigures, *, agency: Agency) -> bytes:
    building = figures.building
    lines = [agency.street, f"{agency.postal_code} {agency.city}", format_phone(agency.phone)]
    paper = Paper(
        letterhead=Letterhead(name=agency.name, hue=agency.hue, lines=lines),
        title=TITLE,
        subtitle=typographic(f"{building.name}, {lots_words(figures)}, au {long_date(figures.day)}"),
        recipient=[],
        blocks=[charges_of(figures), owed_by(figures), fund_of(figures), Text(paragraphs=[CAUTION], is_note=True)],
        footer=typographic(f"{TITLE} : {building.name}, {lots_words(figures)}"),
    )
    return paper.pdf()


def lots_words(figures: SaleFigures) -> str:
    """« lot 14 », « lots 14 et 32 »."""
    numbers = [lot.number for lot in figures.lots]
    if len(numbers) == 1:
        return f"lot\u00a0{numbers[0]}"
    return f"lots\u00a0{', '.join(numbers[:-1])} et {numbers[-1]}"


def charges_of(figures: SaleFigures) -> Table | Text:
    """What each of the last two closed exercises cost the lots."""
    if not figures.years:
        return Text(title="Charges des deux derniers exercices clos", paragraphs=[UNKNOWN])
    return Table(
        title="Charges des deux derniers exercices clos, réparties sur les lots",
        columns=["Exercice", "Comptes", "Charges courantes", "Hors budget"],
        rows=[row_of(year) for year in figures.years],
        amounts=frozenset({2, 3}),
    )


def row_of(charges: YearOfCharges) -> list[str]:
    status = charges.year.get_status_display()
    return [charges.year.reference, status, cents_or_not(charges.current_cents), cents_or_not(charges.works_cents)]


def owed_by(figures: SaleFigures) -> Facts:
    is_known = bool(figures.accounts)
    arrears = figures.arrears
    of_arrears = f" (situation au {long_date(arrears.as_of)})" if arrears.as_of else ""
    rows = [
        ("Sommes échues dues par le vendeur", format_cents(figures.owed_cents) if is_known else UNKNOWN),
        ("Sommes appelées, à échoir", format_cents(figures.to_come_cents) if is_known else UNKNOWN),
        *(
            (f"  dont {call.label}", f"{format_cents(call.amount_cents)}, le {long_date(call.due_on)}")
            for call in figures.to_come
        ),
        ("Impayés de l’ensemble des copropriétaires", f"{format_cents(arrears.total_cents)}{of_arrears}"),
        ("Dette du syndicat envers ses fournisseurs", UNKNOWN),
    ]
    return Facts(title="Sommes dues au syndicat, et par lui", rows=[[*map(typographic, row)] for row in rows])


def fund_of(figures: SaleFigures) -> Facts:
    rows = [
        ("Part rattachée aux lots", sum_or_not(figures.fund_share_cents)),
        ("Dernière cotisation annuelle", sum_or_not(figures.last_contribution_cents)),
    ]
    if figures.fund_year and figures.fund_share_cents is not None:
        rows.append(
            ("À la clôture de l’exercice", f"{figures.fund_year.reference}, {long_date(figures.fund_year.ends_on)}")
        )
    return Facts(title="Fonds de travaux", rows=rows)


def cents_or_not(cents: int | None) -> str:
    return "Non connu" if cents is None else format_cents(cents)


def sum_or_not(cents: int | None) -> str:
    return UNKNOWN if cents is None else format_cents(cents)


def list_text(gathered: Sequence[Gathered], figures: SaleFigures, names: Sequence[Sequence[str]]) -> str:
    """What the kit holds, under which name, and what it lacks and why."""
    lines = [f"Kit de vente : {figures.building.name}, {lots_words(figures)}", f"Le {long_date(figures.day)}", ""]
    for piece, held in zip(gathered, names, strict=True):
        lines.append(f"{piece.piece.number}. {piece.piece.title}")
        lines += [f"   {name}" for name in held]
        if piece.is_missing:
            lines.append(f"   MANQUE : {piece.piece.why_missing}")
        if piece.is_made_here:
            lines += [f"   MANQUE : {words}. Demandez-le à votre agence." for words in figures.unknown]
        lines.append("")
    lines.append(CAUTION)
    return "\ufeff" + "\r\n".join(typographic(line) for line in lines) + "\r\n"
