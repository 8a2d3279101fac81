//! Renewing a verified caller's card: quote, sentence to read out, order, link to pay.

use super::calls::record;
use super::terms;
use crate::accounts::messages;
use crate::orders::{Buyer, Paying, PlaceRequest, pay, place};
use crate::ports::methods::AccountMethod;
use crate::quotes::{Promoting, QuoteRequest, make, province_of};
use crate::wording::hotline::{ReadOut, link_message, read_out};
use crate::{App, Problem, ProblemCode, accounts, lines, methods, notices, receipts};
use farline_domain::accounts::Address;
use farline_domain::commands::{Assisted, LineMark, PayWith};
use farline_domain::hotline::{Assistance, Call};
use farline_domain::kernel::{AccountId, Instant, Language, LineId, Province, SavedMethodId};
use farline_domain::notices::Medium;
use farline_domain::orders::{Channel, Order, OrderState, Quote};
use serde_json::json;

/// How a caller pays, beside by hand: whoever does that pays for an order that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallerPays {
    /// By a link that is sent, or shown as a picture.
    ByLink,
    /// From the card's own credit.
    FromCredit,
    /// With a method that the holder has saved; they said yes to the sentence that was read out.
    WithMethod(SavedMethodId),
}

/// What a caller wants.
#[derive(Clone, Debug)]
pub struct Sale {
    /// The quote that was read out.
    pub quote: Quote,
    /// How it is paid.
    pub pays: CallerPays,
    /// Where the payer is reached, as typed.
    pub email: Option<String>,
    /// The same.
    pub phone: Option<String>,
    /// The language in which it was read out, and of everything that follows.
    pub language: Language,
    /// How the card stood when the agent looked.
    pub seen: LineMark,
    /// What says that written terms were sent, where they come first; empty, if they were not.
    pub terms: String,
    /// Whether the caller wants a further period although another renewal is open.
    pub another: bool,
    /// The seed of the attempt, and when it was first made.
    pub seed: ([u8; 16], Instant),
}

/// Prices a plan for a caller's card.
pub async fn price(app: &App, call: &Call, plan: &str) -> Result<Quote, Problem> {
    let view = lines::find::view(app, call.line).await?;
    let mut seed = [0; 16];
    app.randomness.fill(&mut seed);
    let province = province_of(&view.line).or(Some(Province::On));
    let plan = plan.to_owned();
    make(
        app,
        QuoteRequest { line: call.line, plan, promotions: Promoting::OfThemselves, province, seed },
    )
    .await
}

/// The sentence to read to the caller before anything is ordered.
pub async fn sentence(app: &App, quote: &Quote, language: Language) -> Result<String, Problem> {
    let view = lines::find::view(app, quote.line).await?;
    let catalogue = app.store.catalogue();
    let internal = || Problem::of(ProblemCode::Internal);
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let plan = catalogue.plans.get(&quote.offer.plan).ok_or_else(internal)?;
    let facts = ReadOut { line: &view.line, operator, plan, quote, now: app.now() };
    Ok(read_out(&facts, language))
}

/// The saved methods of the holder that can be charged now.
pub async fn usable_methods(app: &App, line: LineId) -> Result<Vec<AccountMethod>, Problem> {
    let Some(holder) = accounts::holder(app, line).await? else { return Ok(Vec::new()) };
    let mine = methods::mine(app, holder).await?;
    Ok(mine.into_iter().filter(methods::Usable::is_usable).map(|usable| usable.method).collect())
}

/// Places the order that a caller agreed to, and charges where that was agreed to. The same seed makes one order.
pub async fn sell(app: &App, call: &Call, sale: Sale) -> Result<Order, Problem> {
    if terms::come_first(&sale.quote, sale.pays)
        && terms::were_sent(app, (call, &sale.quote), &sale.terms).is_none()
    {
        return Err(Problem::of(ProblemCode::TermsNotSent));
    }
    refuse_second(app, call.line, &sale).await?;
    let holder = accounts::holder(app, call.line).await?;
    let read_out = sentence(app, &sale.quote, sale.language).await?;
    let pay_with = pay_with(app, holder, sale.pays).await?;
    let account = holder.filter(|_| pay_with != PayWith::Page);
    let assistance = Assistance { by: call.source, call: Some(call.id), read_out };
    let buyer = Buyer { email: sale.email, phone: sale.phone, account };
    let request = PlaceRequest {
        quote: sale.quote.id,
        buyer: accounts::orders::reachable(app, buyer).await?,
        language: sale.language,
        french_terms: None,
        channel: Channel::Desk,
        assisted: Some(Assisted { assistance, seen: sale.seen }),
        origin: None,
        another: sale.another,
        pay_with,
        seed: sale.seed,
    };
    let order = place(app, request).await?;
    let (order, _) = pay(app, order, Paying::default()).await?;
    app.store.keep_call(&Call { order: Some(order.id), ..call.clone() }).await?;
    record(app, call, ("sell", json!({ "order": order.id.to_string() }))).await?;
    Ok(order)
}

/// An order of the desk that waits for its payment is paid or called off first; a second beside it has to be wanted.
async fn refuse_second(app: &App, line: LineId, sale: &Sale) -> Result<(), Problem> {
    let newest = app.store.orders_of_line(line, None, 1).await?.pop();
    let waits = |order: &Order| {
        order.quote != sale.quote.id
            && order.channel == Channel::Desk
            && matches!(order.state, OrderState::AwaitingPayment { .. })
    };
    if newest.as_ref().is_some_and(waits) && !sale.another {
        return Err(Problem::of(ProblemCode::RenewalAwaitsPayment));
    }
    Ok(())
}

async fn pay_with(
    app: &App,
    holder: Option<AccountId>,
    pays: CallerPays,
) -> Result<PayWith, Problem> {
    match (pays, holder) {
        (CallerPays::ByLink, _) => Ok(PayWith::Page),
        (CallerPays::FromCredit, _) => Ok(PayWith::LineCredit),
        // Nobody can be asked by their bank while they are on the telephone.
        (CallerPays::WithMethod(id), Some(holder)) => {
            Ok(PayWith::Saved(methods::usable(app, holder, id).await?.kept(), false))
        }
        (CallerPays::WithMethod(_), None) => {
            Err(Problem::of(ProblemCode::FieldInvalid).in_field("pay_with"))
        }
    }
}

/// Sends the payer the link to the order's page, where it can be paid.
pub async fn send_link(
    app: &App,
    (call, order): (&Call, &Order),
    medium: Medium,
) -> Result<(), Problem> {
    let no_address = || Problem::of(ProblemCode::ContactNeeded).in_field("email");
    let payer = order.payer.as_ref().ok_or_else(no_address)?;
    let contact = app.store.contact(payer.contact).await?.unwrap_or_default();
    let to = match medium {
        Medium::Email => contact.email,
        Medium::Sms => contact.phone,
    };
    let address = Address::parse(&to.ok_or_else(no_address)?).map_err(|_| no_address())?;
    messages::count(app, &address).await?;
    let link = receipts::order_link(app, order);
    let worded = link_message(&app.business, order, &link);
    let message = messages::message(app, &address, order.language, worded);
    let sent = notices::send_now(app, &message).await;
    sent.map_err(|problem| Problem { code: ProblemCode::LinkNotSent, ..problem })?;
    let detail = json!({ "order": order.id.to_string(), "medium": medium.code() });
    record(app, call, ("send_link", detail)).await
}
