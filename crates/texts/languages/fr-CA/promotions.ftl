### Promotions : ce qu’elles donnent, leurs conditions, et où l’on saisit un code.

## Ce qui est donné, et à quelles conditions

promotion-off-share = { $rate } de rabais
promotion-off-amount = { $amount } de rabais
promotion-applied = { $name } : { $gives }
promotion-per-customer = { $count } par client
promotion-days = Du { $from } au { $until }.
promotion-hours = Chaque jour de { $from } à { $until }, à l’heure de l’opérateur de la carte SIM.
promotion-all-plans = Pour tous les forfaits qui peuvent en profiter.
promotion-plans = Pour { $plans }.
promotion-first-renewal = Pour le premier renouvellement d’une carte SIM chez nous, une fois.
promotion-by-itself = Aucun code n’est nécessaire : le prix affiché en tient compte.
promotion-by-code = Avec le code { $code }.
promotion-by-single-use = Avec un code personnel, valable une fois.
promotion-alone = Elle ne se combine pas avec d’autres promotions.
promotion-with-others = Elle se combine avec les promotions qui disent de même.

## Le code, sur la page de vérification

promotion-code-refused = { $title }. { $detail }
promotion-code-title = Code promotionnel
promotion-code-hint = Laissez ce champ vide pour retirer un code. Ce qui est donné sans code est déjà dans le prix.
promotion-code-apply = Utiliser ce code

## La page des promotions en cours

promotions-title = Promotions en cours
promotions-lead = Ce qui est donné maintenant, à qui et jusqu’à quand. La meilleure est dans votre prix sans que vous ayez rien à faire.
promotions-none = Il n’y a pas de promotion en ce moment. Les prix affichés sont les prix réels.
promotions-renew = Renouveler une carte SIM
promotions-home = Promotions en cours

## Le poste

desk-promotions = Promotions
desk-promotions-lead = Ce qui est donné et ce qui vient, avec ce qu’il en reste.
desk-promotions-none = Il n’y a pas de promotion.
desk-promotion-running = En cours
desk-promotion-coming = Commence le { $date }
desk-promotion-over = Terminée depuis le { $date }
desk-promotion-stopped = Arrêtée le { $time }
desk-promotion-used = { $used } utilisées, { $reserved } retenues
desk-promotion-left = { $used } utilisées, { $reserved } retenues, { $left } restantes sur { $limit }
desk-promotion-codes = { $count } codes à usage unique
desk-promotion-stop = Y mettre fin maintenant
desk-promotion-stop-reason = Pourquoi elle prend fin
desk-promotion-new = Nouvelle promotion
desk-promotion-code = Code
desk-promotion-code-hint = Lettres minuscules, chiffres et traits d’union. C’est aussi son nom pour toujours.
desk-promotion-name-en = Nom en anglais
desk-promotion-name-fr = Nom en français
desk-promotion-name-zh = Nom en chinois
desk-promotion-reduction = Rabais
desk-promotion-reduction-hint = Par exemple 10 % ou 5.00 CAD
desk-promotion-from = Premier jour
desk-promotion-until = Dernier jour
desk-promotion-limit = Combien de fois en tout
desk-promotion-limit-line = Combien de fois par carte SIM
desk-promotion-no-limit = Laissez vide pour ne pas limiter.
desk-promotion-way = Comment on l’obtient
desk-promotion-way-code = Par son code
desk-promotion-way-itself = D’elle-même, sans code
desk-promotion-who = Pour quels renouvellements
desk-promotion-who-every = Tous les renouvellements
desk-promotion-who-first = Le premier renouvellement d’une carte SIM
desk-promotion-with = Avec d’autres
desk-promotion-with-alone = Seule
desk-promotion-with-others = Avec celles qui disent de même
desk-promotion-shown = Sur la page des promotions
desk-promotion-shown-hidden = Non affichée
desk-promotion-shown-public = Affichée
desk-promotion-create = La créer
desk-promotion-file = Les primes, les heures, les forfaits précis et les codes à usage unique se règlent dans un fichier : farline import promotions.
desk-promotions-done-created = La promotion est donnée dès son premier jour.
desk-promotions-done-stopped = La promotion a pris fin. Les prix donnés restent valables jusqu’à leur expiration.
