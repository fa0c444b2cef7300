"""In whose name somebody acts on a case."""

from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Intervention
from parvis.people.models import Client
from parvis.web.ui.authors import first_client, own_name
from parvis.web.ui.requests import ViewerRequest


def actor_of(request: ViewerRequest, *, client: Client) -> Actor:
    """The login, under its own name, for that client."""
    return Actor.of_client(request.user, client=client, name=own_name(request.viewer)[0])


def actor_on(request: ViewerRequest, intervention: Intervention) -> Actor:
    """For the reporter where the viewer reads their affairs, else for the viewer. Needs the reporter."""
    reporter = intervention.reporter
    is_theirs = reporter is not None and reporter.pk in request.viewer.client_ids
    return actor_of(request, client=reporter if reporter and is_theirs else first_client(request.viewer))
