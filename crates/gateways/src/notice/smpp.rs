//! Text messages over SMPP 3.4 (Short Message Peer to Peer, issue 1.2).
//!
//! One connection, bound as a transceiver, serves every caller: submits are told apart by their sequence
//! numbers, and at most a window of them is unanswered at a time. The connection is made at once, kept alive
//! with `enquire_link`, and made again with growing pauses when it is lost. Delivery receipts come back over
//! it and are handed to a channel before they are acknowledged.

mod receipt;
mod session;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Retry, Sent};
use rusmpp::pdus::SubmitSm;
use rusmpp::types::{COctetString, OctetString};
use rusmpp::values::{DataCoding, EsmClass, Npi, RegisteredDelivery, Ton};
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

pub use self::receipt::{DeliveryReceipt, ReceiptState};
use self::session::Session;
use super::segments::{Encoding, segments};
use super::{BAD_ADDRESS, digits_of_recipient, refused};

/// Who sends: an address as the carrier assigned it, with its kind in SMPP's numbers (§5.2.5, §5.2.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Type of number: 1 international, 3 network-specific (short codes), 5 alphanumeric.
    pub type_of_number: u8,
    /// Numbering plan: 1 for telephone numbers, 0 for short codes and names.
    pub numbering_plan: u8,
    /// The address, digits without `+`, or a name; at most 20 ASCII characters.
    pub address: String,
}

/// The carrier's server and our account there.
#[derive(Clone)]
pub struct SmppSettings {
    /// The server's name or address. SMPP itself is not encrypted: use a private line or a TLS tunnel.
    pub host: String,
    /// The server's port, usually 2775.
    pub port: u16,
    /// The account, at most 15 ASCII characters.
    pub system_id: String,
    /// The password, at most 8 ASCII characters.
    pub password: String,
    /// The carrier's word for our kind of system; usually empty, at most 12 ASCII characters.
    pub system_type: String,
    /// Who sends.
    pub source: Source,
    /// How many submits may be unanswered at a time, 1 to 1,000; the carrier tells its limit.
    pub window: usize,
    /// How long connecting, and each answer, may take.
    pub answer_within: Duration,
    /// How often the connection is asked whether it lives.
    pub enquire_every: Duration,
    /// The pause before the first attempt to connect again; it doubles with each failure.
    pub pause_first: Duration,
    /// The longest pause between two attempts to connect.
    pub pause_longest: Duration,
}

