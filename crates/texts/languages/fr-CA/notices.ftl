### Notices: e-mail and SMS. French in `-sms`, `-line` and `-body` stays within the alphabet of text messages (GSM 7-bit).
### `dated` is yes when a time can be named.

## Parts of every e-mail

notice-row = { $label } : { $value }
notice-charge = { $amount }, { $method }, { $when }
notice-label-amount = Payé
notice-label-refund = Remboursement
notice-label-cause = Motif
notice-label-money = Argent
notice-label-next = La suite
notice-label-link = La commande, dans son état actuel
notice-receipt-attached = Le reçu signé { $number } est joint.
notice-receipt-online = Le reçu signé { $number } se trouve à la page de la commande.
notice-help = Questions : { $phone } ou { $email }. Ayez la référence de la commande sous la main.
notice-complaints = Si quelque chose ne va pas, dites-le-nous d’abord. Si nous ne réglons pas la question, la CPRST vous aide sans frais : { $ccts_phone }, { $ccts_website }.
notice-why-order = Vous recevez ce message parce que la commande indique votre adresse. Il ne concerne que cette commande.
notice-why-account = Vous recevez ce message parce qu’il concerne votre compte.

## Whether money moved, where the pages’ own sentences do not fit

notice-money-credit-charged = { $amount } de crédit ont été retirés de la carte SIM, une seule fois.
notice-money-credit-returning = { $amount } sont en voie d’être remis au crédit de la carte SIM.
notice-money-credit-returned = { $amount } sont de nouveau au crédit de la carte SIM.
notice-money-owed = { $amount } ont été débités et ne vous sont pas revenus. Nous vous les devons toujours.

## How long the way back takes, as text messages say it

notice-back-bank = Votre banque peut prendre de 5 à 10 jours ouvrables.
notice-back-credit = La somme va au crédit de la carte SIM.
notice-back-by-hand = Une personne de chez nous vous rend la somme.
notice-money-by-hand-returning = Nous vous devons { $amount }. Comme la somme n’est pas passée par un fournisseur, une personne de chez nous vous la rend.
notice-money-by-hand-returned = { $amount } vous ont été rendus en main propre.
notice-by-hand-next = Une personne de chez nous vous contacte pour convenir de la façon de vous rendre la somme. Vous pouvez aussi nous appeler avec la référence de la commande.
notice-by-hand-refunded-next = Vous n’avez rien à faire. Si vous n’avez pas reçu l’argent, appelez-nous avec la référence de la commande.

## Notice: delivered

notice-delivered-subject = Renouvelée : carte SIM { $card }, commande { $reference }
notice-delivered-lead = La carte SIM { $card } est renouvelée avec { $plan }.
notice-delivered-next =
    { $dated ->
        [yes] Vous n’avez rien à faire. Si le numéro était erroné, dites-le-nous à la page de la commande d’ici le { $when }.
       *[no] Vous n’avez rien à faire. La page de la commande montre où elle en est.
    }
notice-delivered-sms =
    { $dated ->
        [yes] { $brand } : la carte SIM { $card } est renouvelée avec { $plan }, jusqu’au { $until }. Payé : { $amount }. Commande { $reference } : { $link }
       *[no] { $brand } : la carte SIM { $card } est renouvelée avec { $plan }. Payé : { $amount }. Commande { $reference } : { $link }
    }
notice-delivered-line =
    { $dated ->
        [yes] { $brand } : cette carte SIM est renouvelée avec { $plan }, valide jusqu’au { $until }. Commande { $reference }. Questions : { $phone }
       *[no] { $brand } : cette carte SIM est renouvelée avec { $plan }. Commande { $reference }. Questions : { $phone }
    }

## Notice: unknown

