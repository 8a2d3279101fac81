### The portal: pages a customer or a guest sees.

## The frame of every page

skip-link = Aller au contenu
banner-label = Démonstration
banner-text = Démo sans argent réel
banner-mailbox = Messages
menu-label = Menu
menu-languages = Langues
menu-cards = Mes cartes SIM
menu-orders = Commandes
menu-account = Compte
menu-sign-in = Se connecter
error-prefix = Erreur :{ " " }
summary-title = À corriger
summary-money = Aucun argent n’a bougé. Ce que vous avez saisi est conservé.
foot-help = Aide
foot-complaints = Plaintes et CPRST
foot-partners = Partenaires
foot-privacy = Vie privée
foot-terms = Conditions
foot-about = Qui nous sommes
foot-weight = Chaque page pèse moins de 10 ko.
continue = Continuer
change = Modifier
save = Enregistrer
remove = Retirer
older = Plus anciens

## Whether money moved

money-no = Aucun argent n’a bougé.
money-charged = { $amount } ont été débités, une seule fois.
money-returning = { $amount } vous sont retournés. Votre banque peut prendre de 5 à 10 jours ouvrables.
money-returned = { $amount } ont été remboursés. Votre banque peut prendre de 5 à 10 jours ouvrables pour l’afficher.
money-at-shop = Vous avez payé { $amount } à la boutique, une seule fois. Nous n’avons reçu aucun argent.
money-shop-returns = Rien n’a été renouvelé. La boutique vous rend les { $amount } que vous lui avez payés; écrivez-lui.
money-unknown = Nous ne savons pas encore si de l’argent a bougé. Nous vérifions, et vous ne serez pas débité deux fois.

## The first page

home-title-short = Renouveler votre carte SIM
home-title = Gardez votre carte SIM active, où que vous soyez.
home-lead = Entrez le numéro, ou l’ICCID imprimé sur la carte. Vous verrez le prix, taxes comprises, avant de payer quoi que ce soit.
home-number = Numéro ou ICCID
home-number-hint = Par exemple 416 555-0188
home-samples = Numéros à essayer :
home-cards = Aller à mes cartes SIM
promise-fast = Deux gestes la prochaine fois
promise-fast-text = Nous retenons le forfait, jamais votre carte bancaire.
promise-honest = Active en quelques secondes, d’ordinaire
promise-honest-text = Si le réseau tarde, nous le disons, et vous ne payez jamais deux fois.
promise-proof = Une preuve à conserver
promise-proof-text = Un reçu signé, par courriel et par texto.

## The line found, and its plans

renew-title = De quoi avez‑vous besoin?
renew-other-card = Ce n’est pas cette carte SIM? Entrez un autre numéro
renew-need = À quoi sert la carte SIM
need-all = Tout
need-data = Données
need-calls = Appels
need-keep = Garder le numéro
renew-plans = Forfaits
renew-plans-hint = Touchez un forfait. Vous vérifiez tout avant de payer.
renew-nothing = Rien ne peut être renouvelé sur ce réseau en ce moment.
renew-nothing-text = Aucun argent n’a bougé. Réessayez dans une heure, ou appelez-nous.

## Check your answers

