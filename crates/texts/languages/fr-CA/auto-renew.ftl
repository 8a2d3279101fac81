### Renouvellement automatique : le consentement, et ce que le payeur apprend. `-sms` reste dans l’alphabet des textos (GSM 7 bits).
### `dated` vaut yes quand un moment peut être nommé.

## Moyens de paiement enregistrés

saved-method-card = { $brand } se terminant par { $hint }
saved-method-account = { $brand } { $hint }

## Le consentement, phrase par phrase. Un mot changé fait une nouvelle version (CONSENT_VERSION).

consent-what = J’accepte que { $brand } ({ $merchant }) renouvelle d’elle-même ma carte { $card } de { $operator } avec { $plan }, actuellement { $amount } taxes comprises, jusqu’à ce que je désactive ce renouvellement.
auto-renew-when-before = Elle se renouvelle { $mark } avant le dernier jour de service, à 10 h ({ $zone }).
auto-renew-when-last-day = Elle se renouvelle le dernier jour de service, à 10 h ({ $zone }).
auto-renew-when-cycle = Elle se renouvelle le dernier jour de service, à l’heure où l’opérateur renouvelle lui-même ({ $zone }).
auto-renew-when-data = Elle se renouvelle quand il reste moins de { $mark } de données, une heure après que j’en suis avisé.
auto-renew-when-credit = Elle se renouvelle quand il reste moins de { $mark } de crédit, une heure après que j’en suis avisé.
auto-renew-how-saved = Le paiement passe par { $method }.
auto-renew-how-credit = Le crédit de la carte paie.
auto-renew-how-link = Je reçois un lien et je paie chaque renouvellement moi-même d’un geste. Rien n’est prélevé sans moi.
consent-caps = Au plus { $charge } à la fois, { $day } par jour et { $month } par mois sont prélevés.
consent-notice = Je connais la date et le montant avant chaque prélèvement, trois jours d’avance si possible et jamais moins d’une heure, puis le résultat, même en cas d’échec.
consent-declined = Un prélèvement refusé est tenté de nouveau après un, trois et cinq jours si la banque le permet, et jamais après le délai de grâce.
consent-end = Je peux désactiver ce renouvellement en tout temps sur la page de la carte en deux gestes, sans frais. Une confirmation écrite suit.

## Chaque courriel

auto-renew-label-pay = Renouveler maintenant
auto-renew-label-manage = Voir, modifier ou désactiver
notice-why-auto-renew = Vous recevez ce message parce que cette carte se renouvelle, ou se renouvelait, avec votre consentement.

## Ce qu’il y a à dire

auto-renew-agreed-subject = Le renouvellement automatique de la carte { $card } est activé
auto-renew-agreed-lead =
    { $dated ->
        [yes] La carte { $card } se renouvelle d’elle-même avec { $plan }. Prochaine fois : { $when }, { $amount }. Vous êtes avisé avant et après chaque prélèvement.
       *[no] La carte { $card } se renouvellera d’elle-même avec { $plan } ({ $amount }) le moment venu. Vous êtes avisé avant et après chaque prélèvement.
    }
auto-renew-agreed-sms =
    { $dated ->
        [yes] { $brand } : renouvellement automatique activé pour la carte { $card }, { $plan }. Prochaine fois : { $when }, { $amount }. Désactiver : { $manage }
       *[no] { $brand } : renouvellement automatique activé pour la carte { $card }, { $plan } ({ $amount }). Désactiver : { $manage }
    }
