//! The adapter of the stand-in provider, crate `farline-sandbox`, whose README states every shape. It goes the way a
//! real provider's adapter goes: over HTTP, with keys, echoes and signed webhooks.

mod disputes;
mod keeping;
mod shapes;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::payment::{
    Answered, ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest, CheckoutState,
    DisputedPayment, PaymentProvider, PaymentUnknown, ProviderMode, RefundRequest, RefundState,
    SetupRequest, SetupState, WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::Instant;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Url};
use serde::de::DeserializeOwned;

use super::answer::{self, Answer, Objection};
use super::signature;
use shapes::{Checkout, CreateRefund, List, OpenCheckout, Problem, ProblemDetail, Refund};

/// The adapter's name.
const NAME: &str = "sandbox";

/// The header a webhook's signature stands in.
const SIGNATURE_HEADER: &str = "Farline-Sandbox-Signature";

/// Statuses and codes after which there is certainly no page, and no charge.
const CHECKOUT_FINALS: &[(u16, &str)] = &[(400, "invalid_request"), (413, "body_too_large")];

/// Statuses and codes after which there is certainly no refund under this key.
const REFUND_FINALS: &[(u16, &str)] = &[
    (400, "invalid_request"),
    (404, "not_found"),
    (413, "body_too_large"),
    (422, "payment_disputed"),
    (422, "payment_not_captured"),
    (422, "refund_exceeds_payment"),
];

/// The key was used before with other bytes: something may stand under it, so this is never a refusal.
const KEY_USED: (u16, &str) = (409, "idempotency_error");

/// There is no such object.
const NOT_FOUND: (u16, &str) = (404, "not_found");

/// The checkout was paid before it could be ended.
const PAID_FIRST: (u16, &str) = (409, "checkout_complete");

/// How the stand-in is reached. Not shown by `Debug`, as it holds two secrets.
#[derive(Clone)]
pub struct SandboxSettings {
    /// The server's prefix, for example `http://127.0.0.1:8080/sandbox`; plain `http` only.
    pub base_url: String,
    /// The bearer token of its machine API.
    pub api_key: String,
    /// The key of its webhooks' signatures.
    pub webhook_secret: String,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SandboxSettingsError {
    /// The base address is not a plain http address, or has a user, a query or a fragment.
    #[error("the sandbox's base address must be an http address without user, query or fragment")]
    BaseUrl,
    /// The key or the secret is empty.
    #[error("the sandbox's API key and webhook secret must not be empty")]
    EmptySecret,
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

/// Takes payments at the stand-in provider.
pub struct SandboxProvider {
    base_url: Url,
    api_key: String,
    webhook_secret: String,
    client: Client,
}

impl SandboxProvider {
    /// Checks the settings; connects only when there is something to ask.
    pub fn new(settings: SandboxSettings) -> Result<Self, SandboxSettingsError> {
        let base_url = Url::parse(&settings.base_url).ok().filter(is_plain);
        let base_url = base_url.ok_or(SandboxSettingsError::BaseUrl)?;
        if settings.api_key.is_empty() || settings.webhook_secret.is_empty() {
            return Err(SandboxSettingsError::EmptySecret);
        }
        let client = client(settings.answer_within).map_err(SandboxSettingsError::Client)?;
        let SandboxSettings { api_key, webhook_secret, .. } = settings;
        Ok(Self { base_url, api_key, webhook_secret, client })
    }

    fn address(&self, segments: &[&str]) -> Url {
        let mut url = self.base_url.clone();
        // An http address always has a path. Each segment is escaped, whatever is in it.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("v1").extend(segments);
        }
        url
    }

    fn get(&self, segments: &[&str]) -> RequestBuilder {
        self.client.get(self.address(segments)).bearer_auth(&self.api_key)
    }

    fn post(&self, segments: &[&str]) -> RequestBuilder {
        self.client.post(self.address(segments)).bearer_auth(&self.api_key)
    }

    fn delete(&self, segments: &[&str]) -> RequestBuilder {
        self.client.delete(self.address(segments)).bearer_auth(&self.api_key)
    }

    /// The newest object under our reference that `fits`; unknown when there is none.
    async fn made_before<T: DeserializeOwned>(
        &self,
        kind: &str,
        reference: &str,
        fits: impl Fn(&T) -> bool,
    ) -> Result<T, PaymentUnknown> {
        let list: List<T> = read(self.get(&[kind]).query(&[("reference", reference)])).await?;
        let none = || PaymentUnknown("the key was used for something else".to_owned());
        list.data.into_iter().find(fits).ok_or_else(none)
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for SandboxProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SandboxProvider").finish_non_exhaustive()
    }
}

fn is_plain(url: &Url) -> bool {
    url.scheme() == "http"
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}

/// A client that follows no redirect and knows no proxy, so that the key goes to the stand-in only. It insists on a
/// TLS set-up although only http is let in; one without any trusted root needs no certificates on the machine.
fn client(answer_within: Duration) -> Result<Client, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .no_proxy()
        .timeout(answer_within)
        .build()
        .map_err(|error| error.to_string())
}

