"""An incident as a page to print or to hand on: a file of its own, without scripts or styles of others."""

from functools import cache

from jinja2 import Template

from app.queries.incidents import Incident
from app.views.templates import plain_templates
from app.views.translation import speaking


def incident_page(incident: Incident) -> str:
    with speaking(incident.event):
        return _template().render(incident=incident, event=incident.event)


@cache
def _template() -> Template:
    return plain_templates().get_template("incident.html")
