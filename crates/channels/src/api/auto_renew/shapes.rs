//! What an auto-renew looks like from outside.

use super::super::shapes::MoneyShape;
use farline_app::accounts::Permitted;
use farline_app::auto_renew::{LINK, Preview, Seen, TextShown, method_of, see};
use farline_app::orders::CREDIT;
use farline_app::wording::auto_renew::{pays, stands as worded, trigger as when};
use farline_app::{App, Problem, lines};
use farline_domain::accounts::Rights;
use farline_domain::auto_renew::{AutoRenew, Caps, ConsentRecord, Means, Progress, Trigger};
use farline_domain::catalog::{Catalogue, Operator};
use farline_domain::kernel::{Instant, Language, Money};
use farline_domain::payments::SavedMethod;
use farline_texts::Words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When a line renews itself.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(example = json!({"kind": "before_expiry", "days": 3}))]
pub enum TriggerShape {
    /// So many local days before the last day of service, in the forenoon.
    BeforeExpiry {
        /// 0 to 14; 0 is the last day itself.
        days: u8,
    },
    /// On the last day of service, at the hour at which the operator itself charges.
    Cycle,
    /// When less than this is left.
    Below {
        /// `data` or `credit`.
        allowance: String,
        /// In octets or minor units.
        amount: i64,
    },
}

/// The most that may be taken, in the currency of the operator's prices.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"charge": {"amount": 3000, "currency": "CAD"}, "day": {"amount": 3000, "currency": "CAD"}, "month": {"amount": 6000, "currency": "CAD"}}))]
pub struct CapsShape {
    /// At once; at least the price of the plan with tax.
    pub charge: MoneyShape,
    /// On one local date.
    pub day: MoneyShape,
    /// In one local calendar month.
    pub month: MoneyShape,
}

impl From<CapsShape> for Caps {
    fn from(CapsShape { charge, day, month }: CapsShape) -> Self {
        let money = |shape: MoneyShape| Money { minor: shape.amount, currency: shape.currency };
        Self { charge: money(charge), day: money(day), month: money(month) }
    }
}

/// What is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct WishShape {
    /// The plan's id.
    #[schema(example = "maplewave-5gb")]
    pub plan: String,
    /// When it renews.
    pub trigger: TriggerShape,
    /// `credit`: the line's own. `link`: a link each time. Or the id of a saved method of the caller's.
    #[schema(example = "pm_06C3X1S4M0A0B1C2D3E4F5G6H")]
    pub pay_with: String,
    /// How much at most.
    pub caps: CapsShape,
    /// `zh-CN`, `en-CA` or `fr-CA`: the language of the text, and of what is written afterwards.
    #[schema(example = "en-CA")]
    pub language: String,
    /// The province of tax, by postal code, for a line that does not tell.
    #[schema(example = "ON")]
    pub province: Option<String>,
}

/// Which text was read and agreed to.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct AgreedShape {
    /// Its `version`.
    #[schema(example = "2026-11-28")]
    pub version: String,
    /// Its `fingerprint`.
    #[schema(example = "9f2c1f0f5c1b0f4ad1b7f6c3f1a9a0f0b1d5e6a7c8d9e0f1a2b3c4d5e6f70819")]
    pub fingerprint: String,
}

impl From<AgreedShape> for TextShown {
    fn from(AgreedShape { version, fingerprint }: AgreedShape) -> Self {
        Self { version, fingerprint }
    }
}

/// What is wanted, and the yes to it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(example = json!({
    "plan": "maplewave-5gb",
    "trigger": {"kind": "before_expiry", "days": 3},
    "pay_with": "pm_06C3X1S4M0A0B1C2D3E4F5G6H",
    "caps": {
        "charge": {"amount": 3000, "currency": "CAD"},
        "day": {"amount": 3000, "currency": "CAD"},
        "month": {"amount": 6000, "currency": "CAD"},
    },
    "language": "en-CA",
    "agreed": {
        "version": "2026-11-28",
        "fingerprint": "9f2c1f0f5c1b0f4ad1b7f6c3f1a9a0f0b1d5e6a7c8d9e0f1a2b3c4d5e6f70819",
    },
}))]
pub struct AgreementShape {
    /// The same as was given for the text.
    #[serde(flatten)]
    pub wish: WishShape,
    /// That the holder read the text and agreed. There is nothing in its place: without it nothing is turned on.
    pub agreed: Option<AgreedShape>,
}

