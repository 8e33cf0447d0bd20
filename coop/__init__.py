"""Asamblea: the tool with which the workers of a self-managed plant govern it.

A decision is a river: proposal -> ballot -> tally -> decision -> minutes. Each package is a stage of it, and knows
only what lies upstream (`make check` holds this):

    journal, refusals   what was done, by whom, when; how the code says no
    charter             the co-operative and its bylaws: every number
    members             accounts, register, departments, crews, bodies, seats, offices, mandates
    keys                sessions, known devices, counted guesses, printed codes, passkeys, tablets at the gate
    intake              lists from spreadsheets: read, judged row by row, confirmed, entered, taken back
    documents           statute, rules, agreements, in versions that two people have signed
    ballots             the sealed box and the count; knows no proposals
    budget              years, lines, what was spent, what balances
    pay                 the scale, supplements, the ratio of each month
    production          problems, handover of shifts, plan and output, prices and sales
    proposals           motions, their clauses and supporters; knows no ballots
    elections           who holds an office and how they lose it; knows no proposals
    decisions           puts a proposal into the box, reads the tally, numbers it
    meetings            agenda, attendance, quorum, minutes
    in_office           what somebody does in an office: questions, urgent decisions, second signatures, handover
    oversight           the auditor: findings, counts, reports, appeals
    search              words found again in everything that was written
    pages               the only place that speaks HTTP;  demo: an invented plant, played in by the real actions
    urls                every address, a module for each room

Beside the river stand what runs it: settings and environment, postgres (how a connection is looked at),
local_postgres (the embedded database), database_roles (who may do what in it), asked_often (questions of
every request), typeset (paper), serve (`make run`), wsgi.

In each stage: `models` are facts and constraints, `rules` answer "may I?" with a list of reasons, `actions` are the
only writers. Read tests/journeys/test_from_proposal_to_minutes.py first.
"""
