"""Columns that many tables share, declared once."""

from typing import Annotated

from isthmus.study.section import key, measure, note

Economy = Annotated[str, key("economy, or `third` for all but the partners together, weighted by income")]
Partner = Annotated[str, key("partner")]
Exporter = Annotated[str, key("exporting economy")]
Importer = Annotated[str, key("importing economy")]
Sector = Annotated[str, key("sector of the world")]
Direction = Annotated[str, key("EXPORTER>IMPORTER, or `both` weighted by trade")]
Year = Annotated[int, key("year")]
World = Annotated[str, key("world that is compared with neither plan")]
Target = Annotated[str, key("id of the target")]
Pair = Annotated[str, key("pair of partners as A-B, or `all` pairs together")]
Lever = Annotated[str, key("id of the lever")]
Outcome = Annotated[str, key("id of the outcome")]

Low = Annotated[float, measure("%", "5th percentile of the draws")]
Median = Annotated[float, measure("%", "median of the draws")]
High = Annotated[float, measure("%", "95th percentile of the draws")]
Central = Annotated[float, measure("%", "run at central values")]
LowOrNone = Annotated[float | None, measure("%", "5th percentile of the draws; empty where there is no number")]
MedianOrNone = Annotated[float | None, measure("%", "median of the draws; empty where there is no number")]
CentralOrNone = Annotated[float | None, measure("%", "run at central values; empty where there is no number")]
HighOrNone = Annotated[float | None, measure("%", "95th percentile of the draws; empty where there is no number")]

LowShare = Annotated[float, measure("1", "5th percentile of the draws, fraction")]
MedianShare = Annotated[float, measure("1", "median of the draws, fraction")]
HighShare = Annotated[float, measure("1", "95th percentile of the draws, fraction")]
LowShareOrNone = Annotated[
    float | None, measure("1", "5th percentile of the draws, fraction; empty where it means nothing")
]
MedianShareOrNone = Annotated[float | None, measure("1", "median of the draws, fraction; empty where it means nothing")]
HighShareOrNone = Annotated[
    float | None, measure("1", "95th percentile of the draws, fraction; empty where it means nothing")
]

Grade = Annotated[str, note("measured, estimated, expert or assumed")]
Source = Annotated[str, note("where the number comes from")]
Address = Annotated[str, note("address of the source")]
Status = Annotated[str, note("verified, quoted, assumed or unverified")]
Note = Annotated[str, note("remark")]
