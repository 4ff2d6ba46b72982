"""Ways are called by names and never by ids, and say no kind of way twice."""

import pytest
from blank import row, section

from isthmus.report.blocks import Cell
from isthmus.report.locale import Translator
from isthmus.report.programme_tables import ways
from isthmus.report.programme_words import Words
from isthmus.report.way_names import WayNames
from isthmus.study.corridor_tables import NameRow, WayLinkRow
from isthmus.study.corridors import CorridorsSection
from isthmus.study.programme_tables import ProgrammeSection, ProgrammeWayRow
from isthmus.study.section import table

NAMES = {
    "pass": {"en": "Aville – Beton, road", "zh": "甲城—乙镇（公路）"},
    "aville": {"en": "Aville, road", "zh": "甲城（公路）"},
    "port": {"en": "Port Cee", "zh": "丙港"},
}


def named(language: str) -> WayNames:
    found = section(
        CorridorsSection,
        way_names=table(
            NameRow, [NameRow(i, lang, name) for i, names in NAMES.items() for lang, name in names.items()]
        ),
        way_links=table(
            WayLinkRow,
            [
                row(WayLinkRow, arc="pass", origin="aville", destination="beton"),
                row(WayLinkRow, arc="ferry", origin="port", destination="aville"),
            ],
        ),
    )
    return WayNames(found, Translator(language))


@pytest.mark.parametrize(
    ("language", "arc", "direction", "told"),
    [
        ("en", "pass", "backward", "Aville – Beton, road, to Aville"),
        ("zh", "pass", "backward", "甲城—乙镇（公路），往甲城"),
        ("en", "ferry", "backward", "Port Cee – Aville, road, to Port Cee"),
    ],
)
def test_the_place_does_not_repeat_the_kind_of_its_way(language: str, arc: str, direction: str, told: str) -> None:
    assert named(language).heading(arc, direction) == told


def test_projects_name_their_ways_and_say_where_the_network_has_none() -> None:
    text = Translator("en")
    made = section(
        ProgrammeSection,
        programme_ways=table(
            ProgrammeWayRow, [row(ProgrammeWayRow, project="p", arc=arc) for arc in ("pass", "ferry", "new:c-d")]
        ),
    )
    cells = [line[1] for line in ways(made, Words(made, text), named("en"), text).rows]
    told = [cell.text for cell in cells if isinstance(cell, Cell)]
    assert told == ["Aville – Beton, road", "Port Cee – Aville, road", text("programme.new_way")]
