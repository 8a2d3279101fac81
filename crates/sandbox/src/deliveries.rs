//! Sending the events that are due, for as long as the program runs.

use std::{future::Future, sync::Arc, time::Duration};

use tokio::task::JoinSet;

use crate::{
    OpenError, SIGNATURE_HEADER, Server, events,
    records::{Change, Delivery, Event},
};

/// How often the injected clock is looked at; a new event is sent at once.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// How long the receiver may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many events are under way at a time.
const AT_ONCE: usize = 32;

/// The client for webhooks: it talks to a receiver on plain HTTP, follows no redirect and knows no
/// proxy.
pub(crate) fn client() -> Result<reqwest::Client, OpenError> {
    // The client insists on a TLS set-up even though `Server::open` admits only http addresses;
    // one without any trusted root keeps that true for every path through it.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| OpenError::Client(error.to_string()))?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .build()
        .map_err(|error| OpenError::Client(error.to_string()))
}

/// Sends what is due until `shutdown` completes. What was being sent then is sent again after the
/// next start.
pub(crate) async fn run(server: Arc<Server>, shutdown: impl Future<Output = ()> + Send) {
    tokio::pin!(shutdown);
    loop {
        let mut sending = start_sending(&server).await;
        if sending.is_empty() {
            tokio::select! {
                () = &mut shutdown => return,
                () = server.news.notified() => continue,
                () = tokio::time::sleep(LOOK_EVERY) => continue,
            }
        }
        let mut sent = Vec::new();
        let stopped = loop {
            tokio::select! {
                () = &mut shutdown => break true,
                next = sending.join_next() => match next {
                    Some(Ok(change)) => sent.push(change),
                    Some(Err(error)) => tracing::error!(%error, "a webhook's task ended early"),
                    None => break false,
                },
            }
        };
        sending.shutdown().await;
        // A journal that cannot be written refuses the next look as well, which then waits.
        let recorded = server.write(move |_, _| (sent, ())).await;
        if stopped {
            return;
        }
        if recorded.is_err() {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

/// Begins one attempt for every due event; each ends in where its delivery stands then.
async fn start_sending(server: &Arc<Server>) -> JoinSet<Change> {
    let due = server.transact(|moment, state| {
        let due: Vec<Event> = state.deliveries_due(moment.now_ms).take(AT_ONCE).cloned().collect();
        (Vec::new(), due)
    });
    let mut sending = JoinSet::new();
    for event in due.await.unwrap_or_default() {
        let server = Arc::clone(server);
        sending.spawn(async move {
            let delivery = attempt(&server, &event).await;
            Change::Delivery { event: event.id, delivery }
        });
    }
    sending
}

async fn attempt(server: &Server, event: &Event) -> Delivery {
    let sent_ms = (server.now)();
    let signature =
        events::signature(&server.webhook_secret, sent_ms.div_euclid(1_000), &event.body);
    let answer = server
        .client
        .post(server.webhook_url.clone())
        .header(reqwest::header::CONTENT_TYPE, "application/json")
        .header(SIGNATURE_HEADER, signature)
        .body(event.body.clone())
        .send()
        .await;
    match answer {
        Ok(answer) if answer.status().is_success() => events::accepted(event, sent_ms),
        Ok(answer) => {
            tracing::info!(event = event.id, status = answer.status().as_u16(), "webhook refused");
            events::failed(event, sent_ms)
        }
        Err(error) => {
            let error = error.without_url();
            tracing::info!(event = event.id, %error, "webhook not delivered");
            events::failed(event, sent_ms)
        }
    }
}
