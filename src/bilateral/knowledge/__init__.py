"""What the project knows of the world: states, bodies, offices, outlets, places, as dated and sourced data files.

Data only; nothing here reads a report. How the files look and how to add to them: docs/knowledge.md.
"""

from bilateral.knowledge.data import (
    bodies,
    honorifics,
    is_female,
    leaders,
    organisations,
    outlets,
    places,
    prefixes,
    ranks,
    states,
    suffixes,
    titles,
)
from bilateral.knowledge.entities import Body, Leader, Organisation, Outlet, Place, Prefix, State, Surface, Title
from bilateral.knowledge.files import own_folders
from bilateral.knowledge.lookup import (
    adjective_of,
    code_of,
    fold,
    home_of,
    name_of,
    outlet_of,
    place_code,
    surface_of,
    surfaces,
)

__all__ = [
    "Body",
    "Leader",
    "Organisation",
    "Outlet",
    "Place",
    "Prefix",
    "State",
    "Surface",
    "Title",
    "adjective_of",
    "bodies",
    "code_of",
    "fold",
    "home_of",
    "honorifics",
    "is_female",
    "leaders",
    "name_of",
    "organisations",
    "outlet_of",
    "outlets",
    "own_folders",
    "place_code",
    "places",
    "prefixes",
    "ranks",
    "states",
    "suffixes",
    "surface_of",
    "surfaces",
    "titles",
]
