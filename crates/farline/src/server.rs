//! The server: one port, everything on it, and an orderly end.

use crate::wiring::{CLOCK_SETTING, House};
use crate::{admin, reminding, worker};
use axum::extract::{Form, Json, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use eyre::{Context, Result};
use farline_app::ports::Clock;
use farline_channels::web::{headers, request_id};
use farline_store::Database;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use serde::Deserialize;
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

/// A client has this long to send its request's head. Without a timer hyper would ignore it.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// How often it is looked whether the store has stopped.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Requests under way have this long to end when the program stops.
const END_WITHIN: Duration = Duration::from_secs(10);

/// What the program's own routes need.
#[derive(Clone)]
struct Own {
    store: Arc<dyn Database>,
    clock: Arc<crate::surroundings::ProgramClock>,
}

/// All routes on one port.
pub(crate) fn routes(house: &House) -> Router {
    let own = Own { store: house.store.clone(), clock: house.clock.clone() };
    let program = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .with_state(own.clone());
    let identify = middleware::from_fn_with_state(house.channels.clone(), request_id::identify);
    farline_channels::routes(house.channels.clone())
        .merge(program)
        .merge(played(house, own))
        .layer(identify)
        .layer(middleware::from_fn(headers::secure))
}

/// What only a sandbox has: its provider, and its clock. Where money is real there is nothing at these addresses.
fn played(house: &House, own: Own) -> Router {
    match &house.sandbox {
        Some(sandbox) => Router::new()
            .route("/sandbox/clock", post(advance))
            .route("/sandbox/clock/jump", post(jump))
            .with_state(own)
            .nest("/sandbox", sandbox.router()),
        None => Router::new(),
    }
}

async fn ready(State(own): State<Own>) -> impl IntoResponse {
    match own.store.setting(CLOCK_SETTING).await {
        Ok(_) if !own.store.has_stopped() => (StatusCode::OK, "ready\n"),
        Ok(_) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n"),
    }
}

/// How far to move the sandbox clock.
#[derive(Deserialize)]
struct Advance {
    advance_s: u32,
}

/// Moves the program's time forward, for good: it never goes back, over restarts either.
async fn advance(State(own): State<Own>, Json(wanted): Json<Advance>) -> impl IntoResponse {
    let ahead = own.clock.advance(wanted.advance_s);
    match own.store.put_setting(CLOCK_SETTING, &ahead.to_string()).await {
        Ok(()) => {
            let now = own.clock.now().rfc3339();
            Json(json!({ "now": now, "ahead_s": ahead })).into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// A jump of the sandbox clock, as a form on a page asks for it, and the page to go back to.
#[derive(Deserialize)]
struct Jump {
    advance_s: u32,
    to: String,
}

/// The same from a page: forward, and back to that page.
async fn jump(State(own): State<Own>, Form(wanted): Form<Jump>) -> Response {
    let Jump { advance_s, to } = wanted;
    let moved = advance(State(own), Json(Advance { advance_s })).await.into_response();
    if !moved.status().is_success() {
        return moved;
    }
    // Only to a page of our own.
    let is_ours = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']);
    Redirect::to(if is_ours { &to } else { "/mailbox" }).into_response()
}

/// Serves until the process is told to stop.
pub(crate) async fn serve(listener: TcpListener, house: House, data: &Path) -> Result<()> {
    let (stop, stopped) = watch::channel(());
    let app = house.channels.app.clone();
    let mut work = vec![
        tokio::spawn(worker::work(app.clone(), stopped.clone())),
        tokio::spawn(worker::sweep(app.clone(), stopped.clone())),
        tokio::spawn(worker::shops(app.clone(), stopped.clone())),
        tokio::spawn(reminding::remind(app.clone(), stopped.clone())),
        tokio::spawn(worker::look_at_suppliers(app.clone(), stopped.clone())),
    ];
    if let Some(sandbox) = house.sandbox.clone() {
        let mut until = stopped.clone();
        work.push(tokio::spawn(async move {
            let ending = async move {
                let _ = until.changed().await;
            };
            sandbox.run_webhooks(ending).await;
        }));
    }
    let admin = admin::listen(data, app)?;
    accept(listener, routes(&house), &*house.store).await?;
    tracing::info!("stopping");
    drop(admin);
    drop(stop);
    for task in work {
        let _ = tokio::time::timeout(END_WITHIN, task).await;
    }
    if let Err(error) = house.store.retire().await {
        tracing::warn!(%error, "other processes wait for the leases to lapse");
    }
    Ok(())
}

/// Accepts connections until a signal comes, then lets those under way end.
async fn accept(listener: TcpListener, routes: Router, store: &dyn Database) -> Result<()> {
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(signal()?);
    // Beside the connections, whether none comes or many do.
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => connection(stream, address, routes.clone(), &graceful),
                // Out of file handles, or the client is gone already: wait a moment and go on.
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            () = &mut stop => break,
            _ = look.tick() => if store.has_stopped() {
                eyre::bail!("the store has stopped after a disk error; start again once it is mended");
            },
        }
    }
    let _ = tokio::time::timeout(END_WITHIN, graceful.shutdown()).await;
    Ok(())
}

fn connection(stream: TcpStream, address: SocketAddr, routes: Router, graceful: &GracefulShutdown) {
    let _ = stream.set_nodelay(true);
    let service = routes.map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(axum::extract::ConnectInfo(address));
        request.map(axum::body::Body::new)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let serving = graceful.watch(serving);
    tokio::spawn(async move {
        if let Err(error) = serving.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

/// Resolves when the process is asked to stop.
fn signal() -> Result<impl std::future::Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).wrap_err("signals")?;
    let mut interrupt = signal(SignalKind::interrupt()).wrap_err("signals")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