/// A text that can be agreed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentShape {
    /// The version of its wording.
    #[schema(example = "2026-11-28")]
    pub version: String,
    /// Its language.
    #[schema(example = "en-CA")]
    pub language: &'static str,
    /// The whole text, one sentence a line, to be shown as it is.
    #[schema(
        example = "I agree that Farline (Farline Demonstration Inc.) renews my card ending in 88 of Maplewave by itself with Maplewave 5 GB, at present $28.25 with tax, until I turn this off."
    )]
    pub text: String,
    /// SHA-256 of the text in UTF-8, in hexadecimal.
    #[schema(example = "9f2c1f0f5c1b0f4ad1b7f6c3f1a9a0f0b1d5e6a7c8d9e0f1a2b3c4d5e6f70819")]
    pub fingerprint: String,
    /// What the plan costs now, with tax.
    pub total: MoneyShape,
    /// When the first charge would take place; null, if that is not known yet.
    #[schema(example = "2026-12-20T15:00:00.000Z")]
    pub first_charge_at: Option<String>,
}

/// A line's auto-renew.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "on": true,
    "can_change": true,
    "standing": {
        "plan": "maplewave-5gb",
        "plan_name": "Maplewave 5 GB",
        "trigger": {"kind": "before_expiry", "days": 3},
        "when": "It renews 3 days before the last day of service, at 10 a.m. (Toronto time).",
        "caps": {
            "charge": {"amount": 3000, "currency": "CAD"},
            "day": {"amount": 3000, "currency": "CAD"},
            "month": {"amount": 6000, "currency": "CAD"},
        },
        "pay_with": "pm_06C3X1S4M0A0B1C2D3E4F5G6H",
        "pays": "Visa ending in 4242",
        "next_charge_at": "2026-12-20T15:00:00.000Z",
        "next_amount": {"amount": 2825, "currency": "CAD"},
        "state": "resting",
        "news": "You are told before it is charged.",
        "consent": {
            "version": "2026-11-28",
            "language": "en-CA",
            "text": "I agree that …",
            "agreed_at": "2026-11-28T16:04:05.678Z",
        },
    },
}))]
pub struct AutoRenewShape {
    /// Whether the line renews itself.
    pub on: bool,
    /// Whether the caller, as its holder, may change that.
    pub can_change: bool,
    /// What was agreed to, and how it stands; null while it is off.
    pub standing: Option<StandingShape>,
}

/// What was agreed to, and how it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingShape {
    /// The plan's id.
    #[schema(example = "maplewave-5gb")]
    pub plan: String,
    /// The plan's name in the caller's language.
    #[schema(example = "5 GB")]
    pub plan_name: String,
    /// When it renews.
    pub trigger: TriggerShape,
    /// The same in words.
    pub when: String,
    /// How much at most.
    pub caps: CapsShape,
    /// `credit`, `link` or a saved method's id; null where that is for the holder alone.
    #[schema(example = "pm_06C3X1S4M0A0B1C2D3E4F5G6H")]
    pub pay_with: Option<String>,
    /// The same in words.
    #[schema(example = "Visa ending in 4242")]
    pub pays: String,
    /// When the next charge takes place; null, if that is not known or none is to come by itself.
    pub next_charge_at: Option<String>,
    /// What it takes: what was announced, else the price today.
    pub next_amount: Option<MoneyShape>,
    /// `resting`, `announced`, `charging`, `asking` (it is the payer's turn) or `stopped` (its method may not be charged again).
    #[schema(example = "announced")]
    pub state: &'static str,
    /// The same in words.
    pub news: String,
    /// The text agreed to; null for helpers.
    pub consent: Option<GivenShape>,
}

