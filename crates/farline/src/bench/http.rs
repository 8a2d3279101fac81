//! Renewals over HTTP with everything they bring along (who asks, the key, validation, audit, receipt,
//! notices queued), beside the ceiling: the same server and client with a body that is only read.

use super::ground::{Cost, Ground};
use super::load::{Seen, drive};
use super::report::{Beside, Figures};
use super::stock::Stock;
use super::{Plan, disk};
use crate::config::Config;
use crate::{server, wiring};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Json;
use axum::handler::HandlerWithoutStateExt;
use axum::http::{Request, StatusCode};
use eyre::{Result, bail};
use farline_app::ports::Store;
use farline_app::ports::accounts::{AccountChange, NewContact, NewSession};
use farline_channels::web::{Limiting, Settings};
use farline_domain::accounts::Address;
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Cell, ContactId, Instant, Language, SessionId};
use farline_store::{Floor, Side};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

/// How many lines each caller renews in turn, at most.
const LINES_EACH: u32 = 40;

/// A request as it is sent: whose it is, and its body.
#[derive(Clone)]
struct Asked {
    token: String,
    body: Bytes,
}

/// Measures renewals over HTTP.
pub(crate) async fn run(plan: &Plan, ground: &Ground) -> Result<Figures> {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let address = listener.local_addr()?;
    let mut config = Config::demonstration(ground.folder().join("run"), address);
    if let Some(url) = ground.url() {
        config.store = url.into();
    }
    let mut house = wiring::build(&config, address).await?;
    let unlimited = Settings { limits: Limiting::Off, ..(*house.channels.settings).clone() };
    house.channels.settings = Arc::new(unlimited);
    let app = house.channels.app.clone();
    let lines = plan.lines.min(plan.clients.saturating_mul(LINES_EACH)).max(plan.clients);
    let stock = Stock::fill(app.store.as_ref(), &Plan { lines, ..*plan }, app.now()).await?;
    let asked = prepare(app.store.as_ref(), (&stock, app.now()), (plan.clients, lines)).await?;
    let before = ground.cost(Side::Run).await?;

    serve(listener, server::routes(&house));
    let seen = ask(plan, (address, "/api/v1/orders", StatusCode::CREATED), asked.clone()).await?;
    if seen.failed > 0 || seen.done == 0 {
        bail!("{} of {} renewals over HTTP failed", seen.failed, seen.done + seen.failed);
    }
    let cost = ground.cost(Side::Run).await?.since(before);
    let ceiling = ceiling(plan, asked).await?;
    let floor = Floor { commands: ceiling.done, took: ceiling.took };
    let flush_p50_ms = disk::flush_p50_ms(ground.folder())?;
    let floor_cost = Cost { size: 0, written: None };
    let beside = Beside { floor: Some((floor, floor_cost)), cost, flush_p50_ms };
    Ok(Figures::of(("http", ground.name()), (plan.clients, lines), &seen, &beside))
}

/// Accounts that hold the lines and are signed in, and a quote for each line.
async fn prepare(
    store: &dyn Store,
    (stock, now): (&Stock, Instant),
    (clients, lines): (u32, u32),
) -> Result<Vec<Asked>> {
    let mut asked = Vec::new();
    for client in 0..clients {
        let account = AccountId::mint(now, Cell::of(&client.to_be_bytes()), client.into());
        let token = open(store, (account, client), now).await?;
        for index in (client..lines).step_by(usize::try_from(clients)?) {
            let line = stock.line_at(index);
            let hold = AccountChange::Hold(line);
            store.change_account(account, hold, (Actor::Account(account), now)).await?;
            let quote = stock.quote(line, index.into(), now);
            store.put_quote(&quote).await?;
            let body = json!({
                "quote": quote.id.to_string(),
                "language": "en-CA",
                "pay_with": "credit",
                "another": true,
            });
            asked.push(Asked { token: token.clone(), body: Bytes::from(body.to_string()) });
        }
    }
    Ok(asked)
}

/// Opens an account and signs it in; its token.
async fn open(
    store: &dyn Store,
    (account, client): (AccountId, u32),
    now: Instant,
) -> Result<String> {
    let by = (Actor::Account(account), now);
    let token = format!("bench-{account}");
    let contact = NewContact {
        id: ContactId::mint(now, account.cell(), client.into()),
        address: Address::Email(format!("caller-{client}@example.org")),
        key: Sha256::digest(client.to_be_bytes()).into(),
    };
    let language = Language::EnCa;
    let open = AccountChange::Open { language, password: None, contact };
    store.change_account(account, open, by.clone()).await?;
    let session = NewSession {
        id: SessionId::mint(now, account.cell(), client.into()),
        token: Sha256::digest(token.as_bytes()).into(),
        device: "bench".to_owned(),
        replaces: None,
    };
    store.change_account(account, AccountChange::SignIn(session), by).await?;
    Ok(token)
}

fn serve(listener: TcpListener, routes: Router) {
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move {
        let _ = axum::serve(listener, service).await;
    });
}

/// The same requests to a server that reads the JSON and answers with JSON of the same size.
async fn ceiling(plan: &Plan, asked: Vec<Asked>) -> Result<Seen> {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let address = listener.local_addr()?;
    let echo = async |Json(body): Json<Value>| (StatusCode::CREATED, Json(body));
    tokio::spawn(async move {
        let _ = axum::serve(listener, echo.into_make_service()).await;
    });
    ask(plan, (address, "/", StatusCode::CREATED), asked).await
}

/// Lets every client ask over a connection of its own.
async fn ask(
    plan: &Plan,
    (address, path, expected): (SocketAddr, &'static str, StatusCode),
    asked: Vec<Asked>,
) -> Result<Seen> {
    let mut connections = Vec::new();
    for _ in 0..plan.clients {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake::<_, Body>(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            let _ = connection.await;
        });
        connections.push(sender);
    }
    let free = Arc::new(Mutex::new(connections));
    let asked = Arc::new(asked);
    drive(plan.clients, plan.lasts, move |number| {
        let (free, asked) = (Arc::clone(&free), Arc::clone(&asked));
        async move {
            let Some(mut connection) = free.lock().await.pop() else { return false };
            let place = usize::try_from(number).unwrap_or_default() % asked.len();
            let request = request((address, path), number, &asked[place]);
            let status = send(&mut connection, request).await;
            free.lock().await.push(connection);
            status == Some(expected)
        }
    })
    .await
}

fn request((address, path): (SocketAddr, &str), number: u64, asked: &Asked) -> Request<Body> {
    let mut request = Request::new(Body::from(asked.body.clone()));
    *request.method_mut() = axum::http::Method::POST;
    if let Ok(path) = path.parse() {
        *request.uri_mut() = path;
    }
    let headers = [
        ("host", address.to_string()),
        ("content-type", "application/json".to_owned()),
        ("authorization", format!("Bearer {}", asked.token)),
        ("idempotency-key", format!("bench-{number:020}")),
    ];
    for (name, value) in headers {
        if let Ok(value) = value.parse() {
            request.headers_mut().insert(name, value);
        }
    }
    request
}

/// Sends a request and reads the whole answer.
async fn send(connection: &mut SendRequest<Body>, request: Request<Body>) -> Option<StatusCode> {
    connection.ready().await.ok()?;
    let response = connection.send_request(request).await.ok()?;
    let status = response.status();
    axum::body::to_bytes(Body::new(response.into_body()), usize::MAX).await.ok()?;
    Some(status)
}
