"""Proposals, amendments, agreements, documents, and what comes from the books."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.agreements import acts, agreements, articles, printed
from coop.pages.books import archive, documents, numbers
from coop.pages.proposals import (
    amendments,
    amendments_ended,
    amendments_joined,
    amendments_led,
    amendments_printed,
    amendments_written,
    desk,
    earlier_decisions,
    life,
    proposals,
    versions,
)

ADDRESSES: list[URLPattern | URLResolver] = [
    # proposals
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/write/", desk.write, name="proposal-write"),
    path("proposals/<key:key>/", proposals.proposal, name="proposal"),
    path("proposals/<key:key>/rewrite/", desk.rewrite, name="proposal-rewrite"),
    path("proposals/<key:key>/publish/", desk.publish, name="proposal-publish"),
    path("proposals/<key:key>/support/", proposals.support, name="proposal-support"),
    path("proposals/<key:key>/withdraw/", desk.withdraw, name="proposal-withdraw"),
    path("proposals/<key:key>/take-over/", life.take_over, name="proposal-take-over"),
    path("proposals/<key:key>/refuse/", life.refuse, name="proposal-refuse"),
    path("proposals/<key:key>/earlier/", earlier_decisions.name, name="proposal-earlier"),
    path("proposals/earlier/<key:key>/strike/", earlier_decisions.strike, name="ending-strike"),
    path("proposals/<key:key>/amend/", amendments_written.amend, name="proposal-amend"),
    path("proposals/<key:key>/common/", amendments_joined.common, name="proposal-common"),
    path("proposals/<key:key>/block/", amendments_joined.block, name="proposal-block"),
    path("proposals/<key:key>/order/", amendments.order, name="proposal-order"),
    path("proposals/<key:key>/as-it-stands/", amendments.as_it_stands, name="proposal-as-it-stands"),
    path("proposals/<key:key>/versions/", versions.compared, name="proposal-versions"),
    # amendments
    path("amendments/<key:key>/", amendments.amendment, name="amendment"),
    path("amendments/<key:key>/printed/", amendments_printed.printed, name="amendment-printed"),
    path("amendments/<key:key>/amend/", amendments_written.amend_again, name="amendment-amend"),
    path("amendments/<key:key>/sign/", amendments.sign, name="amendment-sign"),
    path("amendments/<key:key>/accept/", amendments.accept, name="amendment-accept"),
    path("amendments/<key:key>/withdraw/", amendments_ended.withdraw, name="amendment-withdraw"),
    path("amendments/<key:key>/turn-down/", amendments_ended.turn_down, name="amendment-turn-down"),
    path("amendments/<key:key>/council/", amendments_led.back, name="amendment-back"),
    path("amendments/<key:key>/contrary/", amendments_led.contrary, name="amendment-contrary"),
    path("amendments/<key:key>/move/", amendments_led.move, name="amendment-move"),
    path("amendments/parts/<key:key>/agree/", amendments.agree, name="amendment-agree"),
    # the collective agreement
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/begin/", acts.begin, name="agreement-begin"),
    path("agreements/<key:key>/", agreements.agreement, name="agreement"),
    path("agreements/<key:key>/text/", printed.text, name="agreement-text"),
    path("agreements/<key:key>/printed/", printed.printed, name="agreement-printed"),
    path("agreements/<key:key>/days/", acts.set_days, name="agreement-set"),
    path("agreements/<key:key>/articles/add/", acts.add_article, name="article-add"),
    path("agreements/<key:key>/timetable/add/", acts.add_step, name="agreement-step"),
    path("agreements/<key:key>/lay-before/", acts.lay_before, name="agreement-lay-before"),
    path("agreements/timetable/<key:key>/done/", acts.do_step, name="agreement-step-done"),
    path("agreements/articles/<key:key>/", articles.article, name="article"),
    path("agreements/articles/<key:key>/write/", articles.write, name="article-write"),
    path("agreements/articles/<key:key>/state/", articles.stands, name="article-state"),
    path("agreements/articles/<key:key>/hand-on/", articles.hand_on, name="article-hand-on"),
    path("agreements/articles/<key:key>/comment/", articles.comment, name="article-comment"),
    # documents
    path("documents/", documents.documents, name="documents"),
    path("documents/enter/", archive.enter_document, name="document-enter"),
    path("documents/<key:number>/", documents.document, name="document"),
    path("documents/<key:number>/versions/add/", archive.add_version, name="version-add"),
    path("documents/<key:number>/versions/<key:version>/", documents.version, name="version"),
    path("documents/<key:number>/versions/<key:version>/changes/", documents.changes, name="version-changes"),
    path("documents/<key:number>/versions/<key:version>/file/", documents.file, name="version-file"),
    path("documents/<key:number>/versions/<key:version>/paper/", documents.paper, name="version-printed"),
    path(
        "documents/<key:number>/versions/<key:version>/countersign/",
        archive.countersign,
        name="version-countersign",
    ),
    # from the books
    path("carried-over/", numbers.carried_over, name="carried-over"),
    path("carried-over/number/", numbers.number, name="carried-over-number"),
    path(
        "carried-over/number/<key:key>/countersign/",
        numbers.countersign,
        name="carried-over-number-countersign",
    ),
]
