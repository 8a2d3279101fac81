### Notices: e-mail and SMS. French in `-sms`, `-line` and `-body` stays within the alphabet of text messages (GSM 7-bit).
### `dated` is yes when a time can be named.

## Parts of every e-mail

notice-row = { $label }: { $value }
notice-charge = { $amount }, { $method }, { $when }
notice-label-amount = Paid
notice-label-refund = Refund
notice-label-cause = Why
notice-label-money = Money
notice-label-next = What happens next
notice-label-link = The order, as it stands now
notice-receipt-attached = The signed receipt { $number } is attached.
notice-receipt-online = The signed receipt { $number } is on the order’s page.
notice-help = Questions: { $phone } or { $email }. Please have the order’s reference at hand.
notice-complaints = If something is wrong, tell us first. If we do not settle it, the CCTS helps free of charge: { $ccts_phone }, { $ccts_website }.
notice-why-order = You receive this because the order names your address. It is about this order only.
notice-why-account = You receive this because it concerns your account.

## Whether money moved, where the pages’ own sentences do not fit

notice-money-credit-charged = { $amount } of credit was taken from the card, once.
notice-money-credit-returning = { $amount } is on its way back to the card’s credit.
notice-money-credit-returned = { $amount } is credit on the card again.
notice-money-owed = { $amount } was charged and has not gone back to you. We still owe it to you.

## How long the way back takes, as text messages say it

notice-back-bank = Your bank may take 5 to 10 business days.
notice-back-credit = It goes to the card’s credit.
notice-back-by-hand = A person of ours gives it to you.
notice-money-by-hand-returning = We owe you { $amount }. It was not paid through a provider, so a person of ours gives it back.
notice-money-by-hand-returned = { $amount } was given back to you by hand.
notice-by-hand-next = A person of ours contacts you about how you get it. You may also call us with the order’s reference.
notice-by-hand-refunded-next = Nothing for you to do. If you did not get the money, call us with the order’s reference.

## Notice: delivered

notice-delivered-subject = Renewed: card { $card }, order { $reference }
notice-delivered-lead = The card { $card } is renewed with { $plan }.
notice-delivered-next =
    { $dated ->
        [yes] Nothing for you to do. If it was the wrong number, tell us on the order’s page by { $when }.
       *[no] Nothing for you to do. The order’s page shows where it stands.
    }
notice-delivered-sms =
    { $dated ->
        [yes] { $brand }: the card { $card } is renewed with { $plan }, until { $until }. Paid: { $amount }. Order { $reference }: { $link }
       *[no] { $brand }: the card { $card } is renewed with { $plan }. Paid: { $amount }. Order { $reference }: { $link }
    }
notice-delivered-line =
    { $dated ->
        [yes] { $brand }: this card is renewed with { $plan }, valid until { $until }. Order { $reference }. Questions: { $phone }
       *[no] { $brand }: this card is renewed with { $plan }. Order { $reference }. Questions: { $phone }
    }

## Notice: unknown

notice-unknown-subject = Your payment is safe, we are checking: card { $card }, order { $reference }
notice-unknown-lead = Your payment for the card { $card } is safe. The network has not said yes or no to the renewal yet.
notice-unknown-next =
    { $dated ->
        [yes] Nothing for you to do. We keep asking the network and write to you as soon as it answers. If it does not, a person decides by { $when }: you get the plan, or your money back. You will not be charged twice.
       *[no] Nothing for you to do. We keep asking the network and write to you as soon as it answers. You get the plan, or your money back. You will not be charged twice.
    }
notice-unknown-sms =
    { $dated ->
        [yes] { $brand }: your payment of { $amount } for the card { $card } is safe. The network has not answered yet. You are not charged twice. Outcome by { $when }. Order { $reference }: { $link }
       *[no] { $brand }: your payment of { $amount } for the card { $card } is safe. The network has not answered yet. You are not charged twice. Order { $reference }: { $link }
    }
notice-unknown-line = { $brand }: a renewal of this card is being checked with the network. Nothing for you to do. Order { $reference }. Questions: { $phone }

## Notice: declined

