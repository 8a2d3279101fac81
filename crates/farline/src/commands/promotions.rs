//! `farline promotions list|codes|end`

use super::secret_file::write_codes;
use super::{config_of, say, talk};
use crate::admin::{self, PromotionRequest, Request};
use crate::cli::PromotionsCommand;
use crate::config::Config;
use crate::surroundings::MachineRandomness;
use crate::{keys, wiring};
use eyre::{Result, bail, eyre};
use farline_app::catalog::promote::{PromotionSeen, counted};
use farline_app::quotes::single_use_code;
use farline_app::wording::promotion_gives;
use farline_domain::catalog::{GivenBy, Promotion, PromotionCode};
use farline_domain::kernel::{Currency, Language};
use farline_store::OpenMode;
use farline_texts::Words;
use serde_json::{Value, json};
use std::path::Path;

/// Runs the command.
pub(crate) async fn run(command: PromotionsCommand) -> Result<()> {
    match command {
        PromotionsCommand::List { json, place } => {
            let store = wiring::database(&config_of(&place)?, OpenMode::ReadOnly).await?;
            let seen = counted(&*store).await?;
            if json {
                let rows = seen.iter().map(row);
                say(&Value::from(rows.collect::<Vec<_>>()).to_string());
                return Ok(());
            }
            if seen.is_empty() {
                say("There are no promotions.");
            }
            for one in &seen {
                say(&line(one));
            }
            Ok(())
        }
        PromotionsCommand::Codes { promotion, out, place } => {
            codes(&config_of(&place)?, (&promotion, &out)).await
        }
        PromotionsCommand::End { promotion, place } => {
            let asked = Request::Promotion(PromotionRequest::End { promotion });
            say(&admin::run(&config_of(&place)?, asked, None).await?);
            Ok(())
        }
    }
}

fn line(PromotionSeen { promotion, subject }: &PromotionSeen) -> String {
    let words = Words::of(Language::EnCa);
    let gives = promotion_gives(words, promotion, Currency::CAD);
    let Promotion { code, valid_from, valid_until, .. } = promotion;
    let state = if promotion.stopped_at.is_some() { ", ended" } else { "" };
    let way = match promotion.given_by {
        GivenBy::Code => "by its code".to_owned(),
        GivenBy::Itself => "by itself".to_owned(),
        GivenBy::SingleUseCodes(count) => format!("by {count} single-use codes"),
    };
    let taken = subject.as_ref().map_or_else(String::new, |subject| {
        let whole = subject.whole;
        let (used, held) = (whole.used.count(), whole.reserved.count());
        let of =
            subject.limits.total.map_or_else(String::new, |limit| format!(" of {}", limit.count()));
        format!("\n    {used} used, {held} held{of}")
    });
    format!("{code}  {gives}, {way}, {valid_from} to {valid_until}{state}{taken}")
}

fn row(PromotionSeen { promotion, subject }: &PromotionSeen) -> Value {
    let mut row = serde_json::to_value(promotion).unwrap_or_default();
    if let (Some(row), Some(subject)) = (row.as_object_mut(), subject) {
        row.insert("used".to_owned(), json!(subject.whole.used.count()));
        row.insert("held".to_owned(), json!(subject.whole.reserved.count()));
    }
    row
}

/// Writes the codes for whoever owns the file alone.
async fn codes(config: &Config, (code, out): (&PromotionCode, &Path)) -> Result<()> {
    let store = wiring::database(config, OpenMode::ReadOnly).await?;
    let catalogue = store.catalogue();
    let promotion = catalogue.promotions.get(code);
    let promotion = promotion.ok_or_else(|| eyre!("there is no promotion {code}"))?;
    let GivenBy::SingleUseCodes(count) = promotion.given_by else {
        bail!("{code} has no single-use codes: it is not given by them");
    };
    let (keys, _) = keys::open(&config.data, &MachineRandomness)?;
    let written = |number| single_use_code(&keys.secrets, code, number).written();
    write_codes(out, (0..count).map(|number| (number, written(number))))?;
    say(&format!("{count} codes of {code} are in {}.", out.display()));
    talk("Each is good once. What was used stays used, however often the file is written.");
    Ok(())
}
