# ruff: noqa: E501 (sentences stay on one line)
"""Targets told at a meeting or in an interview: in the first person, beside facts of the present and with the verb behind."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.extract import Extraction
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets


def read(text: str) -> Extraction:
    return extract_document(Document("meeting.txt", None, tuple(blocks_of(text))))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Мы открыли за последний год 14 яслей, и ещё 12 яслей мы построим в следующую пятилетку.", [12]),
        ("Ещё задача на пятилетку – следующие 25 мостов построить.", [25]),
        ("Мы к 2038 году 60 причалов капитально отремонтируем.", [60]),
        ("Задача на пятилетку – ещё 900 трамваев обновить и достичь среднего возраста трамваев 4,5 года.", [900, 4.5]),
        ("У нас большие планы: фактически удвоить количество построенных катков.", [2]),
        ("Мы и дальше ставим цель, чтобы 75 процентов учеников после курсов находили работу.", [75]),
        ("Также мы готовимся к строительству 15 больших обсерваторий.", [15]),
        ("Сейчас поставлена задача – разработать планы 90 портов.", [90]),
        ("У нас к 2039 году таких читален будет уже 90, куда приходят люди.", [90]),
        ("В следующем году откроем ещё два дока.", [2]),
        ("В прошлом году построили 820 тысяч квадратных метров, в этом году выйдем на 900 тысяч.", [900e3]),
        ("На сегодняшний день отремонтировано 85 процентов причалов, к концу 2038 года выйдем на 95 процентов.", [95]),
        ("Будем строить по миллиону квадратных метров складов в год.", [1e6]),
        ("Уже в этом году 12 тысяч семей получат места.", [12000]),
        ("По итогам года ожидаем рост перевозок на 6 процентов.", [6]),
        ("На 2038 год запланировано 35 объектов ремонта.", [35]),
        ("У нас задача – войти в десятку лучших портов по обороту.", [10]),
        ("Средний возраст катеров снизится с 12 до 6 лет.", [6]),
        ("Подана заявка, сформирован участок, планируется расширение причала до 12 тыс. кв. м.", [12000]),
    ],
)
def test_what_a_speaker_will_do_is_an_aim(text: str, values: list[float]) -> None:
    assert [t.value for t in extract_targets(text, reported=2034, with_words=False)] == values


@pytest.mark.parametrize(
    "text",
    [
        "У нас выявление сегодня – 500 человек на 100 тысяч.",
        "Сегодня канал восстановлен, и в период навигации до 200 судов в год он благополучно пропускает.",
        "Здесь можно даже увидеть: количество осмотров мы серьёзно увеличили – больше чем в два раза.",
        "Кстати, 16 июня будет 90-летие верфи.",
        "Возраст участников – от 7 до 21 года.",
        "Сейчас у нас 32 тысячи мест, надо строить дальше.",
        "Огромная сеть в порту – больше 900 кранов.",
        "Они в конце 80-х перестали действовать.",
    ],
)
def test_what_a_speaker_says_of_today_is_no_aim(text: str) -> None:
    assert extract_targets(text, reported=2034, with_words=False) == []


def test_what_a_speaker_will_do_needs_no_other_aims_around_it() -> None:
    facts = [f"В порту сейчас {n} кранов." for n in range(21, 31)]
    said = "Мы построим ещё 12 причалов."
    assert [t.value for t in read("\n".join([*facts[:5], said, *facts[5:]])).targets] == [12]


def test_the_time_of_a_meeting_dates_what_is_said_of_this_year() -> None:
    opens = "Встреча с начальником порта. 4 апреля 2035 года 14:00 Порт. Он рассказал о работе.\n"
    found = read(opens + "В этом году мы добавим ещё 200 тысяч книг, а к 2040 году планируется один миллион.").targets
    assert [(t.value, t.year) for t in found if t.value] == [(200e3, 2035), (1e6, 2040)]


def test_what_is_expected_of_a_year_of_reports_is_not_due_at_the_end_of_the_plan() -> None:
    text = "# План развития порта на 2036-2040 годы\n1 марта 2036 года\nВ 2035 году ожидается, что индекс цен составит 104,2% к уровню предыдущего года.\nК 2040 году отгрузка составит 9 млн т."
    assert [t.value for t in read(text).targets] == [9e6]


def test_a_verb_between_two_nouns_of_change_keeps_their_directions_apart() -> None:
    text = "Целевым показателем повышения эффективности порта является снижение энергоемкости на 12 процентов."
    assert [t.value for t in extract_targets(text, with_words=False)] == [-12]


def test_a_multiple_with_a_bound_in_it_is_read() -> None:
    (target,) = extract_targets("снизить в более чем 4 раза уровень потерь;", with_words=False)
    assert (target.kind, target.value, target.direction) == ("multiple", 0.25, "down")


def test_a_word_with_two_dots_is_no_part_of_a_name() -> None:
    (target,) = extract_targets("Доля сухогрузов возрастёт к 2038 году до 40 %.", with_words=False)
    assert target.indicator == "Доля сухогрузов"
