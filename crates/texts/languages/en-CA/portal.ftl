### The portal: pages a customer or a guest sees.

## The frame of every page

skip-link = Skip to the content
banner-label = Demonstration
banner-text = Demonstration, no real money
banner-mailbox = Mailbox
menu-label = Menu
menu-languages = Languages
menu-cards = My cards
menu-orders = Orders
menu-account = Account
menu-sign-in = Sign in
error-prefix = Error:{ " " }
summary-title = Please correct this
summary-money = No money has moved. What you entered is kept.
foot-help = Help
foot-complaints = Complaints and CCTS
foot-partners = Partners
foot-privacy = Privacy
foot-terms = Terms
foot-about = Who we are
foot-weight = Every page here is under 10 kB.
continue = Continue
change = Change
save = Save
remove = Remove
older = Older

## Whether money moved

money-no = No money has moved.
money-charged = { $amount } was charged, once.
money-returning = { $amount } is on its way back to you. Your bank may take 5 to 10 business days.
money-returned = { $amount } was refunded. Your bank may take 5 to 10 business days to show it.
money-at-shop = You paid the shop { $amount }, once. We took no money.
money-shop-returns = Nothing was renewed. The shop gives back the { $amount } that you paid it; ask there.
money-unknown = We do not know yet whether money moved. We are finding out, and you will not be charged twice.

## The first page

home-title-short = Renew your card
home-title = Keep your card active, wherever you are.
home-lead = Enter the number, or the ICCID printed on the card. You see the price with tax before you pay anything.
home-number = Number or ICCID
home-number-hint = For example 416 555 0188
home-samples = Numbers to try:
home-cards = Go to my cards
promise-fast = Two taps next time
promise-fast-text = We remember the plan, never your bank card.
promise-honest = Active in seconds, as a rule
promise-honest-text = If the network is slow we say so, and you never pay twice.
promise-proof = A proof to keep
promise-proof-text = A signed receipt, by e-mail and by text.

## The line found, and its plans

renew-title = What do you need?
renew-other-card = Not this card? Enter another number
renew-need = What the card is for
need-all = Everything
need-data = Data
need-calls = Calls
need-keep = Keep the number
renew-plans = Plans
renew-plans-hint = Press a plan. You check everything before you pay.
renew-nothing = Nothing can be renewed on this network right now.
renew-nothing-text = No money has moved. Please try again in an hour, or call us.

## Check your answers

check-title = Check before you pay
check-lead = Is this the right card? Compare the last digits.
row-card = Card
row-plan = Plan
row-starts = Valid
row-province = Province for tax
row-total = Total
row-paid = Paid
row-reference = Reference
row-paid-at = Paid on
row-delivered-at = Delivered on
row-paid-with = Paid with
row-period = Valid
gap-better = This plan starts at once:
check-price = Price
check-total = Total, taxes included ({ $currency })
check-holds = This price holds until { $when }.
check-contact = Where to send the receipt
check-contact-hint = An e-mail address, a mobile number, or both.
email = E-mail
mobile = Mobile number
check-pay-with = Pay with
check-keep = Keep this way to pay for next time
check-keep-hint = For bank cards and PayPal. The payment provider keeps the number, not us. You can remove it at any time.
method-refused = Refused by its bank; it cannot be used any more.
method-expired = It has expired.
method-held = Your sign-in details changed; it rests until { $when }.
pay-at-sandbox = Built-in sandbox: no real money
pay-at-sandbox-note = Credit cards, Visa Debit and Debit Mastercard can pay online; a card that is Interac only cannot.
pay-at-stripe = Card, Alipay or WeChat Pay
pay-at-stripe-note = Credit cards, Visa Debit and Debit Mastercard can pay online; a card that is Interac only cannot.
pay-at-paypal = PayPal
pay-at-paypal-note = You confirm the payment in your PayPal account.
french-title = The terms in French come first
french-text = In Quebec, a contract is shown in French before another language may be chosen. Read it, then choose below.
french-choice = I have seen the French terms and I choose the terms in English.
check-wrong-own = If the number turns out to be wrong, tell us within 24 hours. If nothing was used, the plan is taken back and you are refunded at once.
check-wrong-desk =
    { $hours ->
        [one] If the number turns out to be wrong, tell us within 24 hours. This network decides itself: a person asks it and answers you within { $hours } hour.
       *[other] If the number turns out to be wrong, tell us within 24 hours. This network decides itself: a person asks it and answers you within { $hours } hours.
    }
