### The telephone robot, and answers to text messages.

## What the robot says. It is heard, not read: short sentences, and the key at their end.

robot-language = { $brand }. For English, press { $key }.
robot-own-card = For the card ending in { $digits }, press 1. For another card, press 2. To speak to a person, press 0.
robot-type-number = Enter the number of your card, and then the number sign.
robot-unknown-number = We do not know a card with this number.
robot-type-pin = Enter the PIN of the card, and then the number sign.
robot-wrong-pin = This is not the PIN of the card.
robot-pin-locked = The PIN was wrong too often today. It can be tried again tomorrow.
robot-until-active = Your card is good until { $date }.
robot-until-grace = Your card has expired. What is left on it is kept until { $date }, and a renewal brings it back.
robot-until-suspended = Your card is out of service. Its number is kept until { $date }.
robot-until-inactive = Your card has not been used yet.
robot-until-closed = The number of this card is lost. A new card is needed.
robot-left = You have { $left } left.
robot-left-nothing = There is nothing left on the card.
robot-menu = To renew your last plan with your saved payment method, press 1. To get a link for paying by text message, press 2. To hear again what is left, press 3. To speak to a person, press 0.
robot-offer = { $plan }. { $total }, tax included, paid with { $method }.
robot-offer-until = Your card is then good until { $date }.
robot-terms-email = We have just sent you the terms in writing by e-mail. Take the time to read them.
robot-terms-sms = We have just sent you the terms in writing by text message. Take the time to read them.
robot-agree = To agree and pay now, press 1. To go back without ordering, press 2. To speak to a person, press 0.
robot-no-plan = This card has no earlier plan that can be bought again. We can send you a link to all plans.
robot-no-method = There is no saved payment method that can be used now. We can send you a link for paying.
robot-in-progress = A renewal of this card is already under way. Nothing new was ordered.
robot-terms-not-sent = The terms have to reach you in writing first, and we have no address to send them to. Nothing was ordered.
robot-not-renewable = This card cannot be renewed any more.
robot-delivered = It is paid and done. Thank you.
robot-delivered-until = It is paid and done. Your card is good until { $date }. Thank you.
robot-on-its-way = It is paid. The network has not answered yet. We tell you by message as soon as it has. You are not charged twice.
robot-unknown = It is paid. Whether it has arrived is not known yet, and we are finding out. You get the plan or your money back.
robot-charge-unknown = We do not know yet whether your bank has paid. We are finding out. Please do not pay again: you are not charged twice.
robot-declined = The bank said no. Nothing was charged. You can get a link and pay in another way.
robot-not-ordered = That was not possible. Nothing was ordered and nothing was charged.
robot-too-many = There were too many attempts. Nothing was ordered and nothing was charged.
robot-goes-back = The network refused the renewal. Your money goes back.
robot-link-sent = We have sent a text message with the link to your card.
robot-link-stopped = This number wants no text messages. Send START to us, and then ask again.
robot-link-no-number = This card has no number that can get text messages.
robot-link-too-many = Several orders of this card wait to be paid. Please pay one of them, or try again in an hour.
robot-link-not-now = A link cannot be sent now: a renewal is under way, or the card cannot be renewed.
robot-link-not-sent = The text message could not be sent.
robot-nothing-ordered = Nothing was ordered.
robot-no-such-key = That key does nothing here.
robot-trouble = Something went wrong on our side.
robot-connecting = We are putting you through to a person.
robot-nobody = Nobody can take your call now. You reach us at { $phone }, or on the web.
robot-moment = One moment, please.
robot-goodbye = Goodbye.

## Amounts for the ear

spoken-dollars =
    { $count ->
        [one] { $count } dollar
       *[other] { $count } dollars
    }
spoken-cents =
    { $count ->
        [one] { $count } cent
       *[other] { $count } cents
    }
spoken-dollars-cents = { $dollars } and { $cents }
spoken-gigabytes = { $number } gigabytes of data
spoken-megabytes = { $number } megabytes of data
spoken-credit = { $amount } of credit
spoken-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
spoken-messages =
    { $count ->
        [one] { $count } text message
       *[other] { $count } text messages
    }
spoken-method = { $brand } ending in { $digits }

## Written terms, sent before a renewal by telephone can be agreed to

voice-terms-subject = Terms of the renewal you are asked about on the telephone
voice-terms-offer = { $brand }: { $plan }, { $total }, tax included.
voice-terms-until = The card is then good until { $date }.
voice-terms-more = Nothing is ordered until you agree. Terms, refunds and how to cancel: { $link }

## Answers to text messages

text-offer = { $brand }: { $plan } for card { $card }: { $total }, tax included, paid with { $method }. Reply YES within 30 minutes to renew. Terms: { $link }
text-link = { $brand }: renew and pay here: { $link }
text-left = { $brand }: card { $card } has { $left } left.
text-left-nothing = { $brand }: there is nothing left on card { $card }.
text-until-active = It is good until { $date }.
text-until-renewing = Its renewal is on its way by itself. You need do nothing.
text-until-grace = It has expired. Its balance is kept until { $date }.
text-until-suspended = It is out of service. Its number is kept until { $date }.
text-until-inactive = It has not been used yet.
text-until-closed = Its number is lost.
text-delivered = { $brand }: card { $card } is renewed and paid.
text-on-its-way = { $brand }: paid. The network has not answered yet; we write as soon as it has. You are not charged twice.
text-unknown = { $brand }: paid. Whether it has arrived is not known yet. You get the plan or your money back.
text-charge-unknown = { $brand }: we do not know yet whether your bank has paid. Please do not pay again; you are not charged twice.
text-declined = { $brand }: the bank said no, nothing was charged. Pay in another way: { $link }
text-not-ordered = { $brand }: that was not possible. Nothing was ordered, nothing charged.
text-too-many = { $brand }: this card was renewed by text message today already, or too often tried. Nothing was ordered.
text-in-progress = { $brand }: a renewal of this card is already under way. Nothing new was ordered.
text-goes-back = { $brand }: the network refused the renewal. Your money goes back.
text-not-renewable = { $brand }: this card cannot be renewed any more.
text-no-card = { $brand }: this number is no card of ours. Renew a card: { $link }
text-stopped = { $brand }: you will get no more text messages from us. Send START to get them again.
text-started = { $brand }: you get our text messages again. Send STOP to end them.
text-help = { $brand } ({ $seller }): we renew prepaid cards. Phone { $phone }, e-mail { $email }. Send YES to renew, BAL for your balance, STOP to end text messages.
text-other = { $brand }: we read only these words: YES renews, BAL tells your balance, HELP tells who we are, STOP ends text messages.
