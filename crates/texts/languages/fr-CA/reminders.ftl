### Rappels : ce qui est dit à temps aux gens d’une carte. `-sms` reste dans l’alphabet des messages texte.

reminder-label-manage = Changer ou arrêter les rappels
notice-why-reminder = Vous recevez ceci parce que cette carte est dans votre compte et que ses rappels sont activés. Il s’agit de votre propre service; nous ne vendons rien par là.
reminder-what-data = données
reminder-what-voice = minutes
reminder-what-credit = crédit

reminder-expires-in-subject = { $last ->
    [yes] La carte { $card } est en service jusqu’à ce soir
   *[no] La carte { $card } est en service encore { $days }
}
reminder-expires-in-lead = Le dernier jour de service de la carte { $card } ({ $expires }) approche. Renouvelez d’ici là et rien n’est interrompu. Si vous ne faites rien, ce qui reste est gardé jusqu’au { $grace }, et le numéro jusqu’au { $kept }.
reminder-expires-in-sms = { $brand } : la carte { $card } est en service jusqu’au { $expires }. Renouveler en deux touches : { $link }
reminder-grace-begins-subject = La carte { $card } est hors service; ce qui reste est gardé jusqu’au { $grace }
reminder-grace-begins-lead = Le service de la carte { $card } a pris fin le { $expires }. Rien n’est perdu : renouvelez d’ici le { $grace } et tout ce qui restait revient.
reminder-grace-begins-sms = { $brand } : le service de la carte { $card } a pris fin le { $expires }. Ce qui reste est gardé jusqu’au { $grace }. Renouveler : { $link }
reminder-last-safe-day-subject = La carte { $card } garde ce qui reste jusqu’au { $grace }
reminder-last-safe-day-lead = Le { $grace } est le dernier jour où un renouvellement rend ce qui reste sur la carte { $card }. Après, c’est perdu; le numéro est gardé jusqu’au { $kept }.
reminder-last-safe-day-sms = { $brand } : le { $grace } est le dernier jour pour garder ce qui reste sur la carte { $card }. Renouveler : { $link }
reminder-number-ends-subject = Le numéro de la carte { $card } est perdu après le { $kept }
reminder-number-ends-lead = La carte { $card } n’a pas été renouvelée depuis longtemps. Son numéro est gardé jusqu’au { $kept }, puis perdu pour de bon. Tout renouvellement le garde.
reminder-number-ends-sms = { $brand } : le numéro de la carte { $card } est perdu après le { $kept }. Tout renouvellement le garde : { $link }
reminder-used-subject = { $percent } % utilisé de la carte { $card } ({ $what })
reminder-used-lead = { $percent } % d’un forfait de la carte { $card } est utilisé ({ $what }). Le forfait dure jusqu’au { $expires }. La page de la carte montre ce qui reste et pour combien de temps.
reminder-used-sms = { $brand } : { $percent } % utilisé de la carte { $card } ({ $what }). Le forfait dure jusqu’au { $expires }. Détails : { $link }
reminder-used-up-subject = Un forfait de la carte { $card } est épuisé ({ $what })
reminder-used-up-lead = Un forfait de la carte { $card } est épuisé ({ $what }). Si un autre forfait en a, il prend la suite. Le forfait dure jusqu’au { $expires }.
reminder-used-up-sms = { $brand } : un forfait de la carte { $card } est épuisé ({ $what }). Détails : { $link }
reminder-runs-out-subject = Les données de la carte { $card } dureront moins de trois jours
reminder-runs-out-lead = Il reste { $left } sur la carte { $card }. Au rythme des sept derniers jours, c’est moins de trois jours, et le forfait dure jusqu’au { $expires }.
reminder-runs-out-sms = { $brand } : reste { $left } sur la carte { $card }, moins de trois jours à votre rythme. Le forfait dure jusqu’au { $expires }. Détails : { $link }
reminder-runs-out-voice-subject = Les minutes de la carte { $card } dureront moins de trois jours
reminder-runs-out-voice-lead = Il reste { $left } sur la carte { $card }. Au rythme des sept derniers jours, c’est moins de trois jours, et le forfait dure jusqu’au { $expires }.
reminder-runs-out-voice-sms = { $brand } : reste { $left } sur la carte { $card }, moins de trois jours à votre rythme. Le forfait dure jusqu’au { $expires }. Détails : { $link }
reminder-credit-low-subject = Il reste peu de crédit sur la carte { $card }
reminder-credit-low-lead = Neuf dixièmes du crédit de la carte { $card } sont utilisés. Quand il sera épuisé, ce qui se paie par crédit s’arrêtera.
reminder-credit-low-sms = { $brand } : il reste peu de crédit sur la carte { $card }. Renouveler : { $link }
reminder-promotion-ends-subject = { $promotion } : { $gives } pour la carte { $card }, jusqu’au { $until }
reminder-promotion-ends-lead = { $promotion } : { $gives } au renouvellement de la carte { $card }. La promotion prend fin le { $until }. Le prix derrière le lien en tient déjà compte; rien à taper.
reminder-promotion-ends-sms = { $brand } : { $gives } au renouvellement de la carte { $card } ({ $promotion }), jusqu’au { $until }. En deux touches : { $link }
reminder-sms-end = { $reply ->
    [yes] Ou répondez OUI. Plus de textos : ARRET
   *[no] Plus de textos : ARRET
}

reminders-title = Rappels
reminders-lead = Avant que quelque chose ne prenne fin sur cette carte, vous êtes avisé à temps : dernier jour de service, données et minutes, crédit. Jamais la nuit.
reminders-by = Comment vous rappeler cette carte
reminders-hint = Il s’agit de cette carte seulement, sans publicité. Cela vaut tout de suite, aussi pour ce qui est déjà prévu.
reminders-told = Ce qui vous a été dit
reminders-by-email = Par courriel
reminders-by-sms = Par texto
reminders-by-none = Pas du tout
reminders-why-expires-in = Le dernier jour de service approche
reminders-why-grace-begins = Service terminé, ce qui reste est gardé
reminders-why-last-safe-day = Dernier jour pour garder ce qui reste
reminders-why-number-ends = Le numéro va être perdu
reminders-why-used = Les données ou minutes baissent
reminders-why-used-up = Les données ou minutes sont épuisées
reminders-why-runs-out = Les données durent moins de trois jours
reminders-why-runs-out-voice = Les minutes durent moins de trois jours
reminders-why-credit-low = Il reste peu de crédit
reminders-why-promotion-ends = Une promotion prend fin
reminders-is-planned = prévu
reminders-is-sent = envoyé
reminders-is-dropped = plus nécessaire
reminders-is-failed = n’a pas pu être envoyé
