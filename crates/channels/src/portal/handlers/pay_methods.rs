//! The ways to pay on the check page.

use super::form::Fields;
use super::frame::Frame;
use super::present;
use crate::portal::views::{Keep, PayMethod};
use farline_app::orders::CREDIT;
use farline_app::wording::auto_renew::saved_method;
use farline_app::wording::payment_method;
use farline_app::{Problem, methods};
use farline_domain::payments::PaymentMethod;
use farline_texts::Words;

/// What the person at the page may spend on this card.
pub(super) struct Theirs {
    /// The card's own credit, as it is shown, if it is enough.
    pub(super) credit: Option<String>,
    /// Whether the card is theirs, so that their saved methods may pay for it.
    pub(super) is_theirs: bool,
}

/// Their saved methods on a card of theirs, each provider, and the card's own credit. One is chosen: what was chosen when the
/// page is shown again, otherwise the first that can be used. So a returning customer only presses the button.
pub(super) async fn all(
    frame: &Frame,
    fields: &Fields,
    theirs: Theirs,
) -> Result<Vec<PayMethod>, Problem> {
    let words = frame.words();
    let mut ways = if theirs.is_theirs { saved(frame).await? } else { Vec::new() };
    // What can be used comes first, whatever was saved first.
    ways.sort_by_key(|way| !way.usable);
    let unusable = ways.split_off(ways.iter().take_while(|way| way.usable).count());
    let providers = frame.channels().app.providers.iter();
    ways.extend(providers.map(|provider| of_provider(words, provider.name())));
    ways.extend(theirs.credit.map(|amount| PayMethod {
        id: CREDIT.to_owned(),
        label: payment_method(words, PaymentMethod::LineCredit),
        note: amount,
        chosen: false,
        usable: true,
    }));
    ways.extend(unusable);
    let wanted = fields.get("pay_with");
    let chosen = ways.iter().position(|way| way.usable && way.id == wanted).unwrap_or_default();
    if let Some(way) = ways.get_mut(chosen) {
        way.chosen = true;
    }
    Ok(ways)
}

fn of_provider(words: &Words, name: &str) -> PayMethod {
    PayMethod {
        id: name.to_owned(),
        label: words.say(&format!("pay-at-{name}")),
        note: words.say(&format!("pay-at-{name}-note")),
        chosen: false,
        usable: true,
    }
}

/// The saved methods of whoever is signed in, oldest first.
pub(super) async fn saved(frame: &Frame) -> Result<Vec<PayMethod>, Problem> {
    let Some(session) = frame.session else { return Ok(Vec::new()) };
    let words = frame.words();
    let mine = methods::mine(&frame.channels().app, session.account).await?;
    let ways = mine.iter().map(|usable| PayMethod {
        id: usable.method.id.to_string(),
        label: saved_method(words, &usable.method.saved),
        note: note(frame, usable),
        chosen: false,
        usable: usable.is_usable(),
    });
    Ok(ways.collect())
}

/// Why a saved method cannot be used; nothing where it can.
pub(super) fn note(frame: &Frame, usable: &methods::Usable) -> String {
    let words = frame.words();
    if usable.method.is_refused {
        return words.say("method-refused");
    }
    if usable.has_expired {
        return words.say("method-expired");
    }
    let zone = present::home_zone();
    let until = usable.held_until.zip(zone).map(|(until, zone)| {
        present::clock_time(words, until, (&zone, frame.channels().app.now()))
    });
    until.map_or_else(String::new, |until| words.say_with("method-held", &[("when", until.into())]))
}

/// Whether the method is to be kept for next time: only if that was ticked.
pub(super) fn keeps(fields: &Fields) -> bool {
    fields.get("keep_method") == "yes"
}

/// Whether keeping is offered: to people who are signed in, where a provider keeps anything.
pub(super) fn keep(frame: &Frame, fields: &Fields) -> Keep {
    let mut providers = frame.channels().app.providers.iter();
    if frame.session.is_some() && providers.any(|provider| provider.keeps_methods()) {
        Keep::Offered { ticked: keeps(fields) }
    } else {
        Keep::Impossible
    }
}
