//! What can go wrong, by stable code. Channels word a problem in the caller's language, and always
//! say whether money moved.

use crate::ports::StoreError;
use farline_domain::catalog::PricingRefusal;
use farline_domain::commands::Refusal;
use farline_domain::kernel::{Instant, NumberError};
use farline_domain::lines::RenewalRefusal;
use farline_domain::staff::Deed;

/// The family of a problem: it decides the HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The request cannot be read: 400.
    Unreadable,
    /// Not signed in, or not with what it takes: 401.
    Unauthorized,
    /// Signed in, but not allowed: 403.
    Forbidden,
    /// No such thing, or none for this caller: 404.
    NotFound,
    /// The method is not for this address: 405.
    MethodNotAllowed,
    /// It contradicts what stands: 409.
    Conflict,
    /// It was valid once: 410.
    Gone,
    /// The body is too large: 413.
    TooLarge,
    /// The body is of another media type: 415.
    MediaType,
    /// Readable, but a value is wrong: 422.
    Invalid,
    /// Too often: 429.
    TooMany,
    /// Our fault: 500.
    Internal,
    /// Someone we need does not answer: 503.
    Unavailable,
}

macro_rules! problem_codes {
    ($($variant:ident $code:literal $kind:ident;)*) => {
        /// A stable code. Its texts are `problem-{code}` and `problem-{code}-detail`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemCode {
            $(#[doc = $code] $variant,)*
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code's text.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The family it belongs to.
            pub const fn kind(self) -> ProblemKind {
                match self { $(Self::$variant => ProblemKind::$kind,)* }
            }
        }
    };
}

