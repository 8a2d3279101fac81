### The telephone robot, and answers to text messages.

## What the robot says. It is heard, not read: short sentences, and the key at their end.

robot-language = { $brand }. Pour le français, faites le { $key }.
robot-own-card = Pour la carte SIM se terminant par { $digits }, faites le 1. Pour une autre carte, faites le 2. Pour parler à une personne, faites le 0.
robot-type-number = Entrez le numéro de votre carte SIM, puis le carré.
robot-unknown-number = Nous ne connaissons pas de carte SIM avec ce numéro.
robot-type-pin = Entrez le NIP de la carte SIM, puis le carré.
robot-wrong-pin = Ce n’est pas le NIP de la carte.
robot-pin-locked = Le NIP a été faux trop souvent aujourd’hui. Vous pourrez réessayer demain.
robot-until-active = Votre carte est valable jusqu’au { $date }.
robot-until-grace = Votre carte a expiré. Son solde est conservé jusqu’au { $date }, et un renouvellement le rétablit.
robot-until-suspended = Votre carte est hors service. Son numéro est conservé jusqu’au { $date }.
robot-until-inactive = Votre carte n’a pas encore servi.
robot-until-closed = Le numéro de cette carte est perdu. Il faut une nouvelle carte.
robot-left = Il vous reste { $left }.
robot-left-nothing = Il ne reste rien sur la carte.
robot-menu = Pour renouveler votre dernier forfait avec votre moyen de paiement enregistré, faites le 1. Pour recevoir un lien de paiement par texto, faites le 2. Pour réentendre votre solde, faites le 3. Pour parler à une personne, faites le 0.
robot-offer = { $plan }. { $total }, taxes comprises, payés avec { $method }.
robot-offer-until = Votre carte sera alors valable jusqu’au { $date }.
robot-terms-email = Nous venons de vous envoyer les conditions par écrit, par courriel. Prenez le temps de les lire.
robot-terms-sms = Nous venons de vous envoyer les conditions par écrit, par texto. Prenez le temps de les lire.
robot-agree = Pour accepter et payer maintenant, faites le 1. Pour revenir sans commander, faites le 2. Pour parler à une personne, faites le 0.
robot-no-plan = Cette carte n’a pas de forfait antérieur qui puisse être racheté. Nous pouvons vous envoyer un lien vers tous les forfaits.
robot-no-method = Aucun moyen de paiement enregistré ne peut servir maintenant. Nous pouvons vous envoyer un lien de paiement.
robot-in-progress = Un renouvellement de cette carte est déjà en cours. Rien de nouveau n’a été commandé.
robot-terms-not-sent = Les conditions doivent d’abord vous parvenir par écrit, et nous n’avons pas d’adresse où les envoyer. Rien n’a été commandé.
robot-not-renewable = Cette carte ne peut plus être renouvelée.
robot-delivered = C’est payé et fait. Merci.
robot-delivered-until = C’est payé et fait. Votre carte est valable jusqu’au { $date }. Merci.
robot-on-its-way = C’est payé. Le réseau n’a pas encore répondu. Nous vous écrirons dès qu’il l’aura fait. Vous ne serez pas débité deux fois.
robot-unknown = C’est payé. Nous ne savons pas encore si le forfait est arrivé, et nous vérifions. Vous recevrez le forfait ou votre argent.
robot-charge-unknown = Nous ne savons pas encore si votre banque a payé. Nous vérifions. Ne payez pas de nouveau : vous ne serez pas débité deux fois.
robot-declined = La banque a refusé. Rien n’a été débité. Vous pouvez recevoir un lien et payer autrement.
robot-not-ordered = Ce n’était pas possible. Rien n’a été commandé, rien n’a été débité.
robot-too-many = Il y a eu trop de tentatives. Rien n’a été commandé, rien n’a été débité.
robot-goes-back = Le réseau a refusé le renouvellement. Votre argent vous est rendu.
robot-link-sent = Nous avons envoyé un texto avec le lien à votre carte.
robot-link-stopped = Ce numéro ne veut pas de textos. Envoyez-nous START, puis demandez de nouveau.
robot-link-no-number = Cette carte n’a pas de numéro qui puisse recevoir des textos.
robot-link-too-many = Plusieurs commandes de cette carte attendent d’être payées. Payez l’une d’elles, ou réessayez dans une heure.
robot-link-not-now = Un lien ne peut pas être envoyé maintenant : un renouvellement est en cours, ou la carte ne peut pas être renouvelée.
robot-link-not-sent = Le texto n’a pas pu être envoyé.
robot-nothing-ordered = Rien n’a été commandé.
robot-no-such-key = Cette touche ne sert à rien ici.
robot-trouble = Quelque chose n’a pas fonctionné de notre côté.
robot-connecting = Nous vous mettons en communication avec une personne.
robot-nobody = Personne ne peut prendre votre appel maintenant. Vous nous joignez au { $phone }, ou sur le Web.
robot-moment = Un instant, s’il vous plaît.
robot-goodbye = Au revoir.

