//! `farline demo`: everything on one port, with invented data and played money.

use super::talk;
use crate::admin::listings;
use crate::cli::DemoArguments;
use crate::config::Config;
use crate::{demonstration, server, wiring};
use eyre::{Context, Result, bail, eyre};
use farline_app::App;
use farline_app::catalog::publish;
use farline_app::imports::read_catalogue;
use jiff::civil::Date;
use std::net::SocketAddr;
use std::path::Path;
use tokio::net::TcpListener;

/// The setting that keeps the date on which the demonstration's dates were last set.
pub(crate) const ANCHOR_SETTING: &str = "demonstration-anchor";
/// What a demonstration's data folder may hold, and `--fresh` removes.
const FILES: [&str; 9] = [
    "farline.db",
    "farline.db-wal",
    "farline.db-shm",
    "farline.lock",
    "farline.sock",
    "sandbox.jsonl",
    "supplier.jsonl",
    "mailbox.jsonl",
    "receipt-key.pub",
];

/// Runs the demonstration.
pub(crate) async fn run(arguments: DemoArguments) -> Result<()> {
    if arguments.fresh && arguments.store.postgres()?.is_some() {
        bail!(
            "--fresh removes files only. For a fresh start in PostgreSQL, name an empty database."
        );
    }
    if arguments.fresh {
        start_from_scratch(&arguments.data)?;
    }
    let listener = listen(arguments.port).await?;
    let address = listener.local_addr()?;
    let mut config = Config::demonstration(arguments.data, address);
    config.store = arguments.store;
    let house = wiring::build(&config, address).await?;
    prepare(&house.channels.app).await?;
    welcome(&config, address);
    let data = config.data.clone();
    server::serve(listener, house, &data).await
}

async fn listen(port: u16) -> Result<TcpListener> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    TcpListener::bind(address).await.wrap_err_with(|| {
        format!(
            "port {port} is taken. Choose another: farline demo --port {}",
            port.wrapping_add(1)
        )
    })
}

fn start_from_scratch(data: &Path) -> Result<()> {
    for file in FILES {
        let path = data.join(file);
        if path.exists() {
            std::fs::remove_file(&path).wrap_err_with(|| path.display().to_string())?;
        }
    }
    let keys = data.join("keys");
    if keys.exists() {
        std::fs::remove_dir_all(&keys)?;
    }
    Ok(())
}

/// Loads the demonstration's data on the first start, and moves its dates on later ones.
async fn prepare(app: &App) -> Result<()> {
    let text = demonstration::catalogue_text();
    let catalogue = read_catalogue("the demonstration's catalogue", text);
    let catalogue = catalogue.map_err(|fault| eyre!("{fault}"))?;
    let now = app.now();
    publish(app, catalogue.clone()).await?;
    let today = now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    if app.store.count_lines().await? == 0 {
        let lines = demonstration::lines(&catalogue, now, &app.keys.secrets, &*app.randomness);
        let rows = (1_u64..).zip(lines).map(Ok);
        app.store.import_lines(Box::new(rows), Box::new(|_| {})).await?;
    } else if let Some(anchor) = app.store.setting(ANCHOR_SETTING).await? {
        let anchor: Date = anchor.parse()?;
        let days = anchor.until(today)?.get_days();
        if days > 0 {
            app.store.move_demonstration_dates(days).await?;
        }
    }
    farline_app::staff::demonstration::employ(app).await.map_err(|problem| eyre!("{problem:?}"))?;
    farline_app::shops::demonstration::stock(app).await.map_err(|problem| eyre!("{problem:?}"))?;
    let (listed, rates) = (demonstration::listings_text(), demonstration::rates_text());
    listings::keep_listings(app, "listings.csv", listed.as_bytes()).await?;
    listings::keep_rates(app, "rates.csv", rates.as_bytes()).await?;
    app.store.put_setting(ANCHOR_SETTING, &today.to_string()).await?;
    Ok(())
}

fn welcome(config: &Config, address: SocketAddr) {
    talk(&format!("\n  Farline 续航 is running: http://{address}\n"));
    talk("  Numbers to try:");
    for (number, what) in demonstration::SHOWCASE {
        talk(&format!("    {number:<22} {what}"));
    }
    talk(&format!(
        "\n  Pay with 4242 4242 4242 4242, any future date, any code. No money moves.\n  \
         Messages land in http://{address}/mailbox\n  \
         The desk, by one tap: http://{address}/desk\n  \
         A code of a shop, in place of money: {} at http://{address}/redeem\n  \
         API: http://{address}/api/openapi.json\n  \
         Data: {} (a second start keeps it; --fresh starts from scratch)\n\n  \
         Next: open the address, type a number, renew it. Ctrl-C stops.\n",
        farline_app::shops::demonstration::CODES[0],
        config.data.display()
    ));
}