check-nothing-charged = Nothing is charged until you press the button.
pay-amount = Pay { $amount }

## An order: headline, sentence and next step of each state

order-title-awaiting = Not paid yet.
order-lead-awaiting = You can pay until { $when }. After that the order ends by itself.
order-next-awaiting = The card is renewed as soon as { $amount } is paid.
order-title-charging = We are charging your saved way to pay.
order-lead-charging = Nothing for you to do. You will not be charged twice. This page looks again by itself.
order-next-charging = The card is renewed as soon as { $amount } is paid.
order-title-refused = The payment was refused. Nothing was taken.
order-lead-refused-retry-later = The bank said no for the moment, often for want of money or a limit. You can pay another way until { $when }.
order-lead-refused-retry-once = The bank gave no reason. You can pay another way until { $when }.
order-lead-refused-authenticate = Your bank wants to ask you first. Go on and answer it; this is possible until { $when }.
order-lead-refused-ask-customer = Something about this way to pay has to be put right; the card may have expired or been replaced. You can pay another way until { $when }.
order-lead-refused-never = The bank does not allow this way to pay to be used again. You can pay another way until { $when }.
order-next-refused = The card is renewed as soon as { $amount } is paid.
order-other-way = Go on to payment
order-by-itself = Placed by the auto-renew of this card.
order-title-activating = Paid. We are activating your card.
order-lead-activating = This takes a few seconds. The page looks again by itself.
order-next-activating = If the network says no, we refund { $amount } today.
order-title-slow = Paid. The network is taking longer than usual.
order-lead-slow = Nothing for you to do. Next news by { $when }.
order-next-slow = If the network says no, we refund { $amount } the same day.
order-title-unknown = Your payment is safe. We are checking with the network.
order-lead-unknown = Nothing for you to do. You will not be charged twice. Next news by { $when }, here.
order-next-unknown = If the network says no, we refund { $amount } the same day.
order-title-person = Your payment is safe. A person is looking into it.
order-lead-person = The network has not answered in 24 hours. You have our decision by { $when }.
order-next-person = You get the plan, or { $amount } back. Never neither, never twice charged.
order-title-delivered = Your card is renewed.
order-lead-delivered = Valid until { $when }.
order-next-delivered = Nothing more to do.
order-title-declined = The network refused the renewal.
order-lead-declined = The plan was not delivered. The refund starts by itself.
order-next-declined = { $amount } goes back the way it came, today. You can renew with another plan.
order-title-refunding = Your refund is on its way.
order-lead-refunding = We sent it today. Nothing for you to do.
order-next-refunding = { $amount } goes back the way it came. We write to you when it is confirmed.
order-title-refunded = You have been refunded.
order-lead-refunded = The refund was confirmed on { $when }.
order-next-refunded = { $amount } went back the way it came.
order-title-cancelled = The order is cancelled.
order-lead-cancelled = Nothing was sent to the network.
order-next-cancelled = You can start again at any time.
order-title-expired = The order has ended.
order-lead-expired = It was not paid in time. The card is as it was.
order-next-expired = If a payment still arrives, it is refunded in full.
order-title-reversed = The renewal was taken back.
order-lead-reversed = The plan is no longer on the card. The refund starts by itself.
order-next-reversed = { $amount } goes back the way it came, today.
order-title-held = This card was paid for twice.
order-lead-held = We are holding the second payment. Choose by { $when }, otherwise it is refunded.
order-next-held = { $amount } is held and not spent.
held-text = Order { $other } is not finished yet. A further period would reach to { $period }.
held-period = Add a period
held-refund = Refund { $amount }
truth-label = What is known
steps-label = Progress
step-paid = Paid
step-activating = Activating
step-active = Active
order-balance = What this adds
order-receipt = Receipt
order-pdf = Receipt as PDF
order-proof = Proof of payment
order-check-again = Check again
order-cancel = Cancel the order
order-again = Start again
order-history = Everything that happened
order-qr = Receipt { $number }. Scan to open it.

## Facts about an order, followed by their time

fact-placed = Ordered
fact-paid = Paid
fact-queued = Waiting its turn
fact-sent = Sent to the network
fact-no-answer = No answer yet
fact-asked-again = Asked again
fact-delivered = Active
fact-refused = Refused by the network
fact-handed-over = Handed to a person
fact-held = Second payment held
fact-cancelled = Cancelled
fact-expired = Ended unpaid
fact-reversed = Taken back
fact-wrong-number = Wrong number reported
fact-refund-started = Refund sent
fact-refunded = Refund confirmed

