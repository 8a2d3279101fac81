### Problems: what went wrong, what to do, and whether money moved.

## Whether money moved; channels put one of these after the detail

problem-money-no = Aucun argent n’a bougé.
problem-money-yes = De l’argent a été débité pour cette commande. Il est en sécurité : vous recevez le forfait ou votre argent.
problem-money-unknown = Nous ne savons pas encore si de l’argent a bougé. Nous vérifions, et vous ne serez pas débité deux fois.

## The number

problem-number-empty = Entrez un numéro
problem-number-empty-detail = Rien n’a été entré. Entrez le numéro de téléphone de la carte SIM, ou l’ICCID qui y est imprimé.
problem-number-too-short = Le numéro est trop court
problem-number-too-short-detail = Il manque des chiffres. Un numéro canadien en a 10, un ICCID 19 ou 20.
problem-number-too-long = Le numéro est trop long
problem-number-too-long-detail = Il y a trop de chiffres. Un numéro de téléphone en a au plus 15, un ICCID 19 ou 20.
problem-number-not-digits = Le numéro contient autre chose
problem-number-not-digits-detail = Utilisez des chiffres et, au besoin, des espaces, des traits d’union, des parenthèses ou un + au début.
problem-number-not-possible = Ce numéro ne peut pas exister
problem-number-not-possible-detail = Vérifiez les chiffres. Pour un numéro hors du Canada, commencez par + et l’indicatif du pays.
problem-number-check-digit = L’ICCID comporte une faute
problem-number-check-digit-detail = Son dernier chiffre ne correspond pas aux autres : l’un d’eux est erroné. Comparez avec la carte SIM.
problem-unknown-line = Nous ne connaissons pas cette carte SIM
problem-unknown-line-detail = Aucun réseau que nous renouvelons n’a ce numéro. Vérifiez les chiffres, ou essayez l’ICCID imprimé sur la carte SIM.

## Plans, prices and quotes

problem-unknown-plan = Ce forfait n’existe pas
problem-unknown-plan-detail = Le forfait n’est pas dans notre liste. Choisissez l’un des forfaits affichés pour la carte SIM.
problem-plan-not-for-line = Ce forfait n’est pas pour cette carte SIM
problem-plan-not-for-line-detail = Il appartient à un autre réseau. Choisissez l’un des forfaits affichés pour la carte SIM.
problem-plan-not-sold = Ce forfait n’est pas en vente
problem-plan-not-sold-detail = Sa vente est arrêtée, terminée ou pas encore commencée. Choisissez un autre forfait.
problem-supplier-paused = Les renouvellements chez cet opérateur sont suspendus
problem-supplier-paused-detail = Le réseau ne prend pas de renouvellements pour le moment : rien n’est vendu qui ne pourrait être livré. Rien n’a été débité; réessayez dans quelques minutes.
problem-promotion-unknown = Nous ne connaissons pas ce code promotionnel
problem-promotion-unknown-detail = Vérifiez-en l’orthographe, ou laissez-le de côté.
problem-promotion-does-not-apply = La promotion ne s’applique pas
problem-promotion-does-not-apply-detail = Elle vaut pour d’autres forfaits. Choisissez un autre forfait, ou laissez le code de côté.
problem-promotion-not-yet = La promotion n’a pas commencé
problem-promotion-not-yet-detail = Revenez le premier jour, ou laissez le code de côté.
problem-promotion-over = La promotion est terminée
problem-promotion-over-detail = Le code était valable jusqu’à un jour qui est passé. Laissez-le de côté.
problem-promotion-other-hours = La promotion est donnée à d’autres heures
problem-promotion-other-hours-detail = Elle n’est valable qu’à certaines heures de la journée. Revenez à ce moment-là, ou laissez le code de côté.
problem-promotion-first-renewal = La promotion est pour le premier renouvellement d’une carte SIM
problem-promotion-first-renewal-detail = Cette carte SIM a déjà été renouvelée chez nous. Laissez le code de côté.
problem-promotion-sign-in = Connectez-vous pour utiliser ce code
problem-promotion-sign-in-detail = Il est limité par client, il faut donc savoir qui achète. Connectez-vous, ou laissez le code de côté.
problem-promotion-not-combined = Le code ne va pas avec une meilleure promotion
problem-promotion-not-combined-detail = Une autre promotion est déjà dans le prix et réduit davantage; les deux ne se combinent pas. Laissez le code de côté et gardez le meilleur prix.
problem-promotion-used-up = Cette promotion est épuisée
problem-promotion-used-up-detail = Elle est limitée en nombre, au total et par carte SIM, et il ne reste plus de place pour cette carte SIM. Choisissez de nouveau le forfait sans le code. Rien n’a été commandé.
problem-promotion-taken = Ce code a déjà été donné
problem-promotion-taken-detail = Une promotion garde son code pour toujours, pour que ce qui a été compté reste juste. Choisissez un autre code.
problem-province-unknown = Cette province n’existe pas
problem-province-unknown-detail = Choisissez la province ou le territoire dans la liste, ou donnez son code postal de deux lettres.
problem-province-needed = Choisissez la province pour la taxe
problem-province-needed-detail = Le numéro n’indique pas où la taxe est due. Choisissez la province ou le territoire où la carte SIM sert.
problem-no-tax-known = Nous ne pouvons pas calculer la taxe
problem-no-tax-known-detail = Nous n’avons pas de taux pour cette province et ce jour, et ne vendons pas sans lui. Choisissez de nouveau la province, ou appelez-nous.
problem-quote-expired = Ce prix n’est plus valide
problem-quote-expired-detail = Un prix vaut 15 minutes. Choisissez de nouveau le forfait pour voir le prix actuel.
problem-quote-not-found = Nous ne trouvons pas ce prix
problem-quote-not-found-detail = Il n’est peut-être plus valide, ou son adresse est incomplète. Choisissez de nouveau le forfait.

