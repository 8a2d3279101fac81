//! Choices about messages that sell, as stored: how rows are read.

use super::Unreadable;
use super::row::Row;
use super::values::from_json;
use farline_app::ports::marketing::Consenting;
use farline_domain::accounts::MarketingChoice;
use farline_domain::kernel::AccountId;
use farline_domain::notices::Medium;
use std::collections::BTreeMap;

/// When something was chosen, and what: what is greater came later.
type Chosen = (i64, String);

/// The newest choice of each account and medium.
#[derive(Default)]
pub(crate) struct Newest(BTreeMap<(AccountId, Medium), Chosen>);

impl Newest {
    /// Takes in a row of: account, medium, at, act.
    pub(crate) fn take<R: Row>(&mut self, row: &R) -> Result<(), R::Fault> {
        let account = AccountId::from_bytes(row.array(0)?);
        let word = row.text(1)?;
        let medium = Medium::parse(word);
        let medium = medium.ok_or_else(|| Unreadable(format!("“{word}” is no medium")))?;
        let chosen = (row.number(2)?, row.text(3)?.to_owned());
        let newest = self.0.entry((account, medium)).or_insert_with(|| chosen.clone());
        if chosen > *newest {
            *newest = chosen;
        }
        Ok(())
    }

    /// Those whose consent stands.
    pub(crate) fn consenting(self) -> Vec<Consenting> {
        let given = self.0.into_iter().filter(|(_, (_, act))| act == "given");
        given.map(|((account, medium), _)| Consenting { account, medium }).collect()
    }
}

/// Reads a choice from: body.
pub(crate) fn choice_of<R: Row>(row: &R) -> Result<MarketingChoice, R::Fault> {
    Ok(from_json(row.text(0)?)?)
}
