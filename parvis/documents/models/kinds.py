"""What a document is, and under which heading its readers find it."""

from django.db import models


class Category(models.TextChoices):
    """The headings of « Mes documents », in their order. The value stands in addresses."""

    CALLS = "appels", "Appels de fonds"
    RECEIPTS = "quittances", "Quittances et avis"
    MEETINGS = "assemblees", "Assemblées générales"
    BUILDING = "immeuble", "Immeuble"
    CONTRACTS = "contrats", "Contrats et assurances"
    LETTING = "gestion", "Gestion locative"
    SENT = "envois", "Mes envois"
    COUNCIL = "conseil", "Conseil syndical"
    OTHER = "autres", "Autres documents"


class Kind(models.TextChoices):
    """Closed list. An employment contract has no kind: it is never shown to co-owners (décret 2019-502, art. 1, 6°)."""

    FUNDS_CALL = "funds_call", "Appel de fonds"
    CHARGES_SETTLEMENT = "charges_settlement", "Régularisation de charges"
    CLOSED_ACCOUNT = "closed_account", "Compte individuel arrêté"
    ACCOUNT_STATEMENT = "account_statement", "Relevé de compte"
    RENT_DEMAND = "rent_demand", "Avis d’échéance"
    RENT_RECEIPT = "rent_receipt", "Quittance de loyer"
    PARTIAL_RECEIPT = "partial_receipt", "Reçu de paiement partiel"
    MEETING_NOTICE = "meeting_notice", "Convocation à l’assemblée générale"
    MINUTES = "minutes", "Procès-verbal d’assemblée générale"
    WORKS_QUOTE = "works_quote", "Devis de travaux"
    MEETING_ANNEX = "meeting_annex", "Annexe à la convocation"
    BYLAWS = "bylaws", "Règlement de copropriété"
    DIVISION_STATEMENT = "division_statement", "État descriptif de division"
    BYLAWS_AMENDMENT = "bylaws_amendment", "Acte modificatif du règlement"
    BUILDING_SUMMARY_SHEET = "building_summary_sheet", "Fiche synthétique"
    MAINTENANCE_LOG = "maintenance_log", "Carnet d’entretien"
    TECHNICAL_REPORT = "technical_report", "Diagnostic technique"
    WORKS_PLAN = "works_plan", "Plan pluriannuel de travaux"
    INFORMATION_NOTICE = "information_notice", "Notice d’information"
    ENERGY_REPORT = "energy_report", "Diagnostic de performance énergétique"
    INSURANCE_CONTRACT = "insurance_contract", "Contrat d’assurance de l’immeuble"
    MAINTENANCE_CONTRACT = "maintenance_contract", "Contrat d’entretien"
    SUPPLIER_CONTRACT = "supplier_contract", "Contrat ou marché"
    SYNDIC_CONTRACT = "syndic_contract", "Contrat de syndic"
    TENANT_INSURANCE = "tenant_insurance", "Attestation d’assurance du locataire"
    LEASE = "lease", "Bail"
    LEASE_AMENDMENT = "lease_amendment", "Avenant au bail"
    INVENTORY_REPORT = "inventory_report", "État des lieux"
    LANDLORD_STATEMENT = "landlord_statement", "Compte rendu de gérance"
    INCOME_SUMMARY = "income_summary", "Récapitulatif annuel des revenus fonciers"
    HOUSING_AID_CERTIFICATE = "housing_aid_certificate", "Attestation de loyer pour la CAF"
    SENT_BY_CLIENT = "sent_by_client", "Document que vous avez envoyé"
    GENERAL_BALANCE = "general_balance", "Balance générale des comptes"
    INCOME_EXPENSE_SUMMARY = "income_expense_summary", "Relevé général des charges et produits"
    BANK_STATEMENT = "bank_statement", "Relevé bancaire"
    WRIT = "writ", "Assignation"
    COURT_DECISION = "court_decision", "Décision de justice"
    OWNERS_LIST = "owners_list", "Liste des copropriétaires"
    PROFESSIONAL_CARD = "professional_card", "Carte professionnelle"
    LIABILITY_INSURANCE = "liability_insurance", "Assurance de responsabilité civile professionnelle"
    FINANCIAL_GUARANTEE = "financial_guarantee", "Garantie financière"
    SUPPLIER_INVOICE = "supplier_invoice", "Facture d’un fournisseur"
    ANNUAL_ACCOUNTS = "annual_accounts", "Comptes annuels"
    OTHER = "other", "Autre document"

    @property
    def category(self) -> Category:
        return CATEGORY_OF[self]


class Audience(models.TextChoices):
    """Who reads a document. An account's paper is its client's, and hidden from who may not read their accounts."""

    CLIENT = "client", "un client"
    ACCOUNT = "account", "un client, avec ses comptes"
    LOT = "lot", "les détenteurs d’un lot"
    OWNERS = "owners", "les copropriétaires d’un immeuble"
    TENANTS = "tenants", "les locataires d’un immeuble"
    COUNCIL = "council", "le conseil syndical d’un immeuble"
    EVERYONE = "everyone", "tous les clients de l’agence"


KINDS_OF: dict[Category, tuple[Kind, ...]] = {
    Category.CALLS: (Kind.FUNDS_CALL, Kind.CHARGES_SETTLEMENT, Kind.CLOSED_ACCOUNT, Kind.ACCOUNT_STATEMENT),
    Category.RECEIPTS: (Kind.RENT_DEMAND, Kind.RENT_RECEIPT, Kind.PARTIAL_RECEIPT),
    Category.MEETINGS: (Kind.MEETING_NOTICE, Kind.MINUTES, Kind.WORKS_QUOTE, Kind.MEETING_ANNEX),
    Category.BUILDING: (
        Kind.BYLAWS,
        Kind.DIVISION_STATEMENT,
        Kind.BYLAWS_AMENDMENT,
        Kind.BUILDING_SUMMARY_SHEET,
        Kind.MAINTENANCE_LOG,
        Kind.TECHNICAL_REPORT,
        Kind.WORKS_PLAN,
        Kind.INFORMATION_NOTICE,
        Kind.ENERGY_REPORT,
    ),
    Category.CONTRACTS: (
        Kind.INSURANCE_CONTRACT,
        Kind.MAINTENANCE_CONTRACT,
        Kind.SUPPLIER_CONTRACT,
        Kind.SYNDIC_CONTRACT,
        Kind.TENANT_INSURANCE,
    ),
    Category.LETTING: (
        Kind.LEASE,
        Kind.LEASE_AMENDMENT,
        Kind.INVENTORY_REPORT,
        Kind.LANDLORD_STATEMENT,
        Kind.INCOME_SUMMARY,
        Kind.HOUSING_AID_CERTIFICATE,
    ),
    Category.SENT: (Kind.SENT_BY_CLIENT,),
    Category.COUNCIL: (
        Kind.GENERAL_BALANCE,
        Kind.INCOME_EXPENSE_SUMMARY,
        Kind.BANK_STATEMENT,
        Kind.WRIT,
        Kind.COURT_DECISION,
        Kind.OWNERS_LIST,
        Kind.PROFESSIONAL_CARD,
        Kind.LIABILITY_INSURANCE,
        Kind.FINANCIAL_GUARANTEE,
        Kind.SUPPLIER_INVOICE,
        Kind.ANNUAL_ACCOUNTS,
    ),
    Category.OTHER: (Kind.OTHER,),
}
CATEGORY_OF = {kind: category for category, kinds in KINDS_OF.items() for kind in kinds}