/// A text that was agreed to, as it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenShape {
    /// The version of its wording.
    #[schema(example = "2026-11-28")]
    pub version: String,
    /// Its language.
    #[schema(example = "en-CA")]
    pub language: &'static str,
    /// The text as it was shown.
    pub text: String,
    /// When it was agreed to.
    pub agreed_at: String,
}

/// A text to agree to.
pub(super) fn consent(preview: Preview, language: Language) -> ConsentShape {
    let TextShown { version, fingerprint } = TextShown::of(&preview.text);
    ConsentShape {
        version,
        language: language.tag(),
        text: preview.text,
        fingerprint,
        total: preview.total.into(),
        first_charge_at: preview.first.map(Instant::rfc3339),
    }
}

/// How a line's auto-renew stands, for somebody with rights to it.
pub(super) async fn stands(
    app: &App,
    permitted: Permitted,
    language: Language,
) -> Result<AutoRenewShape, Problem> {
    let seen = see(app, permitted).await?;
    let is_holder = permitted.rights() == Rights::Holder;
    let view = lines::find::view(app, permitted.line()).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let words = Words::of(language);
    let standing = match &seen.standing {
        Some(standing) if is_holder => {
            let method = method_of(app, permitted.account(), &standing.consent.means).await?;
            let shape = told(words, (&catalogue, operator), (&seen, standing), method.as_ref());
            let (pay_with, consent) = (pay_with(&standing.consent.means), given(&seen, standing));
            Some(StandingShape { pay_with: Some(pay_with), consent, ..shape })
        }
        Some(standing) => Some(told(words, (&catalogue, operator), (&seen, standing), None)),
        None => None,
    };
    Ok(AutoRenewShape { on: standing.is_some(), can_change: is_holder, standing })
}

/// What everybody with rights to the line may know.
fn told(
    words: &Words,
    (catalogue, operator): (&Catalogue, &Operator),
    (seen, standing): (&Seen, &AutoRenew),
    method: Option<&SavedMethod>,
) -> StandingShape {
    let agreed = &standing.consent;
    let Caps { charge, day, month } = agreed.caps;
    let plan = catalogue.plans.get(&agreed.plan);
    let name = plan.map_or(agreed.plan.as_str(), |plan| plan.name.get(words.language()));
    StandingShape {
        plan: agreed.plan.to_string(),
        plan_name: name.to_owned(),
        trigger: trigger(agreed.trigger),
        when: when(words, agreed.trigger, operator),
        caps: CapsShape { charge: charge.into(), day: day.into(), month: month.into() },
        pay_with: None,
        pays: pays(words, &agreed.means, method),
        next_charge_at: seen.next_charge.map(Instant::rfc3339),
        next_amount: seen.amount.map(MoneyShape::from),
        state: state(standing),
        news: worded(words, standing, &seen.zone),
        consent: None,
    }
}

fn trigger(trigger: Trigger) -> TriggerShape {
    match trigger {
        Trigger::BeforeExpiry(days) => TriggerShape::BeforeExpiry { days },
        Trigger::Cycle => TriggerShape::Cycle,
        Trigger::Below(kind, mark) => {
            TriggerShape::Below { allowance: kind.code().to_owned(), amount: mark.count() }
        }
    }
}

fn pay_with(means: &Means) -> String {
    match means {
        Means::Saved(method) => method.id.to_string(),
        Means::LineCredit => CREDIT.to_owned(),
        Means::PayLink => LINK.to_owned(),
    }
}

const fn state(standing: &AutoRenew) -> &'static str {
    if standing.stopped.is_some() {
        return "stopped";
    }
    match &standing.progress {
        Progress::Resting => "resting",
        Progress::Announced { .. } => "announced",
        Progress::Charging { .. } => "charging",
        Progress::Asking { .. } => "asking",
    }
}

/// The evidence of what stands.
fn given(seen: &Seen, standing: &AutoRenew) -> Option<GivenShape> {
    let record = seen.consents.iter().find(|record| record.number == standing.number)?;
    let ConsentRecord { consent, version, text, .. } = record;
    Some(GivenShape {
        version: version.clone(),
        language: consent.language.tag(),
        text: text.clone(),
        agreed_at: consent.agreed_at.rfc3339(),
    })
}