notice-unknown-subject = Votre paiement est en sécurité, nous vérifions : carte SIM { $card }, commande { $reference }
notice-unknown-lead = Votre paiement pour la carte SIM { $card } est en sécurité. Le réseau n’a encore répondu ni oui ni non au renouvellement.
notice-unknown-next =
    { $dated ->
        [yes] Vous n’avez rien à faire. Nous interrogeons le réseau et vous écrivons dès qu’il répond. Sinon, une personne décide d’ici le { $when } : vous recevez le forfait, ou votre argent. Vous ne serez pas débité deux fois.
       *[no] Vous n’avez rien à faire. Nous interrogeons le réseau et vous écrivons dès qu’il répond. Vous recevez le forfait, ou votre argent. Vous ne serez pas débité deux fois.
    }
notice-unknown-sms =
    { $dated ->
        [yes] { $brand } : paiement de { $amount } en sécurité (SIM { $card }). Le réseau n’a pas encore répondu; pas de second débit. Réponse d’ici le { $when }. Commande { $reference } : { $link }
       *[no] { $brand } : paiement de { $amount } en sécurité (SIM { $card }). Le réseau n’a pas encore répondu; pas de second débit. Commande { $reference } : { $link }
    }
notice-unknown-line = { $brand } : un renouvellement de cette carte SIM est en vérification auprès du réseau. Rien à faire. Commande { $reference }. Questions : { $phone }

## Notice: declined

notice-declined-subject = Non renouvelée, vous êtes remboursé : carte SIM { $card }, commande { $reference }
notice-declined-lead = Le réseau a refusé de renouveler la carte SIM { $card }. Rien n’a été livré.
notice-declined-next = Le remboursement part de lui-même aujourd’hui, par le moyen utilisé pour payer. Nous vous écrivons dès qu’il est confirmé. Vous pouvez choisir un autre forfait.
notice-declined-sms = { $brand } : le réseau a refusé de renouveler la carte SIM { $card }. { $amount } vous sont rendus aujourd’hui. { $back } Commande { $reference } : { $link }
notice-declined-line = { $brand } : le réseau a refusé de renouveler cette carte SIM. Le payeur est remboursé. Commande { $reference }. Questions : { $phone }

## Notice: refunding

notice-refunding-subject = Votre remboursement est en route : carte SIM { $card }, commande { $reference }
notice-refunding-lead = Nous vous rendons { $amount } payés pour la carte SIM { $card }.
notice-refunding-next = Vous n’avez rien à faire. L’argent repart par le moyen utilisé pour payer, et nous vous écrivons dès que c’est confirmé.
notice-refunding-sms = { $brand } : { $amount } pour la carte SIM { $card } vous sont rendus. { $reason } { $back } Commande { $reference } : { $link }
notice-refunding-line = { $brand } : un paiement pour cette carte SIM est rendu au payeur. Commande { $reference }. Questions : { $phone }

## Notice: refunded

notice-refunded-subject = Remboursé : carte SIM { $card }, commande { $reference }
notice-refunded-lead =
    { $dated ->
        [yes] { $amount } payés pour la carte SIM { $card } ont été remboursés le { $when }.
       *[no] { $amount } payés pour la carte SIM { $card } ont été remboursés.
    }
notice-refunded-next = Vous n’avez rien à faire. Si l’argent n’est pas là après 10 jours ouvrables, appelez-nous avec la référence de la commande.
notice-refunded-sms = { $brand } : { $amount } pour la carte SIM { $card } sont remboursés. { $back } Commande { $reference } : { $link }
notice-refunded-line = { $brand } : un paiement pour cette carte SIM a été remboursé au payeur. Commande { $reference }. Questions : { $phone }

## Notice: refund-failed

notice-refund-failed-subject = Votre remboursement n’a pas abouti, nous nous en occupons : commande { $reference }
notice-refund-failed-lead = Le remboursement de { $amount } pour la carte SIM { $card } nous est revenu. L’argent est toujours à vous.
notice-refund-failed-next =
    { $dated ->
        [yes] Une personne s’en occupe d’ici le { $when } et vous écrit. Vous pouvez aussi nous appeler pour indiquer un autre moyen.
       *[no] Une personne s’en occupe et vous écrit. Vous pouvez aussi nous appeler pour indiquer un autre moyen.
    }