## Amounts for the ear

spoken-dollars =
    { $count ->
        [one] { $count } dollar
       *[other] { $count } dollars
    }
spoken-cents =
    { $count ->
        [one] { $count } cent
       *[other] { $count } cents
    }
spoken-dollars-cents = { $dollars } et { $cents }
spoken-gigabytes = { $number } gigaoctets de données
spoken-megabytes = { $number } mégaoctets de données
spoken-credit = { $amount } de crédit
spoken-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
spoken-messages =
    { $count ->
        [one] { $count } texto
       *[other] { $count } textos
    }
spoken-method = { $brand } se terminant par { $digits }

## Written terms, sent before a renewal by telephone can be agreed to

voice-terms-subject = Conditions du renouvellement proposé au téléphone
voice-terms-offer = { $brand } : { $plan }, { $total }, taxes comprises.
voice-terms-until = La carte SIM sera alors valable jusqu’au { $date }.
voice-terms-more = Rien n’est commandé avant votre accord. Conditions, remboursements et annulation : { $link }

## Answers to text messages

text-offer = { $brand } : { $plan } pour la carte { $card } : { $total }, taxes comprises, payés avec { $method }. Répondez OUI dans les 30 minutes pour renouveler. Conditions : { $link }
text-link = { $brand } : renouvelez et payez ici : { $link }
text-left = { $brand } : il reste { $left } sur la carte { $card }.
text-left-nothing = { $brand } : il ne reste rien sur la carte { $card }.
text-until-active = Elle est valable jusqu’au { $date }.
text-until-renewing = Son renouvellement est en cours. Vous n’avez rien à faire.
text-until-grace = Elle a expiré. Son solde est conservé jusqu’au { $date }.
text-until-suspended = Elle est hors service. Son numéro est conservé jusqu’au { $date }.
text-until-inactive = Elle n’a pas encore servi.
text-until-closed = Son numéro est perdu.
text-delivered = { $brand } : la carte { $card } est renouvelée et payée.
text-on-its-way = { $brand } : payé. Le réseau n’a pas encore répondu; nous vous écrirons dès qu’il l’aura fait. Vous ne serez pas débité deux fois.
text-unknown = { $brand } : payé. Nous ne savons pas encore si le forfait est arrivé. Vous recevrez le forfait ou votre argent.
text-charge-unknown = { $brand } : nous ne savons pas encore si votre banque a payé. Ne payez pas de nouveau; vous ne serez pas débité deux fois.
text-declined = { $brand } : la banque a refusé, rien n’a été débité. Payez autrement : { $link }
text-not-ordered = { $brand } : ce n’était pas possible. Rien n’a été commandé ni débité.
text-too-many = { $brand } : cette carte a déjà été renouvelée par texto aujourd’hui, ou trop de tentatives. Rien n’a été commandé.
text-in-progress = { $brand } : un renouvellement de cette carte est déjà en cours. Rien de nouveau n’a été commandé.
text-goes-back = { $brand } : le réseau a refusé le renouvellement. Votre argent vous est rendu.
text-not-renewable = { $brand } : cette carte ne peut plus être renouvelée.
text-no-card = { $brand } : ce numéro n’est pas une de nos cartes. Renouvelez une carte : { $link }
text-stopped = { $brand } : vous ne recevrez plus de textos de notre part. Envoyez START pour en recevoir de nouveau.
text-started = { $brand } : vous recevez de nouveau nos textos. Envoyez ARRET pour y mettre fin.
text-help = { $brand } ({ $seller }) : nous renouvelons des cartes prépayées. Téléphone { $phone }, courriel { $email }. Envoyez OUI pour renouveler, SOLDE pour votre solde, ARRET pour ne plus recevoir de textos.
text-other = { $brand } : nous ne lisons que ces mots : OUI renouvelle, SOLDE dit votre solde, AIDE dit qui nous sommes, ARRET met fin aux textos.
