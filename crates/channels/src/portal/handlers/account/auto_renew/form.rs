//! The form: what is suggested, what was entered, and the page.

use super::super::super::{check, pay_methods, present as plans};
use super::super::session::SignedIn;
use super::super::{card, cards, present};
use super::{amounts, when};
use crate::portal::handlers::form::Fields;
use crate::portal::layout::{FieldError, Section};
use crate::portal::views::{AutoRenewFormPage, Choice, PayMethod};
use farline_app::accounts::{HolderOf, Permitted};
use farline_app::auto_renew::{LINK, Wish, Yes, means_of, offered};
use farline_app::catalog::OfferTile;
use farline_app::orders::CREDIT;
use farline_app::ports::lines::LineView;
use farline_app::quotes::{OfThemselves, province_of};
use farline_app::wording::validity_text;
use farline_app::{App, Problem, ProblemCode, lines};
use farline_domain::auto_renew::{Caps, Means};
use farline_domain::balance::Bucket;
use farline_domain::catalog::{Catalogue, Operator, Plan, PlanCode, StartRule, price};
use farline_domain::kernel::{AllowanceKind, Money, Province};
use farline_texts::Words;
use serde::Deserialize;
use std::sync::Arc;

/// The fields of the amounts, in their order.
pub(super) const CAPS: [&str; 3] = ["cap_charge", "cap_day", "cap_month"];

/// The holder's card.
pub(super) struct Card {
    pub(super) permitted: Permitted,
    pub(super) holder: HolderOf,
    pub(super) view: LineView,
    pub(super) catalogue: Arc<Catalogue>,
}

impl Card {
    /// Opens a card for its holder.
    pub(super) async fn open(here: &SignedIn, id: &str) -> Result<Self, Problem> {
        let app = &here.frame.channels().app;
        let permitted = super::super::opened(here, id).await?;
        let holder = permitted.as_holder()?;
        let view = lines::find::view(app, permitted.line()).await?;
        Ok(Self { permitted, holder, view, catalogue: app.store.catalogue() })
    }

    pub(super) fn operator(&self) -> Result<&Operator, Problem> {
        let operator = self.catalogue.operators.get(&self.view.line.operator);
        operator.ok_or(Problem::of(ProblemCode::Internal))
    }

    /// What its people call it.
    pub(super) async fn name(&self, here: &SignedIn) -> Result<String, Problem> {
        let nickname = card::nickname(&here.frame.channels().app, self.permitted).await?;
        Ok(present::name(here.frame.words(), &nickname, &self.view.line))
    }

    /// The plan of that code, if the card can renew itself with it.
    pub(super) fn plan(&self, app: &App, code: &str) -> Option<&Plan> {
        let plans = offered(&self.catalogue, &self.view.line, app.now());
        plans.into_iter().find(|plan| plan.code.as_str() == code)
    }

    /// What a plan costs today in a province, with tax.
    fn total(&self, app: &App, plan: &Plan, province: Province) -> Option<Money> {
        let operator = self.operator().ok()?;
        let taxes = (&self.catalogue.taxes, operator.levies);
        let today = operator.lifecycle.today(app.now());
        price(plan, &[], taxes, province, today).ok().map(|price| price.total)
    }
}

/// `?plan=&when=`: what somebody planned elsewhere.
#[derive(Debug, Deserialize)]
pub struct PlannedQuery {
    plan: Option<String>,
    when: Option<String>,
}

/// What stands in the form.
#[derive(Clone, Debug)]
pub(super) struct Entered {
    plan: String,
    when: String,
    pay_with: String,
    caps: [String; 3],
    suggested_for: String,
    province: String,
}

impl Entered {
    /// What was sent. Amounts that were suggested for another plan and not touched follow the plan that was chosen.
    pub(super) fn sent(here: &SignedIn, card: &Card, fields: &Fields) -> Self {
        let typed = |name: &str| fields.get(name).to_owned();
        let mut entered = Self {
            plan: typed("plan"),
            when: typed("when"),
            pay_with: typed("pay_with"),
            caps: CAPS.map(typed),
            suggested_for: typed("suggested_for"),
            province: typed("province"),
        };
        let before = entered.suggestion(here, card, &entered.suggested_for);
        if entered.plan != entered.suggested_for
            && before.as_ref() == Some(&entered.caps)
            && let Some(caps) = entered.suggestion(here, card, &entered.plan)
        {
            entered.caps = caps;
            entered.suggested_for.clone_from(&entered.plan);
        }
        entered
    }