problem_codes! {
    NumberEmpty "number-empty" Invalid;
    NumberTooShort "number-too-short" Invalid;
    NumberTooLong "number-too-long" Invalid;
    NumberNotDigits "number-not-digits" Invalid;
    NumberNotPossible "number-not-possible" Invalid;
    NumberCheckDigit "number-check-digit" Invalid;
    UnknownLine "unknown-line" NotFound;
    UnknownPlan "unknown-plan" Invalid;
    PlanNotForLine "plan-not-for-line" Invalid;
    PlanNotSold "plan-not-sold" Invalid;
    SupplierPaused "supplier-paused" Unavailable;
    PromotionUnknown "promotion-unknown" Invalid;
    PromotionDoesNotApply "promotion-does-not-apply" Invalid;
    PromotionNotYet "promotion-not-yet" Invalid;
    PromotionOver "promotion-over" Invalid;
    PromotionOtherHours "promotion-other-hours" Invalid;
    PromotionFirstRenewal "promotion-first-renewal" Invalid;
    PromotionSignIn "promotion-sign-in" Invalid;
    PromotionNotCombined "promotion-not-combined" Invalid;
    PromotionUsedUp "promotion-used-up" Conflict;
    PromotionTaken "promotion-taken" Conflict;
    ProvinceUnknown "province-unknown" Invalid;
    ProvinceNeeded "province-needed" Invalid;
    NoTaxKnown "no-tax-known" Invalid;
    QuoteExpired "quote-expired" Conflict;
    QuoteNotFound "quote-not-found" Invalid;
    RenewalInProgress "renewal-in-progress" Conflict;
    RenewalAwaitsPayment "renewal-awaits-payment" Conflict;
    RenewedMeanwhile "renewed-meanwhile" Conflict;
    LineClosed "line-closed" Conflict;
    NoPlanInService "no-plan-in-service" Conflict;
    NotEnoughCredit "not-enough-credit" Conflict;
    CreditFrozen "credit-frozen" Conflict;
    ContactNeeded "contact-needed" Invalid;
    EmailInvalid "email-invalid" Invalid;
    PhoneInvalid "phone-invalid" Invalid;
    LanguageUnknown "language-unknown" Invalid;
    WrongState "wrong-state" Conflict;
    AlreadySent "already-sent" Conflict;
    TooLate "too-late" Conflict;
    PlanBegun "plan-begun" Conflict;
    PlanBuiltUpon "plan-built-upon" Conflict;
    NetworkDecides "network-decides" Conflict;
    TooManyRequests "too-many-requests" TooMany;
    SignInFirst "sign-in-first" Unauthorized;
    StaffSignInFailed "staff-sign-in-failed" Unauthorized;
    TotpWrong "totp-wrong" Invalid;
    PasskeyFailed "passkey-failed" Unauthorized;
    PasskeyNotAdded "passkey-not-added" Invalid;
    SignInAgain "sign-in-again" Conflict;
    NameTaken "name-taken" Conflict;
    LastManager "last-manager" Conflict;
    PayOnPage "pay-on-page" Conflict;
    PaymentProviderUnavailable "payment-provider-unavailable" Unavailable;
    ShopUnknown "shop-unknown" NotFound;
    ShopIsRead "shop-is-read" Conflict;
    BoughtUnknown "bought-unknown" NotFound;
    VoucherUsed "voucher-used" Gone;
    VoucherRevoked "voucher-revoked" Gone;
    VoucherBatchTaken "voucher-batch-taken" Conflict;
    ShopUnavailable "shop-unavailable" Unavailable;
    IdempotencyKeyMissing "idempotency-key-missing" Unreadable;
    IdempotencyKeyInvalid "idempotency-key-invalid" Unreadable;
    IdempotencyKeyReused "idempotency-key-reused" Invalid;
    RequestRunning "request-running" Conflict;
    Unauthorized "unauthorized" Unauthorized;
    Forbidden "forbidden" Forbidden;
    NotFound "not-found" NotFound;
    MethodNotAllowed "method-not-allowed" MethodNotAllowed;
    BodyTooLarge "body-too-large" TooLarge;
    BodyUnreadable "body-unreadable" Unreadable;
    FieldMissing "field-missing" Invalid;
    FieldInvalid "field-invalid" Invalid;
    UnsupportedMediaType "unsupported-media-type" MediaType;
    Internal "internal" Internal;
    Unavailable "unavailable" Unavailable;
    Timeout "timeout" Unavailable;
    CodeWrong "code-wrong" Invalid;
    CodeExpired "code-expired" Invalid;
    SignInFailed "sign-in-failed" Unauthorized;
    ProofFailed "proof-failed" Invalid;
    PasswordTooShort "password-too-short" Invalid;
    PasswordCommon "password-common" Invalid;
    TermsNotConfirmed "terms-not-confirmed" Invalid;
    LinkExpired "link-expired" Gone;
    Csrf "csrf" Forbidden;
    CapsTooLow "caps-too-low" Invalid;
    TriggerDoesNotFit "trigger-does-not-fit" Invalid;
    MethodNotUsable "method-not-usable" Conflict;
    ConsentMissing "consent-missing" Invalid;
    ChargedBack "charged-back" Conflict;
    RefundTooLarge "refund-too-large" Invalid;
    ConsentOutdated "consent-outdated" Conflict;
    PaymentUnderWay "payment-under-way" Conflict;
    NotTheTotal "not-the-total" Invalid;
    AboveLimit "above-limit" Forbidden;
    ManualAboveLimit "manual-above-limit" Forbidden;
    PartnerAboveLimit "partner-above-limit" Forbidden;
    ReferenceUsed "reference-used" Conflict;
    ReferenceInvalid "reference-invalid" Invalid;
    CallOver "call-over" Conflict;
    NotVerified "not-verified" Forbidden;
    LinkNotSent "link-not-sent" Unavailable;
    TermsNotSent "terms-not-sent" Conflict;
    HoldsBankCard "holds-bank-card" Invalid;
    OwnRequest "own-request" Forbidden;
    RequestDecided "request-decided" Conflict;
    RequestLapsed "request-lapsed" Conflict;
    OrderChanged "order-changed" Conflict;
    PlanChanged "plan-changed" Conflict;
    PriceSame "price-same" Invalid;
    PricePast "price-past" Invalid;
    PriceAfterSale "price-after-sale" Invalid;
    SoldElsewhere "sold-elsewhere" Conflict;
    AccountUsedUp "account-used-up" Conflict;
    PartnerStopped "partner-stopped" Forbidden;
    PriceAboveMost "price-above-most" Conflict;
    CallbackRefused "callback-refused" Invalid;
    TooManyKeys "too-many-keys" Conflict;
}

/// What is known about money when something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyWord {
    /// No money moved.
    No,
    /// Money moved.
    Yes,
    /// Not known yet.
    Unknown,
}

/// A problem, ready to be worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which.
    pub code: ProblemCode,
    /// Whether money moved.
    pub money: MoneyWord,
    /// The field it is about, by its name in the request.
    pub field: Option<&'static str>,
    /// What the caller's roles would have to allow.
    pub deed: Option<Deed>,
    /// When it is worth trying again.
    pub retry_at: Option<Instant>,
    /// The same, in seconds from now.
    pub retry_after_seconds: Option<i64>,
    /// For the log: what happened inside. Never shown, and never with personal data.
    pub cause: Option<String>,
}

impl Problem {
    /// A payment provider that cannot be asked now, with what is behind it for the log.
    pub fn provider_unavailable(cause: impl std::fmt::Display) -> Self {
        let mut problem = Self::of(ProblemCode::PaymentProviderUnavailable);
        problem.cause = Some(cause.to_string());
        problem
    }