auto-renew-ended-subject = Le renouvellement automatique de la carte { $card } est désactivé
auto-renew-ended-lead = La carte { $card } ne se renouvelle plus d’elle-même. Plus rien n’est prélevé. Vous pouvez la renouveler à la main en tout temps.
auto-renew-ended-sms = { $brand } : renouvellement automatique désactivé pour la carte { $card }. Plus rien n’est prélevé. { $manage }
auto-renew-announced-subject = La carte { $card } se renouvelle le { $when }
auto-renew-announced-lead = Le { $when }, nous prélevons { $amount } et renouvelons la carte { $card } avec { $plan }. Vous n’avez rien à faire. Si vous n’en voulez pas, désactivez-le avant.
auto-renew-announced-sms = { $brand } : le { $when }, nous prélevons { $amount } et renouvelons la carte { $card } avec { $plan }. Désactiver : { $manage }
auto-renew-pay-by-link-subject = Il est temps de renouveler la carte { $card }
auto-renew-pay-by-link-lead = La carte { $card } est à renouveler avec { $plan }, { $amount }. Ouvrez le lien et payez d’un geste. Rien n’est prélevé sans vous.
auto-renew-pay-by-link-sms = { $brand } : renouvelez la carte { $card } avec { $plan }, { $amount } : { $pay }
auto-renew-retrying-subject = La carte { $card } n’est pas encore renouvelée : paiement refusé
auto-renew-retrying-lead = Votre banque a refusé { $amount } pour { $plan } sur la carte { $card }. Rien n’a été prélevé. Nous réessayons le { $when }. Si vous renouvelez à la main d’ici là, nous ne le faisons pas.
auto-renew-retrying-sms = { $brand } : la banque a refusé { $amount } pour la carte { $card }. Rien n’a été prélevé. Nouvel essai le { $when }. { $manage }
auto-renew-authenticate-subject = Votre banque vous demande de confirmer le renouvellement de la carte { $card }
auto-renew-authenticate-lead = Votre banque veut votre accord avant de payer { $amount } pour { $plan } sur la carte { $card }. Rien n’a été prélevé. Ouvrez le lien pour terminer; cette fois, nous ne prélevons rien de nous-mêmes.
auto-renew-authenticate-sms = { $brand } : votre banque vous demande de confirmer { $amount } pour la carte { $card }. Rien n’a été prélevé. Terminez ici : { $pay }
auto-renew-ask-customer-subject = La carte { $card } n’est pas renouvelée : choisissez comment payer
auto-renew-ask-customer-lead = Le paiement de { $amount } pour { $plan } sur la carte { $card } n’a pas abouti. Rien n’a été prélevé. Ouvrez le lien pour renouveler autrement; cette fois, nous ne prélevons rien de nous-mêmes.
auto-renew-ask-customer-sms = { $brand } : le paiement de { $amount } pour la carte { $card } n’a pas abouti. Rien n’a été prélevé. Renouvelez ici : { $pay }
auto-renew-stopped-subject = Le renouvellement automatique de la carte { $card } est arrêté : choisissez un autre moyen de paiement
auto-renew-stopped-lead = Le paiement de { $amount } pour { $plan } sur la carte { $card } a été refusé, et ce moyen de paiement ne peut plus servir. Rien n’a été prélevé. Ouvrez le lien pour renouveler; pour la suite, choisissez un autre moyen de paiement.
auto-renew-stopped-sms = { $brand } : le paiement de { $amount } pour la carte { $card } est refusé pour de bon. Rien n’a été prélevé. Renouvelez ici : { $pay }
auto-renew-over-cap-subject = La carte { $card } n’est pas renouvelée : le prix dépasse votre limite
auto-renew-over-cap-lead = { $plan } pour la carte { $card } coûte { $amount }, ce qui dépasse en tout votre limite. Rien n’a été prélevé. Ouvrez le lien pour renouveler à la main, ou changez la limite.
auto-renew-over-cap-sms = { $brand } : { $plan } pour la carte { $card } est à { $amount }, plus que votre limite. Rien n’a été prélevé. Renouvelez ici : { $pay }
auto-renew-not-enough-credit-subject = La carte { $card } n’est pas renouvelée : crédit insuffisant
auto-renew-not-enough-credit-lead = Le crédit de la carte { $card } ne suffit pas pour { $plan }, { $amount }. Rien n’a été prélevé. Ouvrez le lien pour renouveler autrement.
auto-renew-not-enough-credit-sms = { $brand } : le crédit de la carte { $card } ne suffit pas pour { $plan }, { $amount }. Renouvelez ici : { $pay }
auto-renew-not-sold-subject = La carte { $card } n’est pas renouvelée : le forfait n’est plus offert
auto-renew-not-sold-lead = { $plan } n’est plus offert pour la carte { $card }. Rien n’a été prélevé. Ouvrez le lien pour choisir un autre forfait, puis réactivez le renouvellement automatique.
auto-renew-not-sold-sms = { $brand } : { $plan } n’est plus offert pour la carte { $card }. Rien n’a été prélevé. Choisissez-en un autre : { $pay }
auto-renew-card-expires-subject = Votre carte bancaire expire bientôt
auto-renew-card-expires-lead = La carte bancaire qui renouvelle la carte { $card } expire bientôt. Enregistrez-en une autre pour que la carte continue de se renouveler.
auto-renew-card-expires-sms = { $brand } : la carte bancaire qui renouvelle la carte { $card } va expirer. Enregistrez-en une autre : { $manage }
