//! Sending the notices that orders promised, and messages that people asked for.

use crate::accounts::orders::email_of;
use crate::ports::notice::{Attachment, Medium, Message, NoticeError, NoticeGateway, Retry, Sent};
use crate::ports::records::{NoticeRecord, StoredJob};
use crate::voice::stops;
use crate::wording::notice::{NoticeFacts, Worded, compose};
use crate::{App, Problem, ProblemCode, lines, receipts};
use farline_domain::kernel::{Instant, Language};
use farline_domain::notices::{NoticeReason, Recipient};
use farline_domain::orders::Order;

/// A notice is tried for this long, in seconds; then its failure stands in the records.
pub const RETRY_SECONDS: i64 = 72 * 60 * 60;

/// What stands in the records of a text message to a number that wants none.
pub const STOPPED: &str = "stopped";

/// What became of one attempt to send a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Sent, or given up for good; either way it is on record.
    Settled,
    /// Try again later.
    Again,
}

/// Sends one promised notice.
pub async fn send(
    app: &App,
    job: &StoredJob,
    order: &Order,
    (reason, recipient): (NoticeReason, Recipient),
) -> Result<Attempt, Problem> {
    let Some((medium, to, language)) = address(app, order, recipient).await? else {
        // Erased on request: there is nobody to tell any more.
        return Ok(Attempt::Settled);
    };
    let recipient = match recipient {
        Recipient::Line => recipient,
        Recipient::Payer(_) => Recipient::Payer(medium),
    };
    let worded = word(app, order, (reason, recipient), language).await?;
    let message = Message {
        key: format!("{}-{}", job.line, job.number),
        medium,
        to,
        subject: worded.subject,
        body: worded.body,
        html: None,
        attachments: worded.attachments,
        language,
        unsubscribe: None,
    };
    let Some((provider_id, failure)) = carry(app, job.first_due, &message).await else {
        return Ok(Attempt::Again);
    };
    let record = NoticeRecord {
        key: message.key,
        order: order.id,
        reason,
        medium,
        provider_id,
        failure,
        ambiguous: job.attempts,
        at: app.now(),
    };
    app.store.record_notice(&record).await?;
    Ok(Attempt::Settled)
}

/// Has a promised message carried: the id a gateway gave it, or why it could not be sent. Nothing, if it is to be tried again.
pub(crate) async fn carry(
    app: &App,
    promised_for: Instant,
    message: &Message,
) -> Option<(Option<String>, Option<String>)> {
    match unless_stopped(app, message).await {
        Ok(Sent::Accepted { provider_id }) => Some((Some(provider_id), None)),
        Ok(Sent::Refused { retry: Retry::Later, .. }) | Err(NoticeError::Unknown(_))
            if !is_too_late(promised_for, app.now()) =>
        {
            None
        }
        Ok(Sent::Refused { code, .. }) => Some((None, Some(code))),
        Err(NoticeError::Unknown(cause)) => Some((None, Some(cause))),
    }
}

/// Sends a message that somebody is waiting for: by the first gateway that takes it, without retries.
pub async fn send_now(app: &App, message: &Message) -> Result<(), Problem> {
    taken(&unless_stopped(app, message).await)
}

/// Sends a one-time code that somebody has asked for, also to a number that wants no other text messages: whoever types the
/// number into a form asks for this one, and without it could not even sign in to change that.
pub(crate) async fn send_code(app: &App, message: &Message) -> Result<(), Problem> {
    taken(&deliver(app, message).await)
}

fn taken(sent: &Result<Sent, NoticeError>) -> Result<(), Problem> {
    match sent {
        Ok(Sent::Accepted { .. }) => Ok(()),
        Ok(Sent::Refused { .. }) | Err(NoticeError::Unknown(_)) => {
            Err(Problem::of(ProblemCode::Unavailable))
        }
    }
}

fn is_too_late(promised_for: Instant, now: Instant) -> bool {
    now.millis_since(promised_for) > RETRY_SECONDS * 1000
}

