//! One-time codes: sent, tried, sent again. A code is bound to what it is for and to whom.

use crate::accounts::limits::{self, SEND_NETWORK, SIGN_IN_NETWORK};
use crate::accounts::{Visitor, address_key, find, messages};
use crate::ports::accounts::{Digest, StoredCode};
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode, notices};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::accounts::{Address, CODE_SECONDS, CodeAnswer, KeptCode, spell_code};
use farline_domain::hotline::Way;
use farline_domain::kernel::{AccountId, CallId, Instant, Language, LineId};
use serde::{Deserialize, Serialize};

/// A code on its way. The same for addresses that have an account and those that have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Names the attempt, for the form in which the code is typed. It tells nothing by itself.
    pub id: String,
    /// Where the code goes, masked.
    pub sent_to: String,
    /// Until when it can be typed.
    pub expires_at: Instant,
}

/// What a code is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Awaiting {
    /// Opens an account.
    Register {
        /// Its first address.
        address: Address,
        /// Its language.
        language: Language,
        /// The hash of its password.
        password: Option<String>,
    },
    /// Signs in; nobody, where the address has no account.
    SignIn {
        /// The account.
        account: Option<AccountId>,
        /// The address as typed.
        address: Address,
        /// The same address as the account has it, which is where the code goes: what counts as the
        /// same may still lead elsewhere.
        to: Address,
        /// The language of the message.
        language: Language,
    },
    /// Adds an address to an account.
    AddContact {
        /// The account.
        account: AccountId,
        /// The address.
        address: Address,
        /// The language of the message.
        language: Language,
    },
    /// Proves possession of a line.
    ProveLine {
        /// Who proves.
        account: AccountId,
        /// The line.
        line: LineId,
        /// The line's number.
        address: Address,
        /// The line's language.
        language: Language,
    },
    /// Proves to the hotline who calls.
    Call {
        /// The call.
        call: CallId,
        /// What the code proves.
        way: Way,
        /// Where it goes.
        address: Address,
        /// The language of the message.
        language: Language,
    },
    /// Confirms that an account is deleted.
    Delete {
        /// The account.
        account: AccountId,
        /// Where the code went.
        address: Address,
        /// The language of the message.
        language: Language,
    },
}

/// A code that signs in at an address; nobody, where it has no account.
pub(crate) async fn signing_in(
    app: &App,
    address: Address,
    language: Language,
) -> Result<Awaiting, Problem> {
    let account = find(app, &address).await?;
    let Some(id) = account else {
        let to = address.clone();
        return Ok(Awaiting::SignIn { account, address, to, language });
    };
    let kept = app.store.account(id).await?;
    let language = kept.map_or(language, |kept| kept.language);
    let contacts = app.store.account_contacts(id).await?;
    let same = |kept: &Address| kept.canonical() == address.canonical();
    let to = contacts.into_iter().map(|contact| contact.address).find(same);
    let to = to.ok_or(Problem::of(ProblemCode::Unavailable))?;
    Ok(Awaiting::SignIn { account, address, to, language })
}

/// By which form a code came about: a code typed into another form is a wrong code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Register,
    SignIn,
    AddContact,
    ProveLine,
    Call,
    Delete,
}

impl Form {
    const fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignIn => "sign-in",
            Self::AddContact => "add-contact",
            Self::ProveLine => "prove-line",
            Self::Call => "call",
            Self::Delete => "delete",
        }
    }
}

impl Awaiting {
    /// Where the code goes, and in which language.
    const fn recipient(&self) -> (&Address, Language) {
        match self {
            Self::SignIn { to, language, .. } => (to, *language),
            Self::Register { address, language, .. }
            | Self::AddContact { address, language, .. }
            | Self::ProveLine { address, language, .. }
            | Self::Call { address, language, .. }
            | Self::Delete { address, language, .. } => (address, *language),
        }
    }

    /// The address that was named.
    const fn address(&self) -> &Address {
        match self {
            Self::Register { address, .. }
            | Self::SignIn { address, .. }
            | Self::AddContact { address, .. }
            | Self::ProveLine { address, .. }
            | Self::Call { address, .. }
            | Self::Delete { address, .. } => address,
        }
    }

    /// The account it belongs to already.
    const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Register { .. } | Self::Call { .. } => None,
            Self::SignIn { account, .. } => *account,
            Self::AddContact { account, .. }
            | Self::ProveLine { account, .. }
            | Self::Delete { account, .. } => Some(*account),
        }
    }

    /// Whether there is somebody to send it to.
    const fn is_sent(&self) -> bool {
        !matches!(self, Self::SignIn { account: None, .. })
    }
}

/// What a code is kept under: the form, the address, and who asks while signed in.
pub(crate) fn subject(
    app: &App,
    form: Form,
    address: &Address,
    account: Option<AccountId>,
) -> Digest {
    let account = account.map(|account| account.to_string()).unwrap_or_default();
    let said = format!("{}\n{account}\n{}", form.code(), address.canonical());
    Seal(&app.keys.secrets).digest("code-subject", &said)
}

