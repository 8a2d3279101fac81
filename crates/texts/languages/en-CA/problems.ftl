### Problems: what went wrong, what to do, and whether money moved.

## Whether money moved; channels put one of these after the detail

problem-money-no = No money has moved.
problem-money-yes = Money was charged for this order. It is safe: you get the plan or your money back.
problem-money-unknown = We do not know yet whether money moved. We are finding out, and you will not be charged twice.

## The number

problem-number-empty = Enter a number
problem-number-empty-detail = Nothing was entered. Enter the phone number of the card, or the ICCID printed on it.
problem-number-too-short = The number is too short
problem-number-too-short-detail = Digits are missing. A Canadian number has 10 digits, an ICCID 19 or 20.
problem-number-too-long = The number is too long
problem-number-too-long-detail = There are too many digits. A phone number has at most 15 digits, an ICCID 19 or 20.
problem-number-not-digits = The number contains something else
problem-number-not-digits-detail = Use digits, and if you like spaces, hyphens, brackets or a + at the start.
problem-number-not-possible = This number cannot exist
problem-number-not-possible-detail = Check the digits. For a number outside Canada, begin with + and the country code.
problem-number-check-digit = The ICCID is mistyped
problem-number-check-digit-detail = Its last digit does not fit the others, so one of them is wrong. Compare it with the card.
problem-unknown-line = We do not know this card
problem-unknown-line-detail = No network that we renew has this number. Check the digits, or try the ICCID printed on the card.

## Plans, prices and quotes

problem-unknown-plan = There is no such plan
problem-unknown-plan-detail = The plan’s name is not in our list. Choose one of the plans shown for the card.
problem-plan-not-for-line = This plan is not for this card
problem-plan-not-for-line-detail = It belongs to another network. Choose one of the plans shown for the card.
problem-plan-not-sold = This plan is not sold now
problem-plan-not-sold-detail = Its sale is stopped, has ended, or is yet to begin. Choose another plan.
problem-supplier-paused = This operator’s renewals are paused
problem-supplier-paused-detail = The network does not take renewals just now, so nothing is sold that could not be delivered. Nothing was charged; try again in a few minutes.
problem-promotion-unknown = We do not know this promotion code
problem-promotion-unknown-detail = Check its spelling, or leave it out.
problem-promotion-does-not-apply = The promotion does not apply
problem-promotion-does-not-apply-detail = It is for other plans. Choose another plan, or leave the code out.
problem-promotion-not-yet = The promotion has not begun
problem-promotion-not-yet-detail = Come back on its first day, or leave the code out.
problem-promotion-over = The promotion is over
problem-promotion-over-detail = The code was good until a day that has passed. Leave it out.
problem-promotion-other-hours = The promotion is given at other hours
problem-promotion-other-hours-detail = It is good at certain hours of the day only. Come back then, or leave the code out.
problem-promotion-first-renewal = The promotion is for a card’s first renewal
problem-promotion-first-renewal-detail = This card has been renewed with us before. Leave the code out.
problem-promotion-sign-in = Sign in to use this code
problem-promotion-sign-in-detail = It is limited per customer, so we need to know who buys. Sign in, or leave the code out.
problem-promotion-not-combined = The code does not go with a better promotion
problem-promotion-not-combined-detail = Another promotion is in the price already and takes off more; the two do not go together. Leave the code out and keep the better price.
problem-promotion-used-up = This promotion is used up
problem-promotion-used-up-detail = It is limited in number, in all and per card, and no place is left for this card. Choose the plan again without the code. Nothing was ordered.
problem-promotion-taken = This code was given before
problem-promotion-taken-detail = A promotion keeps its code for ever, so that what was counted stays right. Choose another code.
problem-province-unknown = There is no such province
problem-province-unknown-detail = Choose the province or territory from the list, or give its two-letter postal code.
problem-province-needed = Choose the province for tax
problem-province-needed-detail = The number does not tell where tax is due. Choose the province or territory where the card is used.
problem-no-tax-known = We cannot work out the tax
problem-no-tax-known-detail = We have no tax rate for this province and day, and do not sell without it. Choose the province again, or call us.
problem-quote-expired = This price has expired
problem-quote-expired-detail = A price holds for 15 minutes. Choose the plan again to see the price of now.
problem-quote-not-found = We do not find this price
problem-quote-not-found-detail = It may have expired, or its address is incomplete. Choose the plan again.