    /// A problem before any money moved.
    pub const fn of(code: ProblemCode) -> Self {
        Self {
            code,
            money: MoneyWord::No,
            field: None,
            deed: None,
            retry_at: None,
            retry_after_seconds: None,
            cause: None,
        }
    }

    /// Signed in at the desk, but without a role that may do this.
    pub const fn not_allowed(deed: Deed) -> Self {
        let mut problem = Self::of(ProblemCode::Forbidden);
        problem.deed = Some(deed);
        problem
    }

    /// The same, about a field of the request.
    #[must_use]
    pub const fn in_field(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// The same, with what is known about money.
    #[must_use]
    pub const fn money(mut self, money: MoneyWord) -> Self {
        self.money = money;
        self
    }

    /// Too many requests, until an instant.
    pub const fn too_many(retry_at: Instant, now: Instant) -> Self {
        let mut problem = Self::of(ProblemCode::TooManyRequests);
        problem.retry_at = Some(retry_at);
        // Rather a second later than too early.
        problem.retry_after_seconds = Some(retry_at.millis_since(now) / 1000 + 1);
        problem
    }
}

impl From<NumberError> for Problem {
    fn from(error: NumberError) -> Self {
        Self::of(match error {
            NumberError::Empty => ProblemCode::NumberEmpty,
            NumberError::TooShort => ProblemCode::NumberTooShort,
            NumberError::TooLong => ProblemCode::NumberTooLong,
            NumberError::NotDigits => ProblemCode::NumberNotDigits,
            NumberError::NotPossible => ProblemCode::NumberNotPossible,
            NumberError::CheckDigit => ProblemCode::NumberCheckDigit,
        })
    }
}

impl From<PricingRefusal> for Problem {
    fn from(refusal: PricingRefusal) -> Self {
        Self::of(match refusal {
            PricingRefusal::NoTaxKnown => ProblemCode::NoTaxKnown,
            PricingRefusal::Money(_) => ProblemCode::Internal,
        })
    }
}

impl From<RenewalRefusal> for Problem {
    fn from(refusal: RenewalRefusal) -> Self {
        Self::of(match refusal {
            RenewalRefusal::Closed => ProblemCode::LineClosed,
            RenewalRefusal::NoPlanInService => ProblemCode::NoPlanInService,
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::of(match refusal {
            Refusal::NoSuchOrder | Refusal::NoSuchPayment => ProblemCode::NotFound,
            Refusal::QuoteExpired => ProblemCode::QuoteExpired,
            Refusal::RenewalInProgress => ProblemCode::RenewalInProgress,
            Refusal::RenewedMeanwhile => ProblemCode::RenewedMeanwhile,
            // Nobody outside asks for the start of a plan.
            Refusal::WrongState(_)
            | Refusal::NoSuchRefund
            | Refusal::StartsAtExpiry
            | Refusal::DataLeft => ProblemCode::WrongState,
            Refusal::SoldElsewhere => ProblemCode::SoldElsewhere,
            Refusal::AlreadySent => ProblemCode::AlreadySent,
            Refusal::TooLate => ProblemCode::TooLate,
            Refusal::HasBegun => ProblemCode::PlanBegun,
            Refusal::BuiltUpon => ProblemCode::PlanBuiltUpon,
            Refusal::OfSupplier => ProblemCode::NetworkDecides,
            Refusal::ChargedBack => ProblemCode::ChargedBack,
            Refusal::MoreThanLeft(_) => ProblemCode::RefundTooLarge,
            Refusal::PaymentUnderWay => ProblemCode::PaymentUnderWay,
            Refusal::NotTheTotal(_) => ProblemCode::NotTheTotal,
            Refusal::AboveLimit(_) => ProblemCode::AboveLimit,
            Refusal::NotRenewable(refusal) => return refusal.into(),
            Refusal::NotEnough => ProblemCode::NotEnoughCredit,
            Refusal::CreditFrozen => ProblemCode::CreditFrozen,
            Refusal::CapsTooLow => ProblemCode::CapsTooLow,
            Refusal::TriggerDoesNotFit => ProblemCode::TriggerDoesNotFit,
            Refusal::Units(_) | Refusal::Money(_) | Refusal::NotOfThisPayment => {
                ProblemCode::Internal
            }
        })
    }
}

impl From<StoreError> for Problem {
    /// The store did not say yes. Whether a commit took place is not known, so neither is money.
    fn from(error: StoreError) -> Self {
        let mut problem = Self::of(ProblemCode::Unavailable).money(MoneyWord::Unknown);
        problem.cause = Some(error.to_string());
        problem
    }
}