    /// What was planned elsewhere, where the card can renew itself so.
    pub(super) fn planned(
        here: &SignedIn,
        card: &Card,
        PlannedQuery { plan, when }: &PlannedQuery,
    ) -> Option<Self> {
        let plan = card.plan(&here.frame.channels().app, plan.as_deref()?)?;
        let mut entered = Self::first(here, card, &[plan]);
        entered.plan = plan.code.to_string();
        entered.suggested_for.clone_from(&entered.plan);
        if let Some(when) = when.as_ref().filter(|when| when::read(when, plan).is_some()) {
            entered.when.clone_from(when);
        }
        Some(entered)
    }

    /// What is agreed to now, or what is suggested.
    pub(super) fn first(here: &SignedIn, card: &Card, plans: &[&Plan]) -> Self {
        let words = here.frame.words();
        let province = province_of(&card.view.line).unwrap_or(Province::On);
        let standing = card.view.auto_renew.as_ref().filter(|standing| standing.is_on());
        let consent = standing.map(|standing| &standing.consent);
        let held = consent.map(|consent| consent.plan.as_str());
        let plan = plans.iter().find(|plan| Some(plan.code.as_str()) == held).or(plans.first());
        let code = plan.map_or_else(String::new, |plan| plan.code.to_string());
        let mut entered = Self {
            when: plan.map_or_else(String::new, |plan| when::suggested(plan)),
            pay_with: String::new(),
            caps: CAPS.map(|_| String::new()),
            suggested_for: code.clone(),
            province: province.code().to_owned(),
            plan: code,
        };
        if let Some(caps) = entered.suggestion(here, card, &entered.plan) {
            entered.caps = caps;
        }
        if let Some(consent) = consent {
            let Caps { charge, day, month } = consent.caps;
            entered.caps = [charge, day, month].map(|cap| shown(words, cap));
            entered.when = when::value(consent.trigger);
            consent.province.code().clone_into(&mut entered.province);
            entered.pay_with = match &consent.means {
                Means::Saved(method) => method.id.to_string(),
                Means::LineCredit => CREDIT.to_owned(),
                Means::PayLink => LINK.to_owned(),
            };
        }
        entered
    }

    /// The amounts suggested with a plan, as they are shown.
    fn suggestion(&self, here: &SignedIn, card: &Card, plan: &str) -> Option<[String; 3]> {
        let app = &here.frame.channels().app;
        let province = Province::parse(&self.province).or(province_of(&card.view.line));
        let total = card.total(app, card.plan(app, plan)?, province?)?;
        Some(amounts::suggested(total).map(|cap| shown(here.frame.words(), cap)))
    }

    /// Everything again, for the next step.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        let Self { plan, when, pay_with, caps, suggested_for, province } = self.clone();
        let mut all = vec![
            ("plan", plan),
            ("when", when),
            ("pay_with", pay_with),
            ("suggested_for", suggested_for),
            ("province", province),
        ];
        all.extend(CAPS.into_iter().zip(caps));
        all
    }

    /// Whether the plan would lose days at the moment that was chosen.
    pub(super) fn loses(&self, app: &App, card: &Card) -> bool {
        let sets = |plan: &Plan| plan.start_rule == StartRule::SetExpiry;
        card.plan(app, &self.plan).is_some_and(sets)
            && !matches!(self.when.as_str(), "before-0" | "cycle")
    }

    /// Reads it; each fault with its field.
    pub(super) async fn wish(&self, here: &SignedIn, card: &Card) -> Result<Wish, Vec<Problem>> {
        let app = &here.frame.channels().app;
        let invalid = |field| Problem::of(ProblemCode::FieldInvalid).in_field(field);
        let mut faults = Vec::new();
        let plan = card.plan(app, &self.plan);
        let trigger = plan.and_then(|plan| when::read(&self.when, plan));
        if plan.is_none() {
            faults.push(invalid("plan"));
        } else if trigger.is_none() {
            faults.push(invalid("when"));
        }
        let means = means_of(app, here.account, &self.pay_with).await;
        let means = means.map_err(|problem| faults.push(problem)).ok();
        let like = card.operator().map_or(Money::cad(0), |operator| Money::zero(operator.currency));
        let caps = [0, 1, 2].map(|at: usize| {
            let read = self.caps.get(at).and_then(|typed| amounts::read(typed, like));
            if read.is_none() {
                faults.extend(CAPS.get(at).map(|field| invalid(field)));
            }
            read
        });
        let (Some(plan), Some(trigger), Some(means), [Some(charge), Some(day), Some(month)]) =
            (plan, trigger, means, caps)
        else {
            return Err(faults);
        };
        Ok(Wish {
            plan: plan.code.clone(),
            means,
            trigger,
            caps: Caps { charge, day, month },
            language: here.frame.language,
            province: Province::parse(&self.province),
            yes: Yes::Missing,
            address: Some(here.frame.address.0.clone()),
            seed: None,
        })
    }
}

fn shown(words: &Words, amount: Money) -> String {
    words.money(amount.minor, amount.currency.code())
}

