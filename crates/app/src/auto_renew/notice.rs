//! Telling the payer of an auto-renew.

use crate::accounts::orders::email_of;
use crate::notices::{Attempt, carry};
use crate::ports::auto_renew::AutoRenewNoticeRecord;
use crate::ports::notice::{Medium, Message};
use crate::ports::records::StoredJob;
use crate::tokens::{Arrival, RenewLink, Seal};
use crate::voice::stops;
use crate::wording::auto_renew::{NoticeFacts, compose};
use crate::{App, Problem, lines};
use farline_domain::kernel::Instant;
use farline_domain::notices::AutoRenewNotice;

/// How long the link in a notice opens, in seconds.
const LINK_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Sends one promised notice.
pub async fn send(
    app: &App,
    job: &StoredJob,
    notice: &AutoRenewNotice,
) -> Result<Attempt, Problem> {
    let contact = app.store.contact(notice.contact).await?.unwrap_or_default();
    let to = match notice.medium {
        Medium::Email => contact.email.clone(),
        Medium::Sms => contact.phone,
    };
    // Erased on request: there is nobody to tell any more.
    let Some(to) = to else { return Ok(Attempt::Settled) };
    let instead = match (notice.medium, &contact.email) {
        (Medium::Sms, None) if stops::is_stopped(app, &to).await? => by_email(app, job).await?,
        (Medium::Sms | Medium::Email, _) => None,
    };
    let (medium, to) = instead.map_or((notice.medium, to), |email| (Medium::Email, email));
    let notice = &AutoRenewNotice { medium, ..notice.clone() };
    let (subject, body) = word(app, job, notice).await?;
    let message = Message {
        key: format!("{}-{}", job.line, job.number),
        medium,
        to,
        subject,
        body,
        html: None,
        attachments: Vec::new(),
        language: notice.language,
        unsubscribe: None,
    };
    let Some((provider_id, failure)) = carry(app, job.first_due, &message).await else {
        return Ok(Attempt::Again);
    };
    let record = AutoRenewNoticeRecord {
        key: message.key,
        line: job.line,
        news: notice.news,
        medium,
        provider_id,
        failure,
        ambiguous: job.attempts,
        at: app.now(),
    };
    app.store.record_auto_renew_notice(&record).await?;
    Ok(Attempt::Settled)
}

/// Where the payer gets by e-mail what they want no text message for.
async fn by_email(app: &App, job: &StoredJob) -> Result<Option<String>, Problem> {
    let standing = lines::find::view(app, job.line).await?.auto_renew;
    let account = standing.and_then(|standing| standing.consent.payer.account);
    email_of(app, account).await
}

async fn word(
    app: &App,
    job: &StoredJob,
    notice: &AutoRenewNotice,
) -> Result<(String, String), Problem> {
    let view = lines::find::view(app, job.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let facts = NoticeFacts {
        notice,
        plan: catalogue.plans.get(&notice.plan),
        line: &view.line,
        operator,
        business: &app.business,
        pay_link: pay_link(app, job, notice, app.now()),
        manage_link: format!(
            "{}/{}/cards/{}/auto-renew",
            app.base_url,
            notice.language.path(),
            job.line
        ),
    };
    Ok(compose(&facts))
}

/// Where the renewal can be paid with one tap: the order that waits, or the plan chosen already.
fn pay_link(app: &App, job: &StoredJob, notice: &AutoRenewNotice, now: Instant) -> String {
    let seal = Seal(&app.keys.tokens);
    let base = format!("{}/{}", app.base_url, notice.language.path());
    if let Some(order) = notice.order {
        return format!("{base}/orders/{}", seal.order_token(order));
    }
    let link = RenewLink {
        line: job.line,
        arrival: Arrival::Link,
        plan: Some(notice.plan.clone()),
        until: now.plus_seconds(LINK_SECONDS),
    };
    format!("{base}/renew/{}", seal.renew_token(&link))
}
