import pytest

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.statement import Checked, DocumentKind, Role, Standing, StatementKind
from isthmus.readers.study.statements import read_plan_documents, read_statements

PARTNERS = ("AAA", "BBB")
DOCUMENTS = (
    "code,partner,kind,title,date,address,address_status,shipped,note\n"
    "plan,AAA,plan,The plan,2026-03-13,https://example.org/plan,quoted,digest,\n"
    "pact,AAA;BBB,bilateral,The pact,2023,,unverified,none,\n"
)
HEADER = (
    "id,partner,kind,theme,object,role,named_partner,text,lang,value,value_high,operator,unit,year_from,year_to,base_year,"
    "source,address,locator,checked,status,standing,see,target,document,note\n"
)
CELLS = {
    "id": "s1", "partner": "AAA", "kind": "target", "theme": "energy", "object": "energy use", "role": "regulates",
    "named_partner": "", "text": "Energy use is to fall.", "lang": "en", "value": "-10", "value_high": "", "operator": "<=",
    "unit": "%", "year_from": "2026", "year_to": "2030", "base_year": "2025", "source": "The plan", "address": "",
    "locator": "ch. 2", "checked": "primary", "status": "verified", "standing": "current", "see": "", "target": "",
    "document": "plan", "note": "",
}  # fmt: skip


@pytest.fixture
def documents(tmp_path):
    path = tmp_path / "plan_documents.csv"
    path.write_text(DOCUMENTS, "utf-8")
    return read_plan_documents(path, PARTNERS)


def line(**changes):
    return ",".join({**CELLS, **changes}.values()) + "\n"


def write(folder, *lines):
    path = folder / "statements.csv"
    path.write_text(HEADER + "".join(lines), "utf-8")
    return path


def test_reads_every_cell(tmp_path, documents):
    (first, second) = read_statements(
        write(
            tmp_path,
            line(),
            line(
                id="s2", partner="AAA;BBB", document="pact", kind="measure", role="cooperates", value="", operator="", unit="",
                named_partner="AAA; BBB", checked="secondary", standing="duplicate", see="s1", year_from="", base_year="",
            ),
        ),
        documents,
        PARTNERS,
        themes=("energy",),
    )  # fmt: skip
    assert (first.id, first.partners, first.kind, first.role) == ("s1", ("AAA",), StatementKind.TARGET, Role.REGULATES)
    assert (first.value, first.value_high, first.operator, first.unit) == (-10.0, None, "<=", "%")
    assert (first.year_from, first.year_to, first.base_year) == (2026, 2030, 2025)
    assert (first.checked, first.status, first.standing) == (Checked.PRIMARY, Status.VERIFIED, Standing.CURRENT)
    assert (first.document.kind, first.document.shipped) == (DocumentKind.PLAN, "digest")
    assert (second.partners, second.named_partner, second.value) == (PARTNERS, ("AAA", "BBB"), None)
    assert (second.standing, second.see, second.year_to) == (Standing.DUPLICATE, "s1", 2030)


def test_what_is_left_empty_has_a_plain_meaning(tmp_path, documents):
    (found,) = read_statements(write(tmp_path, line(lang="", standing="")), documents, PARTNERS)
    assert (found.lang, found.standing) == ("en", Standing.CURRENT)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "wish"}, "column kind: found 'wish'"),
        ({"role": "likes"}, "column role"),
        ({"checked": "perhaps"}, "column checked"),
        ({"status": "sure"}, "column status"),
        ({"standing": "gone"}, "column standing"),
        ({"theme": "weather"}, "column theme: found 'weather'.*energy"),
        ({"lang": "de"}, "column lang"),
        ({"document": "none"}, "column document.*pact, plan"),
        ({"partner": "CCC"}, "column partner: found 'CCC'"),
        ({"partner": ""}, "column partner"),
        ({"partner": "AAA;AAA"}, "column partner"),
        ({"partner": "BBB"}, "column partner.*partners of document plan: AAA"),
        ({"text": ""}, "column text: is empty"),
        ({"object": ""}, "column object: is empty"),
        ({"source": ""}, "column source: is empty"),
        ({"operator": ""}, "column operator"),
        ({"value": ""}, "column operator: found '<=' beside value None"),
        ({"operator": "=<"}, "column operator"),
        ({"value_high": "-10"}, "column value_high"),
        ({"year_from": "2031"}, "column year_from: found 2031 beside year_to 2030"),
        ({"year_to": "20300"}, "column year_to: found 20300"),
        ({"see": "s9"}, "column see: found 's9'"),
        ({"see": "s1"}, "column see: found 's1'"),
        ({"standing": "superseded"}, "column see: is empty"),
        ({"target": "t2"}, "column target: found 't2'"),
        ({"target": "t3"}, "column target: found 't3'"),
    ],
)
def test_names_the_cell_that_cannot_be_used(tmp_path, documents, changes, message):
    with pytest.raises(BadInputError, match=message):
        read_statements(
            write(tmp_path, line(**changes)),
            documents,
            PARTNERS,
            themes=("energy",),
            targets={"t1": "AAA", "t2": "BBB"},
        )


def test_one_year_may_begin_and_end_a_statement(tmp_path, documents):
    (found,) = read_statements(write(tmp_path, line(year_from="2030")), documents, PARTNERS)
    assert (found.year_from, found.year_to) == (2030, 2030)


def test_what_stands_instead_must_stand_itself(tmp_path, documents):
    lines = (line(standing="duplicate", see="s2"), line(id="s2", standing="background"))
    with pytest.raises(BadInputError, match="row 2, column see"):
        read_statements(write(tmp_path, *lines), documents, PARTNERS)


def test_a_target_of_the_same_partner_is_accepted(tmp_path, documents):
    (found,) = read_statements(write(tmp_path, line(target="t1")), documents, PARTNERS, targets={"t1": "AAA"})
    assert found.target == "t1"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bilateral", "secret", "column kind"),
        ("2026-03-13", "13.03.2026", "column date: found '13.03.2026'"),
        (",quoted,", ",sure,", "column address_status"),
        (",digest,", ",copy,", "column shipped"),
        ("The pact", "", "column title: is empty"),
        ("pact,AAA;BBB", "plan,AAA;BBB", "duplicate"),
        ("AAA;BBB", "AAA;CCC", "column partner"),
    ],
)
def test_names_the_cell_of_a_document_that_cannot_be_used(tmp_path, old, new, message):
    path = tmp_path / "plan_documents.csv"
    path.write_text(DOCUMENTS.replace(old, new), "utf-8")
    with pytest.raises(BadInputError, match=message):
        read_plan_documents(path, PARTNERS)
