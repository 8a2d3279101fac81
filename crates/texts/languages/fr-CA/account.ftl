### Accounts: signing in, cards, helpers, orders, personal data, and the demonstration mailbox.

## Coming in

sign-in-title = Se connecter
sign-in-lead = Avec votre mot de passe, ou avec un code que nous vous envoyons.
who = Courriel ou numéro de cellulaire
password = Mot de passe
sign-in-password-hint = Laissez vide pour vous connecter avec un code.
sign-in-button = Se connecter
sign-in-code-button = M’envoyer un code
sign-in-no-account = Pas encore de compte?
code-title = Entrez le code
code-sent = Si { $to } a un compte, un code y est en route. Il est valide 10 minutes.
verify-sent = Nous avons envoyé un code à { $to }. Il est valide 10 minutes.
code-label = Code
code-hint = 6 chiffres. Vous pouvez coller.
code-again = Envoyer un autre code
code-other-way = Se connecter autrement
register-title = Créer un compte
register-lead = Voyez ce qui reste, soyez prévenu à temps, renouvelez en deux gestes.
register-who-hint = Nous y envoyons un code.
password-optional = Mot de passe (facultatif)
register-password-hint =
    { $length ->
        [one] Au moins { $length } caractère. Sans mot de passe, vous vous connectez avec un code.
        [many] Au moins { $length } de caractères. Sans mot de passe, vous vous connectez avec un code.
       *[other] Au moins { $length } caractères. Sans mot de passe, vous vous connectez avec un code.
    }
register-agree = En créant un compte, vous acceptez :
register-button = Créer le compte
register-have-account = Vous en avez déjà un?

## My cards

cards-none = Aucune carte SIM pour le moment. Ajoutez la première; il vous faut la carte ou ses papiers.
cards-renew = Renouveler { $price }
cards-choose = Choisir un forfait
role-helper = vous aidez pour cette carte SIM
days-until-start =
    { $days ->
        [one] jour pour commencer à l’utiliser
        [many] jours pour commencer à l’utiliser
       *[other] jours pour commencer à l’utiliser
    }
days-until-expiry =
    { $days ->
        [one] jour restant
        [many] jours restants
       *[other] jours restants
    }
days-until-grace-ends =
    { $days ->
        [one] jour pour renouveler sans rien perdre
        [many] jours pour renouveler sans rien perdre
       *[other] jours pour renouveler sans rien perdre
    }
days-until-number-lost =
    { $days ->
        [one] jour avant la perte du numéro
        [many] jours avant la perte du numéro
       *[other] jours avant la perte du numéro
    }
days-closed =
    { $days ->
        [one] jour
        [many] jours
       *[other] jours
    }

## Adding a card

add-title = Ajouter une carte SIM
add-lead = Montrez que la carte SIM est la vôtre, ou que son titulaire est d’accord.
add-nickname = Nom de la carte SIM
add-nickname-hint = Vous et les aidants seulement le voyez, par exemple « La carte de maman ».
add-proof = Comment le montrez-vous?
proof-code = Un code envoyé à la carte SIM
proof-code-hint = Nous envoyons 6 chiffres par texto au numéro. La carte SIM doit être dans un téléphone.
proof-pin = Le NIP de la carte SIM
proof-pin-hint = Le numéro choisi à l’achat de la carte SIM, pour les appels à l’aide.
proof-puk = ICCID et PUK
proof-puk-hint = Les deux sont imprimés sur le support de la carte SIM.
proof-holder = Demander au titulaire
proof-holder-hint = Le titulaire reçoit un lien et dit oui ou non. La carte SIM peut être n’importe où.
pin-label = NIP
pin-hint = De 4 à 8 chiffres. Pas celui de votre carte bancaire.
iccid-label = ICCID
iccid-hint = 19 ou 20 chiffres, commençant par 89.
puk-label = PUK
puk-hint = 8 chiffres.
holder-label = Courriel ou numéro du titulaire
holder-hint = Laissez vide pour envoyer le lien à la carte SIM elle-même.
holder-asked = Nous avons demandé à { $to }. Dès que le titulaire accepte, la carte SIM figure parmi les vôtres.
proof-other = Le montrer autrement

## One card

card-life = Le temps restant
card-left = Ce qui reste
card-renew = Renouveler
card-plans-paused = Les renouvellements sont suspendus pour le moment
card-plans-paused-detail = Le réseau ne prend pas de renouvellements pour l’instant : rien n’est vendu qui ne pourrait être livré. Revenez dans quelques minutes.
advice-not-yet = Pas besoin de renouveler pour l’instant.
advice-renew-by = Renouvelez au plus tard le { $date }.
advice-runs-out = À environ { $amount } par jour, il ne restera rien des { $left } le { $date }, { $days } avant la fin du forfait.
advice-resumes = À environ { $amount } par jour, il ne restera rien des { $left } le { $date }; les données achetées d’avance commencent le { $resumes }.
advice-gone = Les données sont épuisées.
advice-between = Très probablement entre le { $from } et le { $to }.
advice-from = Très probablement pas avant le { $from }.
advice-lasts = À environ { $amount } par jour, les données suffisent jusqu’à la fin du forfait, le { $date }.
advice-may-end = Si vous en utilisez plus que d’habitude, elles pourraient s’épuiser dès le { $from }.
advice-too-little = Il y a encore trop peu d’usage pour dire quand les données s’épuiseront. Le forfait prend fin le { $date }.
advice-ends = Le forfait prend fin le { $date }.
advice-budget = Jusqu’à { $amount } par jour, elles durent jusqu’au { $date }.
advice-grace = Jusque-là, tout est rétabli.
ahead-title = Ce qui restera
ahead-sentence = { $now } maintenant; environ { $end } à la fin du forfait, le { $date }.
ahead-gone = Épuisé le { $date }
ahead-plan-ends = Fin du forfait le { $date }
ahead-legend = Le trait est ce que nous prévoyons; 8 fois sur 10, le reste se tient dans la bande.
ahead-left = Prévu
ahead-range = Probable
ahead-likely = { $least } à { $most }
card-usage = Utilisation
usage-span = Période
usage-days =
    { $days ->
        [one] { $days } jour
        [many] { $days } de jours
       *[other] { $days } jours
    }