## Orders

problem-renewal-in-progress = Cette carte SIM est déjà en cours de renouvellement
problem-renewal-in-progress-detail = Un autre renouvellement payé n’est pas terminé. Attendez-le, ou indiquez que vous voulez une période de plus.
problem-renewal-awaits-payment = Un renouvellement de cette carte SIM attend son paiement
problem-renewal-awaits-payment-detail = Un collègue ou vous en avez déjà commandé un. Renvoyez son lien ou annulez-le sur la page de la carte SIM; si la personne veut une période de plus, indiquez-le.
problem-renewed-meanwhile = Cette carte SIM a été renouvelée depuis que vous l’avez consultée
problem-renewed-meanwhile-detail = Un autre renouvellement y a été commencé ou terminé entre-temps. Consultez de nouveau la carte SIM; si la personne veut une période de plus, indiquez-le.
problem-line-closed = Cette carte SIM est fermée
problem-line-closed-detail = Son numéro est perdu et ne peut pas être renouvelé. Il faut une nouvelle carte SIM.
problem-no-plan-in-service = Ce supplément exige un forfait
problem-no-plan-in-service-detail = La carte SIM n’a pas de forfait en cours auquel l’ajouter. Choisissez d’abord un forfait.
problem-not-enough-credit = Le crédit de la carte SIM ne suffit pas
problem-not-enough-credit-detail = Le prix dépasse ce qui reste. Payez autrement, ou choisissez un autre forfait.
problem-credit-frozen = Le crédit de la carte SIM est gelé
problem-credit-frozen-detail = Le service a pris fin il y a trop longtemps : ce qui reste redevient utilisable dès que la carte SIM est renouvelée. Payez autrement.
problem-wrong-state = Cela ne peut pas se faire maintenant
problem-wrong-state-detail = La commande a avancé. Sa page montre où elle en est et ce qui est possible.
problem-already-sent = Il n’est plus possible d’annuler
problem-already-sent-detail = Le renouvellement a été envoyé au réseau, qui seul peut répondre. S’il refuse, vous êtes remboursé en entier.
problem-too-late = Il est trop tard pour cela
problem-too-late-detail = Un numéro erroné peut être signalé dans les 24 heures suivant la livraison. Appelez-nous si vous avez besoin d’aide.
problem-plan-begun = Ce forfait a commencé
problem-plan-begun-detail = Un forfait en attente peut être rendu jusqu’à la fin de la veille de son premier jour. Celui‑ci est utilisé, ou a commencé aussitôt. Rien n’a été changé.
problem-plan-built-upon = Autre chose compte sur ce forfait
problem-plan-built-upon-detail = Un autre renouvellement ou un supplément l’a suivi, ou une partie est utilisée. Ce qui est venu en dernier peut être rendu en premier. Rien n’a été changé.
problem-network-decides = C’est au réseau de le reprendre
problem-network-decides-detail = Le réseau d’une autre entreprise a livré ce forfait, et lui seul peut le reprendre. Appelez‑nous, et une personne le lui demande. Rien n’a été changé.
problem-charged-back = Ce paiement est contesté
problem-charged-back-detail = La banque du payeur a repris l’argent. Elle décidera de la suite; aucun remboursement ne peut s’y ajouter.
problem-refund-too-large = Ce montant ne convient pas
problem-refund-too-large-detail = Un remboursement est d’au moins le plus petit montant et d’au plus ce qui reste du paiement. Rien n’a été rendu.
problem-shop-unknown = Cette boutique n’existe pas
problem-shop-unknown-detail = Aucune boutique de ce nom ne figure dans la configuration.
problem-shop-is-read = Cette boutique est lue automatiquement
problem-shop-is-read-detail = Ses commandes viennent de la place de marché. Un fichier les apporterait une deuxième fois. Rien n’a été importé.
problem-bought-unknown = Nous ne trouvons aucun achat correspondant
problem-bought-unknown-detail = Vérifiez le numéro de commande ou le code. Une commande peut prendre une minute après le paiement. Si la boutique l’a livrée ou vous rembourse, elle ne peut pas servir ici; écrivez à la boutique. Rien n’a changé.
problem-voucher-used = Ce code a déjà servi
problem-voucher-used-detail = Il a renouvelé une autre carte SIM. Si ce n’était pas vous, écrivez à la boutique où vous l’avez acheté; elle peut voir quand il a servi.
problem-voucher-revoked = Ce code n’est plus valable
problem-voucher-revoked-detail = La boutique l’a retiré avant qu’il ne serve. Demandez-lui un remboursement ou un autre code.
problem-voucher-batch-taken = Un lot de codes porte déjà ce nom
problem-voucher-batch-taken-detail = Choisissez un autre nom. Aucun code n’a été créé.
problem-shop-unavailable = La place de marché ne répond pas
problem-shop-unavailable-detail = La place de marché a été interrogée sans réponse utilisable. Elle est interrogée de nouveau automatiquement.
problem-payment-provider-unavailable = Le paiement est impossible pour le moment
problem-payment-provider-unavailable-detail = Le service de paiement ne répond pas. Votre commande est conservée; réessayez dans quelques minutes.

