"""The steps of a call in plain French: short sentences, no accountant's word. Pure: steps in, sentences out."""

from collections.abc import Callable, Sequence

from parvis.kit.money import format_cents, format_whole
from parvis.kit.typography import typographic
from parvis.ledger.rules.explained import Section, Step

# The words of the kinds that carry no title of their own.
LABELS = {
    Section.WORKS_FUND: "Fonds de travaux",
    Section.ADVANCE: "Avance de trésorerie",
    Section.ADJUSTMENT: "Ajustement après le vote du budget",
    Section.SETTLEMENT: "Régularisation",
}
SHARE = "Votre part dans l’immeuble est de {own} sur {total} : {share}{rounded}."


def label_of(step: Step) -> str:
    """« Charges générales », « Travaux : réfection de la toiture », « Régularisation : Ascenseur »."""
    if step.section is Section.CURRENT:
        return typographic(step.key_label)
    if step.section is Section.WORKS:
        return typographic(f"Travaux : {step.title}")
    if step.section in (Section.ADJUSTMENT, Section.SETTLEMENT):
        return typographic(f"{LABELS[step.section]} : {step.title or step.key_label}")
    return LABELS[step.section]


def sentences(step: Step) -> list[str]:
    """Where the sum comes from, and what becomes of the last cent."""
    return [typographic(sentence) for sentence in TELLERS[step.section](step)]


def tell_budget(step: Step) -> list[str]:
    told = [f"Pour l’exercice {step.budget}, l’assemblée a voté {format_cents(step.whole_cents)} pour tout l’immeuble."]
    if step.is_before_vote:
        told = [
            "Le budget de l’exercice n’était pas encore voté : cet appel suit le budget précédent.",
            f"Pour l’exercice {step.budget}, il était de {format_cents(step.whole_cents)} pour tout l’immeuble.",
        ]
    return [*told, share_of(step, "pour l’année"), *instalment_of(step)]


def tell_works(step: Step) -> list[str]:
    return [
        f"Ces travaux demandent {format_cents(step.whole_cents)} à tout l’immeuble.",
        share_of(step, "en tout"),
        *instalment_of(step),
    ]


def tell_adjustment(step: Step) -> list[str]:
    calls = "Le premier appel suivait" if step.past == 1 else f"Les {step.past} premiers appels suivaient"
    return [
        f"{calls} l’ancien budget.",
        (
            f"Depuis le vote, votre part de l’année passe de {format_cents(step.former_cents)} "
            f"à {format_cents(step.share_cents)}."
        ),
        f"La différence sur les appels déjà émis est de {format_cents(step.cents)}.",
    ]


def tell_settlement(step: Step) -> list[str]:
    ends = "il reste" if step.cents >= 0 else "il vous revient"
    return [
        f"Pour l’exercice {step.budget}, l’immeuble a dépensé {format_cents(step.whole_cents)}.",
        share_of(step, "pour l’année"),
        (
            f"Les appels de l’année vous en demandaient {format_cents(step.former_cents)} : "
            f"{ends} {format_cents(abs(step.cents))}."
        ),
    ]


TELLERS: dict[Section, Callable[[Step], list[str]]] = {
    Section.CURRENT: tell_budget,
    Section.WORKS_FUND: tell_budget,
    Section.ADVANCE: tell_budget,
    Section.ADJUSTMENT: tell_adjustment,
    Section.WORKS: tell_works,
    Section.SETTLEMENT: tell_settlement,
}


def share_of(step: Step, period: str) -> str:
    return SHARE.format(
        own=format_whole(step.own_shares),
        total=format_whole(step.total_shares),
        share=f"{format_cents(step.share_cents)} {period}",
        rounded=", au centime près" if step.is_rounded else "",
    )


def instalment_of(step: Step) -> list[str]:
    """Which call this is among the others; where they differ by a cent, all of them."""
    count = len(step.schedule)
    if count == 1:
        return []
    told = f"Cet appel est le {ordinal(step.rank)} sur {count} : {format_cents(step.cents)}."
    if not step.has_uneven_instalments or max(step.schedule) - min(step.schedule) > count:
        return [told]
    reason = f"{format_cents(step.share_cents)} ne se divise pas exactement par {count}."
    if step.share_cents % count == 0:
        reason = "La part de chacun de vos lots est arrondie au centime à chaque appel."
    return [
        told,
        reason,
        f"Les {count} appels sont donc de {enumerated([format_cents(cents) for cents in step.schedule])}.",
    ]


def ordinal(rank: int) -> str:
    return "1er" if rank == 1 else f"{rank}e"


def enumerated(words: Sequence[str]) -> str:
    """« a, b et c »."""
    return f"{', '.join(words[:-1])} et {words[-1]}"
