from isthmus.levers.coverage import worked_on
from isthmus.levers.lever import Channel, Effect, Lever

ECONOMIES, SECTORS, GROUPS = ("AAA", "BBB", "CCC"), ("G1", "G2", "S1"), {"goods": ("G1", "G2")}
SIDES = ("AAA", "BBB")


def lever(*effects, owner="joint"):
    return Lever("one", {}, "trade", owner, SIDES, {}, effects, 2025, 2026, 2030)


def effect(channel, sector, component=""):
    return Effect(channel, {}, sector=sector, exporter=("AAA",), importer=("BBB",), component=component)


def test_a_wedge_names_its_cause_and_days_and_tariffs_have_their_own():
    found = worked_on(
        [lever(effect(Channel.WEDGE, ("goods",), "freight"), effect(Channel.DAYS, ("G2",)), effect(Channel.TARIFF, ("S1",)))],
        ECONOMIES, SECTORS, GROUPS,
    )  # fmt: skip
    assert found == (
        ("freight", "G1", "AAA", "BBB"),
        ("freight", "G2", "AAA", "BBB"),
        ("tariff", "S1", "AAA", "BBB"),
        ("time", "G2", "AAA", "BBB"),
    )


def test_single_levers_and_agreed_volumes_work_on_no_cost_of_the_border():
    alone = lever(effect(Channel.WEDGE, ("*",), "freight"), owner="AAA")
    volume = lever(effect(Channel.TRADE_VOLUME, ("*",)))
    assert worked_on([alone, volume], ECONOMIES, SECTORS, GROUPS) == ()