notice-declined-subject = Not renewed, you are refunded: card { $card }, order { $reference }
notice-declined-lead = The network refused to renew the card { $card }. Nothing was delivered.
notice-declined-next = The refund starts by itself today, the way you paid. We write to you when it is confirmed. You can renew with another plan.
notice-declined-sms = { $brand }: the network refused to renew the card { $card }. { $amount } goes back to you today. { $back } Order { $reference }: { $link }
notice-declined-line = { $brand }: the network refused to renew this card. The payer is refunded. Order { $reference }. Questions: { $phone }

## Notice: refunding

notice-refunding-subject = Your refund is on its way: card { $card }, order { $reference }
notice-refunding-lead = We are giving back { $amount } that you paid for the card { $card }.
notice-refunding-next = Nothing for you to do. The money goes back the way you paid, and we write to you when that is confirmed.
notice-refunding-sms = { $brand }: { $amount } for the card { $card } goes back to you. { $reason } { $back } Order { $reference }: { $link }
notice-refunding-line = { $brand }: a payment for this card goes back to the payer. Order { $reference }. Questions: { $phone }

## Notice: refunded

notice-refunded-subject = Refunded: card { $card }, order { $reference }
notice-refunded-lead =
    { $dated ->
        [yes] { $amount } that you paid for the card { $card } was refunded on { $when }.
       *[no] { $amount } that you paid for the card { $card } was refunded.
    }
notice-refunded-next = Nothing for you to do. If the money is not there after 10 business days, call us with the order’s reference.
notice-refunded-sms = { $brand }: { $amount } for the card { $card } is refunded. { $back } Order { $reference }: { $link }
notice-refunded-line = { $brand }: a payment for this card was refunded to the payer. Order { $reference }. Questions: { $phone }

## Notice: refund-failed

notice-refund-failed-subject = Your refund did not go through, we are on it: order { $reference }
notice-refund-failed-lead = The refund of { $amount } for the card { $card } came back to us. The money is still yours.
notice-refund-failed-next =
    { $dated ->
        [yes] A person sees to it by { $when } and writes to you. You can also call us to name another way.
       *[no] A person sees to it and writes to you. You can also call us to name another way.
    }
notice-refund-failed-sms =
    { $dated ->
        [yes] { $brand }: the refund of { $amount } for the card { $card } did not go through. We still owe it to you; a person sees to it by { $when }. Order { $reference }: { $link }
       *[no] { $brand }: the refund of { $amount } for the card { $card } did not go through. We still owe it to you; a person sees to it. Order { $reference }: { $link }
    }
notice-refund-failed-line = { $brand }: a refund for this card did not go through yet. We are on it with the payer. Order { $reference }. Questions: { $phone }

## Notice: held

notice-held-subject = Please choose: second payment for the card { $card }, order { $reference }
notice-held-lead = Another paid renewal of the card { $card } is not finished. We are holding this second payment; nothing was sent to the network for it.
notice-held-next =
    { $dated ->
        [yes] Choose on the order’s page by { $when }: a further period, or your money back. If you do not choose, you are refunded.
       *[no] The order’s page shows what you can choose and where it stands.
    }
notice-held-sms =
    { $dated ->
        [yes] { $brand }: the card { $card } was paid for twice. We hold the second payment of { $amount }. Choose by { $when }: a further period or a refund. Order { $reference }: { $link }
       *[no] { $brand }: the card { $card } was paid for twice. We hold the second payment of { $amount }. Order { $reference }: { $link }
    }
notice-held-line = { $brand }: this card was paid for twice. The payer of the second renewal chooses what happens. Order { $reference }. Questions: { $phone }

## Notice: reversed

notice-reversed-subject = The renewal was taken back, you are refunded: card { $card }, order { $reference }
notice-reversed-lead = The renewal of the card { $card } was taken back. The plan is no longer on the card.
notice-reversed-next = The money goes back by itself, the way you paid. We write to you when it is confirmed. You can renew again at any time.
notice-reversed-sms = { $brand }: the renewal of the card { $card } was taken back. { $amount } goes back to you. { $back } Order { $reference }: { $link }
notice-reversed-line = { $brand }: a renewal of this card was taken back. The payer is refunded. Order { $reference }. Questions: { $phone }

## Notice: wrong-number

