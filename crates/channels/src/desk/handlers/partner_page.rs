//! The page of one partner.

use super::order::acting;
use super::orders::moment;
use super::partners::money;
use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::{DeskPartnerPage, PayInForm, PaymentRow, PriceRow};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::partner::keys::{hand_words, line};
use farline_app::Problem;
use farline_app::partners::{PartnerSeen, hands_of, see};
use farline_app::staff::team;
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::{Money, StaffId, Units};
use farline_domain::partners::{Partner, Standing, Trading};
use farline_domain::staff::{Deed, manual_payment_limit};
use farline_domain::subjects::{Named, PaidBy, SubjectEntry};
use std::collections::BTreeMap;

/// What was typed into the form; nothing, before anything was.
#[derive(Clone, Copy, Default)]
pub(super) struct Typed<'a>(pub(super) Option<&'a Fields>);

impl Typed<'_> {
    fn of(self, field: &str) -> String {
        self.0.map_or("", |fields| fields.get(field)).to_owned()
    }
}

/// The page.
pub(super) async fn page(
    here: &Here,
    code: &str,
    typed: Typed<'_>,
) -> Result<DeskPartnerPage, Problem> {
    let (app, words) = (&here.frame.channels().app, here.frame.words());
    let seen = see(app, &acting(here), code).await?;
    let hands = hands_of(app, &seen.keys).await?;
    let members = team::members(app).await?;
    let names = members.into_iter().map(|member| (member.id, member.name)).collect();
    let PartnerSeen { partner, standing, payments, keys } = &seen;
    let repriced = partner.repricings.last().map(|one| {
        let who = hand_words((words, &hands), one.done.by);
        let time = moment(here, one.done.at);
        words.say_with("desk-partner-repriced", &[("who", who.into()), ("time", time.into())])
    });
    let discount = words.rate(partner.discount.ppm);
    Ok(DeskPartnerPage {
        layout: here.layout(Section::Partners),
        code: partner.code.to_string(),
        name: partner.name.clone(),
        is_stopped: partner.trading == Trading::Stopped,
        account: account(here, standing),
        form: here.may(Deed::BookPartners).is_ok().then(|| form(here, partner, typed)),
        payments: payments.iter().map(|one| payment(here, (partner, &names), one)).collect(),
        discount: words.say_with("desk-partner-discount", &[("share", discount.into())]),
        prices: partner.prices.iter().map(|one| price(here, one)).collect(),
        repriced,
        keys: keys.iter().map(|kept| line((words, &hands), kept, |at| moment(here, at))).collect(),
    })
}

fn account(here: &Here, standing: &Standing) -> Vec<(String, String)> {
    let rows = [
        ("partner-balance", standing.balance),
        ("partner-held", standing.reserved),
        ("partner-credit", standing.credit),
        ("partner-available", standing.available),
    ];
    rows.map(|(key, amount)| (here.frame.words().say(key), money(here, amount))).into()
}

fn form(here: &Here, partner: &Partner, typed: Typed<'_>) -> PayInForm {
    let words = here.frame.words();
    let amounts = here.frame.channels().app.desk.manual_payment_limits.amounts();
    let like = Money::zero(partner.currency);
    let limit = manual_payment_limit(amounts, &here.member.roles, like);
    let chosen = typed.of("paid_by");
    let way = |way: PaidBy| {
        let code = way.code().to_owned();
        let is_chosen = code == chosen;
        (code, paid_by_words(here, way), is_chosen)
    };
    PayInForm {
        lead: words.say_with("desk-pay-in-lead", &[("limit", money(here, limit).into())]),
        amount: typed.of("amount"),
        ways: PaidBy::ALL.map(way).into(),
        reference: typed.of("reference"),
        reason: typed.of("reason"),
    }
}

fn paid_by_words(here: &Here, way: PaidBy) -> String {
    here.frame.words().say(&format!("paid-by-{}", way.code().replace('_', "-")))
}

fn payment(
    here: &Here,
    (partner, names): (&Partner, &BTreeMap<StaffId, String>),
    entry: &SubjectEntry,
) -> PaymentRow {
    let words = here.frame.words();
    let minor = entry.units.map_or(0, Units::count);
    let kind = words.say(&format!("desk-partner-{}", entry.kind.code().replace('_', "-")));
    let way = entry.paid_by.map(|way| paid_by_words(here, way));
    let named = entry.named.as_ref().map(Named::as_str).map(str::to_owned);
    let parts: Vec<String> = [Some(kind), way, named].into_iter().flatten().collect();
    let who = StaffId::parse(&entry.actor).and_then(|id| names.get(&id).cloned());
    let who = who.unwrap_or_else(|| match entry.actor.as_str() {
        "person" => words.say("partner-hand-business"),
        _ => words.say("partner-hand-system"),
    });
    PaymentRow {
        what: parts.join(" · "),
        amount: words.money(minor, partner.currency.code()),
        by: format!("{who} · {}", moment(here, entry.at)),
        reason: entry.reason.clone(),
    }
}

fn price(here: &Here, (code, own): (&PlanCode, &Money)) -> PriceRow {
    let words = here.frame.words();
    let catalogue = here.frame.channels().app.store.catalogue();
    let plan = catalogue.plans.get(code);
    let public = plan.map(|plan| {
        let amount = money(here, plan.price).into();
        words.say_with("desk-partner-public", &[("amount", amount)])
    });
    PriceRow {
        name: plan
            .map_or_else(|| code.to_string(), |plan| plan.name.get(words.language()).to_owned()),
        code: code.to_string(),
        price: money(here, *own),
        public: public.unwrap_or_default(),
    }
}
