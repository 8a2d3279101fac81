### Promotions: what they give, their terms, and where a code is typed.

## What is given, and on which terms

promotion-off-share = { $rate } off
promotion-off-amount = { $amount } off
promotion-applied = { $name }: { $gives }
promotion-per-customer = { $count } per customer
promotion-days = From { $from } to { $until }.
promotion-hours = Each day from { $from } to { $until }, by the clocks of the card’s operator.
promotion-all-plans = For every plan that can have it.
promotion-plans = For { $plans }.
promotion-first-renewal = For a card’s first renewal with us, once.
promotion-by-itself = No code is needed: the price you see has it.
promotion-by-code = With the code { $code }.
promotion-by-single-use = With a personal code, good once.
promotion-alone = It does not go together with other promotions.
promotion-with-others = It goes together with other promotions that say the same.

## The code, on the check page

promotion-code-refused = { $title }. { $detail }
promotion-code-title = Promotion code
promotion-code-hint = Leave it empty to take a code out. What is given without a code is in the price already.
promotion-code-apply = Use this code

## The page of current promotions

promotions-title = Current promotions
promotions-lead = What is given now, to whom, and until when. The best one is in your price without your doing.
promotions-none = There is no promotion now. The prices you see are the prices there are.
promotions-renew = Renew a card
promotions-home = Current promotions

## The desk

desk-promotions = Promotions
desk-promotions-lead = What is given now and what is to come, with what is left of it.
desk-promotions-none = There is no promotion.
desk-promotion-running = Given now
desk-promotion-coming = Begins { $date }
desk-promotion-over = Over since { $date }
desk-promotion-stopped = Stopped { $time }
desk-promotion-used = { $used } used, { $reserved } held
desk-promotion-left = { $used } used, { $reserved } held, { $left } left of { $limit }
desk-promotion-codes = { $count } single-use codes
desk-promotion-stop = End it now
desk-promotion-stop-reason = Why it ends
desk-promotion-new = New promotion
desk-promotion-code = Code
desk-promotion-code-hint = Small letters, digits and hyphens. It is also its name for ever.
desk-promotion-name-en = Name in English
desk-promotion-name-fr = Name in French
desk-promotion-name-zh = Name in Chinese
desk-promotion-reduction = Taken off
desk-promotion-reduction-hint = Such as 10 % or 5.00 CAD
desk-promotion-from = First day
desk-promotion-until = Last day
desk-promotion-limit = How often in all
desk-promotion-limit-line = How often per card
desk-promotion-no-limit = Leave it empty for no limit.
desk-promotion-way = How one gets it
desk-promotion-way-code = By its code
desk-promotion-way-itself = By itself, without a code
desk-promotion-who = For which renewals
desk-promotion-who-every = Every renewal
desk-promotion-who-first = The first renewal of a card
desk-promotion-with = With others
desk-promotion-with-alone = Alone
desk-promotion-with-others = Together with others that say the same
desk-promotion-shown = On the page of promotions
desk-promotion-shown-hidden = Not shown
desk-promotion-shown-public = Shown
desk-promotion-create = Create it
desk-promotion-file = Bonuses, hours, single plans and single-use codes are set in a file: farline import promotions.
desk-promotions-done-created = The promotion is given from its first day on.
desk-promotions-done-stopped = The promotion has ended. Prices that were given keep their word until they expire.