check-title = Vérifiez avant de payer
check-lead = Est-ce la bonne carte SIM? Comparez les derniers chiffres.
row-card = Carte SIM
row-plan = Forfait
row-starts = Validité
row-province = Province de taxation
row-total = Total
row-paid = Payé
row-reference = Référence
row-paid-at = Payé le
row-delivered-at = Livré le
row-paid-with = Mode de paiement
row-period = Validité
gap-better = Ce forfait commence tout de suite :
check-price = Prix
check-total = Total, taxes comprises ({ $currency })
check-holds = Ce prix est garanti jusqu’à { $when }.
check-contact = Où envoyer le reçu
check-contact-hint = Un courriel, un numéro de cellulaire, ou les deux.
email = Courriel
mobile = Numéro de cellulaire
check-pay-with = Payer avec
check-keep = Garder ce moyen de paiement pour la prochaine fois
check-keep-hint = Pour les cartes bancaires et PayPal. Le prestataire de paiement garde le numéro, pas nous. Vous pouvez le retirer en tout temps.
method-refused = Refusé par sa banque; il ne peut plus servir.
method-expired = Il a expiré.
method-held = Vos accès ont changé; il est en pause jusqu’à { $when }.
pay-at-sandbox = Bac à sable intégré : sans argent réel
pay-at-sandbox-note = Les cartes de crédit, Visa Débit et Débit Mastercard paient en ligne; une carte Interac seulement ne le peut pas.
pay-at-stripe = Carte, Alipay ou WeChat Pay
pay-at-stripe-note = Les cartes de crédit, Visa Débit et Débit Mastercard paient en ligne; une carte Interac seulement ne le peut pas.
pay-at-paypal = PayPal
pay-at-paypal-note = Vous confirmez le paiement dans votre compte PayPal.
french-title = Les conditions, d’abord en français
french-text = Au Québec, un contrat est présenté en français avant qu’une autre langue puisse être choisie. Lisez-le, puis choisissez plus bas.
french-choice = J’ai vu les conditions en français et je choisis de les garder en français.
check-wrong-own = Si le numéro se révèle erroné, dites-le-nous dans les 24 heures. Si rien n’a été utilisé, le forfait est repris et vous êtes remboursé aussitôt.
check-wrong-desk =
    { $hours ->
        [one] Si le numéro se révèle erroné, dites-le-nous dans les 24 heures. Ce réseau décide lui-même : une personne lui demande et vous répond d’ici { $hours } heure.
        [many] Si le numéro se révèle erroné, dites-le-nous dans les 24 heures. Ce réseau décide lui-même : une personne lui demande et vous répond d’ici { $hours } d’heures.
       *[other] Si le numéro se révèle erroné, dites-le-nous dans les 24 heures. Ce réseau décide lui-même : une personne lui demande et vous répond d’ici { $hours } heures.
    }
check-nothing-charged = Rien n’est débité avant que vous touchiez le bouton.
pay-amount = Payer { $amount }

## An order: headline, sentence and next step of each state

