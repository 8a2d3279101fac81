//! One way of sending for every supplier, so that none delivers twice: a first sending is believed in all it says; what
//! may have been sent before is looked up first, and then only what stands under our reference counts.

use async_trait::async_trait;
use farline_app::ports::delivery::DeliveryRequest;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::orders::DeliveryRefusal;

/// What is each supplier's own.
#[async_trait]
pub(super) trait Upstream: Send + Sync {
    /// How long after an earlier try that the supplier knows nothing of one is made again, in milliseconds. Nothing,
    /// where the supplier itself makes one of two under the same reference; else until an earlier one has surely ended.
    const SETTLES_AFTER_MS: i64;

    /// Whether the plan is sold here.
    fn sells(&self, plan: &str) -> bool;

    /// Sends once.
    async fn submit(&self, request: &DeliveryRequest) -> Said;

    /// Looks for what stands under our reference.
    async fn find(&self, request: &DeliveryRequest) -> Found;
}

/// What a supplier said to a sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A word about this delivery.
    Answer(DeliveryAnswer),
    /// Something stands under the reference already, or may: it has to be looked up.
    LookUp,
}

/// What stands under a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This.
    Answer(DeliveryAnswer),
    /// The supplier says that it knows of nothing.
    Nothing,
    /// No answer, or one that says nothing.
    Silence,
}

impl Said {
    pub(super) const UNKNOWN: Self = Self::Answer(DeliveryAnswer::Unknown);

    /// Refused: this number, or not for this plan.
    pub(super) const NUMBER: Self =
        Self::Answer(DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted));

    /// Refused: not now, not by this supplier, or not on our account.
    pub(super) const UNAVAILABLE: Self =
        Self::Answer(DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable));
}

/// Sends a delivery, as often as it is asked to, and it is made once.
pub(super) async fn send(upstream: &impl Upstream, request: &DeliveryRequest) -> DeliveryAnswer {
    let is_sold = upstream.sells(&request.plan);
    let Some(sent_at) = request.sent_at else {
        if !is_sold {
            tracing::error!(plan = request.plan, "a plan has no mapping at its supplier");
            return DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable);
        }
        return match upstream.submit(request).await {
            Said::Answer(answer) => answer,
            Said::LookUp => looked_up(upstream, request).await,
        };
    };
    match upstream.find(request).await {
        Found::Answer(answer) => return answer,
        Found::Silence => return DeliveryAnswer::Unknown,
        Found::Nothing => {}
    }
    // An earlier try may still be on its way.
    if !is_sold || request.now.millis_since(sent_at) < upstream_settles(upstream) {
        return DeliveryAnswer::Unknown;
    }
    match upstream.submit(request).await {
        // What is refused now may be refused because the earlier try came through.
        Said::LookUp | Said::Answer(DeliveryAnswer::Refused(_)) => {
            looked_up(upstream, request).await
        }
        Said::Answer(answer) => answer,
    }
}

/// Asks about a delivery. What was delivered and is not any more was taken back.
pub(super) async fn ask(upstream: &impl Upstream, request: &DeliveryRequest) -> DeliveryAnswer {
    match looked_up(upstream, request).await {
        DeliveryAnswer::Refused(_) if request.supplier_reference.is_some() => {
            DeliveryAnswer::Reversed
        }
        answer => answer,
    }
}

const fn upstream_settles<U: Upstream>(_: &U) -> i64 {
    U::SETTLES_AFTER_MS
}

async fn looked_up(upstream: &impl Upstream, request: &DeliveryRequest) -> DeliveryAnswer {
    match upstream.find(request).await {
        Found::Answer(answer) => answer,
        Found::Nothing | Found::Silence => DeliveryAnswer::Unknown,
    }
}

/// Writes down a word of a supplier that a person should hear of. Only words of letters, digits and hyphens are
/// written, as a supplier's own text may hold a number.
pub(super) fn note(supplier: &str, code: &str) {
    let is_word = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'_' || octet == b'-';
    let code = if code.len() <= 80 && code.bytes().all(is_word) { code } else { "(unreadable)" };
    tracing::warn!(supplier, code, "a supplier objects");
}
