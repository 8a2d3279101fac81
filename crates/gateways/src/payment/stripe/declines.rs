//! What to do about a decline: what the card's network advises, and otherwise what the bank's word means
//! (docs.stripe.com/declines/codes). Networks fine whoever tries what they advised against.

use farline_domain::payments::{Decline, DeclineAdvice};

/// A decline by its words: the advice, the bank's own code, and Stripe's.
pub(super) fn decline(
    advice_code: Option<&str>,
    decline_code: Option<&str>,
    code: Option<&str>,
) -> Decline {
    let word = decline_code.or(code).unwrap_or("unspecified");
    let advice = advised(advice_code).or_else(|| meant(decline_code?)).or_else(|| meant(code?));
    // Of a word that nobody knows no reason is known.
    Decline { code: word.to_owned(), advice: advice.unwrap_or(DeclineAdvice::RetryOnce) }
}

fn advised(advice_code: Option<&str>) -> Option<DeclineAdvice> {
    match advice_code? {
        "try_again_later" => Some(DeclineAdvice::RetryLater),
        "confirm_card_data" => Some(DeclineAdvice::AskCustomer),
        "do_not_try_again" => Some(DeclineAdvice::Never),
        _ => None,
    }
}

fn meant(code: &str) -> Option<DeclineAdvice> {
    let advice = match code {
        "approve_with_id"
        | "card_velocity_exceeded"
        | "insufficient_funds"
        | "issuer_not_available"
        | "processing_error"
        | "reenter_transaction"
        | "try_again_later"
        | "withdrawal_count_limit_exceeded" => DeclineAdvice::RetryLater,
        "call_issuer"
        | "card_declined"
        | "do_not_honor"
        | "generic_decline"
        | "no_action_taken"
        | "not_permitted"
        | "service_not_allowed" => DeclineAdvice::RetryOnce,
        "authentication_required" | "payment_intent_authentication_failure" => {
            DeclineAdvice::Authenticate
        }
        "card_not_supported"
        | "currency_not_supported"
        | "expired_card"
        | "incorrect_cvc"
        | "incorrect_number"
        | "incorrect_pin"
        | "incorrect_zip"
        | "invalid_cvc"
        | "invalid_expiry_month"
        | "invalid_expiry_year"
        | "invalid_number"
        | "invalid_pin"
        | "new_account_information_available"
        | "offline_pin_required"
        | "online_or_offline_pin_required"
        | "pin_try_exceeded"
        | "resource_missing" => DeclineAdvice::AskCustomer,
        "do_not_try_again"
        | "duplicate_transaction"
        | "fraudulent"
        | "invalid_account"
        | "lost_card"
        | "merchant_blacklist"
        | "pickup_card"
        | "restricted_card"
        | "revocation_of_all_authorizations"
        | "revocation_of_authorization"
        | "security_violation"
        | "stolen_card"
        | "stop_payment_order"
        | "transaction_not_allowed" => DeclineAdvice::Never,
        _ => return None,
    };
    Some(advice)
}

#[cfg(test)]
mod tests {
    use farline_domain::payments::DeclineAdvice::{
        AskCustomer, Authenticate, Never, RetryLater, RetryOnce,
    };

    use super::decline;

    #[test]
    fn the_networks_advice_comes_first_then_the_banks_word_then_stripes() {
        let table = [
            (Some("do_not_try_again"), Some("insufficient_funds"), Some("card_declined"), Never),
            (Some("try_again_later"), Some("generic_decline"), Some("card_declined"), RetryLater),
            (Some("confirm_card_data"), Some("do_not_honor"), Some("card_declined"), AskCustomer),
            (Some("unheard_of"), Some("lost_card"), Some("card_declined"), Never),
            (None, Some("insufficient_funds"), Some("card_declined"), RetryLater),
            (None, Some("generic_decline"), Some("card_declined"), RetryOnce),
            (None, Some("authentication_required"), Some("authentication_required"), Authenticate),
            (None, None, Some("authentication_required"), Authenticate),
            (None, None, Some("expired_card"), AskCustomer),
            (None, Some("stolen_card"), None, Never),
            (None, Some("unheard_of"), Some("processing_error"), RetryLater),
            (None, Some("unheard_of"), Some("unheard_of"), RetryOnce),
            (None, Some("testmode_decline"), Some("card_declined"), RetryOnce),
            (None, None, None, RetryOnce),
        ];
        for (advice, decline_code, code, expected) in table {
            let said = decline(advice, decline_code, code);
            assert_eq!(said.advice, expected, "{advice:?} {decline_code:?} {code:?}");
            assert_eq!(said.code, decline_code.or(code).unwrap_or("unspecified"));
        }
    }
}
