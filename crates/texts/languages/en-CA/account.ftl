### Accounts: signing in, cards, helpers, orders, personal data, and the demonstration mailbox.

## Coming in

sign-in-title = Sign in
sign-in-lead = With your password, or with a code that we send you.
who = E-mail or mobile number
password = Password
sign-in-password-hint = Leave it empty to sign in with a code.
sign-in-button = Sign in
sign-in-code-button = Send me a code
sign-in-no-account = No account yet?
code-title = Enter the code
code-sent = If { $to } has an account, a code is on its way there. It is valid for 10 minutes.
verify-sent = We sent a code to { $to }. It is valid for 10 minutes.
code-label = Code
code-hint = 6 digits. Pasting works.
code-again = Send another code
code-other-way = Sign in another way
register-title = Create an account
register-lead = See what is left, be reminded in time, renew in two taps.
register-who-hint = We send a code there.
password-optional = Password (optional)
register-password-hint =
    { $length ->
        [one] At least { $length } character. Without one you sign in with a code.
       *[other] At least { $length } characters. Without one you sign in with a code.
    }
register-agree = By creating an account you accept:
register-button = Create the account
register-have-account = Already have one?

## My cards

cards-none = No card here yet. Add the first one; you need the card or its papers.
cards-renew = Renew { $price }
cards-choose = Choose a plan
role-helper = you help with this card
days-until-start =
    { $days ->
        [one] day to start using it
       *[other] days to start using it
    }
days-until-expiry =
    { $days ->
        [one] day left
       *[other] days left
    }
days-until-grace-ends =
    { $days ->
        [one] day left to renew and keep everything
       *[other] days left to renew and keep everything
    }
days-until-number-lost =
    { $days ->
        [one] day until the number is lost
       *[other] days until the number is lost
    }
days-closed =
    { $days ->
        [one] day
       *[other] days
    }

## Adding a card

add-title = Add a card
add-lead = Show that the card is yours, or that its holder agrees.
add-nickname = Name of the card
add-nickname-hint = Only you and the helpers see it, for example “Mother’s card”.
add-proof = How do you show it?
proof-code = A code to the card
proof-code-hint = We text 6 digits to the number. The card must be in a phone.
proof-pin = The card’s PIN
proof-pin-hint = The number chosen when the card was bought, for calls to the help line.
proof-puk = ICCID and PUK
proof-puk-hint = Both are printed on the holder the card came in.
proof-holder = Ask the holder
proof-holder-hint = The holder gets a link and says yes or no. The card may be anywhere.
pin-label = PIN
pin-hint = 4 to 8 digits. Not your bank card’s.
iccid-label = ICCID
iccid-hint = 19 or 20 digits, beginning with 89.
puk-label = PUK
puk-hint = 8 digits.
holder-label = The holder’s e-mail or mobile number
holder-hint = Leave it empty to send the link to the card itself.
holder-asked = We asked { $to }. As soon as the holder agrees, the card is among yours.
proof-other = Show it another way

## One card