/// Asks where only a success counts.
async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, PaymentUnknown> {
    match answer::ask(request).await? {
        Answer::Success(body) => answer::read(&body),
        Answer::Objection(objection) => Err(objection.unknown()),
    }
}

/// The stand-in's own words in an objection.
fn problem(objection: &Objection) -> Result<ProblemDetail, PaymentUnknown> {
    let problem: Problem =
        serde_json::from_slice(&objection.body).map_err(|_| objection.unknown())?;
    Ok(problem.error)
}

#[async_trait]
impl PaymentProvider for SandboxProvider {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mode(&self) -> ProviderMode {
        ProviderMode::Sandbox
    }

    async fn probe(&self) -> Result<(), PaymentUnknown> {
        let call = self.get(&["refunds"]).query(&[("reference", "probe")]);
        read(call).await.map(|_: List<Refund>| ())
    }

    async fn checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        let call = self
            .post(&["checkouts"])
            .header("Idempotency-Key", format!("checkout-{}", request.order))
            .json(&OpenCheckout::of(request));
        let objection = match answer::ask(call).await? {
            Answer::Success(body) => {
                return answer::read::<Checkout>(&body)?.page(request).map(Ok);
            }
            Answer::Objection(objection) => objection,
        };
        let ProblemDetail { code, message } = problem(&objection)?;
        if (objection.status, code.as_str()) == KEY_USED {
            // Asked for this order before with other words; the page that was made then is the page.
            let fits = |checkout: &Checkout| checkout.is_for(request);
            let checkout = self.made_before("checkouts", &request.order, fits).await?;
            return checkout.page(request).map(Ok);
        }
        let refusal = objection.refusal(&code, &message, CHECKOUT_FINALS);
        refusal.map(Err).ok_or_else(|| objection.unknown())
    }

    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        read::<Checkout>(self.get(&["checkouts", checkout])).await?.state(checkout)
    }

    async fn expire_checkout(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        // Without a key: ending again changes nothing, and a kept answer would be an old state.
        let call = self.post(&["checkouts", checkout, "expire"]);
        match answer::ask(call).await? {
            Answer::Success(body) => answer::read::<Checkout>(&body)?.state(checkout),
            Answer::Objection(objection) => {
                let detail = problem(&objection)?;
                if (objection.status, detail.code.as_str()) == PAID_FIRST {
                    return self.checkout_state(checkout).await;
                }
                Err(objection.unknown())
            }
        }
    }

    async fn refund(
        &self,
        request: &RefundRequest,
    ) -> Result<Answered<RefundState>, PaymentUnknown> {
        let call = self
            .post(&["refunds"])
            .header("Idempotency-Key", &request.key)
            .json(&CreateRefund::of(request));
        let objection = match answer::ask(call).await? {
            Answer::Success(body) => {
                let refund: Refund = answer::read(&body)?;
                return if refund.is_for(request) {
                    Ok(Ok(refund.state()))
                } else {
                    Err(answer::unsound())
                };
            }
            Answer::Objection(objection) => objection,
        };
        let ProblemDetail { code, message } = problem(&objection)?;
        if (objection.status, code.as_str()) == KEY_USED {
            let fits = |refund: &Refund| refund.is_for(request);
            return Ok(Ok(self.made_before("refunds", &request.key, fits).await?.state()));
        }
        let refusal = objection.refusal(&code, &message, REFUND_FINALS);
        refusal.map(Err).ok_or_else(|| objection.unknown())
    }

    async fn refund_state(&self, refund: &str) -> Result<RefundState, PaymentUnknown> {
        let answered: Refund = read(self.get(&["refunds", refund])).await?;
        if answered.has_id(refund) { Ok(answered.state()) } else { Err(answer::unsound()) }
    }

    fn keeps_methods(&self) -> bool {
        true
    }

    async fn set_up(
        &self,
        request: &SetupRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        self.open_setup(request).await
    }

    async fn setup_state(
        &self,
        setup: &str,
        key: &str,
    ) -> Result<Answered<SetupState>, PaymentUnknown> {
        self.read_setup(setup, key).await.map(Ok)
    }

    async fn charge(
        &self,
        request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        self.take(request).await
    }

    async fn forget_method(
        &self,
        _customer: &str,
        method: &str,
    ) -> Result<Answered<()>, PaymentUnknown> {
        self.forget(method).await
    }

    async fn dispute(&self, dispute: &str) -> Result<Answered<DisputedPayment>, PaymentUnknown> {
        self.read_dispute(dispute).await
    }

    fn webhook(
        &self,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        now: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        let given = header(SIGNATURE_HEADER).ok_or(WebhookRefusal::Signature)?;
        signature::verify(std::slice::from_ref(&self.webhook_secret), &given, body, now)?;
        shapes::hint(body)
    }
}
