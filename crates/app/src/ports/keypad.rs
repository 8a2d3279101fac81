//! Whoever carries our calls and takes what callers type of a bank card, so that neither we nor the agent come near it.

use async_trait::async_trait;
use farline_domain::hotline::keypad::{Field, TelephoneCall, Word};
use std::sync::Arc;

/// One question to the carrier about a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeypadRequest {
    /// The call.
    pub telephone: TelephoneCall,
    /// Our key: the same question has the same.
    pub key: String,
    /// Where the carrier is to tell what comes of it.
    pub callback: String,
}

/// What is wanted of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To listen for this.
    Ask(Field),
    /// To have the provider make a token of what was typed. Nothing is charged by that.
    Finish,
    /// To listen no more.
    Cancel,
}

/// The carrier refused: nothing came of the question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the carrier refused: {0}")]
pub struct KeypadRefusal(pub String);

/// No answer, or one that says nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the carrier gave no usable answer: {0}")]
pub struct KeypadUnknown(pub String);

/// An answer of the carrier: done, refused, or unknown.
pub type KeypadAnswer<T> = Result<Result<T, KeypadRefusal>, KeypadUnknown>;

/// A carrier that listens to what callers type, and tells us nothing of it but how far it has come.
#[async_trait]
pub trait KeypadCarrier: Send + Sync {
    /// Begins an entry. Says by which id the carrier knows it.
    async fn open(&self, request: &KeypadRequest) -> KeypadAnswer<String>;

    /// Asks for something about an entry that was begun.
    async fn tell(&self, request: &KeypadRequest, session: &str, wish: Wish) -> KeypadAnswer<()>;

    /// Reads what the carrier tells in a webhook that it has signed; nothing, if that is no word about an entry.
    fn word(&self, form: &[(String, String)]) -> Option<Word>;
}

/// The keypad as it is set up.
#[derive(Clone)]
pub struct KeypadLine {
    /// Who listens.
    pub carrier: Arc<dyn KeypadCarrier>,
    /// The payment provider whose tokens it makes.
    pub provider: String,
}