card-life = The time left
card-left = What is left
card-renew = Renew
card-plans-paused = Renewals are paused just now
card-plans-paused-detail = The network does not take renewals at the moment, so nothing is sold that could not be delivered. Look again in a few minutes.
advice-not-yet = No need to renew yet.
advice-renew-by = Renew by { $date }.
advice-runs-out = At about { $amount } a day, the { $left } left end on { $date }, { $days } before the plan does.
advice-resumes = At about { $amount } a day, the { $left } left end on { $date }; what you bought ahead begins { $resumes }.
advice-gone = The data is used up.
advice-between = Most likely between { $from } and { $to }.
advice-from = Most likely not before { $from }.
advice-lasts = At about { $amount } a day, the data lasts until the plan ends on { $date }.
advice-may-end = If you use more than usual, it could end from { $from } on.
advice-too-little = There is too little use yet to say when the data ends. The plan ends on { $date }.
advice-ends = The plan ends on { $date }.
advice-budget = Up to { $amount } a day lasts until { $date }.
advice-grace = Until then, everything comes back.
ahead-title = What will be left
ahead-sentence = { $now } now; about { $end } when the plan ends on { $date }.
ahead-gone = Used up { $date }
ahead-plan-ends = Plan ends { $date }
ahead-legend = The line is what we expect; in 8 cases of 10 it stays within the band.
ahead-left = Expected
ahead-range = Likely
ahead-likely = { $least } to { $most }
card-usage = Usage
usage-span = Period
usage-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
usage-table = The same as a table
usage-day = Day
usage-amount = Used
usage-title = Usage by day
usage-none = Nothing was used yet.
usage-today = Today
hours-title = Usage by hour
hours-hour = Hour
hours-span = { $from } to { $until }
hours-sentence = Data · { $amount } since { $date }. Most is used between { $from } and { $until }.
hours-own = You have { $left } more for { $from } to { $until } every day; { $percent }% of your data is used then.
hours-offered = { $percent }% of your data is used between { $from } and { $until }, when some plans give more.
hours-moving = Use { $amount } of it every 30 days between { $from } and { $until } instead of at other hours, and { $plan } is enough: { $saves } less for 30 days than { $instead }, before tax.
card-more = More about this card
card-history = History
card-settings = Settings of this card
card-remove = Remove this card from my list
card-remove-hint = The card itself stays as it is. You can add it again.
life-title = The line of the card’s life
life-today = Today
life-now = Today is { $date }
life-expiry = Expires { $date }
life-grace = Grace until { $date }
life-lost = Number lost { $date }
life-join = { ", " }
history-none = Nothing yet.
history-order = Order { $reference }
history-grant = added
history-use = used
history-expire = expired
history-take-back = taken back

## Helpers and approvals

helpers-title = Helpers
helpers-lead = A helper sees what is left, renews and is reminded with you. You can take it back at any time.
helper-asked = asked on { $date }, not answered yet
helper-since = since { $date }
helper-revoke = Take back
helper-add = Name a helper
helper-name = Name
helper-contact-hint = The helper gets a link and accepts there.
helper-send = Send the link
approve-title-help = May this person help with your card?
approve-lead-help = They would see what is left, renew and be reminded. They cannot take the card away, and you can end it at any time.
approve-title-become = Will you help with this card?
approve-lead-become = You would see what is left, renew and be reminded. It costs you nothing.
approve-asker = Asked by
approve-until = Answer by
approve-yes = Yes, I agree
approve-no = No
approve-note = If you do not know this person, say no. Nothing happens then.
approve-done-yes = You agreed.
approve-done-yes-text = It works from now on. You can end it on the card’s page at any time.
approve-done-no = You said no.
approve-done-no-text = Nothing changes. We tell the person who asked.

## Orders and the account

orders-none = No order yet.
account-contacts = How we reach you
contact-verified = verified
contact-unverified = not verified yet
contact-add = Add an e-mail or mobile number
contact-add-button = Send a code there
account-language = Language of messages
account-language-hint = E-mails, texts and receipts come in it.
account-password-change = Change the password
account-password-set = Set a password
password-current = Current password
password-new = New password
password-length =
    { $length ->
        [one] At least { $length } character.
       *[other] At least { $length } characters.
    }
account-devices = Signed in on
session-here = this device
sign-out = Sign out
sign-out-everywhere = Sign out everywhere
account-data = Your data
account-data-text = Everything we keep about you, as a file that programs can read (JSON).
account-data-button = Download my data
delete-title = Delete my account
delete-text = Your contacts, names, devices and links to cards are erased at once. The cards themselves stay as they are.
delete-kept = Tax law makes us keep the amounts, taxes and dates of your orders until { $date }. They no longer name you.
delete-nothing-kept = Nothing is kept: there are no orders.
delete-confirm = I want to delete my account. It cannot be undone.
deleted-title = Your account is deleted.
deleted-lead = You are signed out everywhere. Your contacts and names are erased.

## The demonstration mailbox

mailbox-title = Demonstration mailbox
mailbox-lead = Anyone can open this page. It shows what would have been sent by e-mail and text. Nothing here leaves this machine.
mailbox-none = No message yet. Renew a card, then come back.
mailbox-email = E-mail
mailbox-text = Text