## Orders

problem-renewal-in-progress = This card is being renewed already
problem-renewal-in-progress-detail = Another paid renewal of it is not finished. Wait for it, or say that you want a further period.
problem-renewal-awaits-payment = A renewal of this card waits for its payment
problem-renewal-awaits-payment-detail = A colleague or you have ordered one already. Send its link again or cancel it on the card’s page; if the caller wants a further period, say so.
problem-renewed-meanwhile = This card has been renewed since you looked
problem-renewed-meanwhile-detail = Another renewal was started or finished on it in the meantime. Look at the card again; if the caller wants a further period, say so.
problem-line-closed = This card is closed
problem-line-closed-detail = Its number is lost and cannot be renewed. A new card is needed.
problem-no-plan-in-service = This add-on needs a plan
problem-no-plan-in-service-detail = The card has no plan in service to add it to. Choose a plan first.
problem-not-enough-credit = There is not enough credit on the card
problem-not-enough-credit-detail = The price is higher than what is left. Pay another way, or choose another plan.
problem-credit-frozen = The credit of the card is frozen
problem-credit-frozen-detail = The service ended too long ago: what is left can be used again once the card is renewed. Pay another way.
problem-wrong-state = This cannot be done now
problem-wrong-state-detail = The order has moved on. Its page shows where it stands and what can be done.
problem-already-sent = It can no longer be cancelled
problem-already-sent-detail = The renewal has been sent to the network, and only the network can say now. If it refuses, you are refunded in full.
problem-too-late = It is too late for this
problem-too-late-detail = A wrong number can be reported for 24 hours after the delivery. Call us if you need help.
problem-plan-begun = This plan has begun
problem-plan-begun-detail = A plan that waits can be given back until the end of the day before it starts. This one is in use, or started at once. Nothing was changed.
problem-plan-built-upon = Something counts on this plan
problem-plan-built-upon-detail = Another renewal or an add-on came after it, or some of it is in use. What came last can be given back first. Nothing was changed.
problem-network-decides = The network has to take this back
problem-network-decides-detail = Another company’s network delivered this plan, and only it can take it back. Call us, and a person asks it. Nothing was changed.
problem-charged-back = This payment is in dispute
problem-charged-back-detail = The payer’s bank has taken the money back. What happens to it is decided there, so no refund can be made as well.
problem-refund-too-large = This amount does not fit
problem-refund-too-large-detail = A refund is at least the smallest amount and at most what is left of the payment. Nothing was given back.
problem-shop-unknown = There is no such shop
problem-shop-unknown-detail = No shop of this name is in the configuration.
problem-shop-is-read = This shop is read by itself
problem-shop-is-read-detail = Its orders come from the marketplace. A file would bring them a second time. Nothing was taken in.
problem-bought-unknown = We find no purchase under this
problem-bought-unknown-detail = Check the order number or the code. An order may take a minute after you paid. If the shop has delivered it, or is giving the money back, it cannot be used here; ask the shop. Nothing was changed.
problem-voucher-used = This code has been used
problem-voucher-used-detail = It renewed another card. If that was not you, show the shop where you bought it; it can see when it was used.
problem-voucher-revoked = This code is not good any more
problem-voucher-revoked-detail = The shop called it back before it was used. Ask the shop for your money or another code.
problem-voucher-batch-taken = There are vouchers of this name
problem-voucher-batch-taken-detail = Choose another name for the batch. Nothing was made.
problem-shop-unavailable = The marketplace does not answer
problem-shop-unavailable-detail = The marketplace was asked and gave no usable answer. It is asked again by itself.
problem-payment-provider-unavailable = Payment is not possible right now
problem-payment-provider-unavailable-detail = The payment service does not answer. Your order is kept; try again in a few minutes.