usage-table = Le même en tableau
usage-day = Jour
usage-amount = Utilisé
usage-title = Utilisation par jour
usage-none = Rien n’a encore été utilisé.
usage-today = Aujourd’hui
hours-title = Utilisation par heure
hours-hour = Heure
hours-span = { $from } à { $until }
hours-sentence = Données · { $amount } depuis le { $date }. Vous en utilisez le plus entre { $from } et { $until }.
hours-own = Il vous reste { $left } de plus, chaque jour de { $from } à { $until }; { $percent } % de vos données sont utilisées à ces heures.
hours-offered = { $percent } % de vos données sont utilisées entre { $from } et { $until }, heures où certains forfaits donnent plus.
hours-moving = Utilisez-en { $amount } par 30 jours entre { $from } et { $until } plutôt qu’à d’autres heures, et { $plan } suffit : { $saves } de moins pour 30 jours que { $instead }, avant taxes.
card-more = Plus sur cette carte SIM
card-history = Historique
card-settings = Réglages de cette carte SIM
card-remove = Retirer cette carte SIM de ma liste
card-remove-hint = La carte SIM elle-même reste inchangée. Vous pouvez l’ajouter de nouveau.
life-title = La ligne de vie de la carte SIM
life-today = Aujourd’hui
life-now = Nous sommes le { $date }
life-expiry = Expire le { $date }
life-grace = Grâce jusqu’au { $date }
life-lost = Numéro perdu le { $date }
life-join = { ", " }
history-none = Rien pour le moment.
history-order = Commande { $reference }
history-grant = ajout
history-use = utilisation
history-expire = expiration
history-take-back = retrait

## Helpers and approvals

helpers-title = Aidants
helpers-lead = Un aidant voit ce qui reste, renouvelle et reçoit les rappels avec vous. Vous pouvez y mettre fin en tout temps.
helper-asked = demandé le { $date }, sans réponse pour le moment
helper-since = depuis le { $date }
helper-revoke = Mettre fin
helper-add = Nommer un aidant
helper-name = Nom
helper-contact-hint = L’aidant reçoit un lien et y accepte.
helper-send = Envoyer le lien
approve-title-help = Cette personne peut-elle aider pour votre carte SIM?
approve-lead-help = Elle verrait ce qui reste, renouvellerait et recevrait les rappels. Elle ne peut pas vous prendre la carte SIM, et vous pouvez y mettre fin en tout temps.
approve-title-become = Voulez‑vous aider pour cette carte SIM?
approve-lead-become = Vous verriez ce qui reste, renouvelleriez et recevriez les rappels. Cela ne vous coûte rien.
approve-asker = Demandé par
approve-until = Répondre d’ici
approve-yes = Oui, j’accepte
approve-no = Non
approve-note = Si vous ne connaissez pas cette personne, dites non. Rien ne se passe alors.
approve-done-yes = Vous avez accepté.
approve-done-yes-text = C’est en vigueur dès maintenant. Vous pouvez y mettre fin à la page de la carte SIM en tout temps.
approve-done-no = Vous avez refusé.
approve-done-no-text = Rien ne change. Nous prévenons la personne qui a demandé.

## Orders and the account

orders-none = Aucune commande pour le moment.
account-contacts = Comment vous joindre
contact-verified = vérifié
contact-unverified = pas encore vérifié
contact-add = Ajouter un courriel ou un numéro de cellulaire
contact-add-button = Y envoyer un code
account-language = Langue des messages
account-language-hint = Courriels, textos et reçus sont dans cette langue.
account-password-change = Changer le mot de passe
account-password-set = Définir un mot de passe
password-current = Mot de passe actuel
password-new = Nouveau mot de passe
password-length =
    { $length ->
        [one] Au moins { $length } caractère.
        [many] Au moins { $length } de caractères.
       *[other] Au moins { $length } caractères.
    }
account-devices = Connecté sur
session-here = cet appareil
sign-out = Se déconnecter
sign-out-everywhere = Se déconnecter partout
account-data = Vos données
account-data-text = Tout ce que nous gardons sur vous, en un fichier lisible par des programmes (JSON).
account-data-button = Télécharger mes données
delete-title = Supprimer mon compte
delete-text = Vos coordonnées, noms, appareils et liens aux cartes SIM sont effacés aussitôt. Les cartes SIM elles-mêmes restent inchangées.
delete-kept = La loi fiscale nous oblige à garder les montants, les taxes et les dates de vos commandes jusqu’au { $date }. Ils ne vous nomment plus.
delete-nothing-kept = Rien n’est gardé : il n’y a aucune commande.
delete-confirm = Je veux supprimer mon compte. C’est irréversible.
deleted-title = Votre compte est supprimé.
deleted-lead = Vous êtes déconnecté partout. Vos coordonnées et vos noms sont effacés.

## The demonstration mailbox

mailbox-title = Boîte de messages de démonstration
mailbox-lead = Tout le monde peut ouvrir cette page. Elle montre ce qui aurait été envoyé par courriel et texto. Rien ici ne quitte cette machine.
mailbox-none = Aucun message pour le moment. Renouvelez une carte SIM, puis revenez.
mailbox-email = Courriel
mailbox-text = Texto
