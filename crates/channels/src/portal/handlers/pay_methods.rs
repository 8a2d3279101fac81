//! The ways to pay on the check page.

use super::form::Fields;
use super::frame::Frame;
use crate::portal::views::PayMethod;
use farline_app::orders::CREDIT;
use farline_app::wording::payment_method;
use farline_domain::payments::PaymentMethod;

/// Each provider, and the card's own credit if it is enough, in the amount shown. One is chosen: what was chosen when the
/// page is shown again, otherwise the first.
pub(super) fn all(frame: &Frame, fields: &Fields, credit: Option<String>) -> Vec<PayMethod> {
    let words = frame.words();
    let of_provider = |name: &str| PayMethod {
        id: name.to_owned(),
        label: words.say(&format!("pay-at-{name}")),
        note: words.say(&format!("pay-at-{name}-note")),
        chosen: false,
    };
    let providers = frame.channels().app.providers.iter();
    let mut methods: Vec<PayMethod> =
        providers.map(|provider| of_provider(provider.name())).collect();
    methods.extend(credit.map(|amount| PayMethod {
        id: CREDIT.to_owned(),
        label: payment_method(words, PaymentMethod::LineCredit),
        note: amount,
        chosen: false,
    }));
    let wanted = fields.get("pay_with");
    let chosen = methods.iter().position(|method| method.id == wanted).unwrap_or_default();
    if let Some(method) = methods.get_mut(chosen) {
        method.chosen = true;
    }
    methods
}

/// Whether the method is to be kept for next time: only if that was ticked.
pub(super) fn keeps(fields: &Fields) -> bool {
    fields.get("keep_method") == "yes"
}
