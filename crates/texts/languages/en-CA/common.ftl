### Words that all pages, notices and receipts share: the brand, units, money, dates, zones, lists and the names of states.

brand = Farline

## Quantities. The number comes formatted; a unit also stands alone beside a large numeral.

quantity = { $number } { $unit }
unit-gigabyte = GB
unit-megabyte = MB
unit-kilobyte = kB
unit-octet = B
unit-minutes =
    { $count ->
        [one] minute
       *[other] minutes
    }
unit-messages =
    { $count ->
        [one] message
       *[other] messages
    }
unit-days =
    { $count ->
        [one] day
       *[other] days
    }
rate = { $number }%

## Money. A currency not named here is written with its code.

money = { $symbol }{ $amount }
money-code = { $code } { $amount }
currency-cad = $
currency-usd = US$
currency-cny = CN¥
currency-eur = €
currency-gbp = £
currency-hkd = HK$
currency-jpy = JP¥

## Dates and times. `date-first-day` is how the first of a month is written by a language that puts the day first.

date-first-day = 1
date-time = { $date } at { $time } ({ $zone })

## Time zones by their name in the IANA database. `aside` stands between brackets after a time.

zone-america-st-johns = St. John’s time
    .aside = St. John’s
zone-america-halifax = Halifax time
    .aside = Halifax
zone-america-glace-bay = Glace Bay time
    .aside = Glace Bay
zone-america-moncton = Moncton time
    .aside = Moncton
zone-america-goose-bay = Goose Bay time
    .aside = Goose Bay
zone-america-blanc-sablon = Blanc-Sablon time
    .aside = Blanc-Sablon
zone-america-montreal = Montréal time
    .aside = Montréal
zone-america-toronto = Toronto time
    .aside = Toronto
zone-america-nipigon = Nipigon time
    .aside = Nipigon
zone-america-thunder-bay = Thunder Bay time
    .aside = Thunder Bay
zone-america-iqaluit = Iqaluit time
    .aside = Iqaluit
zone-america-pangnirtung = Pangnirtung time
    .aside = Pangnirtung
zone-america-atikokan = Atikokan time
    .aside = Atikokan
zone-america-winnipeg = Winnipeg time
    .aside = Winnipeg
zone-america-rainy-river = Rainy River time
    .aside = Rainy River
zone-america-resolute = Resolute time
    .aside = Resolute
zone-america-rankin-inlet = Rankin Inlet time
    .aside = Rankin Inlet
zone-america-regina = Regina time
    .aside = Regina
zone-america-swift-current = Swift Current time
    .aside = Swift Current
zone-america-edmonton = Edmonton time
    .aside = Edmonton
zone-america-cambridge-bay = Cambridge Bay time
    .aside = Cambridge Bay
zone-america-inuvik = Inuvik time
    .aside = Inuvik
zone-america-yellowknife = Yellowknife time
    .aside = Yellowknife
zone-america-creston = Creston time
    .aside = Creston
zone-america-dawson-creek = Dawson Creek time
    .aside = Dawson Creek
zone-america-fort-nelson = Fort Nelson time
    .aside = Fort Nelson
zone-america-vancouver = Vancouver time
    .aside = Vancouver
zone-america-whitehorse = Whitehorse time
    .aside = Whitehorse
zone-america-dawson = Dawson time
    .aside = Dawson
zone-asia-shanghai = Beijing time
    .aside = Beijing

## Phone numbers

phone-hint = ending in { $digits }

## Lists

list-two = { $before } and { $after }
list-middle = { $before }, { $after }
list-end = { $before } and { $after }

## The state of an order, as the customer reads it

order-state-awaiting-payment = Awaiting payment
order-state-paid = Paid
order-state-delivering = Activating
order-state-unknown = Checking with the network
order-state-delivered = Active
order-state-declined = Refused by the network
order-state-reversed = Taken back
order-state-refunding = Refund on its way
order-state-refunded = Refunded
order-state-expired = Expired
order-state-cancelled = Cancelled

## The state of a card

line-state-inactive = Not yet activated
line-state-active = Active
line-state-grace = Grace period
line-state-suspended = Suspended
line-state-closed = Closed

# What the pages say of plans and balances.
tile-last = Your last plan
tile-spare = More than you use: about { $amount } would be left over, { $money } of the price.
tile-before-tax = before tax
tile-includes = includes { $taxes }
period = { $from } to { $until }
period-or-used-up = { $period }, or as soon as your data is used up
period-or-used-up-in-full = { $period }, or as soon as your data is used up. If it starts sooner, its days count from that day.
gap-sentence = From { $from } to { $until } you may be without data.
bucket-data = Data
bucket-voice = Calls
bucket-messages = Texts
bucket-credit = Credit
bucket-of = of { $amount }
bucket-until = until { $date }
bucket-for-ever = does not expire
bucket-frozen = frozen until the card is renewed
bucket-low = Low
time-in-zone = { $time } ({ $zone })
what-in-zone = { $what } ({ $zone })
