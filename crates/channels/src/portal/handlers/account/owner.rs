//! What the check page shows and takes beyond a guest's, for those whose card it is.

use super::super::form::Fields;
use super::super::frame::Frame;
use super::super::present as plans;
use super::{card, cards};
use crate::portal::views::Gap;
use farline_app::accounts::orders::reachable;
use farline_app::catalog::OfferTile;
use farline_app::lines::outlook::credit_to_pay;
use farline_app::orders::Buyer;
use farline_app::ports::lines::LineView;
use farline_app::wording::starts;
use farline_app::{Problem, lines};
use farline_domain::accounts::Rights;
use farline_domain::catalog::{Catalogue, Operator};
use farline_domain::kernel::AllowanceKind;
use farline_domain::lines::{Renewal, Waits, renew};
use farline_domain::orders::Quote;
use farline_texts::Words;

/// What a signed-in person sees of a quote for a card of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// From when until when.
    pub starts: String,
    /// Days without data, with a plan that has none.
    pub gap: Option<Gap>,
    /// The card's own credit, as it is shown, when it is enough and they may spend it.
    pub credit: Option<String>,
    /// Where to choose another card.
    pub change_card: String,
    /// Where to choose another plan.
    pub change_plan: String,
}

/// The standing of whoever asks; none, if the card is not among theirs.
pub async fn standing(
    frame: &Frame,
    (quote, view, operator): (&Quote, &LineView, &Operator),
) -> Result<Option<Standing>, Problem> {
    let Some(permitted) = card::permitted(frame, quote.line).await? else { return Ok(None) };
    let (app, words) = (&frame.channels().app, frame.words());
    let customer = frame.session.map(|session| session.account);
    let tiles = cards::tiles(app, customer, (view, operator)).await?;
    let outlook = lines::outlook(app, view, &operator.lifecycle).await?;
    let terms = (quote.offer.validity, quote.offer.start_rule);
    let renewal = renew(&operator.lifecycle, view.line.dates, terms, app.now()).ok();
    let catalogue = app.store.catalogue();
    let home = format!("/{}/cards", frame.language.path());
    let here = format!("{home}/{}", quote.line);
    let gap = renewal.zip(catalogue.plans.get(&quote.offer.plan)).and_then(|(renewal, plan)| {
        let dates = farline_app::catalog::offers::gap(plan, &renewal, &outlook)?;
        let better = better(words, &catalogue, &tiles);
        let sentence = plans::gap(words, dates.0, dates.1);
        Some(Gap { sentence, better, action: format!("{here}/renew") })
    });
    Ok(Some(Standing {
        starts: renewal
            .map_or_else(|| starts(words, quote.offer.start_rule), |renewal| when(words, &renewal)),
        gap,
        credit: match permitted.rights() {
            Rights::Holder => enough(frame, quote, (view, operator)),
            Rights::Helper => None,
        },
        change_card: home,
        change_plan: here,
    }))
}

/// From when to when, and what it means to start sooner: what is said before payment is what happens.
fn when(words: &Words, renewal: &Renewal) -> String {
    let period = plans::period(words, renewal.starts_on, renewal.usable_until);
    match renewal.waits {
        Waits::No | Waits::ForItsDay => period,
        Waits::ForItsDayOrUsedUp => {
            words.say_with("period-or-used-up-in-full", &[("period", period.into())])
        }
    }
}

/// The first plan with data that leaves no gap, the recommended one before others.
fn better(
    words: &Words,
    catalogue: &Catalogue,
    tiles: &[OfferTile],
) -> Option<crate::portal::views::PlanTile> {
    let fits = |tile: &&OfferTile| tile.gap.is_none() && tile.plan.granted(AllowanceKind::Data) > 0;
    let recommended = tiles.iter().filter(fits).find(|tile| tile.recommended.is_some());
    let tile = recommended.or_else(|| tiles.iter().find(fits))?;
    Some(plans::tile(words, catalogue, tile))
}

/// The card's own credit, as it is shown, if it is enough.
fn enough(
    frame: &Frame,
    quote: &Quote,
    (view, operator): (&LineView, &Operator),
) -> Option<String> {
    let now = frame.channels().app.now();
    let credit = credit_to_pay(view, (&operator.lifecycle, now));
    let total = quote.price.total;
    let is_enough = credit >= total.minor;
    is_enough.then(|| frame.words().money(credit, total.currency.code()))
}

/// Who buys: as typed; a signed-in buyer who names no address is reached at their own.
pub async fn buyer(frame: &Frame, fields: &Fields) -> Result<Buyer, Problem> {
    let account = frame.session.map(|session| session.account);
    let buyer = Buyer { email: fields.given("email"), phone: fields.given("phone"), account };
    reachable(&frame.channels().app, buyer).await
}

/// The e-mail address and number to show: what was typed, else those of the account.
pub async fn contact(frame: &Frame, fields: &Fields) -> Result<(String, String), Problem> {
    if fields.given("key").is_some() {
        return Ok((fields.get("email").to_owned(), fields.get("phone").to_owned()));
    }
    let buyer = buyer(frame, fields).await?;
    Ok((buyer.email.unwrap_or_default(), buyer.phone.unwrap_or_default()))
}
