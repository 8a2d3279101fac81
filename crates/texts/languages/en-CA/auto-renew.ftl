### Auto-renew: the consent, and what its payer is told. `-sms` stays within the alphabet of text messages in French.
### `dated` is yes when a time can be named.

## Saved methods

saved-method-card = { $brand } ending in { $hint }
saved-method-account = { $brand } { $hint }

## The consent, sentence by sentence. A changed word is a new version (CONSENT_VERSION).

consent-what = I agree that { $brand } ({ $merchant }) renews my card { $card } of { $operator } by itself with { $plan }, at present { $amount } with tax, until I turn this off.
auto-renew-when-before = It renews { $mark } before the last day of service, at 10 a.m. ({ $zone }).
auto-renew-when-last-day = It renews on the last day of service, at 10 a.m. ({ $zone }).
auto-renew-when-cycle = It renews on the last day of service, at the hour at which the operator itself renews ({ $zone }).
auto-renew-when-data = It renews when less than { $mark } of data is left, one hour after telling me.
auto-renew-when-credit = It renews when less than { $mark } of credit is left, one hour after telling me.
auto-renew-how-saved = My { $method } is charged.
auto-renew-how-credit = The credit on the card pays.
auto-renew-how-link = I get a link and pay each renewal myself with one tap. Nothing is charged without me.
consent-caps = No more than { $charge } at once, { $day } in a day and { $month } in a month is taken.
consent-notice = I am told the date and the amount before every charge, three days ahead where that is possible and never less than an hour, and the result afterwards, also when it fails.
consent-declined = A refused charge is tried again after one, three and five days if the bank allows it, and never after the grace period.
consent-end = I can turn this off at any time on the card’s page with two taps, free of charge. It is confirmed in writing.

## Every e-mail

auto-renew-label-pay = Renew now
auto-renew-label-manage = See, change or turn off
notice-why-auto-renew = You receive this because this card renews itself, or did, by your consent.

## What there is to tell

auto-renew-agreed-subject = Auto-renew is on for the card { $card }
auto-renew-agreed-lead =
    { $dated ->
        [yes] The card { $card } renews itself with { $plan }. Next: { $when }, { $amount }. You are told before every charge and afterwards.
       *[no] The card { $card } renews itself with { $plan } ({ $amount }) when its time comes. You are told before every charge and afterwards.
    }
auto-renew-agreed-sms =
    { $dated ->
        [yes] { $brand }: auto-renew is on for the card { $card } with { $plan }. Next: { $when }, { $amount }. Turn off: { $manage }
       *[no] { $brand }: auto-renew is on for the card { $card } with { $plan } ({ $amount }). Turn off: { $manage }
    }
