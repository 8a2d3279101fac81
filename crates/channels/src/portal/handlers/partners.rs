//! What partners read before they sell, and a key of the sandbox to try it with.

use super::account::session;
use super::form::Fields;
use super::frame::{Frame, html};
use super::problem;
use crate::portal::views::{PartnersPage, Start};
use crate::web::Address;
use crate::web::limits::{PerAddress, check};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::partners::{PartnerChange, change, create, email_of, make_key, set_credit};
use farline_app::{App, Mode, Problem, ProblemCode};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Money, Province, Rate};
use farline_domain::partners::{Hand, PartnerCode, Scope};

/// Keys of the sandbox, made by whoever asks.
const SANDBOX_KEY: PerAddress =
    PerAddress { name: "sandbox-partner", most: 20, window_seconds: 3600 };
/// What a partner of the sandbox may order for, in cents of money that is not real.
const PLAY_MONEY: i64 = 100_000;
/// What it gets off every price: ten percent.
const DISCOUNT: Rate = Rate { ppm: 100_000 };
/// The same order in several languages of programs. The tests run each as it stands.
const SNIPPETS: [(&str, &str); 4] = [
    ("curl", include_str!("../../../assets/partner/order.sh")),
    ("Python", include_str!("../../../assets/partner/order.py")),
    ("JavaScript", include_str!("../../../assets/partner/order.mjs")),
    ("Rust", include_str!("../../../assets/partner/order.rs")),
];
/// What became of an order.
const OUTCOMES: [&str; 4] = ["pending", "succeeded", "failed", "unknown"];
/// Numbers of the demonstration, and what its simulated supplier makes of an order for each.
const NUMBERS: [(&str, &str); 7] = [
    ("+14165550100", "at-once"),
    ("+19025550180", "slow"),
    ("+19025550181", "refused"),
    ("+19025550183", "unknown-delivered"),
    ("+19025550184", "unknown-refused"),
    ("+19025550185", "reversed"),
    ("+19025550186", "unknown"),
];

/// `GET /{language}/partners`
pub async fn page(frame: Frame) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    let start = match frame.channels().app.mode {
        Mode::Sandbox => Start::Sandbox,
        Mode::Live => Start::Account,
    };
    show(&frame, start)
}

/// `POST /{language}/partners`: a partner of the sandbox, with a key and money to play with.
pub async fn sign_up(frame: Frame, address: Address, fields: Fields) -> Response {
    let channels = frame.channels();
    let made = async {
        session::genuine(&frame, &fields)?;
        if channels.app.mode == Mode::Live {
            return Err(Problem::of(ProblemCode::NotFound));
        }
        check(channels, SANDBOX_KEY, &address).await?;
        play(&channels.app, frame.session.map(|session| session.account)).await
    };
    match made.await {
        Ok((secret, portal)) => show(&frame, Start::Made { secret, portal }),
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// The secret of its first key, and its portal, if somebody is signed in who can have one.
async fn play(app: &App, who: Option<AccountId>) -> Result<(String, Option<String>), Problem> {
    let code = PartnerCode::parse(&format!("sandbox-{:016x}", app.randomness.bits()));
    let code = code.map_err(|_| Problem::of(ProblemCode::Internal))?;
    let partner = create(app, (code, "Sandbox"), Province::On, DISCOUNT).await?;
    set_credit(app, (&partner, Actor::Guest), Money::cad(PLAY_MONEY)).await?;
    let person = match who {
        Some(account) => email_of(app, account).await?,
        None => None,
    };
    let portal = person.as_ref().map(|_| format!("partner/{}", partner.code));
    let partner =
        change(app, &partner, PartnerChange { person, ..PartnerChange::default() }).await?;
    let by = who.map_or(Hand::Guest, Hand::Account);
    Ok((make_key(app, &partner, ("first", Scope::Order), by).await?.secret, portal))
}

fn show(frame: &Frame, start: Start) -> Response {
    let (words, app) = (frame.words(), &frame.channels().app);
    let outcome = |word: &'static str| (word, words.say(&format!("partners-outcome-{word}")));
    let number = |(number, key): (&'static str, &str)| {
        (number, words.say(&format!("partners-number-{key}")))
    };
    let numbers: Vec<_> = match app.mode {
        Mode::Sandbox => NUMBERS.into_iter().map(number).collect(),
        Mode::Live => Vec::new(),
    };
    let page = PartnersPage {
        layout: frame.layout(),
        url: app.base_url.clone(),
        start,
        snippets: SNIPPETS,
        outcomes: OUTCOMES.into_iter().map(outcome).collect(),
        numbers,
    };
    html(StatusCode::OK, &page)
}