order-title-awaiting = Pas encore payé.
order-lead-awaiting = Vous pouvez payer jusqu’à { $when }. Ensuite, la commande prend fin d’elle-même.
order-next-awaiting = La carte SIM est renouvelée dès que { $amount } sont payés.
order-title-charging = Nous débitons votre moyen de paiement enregistré.
order-lead-charging = Vous n’avez rien à faire. Vous ne serez pas débité deux fois. Cette page se met à jour d’elle-même.
order-next-charging = La carte SIM est renouvelée dès que { $amount } sont payés.
order-title-refused = Le paiement a été refusé. Rien n’a été prélevé.
order-lead-refused-retry-later = La banque refuse pour le moment, souvent faute de solde ou à cause d’un plafond. Vous pouvez payer autrement jusqu’à { $when }.
order-lead-refused-retry-once = La banque n’a pas donné de raison. Vous pouvez payer autrement jusqu’à { $when }.
order-lead-refused-authenticate = Votre banque veut d’abord vous interroger. Continuez et répondez-lui; c’est possible jusqu’à { $when }.
order-lead-refused-ask-customer = Il faut corriger ce moyen de paiement; la carte a peut-être expiré ou été remplacée. Vous pouvez payer autrement jusqu’à { $when }.
order-lead-refused-never = La banque ne permet plus de se servir de ce moyen de paiement. Vous pouvez payer autrement jusqu’à { $when }.
order-next-refused = La carte SIM est renouvelée dès que { $amount } sont payés.
order-other-way = Continuer vers le paiement
order-by-itself = Commande passée par le renouvellement automatique de cette carte SIM.
order-title-activating = Payé. Nous activons votre carte SIM.
order-lead-activating = Cela prend quelques secondes. La page se met à jour d’elle-même.
order-next-activating = Si le réseau refuse, nous remboursons { $amount } aujourd’hui.
order-title-slow = Payé. Le réseau est plus lent que d’habitude.
order-lead-slow = Vous n’avez rien à faire. Prochaines nouvelles d’ici { $when }.
order-next-slow = Si le réseau refuse, nous remboursons { $amount } le jour même.
order-title-unknown = Votre paiement est en sécurité. Nous vérifions auprès du réseau.
order-lead-unknown = Vous n’avez rien à faire. Vous ne serez pas débité deux fois. Prochaines nouvelles d’ici { $when }, sur cette page.
order-next-unknown = Si le réseau refuse, nous remboursons { $amount } le jour même.
order-title-person = Votre paiement est en sécurité. Une personne s’en occupe.
order-lead-person = Le réseau n’a pas répondu en 24 heures. Vous aurez notre décision d’ici { $when }.
order-next-person = Vous recevez le forfait, ou { $amount } en retour. Jamais ni l’un ni l’autre, jamais débité deux fois.
order-title-delivered = Votre carte SIM est renouvelée.
order-lead-delivered = Valide jusqu’au { $when }.
order-next-delivered = Rien d’autre à faire.
order-title-declined = Le réseau a refusé le renouvellement.
order-lead-declined = Le forfait n’a pas été livré. Le remboursement se fait de lui-même.
order-next-declined = { $amount } repartent par où ils sont venus, aujourd’hui. Vous pouvez choisir un autre forfait.
order-title-refunding = Votre remboursement est en route.
order-lead-refunding = Nous l’avons envoyé aujourd’hui. Vous n’avez rien à faire.
order-next-refunding = { $amount } repartent par où ils sont venus. Nous vous écrivons dès que c’est confirmé.
order-title-refunded = Vous avez été remboursé.
order-lead-refunded = Le remboursement a été confirmé le { $when }.
order-next-refunded = { $amount } sont repartis par où ils étaient venus.
order-title-cancelled = La commande est annulée.
order-lead-cancelled = Rien n’a été envoyé au réseau.
order-next-cancelled = Vous pouvez recommencer en tout temps.
order-title-expired = La commande a pris fin.
order-lead-expired = Elle n’a pas été payée à temps. La carte SIM est inchangée.
order-next-expired = Si un paiement arrive encore, il est remboursé en entier.
order-title-reversed = Le renouvellement a été repris.
order-lead-reversed = Le forfait n’est plus sur la carte SIM. Le remboursement se fait de lui-même.
order-next-reversed = { $amount } repartent par où ils sont venus, aujourd’hui.
order-title-held = Cette carte SIM a été payée deux fois.
order-lead-held = Nous retenons le second paiement. Choisissez d’ici { $when }, sinon il est remboursé.
order-next-held = { $amount } sont retenus, pas dépensés.
held-text = La commande { $other } n’est pas encore terminée. Une période de plus irait jusqu’au { $period }.
held-period = Ajouter une période
held-refund = Rembourser { $amount }
truth-label = Ce qui est connu
steps-label = Progression
step-paid = Payé
step-activating = Activation
step-active = Active
order-balance = Ce que cela ajoute
order-receipt = Reçu
order-pdf = Reçu en PDF
order-proof = Preuve de paiement
order-check-again = Vérifier de nouveau
order-cancel = Annuler la commande
order-again = Recommencer
order-history = Tout ce qui s’est passé
order-qr = Reçu { $number }. Numérisez pour l’ouvrir.

## Facts about an order, followed by their time

fact-placed = Commandé
fact-paid = Payé
fact-queued = En file
fact-sent = Envoyé au réseau
fact-no-answer = Pas encore de réponse
fact-asked-again = Redemandé
fact-delivered = Active
fact-refused = Refusé par le réseau
fact-handed-over = Confié à une personne
fact-held = Second paiement retenu
fact-cancelled = Annulé
fact-expired = Terminé sans paiement
fact-reversed = Repris
fact-wrong-number = Numéro erroné signalé
fact-refund-started = Remboursement envoyé
fact-refunded = Remboursement confirmé

## Wrong number