## What was entered

problem-contact-needed = Où envoyer le reçu?
problem-contact-needed-detail = Donnez une adresse de courriel, un numéro de cellulaire, ou les deux.
problem-email-invalid = Ce n’est pas une adresse de courriel
problem-email-invalid-detail = Une adresse ressemble à nom@exemple.com. Vérifiez ce qui a été entré.
problem-phone-invalid = Ce n’est pas un numéro de cellulaire
problem-phone-invalid-detail = Vérifiez les chiffres. Pour un numéro hors du Canada, commencez par + et l’indicatif du pays.
problem-language-unknown = Nous ne parlons pas encore cette langue
problem-language-unknown-detail = Choisissez le chinois (zh-CN), l’anglais (en-CA) ou le français (fr-CA).
problem-terms-not-confirmed = Choisissez la langue des conditions
problem-terms-not-confirmed-detail = Au Québec, les conditions en français sont présentées d’abord. Lisez-les, puis confirmez votre choix de langue.
problem-field-missing = Il manque quelque chose
problem-field-missing-detail = Un champ obligatoire n’a pas été rempli. Complétez-le et envoyez de nouveau.
problem-field-invalid = Un champ est illisible
problem-field-invalid-detail = Une valeur n’a pas la bonne forme ou n’existe pas. Corrigez-la et envoyez de nouveau.