## What was entered

problem-contact-needed = Where should the receipt go?
problem-contact-needed-detail = Give an e-mail address, a mobile number, or both.
problem-email-invalid = This is not an e-mail address
problem-email-invalid-detail = An address looks like name@example.com. Check what was entered.
problem-phone-invalid = This is not a mobile number
problem-phone-invalid-detail = Check the digits. For a number outside Canada, begin with + and the country code.
problem-language-unknown = We do not speak this language yet
problem-language-unknown-detail = Choose Chinese (zh-CN), English (en-CA) or French (fr-CA).
problem-terms-not-confirmed = Choose the language of the terms
problem-terms-not-confirmed-detail = In Quebec the French terms come first. Read them, then confirm your choice of language.
problem-field-missing = Something is missing
problem-field-missing-detail = A required field was not filled in. Complete it and send it again.
problem-field-invalid = A field cannot be read
problem-field-invalid-detail = A value has the wrong form or does not exist. Correct it and send it again.

## Signing in and proving

problem-sign-in-failed = Signing in did not work
problem-sign-in-failed-detail = The name, password or code does not fit. Try again, or ask for a code.
problem-code-wrong = The code is not right
problem-code-wrong-detail = Compare it with the message and enter it again. After 5 tries you need a new one.
problem-code-expired = The code has expired
problem-code-expired-detail = A code is valid for 10 minutes and for one use. Ask for a new one.
problem-proof-failed = This does not show that the card is yours
problem-proof-failed-detail = What was entered does not belong to this card. Check it, or choose another way.
problem-password-too-short = The password is too short
problem-password-too-short-detail = Choose a longer one. A few words in a row are good and easy to remember.
problem-password-common = This password is too well known
problem-password-common-detail = It stands in lists that attackers try first. Choose another one.
problem-unauthorized = Please sign in
problem-unauthorized-detail = This needs a sign-in, or the link from your message. Yours is missing or has ended.
problem-forbidden = This is not allowed
problem-forbidden-detail = You are signed in, but this belongs to someone else or needs another right.
problem-csrf = This form could not be accepted
problem-csrf-detail = It was open for too long, or came from another site. Reload the page and send it again.
problem-link-expired = This link has ended
problem-link-expired-detail = Links are valid for a limited time. Ask for a new one, or start again with the number.
problem-too-many-requests = Too many attempts
problem-too-many-requests-detail = To protect your card we pause here. Wait a while, then try again.

## Programs that call us

problem-idempotency-key-missing = The header Idempotency-Key is missing
problem-idempotency-key-missing-detail = Send a key with each POST, so that a repetition changes nothing: for example a UUID.
problem-idempotency-key-invalid = The Idempotency-Key cannot be used
problem-idempotency-key-invalid-detail = A guest’s key is a UUID or has at least 22 characters, all of them visible ASCII.
problem-idempotency-key-reused = The Idempotency-Key was used for something else
problem-idempotency-key-reused-detail = The same key came with another body. Send a new key for a new request.
problem-request-running = The first request is still running
problem-request-running-detail = Another request with the same key has not answered yet. Wait a few seconds and repeat it.
problem-body-too-large = Too much was sent
problem-body-too-large-detail = The content is larger than we accept. Send less.
problem-body-unreadable = We could not read what was sent
problem-body-unreadable-detail = It is not well formed. Check the syntax and send it again.
problem-unsupported-media-type = We do not read this kind of content
problem-unsupported-media-type-detail = Send JSON with Content-Type application/json.
problem-method-not-allowed = This address does not take that method
problem-method-not-allowed-detail = The header Allow of this answer names the methods it takes.

## Ours

problem-not-found = There is nothing here
problem-not-found-detail = The address may be incomplete, or what it names is not yours to see. Check it, or start from the first page.
problem-internal = The fault is ours
problem-internal-detail = It has been recorded. Try again in a few minutes; if you were paying, look at the order’s page first.
problem-unavailable = We will be right back
problem-unavailable-detail = The service is busy or being updated. Try again in a minute; what you entered can be sent again safely.
problem-timeout = This took too long
problem-timeout-detail = We stopped waiting. Try again; the same request is never carried out twice.

