import json
from urllib.parse import unquote

import numpy as np
import pandas as pd

from isthmus.report.embed import LARGEST_CSV, coloured, csv_uri, json_for_script
from isthmus.report.palette import COLOURS


def test_json_cannot_leave_its_script_tag() -> None:
    value = {"a": "</script><script>alert(1)</script>", "b": "<!--", "c": "\u2028&"}
    text = json_for_script(value)
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == value


def test_numbers_become_plain_and_finite() -> None:
    value = {"x": np.float64(1.5), "y": [np.int64(3), float("nan"), np.inf], "z": np.array([1.0, 2.0])}
    assert json.loads(json_for_script(value)) == {"x": 1.5, "y": [3, None, None], "z": [1.0, 2.0]}


def test_colour_names_are_replaced_only_where_colours_stand() -> None:
    option = {"name": "a", "itemStyle": {"color": "a", "borderColor": "#123456"}, "data": ["b"], "color": ["a", "b"]}
    assert coloured(option) == {
        "name": "a",
        "itemStyle": {"color": COLOURS["a"], "borderColor": "#123456"},
        "data": ["b"],
        "color": [COLOURS["a"], COLOURS["b"]],
    }


def test_csv_uri_holds_the_table_in_full_precision() -> None:
    frame = pd.DataFrame({"имя": ["a,b", '"c"'], "value": [0.1 + 0.2, 1e-17]})
    text = unquote(csv_uri(frame).split(",", 1)[1])
    assert text == '\ufeffимя,value\n"a,b",0.30000000000000004\n"""c""",1e-17\n'


def test_a_large_table_is_not_carried() -> None:
    assert csv_uri(pd.DataFrame({"x": ["y" * 100] * (LARGEST_CSV // 100)})) == ""