notice-refund-failed-sms =
    { $dated ->
        [yes] { $brand } : le remboursement de { $amount } (SIM { $card }) n’a pas abouti. Nous vous le devons; une personne s’en occupe d’ici le { $when }. Commande { $reference } : { $link }
       *[no] { $brand } : le remboursement de { $amount } (SIM { $card }) n’a pas abouti. Nous vous le devons; une personne s’en occupe. Commande { $reference } : { $link }
    }
notice-refund-failed-line = { $brand } : un remboursement pour cette carte SIM n’a pas encore abouti. Nous voyons avec le payeur. Commande { $reference }. Questions : { $phone }

## Notice: held

notice-held-subject = À vous de choisir : second paiement pour la carte SIM { $card }, commande { $reference }
notice-held-lead = Un autre renouvellement payé de la carte SIM { $card } n’est pas terminé. Nous retenons ce second paiement; rien n’a été envoyé au réseau pour celui-ci.
notice-held-next =
    { $dated ->
        [yes] Choisissez à la page de la commande d’ici le { $when } : une période de plus, ou votre argent. Sans choix de votre part, vous êtes remboursé.
       *[no] La page de la commande montre vos choix et où elle en est.
    }
notice-held-sms =
    { $dated ->
        [yes] { $brand } : la SIM { $card } a été payée deux fois. { $amount } sont retenus. Choisissez d’ici le { $when } : une période de plus ou l’argent. Commande { $reference } : { $link }
       *[no] { $brand } : la SIM { $card } a été payée deux fois. { $amount } sont retenus. Commande { $reference } : { $link }
    }
notice-held-line = { $brand } : cette carte SIM a été payée deux fois. Le payeur du second renouvellement choisit. Commande { $reference }. Questions : { $phone }

## Notice: reversed

notice-reversed-subject = Le renouvellement a été repris, vous êtes remboursé : carte SIM { $card }, commande { $reference }
notice-reversed-lead = Le renouvellement de la carte SIM { $card } a été repris. Le forfait n’est plus sur la carte SIM.
notice-reversed-next = L’argent repart de lui-même, par le moyen utilisé pour payer. Nous vous écrivons dès que c’est confirmé. Vous pouvez renouveler de nouveau en tout temps.
notice-reversed-sms = { $brand } : le renouvellement de la carte SIM { $card } a été repris. { $amount } vous sont rendus. { $back } Commande { $reference } : { $link }
notice-reversed-line = { $brand } : un renouvellement de cette carte SIM a été repris. Le payeur est remboursé. Commande { $reference }. Questions : { $phone }

## Notice: wrong-number

notice-wrong-number-subject = Nous examinons le numéro erroné : commande { $reference }
notice-wrong-number-lead = Vous nous avez dit que le numéro { $card } était erroné. Une personne demande au réseau si le renouvellement peut être repris.
notice-wrong-number-next =
    { $dated ->
        [yes] Vous aurez notre réponse d’ici le { $when }. Jusque-là, le forfait reste sur cette carte SIM et le paiement reste inchangé.
       *[no] Vous aurez notre réponse dès que le réseau décide. Jusque-là, le forfait reste sur cette carte SIM et le paiement reste inchangé.
    }
notice-wrong-number-sms =
    { $dated ->
        [yes] { $brand } : nous demandons au réseau de reprendre le forfait (SIM { $card }). Réponse d’ici le { $when }. D’ici là, { $amount } restent débités. Commande { $reference } : { $link }
       *[no] { $brand } : nous demandons au réseau de reprendre le forfait (SIM { $card }). D’ici là, { $amount } restent débités. Commande { $reference } : { $link }
    }
notice-wrong-number-line = { $brand } : un renouvellement de cette carte SIM a été signalé comme une erreur de numéro. Il reste en place jusqu’à la décision du réseau. Commande { $reference }. Questions : { $phone }

## Notice: started-early

notice-started-early-subject = Votre prochain forfait a commencé : carte SIM { $card }, commande { $reference }
notice-started-early-lead =
    { $dated ->
        [yes] Les données de la carte SIM { $card } étaient épuisées : { $plan } a donc commencé sans attendre son premier jour. Il dure jusqu’au { $until }.
       *[no] Les données de la carte SIM { $card } étaient épuisées : { $plan } a donc commencé sans attendre son premier jour.
    }
