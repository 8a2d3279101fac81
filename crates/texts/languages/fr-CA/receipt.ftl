### The receipt: page and PDF. Also the labels of prices, plans and provinces that pages and the API share.

## The items of a price

price-tax-gst = TPS { $rate }
price-tax-hst = TVH { $rate }
price-tax-pst = TVP { $rate }
price-tax-rst = TVD { $rate }
price-tax-qst = TVQ { $rate }
price-levy = Taxe 9-1-1, { $province }
price-promotion = Promotion { $code }
promotion-first =
    { $count ->
        [one] au premier renouvellement
       *[other] aux { $count } premiers renouvellements
    }
promotion-per-card = à { $count } par carte SIM
promotion-limited = Cette promotion est limitée { $limits }. Une place vous est réservée dès que vous passez la commande.

## The provinces and territories

province-ab = Alberta
province-bc = Colombie-Britannique
province-mb = Manitoba
province-nb = Nouveau-Brunswick
province-nl = Terre-Neuve-et-Labrador
province-ns = Nouvelle-Écosse
province-nt = Territoires du Nord-Ouest
province-nu = Nunavut
province-on = Ontario
province-pe = Île-du-Prince-Édouard
province-qc = Québec
province-sk = Saskatchewan
province-yt = Yukon

## What a plan grants, for how long, from when

allowance-credit = { $amount } de crédit
allowance-bonus = { $what } en prime
allowance-window = { $what } (de { $from } à { $until })
validity-months =
    { $count ->
        [one] { $count } mois
       *[other] { $count } mois
    }
start-rule-add-value = S’ajoute au forfait en cours et prend fin avec lui. L’échéance reste la même.
start-rule-set-expiry = Commence aussitôt. La nouvelle échéance se compte à partir du jour du renouvellement, même si l’ancienne était plus tardive.
start-rule-keep-later = Commence aussitôt. De l’ancienne et de la nouvelle échéance, la plus tardive est retenue.
start-rule-add-days = Commence aussitôt. Ses jours s’ajoutent à l’échéance.
start-rule-queue = Commence à la fin du forfait en cours, ou aussitôt s’il n’y en a pas.
start-rule-queue-or-used-up = Commence à la fin du forfait en cours ou dès que ses données sont épuisées, et ses jours comptent à partir de là. Aussitôt s’il n’y en a pas.

## Why a plan is recommended

reason-most-data = Le plus de données pour son prix.
reason-most-calls = Le plus de minutes d’appel pour son prix.
reason-least-per-day = Conserve le numéro au moindre coût par jour.
reason-fits-usage = Vous utilisez environ { $data } en 30 jours. Le forfait le moins cher qui y suffit.
reason-starts-at-once = Commence aussitôt, avant que vos données s’épuisent.

## Dates and cards, as documents and notices write them

day-in-zone = { $date } ({ $zone })
period-in-zone = du { $from } au { $until } ({ $zone })
card-of-operator = { $operator }, { $card }

## How it was paid

payment-method-credit = Carte de crédit
payment-method-debit = Carte de débit
payment-method-card = Carte bancaire
payment-method-paypal = PayPal
payment-method-alipay = Alipay
payment-method-wechat-pay = WeChat Pay
payment-method-other = Autre mode de paiement
payment-method-line-credit = Crédit de la carte SIM
payment-method-cash = Comptant
payment-method-interac = Virement Interac
payment-method-wechat-transfer = Virement WeChat
payment-method-partner-account = Compte de partenaire
payment-method-marketplace = Payé sur la place de marché

## Who sold. The registration numbers the tax law wants follow their labels.

registration-gst-hst = TPS/TVH
registration-qst = TVQ
registration-pst-bc = TVP (C.-B.)
registration-pst-sk = TVP (Sask.)
registration-rst-mb = TVD (Man.)

## The receipt and the proof of payment as documents

receipt-title = Reçu
receipt-number = Reçu
receipt-date = Payé et livré. Le { $when }
proof-title = Preuve de paiement
proof-number = Preuve de paiement
proof-date = Payé le { $when }
proof-state = État
proof-state-at = { $state }, { $when }
receipt-reference = Commande
receipt-card = Carte SIM
receipt-plan = Forfait
receipt-grants = Vous obtenez
receipt-starts = Début
receipt-valid = Validité
receipt-expiry = Échéance de la carte SIM
receipt-paid-at = Payé
receipt-delivered-at = Livré
receipt-delivery = Livraison
proof-delivery = Pas encore livré au moment d’établir cette preuve. Le reçu suit la livraison.
receipt-province = Province pour la taxe
receipt-total = Total payé, taxes comprises ({ $currency })
receipt-payment = { $method }, { $when }
receipt-total-at-shop = Prix payé à la boutique ({ $currency })
receipt-payment-at-shop = Payé à la boutique { $shop }, { $when }. La boutique a reçu l’argent et répond de toute taxe; nous n’avons reçu ni l’un ni l’autre.
receipt-renewed-by = Renouvelé par
receipt-sold-by = Vendu par
receipt-sold-by-shop = { $shop }, sa commande { $order }
receipt-refund-at-shop = La boutique a reçu l’argent; les remboursements s’y demandent et s’y font.
paid-by-hand = { $method }, reçu en main propre, référence { $reference }
proof-refund-title = S’il n’est pas livré
proof-refund-text = { $amount } vous sont rendus en entier, par le moyen utilisé pour payer. Nous décidons dans les 48 heures et vous n’êtes pas débité deux fois.
receipt-balance-title = Votre solde
receipt-balance-text = Voyez ce qui reste en tout temps, sans frais, à la page de la carte SIM ou au { $phone }.
receipt-complaints-text = Dites-le-nous d’abord : { $phone }, { $email }. Si nous ne réglons pas la question, la Commission des plaintes relatives aux services de télécom-télévision (CPRST) vous aide sans frais : { $ccts_phone }, { $ccts_website }, { $ccts_address }.
receipt-terms-title = Conditions
receipt-terms-text = La version { $version } de nos conditions s’applique. Elle est publiée sur notre site en français, en anglais et en chinois.
receipt-site-title = Sur notre site
receipt-qr = Numérisez pour ouvrir ce reçu
proof-qr = Numérisez pour voir où en est la commande
receipt-verify = Ce fichier est signé. « farline receipt verify » le vérifie sans réseau et doit nommer cette clé :
receipt-sandbox = Démonstration · aucun argent n’a bougé
