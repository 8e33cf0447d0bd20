"""The file of a closed urn, from its rows."""

from __future__ import annotations

from ..acta.terms import terms_of
from ..models import AgreedSheet, Ballot, FinalEnvelope, TellerSheet
from ..printed import printed
from . import file as urn_file


def file_of(ballot: Ballot) -> str:
    """Of a ballot that is closed or counted, with its urn. A handful of queries and one for each question."""
    urn = ballot.sealed_urn
    sheets = AgreedSheet.objects.filter(ballot=ballot, subject=TellerSheet.Subject.VOTES).order_by("pk")
    bodies = FinalEnvelope.objects.filter(ballot=ballot).order_by("tracker").values_list("body", flat=True)
    questions = []
    for question in ballot.questions.prefetch_related("options", "reserved"):
        options = sorted(question.options.all(), key=lambda option: option.number)
        questions.append(
            urn_file.Asked(
                wording=question.wording,
                labels={option.code: option.label or option.code for option in options},
                paper=printed(question, [option.code for option in options]),
                terms=terms_of(ballot, question),
            )
        )
    return urn_file.written(
        urn_file.Urn(
            title=ballot.title,
            house=ballot.cooperative.legal_name,
            mark=urn.mark,
            need=urn.need,
            root=urn.root or "",
            public_key=bytes(urn.public_key or b""),
            keepers={
                trustee.place: (trustee.member.name, bytes(trustee.salt or b""))
                for trustee in urn.trustees.select_related("member")
            },
            blobs={tuple(piece.holders): bytes(piece.blob) for piece in urn.keys.all()},
            questions=tuple(questions),
            sheets=tuple((sheet.channel, sheet.figures) for sheet in sheets),
            bodies=tuple(bytes(body) for body in bodies),
        )
    )
