"""What « Télécharger mes données » holds: each table that a person may see stands here, or says why it does not."""

import re

# Never copied, in whatever table: what opens an access, and what only serves our own machinery.
SECRET = re.compile(r"hash|digest|token|sealed|secret|password|public_key|credential|session_key|_words$|^words$|_key$")
MACHINERY = ("id", "agency", "public_id", "event_key")

# The name by which a row that another one points to is known to its reader.
KNOWN_BY = ("customer_reference", "reference", "number", "code", "title", "name")

# Table: the file that holds it. In the order of the notice that goes with the copy.
COPIED = {
    "people.Client": "identite",
    "people.User": "acces",
    "people.Representation": "representations",
    "people.HouseholdAccess": "personnes-du-foyer",
    "people.ProfileChange": "changements-demandes",
    "people.DeliveryChoice": "choix-d-envoi",
    "people.ClientRead": "consultations",
    "people.AddressChange": "changements-de-courriel",
    "people.SocialAccount": "comptes-associes",
    "people.Passkey": "cles-d-acces",
    "people.Authenticator": "applications-de-codes",
    "people.KnownBrowser": "navigateurs-reconnus",
    "people.SignedInSession": "appareils-connectes",
    "notices.Notice": "notifications",
    "notices.Preference": "preferences-de-notification",
    "property.Building": "immeubles",
    "property.Lot": "lots",
    "property.Ownership": "proprietes",
    "property.Tenancy": "locations",
    "property.Lease": "baux",
    "property.ManagementMandate": "mandats-de-gestion",
    "property.CouncilSeat": "conseil-syndical",
    "ledger.Creditor": "creanciers",
    "ledger.Account": "comptes",
    "ledger.Entry": "ecritures",
    "ledger.Call": "appels",
    "ledger.CallPart": "detail-des-appels",
    "ledger.RentReceipt": "quittances",
    "documents.Document": "documents",
    "documents.Archive": "selections-de-documents",
    "threads.Thread": "conversations",
    "threads.Message": "messages",
    "threads.Draft": "brouillons",
    "interventions.Intervention": "interventions",
    "interventions.InterventionEvent": "etapes-des-interventions",
    "interventions.CaseMessage": "messages-des-interventions",
    "interventions.Photo": "photos-des-interventions",
    "interventions.ReportDraft": "declarations-en-cours",
    "interventions.DraftFile": "photos-des-declarations-en-cours",
    "interventions.Slot": "creneaux-des-interventions",
    "interventions.Quote": "devis",
    "interventions.Opinion": "avis-sur-les-devis",
    "interventions.Rating": "avis-sur-les-interventions",
    "interventions.Announcement": "annonces",
    "rentals.RentalApplication": "candidatures",
    "compliance.ExpenseQuestion": "questions-sur-les-depenses",
    "compliance.QuestionMessage": "reponses-sur-les-depenses",
    "compliance.ExpenseSeen": "depenses-verifiees",
    "compliance.ListingObjection": "liste-des-coproprietaires",
    "exchange.DataExport": "copies-de-mes-donnees",
}

OF_THE_STAFF = "only the staff may see it"
OF_THE_BUILDING = "the syndicat's figures, about nobody: its pages and its documents give them"
NOT_COPIED = {
    "agencies.Agency": "the agency itself: public",
    "agencies.AgencyLogo": "the agency itself: public",
    "people.StaffMember": "about the people who work at the agency",
    "people.StaffAbsence": "about the people who work at the agency",
    "people.KeptDetail": "about the people who work at the agency",
    "people.RecoveryCode": "nothing but secrets",
    "people.Letter": OF_THE_STAFF,
    "people.Activation": "how a first connection goes on, of nobody who is inside",
    "people.Campaign": OF_THE_STAFF,
    "people.AccessFreeze": OF_THE_STAFF,
    "people.PaperNotice": OF_THE_STAFF,
    "people.SiteShield": OF_THE_STAFF,
    "property.Holding": "ownerships and tenancies together, which are copied",
    "property.AllocationKey": OF_THE_BUILDING,
    "property.ClientWords": "the words of the client's own rows, for the staff's search",
    "property.BuildingAssignment": "about the people who work at the agency",
    "ledger.Book": OF_THE_BUILDING,
    "ledger.FiscalYear": OF_THE_BUILDING,
    "ledger.BudgetLine": OF_THE_BUILDING,
    "ledger.WorksOperation": OF_THE_BUILDING,
    "ledger.WorksInstalment": OF_THE_BUILDING,
    "ledger.Expense": OF_THE_BUILDING,
    "ledger.CallDifference": OF_THE_STAFF,
    "help.ArticleOpinion": "given without a name: about nobody",
    "help.OwnArticle": "the agency's own words: public",
    "help.VainSearch": "counted without a name: about nobody",
    "interventions.CaseCounter": "a number of the agency's machinery",
    "interventions.Supplier": OF_THE_STAFF,
    "interventions.WorkOrder": OF_THE_STAFF,
    "interventions.MessageTemplate": OF_THE_STAFF,
    "interventions.WaterDamage": "several households' insurers and claims: only the staff may see it",
    "interventions.DamagedLot": "several households' insurers and claims: only the staff may see it",
    "ledger.ReceiptCounter": "a number of the agency's machinery",
    "compliance.LegalState": OF_THE_BUILDING,
    "compliance.Waiver": OF_THE_BUILDING,
    "documents.Deposit": OF_THE_STAFF,
    "exchange.ImportRun": OF_THE_STAFF,
    "exchange.Intake": OF_THE_STAFF,
    "exchange.FolderFile": OF_THE_STAFF,
    "exchange.FecAccount": OF_THE_STAFF,
    "exchange.ApiKey": OF_THE_STAFF,
    "exchange.Webhook": OF_THE_STAFF,
    "exchange.Delivery": OF_THE_STAFF,
}


# About a building and nobody, and only for those who live or own there today: its page tells them.
LEFT_OUT = {
    "property.Building": (
        "caretaker_name",
        "caretaker_phone",
        "caretaker_hours",
        "door_code",
        "last_meeting_on",
        "next_meeting_on",
    ),
}


def is_copied(label: str, field: str) -> bool:
    """Whether a column of a copied table goes in the copy."""
    return field not in MACHINERY and field not in LEFT_OUT.get(label, ()) and not SECRET.search(field)
