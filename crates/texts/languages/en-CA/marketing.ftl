### Messages that sell: consent, and the way out. `-sms-end` stays within the alphabet of text messages in French.
## The words of consent. A changed word is a new version (VERSION in wording/marketing.rs).
marketing-words-email = I agree that { $brand } ({ $merchant }, { $address }) sends me promotions for my cards by e-mail, for instance when one is about to end. I can end this at any time, here or by the link in every message. Contact: { $phone }, { $email }.
marketing-words-sms = I agree that { $brand } ({ $merchant }, { $address }) sends me promotions for my cards by text message, for instance when one is about to end. I can end this at any time, here, by the link in every message, or by answering STOP. Contact: { $phone }, { $email }.

marketing-title = Promotions
marketing-lead = Only if you want them, and apart from the reminders of your cards: those come either way, as you chose.
marketing-by-email = Promotions by e-mail
marketing-by-sms = Promotions by text message
marketing-since = On since { $date }
marketing-give = Turn on
marketing-end = Turn off
marketing-label-way-out = No more promotions
notice-why-marketing = You receive this because you agreed to promotions on the page of your account. The link above ends that at once.
marketing-sms-end = { $merchant }, { $address }, { $phone }. No more: STOP or { $link }

unsubscribe-title = No more promotions?
unsubscribe-lead = One tap and we send you no more promotions, neither by e-mail nor by text message. Reminders of your own cards go on as you chose.
unsubscribe-button = No more promotions
unsubscribe-done = You get no more promotions
unsubscribe-done-text = This holds from now on. Reminders of your own cards go on as you chose. You can turn promotions on again on the page of your account.
