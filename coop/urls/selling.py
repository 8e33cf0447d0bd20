"""What is made and sold: products, plan and output, prices, the open book of sales, and the small books beside it."""

from django.urls import URLPattern, URLResolver, path

from coop.pages import (
    cost_sheets,
    open_books,
    open_books_entered,
    outputs,
    plans,
    price_lists,
    prices_entered,
    products,
    sales,
    sales_written,
)

ADDRESSES: list[URLPattern | URLResolver] = [
    # products
    path("products/", products.products, name="products"),
    path("products/add/", products.add, name="product-add"),
    path("products/plan/", plans.plan, name="plan"),
    path("products/plan/enter/", plans.enter_plan, name="plan-enter"),
    path("products/plan/paper/", plans.printed, name="plan-printed"),
    path("products/plan/lines/<key:key>/countersign/", plans.countersign, name="plan-countersign"),
    path("products/output/enter/", outputs.enter_output, name="output-enter"),
    path("products/output/list.<slug:kind>", outputs.to_fill_in, name="output-list"),
    path("products/<key:key>/", products.product, name="product"),
    path("products/<key:key>/cost/", cost_sheets.enter_cost, name="product-cost"),
    path("products/<key:key>/cost/paper/", cost_sheets.printed, name="product-cost-printed"),
    path("products/<key:key>/change/", plans.change, name="plan-change"),
    # prices
    path("prices/", price_lists.prices, name="prices"),
    path("prices/enter/", prices_entered.enter_prices, name="prices-enter"),
    path("prices/list.<slug:kind>", price_lists.to_carry_out, name="prices-file"),
    path("prices/<key:key>/", price_lists.price_list, name="price-list"),
    path("prices/<key:key>/countersign/", price_lists.countersign, name="price-list-countersign"),
    path("prices/<key:key>/paper/", price_lists.printed, name="price-list-printed"),
    # sales
    path("sales/", sales.sales, name="sales"),
    path("sales/write/", sales_written.write_slip, name="sale-write"),
    path("sales/paper/", sales.printed, name="sales-printed"),
    path("sales/book.<slug:kind>", sales.to_carry_out, name="sales-file"),
    path("sales/slips/<key:key>/", sales.slip, name="sale-slip"),
    path("sales/slips/<key:key>/sign/", sales.sign, name="sale-slip-sign"),
    path("sales/slips/<key:key>/paper/", sales.slip_printed, name="sale-slip-printed"),
    # what everybody may look up
    path("gifts/", open_books.gifts, name="gifts"),
    path("gifts/enter/", open_books_entered.enter_gift, name="gifts-enter"),
    path("gifts/paper/", open_books.gifts_printed, name="gifts-printed"),
    path("kin-contracts/", open_books.kin_contracts, name="kin-contracts"),
    path("kin-contracts/enter/", open_books_entered.enter_kin_contract, name="kin-contracts-enter"),
    path("kin-contracts/paper/", open_books.kin_contracts_printed, name="kin-contracts-printed"),
    path("pledges/", open_books.pledges, name="pledges"),
    path("pledges/enter/", open_books_entered.enter_pledge, name="pledges-enter"),
    path("pledges/paper/", open_books.pledges_printed, name="pledges-printed"),
    path("refusals/", open_books.refusals, name="refusals"),
    path("refusals/enter/", open_books_entered.enter_refusal, name="refusals-enter"),
    path("refusals/paper/", open_books.refusals_printed, name="refusals-printed"),
]