## Wrong number

wrong-title = Was it the wrong number?
wrong-own = If nothing was used, the plan is taken back and { $amount } is refunded at once.
wrong-desk =
    { $hours ->
        [one] The network decides. A person asks it and answers you within { $hours } hour.
       *[other] The network decides. A person asks it and answers you within { $hours } hours.
    }
wrong-until = You can report it until { $when }.
wrong-own-button = Take it back and refund
wrong-desk-button = Report a wrong number
wrong-reported = Wrong number reported. A person answers by { $when }. Until then the plan stays as it is.

## A plan that waits for its first day

queued-waits = { $plan } waits behind the plan that is running and starts by itself on { $when }.
queued-or-used-up = If the data is used up before that day, it starts at once, and its days count from then.
queued-started-early = The data was used up on { $when }, so this plan has started without waiting for its first day.
queued-cancel-title = Don’t want it any more?
queued-cancel = Until it starts, you can give it back. { $amount } is refunded in full, the way it was paid. The number keeps what it has now, and is valid as long as it was before.
queued-confirm = Yes, cancel the plan that starts on { $when }
queued-button = Cancel and refund { $amount }
queued-supplier = Another company’s network holds it, and only that network can take it back. If you don’t want it any more, call us at { $phone }, and a person asks the network.
queued-elsewhere = You bought it from somebody else. If you don’t want it any more, ask them.
queued-built-upon = It cannot be cancelled now: another renewal or an add-on came after it. What came last can be given back first.
order-because = Why: { $reason }

## Receipt and proof of payment

receipt-page-title = Receipt
row-number = Number
receipt-page-lead = Paid and delivered.
proof-page-title = Proof of payment
proof-page-lead = Paid. The delivery is not confirmed yet; the receipt follows then.
receipt-seller = Sold by
receipt-genuine = Is it genuine?
receipt-genuine-text = The PDF is signed. Scan the code to compare it with our record.
proof-genuine-text = Scan the code to see the order as it stands now.
receipt-back = Back to the order
contract-title = Conditions of this purchase
contract-version = Version { $version } of our terms applies.

## What went wrong

problem-page-title-not-found = There is nothing here.
problem-page-lead-not-found = The address may be incomplete. Check it, or start from the first page.
problem-page-title-not-yours = This is not yours to change.
problem-page-title-sign-in-first = Please sign in first.
problem-page-lead-sign-in-first = Several orders from here were left unpaid. To protect you, we ask for a sign-in with a one-time code; then you come back to this plan.
problem-page-title-forbidden = This form could not be accepted.
problem-page-lead-not-yours = It belongs to someone else, or needs another right than you have. Nothing was changed.
problem-page-lead-forbidden = It was open for too long, or came from another site. Go back, reload the page and send it again.
problem-page-title-in-progress = This card is being renewed already.
problem-page-lead-in-progress = Another paid order is not finished yet. Wait for it, or call us.
problem-page-title-promotion-used-up = This promotion is used up.
problem-page-lead-promotion-used-up = It is limited in number, in all and per card. Nothing was ordered. Choose the plan again without the code.
problem-page-title-too-late = This can no longer be done.
problem-page-lead-too-late = The order has moved on. Its page shows where it stands.
problem-page-title-link-expired = This link has ended.
problem-page-lead-link-expired = Links and prices are valid for a short time. Start again with the number.
problem-page-title-not-understood = We could not read this.
problem-page-lead-not-understood = Something in it was missing or too long. Go back and send it again.
problem-page-title-too-many = Too many attempts.
problem-page-lead-too-many = To protect your card, please try again { $when }.
problem-page-title-our-fault = The fault is ours.
problem-page-lead-our-fault = It has been recorded. Please try again in a few minutes, or call us with the number below.
problem-page-title-supplier-paused = Renewals on this network are paused.
problem-page-title-unavailable = We will be right back.
problem-page-lead-supplier-paused = The network does not take renewals just now, so nothing is sold that could not be delivered. Please try again in a few minutes.
problem-page-lead-unavailable = The site is busy or being updated. Please try again in a minute.
problem-request = Number for the help line: { $id }
problem-home = To the first page

## Terms, privacy, complaints

