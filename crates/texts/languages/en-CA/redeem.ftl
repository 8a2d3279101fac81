# Renewing with an order of a shop or with a code, and the shops that may sell.

redeem-title = Renew with a shop order or a code
redeem-lead = Paid at a shop on Taobao, JD or elsewhere? Enter the order number and the card, and it is renewed at once. Codes work here too.
redeem-bought = Order number or code
redeem-bought-hint = The order number is digits only; the shop shows it under your orders. A code has 16 characters, like 7KQ4-M2XN-…
redeem-number-hint = The card to renew, such as 416 555 0188
redeem-samples = Codes to try:
redeem-nothing-yet = You check it on the next page. Nothing is renewed before you confirm.
redeem-sellers = See the authorised shops
redeem-check-title = Check, then renew
redeem-shop = Bought at
redeem-paid = You paid the shop. Nothing is charged here.
redeem-go = Renew this card
redeem-change = Change
redeem-home = Bought at a shop? Renew with the order number or a code

sellers-title = Authorised shops
sellers-lead = These shops may sell our renewals. You pay the shop; we renew the card and give you the receipt.
sellers-none = No shop is authorised at the moment.
sellers-here = Renew here
sellers-others = Any other shop has nothing to do with us: we do not get its orders, and cannot trace what you paid it.
sellers-redeem = Renew with an order number or a code

marketplace-taobao = Taobao or Tmall
marketplace-jd = JD
marketplace-shopify = Online shop
marketplace-woocommerce = Online shop

## What a shop writes about a plan, made by `farline listing`.
listing-title = { $operator }: { $plan }, renewal
listing-gets = Contents: { $gets }
listing-starts = Start: { $starts }
listing-cards = For cards of { $operator } only
listing-number = Write the number or ICCID of the card in the message of your order; it is renewed seconds after you paid. If it is missing or wrong, open { $address } and enter the order number and the card.
listing-code = If you received a code, use it at { $address }.
listing-refunds = Refunds: what is not delivered is refunded in full by this shop. If it was delivered and is unused, write to this shop within 24 hours.
listing-proof = A signed receipt is there as soon as the card is renewed.
