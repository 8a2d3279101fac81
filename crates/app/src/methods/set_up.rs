//! Saving a method without buying anything, on the provider's own page.

use crate::ports::payment::{SetupRequest, SetupState};
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode, methods};
use farline_domain::kernel::{AccountId, Instant, Language, SavedMethodId};

/// How long the page can be used, in seconds.
const WITHIN_SECONDS: i64 = 30 * 60;
/// The purpose of the tokens of such pages.
const PURPOSE: &str = "setup";

/// What the address says to which the owner comes back.
struct Setup {
    account: AccountId,
    provider: String,
    nonce: u64,
    until: Instant,
}

impl Setup {
    fn token(&self, app: &App) -> String {
        let Self { account, provider, nonce, until } = self;
        let said = format!("{account}~{provider}~{nonce:016x}~{}", until.millis());
        Seal(&app.keys.tokens).token(PURPOSE, &said)
    }

    fn open(app: &App, token: &str) -> Option<Self> {
        let said = Seal(&app.keys.tokens).said(PURPOSE, token)?;
        let mut parts = said.splitn(4, '~');
        Some(Self {
            account: AccountId::parse(parts.next()?)?,
            provider: parts.next()?.to_owned(),
            nonce: u64::from_str_radix(parts.next()?, 16).ok()?,
            until: Instant::from_millis(parts.next()?.parse().ok()?),
        })
    }

    /// The same for the same token, so that asking again finds the same page.
    fn request(&self, app: &App, language: Language) -> SetupRequest {
        let account = format!("{}/{}/account/methods", app.base_url, language.path());
        SetupRequest {
            key: format!("setup-{}-{:016x}", self.account, self.nonce),
            account: self.account,
            language,
            return_url: format!("{account}/added/{}", self.token(app)),
            cancel_url: account,
            expires_at: self.until,
        }
    }
}

/// The provider's page on which an account saves a method.
pub async fn start(
    app: &App,
    account: AccountId,
    (provider, language): (&str, Language),
) -> Result<String, Problem> {
    let unknown = || Problem::of(ProblemCode::FieldInvalid).in_field("provider");
    let found = app.providers.find(provider).filter(|found| found.keeps_methods());
    let found = found.ok_or_else(unknown)?;
    let until = app.now().plus_seconds(WITHIN_SECONDS);
    let nonce = app.randomness.bits();
    let setup = Setup { account, provider: provider.to_owned(), nonce, until };
    let answer = found.set_up(&setup.request(app, language)).await;
    let page = answer.map_err(Problem::provider_unavailable)?;
    Ok(page.map_err(|refusal| Problem::provider_unavailable(refusal.code))?.url)
}

/// What became of it, when its owner comes back: the method, if one was saved.
pub async fn finish(
    app: &App,
    account: AccountId,
    (token, language): (&str, Language),
) -> Result<Option<SavedMethodId>, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let setup = Setup::open(app, token).filter(|setup| setup.account == account);
    let setup = setup.ok_or_else(not_found)?;
    let provider = app.providers.of(&setup.provider)?;
    let request = setup.request(app, language);
    let page = provider.set_up(&request).await.map_err(Problem::provider_unavailable)?;
    let Ok(page) = page else { return Ok(None) };
    let state = provider.setup_state(&page.id, &request.key).await;
    match state.map_err(Problem::provider_unavailable)? {
        Ok(SetupState::Saved(saved)) => {
            methods::keep(app, account, (provider.name(), saved)).await.map(Some)
        }
        Ok(SetupState::Open | SetupState::Expired) | Err(_) => Ok(None),
    }
}
