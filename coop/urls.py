"""Every address on one screen, grouped by noun, the verb last. Ids have at most 18 digits: none overflows a bigint."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from coop.pages import (
    admissions,
    applications,
    asking,
    ballots,
    bylaws,
    calling,
    corrections,
    cards,
    carried_over,
    claims,
    decisions,
    desk,
    discipline,
    door,
    eligibility,
    enrolment,
    errors,
    floor,
    hall,
    hired,
    home,
    hours,
    journal,
    meetings,
    members,
    minutes,
    not_reached,
    numbers,
    offices,
    old_decisions,
    people_list,
    plant,
    proposals,
    records,
    registers,
    rota,
    resets,
    sessions,
    standings,
    stays,
    verdicts,
)


class Key:
    """A positive number of at most 18 digits."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Key, "key")

inside: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # the door
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/as/", door.sign_in_as, name="sign-in-as"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("enrol/", enrolment.by_code, name="enrol-by-code"),
    path("me/reset/", resets.acknowledge, name="reset-acknowledge"),
    path("enrol/<str:token>/", enrolment.enrol, name="enrol"),
    path("me/sessions/", sessions.sessions, name="me-sessions"),
    path("me/sessions/end/", sessions.end, name="me-session-end"),
    path("me/sessions/end-others/", sessions.end_others, name="me-sessions-end-others"),
    # rules and record
    path("bylaws/", bylaws.bylaws, name="bylaws"),
    path("bylaws/<key:version>/", bylaws.version, name="bylaws-version"),
    path("journal/", journal.journal, name="journal"),
    # people
    path("members/", people_list.members, name="members"),
    path("members/hired/", hired.page, name="members-hired"),
    path("members/hired/hours/", hours.enter_hours, name="members-hired-hours"),
    path("members/<key:number>/letter/", asking.letter, name="member-letter"),
    path("members/not-reached/", not_reached.page, name="members-not-reached"),
    path("members/not-reached/printed/", not_reached.printed, name="members-not-reached-printed"),
    path("members/views/save/", people_list.save_view, name="members-view-save"),
    path("members/views/<key:key>/drop/", people_list.drop_view, name="members-view-drop"),
    path("members/<key:number>/", members.member, name="member"),
    path("members/enter/", admissions.person, name="member-enter"),
    path("applications/", applications.applications, name="applications"),
    path("applications/write/", applications.write, name="application-write"),
    path("applications/<key:key>/", applications.application, name="application"),
    path("applications/<key:key>/admit/", verdicts.admit, name="application-admit"),
    path("applications/<key:key>/refuse/", verdicts.refuse, name="application-refuse"),
    path("applications/<key:key>/appeal/", verdicts.appeal, name="application-appeal"),
    path("applications/<key:key>/withdraw/", verdicts.withdraw, name="application-withdraw"),
    path("members/<key:number>/ask/", applications.ask, name="member-ask"),
    path("members/<key:number>/move/", standings.move, name="member-move"),
    path("members/<key:number>/absence/", standings.absence, name="member-absence"),
    path("members/<key:number>/back/", standings.back, name="member-back"),
    path("members/<key:number>/notice/", standings.notice, name="member-notice"),
    path("members/<key:number>/gone/", standings.gone, name="member-gone"),
    path("members/<key:number>/renew/", stays.renew, name="member-renew"),
    path("members/<key:number>/rejoin/", stays.rejoin, name="member-rejoin"),
    path("members/<key:number>/suspend/", discipline.suspend, name="member-suspend"),
    path("members/<key:number>/suspension/appeal/", discipline.appeal, name="member-suspension-appeal"),
    path("members/<key:number>/suspension/uphold/", discipline.uphold, name="member-suspension-uphold"),
    path("members/<key:number>/expel/", discipline.expel, name="member-expel"),
    path("members/<key:number>/correct/", corrections.correct, name="member-correct"),
    path(
        "members/<key:number>/standings/<key:key>/strike/",
        corrections.strike_standing,
        name="member-standing-strike",
    ),
    path(
        "members/<key:number>/postings/<key:key>/strike/",
        corrections.strike_posting,
        name="member-posting-strike",
    ),
    path("members/<key:number>/sessions/end/", sessions.end_of, name="member-sessions-end"),
    path("members/<key:number>/card/", members.card, name="member-card"),
    path("members/<key:number>/card/countersign/", members.countersign, name="member-card-countersign"),
    path("cards/", cards.cards, name="cards"),
    path("plant/", plant.page, name="plant"),
    path("plant/rota/", rota.change, name="plant-rota"),
    path("plant/rota/<key:key>/withdraw/", rota.withdraw, name="plant-rota-withdraw"),
    path("plant/departments/add/", plant.add_department, name="plant-department-add"),
    path("plant/crews/add/", plant.add_crew, name="plant-crew-add"),
    path("offices/", offices.offices, name="offices"),
    path("mandates/carry-over/", carried_over.mandate, name="carried-over-mandate"),
    path("mandates/<key:key>/confirm/", offices.confirm, name="mandate-confirm"),
    path("mandates/<key:key>/turn-down/", carried_over.turn_down_mandate, name="mandate-refuse"),
    # proposals
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/write/", desk.write, name="proposal-write"),
    path("proposals/<key:key>/", proposals.proposal, name="proposal"),
    path("proposals/<key:key>/rewrite/", desk.rewrite, name="proposal-rewrite"),
    path("proposals/<key:key>/publish/", desk.publish, name="proposal-publish"),
    path("proposals/<key:key>/support/", proposals.support, name="proposal-support"),
    path("proposals/<key:key>/withdraw/", desk.withdraw, name="proposal-withdraw"),
    # meetings
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/prepare/", calling.prepare, name="meeting-prepare"),
    path("meetings/<key:key>/", meetings.meeting, name="meeting"),
    path("meetings/<key:key>/items/add/", calling.add_item, name="item-add"),
    path("meetings/<key:key>/items/<key:number>/remove/", calling.remove_item, name="item-remove"),
    path("meetings/<key:key>/convene/", calling.convene, name="meeting-convene"),
    path("meetings/<key:key>/cancel/", calling.cancel, name="meeting-cancel"),
    path("meetings/<key:key>/notice/", meetings.notice, name="meeting-notice"),
    path("meetings/<key:key>/check-in/", meetings.check_in, name="meeting-check-in"),
    path("meetings/<key:key>/leave/", meetings.leave, name="meeting-leave"),
    path("meetings/<key:key>/hall/", hall.hall, name="hall"),
    path("meetings/<key:key>/register/", records.register, name="meeting-register"),
    path("meetings/<key:key>/attendance/", records.attendance, name="attendance"),
    path("meetings/<key:key>/sittings/<key:number>/open/", records.open_sitting, name="sitting-open"),
    path("meetings/<key:key>/sittings/<key:number>/close/", records.close_sitting, name="sitting-close"),
    path("meetings/<key:key>/signers/", records.signers, name="meeting-signers"),
    path("meetings/<key:key>/items/<key:number>/vote/", floor.open_vote, name="vote-open"),
    path("meetings/<key:key>/items/<key:number>/vote/close/", floor.close_vote, name="vote-close"),
    path("meetings/<key:key>/close/", floor.close_meeting, name="meeting-close"),
    # minutes
    path("meetings/<key:key>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<key:key>/minutes/<key:number>/", minutes.note, name="minutes-note"),
    path("meetings/<key:key>/minutes/close/", minutes.close, name="minutes-close"),
    # from the books
    path("carried-over/", numbers.carried_over, name="carried-over"),
    path("carried-over/number/", numbers.number, name="carried-over-number"),
    path(
        "carried-over/number/<key:key>/countersign/",
        numbers.countersign,
        name="carried-over-number-countersign",
    ),
    # registers of voters
    path("registers/", registers.registers, name="registers"),
    path("registers/<key:key>/", registers.register, name="register"),
    path("registers/<key:key>/printed/", registers.printed, name="register-printed"),
    path("registers/<key:key>/claims/", claims.claims, name="register-claims"),
    path("registers/<key:key>/claims/make/", claims.make, name="register-claim"),
    path("claims/<key:key>/", claims.claim, name="claim"),
    path("claims/<key:key>/decide/", claims.decide, name="claim-decide"),
    path("me/eligibility/", eligibility.eligibility, name="my-eligibility"),
    # votes and decisions
    path("ballots/<key:key>/", ballots.ballot, name="ballot"),
    path("ballots/<key:key>/turnout/", ballots.turnout, name="ballot-turnout"),
    path("ballots/<key:key>/result/", ballots.result, name="ballot-result"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<key:key>/", decisions.decision, name="decision"),
    path("decisions/from-the-book/copy/", old_decisions.copy, name="old-decision-copy"),
    path("decisions/from-the-book/<key:key>/", old_decisions.old_decision, name="old-decision"),
    path(
        "decisions/from-the-book/<key:key>/countersign/",
        old_decisions.countersign,
        name="old-decision-countersign",
    ),
]

urlpatterns = [
    path("", door.doorstep, name="doorstep"),
    path("health/", door.health, name="health"),
    path("language/", door.language, name="language"),
    path("<slug:coop>/", include(inside)),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
