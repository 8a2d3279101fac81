//! One call of Stripe's API: where it goes, what it carries, what an objection says, and how lists are looked through.

use farline_app::ports::payment::{Answered, PaymentUnknown};
use reqwest::{Client, RequestBuilder, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::payment::answer::{self, Answer, Objection, unsound};

/// The version whose shapes are read here; without it, Stripe answers in the one that the account was opened under.
const VERSION: &str = "2026-07-29.dahlia";

/// The most pages of a list that are looked through.
const MOST_PAGES: usize = 20;

/// The fields of a form, in Stripe's notation: `metadata[key]`.
pub(super) type Form = Vec<(&'static str, String)>;

/// Stripe's API under one key.
pub(super) struct Api {
    base_url: Url,
    secret_key: String,
    client: Client,
}

impl Api {
    pub(super) fn new(base_url: Url, secret_key: String, client: Client) -> Self {
        Self { base_url, secret_key, client }
    }

    pub(super) fn get(&self, segments: &[&str]) -> RequestBuilder {
        self.with_headers(self.client.get(self.address(segments)))
    }

    pub(super) fn post(&self, segments: &[&str]) -> RequestBuilder {
        self.with_headers(self.client.post(self.address(segments)))
    }

    fn address(&self, segments: &[&str]) -> Url {
        let mut url = self.base_url.clone();
        // An http address always has a path. Each segment is escaped, whatever is in it.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("v1").extend(segments);
        }
        url
    }

    fn with_headers(&self, request: RequestBuilder) -> RequestBuilder {
        request.bearer_auth(&self.secret_key).header("Stripe-Version", VERSION)
    }

    /// The newest object in a list that is wanted, or an objection to the question.
    ///
    /// # Errors
    /// Unknown also when the list is too long to be looked through: what was not seen may be there.
    pub(super) async fn find<T: DeserializeOwned + Listed>(
        &self,
        segments: &[&str],
        filter: &[(&str, &str)],
        wanted: impl Fn(&T) -> bool,
    ) -> Result<Result<Option<T>, Objection>, PaymentUnknown> {
        let mut after: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let place: Vec<_> = after.iter().map(|id| ("starting_after", id.as_str())).collect();
            let call = self.get(segments).query(filter).query(&place);
            let list: List<T> = match answer::ask(call).await? {
                Answer::Success(body) => answer::read(&body)?,
                Answer::Objection(objection) => return Ok(Err(objection)),
            };
            let last = list.data.last().map(|object| object.id().to_owned());
            if let Some(found) = list.data.into_iter().find(&wanted) {
                return Ok(Ok(Some(found)));
            }
            if !list.has_more {
                return Ok(Ok(None));
            }
            after = Some(last.ok_or_else(unsound)?);
        }
        Err(PaymentUnknown("the list is too long to be looked through".to_owned()))
    }
}

/// What stands in a list.
pub(super) trait Listed {
    fn id(&self) -> &str;
}

/// One page of a list, newest first.
#[derive(Deserialize)]
struct List<T> {
    data: Vec<T>,
    has_more: bool,
}

/// Asks where only a success counts.
pub(super) async fn read<T: DeserializeOwned>(
    request: RequestBuilder,
) -> Result<T, PaymentUnknown> {
    match answer::ask(request).await? {
        Answer::Success(body) => answer::read(&body),
        Answer::Objection(objection) => Err(objection.unknown()),
    }
}

/// Stripe's own words in an objection (docs.stripe.com/api/errors).
pub(super) struct Problem {
    /// `invalid_request_error`, `idempotency_error`, …
    pub(super) kind: String,
    /// More exactly what; where Stripe has no code, the kind again.
    pub(super) code: String,
    message: String,
    /// The parameter it is about.
    pub(super) param: Option<String>,
    /// The payment that came of the call all the same.
    pub(super) payment_intent: Option<String>,
}

impl Problem {
    pub(super) fn of(objection: &Objection) -> Result<Self, PaymentUnknown> {
        let body: Body =
            serde_json::from_slice(&objection.body).map_err(|_| objection.unknown())?;
        let Detail { kind, code, message, param, payment_intent } = body.error;
        let payment_intent = payment_intent.map(|intent| intent.id);
        let code = code.unwrap_or_else(|| kind.clone());
        let message = message.unwrap_or_default();
        Ok(Self { kind, code, message, param, payment_intent })
    }

    /// The refusal, when `finals` has the objection's status with this code, and otherwise unknown.
    pub(super) fn refuse<T>(
        &self,
        objection: &Objection,
        finals: &[(u16, &str)],
    ) -> Result<Answered<T>, PaymentUnknown> {
        let refusal = objection.refusal(&self.code, &self.message, finals);
        refusal.map(Err).ok_or_else(|| objection.unknown())
    }
}

#[derive(Deserialize)]
struct Body {
    error: Detail,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(rename = "type")]
    kind: String,
    code: Option<String>,
    message: Option<String>,
    param: Option<String>,
    payment_intent: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}