auto-renew-ended-subject = Auto-renew is off for the card { $card }
auto-renew-ended-lead = The card { $card } does not renew itself any more. Nothing more is charged. You can renew it by hand at any time.
auto-renew-ended-sms = { $brand }: auto-renew is off for the card { $card }. Nothing more is charged. { $manage }
auto-renew-announced-subject = The card { $card } renews itself on { $when }
auto-renew-announced-lead = On { $when } we charge { $amount } and renew the card { $card } with { $plan }. There is nothing to do. If you do not want it, turn it off before then.
auto-renew-announced-sms = { $brand }: on { $when } we charge { $amount } and renew the card { $card } with { $plan }. Turn off: { $manage }
auto-renew-pay-by-link-subject = Time to renew the card { $card }
auto-renew-pay-by-link-lead = The card { $card } is due for { $plan }, { $amount }. Open the link and pay with one tap. Nothing is charged without you.
auto-renew-pay-by-link-sms = { $brand }: renew the card { $card } with { $plan }, { $amount }: { $pay }
auto-renew-retrying-subject = The card { $card } is not renewed yet: the payment was refused
auto-renew-retrying-lead = Your bank refused { $amount } for { $plan } on the card { $card }. No money was taken. We try again on { $when }. If you renew by hand before then, we do not.
auto-renew-retrying-sms = { $brand }: the bank refused { $amount } for the card { $card }. No money was taken. We try again on { $when }. { $manage }
auto-renew-authenticate-subject = Your bank wants you to confirm the renewal of the card { $card }
auto-renew-authenticate-lead = Your bank wants to ask you before { $amount } is charged for { $plan } on the card { $card }. No money was taken. Open the link to finish; we do not charge by ourselves this time.
auto-renew-authenticate-sms = { $brand }: your bank wants you to confirm { $amount } for the card { $card }. No money was taken. Finish here: { $pay }
auto-renew-ask-customer-subject = The card { $card } is not renewed: please choose how to pay
auto-renew-ask-customer-lead = The payment of { $amount } for { $plan } on the card { $card } did not go through. No money was taken. Open the link to renew another way; we do not charge by ourselves this time.
auto-renew-ask-customer-sms = { $brand }: { $amount } for the card { $card } could not be charged. No money was taken. Renew here: { $pay }
auto-renew-stopped-subject = Auto-renew of the card { $card } has stopped: please choose another way to pay
auto-renew-stopped-lead = The payment of { $amount } for { $plan } on the card { $card } was refused, and this way of paying may not be used again. No money was taken. Open the link to renew; for later renewals choose another way to pay.
auto-renew-stopped-sms = { $brand }: { $amount } for the card { $card } was refused for good. No money was taken. Renew here: { $pay }
auto-renew-over-cap-subject = The card { $card } is not renewed: it would cost more than you allowed
auto-renew-over-cap-lead = { $plan } for the card { $card } costs { $amount }, which is more than you allowed in all. Nothing was charged. Open the link to renew by hand, or change what you allow.
auto-renew-over-cap-sms = { $brand }: { $plan } for the card { $card } costs { $amount }, more than you allowed. Nothing was charged. Renew here: { $pay }
auto-renew-not-enough-credit-subject = The card { $card } is not renewed: not enough credit
auto-renew-not-enough-credit-lead = The credit on the card { $card } is not enough for { $plan }, { $amount }. Nothing was taken. Open the link to renew another way.
auto-renew-not-enough-credit-sms = { $brand }: the credit on the card { $card } is not enough for { $plan }, { $amount }. Renew here: { $pay }
auto-renew-not-sold-subject = The card { $card } is not renewed: the plan is not available
auto-renew-not-sold-lead = { $plan } is not sold for the card { $card } any more. Nothing was charged. Open the link to choose another plan, and turn auto-renew on with it.
auto-renew-not-sold-sms = { $brand }: { $plan } is not sold for the card { $card } any more. Nothing was charged. Choose another: { $pay }
auto-renew-card-expires-subject = Your bank card expires soon
auto-renew-card-expires-lead = The bank card that renews the card { $card } expires soon. Save another one, so that the card goes on renewing itself.
auto-renew-card-expires-sms = { $brand }: the bank card that renews the card { $card } expires soon. Save another: { $manage }

## The page of saved methods

methods-title = Saved ways to pay
methods-lead = The payment provider keeps the numbers; we only have what you see here.
methods-none = Nothing is saved yet.
methods-none-kept = No provider that can be paid at here keeps ways to pay.
method-good-until = Good until { $month }
method-since = Saved on { $date }
method-used-by = Renews: { $cards }
method-add = Save a way to pay
method-add-at = Save a way to pay: { $provider }
method-added = Saved: { $method }.
method-added-nothing = Nothing was saved, and nothing was charged.
method-forgotten = Removed.
method-forget-title = Remove { $method }?
method-forget-text = The payment provider and we forget it. To use it again you have to enter it again.
method-forget-ends = The auto-renew of these cards ends with it: { $cards }.
method-forget-button = Remove it
keep-it = Keep it

## Auto-renew on the card’s page

