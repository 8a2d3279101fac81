### Comparing channels: the same need, priced everywhere.

compare-title = Compare channels
compare-lead = What you need, priced over every channel we know of: in one currency, with tax and fees. The best is named, whosever it is.
compare-link = Compare what you use with every channel
compare-home = Compare prices of every channel
compare-need = What you need
compare-gb = Data in GB
compare-gb-hint = For all the days together. 0 for none.
compare-minutes = Calls in minutes
compare-messages = Text messages
compare-days = For how many days
compare-from = From
compare-operator = Operator of the card
compare-operator-any = Any
compare-sort = Sorted by
compare-sort-total = Total price
compare-sort-per_gb = Price of a GB
compare-sort-per_day = Price of a day
compare-show = Compare
compare-ours = This shop
compare-supplier = { $name } (supplier)
compare-best = The best for this: { $name }, { $seller }
compare-best-total = { $total } in all
compare-none = Nothing that is listed covers this need.
compare-none-hint = Take fewer gigabytes or days, or another operator.
compare-reason-only-one = It is the only one that covers the need.
compare-reason-cheapest = It costs { $amount } less than the next one that covers the need.
compare-reason-more = Others cost as much, and this one gives more.
compare-reason-as-good = Others cost as much and give as much.
compare-short =
    { $count ->
        [one] 1 offer does not cover it
       *[other] { $count } offers do not cover it
    }
compare-details = Details
compare-offers = Every offer
compare-times =
    { $count ->
        [one] One purchase covers it
       *[other] Bought { $count } times
    }
compare-never-without-data = Gives no data.
compare-never-without-voice = Gives no calls.
compare-never-without-messages = Gives no messages.
compare-never-without-credit = Gives no credit.
compare-never-adds = Only adds to a plan that runs; by itself it gives no days.
compare-never-waits-data = Does not cover it: the data runs out, and the next one waits until the plan ends.
compare-never-waits-voice = Does not cover it: the minutes run out, and the next one waits until the plan ends.
compare-never-waits-messages = Does not cover it: the messages run out, and the next one waits until the plan ends.
compare-never-waits-credit = Does not cover it: the credit runs out, and the next one waits until the plan ends.
compare-never-often = Would have to be bought more often than once a day.
compare-lasts-whole = One lasts to your last day.
compare-lasts-days = One lasts until its time is over; from { $date } the next is needed.
compare-lasts-data = One lasts until its data runs out; from { $date } the next is needed.
compare-lasts-voice = One lasts until its minutes run out; from { $date } the next is needed.
compare-lasts-messages = One lasts until its messages run out; from { $date } the next is needed.
compare-lasts-credit = One lasts until its credit runs out; from { $date } the next is needed.
compare-unlimited-data = unlimited data
compare-unlimited-voice = unlimited minutes
compare-unlimited-messages = unlimited messages
compare-unlimited-credit = unlimited credit
compare-per-gb = { $amount } a GB
compare-per-day = { $amount } a day
compare-listed = Listed at { $price }
compare-tax-included = tax included
compare-tax-rate = plus { $rate } tax
compare-tax-amount = plus { $amount } tax
compare-fees = plus { $amount } fees
compare-rate = 1 { $from } counted as { $rate } { $to }: { $source }, { $date }.
compare-dominated = { $name } ({ $seller }) costs no more and gives no less.
compare-seen = Listed { $date }
compare-service-none = Delivery not measured: its orders are not ours.
compare-service-few = Delivery not measured: { $orders } orders in 30 days, at least 30 are needed.
compare-service-delivered = Of { $orders } orders { $share } were delivered, half of them within { $time }.
compare-service-refunded = Half of the refunds were back within { $time }.
compare-span-ms =
    { $count ->
        [one] 1 millisecond
       *[other] { $count } milliseconds
    }
compare-span-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
compare-span-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
compare-span-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
compare-not-comparable = Not compared
compare-why-no-rate = No exchange rate for { $currency } is known.
compare-why-mixed = Its price, tax and fees are in several currencies.
compare-why-below-zero = It has an amount below zero.
compare-why-no-day = It lasts no day.
compare-why-too-large = Its cost is too large to be counted.
compare-why-twice = Its seller lists this code twice.
compare-export = Save as a table (CSV)
compare-note = Our own prices have the taxes of { $province }. Others are as they were listed on their date; they may have changed.
