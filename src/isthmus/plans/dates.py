# ruff: noqa: E501, UP031 (patterns stay on one line and are put together with %, because braces count repeats)
"""Years in a statement and what they are: the year a target is due, the year a change is counted from, a period."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isthmus.plans.grammar import Grammar
from isthmus.plans.text import blank

_Y = r"(?<!\d)(?<!\d[.,])(?P<y>(?:19|20|21)\d\d)"
_P = (
    r"(?P<a>(?:19|20|21)\d\d)(?: ?年)? ?(?:(?:[-–~/至到]|to|through) ?(?P<y>(?:19|20|21)\d\d)|[-–~/](?P<y2>\d\d)(?!\d))"
)

_MONTHS_RU = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_MONTHS_EN = "january|february|march|april|may|june|july|august|september|october|november|december"

_RULES: dict[str, list[tuple[str, str]]] = {
    "zh": [
        (r"[〔\[(（]%s[〕\])）] ?(?:第? ?\d+ ?号)|《[^》]*%s ?年?[^》]*》" % (_Y, _Y.replace("y>", "y2>")), "ignored"),
        (r"%s ?年(?:底|末)?(?:之?前|以前)?(?:已?建成|建设|修建|投产|竣工|开工|设立)的" % _Y, "ignored"),
        (r"与[“\"]?(?P<name>十[二三四五六七]五)[”\"]?(?:规划|计划)?(?:目标)?(?:保持)?(?=一致|衔接|相)", "ignored name"),
        (r"%s ?年(?=、%s ?年的?[约近]?\d+(?:\.\d+)?倍)" % (_Y, _Y.replace("y>", "y2>")), "base"),
        (r"(?<=、)%s ?年的?(?=[约近]?\d+(?:\.\d+)?倍)" % _Y, "base"),
        (r"(?:以|按) ?%s ?年(?:度)?(?:不变)?(?:价格|价|为(?:基期|基准|基数|基年))(?:计算)?" % _Y, "base"),
        (r"(?:(?<!占)比|较|相比于?|相较于?|与|同|和|对比|高于|低于|在) ?%s ?年(?:的)?(?:实际|基准)?(?:水平|基础上?|底|末)?(?:相比|相较|比较)" % _Y, "base"),
        (r"(?:(?<!占)比|较|相比于?|相较于?|高于|低于|对照) ?%s ?年(?:底|末|的)?(?:水平|数值|规模|总量)?" % _Y, "base"),
        (r"(?:(?:是|为|相当于|达到?) ?|(?<=[到至]))%s ?年的?(?=[约近]?\d+(?:\.\d+)?倍)" % _Y, "base"),
        (r"(?:(?:是|为|相当于|达到?) ?|(?<=[到至]))%s ?年(?:底|末)?(?=[(（][^()（）]*[)）]的)" % _Y, "base"),
        (r"(?<=[到至])%s ?年的(?=[一二三四五六七八九十]+分之|一半)" % _Y, "base"),
        (r"(?:较|比)(?:基期|基准年|上期)[(（]%s ?年[)）]" % _Y, "base"),
        (r"在 ?%s ?年(?:的)?(?:水平|基础|规模)上?" % _Y, "base"),
        (r"%s ?年(?:的)?(?:水平|基准)" % _Y, "base"),
        (r"(?:由|从|自) ?%s ?年(?:底|末)?的?" % _Y, "from"),
        (r"%s ?年(?:间|期间|内|度)?" % _P, "period"),
        (r"(?:比|较)[“\"]?(?P<name>十[二三四五六七]五)[”\"]?(?:规划|计划)?(?:期|时期)?末?", "named base"),
        (r"(?:(?<=[到至为是])|相当于)[“\"]?(?P<name>十[二三四五六七]五)[”\"]?(?:规划|计划)?(?:期|时期)?末?的?(?=[约近]?\d+(?:\.\d+)?倍)", "named base"),
        (r"(?P<name>十[二三四五六七]五)[”\"]?(?:规划|计划)?(?:期|时期)?末", "named end"),
        (r"(?P<name>十[二三四五六七]五)(?:规划|计划)?(?:期间|时期|期末|末)?", "named"),
        (r"%s(?=(?:、(?:20|21)\d\d)*[、和](?:20|21)\d\d ?年)" % _Y, "target"),
        (r"%s ?年(?:\d{1,2} ?月(?:\d{1,2} ?日)?)?(?:年?(?:底|末|初|中))?(?:之?前|以前)?" % _Y, "target"),
    ],
    "ru": [
        (r"(?P<plan>1[4-7])-(?:й|го|м|ю|я|ой|ую) (?:пятилетк\w+|пятилетн\w+ план\w*)", "counted"),
        (r"(?:к|до|не позднее|срок[ :–]*|по состоянию на) ?\d{1,2} (?:%s) %s ?(?:год\w*|г\.?)?" % (_MONTHS_RU, _Y), "target"),
        (r"(?:от |с )?\d{1,2} (?:%s) %s ?(?:год\w*|г\.?)?|(?:от )?\d{1,2}\.\d{1,2}\.%s" % (_MONTHS_RU, _Y, _Y.replace("y>", "y2>")), "ignored"),
        (r"(?:стратеги\w+|повестк\w+|программ\w+)[- –]%s(?! ?г)" % _Y, "ignored"),
        (r"(?:по сравнению с|по отношению к|относительно|против|в сравнении с|от|с учетом|сверх|над)(?: (?:базов\w+|уровн\w+|показател\w+|значени\w+|данн\w+|объем\w+|итог\w+))* ?%s ?(?:год\w*|г\.?)?" % _Y, "base"),
        (r"(?:к|от|выше|ниже|до) (?:уровн\w+|показател\w+|значени\w+|объем\w+|базов\w+ \w+) ?%s ?(?:год\w*|г\.?)?" % _Y, "base"),
        (r"чем в %s ?(?:год\w*|г\.?)?" % _Y, "base"),
        (r"(?<=по сравнению )со? (?:[^\W\d]+,? ){1,5}(?:на|в|за) %s ?(?:год\w*|г\.?)?" % _Y, "base"),
        (r"(?:уров(?:ень|не|нем|ня)|показателя|объема|значения) %s ?(?:год\w*|г\.?)?" % _Y, "base"),
        (r"\(?баз\w*(?: год\w*| период\w*)?(?: [–:-])? ?%s ?(?:год\w*|г\.?)?" % _Y, "base"),
        (r"(?:в ценах|в постоянных ценах|базовый год ?[-–:]?) ?%s ?(?:год\w*|г\.?)?" % _Y, "price"),
        (r"(?:(?:в|за|на|с|период\w*) )?%s ?(?:год\w*|гг\.?)" % _P, "period"),
        (r"с %s по %s ?(?:год\w*|г\.?)" % (_Y.replace("y>", "a>"), _Y), "period"),
        (r"(?:на )?(?P<a>(?:19|20|21)\d\d) ?[-–] ?%s(?![\d,]| ?(?:%%|процент|тыс|млн))" % _Y, "period"),
        (r"(?:к|до|в|–) %s-(?:му|го|м|й)(?: год\w*)?" % _Y, "target"),
        (r"%s(?=(?:, (?:20|21)\d\d)*,? и (?:20|21)\d\d ?г)" % _Y, "target"),
        (r"(?:к|до|в|на|по итогам|с|со|начиная с|не позднее|на период до|(?:к|до) (?:конц\w|начал\w))? ?%s ?(?:год\w*|г\.?)(?!\w)" % _Y, "target"),
        (r"(?:(?<=\()|(?<=к )|(?<=до )|(?<=в ))%s(?!\d|[.,]\d)(?! ?(?:%%|процент|тыс|млн|млрд|ед|чел|руб|км|мест))" % _Y, "target"),
    ],
    "en": [
        (r"(?:the )?(?P<plan>1[4-7])th five-year plan(?: period)?(?: \(20\d\d ?[-–] ?20\d\d\))?", "counted"),
        (r"(?:by|before|until|no later than|not later than|on or before) (?:the )?(?:\d{1,2} (?:%s)|(?:%s) \d{1,2},?|(?:%s)) %s" % (_MONTHS_EN, _MONTHS_EN, _MONTHS_EN, _Y), "target"),
        (r"(?:\d{1,2} (?:%s)|(?:%s) \d{1,2},?) %s" % (_MONTHS_EN, _MONTHS_EN, _Y), "ignored"),
        (r"(?:directive|regulation|decision|agenda|vision|law|act|resolution|decree|plan|strategy|roadmap)(?: \((?:eu|ec)\))?(?: no\.? ?[\w-]+)?(?: of| no\.?)? %s(?:/\d+)?(?:/[a-z]{2})?(?! ?[-–] ?\d)|%s (?:agenda|vision|strategy)|(?:horizon|europe|mission) %s(?=\b)" % (_Y, _Y.replace("y>", "y2>"), _Y.replace("y>", "y3>")), "ignored"),
        (r"(?:compared (?:with|to)|relative to|versus|vs\.?|against|(?<=above)|(?<=below)|(?<=over)|(?<= on)|(?<=than)|(?<=than in)|from|of)(?: the| its| their)? (?:baseline (?:of|in) |levels? (?:of|in) |year )?%s(?:[- ](?:levels?|baseline|base year|base|figures?|values?))" % _Y, "base"),
        (r"(?:compared (?:with|to)|relative to|versus|vs\.?|against|(?<=above)|(?<=below)|(?<=over)|(?<= on)|(?<=than)(?<!later than)(?<!earlier than)|(?<=than in))(?: the| its| their| that of| those of)? (?:baseline (?:of|in) |levels? (?:of|in) |year )?%s(?! ?[-–/] ?\d)(?!,?\d)" % _Y, "base"),
        (r"(?:the )?%s (?:levels?|baseline|base year|base)\b|(?:the|their|its) %s (?:volume|figure|value|total|output|amount|average|rate)s?\b" % (_Y, _Y.replace("y>", "y2>")), "base"),
        (r"(?<='s )%s(?= (?:per |level|gdp|output|total|emission))" % _Y, "base"),
        (r"%s(?=(?:, (?:20|21)\d\d)*,? and (?:20|21)\d\d(?![\d,]))(?<!between \d\d\d\d)" % _Y, "target"),
        (r"%s as (?:the |a |its )?(?:base|baseline|reference)(?: year)?" % _Y, "base"),
        (r"as in %s(?!,?\d)|(?<=times )(?:that |those )?(?:of|in) %s(?!,?\d)" % (_Y, _Y.replace("y>", "y2>")), "base"),
        (r"\(?base year:? %s\)?|baseline:? %s" % (_Y, _Y.replace("y>", "y2>")), "base"),
        (r"(?:at|in) (?:constant )?%s (?:prices|dollars|money)" % _Y, "price"),
        (r"(?:(?:between|from|over|during|in|for)(?: the)? )?(?P<a>(?:19|20|21)\d\d) ?(?:(?:[-–~/]|to|and|through) ?(?P<y>(?:19|20|21)\d\d)|[-–/](?P<y2>\d\d)(?!\d))(?:[- ]period)?", "period"),
        (r"(?:(?:by|until|to|before|in|through|from|after|since|no later than|not later than|on or before|towards?)(?: the)?(?: end| close| year| start)?(?: of)? (?:the )?(?:year )?)?(?:(?:early|mid|late)[- ])?%s(?![\d,]*\d|s\b)(?! ?(?:percent|%%|km|mw|gw|tonnes|people|units|schools|new))" % _Y, "target"),
    ],
}  # fmt: skip
_PLAIN_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d|[.,]\d)")
_COMPILED = {lang: [(re.compile(pattern), role) for pattern, role in rules] for lang, rules in _RULES.items()}


@dataclass(frozen=True)
class Year:
    """A year in a statement: its span, the year, its role (target, base, from, period, price) and a period's first year."""

    start: int
    end: int
    year: int
    role: str
    first: int | None = None


