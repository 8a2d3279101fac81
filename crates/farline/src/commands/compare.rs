//! `farline compare`: the same need priced over every channel.

use super::{config_of, say, talk};
use crate::cli::CompareArguments;
use crate::wiring;
use eyre::{Result, eyre};
use farline_app::comparison::{Asking, Compared, Viewer, compare_all};
use farline_app::imports::amounts;
use farline_app::ports::Clock;
use farline_app::reports::decimal;
use farline_app::wording::{
    channel_service, offer_covers, offer_gives, offer_reason, offer_why_not,
};
use farline_domain::comparison::{Amounts, Offered, Wanted};
use farline_domain::kernel::{AllowanceKind, Currency, Language, Money, Province, Units};
use farline_store::OpenMode;
use farline_texts::Words;
use serde_json::{Value, json};

/// Prints every offer; nothing is bought.
pub(crate) async fn run(arguments: CompareArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let now = wiring::clock(&*store).await?.now();
    let days = store.catalogue();
    let days = days.operators.values().map(|operator| operator.lifecycle.today(now));
    let start = arguments.from.or_else(|| days.min());
    let data = amounts::units(AllowanceKind::Data, &format!("{} GB", arguments.gb), None);
    let amounts = Amounts {
        data: data.map_err(|_| eyre!("“{}” is no amount of GB", arguments.gb))?,
        voice: Units::new(i64::from(arguments.minutes) * 60)?,
        messages: Units::new(i64::from(arguments.messages))?,
    };
    let start = start.ok_or_else(|| eyre!("there are no plans yet: farline import plans"))?;
    let asking = Asking {
        wanted: Wanted::new(amounts, arguments.days, start)?,
        operator: arguments.operator,
        province: Province::On,
        currency: Currency::CAD,
        language: Language::EnCa,
        viewer: Viewer::House,
    };
    let compared = compare_all(&*store, &asking, now).await;
    let compared = compared.map_err(|problem| eyre!("{}", problem.code.code()))?;
    if arguments.json {
        say(&rows(&compared).to_string());
    } else {
        tell(&compared);
    }
    Ok(())
}

fn tell(compared: &Compared) {
    let words = Words::of(Language::EnCa);
    let comparison = &compared.comparison;
    let best = comparison.best.as_ref();
    for offered in &comparison.offers {
        let key = &offered.listing.key;
        let mark = if best.is_some_and(|best| best.key == *key) { "*" } else { " " };
        let total = format!("{} {}", decimal(offered.total), offered.total.currency.code());
        say(&format!("{mark} {total:>13}  {}  ({})", offered.listing.name, key.seller));
        let covers = offer_covers(words, offered);
        say(&format!("                 {}, {covers}", offer_gives(words, &offered.gives)));
        if let Some(better) = &offered.dominated_by {
            say(&format!(
                "                 {} of {} is no dearer and gives no less",
                better.code, better.seller
            ));
        }
    }
    for other in &comparison.not_comparable {
        let why = offer_why_not(words, other.why);
        say(&format!(
            "  not compared   {}  ({}): {why}",
            other.listing.name, other.listing.key.seller
        ));
    }
    match best {
        Some(best) => say(&format!("\n* {}", offer_reason(words, best.reason))),
        None => say("\nNothing that is listed covers this need."),
    }
    for one in &compared.services {
        talk(&format!("{}: {}", one.seller, channel_service(words, Some(one))));
    }
    talk("Our own prices have the taxes of Ontario; others are as they were listed.");
}

fn money(amount: Money) -> Value {
    json!({ "amount": amount.minor, "currency": amount.currency.code() })
}

fn rows(compared: &Compared) -> Value {
    let comparison = &compared.comparison;
    let row = |offered: &Offered| {
        json!({
            "seller": offered.listing.key.seller.to_string(),
            "code": offered.listing.key.code.as_str(),
            "name": offered.listing.name,
            "times": offered.times(),
            "total": money(offered.total),
            "per_gb": offered.per_gb.map(money),
            "per_day": offered.per_day.map(money),
            "rate": offered.rate,
            "seen_on": offered.listing.seen_on,
            "dominated_by": offered.dominated_by.as_ref().map(|key| json!({ "seller": key.seller.to_string(), "code": key.code.as_str() })),
        })
    };
    let best = comparison.best.as_ref().map(|best| {
        let reason = offer_reason(Words::of(Language::EnCa), best.reason);
        json!({ "seller": best.key.seller.to_string(), "code": best.key.code.as_str(), "times": best.times, "reason": reason })
    });
    let others = comparison.not_comparable.iter().map(|other| {
        json!({ "seller": other.listing.key.seller.to_string(), "code": other.listing.key.code.as_str(), "why": offer_why_not(Words::of(Language::EnCa), other.why) })
    });
    json!({
        "best": best,
        "offers": comparison.offers.iter().map(row).collect::<Vec<_>>(),
        "not_compared": others.collect::<Vec<_>>(),
        "services": compared.services,
    })
}
