### Words that all pages, notices and receipts share: the brand, units, money, dates, zones, lists and the names of states.

brand = Farline

## Quantities. The number comes formatted; a unit also stands alone beside a large numeral.

quantity = { $number } { $unit }
unit-gigabyte = Go
unit-megabyte = Mo
unit-kilobyte = ko
unit-octet = o
unit-minutes =
    { $count ->
        [one] minute
       *[other] minutes
    }
unit-messages =
    { $count ->
        [one] texto
       *[other] textos
    }
unit-days =
    { $count ->
        [one] jour
       *[other] jours
    }
rate = { $number } %

## Money. A currency not named here is written with its code.

money = { $amount } { $symbol }
money-code = { $amount } { $code }
currency-cad = $
currency-usd = $ US
currency-cny = CN¥
currency-eur = €
currency-gbp = £
currency-hkd = $ HK
currency-jpy = ¥

## Dates and times. `date-first-day` is how the first of a month is written by a language that puts the day first.

date-first-day = 1er
date-time = { $date } à { $time } ({ $zone })

## Time zones by their name in the IANA database. `aside` stands between brackets after a time.

zone-america-st-johns = heure de Saint-Jean
    .aside = heure de Saint-Jean
zone-america-halifax = heure de Halifax
    .aside = heure de Halifax
zone-america-glace-bay = heure de Glace Bay
    .aside = heure de Glace Bay
zone-america-moncton = heure de Moncton
    .aside = heure de Moncton
zone-america-goose-bay = heure de Goose Bay
    .aside = heure de Goose Bay
zone-america-blanc-sablon = heure de Blanc-Sablon
    .aside = heure de Blanc-Sablon
zone-america-montreal = heure de Montréal
    .aside = heure de Montréal
zone-america-toronto = heure de Toronto
    .aside = heure de Toronto
zone-america-nipigon = heure de Nipigon
    .aside = heure de Nipigon
zone-america-thunder-bay = heure de Thunder Bay
    .aside = heure de Thunder Bay
zone-america-iqaluit = heure d’Iqaluit
    .aside = heure d’Iqaluit
zone-america-pangnirtung = heure de Pangnirtung
    .aside = heure de Pangnirtung
zone-america-atikokan = heure d’Atikokan
    .aside = heure d’Atikokan
zone-america-winnipeg = heure de Winnipeg
    .aside = heure de Winnipeg
zone-america-rainy-river = heure de Rainy River
    .aside = heure de Rainy River
zone-america-resolute = heure de Resolute
    .aside = heure de Resolute
zone-america-rankin-inlet = heure de Rankin Inlet
    .aside = heure de Rankin Inlet
zone-america-regina = heure de Regina
    .aside = heure de Regina
zone-america-swift-current = heure de Swift Current
    .aside = heure de Swift Current
zone-america-edmonton = heure d’Edmonton
    .aside = heure d’Edmonton
zone-america-cambridge-bay = heure de Cambridge Bay
    .aside = heure de Cambridge Bay
zone-america-inuvik = heure d’Inuvik
    .aside = heure d’Inuvik
zone-america-yellowknife = heure de Yellowknife
    .aside = heure de Yellowknife
zone-america-creston = heure de Creston
    .aside = heure de Creston
zone-america-dawson-creek = heure de Dawson Creek
    .aside = heure de Dawson Creek
zone-america-fort-nelson = heure de Fort Nelson
    .aside = heure de Fort Nelson
zone-america-vancouver = heure de Vancouver
    .aside = heure de Vancouver
zone-america-whitehorse = heure de Whitehorse
    .aside = heure de Whitehorse
zone-america-dawson = heure de Dawson
    .aside = heure de Dawson
zone-asia-shanghai = heure de Pékin
    .aside = heure de Pékin

## Phone numbers

phone-hint = se terminant par { $digits }

## Lists

list-two = { $before } et { $after }
list-middle = { $before }, { $after }
list-end = { $before } et { $after }

## The state of an order, as the customer reads it

order-state-awaiting-payment = En attente de paiement
order-state-paid = Payée
order-state-delivering = Activation en cours
order-state-unknown = Vérification auprès du réseau
order-state-delivered = Activée
order-state-declined = Refusée par le réseau
order-state-reversed = Annulée après activation
order-state-refunding = Remboursement en cours
order-state-refunded = Remboursée
order-state-expired = Expirée
order-state-cancelled = Annulée

## The state of a card

line-state-inactive = Pas encore activée
line-state-active = Active
line-state-grace = Délai de grâce
line-state-suspended = Suspendue
line-state-closed = Fermée

# Ce que les pages disent des forfaits et des soldes.
tile-last = Votre dernier forfait
tile-spare = Plus que votre usage : il resterait environ { $amount }, soit { $money } du prix.
tile-before-tax = avant taxes
tile-includes = { $taxes } comprise
period = du { $from } au { $until }
period-or-used-up = { $period }, ou dès que vos données sont épuisées
period-or-used-up-in-full = { $period }, ou dès que vos données sont épuisées. S’il commence plus tôt, ses jours comptent à partir de ce jour-là.
gap-sentence = Du { $from } au { $until }, vous pourriez être sans données.
bucket-data = Données
bucket-voice = Appels
bucket-messages = Textos
bucket-credit = Crédit
bucket-of = sur { $amount }
bucket-until = jusqu’au { $date }
bucket-for-ever = n’expire pas
bucket-frozen = gelé jusqu’au renouvellement de la carte SIM
bucket-low = Faible
time-in-zone = { $time } ({ $zone })
what-in-zone = { $what } ({ $zone })