notice-wrong-number-subject = We are looking into the wrong number: order { $reference }
notice-wrong-number-lead = You told us that the number { $card } was wrong. A person is asking the network whether the renewal can be taken back.
notice-wrong-number-next =
    { $dated ->
        [yes] You have our answer by { $when }. Until then the plan stays on that card and the payment stays as it is.
       *[no] You have our answer as soon as the network decides. Until then the plan stays on that card and the payment stays as it is.
    }
notice-wrong-number-sms =
    { $dated ->
        [yes] { $brand }: we are asking the network to take back the renewal of the card { $card }. You have our answer by { $when }. Until then { $amount } stays charged. Order { $reference }: { $link }
       *[no] { $brand }: we are asking the network to take back the renewal of the card { $card }. Until then { $amount } stays charged. Order { $reference }: { $link }
    }
notice-wrong-number-line = { $brand }: a renewal of this card was reported as a wrong number. It stays until the network decides. Order { $reference }. Questions: { $phone }

## Notice: started-early

notice-started-early-subject = Your next plan has started: card { $card }, order { $reference }
notice-started-early-lead =
    { $dated ->
        [yes] The data of the card { $card } was used up, so { $plan } has started without waiting for its first day. It lasts until { $until }.
       *[no] The data of the card { $card } was used up, so { $plan } has started without waiting for its first day.
    }
notice-started-early-next = Nothing for you to do. Calls and messages that are left of the plan before keep their own last day.
notice-started-early-sms =
    { $dated ->
        [yes] { $brand }: the data of the card { $card } was used up, so { $plan } has started. It lasts until { $until }. Order { $reference }: { $link }
       *[no] { $brand }: the data of the card { $card } was used up, so { $plan } has started. Order { $reference }: { $link }
    }
notice-started-early-line =
    { $dated ->
        [yes] { $brand }: your data was used up, so your next plan { $plan } has started. It lasts until { $until }. Order { $reference }. Questions: { $phone }
       *[no] { $brand }: your data was used up, so your next plan { $plan } has started. Order { $reference }. Questions: { $phone }
    }

## Codes and messages about an account. The last line of a code’s message is for the browser and made in the program.

notice-code-subject = Your { $brand } code
notice-code-body =
    { $minutes ->
        [one] { $code } is your { $brand } code. It is valid for { $minutes } minute. Nobody from { $brand } ever asks you for it.
       *[other] { $code } is your { $brand } code. It is valid for { $minutes } minutes. Nobody from { $brand } ever asks you for it.
    }
notice-call-code-body =
    { $minutes ->
        [one] { $code } is the code to read to the { $brand } agent you have called. It is valid for { $minutes } minute. If you have not called, tell nobody and call { $phone }.
       *[other] { $code } is the code to read to the { $brand } agent you have called. It is valid for { $minutes } minutes. If you have not called, tell nobody and call { $phone }.
    }
notice-contact-verified-subject = A new contact was added to your account
notice-contact-verified-body = { $brand }: { $contact } was verified and added to your account. If that was not you, call { $phone } at once.
notice-contact-removed-subject = A contact was removed from your account
notice-contact-removed-body = { $brand }: { $contact } was removed from your account. If that was not you, call { $phone } at once.
notice-password-changed-subject = Your account has a new password
notice-password-changed-body = { $brand }: your account has a new password, and other devices were signed out. Saved payment methods rest for 24 hours. If that was not you, call { $phone } at once.
notice-approval-help-subject = { $asker } asks to help with your card { $card }
notice-approval-help-body = { $brand }: { $asker } asks to see and renew your card { $card }. Answer by { $when }: { $link } If you do not know this person, say no or do nothing.
notice-approval-become-subject = { $asker } asks you to help with a card
notice-approval-become-body = { $brand }: { $asker } asks you to help with the card { $card }: see what is left, renew, be reminded. Answer by { $when }: { $link } If you do not know this person, say no or do nothing.
notice-wrong-tries-subject = Several wrong tries to sign in
notice-wrong-tries-body = { $brand }: a wrong code or password was entered several times for your account. Signing in is paused until { $when }. Nothing in your account has changed. If that was not you, call { $phone }.
