//! Looking at a line's auto-renew.

use super::reach;
use crate::accounts::Permitted;
use crate::ports::auto_renew::AutoRenewNoticeRecord;
use crate::{App, Problem, lines};
use farline_domain::auto_renew::{AutoRenew, Consent, ConsentRecord, Progress};
use farline_domain::catalog::{Catalogue, Operator, price};
use farline_domain::kernel::{Instant, Money, Zone};

/// A line's auto-renew as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The auto-renew, if it is on.
    pub standing: Option<AutoRenew>,
    /// Whether it pauses, because its payer wants no text messages and there is no other way to tell them.
    pub is_paused: bool,
    /// When the next charge takes place, as far as is known.
    pub next_charge: Option<Instant>,
    /// What it takes: what was announced for it, else what the plan costs today.
    pub amount: Option<Money>,
    /// The zone of its dates.
    pub zone: Zone,
    /// The consents given, oldest first.
    pub consents: Vec<ConsentRecord>,
    /// What its payer was told, oldest first.
    pub told: Vec<AutoRenewNoticeRecord>,
}

/// Reads a line's auto-renew. A helper sees it too; only the holder changes it.
pub async fn see(app: &App, permitted: Permitted) -> Result<Seen, Problem> {
    let line = permitted.line();
    let view = lines::find::view(app, line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let rule = &operator.lifecycle;
    let standing = view.auto_renew.filter(AutoRenew::is_on);
    let is_paused = match &standing {
        Some(standing) => reach::is_paused(app, standing).await?,
        None => false,
    };
    let next_charge = standing
        .as_ref()
        .filter(|_| !is_paused)
        .and_then(|standing| standing.next_charge(rule, view.line.dates, app.now()));
    let amount = standing.as_ref().and_then(|standing| {
        let today = || price_of(&catalogue, operator, (&standing.consent, app.now()));
        announced(standing).or_else(today)
    });
    let consents = app.store.consents(line).await?;
    let told = app.store.auto_renew_notices(line).await?;
    Ok(Seen { standing, is_paused, next_charge, amount, zone: rule.zone.clone(), consents, told })
}

/// What the payer was told that the next charge takes.
const fn announced(standing: &AutoRenew) -> Option<Money> {
    match &standing.progress {
        Progress::Announced { total, .. } | Progress::Charging { total, .. } => Some(*total),
        Progress::Resting | Progress::Asking { .. } => None,
    }
}

/// What the plan agreed to costs today, with tax; nothing, where it is not known.
fn price_of(
    catalogue: &Catalogue,
    operator: &Operator,
    (consent, now): (&Consent, Instant),
) -> Option<Money> {
    let today = operator.lifecycle.today(now);
    let plan = catalogue.in_force(&consent.plan, today)?;
    let taxes = (&catalogue.taxes, operator.levies);
    price(plan, &[], taxes, consent.province, today).ok().map(|price| price.total)
}
