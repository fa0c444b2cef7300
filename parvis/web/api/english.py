"""What the domain refuses in French, told in English to the programs that ask for it."""

import re

# \1, \2… stand for what the French sentence holds; no-break spaces are plain ones.
SENTENCES = (
    # Cells
    (r"La colonne « (\w+) » \(.*\) est obligatoire.* : remplissez-la\.", r"“\1” is required: fill it in."),
    (
        r"Le texte contient un signe invisible .*",
        "The text holds an invisible sign (a control character): type it again.",
    ),
    (r"Le texte a (\d+) signes : .* à (\d+) signes au plus\.", r"The text has \1 signs: shorten it to \2 at most."),
    (r"La forme attendue est celle de « (.*) »\.", r"The expected shape is that of “\1”."),
    (r"Ce mot n’est pas connu ici : écrivez l’un de (.*)\.", r"This word is not known here: write one of \1."),
    (r"Ce n’est pas une date : .*", "This is not a date: write it as 2026-11-23."),
    (r"Ce jour n’existe pas au calendrier : .*", "There is no such day in the calendar: correct the date."),
    (r"La date est hors des années 1900 à 2199 : .*", "The date is not between 1900 and 2199: correct the year."),
    (r"La date est dans le futur : .*", "The date is in the future: this field goes up to today at most."),
    (r"Ce n’est pas un montant : .*", "This is not an amount: write it as 1234.56, with two decimals."),
    (r"Cette colonne ne prend pas de nombre négatif : .*", "This field takes no negative number: correct its sign."),
    (r"Ce n’est pas un nombre entier : .*", "This is not a whole number: write digits alone, as 124."),
    (r"Le nombre est hors des limites : de (.*) à (.*)\.", r"The number is out of bounds: from \1 to \2."),
    (r"Écrivez oui ou non\.", "Write true or false."),
    (r"Ce n’est pas une adresse de courriel : .*", "This is not an email address: write it as name@example.com."),
    (r"Cet IBAN est faux .*", "This IBAN is wrong (length or key): copy it again from the statement of the bank."),
    (r"Ce BIC est faux : .*", "This BIC is wrong: it has 8 or 11 signs, as AGRIFRPP."),
    (r"Cet identifiant n’a ni lettre ni chiffre : .*", "This reference has neither letter nor digit: correct it."),
    # Rows
    (r"Le nom et la raison sociale manquent : .*", "Both the last name and the company name are missing: give one."),
    (r"La date de fin précède la date de début : .*", "It ends before it begins: correct one of the two days."),
    (r"La fin précède la déclaration : .*", "It is closed before it is reported: correct one of the two days."),
    (r"L’écriture porte un débit et un crédit : .*", "The entry has a debit and a credit: make two entries of it."),
    (r"La TVA dépasse le montant : .*", "The VAT exceeds the amount: give the part of VAT that is in it."),
    (
        r"Les charges dépassent le montant : .*",
        "The charges exceed the amount: give the part of charges that is in it.",
    ),
    (r"Cette ligne est donnée deux fois .*", "This row is given twice (same key): keep the right one alone."),
    (
        r"Cette écriture est donnée deux fois dans son compte : .*",
        "This entry is given twice in its account: keep the right reference alone.",
    ),
    (
        r"Cette valeur ne désigne rien : elle n’est ni dans (\w+)\.csv .*",
        r"This names nothing that Parvis knows (among \1): correct it, or send first what is missing.",
    ),
    (
        r"Cet identifiant est déjà celui d’un client d’une autre agence .*",
        "This reference is that of a client of another agency of the same site: give another one.",
    ),
    (
        r"Les colonnes « debit » et « credit » sont-elles interverties .*",
        "Debit and credit seem swapped: what clients are asked for is a debit. Cancellations are of the kind “other”.",
    ),
    (
        r"Aucune des (\d+) lignes n’est lisible, la colonne « (\w+) » est fautive partout\. .*",
        r"None of the \1 rows can be read: “\2” is wrong everywhere. Are two fields swapped?",
    ),
    (
        r"L’à-nouveau du .* vaut .*",
        "The opening balance is not the sum of the entries before it: send the whole previous year, or none of it.",
    ),
    (
        r"La base refuse une ligne qui contredit une autre .*",
        "The database refuses a row that contradicts another one (same key, or days in the wrong order).",
    ),
    # Documents
    (
        r"Un contrat de travail n’est jamais mis en ligne .*",
        "A contract of employment is never put online (décret 2019-502, article 1, 6°): do not send it.",
    ),
    (r"Ce client n’est pas connu de Parvis : .*", "This client is not known to Parvis: send it first."),
    (r"Cet? immeuble n’est pas connu de Parvis : .*", "This building is not known to Parvis: import it first."),
    (r"Ce lot n’est pas connu de Parvis : .*", "This lot is not known to Parvis: import it first."),
    (r"Cette nature de document n’existe pas\.", "There is no such kind of document."),
    (r"Un autre document porte déjà cette référence\.", "Another document has this reference already."),
    (
        r"Le document ne dit pas à qui il s’adresse : .*",
        "The document does not say whom it is for: a client, a lot or a building, as its audience asks.",
    ),
    (r"La fin de la période précède son début\.", "The period ends before it begins."),
    (r"Ce document vise un client, .* d’une autre agence\.", "This document names what belongs to another agency."),
    # Files
    (r"Ce fichier pèse plus de (\d+) Mo\.", r"The file is larger than \1 MB."),
    (r"L’extension « .* » ne dit pas ce qu’est ce fichier \(.*\)\.", "The ending of the name is not that of the file."),
    (r"Ce fichier est vide\.", "The file is empty."),
    (r"Ce fichier n’est ni un PDF, ni une image .*", "The file is neither a PDF nor a JPEG or PNG picture."),
    (r"Ce fichier n’est ni une photo .*", "The file is neither a photo (JPEG, PNG, HEIC) nor a PDF."),
    (r"Cette image a trop de points\.", "The picture has too many pixels."),
    (r"Cette image est abîmée : .*", "The picture is damaged: it cannot be opened."),
    (r"Ce PDF n’a aucune page\.", "The PDF has no page."),
    (r"Ce PDF est protégé par un mot de passe : .*", "The PDF is protected by a password: save it without."),
    (r"Ce PDF est abîmé : .*", "The PDF is damaged: it cannot be opened."),
    (r"Ce PDF cache un autre fichier : .*", "The PDF hides another file: print it again as a PDF."),
    (r"Ce PDF contient .* : imprimez-le .*", "The PDF holds a program, a form or a file: print it again as a PDF."),
    (r"Ce PDF est trop lourd une fois ouvert\.", "The PDF is too heavy once opened."),
    (r"Un virus a été trouvé .*", "A virus was found in the file: it is not taken."),
    (r"Ce fichier n’a pas pu être vérifié : .*", "The file could not be checked: it is damaged or too complex."),
    # Addresses of notices
    (
        r"Donnez une adresse de 500 signes au plus, .*",
        "Give an address of 500 signs at most, without space or accent.",
    ),
    (r"Ce n’est pas une adresse de site\.", "This is not the address of a site."),
    (
        r"L’adresse commence par https:// et nomme une machine\.",
        "The address begins with https:// and names a machine.",
    ),
    (
        r"L’adresse ne porte ni identifiant, ni mot de passe, .*",
        "The address holds no user name, no password and no “#”.",
    ),
    (r"Cette adresse mène à un réseau privé .*", "This address leads to a private network: it is not called."),
    (r"Ce nom ne mène nulle part\.", "This name leads nowhere."),
    (r"Une agence a au plus (\d+) adresses : .*", r"An agency has \1 addresses at most: remove one."),
    (r"Cette adresse reçoit déjà des avis\.", "This address is told already."),
)
OTHERWISE = "This value is refused: “in_french” says why."
PATTERNS = tuple((re.compile(french, re.DOTALL), english) for french, english in SENTENCES)


def english_of(french: str) -> str:
    """The English sentence of a refusal; one that sends back to the French for a refusal that nobody translated."""
    plain = french.replace("\u00a0", " ").replace("\u202f", " ")
    for pattern, english in PATTERNS:
        if match := pattern.fullmatch(plain):
            return match.expand(english)
    return OTHERWISE