notice-started-early-next = Vous n’avez rien à faire. Les appels et messages qui restent du forfait précédent gardent leur propre dernier jour.
notice-started-early-sms =
    { $dated ->
        [yes] { $brand } : les données de la carte SIM { $card } étaient épuisées, { $plan } a commencé. Il dure jusqu’au { $until }. Commande { $reference } : { $link }
       *[no] { $brand } : les données de la carte SIM { $card } étaient épuisées, { $plan } a commencé. Commande { $reference } : { $link }
    }
notice-started-early-line =
    { $dated ->
        [yes] { $brand } : vos données étaient épuisées, votre prochain forfait { $plan } a commencé. Il dure jusqu’au { $until }. Commande { $reference }. Questions : { $phone }
       *[no] { $brand } : vos données étaient épuisées, votre prochain forfait { $plan } a commencé. Commande { $reference }. Questions : { $phone }
    }

## Codes and messages about an account. The last line of a code’s message is for the browser and made in the program.

notice-code-subject = Votre code { $brand }
notice-code-body =
    { $minutes ->
        [one] { $code } est votre code { $brand }. Il est valide { $minutes } minute. Personne de { $brand } ne vous le demande jamais.
       *[other] { $code } est votre code { $brand }. Il est valide { $minutes } minutes. Personne de { $brand } ne vous le demande jamais.
    }
notice-call-code-body =
    { $minutes ->
        [one] { $code } est le code à lire à l’agent { $brand } que vous avez appelé. Il est valide { $minutes } minute. Si vous n’avez pas appelé, ne le dites à personne et téléphonez au { $phone }.
        [many] { $code } est le code à lire à l’agent { $brand } que vous avez appelé. Il est valide { $minutes } minutes. Si vous n’avez pas appelé, ne le dites à personne et téléphonez au { $phone }.
       *[other] { $code } est le code à lire à l’agent { $brand } que vous avez appelé. Il est valide { $minutes } minutes. Si vous n’avez pas appelé, ne le dites à personne et téléphonez au { $phone }.
    }
notice-contact-verified-subject = Une nouvelle coordonnée a été ajoutée à votre compte
notice-contact-verified-body = { $brand } : { $contact } a été vérifié et ajouté à votre compte. Si ce n’était pas vous, appelez tout de suite le { $phone }.
notice-contact-removed-subject = Une coordonnée a été retirée de votre compte
notice-contact-removed-body = { $brand } : { $contact } a été retiré de votre compte. Si ce n’était pas vous, appelez tout de suite le { $phone }.
notice-password-changed-subject = Votre compte a un nouveau mot de passe
notice-password-changed-body = { $brand } : votre compte a un nouveau mot de passe et les autres appareils ont été déconnectés. Les moyens de paiement enregistrés se reposent 24 heures. Si ce n’était pas vous, appelez tout de suite le { $phone }.
notice-approval-help-subject = { $asker } demande à aider pour votre carte SIM { $card }
notice-approval-help-body = { $brand } : { $asker } demande à voir et à renouveler votre carte SIM { $card }. Répondez d’ici le { $when } : { $link } Si vous ne connaissez pas cette personne, dites non ou ne faites rien.
notice-approval-become-subject = { $asker } vous demande d’aider pour une carte SIM
notice-approval-become-body = { $brand } : { $asker } vous demande d’aider pour la carte SIM { $card } : voir ce qui reste, renouveler, recevoir les rappels. Répondez d’ici le { $when } : { $link } Si vous ne connaissez pas cette personne, dites non ou ne faites rien.
notice-wrong-tries-subject = Plusieurs essais de connexion infructueux
notice-wrong-tries-body = { $brand } : un code ou un mot de passe erroné a été entré plusieurs fois pour votre compte. La connexion est suspendue jusqu’au { $when }. Rien n’a changé dans votre compte. Si ce n’était pas vous, appelez le { $phone }.
