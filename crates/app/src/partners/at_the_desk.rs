//! Partners as the staff sees them, and what a partner paid in, booked by one of the staff.

use crate::desk::{Acting, reason_of};
use crate::imports::amounts;
use crate::ports::partners::KeptKey;
use crate::staff::{StaffNote, note};
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::Money;
use farline_domain::partners::{Partner, PartnerCode, Standing};
use farline_domain::payments::{ManualReference, ManualReferenceError};
use farline_domain::staff::{Deed, manual_payment_limit};
use farline_domain::subjects::{Named, PaidBy, SubjectEntry, SubjectEntryKind};
use serde_json::json;

/// How many payments are shown.
const MOST_PAYMENTS: usize = 12;
/// How many entries are read in one go, and how often: a partner who orders much has many between two payments.
const ENTRIES: (u32, u32) = (500, 4);

/// A partner as the staff sees it.
#[derive(Clone, Debug)]
pub struct PartnerSeen {
    /// Who, with the prices of its own.
    pub partner: Partner,
    /// How its account stands.
    pub standing: Standing,
    /// What was paid in and out last and which credit was given, the newest first.
    pub payments: Vec<SubjectEntry>,
    /// The keys of its programs, the newest first.
    pub keys: Vec<KeptKey>,
}

/// What came in, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct PaidIn<'a> {
    /// How much, without a currency: it is the account's.
    pub amount: &'a str,
    /// How.
    pub paid_by: PaidBy,
    /// What the bank calls it.
    pub reference: &'a str,
    /// Why it is booked.
    pub reason: &'a str,
}

/// What became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booked {
    /// It stands on the account since now.
    Now,
    /// It was booked before, and nothing moved.
    Before,
}

/// All partners by their codes, with how their accounts stand.
///
/// # Errors
/// If no role allows it.
pub async fn see_all(app: &App, acting: &Acting<'_>) -> Result<Vec<(Partner, Standing)>, Problem> {
    acting.may(Deed::SeePartners)?;
    let mut seen = Vec::new();
    for partner in app.store.partners().await? {
        let standing = super::standing(app, &partner).await?;
        seen.push((partner, standing));
    }
    Ok(seen)
}

/// One partner. That it was looked at is written down first.
///
/// # Errors
/// If no role allows it, or if there is none.
pub async fn see(app: &App, acting: &Acting<'_>, code: &str) -> Result<PartnerSeen, Problem> {
    acting.may(Deed::SeePartners)?;
    let partner = named(app, code).await?;
    let detail = json!({ "partner": partner.code });
    note(app, acting.id, StaffNote { detail, ..StaffNote::of("see_partner") }).await?;
    let mut keys = app.store.partner_keys(&partner.code).await?;
    keys.reverse();
    let standing = super::standing(app, &partner).await?;
    let payments = payments(app, &partner).await?;
    Ok(PartnerSeen { partner, standing, payments, keys })
}

async fn named(app: &App, code: &str) -> Result<Partner, Problem> {
    let none = || Problem::of(ProblemCode::NotFound);
    let code = PartnerCode::parse(code).map_err(|_| none())?;
    app.store.partner(&code).await?.ok_or_else(none)
}

async fn payments(app: &App, partner: &Partner) -> Result<Vec<SubjectEntry>, Problem> {
    let (mut found, mut before) = (Vec::new(), u64::MAX);
    for _ in 0..ENTRIES.1 {
        let page = app.store.entries_before(&partner.account(), before, ENTRIES.0).await?;
        let Some(last) = page.last() else { break };
        before = last.entry.number;
        found.extend(page.into_iter().map(|one| one.entry).filter(|entry| match entry.kind {
            SubjectEntryKind::PayIn | SubjectEntryKind::PayOut | SubjectEntryKind::Credit => true,
            SubjectEntryKind::Limit
            | SubjectEntryKind::HolderLimit
            | SubjectEntryKind::Reserve
            | SubjectEntryKind::Capture
            | SubjectEntryKind::Release
            | SubjectEntryKind::GiveBack => false,
        }));
        if found.len() >= MOST_PAYMENTS || before <= 1 {
            break;
        }
    }
    found.truncate(MOST_PAYMENTS);
    Ok(found)
}

/// Books what a partner paid in. The same reference again moves nothing, and one of another payment is refused. The audit
/// says so before the money moves: whoever dies in between books it again under the same reference.
///
/// # Errors
/// If no role allows it or so much, if there is no such partner, or if something of it cannot be.
pub async fn book_pay_in(
    app: &App,
    acting: &Acting<'_>,
    (code, paid): (&str, &PaidIn<'_>),
) -> Result<Booked, Problem> {
    acting.may(Deed::BookPartners)?;
    let partner = named(app, code).await?;
    let reason = reason_of(paid.reason)?;
    let amount = amount_of(paid.amount, &partner)?;
    let limits = app.desk.manual_payment_limits.amounts();
    if amount.minor > manual_payment_limit(limits, acting.roles, amount).minor {
        return Err(Problem::of(ProblemCode::PartnerAboveLimit).in_field("amount"));
    }
    let reference = reference_of(paid.reference)?;
    let named = Named::Payment(reference.clone().into());
    let stands = app.store.entry_named(&partner.account(), &named).await?.is_some();
    if !stands {
        let detail = json!({
            "partner": partner.code, "amount": amount, "paid_by": paid.paid_by.code(),
            "reference": String::from(reference), "reason": reason,
        });
        note(app, acting.id, StaffNote { detail, ..StaffNote::of("pay_in_partner") }).await?;
    }
    let by = (&partner, acting.actor(reason));
    super::pay_in_by(app, by, (amount, paid.reference), Some(paid.paid_by)).await?;
    Ok(if stands { Booked::Before } else { Booked::Now })
}

fn amount_of(typed: &str, partner: &Partner) -> Result<Money, Problem> {
    let invalid = |_| Problem::of(ProblemCode::FieldInvalid).in_field("amount");
    let plain = typed.trim().replace(',', ".");
    amounts::money(&format!("{plain} {}", partner.currency.code())).map_err(invalid)
}

fn reference_of(typed: &str) -> Result<ManualReference, Problem> {
    ManualReference::parse(typed).map_err(|error| {
        let code = match error {
            ManualReferenceError::Length if typed.trim().is_empty() => ProblemCode::FieldMissing,
            ManualReferenceError::Length => ProblemCode::ReferenceInvalid,
            ManualReferenceError::BankCard => ProblemCode::HoldsBankCard,
        };
        Problem::of(code).in_field("reference")
    })
}