## Signing in and proving

problem-sign-in-failed = La connexion a échoué
problem-sign-in-failed-detail = Le nom, le mot de passe ou le code ne correspond pas. Réessayez, ou demandez un code.
problem-code-wrong = Le code n’est pas le bon
problem-code-wrong-detail = Comparez-le avec le message et entrez-le de nouveau. Après 5 essais, il en faut un nouveau.
problem-code-expired = Le code n’est plus valide
problem-code-expired-detail = Un code vaut 10 minutes et un seul usage. Demandez-en un nouveau.
problem-proof-failed = Cela ne montre pas que la carte SIM est à vous
problem-proof-failed-detail = Ce qui a été entré ne correspond pas à cette carte SIM. Vérifiez, ou choisissez un autre moyen.
problem-password-too-short = Le mot de passe est trop court
problem-password-too-short-detail = Choisissez-en un plus long. Quelques mots à la suite conviennent et se retiennent bien.
problem-password-common = Ce mot de passe est trop répandu
problem-password-common-detail = Il figure dans les listes que les fraudeurs essaient d’abord. Choisissez-en un autre.
problem-unauthorized = Veuillez vous connecter
problem-unauthorized-detail = Il faut une connexion, ou le lien de votre message. La vôtre manque ou a pris fin.
problem-forbidden = Ce n’est pas permis
problem-forbidden-detail = Vous êtes connecté, mais ceci appartient à quelqu’un d’autre ou exige un autre droit.
problem-csrf = Ce formulaire n’a pas pu être accepté
problem-csrf-detail = Il est resté ouvert trop longtemps, ou vient d’un autre site. Rechargez la page et envoyez de nouveau.
problem-link-expired = Ce lien a pris fin
problem-link-expired-detail = Les liens sont valides pour un temps limité. Demandez-en un nouveau, ou recommencez avec le numéro.
problem-too-many-requests = Trop de tentatives
problem-too-many-requests-detail = Pour protéger votre carte SIM, nous faisons une pause. Attendez un moment, puis réessayez.

## Programs that call us

problem-idempotency-key-missing = L’en-tête Idempotency-Key manque
problem-idempotency-key-missing-detail = Envoyez une clé avec chaque POST, pour qu’une répétition ne change rien : par exemple un UUID.
problem-idempotency-key-invalid = L’en-tête Idempotency-Key est inutilisable
problem-idempotency-key-invalid-detail = La clé d’un invité est un UUID ou compte au moins 22 caractères ASCII visibles.
problem-idempotency-key-reused = L’en-tête Idempotency-Key a déjà servi
problem-idempotency-key-reused-detail = La même clé est venue avec un autre contenu. Envoyez une nouvelle clé pour une nouvelle demande.
problem-request-running = La première demande est encore en cours
problem-request-running-detail = Une autre demande avec la même clé n’a pas encore reçu de réponse. Attendez quelques secondes et répétez-la.
problem-body-too-large = L’envoi est trop gros
problem-body-too-large-detail = Le contenu dépasse ce que nous acceptons. Envoyez-en moins.
problem-body-unreadable = Nous n’avons pas pu lire l’envoi
problem-body-unreadable-detail = Il n’est pas bien formé. Vérifiez la syntaxe et envoyez de nouveau.
problem-unsupported-media-type = Nous ne lisons pas ce type de contenu
problem-unsupported-media-type-detail = Envoyez du JSON avec Content-Type application/json.
problem-method-not-allowed = Cette adresse n’accepte pas cette méthode
problem-method-not-allowed-detail = L’en-tête Allow de cette réponse nomme les méthodes acceptées.

