//! The command's end: through a running server, or alone with the lock.

use super::{Reply, Request, listings, partners, promotions, socket, staff, vouchers, work};
use crate::config::Config;
use crate::{progress, wiring};
use eyre::{Result, bail};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::os::unix::net::UnixStream;
use std::path::Path;

/// Asks for a change; `file` is what an import takes in. Returns what to say.
pub(crate) async fn run(config: &Config, request: Request, file: Option<&Path>) -> Result<String> {
    match UnixStream::connect(socket(&config.data)) {
        Ok(stream) => through(stream, &request, file),
        Err(_) => alone(config, request, file).await,
    }
}

fn through(mut stream: UnixStream, request: &Request, file: Option<&Path>) -> Result<String> {
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    if let Some(file) = file {
        std::io::copy(&mut File::open(file)?, &mut stream)?;
    }
    let bar = progress::Progress::of_rows();
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line?)? {
            Reply::Progress(count) => bar.show(count),
            Reply::Done(text) => return Ok(text),
            Reply::Refused(why) => bail!(why),
        }
    }
    bail!(
        "the server ended before it answered; whether it was done is not known: look, then ask again"
    )
}

async fn alone(config: &Config, request: Request, file: Option<&Path>) -> Result<String> {
    // Nothing listens: the address only stands in links that are not used here.
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    let house = wiring::build(config, nowhere).await?;
    let app = &house.channels.app;
    match (request, file) {
        (Request::ImportPlans { file: name, .. }, Some(path)) => {
            work::import_plans(app, &name, &std::fs::read_to_string(path)?).await
        }
        (Request::ImportLines { file: name, .. }, Some(path)) => {
            let bar = progress::Progress::of_rows();
            work::import_lines(app, (&name, path), Box::new(move |count| bar.show(count))).await
        }
        (Request::ImportTrades { shop, .. }, Some(path)) => {
            let bar = progress::Progress::of_rows();
            let text = std::fs::read(path)?;
            work::import_trades(app, (&shop, &text), &|count| bar.show(count)).await
        }
        (Request::ImportListings { file: name, .. }, Some(path)) => {
            listings::keep_listings(app, &name, &std::fs::read(path)?).await
        }
        (Request::ImportRates { file: name, .. }, Some(path)) => {
            listings::keep_rates(app, &name, &std::fs::read(path)?).await
        }
        (Request::BookFees { provider, .. }, Some(path)) => {
            let bar = progress::Progress::of_rows();
            work::book_fees(app, (&provider, path), &|count| bar.show(count)).await
        }
        (Request::Refund(refund), _) => work::refund(app, &refund).await,
        (Request::Partner(asked), path) => {
            let file = path.map(std::fs::read).transpose()?.unwrap_or_default();
            partners::run(app, asked, &file).await
        }
        (Request::Voucher(asked), path) => {
            let text = path.map(std::fs::read_to_string).transpose()?.unwrap_or_default();
            vouchers::run(app, asked, &text).await
        }
        (Request::Promotion(asked), path) => {
            let text = path.map(std::fs::read_to_string).transpose()?.unwrap_or_default();
            promotions::run(app, asked, &text).await
        }
        (Request::Staff(asked), _) => staff::change(app, asked).await,
        (Request::Resolve { order, verdict, reason }, _) => {
            work::resolve(app, &order, (&verdict, &reason)).await
        }
        (
            Request::ImportPlans { .. }
            | Request::ImportLines { .. }
            | Request::ImportTrades { .. }
            | Request::ImportListings { .. }
            | Request::ImportRates { .. }
            | Request::BookFees { .. },
            None,
        ) => {
            bail!("this needs a file")
        }
    }
}
