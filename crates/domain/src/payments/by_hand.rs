//! Money that a member of the staff takes outside of any provider: cash, or a transfer that they saw arrive.

use super::{Capture, PaymentMethod};
use crate::hotline::holds_bank_card;
use crate::kernel::{Instant, Money};
use serde::{Deserialize, Serialize};

/// What stands in place of a provider's name. No adapter has it: nobody can be asked.
const NOBODY: &str = "by-hand";
/// The fewest signs of a reference.
const FEWEST: usize = 3;
/// The most signs of a reference: a transfer of WeChat has 28 to 32.
const MOST: usize = 40;
/// Runs of digits longer than any bank card's number.
const LONGER_THAN_A_CARD: usize = 20;

/// How money is taken without a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManualMethod {
    /// Notes and coins.
    Cash,
    /// An Interac e-Transfer to the business's bank account.
    Interac,
    /// A transfer within WeChat, which is not a payment at WeChat Pay.
    Wechat,
}

impl ManualMethod {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Cash, Self::Interac, Self::Wechat];

    /// The word stored, and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Interac => "interac",
            Self::Wechat => "wechat",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == word)
    }

    /// The same as a way to pay.
    pub const fn payment_method(self) -> PaymentMethod {
        match self {
            Self::Cash => PaymentMethod::Cash,
            Self::Interac => PaymentMethod::Interac,
            Self::Wechat => PaymentMethod::WechatTransfer,
        }
    }
}

impl PaymentMethod {
    /// How it was taken by hand, if it was.
    pub const fn by_hand(self) -> Option<ManualMethod> {
        match self {
            Self::Cash => Some(ManualMethod::Cash),
            Self::Interac => Some(ManualMethod::Interac),
            Self::WechatTransfer => Some(ManualMethod::Wechat),
            Self::Credit
            | Self::Debit
            | Self::Card
            | Self::Paypal
            | Self::Alipay
            | Self::WechatPay
            | Self::Other
            | Self::LineCredit
            | Self::PartnerAccount
            | Self::Marketplace => None,
        }
    }
}

/// What names a movement of money on a statement or in a receipt book: capital letters and digits alone, so that the same
/// reference typed with spaces, hyphens or small letters is the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ManualReference(String);

/// Why something is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManualReferenceError {
    /// Too little is left of it, or too much.
    #[error("a reference has {FEWEST} to {MOST} letters and digits")]
    Length,
    /// It looks like the number of a bank card, which is never kept.
    #[error("this looks like the number of a bank card")]
    BankCard,
}

impl ManualReference {
    /// Reads what was typed.
    ///
    /// # Errors
    /// When too little or too much is left of it, or when it looks like a bank card's number.
    pub fn parse(text: &str) -> Result<Self, ManualReferenceError> {
        let kept: String = text.chars().map(narrow).filter(|sign| sign.is_alphanumeric()).collect();
        let kept = kept.to_uppercase();
        if !(FEWEST..=MOST).contains(&kept.chars().count()) {
            return Err(ManualReferenceError::Length);
        }
        // A long number has so many runs in it that some would pass a card's check by chance.
        let digits = kept.chars().filter(char::is_ascii_digit).count();
        if digits < LONGER_THAN_A_CARD && holds_bank_card(&kept) {
            return Err(ManualReferenceError::BankCard);
        }
        Ok(Self(kept))
    }

    /// As kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Full-width letters and digits as people type them in Chinese.
fn narrow(sign: char) -> char {
    let is_wide = ('\u{ff01}'..='\u{ff5e}').contains(&sign);
    let narrowed = u32::from(sign).checked_sub(0xfee0).filter(|_| is_wide);
    narrowed.and_then(char::from_u32).unwrap_or(sign)
}

impl From<ManualReference> for String {
    fn from(reference: ManualReference) -> Self {
        reference.0
    }
}

impl TryFrom<String> for ManualReference {
    type Error = ManualReferenceError;
    fn try_from(text: String) -> Result<Self, ManualReferenceError> {
        Self::parse(&text)
    }
}

/// How money passed from hand to hand, and what names that.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ByHand {
    /// How.
    pub method: ManualMethod,
    /// What names it.
    pub reference: ManualReference,
}

impl ByHand {
    /// What stands for it where a provider's id of a payment or of a refund would: unlike any other order's.
    pub fn id(&self) -> String {
        format!("{}:{}", self.method.code(), self.reference.0)
    }

    /// Reads that.
    pub fn read(id: &str) -> Option<Self> {
        let (method, reference) = id.split_once(':')?;
        let reference = ManualReference::parse(reference).ok()?;
        Some(Self { method: ManualMethod::parse(method)?, reference })
    }

    /// The payment that was taken so.
    pub fn capture(&self, amount: Money, at: Instant) -> Capture {
        Capture {
            provider: NOBODY.to_owned(),
            payment: self.id(),
            amount,
            method: self.method.payment_method(),
            at,
        }
    }
}

impl Capture {
    /// How it was taken by hand, if it was: then no provider can be asked about it.
    pub fn by_hand(&self) -> Option<ByHand> {
        self.method.by_hand().and_then(|_| ByHand::read(&self.payment))
    }
}

#[cfg(test)]
mod tests {
    use super::{ByHand, ManualMethod, ManualReference, ManualReferenceError};
    use crate::kernel::{Instant, Money};

    #[test]
    fn a_reference_is_the_same_however_it_is_typed() {
        use ManualReferenceError::{BankCard, Length};
        let table = [
            ("C1A2b3 c4", Ok("C1A2B3C4")),
            (" receipt-book 17 ", Ok("RECEIPTBOOK17")),
            ("ｃ１Ａ２", Ok("C1A2")),
            ("收据 17", Ok("收据17")),
            ("1000 0500 0120 2611 2901 4242 4242 42", Ok("100005000120261129014242424242")),
            ("7", Err(Length)),
            ("- -", Err(Length)),
            ("4242 4242 4242 4242", Err(BankCard)),
            ("card 4242-4242-4242-4242", Err(BankCard)),
        ];
        for (text, expected) in table {
            let found = ManualReference::parse(text);
            assert_eq!(
                found.as_ref().map(ManualReference::as_str),
                expected.as_ref().map(|it| *it)
            );
        }
        assert_eq!(ManualReference::parse(&"9".repeat(41)), Err(Length));
    }

    #[test]
    fn a_payment_by_hand_says_so_itself() {
        for method in ManualMethod::ALL {
            let reference = ManualReference::parse("CA-42").unwrap();
            let by_hand = ByHand { method, reference };
            let capture = by_hand.capture(Money::cad(3390), Instant::from_millis(0));
            assert_eq!(capture.by_hand(), Some(by_hand));
            assert_eq!(ManualMethod::parse(method.code()), Some(method));
        }
    }
}