## Ours

problem-not-found = Il n’y a rien ici
problem-not-found-detail = L’adresse est peut-être incomplète, ou ce qu’elle désigne ne vous est pas accessible. Vérifiez-la, ou repartez de la première page.
problem-internal = La faute est de notre côté
problem-internal-detail = Elle a été consignée. Réessayez dans quelques minutes; si vous étiez en train de payer, voyez d’abord la page de la commande.
problem-unavailable = Nous revenons tout de suite
problem-unavailable-detail = Le service est occupé ou en mise à jour. Réessayez dans une minute; ce que vous avez entré peut être renvoyé sans risque.
problem-timeout = Cela a pris trop de temps
problem-timeout-detail = Nous avons cessé d’attendre. Réessayez; la même demande n’est jamais exécutée deux fois.

## Why the network refused

refusal-line-closed = La carte SIM est fermée et son numéro est perdu. Il faut une nouvelle carte SIM.
refusal-no-plan-in-service = C’est un supplément, et la carte SIM n’a pas de forfait en cours. Choisissez d’abord un forfait.
refusal-number-not-accepted = Le réseau n’accepte pas ce numéro pour ce forfait. Vérifiez le numéro, ou choisissez un autre forfait.
refusal-network-unavailable = Le réseau n’accepte pas de renouvellements pour le moment. Réessayez plus tard.
refusal-found-undelivered = Nous avons vérifié auprès du réseau : rien n’a été livré.

## Why money goes back. French stays within the alphabet of text messages.

refund-reason-declined = Le réseau a refusé le renouvellement.
refund-reason-cancelled = La commande a été annulée avant tout envoi.
refund-reason-cancelled-before-start = Le forfait a été rendu avant son premier jour.
refund-reason-late-capture = Le paiement est arrivé après la fin de la commande.
refund-reason-amount-differs = Le montant débité n’est pas celui qui était convenu.
refund-reason-paid-twice = La commande a été payée deux fois; un paiement est rendu.
refund-reason-not-wanted = Le second renouvellement n’a pas lieu.
refund-reason-wrong-number = Le numéro était erroné et le forfait a été repris.
refund-reason-reversed = Le réseau a repris le renouvellement.
refund-reason-goodwill = Le forfait a été livré, et nous rendons aussi l’argent.
refund-reason-charged-back = La banque a repris le paiement avant la livraison du forfait.
refund-reason-at-shop = La boutique a rendu l’argent, et le forfait a été repris.

problem-caps-too-low = La limite est inférieure au prix
problem-caps-too-low-detail = La limite par prélèvement doit couvrir le prix du forfait, et celles du jour et du mois doivent être au moins égales.

problem-trigger-does-not-fit = Ce forfait ne peut pas se renouveler à ce moment
problem-trigger-does-not-fit-detail = Choisissez un autre forfait ou un autre moment.

problem-method-not-usable = Ce moyen de paiement enregistré ne peut pas servir maintenant
problem-method-not-usable-detail = Il a expiré, sa banque l’a refusé, ou il est en pause un jour après un changement de vos accès. Rien n’a été prélevé. Choisissez un autre moyen de paiement.

problem-consent-missing = Votre accord manque
problem-consent-missing-detail = Lisez le texte et cochez la case si vous êtes d’accord. Rien n’est activé avant.

problem-consent-outdated = Le texte que vous avez accepté n’est pas celui d’aujourd’hui
problem-consent-outdated-detail = Sa formulation, le prix ou le moyen de paiement a changé depuis que vous l’avez lu. Rien n’a été activé et rien n’a été prélevé. Relisez le texte et acceptez celui-là.

