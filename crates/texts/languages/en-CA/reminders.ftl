### Reminders: what a card's people are told in time. `-sms` stays within the alphabet of text messages in French.
### `last` is yes on the last day of service, `reply` is yes where an answer renews.

reminder-label-manage = Change or stop reminders
notice-why-reminder = You receive this because this card is in your account and reminders are on for it. This is about your own service; we sell nothing by it.
reminder-what-data = data
reminder-what-voice = minutes
reminder-what-credit = credit

reminder-expires-in-subject = { $last ->
    [yes] The card { $card } is in service until the end of today
   *[no] The card { $card } is in service for { $days } more
}
reminder-expires-in-lead = The last day of service of the card { $card } ({ $expires }) is near. Renew by then and nothing is interrupted. If you do nothing, what is left is kept until { $grace }, and the number until { $kept }.
reminder-expires-in-sms = { $brand }: the card { $card } is in service until { $expires }. Renew in two taps: { $link }
reminder-grace-begins-subject = The card { $card } is out of service; what is left is kept until { $grace }
reminder-grace-begins-lead = Service of the card { $card } ended on { $expires }. Nothing is lost yet: renew by { $grace } and everything that was left comes back.
reminder-grace-begins-sms = { $brand }: service of the card { $card } ended on { $expires }. What is left is kept until { $grace }. Renew: { $link }
reminder-last-safe-day-subject = Until { $grace } the card { $card } keeps what is left
reminder-last-safe-day-lead = { $grace } is the last day on which a renewal brings back what is left on the card { $card }. After that it is gone; the number is kept until { $kept }.
reminder-last-safe-day-sms = { $brand }: { $grace } is the last day to keep what is left on the card { $card }. Renew: { $link }
reminder-number-ends-subject = The number of the card { $card } is lost after { $kept }
reminder-number-ends-lead = The card { $card } has not been renewed for a long time. Its number is kept until { $kept }, then it is gone for good. Any renewal keeps it.
reminder-number-ends-sms = { $brand }: the number of the card { $card } is lost after { $kept }. Any renewal keeps it: { $link }
reminder-used-subject = { $percent } % of the { $what } of the card { $card } is used
reminder-used-lead = { $percent } % of the { $what } of a plan on the card { $card } is used. The plan lasts until { $expires }. The card’s page shows what is left and how long it will last.
reminder-used-sms = { $brand }: { $percent } % of the { $what } of the card { $card } is used. The plan lasts until { $expires }. More: { $link }
reminder-used-up-subject = The { $what } of a plan on the card { $card } is used up
reminder-used-up-lead = A plan on the card { $card } has no { $what } left. If another plan has some, it goes on with that. The plan lasts until { $expires }.
reminder-used-up-sms = { $brand }: the { $what } of a plan on the card { $card } is used up. More: { $link }
reminder-runs-out-subject = The data of the card { $card } will last less than three days
reminder-runs-out-lead = { $left } is left on the card { $card }. At the pace of the last seven days that is less than three days, and the plan lasts until { $expires }.
reminder-runs-out-sms = { $brand }: { $left } left on the card { $card }, less than three days at your pace. The plan lasts until { $expires }. More: { $link }
reminder-runs-out-voice-subject = The minutes of the card { $card } will last less than three days
reminder-runs-out-voice-lead = { $left } are left on the card { $card }. At the pace of the last seven days that is less than three days, and the plan lasts until { $expires }.
reminder-runs-out-voice-sms = { $brand }: { $left } left on the card { $card }, less than three days at your pace. The plan lasts until { $expires }. More: { $link }
reminder-credit-low-subject = Little credit is left on the card { $card }
reminder-credit-low-lead = Nine tenths of the credit on the card { $card } is used. When it is gone, what is paid from credit stops.
reminder-credit-low-sms = { $brand }: little credit is left on the card { $card }. Renew: { $link }
reminder-promotion-ends-subject = { $promotion }: { $gives } for the card { $card }, until { $until }
reminder-promotion-ends-lead = { $promotion } gives { $gives } on a renewal of the card { $card }. It ends on { $until }. The price behind the link has it already; nothing is to be typed.
reminder-promotion-ends-sms = { $brand }: { $gives } on a renewal of the card { $card } ({ $promotion }), until { $until }. Two taps: { $link }
reminder-sms-end = { $reply ->
    [yes] Or answer YES. No more texts: STOP
   *[no] No more texts: STOP
}

reminders-title = Reminders
reminders-lead = Before something ends on this card, you are told in time: the last day of service, data and minutes, credit. Never at night.
reminders-by = How you are reminded of this card
reminders-hint = This is about this card only, and no advertising. It holds at once, also for what is planned already.
reminders-told = What you were told
reminders-by-email = By e-mail
reminders-by-sms = By text message
reminders-by-none = Not at all
reminders-why-expires-in = The last day of service is near
reminders-why-grace-begins = Service ended, what is left is kept
reminders-why-last-safe-day = Last day to keep what is left
reminders-why-number-ends = The number is about to be lost
reminders-why-used = Data or minutes are going down
reminders-why-used-up = Data or minutes are used up
reminders-why-runs-out = Data lasts less than three days
reminders-why-runs-out-voice = Minutes last less than three days
reminders-why-credit-low = Little credit is left
reminders-why-promotion-ends = A promotion is about to end
reminders-is-planned = planned
reminders-is-sent = sent
reminders-is-dropped = no longer needed
reminders-is-failed = could not be sent