fn digest(app: &App, subject: &Digest, code: &str) -> Digest {
    let said = format!("{}\n{code}", URL_SAFE_NO_PAD.encode(subject));
    Seal(&app.keys.secrets).digest("code", &said)
}

/// Sends a code to somebody who is not signed in: the answer neither waits for the sending nor tells
/// whether there is any.
pub(crate) async fn send_to_stranger(
    app: &App,
    form: Form,
    awaiting: &Awaiting,
    visitor: &Visitor,
) -> Result<Challenge, Problem> {
    limits::count(app, SEND_NETWORK, &visitor.network).await?;
    let address = awaiting.address();
    messages::count(app, address).await?;
    let subject = subject(app, form, address, None);
    let (challenge, code) = keep(app, subject, awaiting).await?;
    send_aside(app, awaiting, &code);
    Ok(challenge)
}

/// Sends a code to somebody who is signed in, and says so if it could not be sent.
pub(crate) async fn send_to_account(
    app: &App,
    form: Form,
    awaiting: &Awaiting,
) -> Result<Challenge, Problem> {
    let (address, language) = awaiting.recipient();
    messages::count(app, address).await?;
    let subject = subject(app, form, address, awaiting.account());
    let (challenge, code) = keep(app, subject, awaiting).await?;
    let message = match awaiting {
        Awaiting::Call { .. } => messages::with_call_code(app, address, language, &code),
        Awaiting::Register { .. }
        | Awaiting::SignIn { .. }
        | Awaiting::AddContact { .. }
        | Awaiting::ProveLine { .. }
        | Awaiting::Delete { .. } => messages::with_code(app, address, language, &code),
    };
    notices::send_code(app, &message).await?;
    Ok(challenge)
}

/// Sends another code for the same; the one before is no longer good.
pub async fn again(app: &App, challenge: &str, visitor: &Visitor) -> Result<Challenge, Problem> {
    limits::count(app, SEND_NETWORK, &visitor.network).await?;
    let over = || Problem::of(ProblemCode::CodeExpired).in_field("code");
    let subject = subject_of(challenge).ok_or_else(over)?;
    let kept = app.store.kept_code(&subject).await?.ok_or_else(over)?;
    let awaiting = read(&kept.awaiting)?;
    messages::count(app, awaiting.address()).await?;
    let (challenge, code) = keep(app, subject, &awaiting).await?;
    send_aside(app, &awaiting, &code);
    Ok(challenge)
}

fn send_aside(app: &App, awaiting: &Awaiting, code: &str) {
    let (to, language) = awaiting.recipient();
    if awaiting.is_sent() {
        messages::send_code_aside(app, messages::with_code(app, to, language, code));
    }
}

async fn keep(
    app: &App,
    subject: Digest,
    awaiting: &Awaiting,
) -> Result<(Challenge, String), Problem> {
    let code = spell_code(app.randomness.bits());
    let now = app.now();
    let expires_at = now.plus_seconds(CODE_SECONDS);
    let address = awaiting.address();
    let kept = StoredCode {
        subject,
        code: KeptCode { digest: digest(app, &subject, &code), expires_at, tries: 0 },
        account: awaiting.account(),
        address: Some(address_key(app, address)),
        awaiting: serde_json::to_string(awaiting).map_err(|error| unreadable(&error))?,
    };
    app.store.keep_code(kept, now).await?;
    let id = URL_SAFE_NO_PAD.encode(subject);
    Ok((Challenge { id, sent_to: address.masked(), expires_at }, code))
}

/// Tries a code. What awaited it is returned once.
pub(crate) async fn open(app: &App, subject: Digest, typed: &str) -> Result<Awaiting, Problem> {
    let typed: String = typed.chars().filter_map(|c| c.to_digit(10)).map(digit).collect();
    let tried = digest(app, &subject, &typed);
    match app.store.try_code(&subject, &tried, app.now()).await? {
        (CodeAnswer::Right, Some(awaiting)) => read(&awaiting),
        (CodeAnswer::Wrong, _) => Err(Problem::of(ProblemCode::CodeWrong).in_field("code")),
        (CodeAnswer::Right | CodeAnswer::Over, _) => {
            Err(Problem::of(ProblemCode::CodeExpired).in_field("code"))
        }
    }
}

/// Tries a code by the name of its attempt.
pub(crate) async fn open_challenge(
    app: &App,
    challenge: &str,
    code: &str,
    visitor: &Visitor,
) -> Result<Awaiting, Problem> {
    limits::count(app, SIGN_IN_NETWORK, &visitor.network).await?;
    let over = || Problem::of(ProblemCode::CodeExpired).in_field("code");
    open(app, subject_of(challenge).ok_or_else(over)?, code).await
}

/// The subject that a challenge names.
pub(crate) fn subject_of(challenge: &str) -> Option<Digest> {
    URL_SAFE_NO_PAD.decode(challenge.trim()).ok()?.try_into().ok()
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}

fn read(awaiting: &str) -> Result<Awaiting, Problem> {
    serde_json::from_str(awaiting).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> Problem {
    let mut problem = Problem::of(ProblemCode::Internal);
    problem.cause = Some(format!("a kept code at column {}", error.column()));
    problem
}
