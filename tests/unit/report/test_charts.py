import pandas as pd
import pytest
import report_sample as sample

from isthmus.report.chart_frame import Mark, Scale, ends_of, room
from isthmus.report.charts import heatmap, intervals, ladder, lines, stacked, waterfall
from isthmus.report.charts_place import THICK, THIN
from isthmus.report.charts_plan import Axis, plane


def ranges() -> pd.DataFrame:
    return pd.DataFrame(
        [("x", "A", 1.0, 2.0, 3.0), ("x", "B", -1.0, 0.5, 1.0), ("y", "A", 0.1, 0.2, 0.3)],
        columns=["row", "series", "low", "central", "high"],
    )


def test_intervals_put_each_series_on_its_own_line_of_the_row() -> None:
    option = intervals(ranges(), {"A": "a", "B": "b"}, Scale(" %")).option
    first, second = option["series"]
    assert [d[:4] for d in first["data"]] == [[0, 1.0, 2.0, 3.0], [1, 0.1, 0.2, 0.3]]
    assert first["data"][0][4] == -second["data"][0][4] == -0.25
    assert first["itemPayload"]["shape"] != second["itemPayload"]["shape"]
    assert (first["color"], second["color"]) == ("a", "b")


def test_intervals_grow_with_rows_and_more_so_on_a_narrow_screen() -> None:
    short = intervals(ranges(), {"A": "a", "B": "b"}, Scale()).height
    tall = intervals(pd.concat([ranges(), ranges().assign(row="z")]), {"A": "a", "B": "b"}, Scale()).height
    assert tall[0] > short[0]
    assert all(wide < narrow for wide, narrow in (short, tall))


@pytest.mark.parametrize(("low", "high"), [(0.0, 3.2), (-4.0, 1.0), (-0.003, -0.001), (12.0, 46.0)])
def test_axis_holds_zero_and_every_value_with_room_for_numbers(low: float, high: float) -> None:
    ends = room(low, high, [])
    width = max(high, 0) - min(low, 0)
    assert ends["min"] <= 0 <= ends["max"]
    assert low >= 0 or ends["min"] <= low - 0.1 * width
    assert high <= 0 or ends["max"] >= high + 0.1 * width
    steps = (ends["max"] - ends["min"]) / ends["interval"]
    assert steps == pytest.approx(round(steps))
    assert steps <= 9


def test_axis_holds_a_stated_claim() -> None:
    assert room(0, 20, [Mark(30, 40, "claim")])["max"] > 40


def test_waterfall_starts_each_step_where_the_last_one_ended() -> None:
    frame = pd.DataFrame(
        [("t", "g", 4.0, 3.0, 5.0, False), ("s", "h", -1.0, -2.0, 0.0, False), ("all", "g", 3.0, 1.0, 5.0, True)],
        columns=["row", "group", "central", "low", "high", "total"],
    )
    option = waterfall(frame, {"g": "third", "h": "joint"}, Scale()).option
    steps = sorted((d for s in option["series"] for d in s["data"]), key=lambda d: d[0])
    assert [d[1:5] for d in steps] == [[0, 4, 3, 5], [4, 3, 2, 4], [0, 3, 1, 5]]


def test_heatmap_is_centred_on_zero_and_leaves_gaps_empty() -> None:
    frame = pd.DataFrame([("p", "q", -2.0), ("p", "r", 0.5), ("s", "q", float("nan"))], columns=["x", "y", "value"])
    option = heatmap(frame, Scale()).option
    assert (option["visualMap"]["min"], option["visualMap"]["max"]) == (-2.0, 2.0)
    assert [d["value"] for d in option["series"][0]["data"]] == [[0, 0, -2.0, -2.0], [0, 1, 0.5, 0.5]]
    assert [d["label"]["color"] for d in option["series"][0]["data"]] == ["card", "ink"]


def test_a_cell_of_a_heatmap_is_named_by_both_sides_and_opens_what_lies_behind_it() -> None:
    frame = pd.DataFrame([("p", "q", 2.0)], columns=["x", "y", "value"])
    (plain,) = heatmap(frame, Scale()).option["series"][0]["data"]
    assert plain["name"] == "q · p"
    assert "opens" not in plain
    (opening,) = heatmap(frame.assign(opens="behind"), Scale()).option["series"][0]["data"]
    assert opening["opens"] == "behind"


def test_stacked_bars_carry_patterns_beside_colours() -> None:
    frame = pd.DataFrame([("r", "s", 1.0), ("r", "t", -2.0), ("u", "s", 3.0)], columns=["row", "series", "value"])
    option = stacked(frame, Scale()).option
    assert option["aria"]["decal"]["show"]
    assert [s["data"] for s in option["series"]] == [[1.0, 3.0], [-2.0, 0.0]]