impl SmppSettings {
    /// Settings with usual values for the rest: port 2775, 10 submits in flight, 10 seconds for an answer,
    /// a sign of life every 30 seconds, pauses of 1 to 60 seconds between attempts to connect.
    pub fn new(host: String, system_id: String, password: String, source: Source) -> Self {
        Self {
            host,
            port: 2775,
            system_id,
            password,
            system_type: String::new(),
            source,
            window: 10,
            answer_within: Duration::from_secs(10),
            enquire_every: Duration::from_secs(30),
            pause_first: Duration::from_secs(1),
            pause_longest: Duration::from_mins(1),
        }
    }
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmppSettingsError {
    /// A text is longer than the protocol's field, or is not ASCII.
    #[error("`{0}` does not fit its SMPP field")]
    Field(&'static str),
    /// The window is outside 1 to 1,000, or a time is zero.
    #[error("`{0}` is out of range")]
    Range(&'static str),
}

/// Hands text messages to one SMPP server. Dropping it unbinds and ends the connection.
pub struct SmppGateway {
    jobs: mpsc::Sender<Job>,
    window: Arc<Semaphore>,
    /// Everything but recipient and text.
    template: SubmitSm,
    answer_within: Duration,
}

/// One part on its way to the session. The permit is given back when its answer is known.
struct Job {
    submit: SubmitSm,
    answer: oneshot::Sender<Outcome>,
    _permit: OwnedSemaphorePermit,
}

/// What became of one part.
enum Outcome {
    /// Taken under this name, which a server may leave empty.
    Taken(String),
    /// Refused with this command status.
    Refused(u32),
    /// Never written to the connection, for this reason.
    NotSent(String),
    /// Written, but nobody answered, for this reason.
    Unknown(&'static str),
}

/// Parts are numbered in one octet.
const MOST_PARTS: usize = 255;

impl SmppGateway {
    /// Checks the settings and starts connecting. Receipts go to `receipts`; while that is full or closed the
    /// server is asked to keep them. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// When a setting does not fit the protocol.
    pub fn start(
        settings: SmppSettings,
        receipts: mpsc::Sender<DeliveryReceipt>,
    ) -> Result<Self, SmppSettingsError> {
        if !(1..=1_000).contains(&settings.window) {
            return Err(SmppSettingsError::Range("window"));
        }
        for (name, time) in [
            ("answer_within", settings.answer_within),
            ("enquire_every", settings.enquire_every),
            ("pause_first", settings.pause_first),
            ("pause_longest", settings.pause_longest),
        ] {
            if time.is_zero() {
                return Err(SmppSettingsError::Range(name));
            }
        }
        let template = template(&settings.source)?;
        let answer_within = settings.answer_within;
        let window = Arc::new(Semaphore::new(settings.window));
        let (jobs, waiting) = mpsc::channel(settings.window);
        let session = Session::new(settings, waiting, receipts)?;
        tokio::spawn(session.run());
        Ok(Self { jobs, window, template, answer_within })
    }

    async fn submit(&self, submit: SubmitSm) -> Outcome {
        let room = Arc::clone(&self.window).acquire_owned();
        let Ok(Ok(permit)) = tokio::time::timeout(self.answer_within, room).await else {
            return Outcome::NotSent("window_full".to_owned());
        };
        let (answer, answered) = oneshot::channel();
        if self.jobs.send(Job { submit, answer, _permit: permit }).await.is_err() {
            return Outcome::NotSent("stopped".to_owned());
        }
        answered.await.unwrap_or(Outcome::Unknown("the session ended"))
    }
}

#[async_trait]
impl NoticeGateway for SmppGateway {
    fn name(&self) -> &'static str {
        "smpp"
    }

    fn medium(&self) -> Medium {
        Medium::Sms
    }

    /// Parts go one after the other, so a refusal stops the rest; a phone shows nothing of an incomplete
    /// message. The names of the parts are joined by commas.
    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        let submits = match compose(&self.template, message) {
            Ok(submits) => submits,
            Err(code) => return Ok(refused(code, Retry::Never)),
        };
        let mut ids = Vec::with_capacity(submits.len());
        for submit in submits {
            match self.submit(submit).await {
                Outcome::Taken(id) => ids.push(id),
                Outcome::Refused(status) => {
                    return Ok(refused(format!("0x{status:08X}"), retry_of(status)));
                }
                Outcome::NotSent(code) => return Ok(refused(code, Retry::Later)),
                Outcome::Unknown(why) => return Err(NoticeError::Unknown(why.to_owned())),
            }
        }
        Ok(Sent::Accepted { provider_id: ids.join(",") })
    }
}

/// Statuses that speak of this recipient or this text are final (§5.1.3): lengths and fields, the destination,
/// the parameters. Others speak of load (0x14, 0x58), of the server, or of our account and sender.
#[rustfmt::skip]
const FINAL_STATUSES: [u32; 22] = [
    0x01, 0x02, 0x03, 0x06, 0x07, 0x0b, 0x33, 0x34, 0x40, 0x42, 0x43, 0x50, 0x51, 0x54, 0x61, 0x62, 0x63,
    0xc0, 0xc1, 0xc2, 0xc3, 0xc4,
];

fn retry_of(status: u32) -> Retry {
    if FINAL_STATUSES.contains(&status) { Retry::Never } else { Retry::Later }
}

fn template(source: &Source) -> Result<SubmitSm, SmppSettingsError> {
    Ok(SubmitSm::builder()
        .source_addr_ton(Ton::from(source.type_of_number))
        .source_addr_npi(Npi::from(source.numbering_plan))
        .source_addr(field("source", &source.address)?)
        .dest_addr_ton(Ton::International)
        .dest_addr_npi(Npi::Isdn)
        // A receipt whatever the outcome.
        .registered_delivery(RegisteredDelivery::from(0x01))
        .build())
}

fn field<const MOST: usize>(
    name: &'static str,
    text: &str,
) -> Result<COctetString<1, MOST>, SmppSettingsError> {
    if !text.is_ascii() {
        return Err(SmppSettingsError::Field(name));
    }
    COctetString::from_string(text.to_owned()).map_err(|_| SmppSettingsError::Field(name))
}

/// The submits of one message, or why it can never be sent.
fn compose(template: &SubmitSm, message: &Message) -> Result<Vec<SubmitSm>, &'static str> {
    let digits = digits_of_recipient(message)?;
    let recipient = COctetString::from_string(digits.to_owned()).map_err(|_| BAD_ADDRESS)?;
    let cut = segments(&message.body);
    let total = cut.parts.len();
    if total > MOST_PARTS {
        return Err("too_long");
    }
    let data_coding = match cut.encoding {
        Encoding::Gsm7 => DataCoding::McSpecific,
        Encoding::Ucs2 => DataCoding::Ucs2,
    };
    // The same on every retry, so a phone that has some parts already joins the rest to them.
    let reference = Sha256::digest(message.key.as_bytes())[0];
    let mut submits = Vec::with_capacity(total);
    for (part, number) in cut.parts.into_iter().zip(1_u8..) {
        let mut submit = template.clone();
        submit.destination_addr = recipient.clone();
        submit.data_coding = data_coding;
        // Written as octets: the library's own default sets a bit that other networks read as a receipt.
        submit.esm_class = EsmClass::from(if total > 1 { 0x40 } else { 0x00 });
        let text = if total > 1 { joined(reference, total, number, &part) } else { part };
        submit.set_short_message(OctetString::from_vec(text).map_err(|_| "too_long")?);
        submits.push(submit);
    }
    Ok(submits)
}

/// The header that joins parts (3GPP TS 23.040 §9.2.3.24.1), then the text.
fn joined(reference: u8, total: usize, number: u8, part: &[u8]) -> Vec<u8> {
    // There are at most 255 parts here, so the last octet of the count is the count.
    let total = total.to_be_bytes()[size_of::<usize>() - 1];
    [&[0x05, 0x00, 0x03, reference, total, number], part].concat()
}
