//! `farline shops`: when each shop was last read, and which items wait for what.

use super::{config_of, say};
use crate::cli::ShopsArguments;
use crate::wiring;
use eyre::Result;
use farline_app::ports::shops::ReadingMark;
use farline_domain::kernel::Instant;
use farline_domain::shops::{ShopItem, Waiting};
use farline_store::OpenMode;
use serde_json::{Value, json};

/// The most waiting items that are shown of a shop.
const MOST: u32 = 1_000;

/// Runs the command.
pub(crate) async fn run(arguments: ShopsArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let mut shown = Vec::new();
    for entry in &config.shops {
        let mark = store.reading_mark(&entry.name).await?.map(|mark| mark.kept);
        let waiting = store.waiting_shop_items(&entry.name, MOST).await?;
        if arguments.json {
            shown.push(json!({
                "shop": entry.name.as_str(),
                "read_at": mark.as_ref().and_then(|mark| mark.read_at).map(Instant::rfc3339),
                "known_until": mark.as_ref().map(|mark| mark.known_until.rfc3339()),
                "trouble": mark.as_ref().and_then(|mark| mark.trouble.clone()),
                "waiting": waiting.iter().map(row).collect::<Vec<_>>(),
            }));
        } else {
            say(&told(entry.name.as_str(), mark.as_ref()));
            for item in &waiting {
                say(&line(item));
            }
        }
    }
    if arguments.json {
        say(&Value::from(shown).to_string());
    } else if config.shops.is_empty() {
        say("There is no [[shops]] in the configuration.");
    }
    Ok(())
}

fn told(name: &str, mark: Option<&ReadingMark>) -> String {
    let read = mark.and_then(|mark| mark.read_at);
    let read = read.map_or_else(|| "never read".to_owned(), |at| format!("read {}", at.rfc3339()));
    let trouble = mark.and_then(|mark| mark.trouble.as_deref());
    let trouble = trouble.map(|words| format!("  TROUBLE: {words}")).unwrap_or_default();
    format!("{name}  {read}{trouble}")
}

fn waits_for(item: &ShopItem) -> &'static str {
    item.progress.waits_for().map_or("", Waiting::code)
}

fn line(item: &ShopItem) -> String {
    let key = &item.key;
    format!("    {}  {}  {}  waits for {}", key.trade, key.item, item.sku, waits_for(item))
}

fn row(item: &ShopItem) -> Value {
    json!({
        "trade": item.key.trade,
        "item": item.key.item,
        "sku": item.sku,
        "told_at": item.told_at.rfc3339(),
        "waits_for": waits_for(item),
    })
}
