# ruff: noqa: C405, E501 (patterns stay on one line)
"""Units as plans write them: recognised in three languages, named alike, converted only where nobody else uses them.

The physical unit stays as written (GW stays GW and is not turned into kW); only the unit's name is made the same in all
languages, so that a later comparison does not depend on the language. Chinese jin become kg and mu become ha.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

PERCENT, POINTS, PERMILLE, TIMES = "%", "pp", "‰", "x"
SHARES = (PERCENT, PERMILLE, POINTS, TIMES)
DURATIONS = ("years", "months", "weeks", "days", "working days", "hours", "minutes")
SIZES = ("t", "kt", "Mt", "kW", "MW", "GW", "m3")
"""Units in which the size of a plant stands in its name."""

_COMMON = [
    (r"%", PERCENT, 1.0),
    (r"‰", PERMILLE, 1.0),
    (r"(?:г|g)[вw][тt]?[·*\-./ ]?[чh](?!\w)", "GWh", 1.0),
    (r"(?:т|t)[вw][тt]?[·*\-./ ]?[чh](?!\w)", "TWh", 1.0),
    (r"(?:м|m)[вw][тt]?[·*\-./ ]?[чh](?!\w)", "MWh", 1.0),
    (r"(?:к|k)[вw][тt]?[·*\-./ ]?[чh](?!\w)", "kWh", 1.0),
    (r"(?:гвт|gw)(?![\w·*])", "GW", 1.0),
    (r"(?:твт|tw)(?![\w·*])", "TW", 1.0),
    (r"(?:мвт|mw)(?![\w·*])", "MW", 1.0),
    (r"(?:квт|kw)(?![\w·*])", "kW", 1.0),
    (r"mtoe(?!\w)", "Mtoe", 1.0),
    (r"mtce(?!\w)", "Mtce", 1.0),
    (r"toe(?!\w)", "toe", 1.0),
    (r"tce(?!\w)", "tce", 1.0),
    (r"mtpa(?!\w)", "Mt/yr", 1.0),
    (r"mt(?: of)?[ -]?(?:co2|carbon dioxide)(?:[- ]?eq?(?:uivalent)?)?(?!\w)", "MtCO2", 1.0),
    (r"gt(?: of)?[ -]?(?:co2|carbon dioxide)(?:[- ]?eq?(?:uivalent)?)?(?!\w)", "MtCO2", 1000.0),
    (r"kt(?: of)?[ -]?(?:co2|carbon dioxide)(?:[- ]?eq?(?:uivalent)?)?(?!\w)", "MtCO2", 0.001),
    (r"t(?:onnes? of )?[ -]?co2(?:[- ]?eq?(?:uivalent)?)?(?!\w)", "tCO2", 1.0),
    (r"gt(?!\w)", "Mt", 1000.0),
    (r"kt(?!\w)", "Mt", 0.001),
    (r"mt(?!\w)", "Mt", 1.0),
    (r"bcm(?!\w)", "bcm", 1.0),
    (r"(?:u|μ|µ)g/m3(?!\w)", "ug/m3", 1.0),
    (r"mg/l(?!\w)", "mg/l", 1.0),
    (r"km2(?!\w)", "km2", 1.0),
    (r"m2(?!\w)", "m2", 1.0),
    (r"m3(?!\w)", "m3", 1.0),
    (r"°c|℃", "°C", 1.0),
    (r"eflops(?!\w)", "EFLOPS", 1.0),
    (r"(?:g|г)(?:bps|бит/с|bit/s)(?!\w)", "Gbit/s", 1.0),
    (r"(?:m|м)(?:bps|бит/с|bit/s)(?!\w)", "Mbit/s", 1.0),
    (r"teu(?!\w)", "TEU", 1.0),
    (r"kms?(?!\w)", "km", 1.0),
    (r"ha(?!\w)", "ha", 1.0),
    (r"kg(?!\w)", "kg", 1.0),
    (r"nm(?!\w)", "nm", 1.0),
]
_ZH = [
    (r"个?百分点", POINTS, 1.0),
    (r"倍", TIMES, 1.0),
    (r"千瓦(?:·|•)?时|度电?(?![的上前])", "kWh", 1.0),
    (r"千瓦", "kW", 1.0),
    (r"兆瓦(?:·)?时", "MWh", 1.0),
    (r"兆瓦", "MW", 1.0),
    (r"吉瓦", "GW", 1.0),
    (r"吨(?:标准煤|标煤)", "tce", 1.0),
    (r"吨油当量", "toe", 1.0),
    (r"吨二氧化碳(?:当量)?", "tCO2", 1.0),
    (r"吨公里", "tkm", 1.0),
    (r"吨", "t", 1.0),
    (r"公斤|千克", "kg", 1.0),
    (r"克(?:标准煤|标煤|二氧化碳)?", "g", 1.0),
    (r"市?斤", "kg", 0.5),
    (r"亩", "ha", 1.0 / 15.0),
    (r"公顷", "ha", 1.0),
    (r"平方公里|平方千米", "km2", 1.0),
    (r"平方米", "m2", 1.0),
    (r"立方米|方(?=$|[，。；、])", "m3", 1.0),
    (r"公里|千米", "km", 1.0),
    (r"海里", "nautical miles", 1.0),
    (r"微克(?:/|每)立方米", "ug/m3", 1.0),
    (r"毫克(?:/|每)升", "mg/l", 1.0),
    (r"摄氏度", "°C", 1.0),
    (r"纳米", "nm", 1.0),
    (r"美元", "USD", 1.0),
    (r"欧元", "EUR", 1.0),
    (r"卢布", "RUB", 1.0),
    (r"元(?:人民币)?", "yuan", 1.0),
    (r"人次", "visits", 1.0),
    (r"人年", "persons", 1.0),
    (r"人(?![均口工才民大])", "persons", 1.0),
    (r"户", "households", 1.0),
    (r"标准?箱", "TEU", 1.0),
    (r"周?岁", "years", 1.0),
    (r"年(?!均|代|级|度|[^\W\d_]*计划)", "years", 1.0),
    (r"个?工作日", "working days", 1.0),
    (r"天|日", "days", 1.0),
    (r"个?小时", "hours", 1.0),
    (r"个?星期|周(?![岁年边期转])", "weeks", 1.0),
    (r"分钟", "minutes", 1.0),
    (r"个?月", "months", 1.0),
    (r"米", "m", 1.0),
]
ZH_MEASURES = "期列班趟篇份席队届笔单宗棵尾款幅集羽匹幢栋艇轮桶瓶包瓦个家项座条件张辆架艘所处套台名位次例种类批股对片根支只头口株枚颗册部场门间栋"
_RU = [
    (r"процентн\w+ пункт\w*|п\. ?п\.?(?!\w)", POINTS, 1.0),
    (r"процент(?:а|ов|ам|ами|ах|у|ом)?(?!\w)", PERCENT, 1.0),
    (r"промилле", PERMILLE, 1.0),
    (r"раза?(?!\w)", TIMES, 1.0),
    (r"гигаватт-час\w*", "GWh", 1.0),
    (r"киловатт-час\w*", "kWh", 1.0),
    (r"гигаватт\w*", "GW", 1.0),
    (r"мегаватт\w*", "MW", 1.0),
    (r"киловатт\w*", "kW", 1.0),
    (r"(?:т|тонн\w*) ?(?:у\. ?т\.?|условного топлива)", "tce", 1.0),
    (r"(?:т|тонн\w*) ?(?:н\. ?э\.?|нефтяного эквивалента)", "toe", 1.0),
    (r"(?:тонно-километр\w*|т-км|ткм)(?!\w)", "tkm", 1.0),
    (r"(?:тонн\w*|т)(?: co2(?:-экв\w*\.?)?| со2(?:-экв\w*\.?)?)", "tCO2", 1.0),
    (r"тонн\w*|т(?![\w.]\w|\w)\.?", "t", 1.0),
    (r"килограмм\w*|кг(?!\w)", "kg", 1.0),
    (r"куб(?:\.|ических|ического|ометр\w*) ?(?:м(?:етр\w*)?\b\.?)?|м3(?!\w)", "m3", 1.0),
    (r"кв\. ?км|квадратн\w+ километр\w*", "km2", 1.0),
    (r"кв(?:\.|адратн\w+)? ?м(?:етр\w*)?(?!\w)\.?|м2(?!\w)", "m2", 1.0),
    (r"километр\w*|км(?!\w)", "km", 1.0),
    (r"гектар\w*|га(?!\w)", "ha", 1.0),
    (r"мкг/(?:куб\. ?)?м3?(?!\w)", "ug/m3", 1.0),
    (r"нанометр\w*|нм(?!\w)", "nm", 1.0),
    (r"рубл\w+|руб\.?(?!\w)", "RUB", 1.0),
    (r"доллар\w*(?: [а-я]{3}(?!\w))?|долл\.?(?: [а-я]{3}(?!\w))?", "USD", 1.0),
    (r"юан\w+", "yuan", 1.0),
    (r"евро(?!\w)", "EUR", 1.0),
    (r"(?:рабочих|рабочие) (?:дней|дня|день)", "working days", 1.0),
    (r"человек\w*|чел\.(?!\w)?", "persons", 1.0),
    (r"(?:лет|года?|годам)(?!\w)", "years", 1.0),
    (r"(?:месяц\w*|мес\.)(?!\w)", "months", 1.0),
    (r"(?:суток|сутки|дней|дня|день)(?!\w)", "days", 1.0),
    (r"недел\w+", "weeks", 1.0),
    (r"час(?:а|ов)?(?!\w)", "hours", 1.0),
    (r"минут\w*|мин\.", "minutes", 1.0),
    (r"тэу(?!\w)|дфэ(?!\w)", "TEU", 1.0),
    (r"баррел\w+", "barrels", 1.0),
    (r"градус\w*(?: цельсия)?", "°C", 1.0),
    (r"метр(?:а|ов)?(?!\w)|м(?![\w.])", "m", 1.0),
]
_EN = [
    (r"percentage[- ]points?|pct points?|p\.?p\.?(?!\w)", POINTS, 1.0),
    (r"points?\b(?! of)", "points", 1.0),
    (r"per ?cent\b|pct\b", PERCENT, 1.0),
    (
        r"per mille?\b|per thousand\b(?! (?:people|live|births|residents|inhabitants|population|workers|persons))",
        PERMILLE,
        1.0,
    ),
    (r"times\b|-?fold\b|x(?!\w)", TIMES, 1.0),
    (r"gigawatt[- ]hours?", "GWh", 1.0),
    (r"megawatt[- ]hours?", "MWh", 1.0),
    (r"terawatt[- ]hours?", "TWh", 1.0),
    (r"kilowatt[- ]hours?", "kWh", 1.0),
    (r"gigawatts?", "GW", 1.0),
    (r"megawatts?", "MW", 1.0),
    (r"kilowatts?", "kW", 1.0),
    (r"(?:metric )?(?:tonnes?|tons?) of (?:standard coal(?: equivalent)?|coal equivalent)", "tce", 1.0),
    (r"(?:metric )?(?:tonnes?|tons?) of oil equivalent", "toe", 1.0),
    (r"(?:metric )?(?:tonnes?|tons?) of (?:co2|carbon dioxide)(?:[- ]equivalent)?", "tCO2", 1.0),
    (r"(?:tonne|ton)[- ]kilomet(?:re|er)s?", "tkm", 1.0),
    (r"(?:metric )?(?:tonnes?|tons?)\b|t(?!\w)", "t", 1.0),
    (r"kilograms?|kilogrammes?", "kg", 1.0),
    (r"jin\b|catt(?:y|ies)\b", "kg", 0.5),
    (r"mu\b", "ha", 1.0 / 15.0),
    (r"hectares?", "ha", 1.0),
    (r"micrograms? per cubic met(?:re|er)", "ug/m3", 1.0),
    (r"(?:square|sq\.?) (?:kilomet(?:re|er)s?|km)", "km2", 1.0),
    (r"(?:square|sq\.?) met(?:re|er)s?", "m2", 1.0),
    (r"cubic met(?:re|er)s?|cu\.? ?m\b", "m3", 1.0),
    (r"kilomet(?:re|er)s?", "km", 1.0),
    (r"nanomet(?:re|er)s?", "nm", 1.0),
    (r"met(?:re|er)s?\b", "m", 1.0),
    (r"yuan\b|rmb\b|renminbi\b", "yuan", 1.0),
    (r"(?:[a-z]{2} )?dollars?\b|usd\b|us\$|\$", "USD", 1.0),
    (r"euros?\b|eur\b", "EUR", 1.0),
    (r"roubles?\b|rubles?\b|rub\b", "RUB", 1.0),
    (r"people\b|persons?\b", "persons", 1.0),
    (r"weeks?\b", "weeks", 1.0),
    (r"years?\b(?![- ]olds?| plan)", "years", 1.0),
    (r"months?\b", "months", 1.0),
    (r"(?:working|business) days?\b", "working days", 1.0),
    (r"days?\b", "days", 1.0),
    (r"hours?\b", "hours", 1.0),
    (r"minutes?\b", "minutes", 1.0),
    (r"barrels?\b", "barrels", 1.0),
    (r"degrees?(?: celsius)?\b", "°C", 1.0),
]
_PREFIXED = [
    (r"(?:(?:us|u\.s\.)?\$|usd) ?$", "USD"),
    (r"(?:€|eur) ?$", "EUR"),
    (r"(?:¥|rmb|cny) ?$", "yuan"),
    (r"₽ ?$", "RUB"),
    (r"(?:`|₹|(?<![a-z])rs\.?) ?$", "INR"),
    (r"(?<![a-z])r ?$", "rand"),
]
_NOUN = {
    "ru": re.compile(r"[а-я][а-я-]{2,}"),
    "en": re.compile(r"(?:ev|ai|it)(?= )|[a-z][a-z-]{2,}"),
}
_NOT_A_UNIT = {
    "ru": set(["для", "при", "или", "что", "как", "это", "год", "года", "году", "годов", "годы", "более", "менее", "выше", "ниже", "раз", "также", "чтобы", "лет", "июня", "июля", "мая", "января", "февраля", "марта", "апреля", "августа", "сентября", "октября", "ноября", "декабря"]),
    "en": set(["and", "the", "for", "per", "with", "from", "that", "this", "than", "more", "less", "above", "below", "was", "were", "are", "has", "have", "into", "over", "under", "between", "during", "within", "until", "will", "shall", "should", "must", "fewer", "through", "across", "among", "via", "who", "which", "whose", "where", "when", "while", "because", "against", "since", "after", "before", "also", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "levels", "level"]),
}  # fmt: skip
_ATTRIBUTE = {
    "ru": re.compile(r"\w+(?:ых|их|ого|его|ой|ые|ие|ую|ным|ими|ыми)"),
    "en": re.compile(
        r"(?:ev|ai|it|ict|new|additional|more|small|large|modern|domestic\w*|high|highly|skilled|qualified|clean|green|public|private|extra|other|further|newly|local|national|foreign|international|major|key|rural|urban|electric|fast|smart|affordable|industrial|direct|indirect|learning|border|built|young|\w+-\w+|\w+al|\w+ic|\w+ed|\w+ly)"
    ),
}
_SPACE = re.compile(r"[ -]?")


@dataclass(frozen=True)
class Unit:
    """A unit found behind a number: its name, the factor of the conversion, where it ends, and whether it is known."""

    name: str
    factor: float
    end: int
    known: bool


@lru_cache(maxsize=3)
def _table(lang: str) -> tuple[tuple["re.Pattern[str]", str, float], ...]:
    rows = {"zh": _ZH, "ru": _RU, "en": _EN}[lang] + _COMMON
    return tuple((re.compile(pattern), name, factor) for pattern, name, factor in rows)


def unit_at(text: str, position: int, lang: str) -> Unit | None:
    """Return the unit that stands behind a number at `position` of a normalised, lower-cased text; None without one.

    A counted noun that is no unit of measurement is its own unit, as written, and not `known`.
    """
    start = _SPACE.match(text, position).end()  # type: ignore[union-attr]
    best: Unit | None = None
    for pattern, name, factor in _table(lang):
        if (match := pattern.match(text, start)) and match.end() > start and (best is None or match.end() > best.end):
            best = Unit(name, factor, match.end(), True)
    if best is not None:
        return best
    if lang == "zh":
        counted = re.compile(f"[{ZH_MEASURES}]|[\u4e00-\u9fff](?=左右|以上|以下|以内|上下)").match(text, start)
        return Unit(counted.group(), 1.0, counted.end(), False) if counted else None
    noun = _NOUN[lang].match(text, start)
    while noun and text[noun.end() : noun.end() + 1] == " ":
        following = _NOUN[lang].match(text, noun.end() + 1)
        if following is None or following.group() in _NOT_A_UNIT[lang]:
            break
        if not _ATTRIBUTE[lang].fullmatch(noun.group()) and not _names_the_kind(noun.group(), following.group(), lang):
            break
        noun = following
    if noun and noun.group() not in _NOT_A_UNIT[lang]:
        return Unit(noun.group(), 1.0, noun.end(), False)
    return None


def _names_the_kind(noun: str, following: str, lang: str) -> bool:
    """Say whether a singular noun only tells of which kind the plural behind it is (12 dry ports, 40 school buses)."""
    return lang == "en" and not noun.endswith("s") and bool(re.fullmatch(r"[a-z-]{2,}[^s]s", following))


def currency_before(text: str, position: int) -> tuple[int, str] | None:
    """Return start and name of a currency sign that stands in front of a number."""
    for pattern, name in _PREFIXED:
        if match := re.search(pattern, text[max(0, position - 8) : position]):
            return max(0, position - 8) + match.start(), name
    return None


def named_unit(label: str, lang: str) -> tuple[float, str]:
    """Return factor and name of a unit that stands alone, as in a table's heading; (1, label) where it is not known.

    Scale words in front are multiplied out: the label of 10,000 persons has the factor 10,000.
    """
    from isthmus.plans.numbers import SCALES

    text, factor = label.strip().lower(), 1.0
    scaled = True
    while scaled:
        scaled = False
        for pattern, size in SCALES[lang].items():
            if match := re.match(pattern, text):
                text, factor, scaled = text[match.end() :].strip(), factor * size, True
                break
    unit = unit_at(text, 0, lang) if text else None
    if unit is None or (not unit.known and lang != "zh"):
        return factor, text
    rest = text[unit.end :].strip()
    for pattern, size in SCALES[lang].items():
        if match := re.match(pattern, rest):
            factor, rest = factor * size, rest[match.end() :].strip()
            break
    return factor * unit.factor, unit.name + (f" {rest}" if rest.startswith(("/", "на", "per")) else "")