wrong-title = Était‑ce le mauvais numéro?
wrong-own = Si rien n’a été utilisé, le forfait est repris et { $amount } sont remboursés aussitôt.
wrong-desk =
    { $hours ->
        [one] Le réseau décide. Une personne lui demande et vous répond d’ici { $hours } heure.
        [many] Le réseau décide. Une personne lui demande et vous répond d’ici { $hours } d’heures.
       *[other] Le réseau décide. Une personne lui demande et vous répond d’ici { $hours } heures.
    }
wrong-until = Vous pouvez le signaler jusqu’à { $when }.
wrong-own-button = Reprendre et rembourser
wrong-desk-button = Signaler un numéro erroné
wrong-reported = Numéro erroné signalé. Une personne vous répond d’ici { $when }. D’ici là, le forfait reste tel quel.

## A plan that waits for its first day

queued-waits = Ce forfait ({ $plan }) attend derrière celui qui est en cours et commence de lui‑même le { $when }.
queued-or-used-up = Si les données sont épuisées avant ce jour, il commence aussitôt, et ses jours comptent à partir de là.
queued-started-early = Les données étaient épuisées le { $when } : ce forfait a donc commencé sans attendre son premier jour.
queued-cancel-title = Vous n’en voulez plus?
queued-cancel = Avant son premier jour, vous pouvez le rendre. { $amount } vous sont remboursés en entier, par le moyen utilisé pour payer. Le numéro garde ce qu’il a maintenant, et reste valide aussi longtemps qu’avant l’achat.
queued-confirm = Oui, annuler le forfait qui commence le { $when }
queued-button = Annuler et rembourser { $amount }
queued-supplier = Le réseau d’une autre entreprise le détient, et lui seul peut le reprendre. Si vous n’en voulez plus, appelez‑nous au { $phone }, et une personne le demande au réseau.
queued-elsewhere = Vous l’avez acheté ailleurs. Si vous n’en voulez plus, adressez‑vous au vendeur.
queued-built-upon = Il ne peut pas être annulé maintenant : un autre renouvellement ou un supplément l’a suivi. Ce qui est venu en dernier peut être rendu en premier.
order-because = Raison : { $reason }

## Receipt and proof of payment

receipt-page-title = Reçu
row-number = Numéro
receipt-page-lead = Payé et livré.
proof-page-title = Preuve de paiement
proof-page-lead = Payé. La livraison n’est pas encore confirmée; le reçu suivra.
receipt-seller = Vendu par
receipt-genuine = Est-il authentique?
receipt-genuine-text = Le PDF est signé. Numérisez le code pour le comparer à notre registre.
proof-genuine-text = Numérisez le code pour voir où en est la commande.
receipt-back = Retour à la commande
contract-title = Conditions de cet achat
contract-version = La version { $version } de nos conditions s’applique.

## What went wrong

problem-page-title-not-found = Il n’y a rien ici.
problem-page-lead-not-found = L’adresse est peut-être incomplète. Vérifiez-la, ou repartez de l’accueil.
problem-page-title-not-yours = Ceci ne relève pas de vous.
problem-page-title-sign-in-first = Veuillez d’abord vous connecter.
problem-page-lead-sign-in-first = Plusieurs commandes passées d’ici sont restées impayées. Pour vous protéger, nous demandons une connexion avec un code à usage unique; vous revenez ensuite à ce forfait.
problem-page-title-forbidden = Ce formulaire n’a pas pu être accepté.
problem-page-lead-not-yours = Ceci appartient à quelqu’un d’autre ou demande un droit que vous n’avez pas. Rien n’a été changé.
problem-page-lead-forbidden = Il est resté ouvert trop longtemps, ou vient d’un autre site. Revenez, rechargez la page et envoyez-le de nouveau.
problem-page-title-in-progress = Cette carte SIM est déjà en cours de renouvellement.
problem-page-lead-in-progress = Une autre commande payée n’est pas terminée. Attendez qu’elle le soit, ou appelez-nous.
problem-page-title-promotion-used-up = Cette promotion est épuisée.
problem-page-lead-promotion-used-up = Elle est limitée en nombre, au total et par carte SIM. Rien n’a été commandé. Choisissez de nouveau le forfait sans le code.
problem-page-title-too-late = Ce n’est plus possible.
problem-page-lead-too-late = La commande a avancé. Sa page montre où elle en est.
problem-page-title-link-expired = Ce lien a pris fin.
problem-page-lead-link-expired = Les liens et les prix sont valides peu de temps. Recommencez avec le numéro.
problem-page-title-not-understood = Nous n’avons pas pu lire ceci.
problem-page-lead-not-understood = Il manquait quelque chose, ou c’était trop long. Revenez et envoyez-le de nouveau.
problem-page-title-too-many = Trop de tentatives.
problem-page-lead-too-many = Pour protéger votre carte SIM, réessayez { $when }.
problem-page-title-our-fault = La faute est de notre côté.
problem-page-lead-our-fault = Elle a été consignée. Réessayez dans quelques minutes, ou appelez-nous avec le numéro ci-dessous.
problem-page-title-supplier-paused = Les renouvellements sur ce réseau sont suspendus.
problem-page-title-unavailable = Nous revenons tout de suite.
problem-page-lead-supplier-paused = Le réseau ne prend pas de renouvellements pour le moment : rien n’est vendu qui ne pourrait être livré. Réessayez dans quelques minutes.
problem-page-lead-unavailable = Le site est occupé ou en mise à jour. Réessayez dans une minute.
problem-request = Numéro pour l’aide : { $id }
problem-home = Vers l’accueil