## Why the network refused

refusal-line-closed = The card is closed and its number is lost. A new card is needed.
refusal-no-plan-in-service = This is an add-on, and the card has no plan in service. Choose a plan first.
refusal-number-not-accepted = The network does not accept this number for this plan. Check the number, or choose another plan.
refusal-network-unavailable = The network does not take renewals at the moment. Try again later.
refusal-found-undelivered = We checked with the network: nothing was delivered.

## Why money goes back. French stays within the alphabet of text messages.

refund-reason-declined = The network refused the renewal.
refund-reason-cancelled = The order was cancelled before anything was sent.
refund-reason-cancelled-before-start = The plan was given back before its first day, and it was taken off the card.
refund-reason-late-capture = The payment arrived after the order had ended.
refund-reason-amount-differs = Another amount was taken than was quoted.
refund-reason-paid-twice = The order was paid twice; one payment goes back.
refund-reason-not-wanted = The second renewal is not carried out.
refund-reason-wrong-number = It was the wrong number, and the plan was taken back.
refund-reason-reversed = The network took the renewal back.
refund-reason-goodwill = The plan was delivered, and we give the money back all the same.
refund-reason-charged-back = The bank took the payment back before the plan was delivered.
refund-reason-at-shop = The shop gave the money back, and the plan was taken back.

problem-caps-too-low = The limit is below the price
problem-caps-too-low-detail = The most you allow at once must be at least the price of the plan, and a day and a month at least as much.

problem-trigger-does-not-fit = This plan cannot be renewed at that time
problem-trigger-does-not-fit-detail = Choose another plan, or another moment for it to renew.

problem-method-not-usable = This saved way to pay cannot be used now
problem-method-not-usable-detail = It has expired, was refused by its bank, or rests for a day after your sign-in details changed. Nothing was charged. Choose another way to pay.

problem-consent-missing = Your agreement is missing
problem-consent-missing-detail = Read the text and tick the box if you agree. Nothing is turned on before.

problem-consent-outdated = The text that you agreed to is not the one of today
problem-consent-outdated-detail = Its wording, the price or the way to pay has changed since you read it. Nothing was turned on and nothing was charged. Read the text again and agree to that.

