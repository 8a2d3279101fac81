//! Orders of a shop on a marketplace, the whole way: its message says that somebody paid, the trade is read, the card found,
//! the renewal delivered, the trade marked as shipped. Beside it the floor: the same questions to the platform, and nothing
//! done about the answers.

use super::ground::{Cost, Ground};
use super::load::Seen;
use super::platform::Platform;
use super::report::{Beside, Figures};
use super::stock::Stock;
use super::{Plan, disk};
use crate::config::Config;
use crate::wiring;
use eyre::{Result, bail, ensure, eyre};
use farline_app::App;
use farline_app::ports::shop::ShopGateway;
use farline_app::shops::{OpenShops, Shop, read};
use farline_domain::kernel::{Language, Reference};
use farline_domain::shops::{ShopCode, SkuMap};
use farline_gateways::marketplace::taobao::{TaobaoSettings, TaobaoShop, TaobaoSigning};
use farline_store::{Floor, Side};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// The most orders that are measured; `--lines` says fewer.
const MOST: u32 = 10_000;
/// Questions that are asked at once for the floor, as many as the program asks.
const AT_ONCE: usize = 16;
/// The seller's code for the plan.
const SKU: &str = "maplewave-5gb";

/// Measures the orders of a shop.
pub(crate) async fn run(plan: &Plan, ground: &Ground) -> Result<Figures> {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let mut config = Config::demonstration(ground.folder().join("run"), listener.local_addr()?);
    if let Some(url) = ground.url() {
        config.store = url.into();
    }
    let house = wiring::build(&config, listener.local_addr()?).await?;
    let app = house.channels.app.clone();
    let lines = plan.lines.min(MOST);
    let stock = Stock::fill(app.store.as_ref(), &Plan { lines, ..*plan }, app.now()).await?;
    let floor = floor(&platform(&app, &stock)?).await?;

    let platform = platform(&app, &stock)?;
    let shop = shop(platform.open().await?)?;
    let app = App { shops: Arc::new(OpenShops::new([shop.clone()])), ..app };
    let before = ground.cost(Side::Run).await?;
    let started = Instant::now();
    read(&app, &shop).await.map_err(|problem| eyre!("{problem:?}"))?;
    let took = started.elapsed();
    let cost = ground.cost(Side::Run).await?.since(before);
    is_whole(&app, &platform).await?;
    let seen = seen(&platform, took)?;
    let flush_p50_ms = disk::flush_p50_ms(ground.folder())?;
    let floor_cost = Cost { size: 0, written: None };
    let beside = Beside { floor: Some((floor, floor_cost)), cost, flush_p50_ms };
    Ok(Figures::of(("shops", ground.name()), (1, lines), &seen, &beside))
}

/// A platform on which every line bought one renewal.
fn platform(app: &App, stock: &Stock) -> Result<Platform> {
    let numbers: Option<Vec<String>> = (0..stock.count())
        .map(|index| stock.number_at(index).map(|number| number.as_str().to_owned()))
        .collect();
    let numbers = numbers.ok_or_else(|| eyre!("a line has no number"))?;
    Ok(Platform::selling(numbers.into_iter(), (SKU, app.now())))
}

fn gateway(at: SocketAddr) -> Result<Arc<TaobaoShop>> {
    Ok(Arc::new(TaobaoShop::new(TaobaoSettings {
        base_url: format!("http://{at}/router/rest"),
        app_key: "12345678".to_owned(),
        app_secret: "bench".to_owned(),
        session: "bench".to_owned(),
        signing: TaobaoSigning::HmacSha256,
        message_group: Some("default".to_owned()),
        answer_within: Duration::from_secs(20),
    })?))
}

fn shop(at: SocketAddr) -> Result<Shop> {
    Ok(Shop {
        name: ShopCode::parse("bench").map_err(|wrong| eyre!(wrong))?,
        title: "bench".to_owned(),
        address: None,
        gateway: Some(gateway(at)?),
        skus: SkuMap::default(),
        read_every_seconds: 1,
        language: Language::ZhCn,
    })
}

/// The questions alone: each trade read, marked as shipped and given a memo.
async fn floor(platform: &Platform) -> Result<Floor> {
    let gateway = gateway(platform.open().await?)?;
    let started = Instant::now();
    let mut waiting = platform.trades().into_iter();
    let mut running = JoinSet::new();
    for trade in waiting.by_ref().take(AT_ONCE) {
        running.spawn(ask(gateway.clone(), trade));
    }
    let mut commands = 0;
    while let Some(ended) = running.join_next().await {
        ended??;
        commands += 1;
        if let Some(trade) = waiting.next() {
            running.spawn(ask(gateway.clone(), trade));
        }
    }
    Ok(Floor { commands, took: started.elapsed() })
}

async fn ask(gateway: Arc<TaobaoShop>, trade: String) -> Result<()> {
    let now = farline_domain::kernel::Instant::from_millis(0);
    gateway.trade(&trade, now).await??;
    gateway.mark_shipped(&trade, now).await??;
    gateway.add_memo(&trade, "Farline", now).await??;
    Ok(())
}

/// Every trade is delivered, and the receipt is there under the reference that stands in the seller's memo.
async fn is_whole(app: &App, platform: &Platform) -> Result<()> {
    for memo in platform.memos() {
        let reference = memo.strip_prefix("Farline ").and_then(Reference::parse);
        let Some(reference) = reference else { bail!("a trade was not delivered: “{memo}”") };
        let order = app.store.order_by_reference(&reference).await?;
        let order = order.ok_or_else(|| eyre!("{reference} is no order"))?;
        ensure!(app.store.receipt(order.id).await?.is_some(), "{reference} has no receipt");
    }
    Ok(())
}

fn seen(platform: &Platform, took: Duration) -> Result<Seen> {
    let each = platform.took_micros();
    let done = u64::try_from(each.len())?;
    let mut seen = Seen::one(done, took)?;
    seen.waited.reset();
    for micros in each {
        seen.waited.saturating_record(micros);
    }
    Ok(seen)
}
