"""What is told about the shop floor. Codes and parameters come from the rules of production."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

SENTENCES: dict[str, Any] = {
    # places
    "area-there-already": gettext_lazy("The department has a place called %(area)s already."),
    "area-given-up": gettext_lazy("The place %(area)s was given up. Choose another one."),
    "area-has-problems": ngettext_lazy(
        "%(number)s problem of this place is not settled yet.",
        "%(number)s problems of this place are not settled yet.",
        "number",
    ),
    # raising
    "problem-without-words": gettext_lazy("Say it in a few words."),
    "photos-too-many": gettext_lazy("A problem has %(most)s photos at most."),
    "photo-empty": gettext_lazy("The file is empty. Take the photo again."),
    "photo-too-heavy": gettext_lazy("A photo has %(megabytes)s MB at most. Take it with a lower resolution."),
    "photo-too-large": gettext_lazy(
        "The photo has more than %(megapixels)s million points. Take it with a lower resolution."
    ),
    "photo-unknown": gettext_lazy("That is no photo that can be read here: JPEG, PNG and WebP are."),
    "photo-broken": gettext_lazy("The photo is damaged, or it did not arrive whole. Send it again."),
    "photo-is-more": gettext_lazy("That file is something else besides a photo. It was not kept."),
    "said-already": gettext_lazy("You have said so already."),
    # what is said and done
    "said-elsewhere": gettext_lazy("That is not said in a note; there is a button of its own for it."),
    "answers-for-no-such-place": gettext_lazy(
        "Those who answer for %(department)s do this: its council, and whoever leads its production meetings."
    ),
    "measure-incomplete": gettext_lazy("A measure has a name, and a figure from before."),
    "measure-too-large": gettext_lazy("That figure is too large. Choose another unit."),
    "priority-stays": gettext_lazy("It has that priority already."),
    "problem-not-there": gettext_lazy(
        "%(problem)s is not where this could be done. State now: %(standing)s."
    ),
    "line-stands-still": gettext_lazy(
        "The line stands still because of this. The stop is lifted first, by two."
    ),
    "nobody-closes-alone": gettext_lazy(
        "You said that it is solved. Somebody else confirms it; nobody closes a problem alone."
    ),
    "who-raised-it-confirms": gettext_lazy(
        "Whoever raised it confirms that it is solved. The council does so when they are gone, unnamed, or said themselves that it is solved."
    ),
    "problem-of-others": gettext_lazy(
        "Whoever raised it, whoever said that they have it too, and the council can say that it is not solved."
    ),
    "nothing-above": gettext_lazy("It is before the assembly; there is nothing above."),
    "nothing-below": gettext_lazy("It is on the shop floor; there is nothing below."),
    "level-of-others": gettext_lazy("Those before whom it stands answer: %(level)s."),
    "joined-to-itself": gettext_lazy("Choose another problem of this plant."),
    "others-are-joined": gettext_lazy(
        "Other problems are joined to %(problem)s. Join this one to that one the other way round."
    ),
    "no-problems-before": gettext_lazy("No problems of production come before %(body)s."),
    # stopping the line
    "stop-lifted": gettext_lazy("The stop has been lifted already."),
    "stop-asked-already": gettext_lazy(
        "Somebody has said already that it may run again. Another person lifts the stop."
    ),
    "stop-not-asked": gettext_lazy(
        "First somebody says what was done to make it safe; then another person lifts the stop."
    ),
    "stop-without-words": gettext_lazy("Say what was done to make it safe."),
    "stop-needs-somebody-else": gettext_lazy(
        "You said that it may run again. Another person looks, and lifts the stop."
    ),
    # prices
    "price-below-zero": gettext_lazy("No price is below zero, and the market price is above it."),
    "prices-out-of-order": gettext_lazy(
        "The peer price is at most the market price, and the market price at most the support price."
    ),
    "price-under-cost": gettext_lazy("The peer price is under cost. Name the decision that says so."),
    "support-price-too-high": gettext_lazy(
        "By the bylaws a support price is at most %(percent)s per cent above the market price."
    ),
    "without-a-decision": gettext_lazy("Name the decision that set it."),
    "decision-not-on-record": gettext_lazy(
        "“%(decision)s” is no decision of the assembly that was carried and stands on record. Write its number,"
        " such as “D GA 2026-3”."
    ),
    "amount-out-of-range": gettext_lazy(
        "That amount is below zero, or larger than anybody means. Look at it again."
    ),
    "prices-not-backwards": gettext_lazy("Prices hold from today or later, never backwards."),
    "prices-too-far": gettext_lazy("Prices are set at most until %(last)s. Look at the year again."),
    "pledge-due-in-its-year": gettext_lazy("The last day of the promise lies in its year, %(year)s."),
    "refusal-without-principle": gettext_lazy("Say which principle the order goes against."),
    "buyer-barred": gettext_lazy(
        "%(buyer)s pays no price for other plants of workers any more: %(because)s Take the market price."
    ),
    "buyer-barred-already": gettext_lazy("%(buyer)s is barred already."),
    "month-without-figures": gettext_lazy("Nobody has entered a figure of that month."),
    "month-not-whole": gettext_lazy("The month is signed whole. No figure yet of: %(codes)s."),
    "price-moved-already": gettext_lazy(
        "The price of %(product)s was moved already. What comes after, the assembly says."
    ),
    "move-too-long": gettext_lazy("An emergency price ends after today, and at the latest on %(last)s."),
    "price-moved-too-far": gettext_lazy(
        "The market price is moved at most %(down)s per cent down and %(up)s per cent up. Beyond that the assembly"
        " sets it."
    ),
    "move-is-over": gettext_lazy("Its time has gone by."),
    "plan-of-nothing": gettext_lazy("The plan names no product."),
    "plan-of-a-month-gone-by": gettext_lazy(
        "A plan is voted for this month or a later one, never backwards."
    ),
    "too-many-products": gettext_lazy("One proposal takes at most %(most)s products. Split it."),
    "options-out-of-range": gettext_lazy("A choice has at least %(fewest)s options and at most %(most)s."),
    "option-leaves-out": gettext_lazy(
        "Each option has a name, and says what it costs and what it means for jobs, safety and training."
    ),
    "option-twice": gettext_lazy("Two options have the same name."),
    "study-by-nobody": gettext_lazy("Say who took part in the study, operators among them."),
    "options-not-by-hands": gettext_lazy(
        "Options are ranked, on a screen or on paper. With hands the meeting could only say yes or no."
    ),
    "prices-of-nothing": gettext_lazy("The list names no product."),
    "prices-overlap": gettext_lazy("Of %(product)s a later price holds already."),
    "cost-not-of-the-sheet": gettext_lazy("The cost of %(product)s is not the total of its cost sheet."),
    # sales
    "sale-needs-an-office": gettext_lazy("Sales are signed by two office-holders. Who audits signs none."),
    "sale-needs-somebody-else": gettext_lazy(
        "You have signed this sale first. Somebody else signs it second."
    ),
    "sale-to-yourself": gettext_lazy("The buyer is yours. Somebody else signs."),
    "sale-to-kin": gettext_lazy("A member's own firm buys. Name the decision that allows it."),
    "sale-without-buyer": gettext_lazy("Write who buys."),
    "sold-on-another-day": gettext_lazy(
        "A sale is written down within %(days)s days, and not before it was made."
    ),
    "no-price-that-day": gettext_lazy("%(product)s had no price on that day."),
    "no-such-buyer": gettext_lazy("Say who buys: another plant of workers, the market, or a supporter."),
    "under-list-without-reason": gettext_lazy("The list says %(price)s. Say why it is sold for less."),
    "far-under-list": gettext_lazy(
        "That is more than %(percent)s per cent under list. Name the decision that allows it."
    ),
    "under-cost-without-decision": gettext_lazy("That is under cost. Name the decision that allows it."),
    # gifts and contracts with kin
    "gift-of-others": gettext_lazy("Enter what you were given yourself. Of others an office enters it."),
    "gift-without-words": gettext_lazy("Write who gave it, and what it is."),
    "contract-of-your-own": gettext_lazy("The contract is with you or yours. Somebody else enters it."),
    "contract-without-words": gettext_lazy(
        "Write with whom the contract is, what they are to the member, and about what."
    ),
    "contract-without-assembly": gettext_lazy(
        "A contract with an office-holder or their kin needs the assembly. Name its decision."
    ),
    "day-out-of-range": gettext_lazy("The day lies between %(since)s and %(day)s."),
    # promises and refusals
    "pledge-without-words": gettext_lazy("Write who promises, and what they will buy."),
    "refusal-without-words": gettext_lazy("Write who refused, and what you asked for."),
    # handover of shifts
    "line-there-already": gettext_lazy("The sheet asks that already."),
    "line-dropped": gettext_lazy("The sheet does not ask that any more."),
    "shift-of-others": gettext_lazy("Choose a shift of this plant."),
    "handover-of-another-day": gettext_lazy("A sheet is of a shift that began today or yesterday."),
    "handover-asks-nothing": gettext_lazy(
        "The sheet of %(area)s asks nothing yet. Those who answer for the place write its lines."
    ),
    "handover-lines-open": ngettext_lazy(
        "%(number)s line is not answered. Write something, or mark that there is nothing.",
        "%(number)s lines are not answered. Write something, or mark that there is nothing.",
        "number",
    ),
    "handover-lines-changed": gettext_lazy("The lines of the sheet were changed meanwhile. Read it again."),
    "handover-written": gettext_lazy("There is a sheet of that shift already: %(shift)s."),
    "handover-taken": gettext_lazy("It has been taken over already."),
    "handover-needs-somebody-else": gettext_lazy("You handed it over. Somebody of the next shift takes it."),
    # products, plan, output
    "no-such-product": gettext_lazy("There is no product with the code %(code)s."),
    "product-twice": gettext_lazy("The product %(code)s stands in two lines."),
    "product-code-not-plain": gettext_lazy(
        "The code has capital letters, figures and hyphens only, at most 16."
    ),
    "planned-already": gettext_lazy(
        "There is a plan from that month already. Enter another month, or turn the other one down."
    ),
    "nothing-planned": gettext_lazy(
        "Nothing is planned of this product for this month; there is nothing to change."
    ),
    "plan-changed-already": gettext_lazy(
        "The plan was changed already, until %(day)s at the latest. The production meeting says what comes then."
    ),
    "capacity-of-nothing": gettext_lazy("What the machines can do is more than nothing, or it is left open."),
    "output-below-zero": gettext_lazy("Nothing below zero was made. Look at the figure again."),
    "month-not-over": gettext_lazy("The month is not over yet."),
    "no-such-month": gettext_lazy("A year has the months 1 to 12."),
    "year-out-of-range": gettext_lazy("The year lies between %(first)s and %(until)s."),
    "figure-changes-nothing": gettext_lazy("That figure stands there already."),
    "cost-sheet-incomplete": gettext_lazy("Fill in every part of the cost sheet, also with zero."),
}
