"""Courses that offices ask for, and what is signed for the house."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.oversight import commitments, commitments_signed
from coop.pages.people import courses, courses_entered

ADDRESSES: list[URLPattern | URLResolver] = [
    path("courses/", courses.courses, name="courses"),
    path("courses/new/", courses_entered.name, name="course-name"),
    path("courses/<key:key>/", courses.page, name="course"),
    path("courses/<key:key>/ask/", courses_entered.ask, name="course-ask"),
    path("courses/<key:key>/done/", courses_entered.done, name="course-done"),
    path("courses/<key:key>/printed/", courses.printed, name="course-printed"),
    path("courses/asked/<key:key>/", courses_entered.settle_asked, name="course-asked-settle"),
    path("courses/on-record/<key:key>/", courses_entered.settle_done, name="course-done-settle"),
    path("signed/", commitments.commitments, name="commitments"),
    path("signed/new/", commitments_signed.enter_one, name="commitment-enter"),
    path("signed/<key:key>/", commitments.page, name="commitment"),
    path("signed/<key:key>/second/", commitments_signed.second, name="commitment-second"),
    path("signed/<key:key>/refuse/", commitments_signed.refuse, name="commitment-refuse"),
    path("signed/<key:key>/printed/", commitments.printed, name="commitment-printed"),
]