def test_lines_break_at_missing_years_and_carry_bands() -> None:
    frame = pd.DataFrame(
        [(2026, "A", 1.0, 0.5, 1.5), (2028, "A", 2.0, 1.5, 2.5), (2027, "B", 1.0, 0.5, 1.5)],
        columns=["year", "series", "central", "low", "high"],
    )
    option = lines(frame, {"A": "a", "B": "b"}, Scale()).option
    assert option["xAxis"]["data"] == ["2026", "2027", "2028"]
    assert [s["data"] for s in option["series"] if s["type"] == "line"] == [[1.0, None, 2.0], [None, 1.0, None]]
    assert [s["type"] for s in option["series"]] == ["custom", "line", "custom", "line"]


def test_ladder_marks_what_is_needed_by_now_and_the_target() -> None:
    frame = pd.DataFrame([("r", 40.0, 10.0, 20.0, 30.0)], columns=["row", "required", "low", "central", "high"])
    option = ladder(frame, {"done": "d", "required": "q", "target": "t"}, Scale(), "a").option
    needed = option["series"][-1]
    assert needed["data"] == [[40.0, 0]]
    assert needed["markLine"]["data"][0]["xAxis"] == 100.0


def test_gantt_runs_to_the_end_of_the_last_year_and_marks_the_deadline() -> None:
    drawing, _ = sample.planned()
    built, used = drawing.option["series"]
    assert [d[:3] for d in built["data"]] == [[0, 2026, 2029], [1, 2026, 2027]]
    assert used["itemPayload"] == {"pale": True, "words": ["+120", "+340"]}
    assert built["markLine"]["data"][0]["xAxis"] == 2031
    assert drawing.option["xAxis"]["min"] == 2026
    assert drawing.option["xAxis"]["max"] > 2037, "room for the words behind the last bar"
    told = drawing.option["xAxis"]["axisLabel"]["customValues"]
    assert told[0] == 2026
    assert told[-1] <= 2036, "no year is written under the words"
    assert drawing.option["xAxis"]["interval"] >= 1, "the page makes room for words in steps of it"


def test_plane_joins_a_frontier_in_the_order_of_x_and_draws_ranges_as_crosses() -> None:
    drawing, frame = sample.reached()
    axes = Axis(name="A", scale=Scale()), Axis(name="B", scale=Scale())
    turned = plane(frame.iloc[::-1], {"frontier": "joint", "chosen": "gain", "today": "third"}, *axes)
    line = next(s for s in turned.option["series"] if s["type"] == "line")
    assert [d["value"][0] for d in line["data"]] == sorted(d["value"][0] for d in line["data"])
    assert line["label"]["position"] == "left", "inside the frontier no point is in the way"
    crosses = [s for s in drawing.option["series"] if s.get("renderItem") == "cross"]
    assert {s["name"] for s in crosses} >= {"chosen", "today"}
    assert next(s for s in crosses if s["name"] == "chosen")["data"][0] == [0.5, 0.6, 0.3, 0.8, 0.4, 0.7]


def test_a_map_is_thicker_where_more_goes_and_names_stand_where_there_is_room() -> None:
    drawing, _ = sample.placed()
    rail, road, crossing, port = drawing.option["series"]
    assert rail["data"][0]["lineStyle"]["width"] == THICK
    assert THIN < road["data"][0]["lineStyle"]["width"] < THICK
    assert [d["label"]["position"] for d in crossing["data"]] == ["right", "right"]
    assert port["data"][0]["label"]["position"] == "left"
    assert drawing.option["$land"]["features"]
    assert rail["lineStyle"]["type"] != road["lineStyle"]["type"], "colour is never alone"
    icons = {one["name"]: one["icon"] for one in drawing.option["legend"]["data"]}
    assert icons["rail"].count("M") == 1
    assert icons["road"].count("M") > 1, "a dashed line is dashed in the legend"


def test_charts_that_stand_for_comparison_share_an_axis() -> None:
    small, large = ranges(), ranges().assign(high=lambda f: 10 * f["high"])
    ends = ends_of(small, large)
    assert ends == (-1.0, 30.0)
    first, second = (intervals(f, {"A": "a", "B": "b"}, Scale(), ends=ends).option["xAxis"] for f in (small, large))
    assert first == second
    assert first["max"] > 30


def test_ranges_of_one_series_have_one_number_of_digits() -> None:
    frame = pd.DataFrame(
        [("x", "A", 0.0007, 0.001, 0.0021), ("y", "A", 0.001, 0.002, 0.004), ("x", "B", 0.1, 0.2, 0.8)],
        columns=["row", "series", "low", "central", "high"],
    )
    first, second = intervals(frame, {"A": "a", "B": "b"}, Scale(" %")).option["series"]
    assert first["itemPayload"]["digits"] == first["tooltip"]["formatter"]["digits"] == 4
    assert second["itemPayload"]["digits"] == 2


def test_what_is_written_as_nothing_though_it_is_more_has_a_size() -> None:
    frame = ranges()
    assert intervals(frame, {"A": "a", "B": "b"}, Scale("", 1)).below is None
    assert intervals(frame, {"A": "a", "B": "b"}, Scale("", 0)).below == 0.5
    nothing = frame.assign(low=0.0, central=0.0, high=0.0)
    assert intervals(nothing, {"A": "a", "B": "b"}, Scale("", 0)).below is None