def find_years(text: str, grammar: Grammar, reported_to: int) -> tuple[list[Year], str]:
    """Return the years of a normalised, lower-cased statement in order, and the text with them blanked."""
    source, years, lang = text, list[Year](), grammar.lang
    for pattern, role in _COMPILED[lang]:
        for match in pattern.finditer(text):
            year = _year(match, role, grammar.periods)
            if year is not None:
                years.append(year)
                text = blank(text, match.start(), match.end())
    known = [y for y in years if y.role not in ("ignored", "price")]
    return _resolved(sorted(known, key=lambda y: y.start), (text, source), lang, reported_to), text


def latest(years: Sequence[Year]) -> int | None:
    """Return the latest year that can be a target's, None without one."""
    return max((y.year for y in years if y.role in ("target", "period")), default=None)


def year_numbers(text: str) -> list[int]:
    """Return the four-digit years of a text."""
    return [int(year) for year in _PLAIN_YEAR.findall(text)]


def _year(match: "re.Match[str]", role: str, periods: Mapping[str, tuple[int, int]]) -> Year | None:
    groups = match.groupdict()
    if name := groups.get("name") or groups.get("plan"):
        if name not in periods:
            return None
        first, year = periods[name]
        named = {"ignored name": "ignored", "named base": "base", "named end": "target"}.get(role, "period")
        return Year(match.start(), match.end(), year, named, first if named == "period" else None)
    raw = groups.get("y") or groups.get("y2") or groups.get("y3") or ""
    if role == "period":
        first = int(groups["a"])
        year = int(raw) if len(raw) == 4 else first // 100 * 100 + int(raw)
        if not first < year <= first + 60:
            return None
        return Year(match.start(), match.end(), year, "period", first)
    if role == "target" and match.group().startswith(("from ", "since ", "с ", "со ", "начиная с ")):
        role = "from"
    return Year(match.start(), match.end(), int(raw), role)