auto-title = Auto-renew
auto-off-text = Agree once, and the card renews itself. You are told before every charge, and two taps turn it off.
auto-off-helper = It is off. Only the holder can turn it on.
auto-turn-on = Turn on
auto-turn-off = Turn off
auto-next = Next
auto-plan = Plan
auto-when = When
auto-how = Paid with
auto-pays-saved = A way to pay that the holder saved
auto-pays-credit = The credit on the card
auto-pays-link = A link that you open each time
auto-next-unknown = When your mark is reached
auto-resting = You are told before it is charged.
auto-paused = Paused. You want no text messages, and we have no e-mail address to tell you before a charge. Add an e-mail address to your account, or text START to us; within a day it goes on.
auto-announced = Announced to you. It goes by itself; there is nothing to do.
auto-retrying = The payment was refused; no money was taken. We try again on { $when }, unless you renew by hand before.
auto-charging = The renewal is under way. You will not be charged twice.
auto-why-authenticate = Your bank wants you to confirm. No money was taken, and none is taken by itself this time.
auto-why-declined = The payment was refused. No money was taken, and none is taken by itself this time.
auto-why-stopped = This way to pay may not be used again, so auto-renew has stopped. Choose another one.
auto-why-over-cap = It would cost more than you allowed. Nothing was charged.
auto-why-not-enough-credit = There is not enough credit on the card. Nothing was taken.
auto-why-not-sold = The plan is not sold any more. Nothing was charged. Change the plan.
auto-why-pay-link = It is time to renew, and waits for you to pay.
auto-why-too-many-declines = The payment was refused too often to be tried again. No money was taken.
auto-why-not-delivered = It was paid, but the network refused. The money goes back.
auto-why-called-off = This one was cancelled, or not paid in time.
auto-by-hand = Renew by hand now
card-renewing = renewal on its way
card-renewing-advice = The renewal is on its way.
cards-renews-itself = Renews itself on { $when }

## The form

auto-form-title = Set up auto-renew
auto-form-lead = Choose first; on the next page you read what you agree to. Nothing is turned on before.
auto-form-plan = What is bought
auto-form-loses = Renewed early it loses the days that are left; the last day suits it best.
auto-form-nothing = There is no plan with which this card can renew itself at present.
auto-form-when = When
auto-form-by-date = By date
auto-form-by-left = By what is left
auto-when-last-day = On the last day
auto-when-before = { $days } before the last day
auto-when-cycle = On the last day, at the operator’s own hour
auto-when-data = Less than { $mark } of data left
auto-when-tenth = Less than a tenth of the plan’s data left
auto-when-credit = Less than { $mark } of credit left
auto-form-how = How it is paid
auto-form-how-saved = Charged by itself
auto-form-how-credit = The credit on this card
auto-form-how-credit-hint = If it is not enough then, nothing is renewed and you are told.
auto-form-how-link = Send me a link, and I pay with one tap
auto-form-how-link-hint = Alipay and WeChat Pay cannot be charged by themselves; you confirm each time.
auto-form-save-first = Save a way to pay first
auto-form-caps = How much at most
auto-form-caps-hint = Above it nothing is charged; you are asked instead.
cap-invalid = Enter an amount, such as { $amount }.
cap-charge = At once
cap-day = Per day
cap-month = Per month
auto-form-cancel = Not now
auto-review-title = Do you agree to this?
auto-review-first = First time
auto-review-amount = Amount
auto-review-text = What you agree to
auto-review-agree = I have read this and agree
auto-review-button = Turn on auto-renew
auto-review-changed = What you agree to has changed since you read it, for instance the price. Read it again and tick the box if you still agree. Nothing is turned on before.
auto-review-back = Change
auto-ending-title = Turn off auto-renew?
auto-ending-text = The card does not renew itself any more, and nothing more is charged. Everything else stays, and you can renew by hand at any time. We confirm it in writing.
auto-ending-charging = The renewal under way is still finished.
auto-ending-next = It would have been:
auto-ending-button = Turn it off
auto-ending-keep = Leave it on
