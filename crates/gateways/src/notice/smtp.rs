//! E-mail by SMTP (RFC 5321), with TLS from the first octet, by STARTTLS (RFC 3207), or none.
//!
//! The dialogue is walked step by step, because what a lost connection means depends on how far it had come:
//! before the content was sent the message is known not to have been taken, afterwards nobody knows.

use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Retry, Sent};
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use super::{BAD_ADDRESS, WRONG_MEDIUM, refused};

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first octet (usually port 465, RFC 8314).
    Tls,
    /// Plain first, then STARTTLS, which must succeed (usually port 587).
    StartTls,
    /// No protection: for a server on the same machine only.
    None,
}

/// The account at the server.
#[derive(Clone)]
pub struct Login {
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: String,
}

/// Where and as whom mail is handed over.
#[derive(Clone)]
pub struct SmtpSettings {
    /// The server's name or address; a certificate must be valid for it.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// A root certificate in PEM to trust besides the public ones, for a server of one's own.
    pub root_certificate_pem: Option<String>,
    /// The account, when the server asks for one.
    pub login: Option<Login>,
    /// The sender, `name@example.ca` or `Name <name@example.ca>`; its domain also names the messages.
    pub from: String,
    /// Where answers go, when not to the sender.
    pub reply_to: Option<String>,
    /// How long connecting, and each answer of the server, may take.
    pub answer_within: Duration,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpSettingsError {
    /// The sender or the address for answers is not a mailbox (RFC 5322 §3.4).
    #[error("`{0}` is not an e-mail address")]
    Mailbox(&'static str),
    /// The root certificate cannot be read, or the host cannot be named in a certificate.
    #[error("the TLS settings cannot be used: {0}")]
    Tls(String),
}

/// Hands e-mail to one SMTP server. A few connections are kept open between messages.
pub struct SmtpGateway {
    settings: SmtpSettings,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

/// More connections than this are closed after use rather than kept.
const CONNECTIONS_KEPT: usize = 4;

/// How long to wait for a server's farewell; nothing depends on it.
const FAREWELL_WITHIN: Duration = Duration::from_secs(1);

/// Why the dialogue stopped.
enum Halt {
    /// The server answered with this code, 400 to 599.
    Answer(u16),
    /// No answer in time.
    TimeOut,
    /// The connection broke, or what came is not SMTP.
    Lost,
    /// Something of ours or of the server's abilities, before any message was named.
    Unable(&'static str),
}

impl Halt {
    fn code(&self) -> String {
        match self {
            Self::Answer(code) => code.to_string(),
            Self::TimeOut => "time_out".to_owned(),
            Self::Lost => "connection_lost".to_owned(),
            Self::Unable(code) => (*code).to_owned(),
        }
    }

    /// Before the recipient is named, a refusal speaks of our account or sender, which an operator can mend.
    fn before_the_recipient(&self) -> Sent {
        refused(self.code(), Retry::Later)
    }

    /// From the recipient on, a permanent refusal speaks of this message. 530, 535 and 538 still speak of
    /// the account (RFC 4954 §6).
    fn about_the_message(&self) -> Sent {
        let retry = match self {
            Self::Answer(530 | 535 | 538) => Retry::Later,
            Self::Answer(500..=599) => Retry::Never,
            Self::Answer(_) | Self::TimeOut | Self::Lost | Self::Unable(_) => Retry::Later,
        };
        refused(self.code(), retry)
    }
}

impl From<lettre::transport::smtp::Error> for Halt {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        match error.status() {
            Some(code) => Self::Answer(u16::from(code)),
            None if error.is_tls() => Self::Unable("tls"),
            None => Self::Lost,
        }
    }
}

/// A message ready for the wire.
struct Letter {
    envelope: Envelope,
    content: Vec<u8>,
    message_id: String,
}

impl SmtpGateway {
    /// Checks the settings; connects only when there is something to send.
    ///
    /// # Errors
    /// When an address or the TLS settings cannot be used.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpSettingsError> {
        let from = settings.from.parse().map_err(|_| SmtpSettingsError::Mailbox("from"))?;
        let reply_to = match &settings.reply_to {
            Some(address) => {
                Some(address.parse().map_err(|_| SmtpSettingsError::Mailbox("reply_to"))?)
            }
            None => None,
        };
        let tls = match settings.security {
            Security::None => None,
            Security::Tls | Security::StartTls => Some(tls_parameters(&settings)?),
        };
        Ok(Self { settings, from, reply_to, tls, idle: Mutex::new(Vec::new()) })
    }

    async fn within<T>(
        &self,
        step: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, Halt> {
        match tokio::time::timeout(self.settings.answer_within, step).await {
            Ok(result) => result.map_err(Halt::from),
            Err(_) => Err(Halt::TimeOut),
        }
    }

    /// A connection that is ready for a message: a kept one that still answers, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, Halt> {
        loop {
            let Some(mut kept) = self.idle.lock().await.pop() else { break };
            let alive =
                tokio::time::timeout(self.settings.answer_within, kept.test_connected()).await;
            if alive == Ok(true) {
                return Ok(kept);
            }
        }
        self.connect().await
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Halt> {
        let hello = ClientId::default();
        let server = (self.settings.host.as_str(), self.settings.port);
        let at_once = match self.settings.security {
            Security::Tls => self.tls.clone(),
            Security::StartTls | Security::None => None,
        };
        let connecting = AsyncSmtpConnection::connect_tokio1(server, None, &hello, at_once, None);
        let mut connection = self.within(connecting).await.map_err(|halt| match halt {
            Halt::Lost => Halt::Unable("unreachable"),
            halt => halt,
        })?;
        if let (Security::StartTls, Some(tls)) = (self.settings.security, self.tls.clone()) {
            if !connection.can_starttls() {
                return Err(Halt::Unable("no_starttls"));
            }
            self.within(connection.starttls(tls, &hello)).await?;
        }
        if let Some(login) = &self.settings.login {
            let credentials = Credentials::new(login.user.clone(), login.password.clone());
            if connection.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_none() {
                return Err(Halt::Unable("no_login"));
            }
            self.within(connection.auth(DEFAULT_MECHANISMS, &credentials)).await?;
        }
        Ok(connection)
    }

    async fn hand_over(&self, letter: &Letter) -> Result<Sent, NoticeError> {
        let mut connection = match self.connection().await {
            Ok(connection) => connection,
            Err(halt) => return Ok(halt.before_the_recipient()),
        };
        let answer = self.converse(&mut connection, letter).await;
        if matches!(answer, Ok(Sent::Accepted { .. })) {
            self.keep(connection).await;
        } else {
            farewell(connection).await;
        }
        answer
    }

    async fn converse(
        &self,
        connection: &mut AsyncSmtpConnection,
        letter: &Letter,
    ) -> Result<Sent, NoticeError> {
        let Some(parameters) = mail_parameters(connection, letter) else {
            return Ok(refused("no_smtputf8", Retry::Never));
        };
        let mail = Mail::new(letter.envelope.from().cloned(), parameters);
        if let Err(halt) = self.within(connection.command(mail)).await {
            return Ok(halt.before_the_recipient());
        }
        for recipient in letter.envelope.to() {
            let rcpt = Rcpt::new(recipient.clone(), Vec::new());
            if let Err(halt) = self.within(connection.command(rcpt)).await {
                return Ok(halt.about_the_message());
            }
        }
        if let Err(halt) = self.within(connection.command(Data)).await {
            return Ok(halt.about_the_message());
        }
        match self.within(connection.message(&letter.content)).await {
            Ok(response) => Ok(Sent::Accepted { provider_id: provider_id(&response, letter) }),
            Err(halt @ Halt::Answer(_)) => Ok(halt.about_the_message()),
            // From here on the server may have taken it, whatever happened to its answer.
            Err(halt) => Err(NoticeError::Unknown(format!("{} after the content", halt.code()))),
        }
    }

    async fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().await;
        if idle.len() < CONNECTIONS_KEPT {
            idle.push(connection);
            return;
        }
        drop(idle);
        farewell(connection).await;
    }

    /// Writes the message down, or says why it can never be sent.
    fn compose(&self, message: &Message) -> Result<Letter, &'static str> {
        if message.medium != Medium::Email {
            return Err(WRONG_MEDIUM);
        }
        let to: lettre::Address = message.to.parse().map_err(|_| BAD_ADDRESS)?;
        // The libraries refuse or fold these too; a header is never left to chance.
        if message.to.chars().any(char::is_control) {
            return Err(BAD_ADDRESS);
        }
        if message.subject.chars().any(char::is_control) {
            return Err("bad_subject");
        }
        let message_id = self.message_id(&message.key);
        let mut builder = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.as_str())
            .message_id(Some(message_id.clone()))
            // RFC 3834: nobody's vacation notice should answer, and no loop can start.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", message.language.tag()));
        if let Some(address) = &message.unsubscribe {
            if !address.chars().all(|letter| letter.is_ascii_graphic() && !"<>,".contains(letter)) {
                return Err("bad_unsubscribe");
            }
            builder = builder
                .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let letter = match body(message)? {
            Body::Single(part) => builder.singlepart(part),
            Body::Several(parts) => builder.multipart(parts),
        }
        .map_err(|_| BAD_ADDRESS)?;
        let content = letter.formatted();
        Ok(Letter { envelope: letter.envelope().clone(), content, message_id })
    }

    /// The same on every retry, so that a mailbox which got two copies can show one.
    fn message_id(&self, key: &str) -> String {
        let digest = Sha256::digest(key.as_bytes());
        let name = digest.iter().take(16).fold(0, |name, octet| name << 8 | u128::from(*octet));
        format!("<{name:032x}@{}>", self.from.email.domain())
    }
}

#[async_trait]
impl NoticeGateway for SmtpGateway {
    fn name(&self) -> &'static str {
        "smtp"
    }