problem-sign-in-first = Please sign in first
problem-sign-in-first-detail = Several orders from here, for this card or under this contact were left unpaid. To protect cards and bank cards, sign in with a one-time code before you order again. No money moved.
problem-pay-on-page = Please pay on the provider’s page
problem-pay-on-page-detail = Saved ways to pay were used for many cards today. For this one, choose a provider: on its page your bank can ask you. Nothing was charged.
problem-staff-sign-in-failed = Signing in did not work
problem-staff-sign-in-failed-detail = Name, password and code do not fit together. Wait for the next code and try again.
problem-totp-wrong = The code does not fit
problem-totp-wrong-detail = Type the code that the app shows now. If it is still wrong, check that your telephone’s clock is set by itself.
problem-passkey-failed = Signing in did not work
problem-passkey-failed-detail = The passkey does not fit, is not known here any more, or came too late. Try again, or use your password and code.
problem-passkey-not-added = The passkey was not added
problem-passkey-not-added-detail = It did not fit what was asked, came too late, or is here already. Try again.
problem-sign-in-again = Please sign in again
problem-sign-in-again-detail = What you sign in with is changed only within ten minutes of signing in. Nothing was changed.
problem-name-taken = This name is taken
problem-name-taken-detail = Somebody who works here signs in by it. Choose another one.
problem-last-manager = Somebody has to look after the team
problem-last-manager-detail = This is the last person who may invite people and give roles. Give that right to somebody else first.
problem-payment-under-way = A saved way to pay is being charged
problem-payment-under-way-detail = Nobody knows yet whether that took the money. Wait until it is known before you take any other.
problem-not-the-total = This is not what the order costs
problem-not-the-total-detail = The amount taken by hand is the order’s total, to the cent. Nothing was booked. For another amount, make another order.
problem-above-limit = This is above what you may give back alone
problem-above-limit-detail = A supervisor or finance has to agree. Nothing was given back.
problem-manual-above-limit = This is above what you may take by hand
problem-manual-above-limit-detail = Ask a senior agent, a supervisor or finance to take it, or send a pay link. Nothing was booked.
problem-partner-above-limit = This is above what you may book
problem-partner-above-limit-detail = Ask whoever keeps the business’s server to book it there, or to raise the limit. Nothing was booked.
problem-reference-used = This reference was used before
problem-reference-used-detail = It names another payment by the same method. Look at the statement or the receipt book again. Nothing was booked.
problem-reference-invalid = This is no reference
problem-reference-invalid-detail = A reference has 3 to 40 letters and digits, as the statement or the receipt book shows it. Nothing was booked.
problem-holds-bank-card = This looks like the number of a bank card
problem-holds-bank-card-detail = Bank card numbers are never written down here. Take it out of the text. Nothing was kept.
problem-own-request = Somebody else has to agree
problem-own-request-detail = Nobody agrees to what they asked for themselves. Nothing was given back.
problem-request-decided = Somebody has decided about this already
problem-request-decided-detail = Look at the order again to see what became of it.
problem-request-lapsed = This request waited for too long
problem-request-lapsed-detail = Requests wait for seven days. If it is still wanted, ask for it anew. Nothing was given back.
problem-order-changed = The order has changed since this was asked for
problem-order-changed-detail = It no longer allows this refund: less is left of the payment, or the plan was taken back. Nothing was given back. Look at the order and ask anew.
problem-call-over = This call is over
problem-call-over-detail = It was ended, or nothing was done in it for 15 minutes. Take it anew from the search. No money moved.
problem-not-verified = The caller is not verified
problem-not-verified-detail = Nothing of the card is shown and nothing is done before the caller has proven who they are.
problem-link-not-sent = The link could not be sent
problem-link-not-sent-detail = The carrier did not take it. Try the other way, or show the QR code. No money moved.
problem-plan-changed = This plan has changed since you looked at it
problem-plan-changed-detail = Somebody set a price, stopped or resumed its sale in the meantime. You changed nothing. Look at the plan again.
problem-price-same = It has this price on that day already
problem-price-same-detail = Write another price, or another day. Nothing was changed.
problem-price-past = That day is over
problem-price-past-detail = A price begins today or later, where the operator is. Nothing was changed.
problem-price-after-sale = The plan’s sale ends before that day
problem-price-after-sale-detail = Choose an earlier day, or give the plan a later last day in the catalogue. Nothing was changed.
problem-terms-not-sent = The terms are not in the payer’s hands yet
problem-terms-not-sent-detail = In Quebec they come first, in writing. Send them, and ask for the yes once they are there. If they cannot be sent, send the link. Nothing was ordered, and nothing was charged.
problem-sold-elsewhere = Somebody else sold this
problem-sold-elsewhere-detail = The order was sold by a partner or a shop, who settles it with their buyer. Nothing was given back here.
problem-account-used-up = The account does not have enough
problem-account-used-up-detail = What is paid in and the credit together do not cover this. Nothing was ordered. Pay in, or ask for more credit, and try again under the same reference.
problem-partner-stopped = New orders are stopped
problem-partner-stopped-detail = This partner cannot place orders at present. What is on its way goes on. Please get in touch with us.
problem-price-above-most = It costs more than you allow
problem-price-above-most-detail = The price is above the most that was given with the order. Nothing was ordered. Look at the products for today’s price.
problem-callback-refused = This address cannot be called
problem-callback-refused-detail = A callback goes to a public https address, without a name and password in it. Give another one.
problem-too-many-keys = There are too many keys
problem-too-many-keys-detail = Twenty keys sign in already. End one that is not used any more.
