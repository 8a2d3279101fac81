### Messages qui vendent : consentement et sortie. `-sms-end` reste dans l’alphabet des messages texte.
## Les mots du consentement. Un mot changé est une nouvelle version (VERSION dans wording/marketing.rs).
marketing-words-email = J’accepte que { $brand } ({ $merchant }, { $address }) m’envoie par courriel des promotions pour mes cartes, par exemple quand l’une d’elles prend fin. Je peux y mettre fin en tout temps, ici ou par le lien de chaque message. Contact : { $phone }, { $email }.
marketing-words-sms = J’accepte que { $brand } ({ $merchant }, { $address }) m’envoie par texto des promotions pour mes cartes, par exemple quand l’une d’elles prend fin. Je peux y mettre fin en tout temps, ici, par le lien de chaque message ou en répondant ARRET. Contact : { $phone }, { $email }.

marketing-title = Promotions
marketing-lead = Seulement si vous le voulez, et à part des rappels de vos cartes : ceux-ci viennent de toute façon, comme vous l’avez choisi.
marketing-by-email = Promotions par courriel
marketing-by-sms = Promotions par texto
marketing-since = Activé depuis le { $date }
marketing-give = Activer
marketing-end = Désactiver
marketing-label-way-out = Ne plus recevoir de promotions
notice-why-marketing = Vous recevez ceci parce que vous avez accepté les promotions sur la page de votre compte. Le lien ci-dessus y met fin tout de suite.
marketing-sms-end = { $merchant }, { $address }, { $phone }. Fin des promos : ARRET ou { $link }

unsubscribe-title = Ne plus recevoir de promotions?
unsubscribe-lead = Une touche, et nous ne vous envoyons plus de promotions, ni par courriel ni par texto. Les rappels de vos propres cartes continuent comme vous l’avez choisi.
unsubscribe-button = Ne plus recevoir de promotions
unsubscribe-done = Vous ne recevrez plus de promotions
unsubscribe-done-text = C’est en vigueur dès maintenant. Les rappels de vos propres cartes continuent comme vous l’avez choisi. Vous pouvez réactiver les promotions sur la page de votre compte.