terms-title = Terms
terms-version = Version { $version }, in force since { $date }.
terms-who = Who you buy from
terms-what = What you buy
terms-what-text = A prepaid renewal for one card: the data, calls, texts or credit named on the check page, for the days named there. Nothing renews by itself unless you turned that on for the card.
terms-price = What it costs
terms-price-text = The price on the check page, tax included, and nothing else. There is no fee to activate, to renew or to change a plan.
terms-delivery = When you have it
terms-delivery-text = Usually within seconds. If the network does not answer we say so, ask again, and decide within 48 hours.
terms-refund = Refunds
terms-refund-text = If the plan is not delivered you are refunded in full, the way you paid, the same day. Your bank may take 5 to 10 business days to show it. You can cancel an order for as long as nothing was sent to the network.
terms-wrong = A wrong number
terms-wrong-text = Report it within 24 hours on the order’s page. On our own network, an unused plan is taken back and refunded at once. On other networks a person asks the network for you.
terms-expiry = When the time is over
terms-expiry-text = After the expiry your account stays open for at least seven calendar days, free of charge. Renew in that time and what was left comes back. The card’s page shows the last day of the number.
terms-language = Language
terms-language-text = These terms exist in French, English and Chinese and say the same. In Quebec the French text is shown first.
terms-complaints = Complaints
terms-complaints-text = Tell us first. If we do not settle it, the CCTS helps free of charge.
privacy-title = Privacy
privacy-lead = We keep what renewing a card needs, and nothing to follow you with.
privacy-what = What we keep
privacy-what-card = The card: its number, ICCID, operator, dates and balance.
privacy-what-contact = How to reach you: the e-mail address or number you gave, and your language.
privacy-what-order = Orders: what was bought, when, the price and the tax.
privacy-what-usage = Usage by day and, for six weeks, by hour, shown to the holder and the helpers only.
privacy-what-not = We never see or keep the number of a bank card: the payment provider does. We do not sell data and show no advertising.
privacy-who = Who receives it
privacy-who-text = The network of the card, the payment provider, and whoever carries our e-mail and texts: each only what it needs for its part.
privacy-long = How long
privacy-long-contact = The card, how to reach you and what was used: until you delete your account. Without an account, until you ask us to erase it.
privacy-long-money = Orders and receipts: tax law makes us keep them, without your name, for six years after the end of the year.
privacy-rights = What you can do
privacy-right-access = Access: see what we hold about you, on the account page.
privacy-right-rectification = Rectification: correct what is wrong.
privacy-right-portability = Portability: download your data in a form that other programs read.
privacy-right-erasure = Erasure: delete the account, at once and by yourself.
privacy-right-consent = Withdrawal: take back a consent you gave.
privacy-law = These rights rest on Canada’s PIPEDA and, in Quebec, on the private-sector act that Law 25 amended. We tell you and the authorities of an incident that could seriously harm you.
privacy-rights-text = Without an account, write to the person in charge, below. We answer within 30 days, free of charge.
privacy-cookies = Cookies
privacy-cookies-text = One, while you are signed in. None otherwise.
privacy-officer = Person in charge of personal information
privacy-commissioner = You may also write to the Privacy Commissioner of Canada or, in Quebec, to the Commission d’accès à l’information.
complaints-title = Complaints
complaints-lead = Tell us first. If you are not satisfied, an independent body helps free of charge.
complaints-us = First: us
complaints-us-text =
    { $days ->
        [one] Have the order’s reference at hand. We answer within { $days } business day.
       *[other] Have the order’s reference at hand. We answer within { $days } business days.
    }
complaints-order = If our answer does not settle it, or there is none in that time, take it to the CCTS.
complaints-ccts = Then: the CCTS
complaints-ccts-text = The Commission for Complaints for Telecom-television Services is independent and costs you nothing.
complaints-ccts-name = CCTS
about-title = Who we are
about-lead = You buy from this business. It stands on every receipt.
about-legal-name = Legal name
about-brand = Known as
about-address = Address
about-phone = Phone
about-provinces = We sell in
about-everywhere = every province and territory of Canada
about-more = Your rights

# A refund that came back.
order-title-owed = The refund came back. We still owe it to you.
order-lead-owed = A person sees to it by { $when }. Nothing for you to do.
order-next-owed = We still owe you { $amount }. You hear from us as soon as it is on its way again.
order-title-by-hand = We owe you your money back.
order-lead-by-hand = It was paid by hand, so a person gives it back, by { $when }.
order-next-by-hand = We contact you about how you get { $amount } back. You may also call us.
money-given-back = { $amount } was given back to you by hand.

## The demonstration’s clock

clock-title = Demonstration: move the clock forward
clock-hint = Time goes forward for everything here, and never back: dates come, reminders are sent, plans end.
clock-day = A day
clock-week = A week
clock-expiry = To the expiry of this card