/// Nothing goes to a number that wants no text messages. Whether it does is asked at the last moment: a refusal stops what was
/// promised before, too.
async fn unless_stopped(app: &App, message: &Message) -> Result<Sent, NoticeError> {
    match stops::refuses(app, message).await {
        Ok(false) => deliver(app, message).await,
        Ok(true) => Ok(Sent::Refused { code: STOPPED.to_owned(), retry: Retry::Never }),
        // Not known, and nothing was sent.
        Err(_) => Ok(Sent::Refused { code: "not-asked".to_owned(), retry: Retry::Later }),
    }
}

/// Hands a message to the gateways of its medium in order, until one takes it. A refusal for good
/// and an unknown outcome end the round: another gateway must not send it twice.
async fn deliver(app: &App, message: &Message) -> Result<Sent, NoticeError> {
    let none = Sent::Refused { code: "no-gateway".to_owned(), retry: Retry::Later };
    let mut last = Ok(none);
    for gateway in gateways(app, message.medium) {
        last = gateway.send(message).await;
        match &last {
            Ok(Sent::Refused { retry: Retry::Later, code }) => {
                tracing::warn!(gateway = gateway.name(), code, "a notice was not taken");
            }
            Ok(Sent::Accepted { .. } | Sent::Refused { .. }) | Err(_) => return last,
        }
    }
    last
}

fn gateways(app: &App, medium: Medium) -> impl Iterator<Item = &dyn NoticeGateway> {
    let of_medium = move |gateway: &&dyn NoticeGateway| gateway.medium() == medium;
    app.gateways.iter().map(AsRef::as_ref).filter(of_medium)
}

/// Where a notice goes, by which medium and in which language; nothing, if erased.
async fn address(
    app: &App,
    order: &Order,
    recipient: Recipient,
) -> Result<Option<(Medium, String, Language)>, Problem> {
    match recipient {
        Recipient::Line => {
            let view = lines::find::view(app, order.line).await?;
            let number = view.line.msisdn.map(String::from);
            Ok(number.map(|number| (Medium::Sms, number, view.line.language)))
        }
        Recipient::Payer(medium) => {
            let Some(payer) = &order.payer else { return Ok(None) };
            let contact = app.store.contact(payer.contact).await?.unwrap_or_default();
            // Whoever wants no text messages is told by e-mail, where the order names none and their account has one.
            if let (Medium::Sms, None, Some(phone)) = (medium, &contact.email, &contact.phone)
                && stops::is_stopped(app, phone).await?
                && let Some(email) = email_of(app, payer.account).await?
            {
                return Ok(Some((Medium::Email, email, order.language)));
            }
            let to = match medium {
                Medium::Email => contact.email,
                Medium::Sms => contact.phone,
            };
            Ok(to.map(|to| (medium, to, order.language)))
        }
    }
}

async fn word(
    app: &App,
    order: &Order,
    (reason, recipient): (NoticeReason, Recipient),
    language: Language,
) -> Result<Worded, Problem> {
    let view = lines::find::view(app, order.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let plan = receipts::plan_of(app, order).await?;
    let with_receipt =
        reason == NoticeReason::Delivered && recipient == Recipient::Payer(Medium::Email);
    let receipt_pdf =
        if with_receipt { receipts::receipt_pdf(app, order).await.ok() } else { None };
    let facts = NoticeFacts {
        order,
        plan: &plan,
        line: &view.line,
        operator,
        business: &app.business,
        order_link: receipts::order_link(app, order),
        base_url: &app.base_url,
        receipt_pdf: receipt_pdf.map(|bytes| Attachment {
            file_name: format!("{}.pdf", ReceiptNumber(order)),
            media_type: "application/pdf".to_owned(),
            bytes,
        }),
        zone: &operator.lifecycle.zone,
    };
    Ok(compose(reason, recipient, language, &facts))
}

/// The number of an order's receipt, for a file name.
struct ReceiptNumber<'a>(&'a Order);

impl std::fmt::Display for ReceiptNumber<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&farline_domain::receipts::ReceiptData::number_of(&self.0.reference))
    }
}