## Terms, privacy, complaints

terms-title = Conditions
terms-version = Version { $version }, en vigueur depuis le { $date }.
terms-who = De qui vous achetez
terms-what = Ce que vous achetez
terms-what-text = Un renouvellement prépayé pour une carte SIM : les données, appels, textos ou crédit indiqués à la page de vérification, pour les jours qui y sont indiqués. Rien ne se renouvelle de soi-même, sauf si vous l’avez activé pour la carte.
terms-price = Ce que cela coûte
terms-price-text = Le prix de la page de vérification, taxes comprises, et rien d’autre. Il n’y a aucuns frais d’activation, de renouvellement ou de changement de forfait.
terms-delivery = Quand vous l’avez
terms-delivery-text = D’ordinaire en quelques secondes. Si le réseau ne répond pas, nous le disons, redemandons et décidons dans les 48 heures.
terms-refund = Remboursements
terms-refund-text = Si le forfait n’est pas livré, vous êtes remboursé en entier, par le même moyen, le jour même. Votre banque peut prendre de 5 à 10 jours ouvrables pour l’afficher. Vous pouvez annuler une commande tant que rien n’a été envoyé au réseau.
terms-wrong = Un numéro erroné
terms-wrong-text = Signalez-le dans les 24 heures sur la page de la commande. Sur notre propre réseau, un forfait inutilisé est repris et remboursé aussitôt. Sur les autres, une personne demande au réseau pour vous.
terms-expiry = À l’échéance
terms-expiry-text = Après l’expiration, votre compte reste ouvert au moins sept jours civils, sans frais. Renouvelez pendant ce temps et ce qui restait revient. La page de la carte SIM montre le dernier jour du numéro.
terms-language = Langue
terms-language-text = Ces conditions existent en français, en anglais et en chinois et disent la même chose. Au Québec, le texte français est présenté en premier.
terms-complaints = Plaintes
terms-complaints-text = Dites-le-nous d’abord. Si nous ne réglons pas la question, la CPRST vous aide gratuitement.
privacy-title = Vie privée
privacy-lead = Nous gardons ce qu’exige le renouvellement d’une carte SIM, et rien pour vous suivre.
privacy-what = Ce que nous gardons
privacy-what-card = La carte SIM : numéro, ICCID, opérateur, dates et solde.
privacy-what-contact = Comment vous joindre : le courriel ou le numéro que vous avez donné, et votre langue.
privacy-what-order = Les commandes : ce qui a été acheté, quand, le prix et les taxes.
privacy-what-usage = L’utilisation par jour et, pendant six semaines, par heure, montrée au titulaire et aux aidants seulement.
privacy-what-not = Nous ne voyons ni ne gardons jamais le numéro d’une carte bancaire : c’est le prestataire de paiement qui s’en charge. Nous ne vendons aucune donnée et n’affichons aucune publicité.
privacy-who = Qui la reçoit
privacy-who-text = Le réseau de la carte SIM, le prestataire de paiement et ceux qui acheminent nos courriels et textos : chacun seulement ce qu’il lui faut.
privacy-long = Combien de temps
privacy-long-contact = La carte SIM, vos coordonnées et l’utilisation : jusqu’à ce que vous supprimiez votre compte. Sans compte, jusqu’à ce que vous en demandiez l’effacement.
privacy-long-money = Les commandes et les reçus : la loi fiscale nous oblige à les garder, sans votre nom, six ans après la fin de l’année.
privacy-rights = Ce que vous pouvez faire
privacy-right-access = Accès : voir ce que nous détenons sur vous, à la page du compte.
privacy-right-rectification = Rectification : corriger ce qui est inexact.
privacy-right-portability = Portabilité : télécharger vos données dans un format que d’autres programmes lisent.
privacy-right-erasure = Effacement : supprimer le compte, aussitôt et vous-même.
privacy-right-consent = Retrait : revenir sur un consentement donné.
privacy-law = Ces droits reposent sur la LPRPDE du Canada et, au Québec, sur la loi du secteur privé que la Loi 25 a modifiée. Nous vous avisons, ainsi que les autorités, d’un incident qui pourrait vous causer un préjudice sérieux.
privacy-rights-text = Sans compte, écrivez à la personne responsable, ci-dessous. Nous répondons dans les 30 jours, sans frais.
privacy-cookies = Témoins
privacy-cookies-text = Un seul, pendant que vous êtes connecté. Aucun autrement.
privacy-officer = Responsable de la protection des renseignements personnels
privacy-commissioner = Vous pouvez aussi écrire au Commissariat à la protection de la vie privée du Canada ou, au Québec, à la Commission d’accès à l’information.
complaints-title = Plaintes
complaints-lead = Dites-le-nous d’abord. Si vous n’êtes pas satisfait, un organisme indépendant vous aide gratuitement.
complaints-us = D’abord : nous
complaints-us-text =
    { $days ->
        [one] Ayez la référence de la commande sous la main. Nous répondons en { $days } jour ouvrable.
       *[other] Ayez la référence de la commande sous la main. Nous répondons en { $days } jours ouvrables.
    }
