from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from takatuf.vocabulary.time import (
    day,
    end_of_day,
    instant_text,
    parse_date,
    parse_instant,
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "normal"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31), "2017"),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28), "2017-02"),
        ("2017-06-14", date(2017, 6, 14), date(2017, 6, 14), "2017-06-14"),
        ("٢٠١٧-٠٦-١٤", date(2017, 6, 14), date(2017, 6, 14), "2017-06-14"),
        ("9 March 2016", date(2016, 3, 9), date(2016, 3, 9), "2016-03-09"),
        ("Mar 2016", date(2016, 3, 1), date(2016, 3, 31), "2016-03"),
        ("about 9 March 2016", date(2016, 3, 9), date(2016, 3, 9), "about 2016-03-09"),
        ("2012-2016", date(2012, 1, 1), date(2016, 12, 31), "2012-2016"),
        ("late 2016", date(2016, 10, 1), date(2016, 12, 31), "late 2016"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(
    text: str, earliest: date, latest: date, normal: str
) -> None:
    read = parse_date(text)

    assert (read.earliest, read.latest, str(read)) == (earliest, latest, normal)
    assert parse_date(str(read)) == read


@pytest.mark.parametrize(
    "text", ["", "3/4/2017", "2017-13", "2017-02-30", "soon", "45352", "9 Foo 2016", "2016-2012"]
)
def test_a_date_with_no_reading_or_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_date(text)


def test_dates_touch_overlap_or_lie_apart() -> None:
    assert parse_date("2017").gap_days(parse_date("2017-06-14")) == 0
    assert parse_date("2017-06-14").gap_days(parse_date("2017-06-20")) == 6
    assert parse_date("2017-06-20").gap_days(parse_date("2017-06-14")) == 6
    assert parse_date("about 2017-06-14").gap_days(parse_date("2017-06-20")) == 0


def test_a_whole_day_is_a_known_date() -> None:
    assert day(date(2017, 6, 14)) == parse_date("2017-06-14")


def test_an_instant_must_say_its_offset_and_comes_back_in_utc() -> None:
    damascus = timezone(timedelta(hours=3))
    noon = datetime(2017, 6, 14, 12, tzinfo=damascus)

    assert instant_text(noon) == "2017-06-14T09:00:00.000000+00:00"
    assert parse_instant(instant_text(noon)) == noon
    with pytest.raises(ValueError, match="2017"):
        parse_instant("2017-06-14T12:00:00")
    with pytest.raises(ValueError, match="2017"):
        instant_text(datetime(2017, 6, 14, 12))  # noqa: DTZ001 - the mistake under test


def test_what_is_published_on_a_day_is_known_at_its_end() -> None:
    assert end_of_day(date(2017, 6, 14)) == datetime(2017, 6, 14, 23, 59, 59, 999999, tzinfo=UTC)
