"""Lines of a page whose columns are of different widths are joined to sentences."""

from isthmus.plans.segment import unwrapped

WIDE = """Energy is used in the buildings of the county, in its vehicles and in its street lamps, and most of it is bought from
one supplier, whose prices were raised twice in the last three years while the demand of the county was falling slowly
because old lamps were replaced and the buildings were insulated one after the other with money from the energy fund."""
NARROW = """The county will cut the energy used
in its own buildings by 15 percent
by 2030, and it will put solar panels
on the roofs of all schools that are
fit for them, with at least 40 roofs
done by the end of 2028."""


def test_a_narrow_column_below_a_wide_one_is_joined() -> None:
    lines = unwrapped(f"{WIDE}\n\n{NARROW}".splitlines())
    assert [" ".join(line.split()) for line in lines if line.strip()] == [
        " ".join(part.split()) for part in (WIDE, NARROW)
    ]


def test_a_list_of_short_lines_is_no_column() -> None:
    lines = ["Aims of the plan", "Clean water", "Better roads", "Safe schools", "Warm homes", "Work for all"]
    assert unwrapped(lines) == lines


def test_lines_that_each_begin_anew_are_no_column() -> None:
    lines = [
        "Department of Water and Rivers, North",
        "Department of Roads and Bridges, West",
        "Department of Schools and Pupils, All",
        "Department of Homes and Gardens, East",
        "Department of Woods and Pastures, Sea",
        "Department of Power and Heating, City",
    ]
    assert unwrapped(lines) == lines
