"""Days of the law: the last day on which a notice is in time, and the day the register closes. Pure."""

import datetime


def last_notice_day(meeting_day: datetime.date, *, notice_days: int, ends_counted: bool) -> datetime.date:
    """The last lawful day to post the notice.

    Where neither the day of posting nor the day of the meeting counts (Spain, Ley 27/1999 art. 24), `notice_days`
    whole days lie between them:

    >>> last_notice_day(datetime.date(2026, 11, 28), notice_days=15, ends_counted=False)
    datetime.date(2026, 11, 12)
    >>> last_notice_day(datetime.date(2026, 11, 28), notice_days=15, ends_counted=True)
    datetime.date(2026, 11, 13)
    """
    return meeting_day - datetime.timedelta(days=notice_days if ends_counted else notice_days + 1)


def register_closing_day(meeting_day: datetime.date, *, days_before: int) -> datetime.date:
    """
    >>> register_closing_day(datetime.date(2026, 11, 28), days_before=15)
    datetime.date(2026, 11, 13)
    """
    return meeting_day - datetime.timedelta(days=days_before)
