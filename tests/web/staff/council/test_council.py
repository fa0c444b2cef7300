"""The agency answers what councils ask about the accounts."""

import pytest
from django.utils import timezone

from parvis.compliance.models import ExpenseQuestion, QuestionMessage
from parvis.people.models import ClientRead
from tests.compliance.factories import ExpenseQuestionFactory
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db
LIST = "/gestion/conseils-syndicaux/"


@pytest.fixture
def question(agency):
    return ExpenseQuestionFactory(expense__fiscal_year__building__agency=agency, expense__label="Ascenseur")


def test_question_waits_until_it_is_answered(diane, question):
    path = f"{LIST}{question.public_id}/"
    assert "Ascenseur" in diane.get(LIST).content.decode()

    response = diane.post(path, {"body": "La facture est jointe."}, follow=True)

    assert "La facture est jointe." in response.content.decode()
    assert "Diane Hamon, agence" in response.content.decode()
    assert ExpenseQuestion.objects.get().waits_since is None
    assert "Aucune question n’attend." in diane.get(LIST).content.decode()


def test_empty_answer_is_refused(diane, question):
    page = diane.post(f"{LIST}{question.public_id}/", {"body": ""}).content.decode()

    assert "Écrivez votre réponse." in page
    assert not QuestionMessage.objects.exists()


def test_question_to_another_agency_is_not_there(diane):
    other = ExpenseQuestionFactory()

    assert diane.get(f"{LIST}{other.public_id}/").status_code == 404
    assert "Remplacement" not in diane.get(LIST).content.decode()


def test_who_asked_learns_who_at_the_agency_read_the_question(diane, question):
    diane.get(LIST)

    read = ClientRead.objects.get()
    assert (read.client, read.part, read.quality) == (question.asked_by, "Conseil syndical", "staff")


def test_who_wrote_is_noted_on_the_page_of_the_question(diane, question):
    writer = ClientFactory(agency=question.agency)
    QuestionMessage.objects.create(question=question, client=writer, body="Pourquoi ?", written_at=timezone.now())

    diane.get(f"{LIST}{question.public_id}/")

    assert writer in {read.client for read in ClientRead.objects.all()}


def test_cost_does_not_grow_with_the_questions(diane, agency, question, assert_flat):
    def grow():
        for _rank in range(8):
            ExpenseQuestionFactory(expense__fiscal_year__building__agency=agency)

    assert_flat(LIST, grow)
