### Comparer les canaux : le même besoin, chiffré partout.

compare-title = Comparer les canaux
compare-lead = Ce qu’il vous faut, chiffré chez tous les canaux que nous connaissons : dans une seule monnaie, taxes et frais compris. Le meilleur est nommé, à qui qu’il soit.
compare-link = Comparer ce que vous utilisez chez tous les canaux
compare-home = Comparer les prix de tous les canaux
compare-need = Ce qu’il vous faut
compare-gb = Données en Go
compare-gb-hint = Pour tous les jours ensemble. 0 s’il n’en faut pas.
compare-minutes = Appels en minutes
compare-messages = Textos
compare-days = Pour combien de jours
compare-from = À partir du
compare-operator = Opérateur de la carte SIM
compare-operator-any = N’importe lequel
compare-sort = Trier par
compare-sort-total = Prix total
compare-sort-per_gb = Prix du Go
compare-sort-per_day = Prix du jour
compare-show = Comparer
compare-ours = Ici
compare-supplier = { $name } (fournisseur)
compare-best = Le meilleur pour cela : { $name }, { $seller }
compare-best-total = { $total } en tout
compare-none = Rien de ce qui est affiché ne couvre ce besoin.
compare-none-hint = Prenez moins de gigaoctets ou de jours, ou un autre opérateur.
compare-reason-only-one = C’est le seul qui couvre le besoin.
compare-reason-cheapest = Il coûte { $amount } de moins que le suivant qui couvre le besoin.
compare-reason-more = D’autres coûtent autant, et celui-ci donne plus.
compare-reason-as-good = D’autres coûtent autant et donnent autant.
compare-short =
    { $count ->
        [one] { $count } offre ne suffit pas
       *[other] { $count } offres ne suffisent pas
    }
compare-details = Détails
compare-offers = Toutes les offres
compare-times =
    { $count ->
        [one] Un achat suffit
       *[other] À acheter { $count } fois
    }
compare-never-without-data = Ne donne pas de données.
compare-never-without-voice = Ne donne pas d’appels.
compare-never-without-messages = Ne donne pas de textos.
compare-never-without-credit = Ne donne pas de crédit.
compare-never-adds = S’ajoute seulement à un forfait en cours; à lui seul, il ne donne aucun jour.
compare-never-waits-data = Ne suffit pas : les données s’épuisent, et le suivant attend la fin du forfait.
compare-never-waits-voice = Ne suffit pas : les minutes s’épuisent, et le suivant attend la fin du forfait.
compare-never-waits-messages = Ne suffit pas : les textos s’épuisent, et le suivant attend la fin du forfait.
compare-never-waits-credit = Ne suffit pas : le crédit s’épuise, et le suivant attend la fin du forfait.
compare-never-often = Il faudrait l’acheter plus d’une fois par jour.
compare-lasts-whole = Un seul dure jusqu’à votre dernier jour.
compare-lasts-days = Un seul dure jusqu’à son terme; à partir du { $date }, il faut le suivant.
compare-lasts-data = Un seul dure tant qu’il a des données; à partir du { $date }, il faut le suivant.
compare-lasts-voice = Un seul dure tant qu’il a des minutes; à partir du { $date }, il faut le suivant.
compare-lasts-messages = Un seul dure tant qu’il a des textos; à partir du { $date }, il faut le suivant.
compare-lasts-credit = Un seul dure tant qu’il a du crédit; à partir du { $date }, il faut le suivant.
compare-unlimited-data = données illimitées
compare-unlimited-voice = minutes illimitées
compare-unlimited-messages = textos illimités
compare-unlimited-credit = crédit illimité
compare-per-gb = { $amount } le Go
compare-per-day = { $amount } par jour
compare-listed = Affiché à { $price }
compare-tax-included = taxes comprises
compare-tax-rate = plus { $rate } de taxes
compare-tax-amount = plus { $amount } de taxes
compare-fees = plus { $amount } de frais
compare-rate = 1 { $from } compté comme { $rate } { $to } : { $source }, { $date }.
compare-dominated = { $name } ({ $seller }) ne coûte pas plus et ne donne pas moins.
compare-seen = Affiché le { $date }
compare-service-none = Livraison non mesurée : ses commandes ne sont pas les nôtres.
compare-service-few = Livraison non mesurée : { $orders } commandes en 30 jours, il en faut au moins 30.
compare-service-delivered = Sur { $orders } commandes, { $share } ont été livrées, la moitié en moins de { $time }.
compare-service-refunded = La moitié des remboursements est revenue en moins de { $time }.
compare-span-ms =
    { $count ->
        [one] { $count } milliseconde
       *[other] { $count } millisecondes
    }
compare-span-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
compare-span-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
compare-span-hours =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
compare-not-comparable = Non comparé
compare-why-no-rate = Aucun taux de change n’est connu pour { $currency }.
compare-why-mixed = Son prix, ses taxes et ses frais sont en plusieurs monnaies.
compare-why-below-zero = Un montant est sous zéro.
compare-why-no-day = Il ne dure aucun jour.
compare-why-too-large = Son coût est trop grand pour être compté.
compare-why-twice = Son vendeur affiche ce code deux fois.
compare-export = Enregistrer comme tableau (CSV)
compare-note = Nos propres prix comprennent les taxes de { $province }. Les autres sont tels qu’affichés à leur date; ils ont pu changer.
