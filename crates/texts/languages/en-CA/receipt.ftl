### The receipt: page and PDF. Also the labels of prices, plans and provinces that pages and the API share.

## The items of a price

price-tax-gst = GST { $rate }
price-tax-hst = HST { $rate }
price-tax-pst = PST { $rate }
price-tax-rst = RST { $rate }
price-tax-qst = QST { $rate }
price-levy = 911 levy, { $province }
price-promotion = Promotion { $code }
promotion-first =
    { $count ->
        [one] the first renewal
       *[other] the first { $count } renewals
    }
promotion-per-card = { $count } per card
promotion-limited = This promotion is limited to { $limits }. A place is held for you from the moment you place the order.

## The provinces and territories

province-ab = Alberta
province-bc = British Columbia
province-mb = Manitoba
province-nb = New Brunswick
province-nl = Newfoundland and Labrador
province-ns = Nova Scotia
province-nt = Northwest Territories
province-nu = Nunavut
province-on = Ontario
province-pe = Prince Edward Island
province-qc = Quebec
province-sk = Saskatchewan
province-yt = Yukon

## What a plan grants, for how long, from when

allowance-credit = { $amount } of credit
allowance-bonus = { $what } as a bonus
allowance-window = { $what } ({ $from } to { $until })
validity-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
start-rule-add-value = Is added to the plan in service and ends with it. The expiry stays as it is.
start-rule-set-expiry = Starts at once. The new expiry counts from the day of the renewal, even if the old one was later.
start-rule-keep-later = Starts at once. Of the old expiry and the new one, the later holds.
start-rule-add-days = Starts at once. Its days are added to the expiry.
start-rule-queue = Starts when the plan in service ends, or at once if there is none.
start-rule-queue-or-used-up = Starts when the plan in service ends, or as soon as its data is used up, and its days count from then. At once if there is none.

## Why a plan is recommended

reason-most-data = The most data for its price.
reason-most-calls = The most call time for its price.
reason-least-per-day = Keeps the number at the least cost per day.
reason-fits-usage = You use about { $data } in 30 days. The cheapest plan that covers it.
reason-starts-at-once = Starts at once, before your data runs out.

## Dates and cards, as documents and notices write them

day-in-zone = { $date } ({ $zone })
period-in-zone = { $from } to { $until } ({ $zone })
card-of-operator = { $operator }, { $card }

## How it was paid

payment-method-credit = Credit card
payment-method-debit = Debit card
payment-method-card = Bank card
payment-method-paypal = PayPal
payment-method-alipay = Alipay
payment-method-wechat-pay = WeChat Pay
payment-method-other = Another payment method
payment-method-line-credit = Credit on the card
payment-method-cash = Cash
payment-method-interac = Interac e-Transfer
payment-method-wechat-transfer = WeChat transfer
payment-method-partner-account = Partner account
payment-method-marketplace = Paid on the marketplace

## Who sold. The registration numbers the tax law wants follow their labels.

registration-gst-hst = GST/HST
registration-qst = QST
registration-pst-bc = PST (BC)
registration-pst-sk = PST (SK)
registration-rst-mb = RST (MB)

## The receipt and the proof of payment as documents

receipt-title = Receipt
receipt-number = Receipt
receipt-date = Paid and delivered. { $when }
proof-title = Proof of payment
proof-number = Proof of payment
proof-date = Paid { $when }
proof-state = Where it stands
proof-state-at = { $state }, { $when }
receipt-reference = Order
receipt-card = Card
receipt-plan = Plan
receipt-grants = You get
receipt-starts = Start
receipt-valid = Valid
receipt-expiry = Card expires
receipt-paid-at = Paid
receipt-delivered-at = Delivered
receipt-delivery = Delivery
proof-delivery = Not delivered yet when this was made. The receipt follows the delivery.
receipt-province = Province for tax
receipt-total = Total paid, taxes included ({ $currency })
receipt-payment = { $method }, { $when }
receipt-total-at-shop = Price paid at the shop ({ $currency })
receipt-payment-at-shop = Paid to the shop { $shop }, { $when }. The shop took the money and answers for any tax; we took neither.
receipt-renewed-by = Renewed by
receipt-sold-by = Sold by
receipt-sold-by-shop = { $shop }, its order { $order }
receipt-refund-at-shop = The shop took the money, so refunds are asked for and made there.
paid-by-hand = { $method }, taken by hand, reference { $reference }
proof-refund-title = If it is not delivered
proof-refund-text = You get { $amount } back in full, the way you paid. We decide within 48 hours, and you are not charged twice.
receipt-balance-title = Your balance
receipt-balance-text = See what is left at any time, free of charge, on the card’s page or by calling { $phone }.
receipt-complaints-text = Tell us first: { $phone }, { $email }. If we do not settle it, the Commission for Complaints for Telecom-television Services (CCTS) helps free of charge: { $ccts_phone }, { $ccts_website }, { $ccts_address }.
receipt-terms-title = Terms
receipt-terms-text = Version { $version } of our terms applies. It stands on our site in French, English and Chinese.
receipt-site-title = On our site
receipt-qr = Scan to open this receipt
proof-qr = Scan to see where the order stands
receipt-verify = This file is signed. “farline receipt verify” checks it without a network and must name this key:
receipt-sandbox = Demonstration · no money moved