    fn medium(&self) -> Medium {
        Medium::Email
    }

    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        match self.compose(message) {
            Ok(letter) => self.hand_over(&letter).await,
            Err(code) => Ok(refused(code, Retry::Never)),
        }
    }
}

enum Body {
    Single(SinglePart),
    Several(MultiPart),
}

/// Plain text alone, or with its HTML as the alternative, and the attachments after it (RFC 2046 §5.1).
fn body(message: &Message) -> Result<Body, &'static str> {
    let plain = message.body.clone();
    let text = match &message.html {
        Some(html) => Body::Several(MultiPart::alternative_plain_html(plain, html.clone())),
        None => Body::Single(SinglePart::plain(plain)),
    };
    if message.attachments.is_empty() {
        return Ok(text);
    }
    let mut mixed = match text {
        Body::Single(part) => MultiPart::mixed().singlepart(part),
        Body::Several(parts) => MultiPart::mixed().multipart(parts),
    };
    for attachment in &message.attachments {
        if attachment.file_name.chars().any(char::is_control) {
            return Err("bad_attachment");
        }
        let media_type =
            ContentType::parse(&attachment.media_type).map_err(|_| "bad_attachment")?;
        mixed = mixed.singlepart(
            Attachment::new(attachment.file_name.clone())
                .body(attachment.bytes.clone(), media_type),
        );
    }
    Ok(Body::Several(mixed))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// What MAIL FROM must announce (RFC 6531, RFC 6152), or nothing when the server cannot carry the address.
