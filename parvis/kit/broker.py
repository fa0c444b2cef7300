"""The queue of jobs, in the database, asked by a worker that outlives a restart of the database."""

import logging
import time
from typing import Any

from django.db import DatabaseError, InterfaceError
from django_q.brokers.orm import ORM
from django_q.conf import Conf

logger = logging.getLogger("parvis.worker")


class PatientBroker(ORM):  # type: ignore[misc]  # django-q publishes no types
    """django-q's own, but that it asks again when the database is away, where the fetching process would give up."""

    def dequeue(self) -> Any:  # Any: as django-q calls it
        try:
            return super().dequeue()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the database is away, jobs wait: %s", type(error).__name__)
            time.sleep(Conf.POLL)
            return None