problem-sign-in-first = Veuillez d’abord vous connecter
problem-sign-in-first-detail = Plusieurs commandes passées d’ici, pour cette carte SIM ou sous cette coordonnée sont restées impayées. Pour protéger les cartes SIM et les cartes bancaires, connectez-vous avec un code à usage unique avant de commander de nouveau. Aucun argent n’a bougé.
problem-pay-on-page = Veuillez payer sur la page du fournisseur de paiement
problem-pay-on-page-detail = Des moyens de paiement enregistrés ont servi pour beaucoup de cartes SIM aujourd’hui. Pour celle-ci, choisissez un fournisseur : sur sa page, votre banque peut vous interroger. Rien n’a été prélevé.
problem-staff-sign-in-failed = La session n’a pas pu être ouverte
problem-staff-sign-in-failed-detail = Le nom, le mot de passe et le code ne vont pas ensemble. Attendez le prochain code et réessayez.
problem-totp-wrong = Le code ne convient pas
problem-totp-wrong-detail = Tapez le code que l’application affiche en ce moment. S’il ne convient toujours pas, vérifiez que l’heure de votre téléphone est réglée automatiquement.
problem-passkey-failed = La session n’a pas pu être ouverte
problem-passkey-failed-detail = La clé d’accès ne convient pas, n’est plus connue ici ou est arrivée trop tard. Réessayez, ou utilisez votre mot de passe et votre code.
problem-passkey-not-added = La clé d’accès n’a pas été ajoutée
problem-passkey-not-added-detail = Elle ne répond pas à ce qui était demandé, est arrivée trop tard ou se trouve déjà ici. Réessayez.
problem-sign-in-again = Veuillez ouvrir votre session de nouveau
problem-sign-in-again-detail = Ce qui ouvre votre session ne se modifie que dans les dix minutes qui suivent son ouverture. Rien n’a été modifié.
problem-name-taken = Ce nom est déjà pris
problem-name-taken-detail = Quelqu’un de l’équipe l’utilise. Choisissez-en un autre.
problem-last-manager = Quelqu’un doit s’occuper de l’équipe
problem-last-manager-detail = C’est la dernière personne qui peut inviter des gens et donner des rôles. Donnez d’abord ce droit à quelqu’un d’autre.
problem-payment-under-way = Un mode de paiement enregistré est en cours de débit
problem-payment-under-way-detail = Personne ne sait encore si l’argent a été pris. Attendez de le savoir avant d’en accepter un autre.
problem-not-the-total = Ce n’est pas le prix de la commande
problem-not-the-total-detail = Le montant reçu en main propre est le total de la commande, au cent près. Rien n’a été inscrit. Pour un autre montant, faites une autre commande.
problem-above-limit = C’est plus que ce que vous pouvez rendre sans accord
problem-above-limit-detail = Une personne à la supervision ou aux finances doit être d’accord. Rien n’a été rendu.
problem-manual-above-limit = C’est plus que ce que vous pouvez recevoir en main propre
problem-manual-above-limit-detail = Demandez à un agent principal, à la supervision ou aux finances de le recevoir, ou envoyez un lien de paiement. Rien n’a été inscrit.
problem-partner-above-limit = C’est plus que ce que vous pouvez inscrire
problem-partner-above-limit-detail = Demandez à la personne qui s’occupe du serveur de l’inscrire là-bas ou de relever la limite. Rien n’a été inscrit.
problem-reference-used = Cette référence a déjà servi
problem-reference-used-detail = Elle désigne un autre paiement par le même moyen. Regardez de nouveau le relevé ou le carnet de reçus. Rien n’a été inscrit.
problem-reference-invalid = Ce n’est pas une référence
problem-reference-invalid-detail = Une référence a de 3 à 40 lettres et chiffres, comme sur le relevé ou dans le carnet de reçus. Rien n’a été inscrit.
problem-holds-bank-card = Cela ressemble à un numéro de carte bancaire
problem-holds-bank-card-detail = Les numéros de carte bancaire ne sont jamais notés ici. Retirez-le du texte. Rien n’a été gardé.
problem-own-request = Une autre personne doit être d’accord
problem-own-request-detail = Personne n’approuve sa propre demande. Rien n’a été rendu.
problem-request-decided = Quelqu’un en a déjà décidé
problem-request-decided-detail = Regardez de nouveau la commande pour voir ce qui en est.
problem-request-lapsed = Cette demande a attendu trop longtemps
problem-request-lapsed-detail = Les demandes attendent sept jours. Si elle est encore voulue, faites-la de nouveau. Rien n’a été rendu.
problem-order-changed = La commande a changé depuis cette demande
problem-order-changed-detail = Elle ne permet plus ce remboursement : il reste moins du paiement, ou le forfait a été repris. Rien n’a été rendu. Regardez la commande et demandez de nouveau.
problem-call-over = Cet appel est terminé
problem-call-over-detail = Il a été terminé, ou rien n’y a été fait pendant 15 minutes. Reprenez-le depuis la recherche. Aucun montant n’a été débité.
problem-not-verified = La personne n’est pas vérifiée
problem-not-verified-detail = Rien n’est affiché ni fait avant que la personne n’ait prouvé qui elle est.
problem-link-not-sent = Le lien n’a pas pu être envoyé
problem-link-not-sent-detail = L’opérateur ne l’a pas accepté. Essayez l’autre moyen ou affichez le code QR. Aucun montant n’a été débité.
problem-plan-changed = Ce forfait a changé depuis que vous l’avez regardé
problem-plan-changed-detail = Entre-temps, quelqu’un a fixé un prix, arrêté ou repris sa vente. Vous n’avez rien changé. Regardez de nouveau le forfait.
problem-price-same = Il a déjà ce prix ce jour-là
problem-price-same-detail = Écrivez un autre prix ou un autre jour. Rien n’a été changé.
problem-price-past = Ce jour est passé
problem-price-past-detail = Un prix commence aujourd’hui ou plus tard, chez l’opérateur. Rien n’a été changé.
problem-price-after-sale = La vente du forfait se termine avant ce jour
problem-price-after-sale-detail = Choisissez un jour plus proche, ou donnez au forfait un dernier jour plus éloigné dans le catalogue. Rien n’a été changé.
problem-terms-not-sent = Les conditions ne sont pas encore entre les mains du payeur
problem-terms-not-sent-detail = Au Québec, elles viennent d’abord, par écrit. Envoyez-les et demandez l’accord quand elles sont arrivées. Si l’envoi est impossible, envoyez le lien. Rien n’a été commandé ni débité.
problem-sold-elsewhere = Quelqu’un d’autre a vendu ceci
problem-sold-elsewhere-detail = La commande a été vendue par un partenaire ou une boutique, qui règle avec son acheteur. Rien n’a été remboursé ici.
problem-account-used-up = Le compte ne suffit pas
problem-account-used-up-detail = Ce qui est versé et le crédit, ensemble, ne couvrent pas cette commande. Rien n’a été commandé. Versez une somme ou demandez plus de crédit, puis réessayez avec la même référence.
problem-partner-stopped = Les nouvelles commandes sont arrêtées
problem-partner-stopped-detail = Ce partenaire ne peut pas commander à présent. Ce qui est en route se poursuit. Communiquez avec nous.
problem-price-above-most = Le prix dépasse votre maximum
problem-price-above-most-detail = Le prix est au-dessus du maximum donné avec la commande. Rien n’a été commandé. Consultez les produits pour le prix du jour.
problem-callback-refused = Cette adresse ne peut pas être appelée
problem-callback-refused-detail = Un rappel va à une adresse https publique, sans nom ni mot de passe. Donnez-en une autre.
problem-too-many-keys = Il y a trop de clés
problem-too-many-keys-detail = Vingt clés ouvrent déjà une session. Mettez fin à une clé qui ne sert plus.