fn mail_parameters(
    connection: &AsyncSmtpConnection,
    letter: &Letter,
) -> Option<Vec<MailParameter>> {
    let mut parameters = Vec::new();
    let mut addresses = letter.envelope.to().iter().chain(letter.envelope.from());
    if !addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return None;
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !letter.content.is_ascii() {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Some(parameters)
}

/// The queue's name for the message where the server tells it in a usual way; our own Message-ID otherwise.
fn provider_id(response: &Response, letter: &Letter) -> String {
    let answer = response.first_line().unwrap_or_default();
    let named = ["queued as ", "id="].iter().find_map(|mark| {
        let (_, rest) = answer.split_once(mark)?;
        let name = rest.split([' ', ';', ',', ')']).next()?;
        (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
    });
    named.unwrap_or_else(|| letter.message_id.clone())
}

async fn farewell(mut connection: AsyncSmtpConnection) {
    // Courtesy only: whether the server still listens changes nothing.
    let _ = tokio::time::timeout(FAREWELL_WITHIN, connection.abort()).await;
}

fn tls_parameters(settings: &SmtpSettings) -> Result<TlsParameters, SmtpSettingsError> {
    let unusable =
        |error: lettre::transport::smtp::Error| SmtpSettingsError::Tls(error.to_string());
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.root_certificate_pem {
        // The mail library takes a text without any certificate for an empty list.
        if !matches!(CertificateDer::pem_slice_iter(pem.as_bytes()).next(), Some(Ok(_))) {
            return Err(SmtpSettingsError::Tls("no certificate in the PEM text".to_owned()));
        }
        builder =
            builder.add_root_certificate(Certificate::from_pem(pem.as_bytes()).map_err(unusable)?);
    }
    builder.build_rustls().map_err(unusable)
}