def _resolved(years: list[Year], texts: tuple[str, str], lang: str, reported_to: int) -> list[Year]:
    """Decide years whose role depends on the others: the earlier of two behind a change is what it is counted from."""
    last, (text, source) = latest(years), texts
    resolved = []
    for year in years:
        role = year.role
        due = source[year.start : year.end].startswith(("к ", "до "))
        if role == "from":
            later = any(y.year > year.year and y.role in ("target", "period") for y in years)
            yearly = re.search(r"ежегод|annual|each year|every year", text)
            change = re.search(r"(?:percent|per cent|%|points?|times)$", text[: year.start].rstrip(" \ue000"))
            start = lang == "zh" and year.year <= reported_to
            role = (
                "base" if later or (change and year.year <= reported_to) or start else "start" if yearly else "target"
            )
        elif role == "target" and lang == "ru" and last is not None and year.year < last and not due:
            before = text[: year.start].rstrip(" \ue000")
            after_change = re.search(r"(?:процент\w*|%|раза?|п\.п\.|вдвое|втрое)$", before)
            later_before = any(
                y.year > year.year and y.end <= year.start and ";" not in text[y.end : year.start] for y in years
            )
            role = "base" if after_change and later_before else role
        elif role == "target" and lang == "ru" and year.year <= reported_to:
            before = text[: year.start].rstrip(" \ue000")
            role = "base" if re.search(r"(?:процент\w*|%|раза?|п\.п\.|вдвое|втрое)$", before) else role
        resolved.append(Year(year.start, year.end, year.year, role, year.first))
    return resolved
