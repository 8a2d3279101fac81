### Renouvellement automatique : le consentement, et ce que le payeur apprend. `-sms` reste dans l’alphabet des textos (GSM 7 bits).
### `dated` vaut yes quand un moment peut être nommé.

## Moyens de paiement enregistrés

saved-method-card = { $brand } se terminant par { $hint }
saved-method-account = { $brand } { $hint }

## Le consentement, phrase par phrase. Un mot changé fait une nouvelle version (CONSENT_VERSION).

consent-what = J’accepte que { $brand } ({ $merchant }) renouvelle d’elle-même ma carte { $card } de { $operator } avec { $plan }, actuellement { $amount } taxes comprises, jusqu’à ce que je désactive ce renouvellement.
auto-renew-when-before = Elle se renouvelle { $mark } avant le dernier jour de service, à 10 h ({ $zone }).
auto-renew-when-last-day = Elle se renouvelle le dernier jour de service, à 10 h ({ $zone }).
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

## La page des moyens de paiement enregistrés

methods-title = Moyens de paiement enregistrés
methods-lead = Le prestataire de paiement garde les numéros; nous n’avons que ce que vous voyez ici.
methods-none = Rien n’est encore enregistré.
methods-none-kept = Aucun prestataire offert ici ne garde de moyen de paiement.
method-good-until = Valide jusqu’au { $month }
method-since = Enregistré le { $date }
method-used-by = Renouvelle : { $cards }
method-add = Enregistrer un moyen de paiement
method-add-at = Enregistrer un moyen de paiement : { $provider }
method-added = Enregistré : { $method }.
method-added-nothing = Rien n’a été enregistré ni débité.
method-forgotten = Retiré.
method-forget-title = Retirer { $method }?
method-forget-text = Le prestataire de paiement et nous l’oublions. Pour vous en servir de nouveau, il faudra le saisir de nouveau.
method-forget-ends = Le renouvellement automatique de ces cartes SIM prend fin avec lui : { $cards }.
method-forget-button = Le retirer
keep-it = Le garder

## Le renouvellement automatique sur la page de la carte SIM

auto-title = Renouvellement automatique
auto-off-text = Vous acceptez une fois, et la carte SIM se renouvelle d’elle-même. Vous êtes averti avant chaque débit; deux touches suffisent pour arrêter.
auto-off-helper = Désactivé. Seul le titulaire peut l’activer.
auto-turn-on = Activer
auto-turn-off = Désactiver
auto-next = Prochain
auto-plan = Forfait
auto-when = Quand
auto-how = Payé avec
auto-pays-saved = Un moyen de paiement enregistré par le titulaire
auto-pays-credit = Le crédit de la carte SIM
auto-pays-link = Un lien que vous ouvrez chaque fois
auto-next-unknown = Quand votre seuil est atteint
auto-resting = Vous êtes averti avant le débit.
auto-paused = En pause. Vous ne voulez pas de textos, et nous n’avons pas d’adresse courriel pour vous avertir avant un débit. Ajoutez une adresse courriel à votre compte, ou envoyez-nous START par texto; il reprend en une journée au plus.
auto-announced = Annoncé. Cela se fait tout seul; vous n’avez rien à faire.
auto-retrying = Le paiement a été refusé; rien n’a été prélevé. Nouvel essai le { $when }, sauf si vous renouvelez vous-même avant.
auto-charging = Le renouvellement est en cours. Vous ne serez pas débité deux fois.
auto-why-authenticate = Votre banque veut votre confirmation. Rien n’a été prélevé, et rien ne le sera de soi-même cette fois.
auto-why-declined = Le paiement a été refusé. Rien n’a été prélevé, et rien ne le sera de soi-même cette fois.
auto-why-stopped = Ce moyen de paiement ne peut plus servir; le renouvellement automatique est arrêté. Choisissez-en un autre.
auto-why-over-cap = Cela coûterait plus que ce que vous permettez. Rien n’a été débité.
auto-why-not-enough-credit = Le crédit de la carte SIM ne suffit pas. Rien n’a été prélevé.
auto-why-not-sold = Le forfait n’est plus vendu. Rien n’a été débité. Changez de forfait.
auto-why-pay-link = C’est le moment de renouveler; il ne manque que votre paiement.
auto-why-too-many-declines = Le paiement a été refusé trop souvent pour un nouvel essai. Rien n’a été prélevé.
auto-why-not-delivered = C’était payé, mais le réseau a refusé. L’argent vous est rendu.
auto-why-called-off = Cette fois, il a été annulé ou n’a pas été payé à temps.
auto-by-hand = Renouveler vous-même maintenant
card-renewing = renouvellement en route
card-renewing-advice = Le renouvellement est en route.
cards-renews-itself = Se renouvelle d’elle-même le { $when }

## Le formulaire

auto-form-title = Régler le renouvellement automatique
auto-form-lead = Choisissez d’abord; à la page suivante, vous lirez ce que vous acceptez. Rien n’est activé avant.
auto-form-plan = Ce qui est acheté
auto-form-loses = Renouvelé plus tôt, il perd les jours qui restent; le dernier jour lui convient le mieux.
auto-form-nothing = Aucun forfait ne permet en ce moment le renouvellement automatique de cette carte SIM.
auto-form-when = Quand
auto-form-by-date = Selon la date
auto-form-by-left = Selon ce qui reste
auto-when-last-day = Le dernier jour
auto-when-before = { $days } avant le dernier jour
auto-when-cycle = Le dernier jour, à l’heure de l’opérateur
auto-when-data = Il reste moins de { $mark } de données
auto-when-tenth = Il reste moins du dixième des données du forfait
auto-when-credit = Il reste moins de { $mark } de crédit
auto-form-how = Comment c’est payé
auto-form-how-saved = Débité automatiquement
auto-form-how-credit = Le crédit de cette carte SIM
auto-form-how-credit-hint = S’il ne suffit pas à ce moment, rien n’est renouvelé et vous en êtes averti.
auto-form-how-link = M’envoyer un lien, et je paie d’une touche
auto-form-how-link-hint = Alipay et WeChat Pay ne peuvent pas être débités d’eux-mêmes; vous confirmez chaque fois.
auto-form-save-first = Enregistrer d’abord un moyen de paiement
auto-form-caps = Combien au plus
auto-form-caps-hint = Au-delà, rien n’est débité; nous vous demandons.
cap-invalid = Saisissez un montant, comme { $amount }.
cap-charge = À la fois
cap-day = Par jour
cap-month = Par mois
auto-form-cancel = Pas maintenant
auto-review-title = Acceptez‑vous ceci?
auto-review-first = Première fois
auto-review-amount = Montant
auto-review-text = Ce que vous acceptez
auto-review-agree = J’ai lu ceci et je l’accepte
auto-review-button = Activer le renouvellement automatique
auto-review-changed = Ce que vous acceptez a changé depuis votre lecture, par exemple le prix. Relisez le texte et cochez la case si vous êtes toujours d’accord. Rien n’est activé avant.
auto-review-back = Modifier
auto-ending-title = Désactiver le renouvellement automatique?
auto-ending-text = La carte SIM ne se renouvelle plus d’elle-même, et plus rien n’est débité. Tout le reste demeure, et vous pouvez la renouveler vous-même en tout temps. Nous le confirmons par écrit.
auto-ending-charging = Le renouvellement en cours se termine quand même.
auto-ending-next = Il aurait eu lieu :
auto-ending-button = Le désactiver
auto-ending-keep = Le laisser activé