complaints-order = Si notre réponse ne règle pas la question, ou s’il n’y en a pas dans ce délai, adressez-vous à la CPRST.
complaints-ccts = Ensuite : la CPRST
complaints-ccts-text = La Commission des plaintes relatives aux services de télécom-télévision est indépendante et ne vous coûte rien.
complaints-ccts-name = CPRST
about-title = Qui nous sommes
about-lead = C’est de cette entreprise que vous achetez. Elle figure sur chaque reçu.
about-legal-name = Dénomination sociale
about-brand = Nom commercial
about-address = Adresse
about-phone = Téléphone
about-provinces = Nous vendons dans
about-everywhere = toutes les provinces et tous les territoires du Canada
about-more = Vos droits

# A refund that came back.
order-title-owed = Le remboursement est revenu. Nous vous le devons encore.
order-lead-owed = Une personne s’en occupe d’ici { $when }. Vous n’avez rien à faire.
order-next-owed = Nous vous devons encore { $amount }. Nous vous écrivons dès que la somme repart.
order-title-by-hand = Nous vous devons votre argent.
order-lead-by-hand = La somme a été payée en main propre, donc une personne vous la rend d’ici { $when }.
order-next-by-hand = Nous vous contactons pour vous rendre { $amount }. Vous pouvez aussi nous appeler.
money-given-back = { $amount } vous ont été rendus en main propre.

## L’horloge de la démonstration

clock-title = Démonstration : avancer l’horloge
clock-hint = Le temps avance pour tout ce qui est ici, et jamais en arrière : les dates arrivent, les rappels partent, les forfaits prennent fin.
clock-day = Un jour
clock-week = Une semaine
clock-expiry = Jusqu’à l’échéance de cette carte SIM
