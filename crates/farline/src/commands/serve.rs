//! `farline serve`: the same program for real use.

use super::{config_of, talk};
use crate::cli::Place;
use crate::{going_live, server, wiring};
use eyre::{Context, Result};
use farline_app::ports::Clock;
use tokio::net::TcpListener;

/// Serves until told to stop.
pub(crate) async fn run(place: Place) -> Result<()> {
    let config = config_of(&place)?;
    let listener = TcpListener::bind(config.listen)
        .await
        .wrap_err_with(|| format!("{} cannot be listened on", config.listen))?;
    let address = listener.local_addr()?;
    let opened = wiring::open_store(&config).await?;
    going_live::may_start(&config, &*opened.0, opened.1.now()).await?;
    let house = wiring::assemble(&config, address, opened)?;
    talk(&format!("Farline listens on http://{address} for {}", config.base_url));
    server::serve(listener, house, &config.data).await
}