/// The plans offered, the last bought first.
fn tiles(all: &[OfferTile], offered: &[&Plan]) -> Vec<PlanCode> {
    let mut tiles: Vec<&OfferTile> = all.iter().collect();
    tiles.sort_by_key(|tile| !tile.last_bought);
    let mut codes: Vec<PlanCode> = tiles.into_iter().map(|tile| tile.plan.code.clone()).collect();
    codes.extend(offered.iter().map(|plan| plan.code.clone()));
    codes.retain(|code| offered.iter().any(|plan| plan.code == *code));
    let mut seen = Vec::new();
    codes.retain(|code| {
        let is_new = !seen.contains(code);
        seen.push(code.clone());
        is_new
    });
    codes
}

/// The page, with what was entered, or else what is suggested.
pub(super) async fn page(
    here: &SignedIn,
    card: &Card,
    entered: Option<Entered>,
    errors: Vec<FieldError>,
) -> Result<AutoRenewFormPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let operator = card.operator()?;
    let all = cards::tiles_with(app, &OfThemselves::NONE, (&card.view, operator)).await?;
    let offered = offered(&card.catalogue, &card.view.line, app.now());
    let codes = tiles(&all, &offered);
    let ordered: Vec<&Plan> = codes
        .iter()
        .filter_map(|code| offered.iter().copied().find(|plan| plan.code == *code))
        .collect();
    let entered = entered.unwrap_or_else(|| Entered::first(here, card, &ordered));
    let known = province_of(&card.view.line);
    let mut layout = here.layout(Section::Cards);
    layout.errors = errors;
    let has_credit = has_credit(&card.view.buckets);
    let province = known.or(Province::parse(&entered.province)).unwrap_or(Province::On);
    Ok(AutoRenewFormPage {
        layout,
        id: card.view.line.id.to_string(),
        nickname: card.name(here).await?,
        plans: ordered
            .iter()
            .map(|plan| choice(words, card, plan, (card.total(app, plan, province), &entered)))
            .collect(),
        by_date: when::by_date(words, &entered.when),
        by_left: when::by_left(words, (operator.currency.code(), has_credit), &entered.when),
        pay_with: ways(here, &card.view.buckets, &entered.pay_with).await?,
        can_save: app.providers.iter().any(|provider| provider.keeps_methods()),
        caps: [0, 1, 2].map(|at: usize| {
            let value = entered.caps.get(at).cloned().unwrap_or_default();
            (CAPS.get(at).copied().unwrap_or_default(), value)
        }),
        suggested_for: entered.suggested_for,
        provinces: if known.is_some() {
            Vec::new()
        } else {
            check::provinces(words, &app.business.provinces)
        },
        province: province.code().to_owned(),
    })
}

fn choice(
    words: &Words,
    card: &Card,
    plan: &Plan,
    (total, entered): (Option<Money>, &Entered),
) -> Choice {
    let gets = plans::gets(words, &card.catalogue, plan);
    let total = total.map(|total| shown(words, total));
    let mut pieces = vec![gets, validity_text(words, plan.validity)];
    pieces.extend(total);
    let mut note = words.dot(&pieces);
    if plan.start_rule == StartRule::SetExpiry {
        note = words.dot(&[note, words.say("auto-form-loses")]);
    }
    Choice {
        value: plan.code.to_string(),
        label: plan.name.get(words.language()).to_owned(),
        note,
        chosen: plan.code.as_str() == entered.plan,
    }
}

/// Whether a card has credit of its own, or had some.
fn has_credit(buckets: &[Bucket]) -> bool {
    buckets.iter().any(|bucket| bucket.kind == AllowanceKind::Credit)
}

/// Saved methods, the card's credit where it has any, and a link; the first that can be used is chosen.
async fn ways(
    here: &SignedIn,
    buckets: &[Bucket],
    wanted: &str,
) -> Result<Vec<PayMethod>, Problem> {
    let words = here.frame.words();
    let own = |id: &str, key: &str| PayMethod {
        id: id.to_owned(),
        label: words.say(key),
        note: words.say(&format!("{key}-hint")),
        chosen: false,
        usable: true,
    };
    let mut ways = pay_methods::saved(&here.frame).await?;
    ways.sort_by_key(|way| !way.usable);
    if has_credit(buckets) {
        ways.push(own(CREDIT, "auto-form-how-credit"));
    }
    ways.push(own(LINK, "auto-form-how-link"));
    let chosen = ways.iter().position(|way| way.usable && way.id == wanted);
    let chosen = chosen.or_else(|| ways.iter().position(|way| way.usable));
    if let Some(way) = chosen.and_then(|at| ways.get_mut(at)) {
        way.chosen = true;
    }
    Ok(ways)
}
