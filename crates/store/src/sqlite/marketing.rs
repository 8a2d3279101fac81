//! Choices about messages that sell.

use super::SqliteStore;
use super::accounts::{account_key, rows};
use super::fault::Fault;
use crate::kept::marketing::{Newest, choice_of};
use crate::kept::values::to_json;
use async_trait::async_trait;
use farline_app::ports::marketing::Consenting;
use farline_app::ports::{MarketingChoices, StoreError};
use farline_domain::accounts::MarketingChoice;
use farline_domain::kernel::AccountId;
use rusqlite::params;

statements! {
    KEEP = "INSERT INTO marketing_choices (cell, account, medium, at, act, body) \
        SELECT a.cell, a.id, ?3, ?4, ?5, ?6 FROM accounts AS a \
        WHERE a.cell = ?1 AND a.id = ?2 AND a.state = 'open' \
        ON CONFLICT (cell, account, medium, at, act) DO UPDATE SET body = marketing_choices.body";
    CHOICES = "SELECT body FROM marketing_choices WHERE cell = ?1 AND account = ?2 ORDER BY at, act";
    CHOSEN = "SELECT account, medium, at, act FROM marketing_choices WHERE cell = ?1 AND account = ?2";
}

#[async_trait]
impl MarketingChoices for SqliteStore {
    async fn keep_marketing_choice(
        &self,
        account: AccountId,
        choice: &MarketingChoice,
    ) -> Result<bool, StoreError> {
        let body = to_json(choice).map_err(Fault::from)?;
        let (medium, at, act) = (choice.medium.code(), choice.at.millis(), choice.act.code());
        self.write(move |connection| {
            let (cell, account) = account_key(account);
            let row = params![cell, account, medium, at, act, body];
            Ok(connection.prepare_cached(KEEP)?.execute(row)? == 1)
        })
        .await
    }

    async fn marketing_choices(
        &self,
        account: AccountId,
    ) -> Result<Vec<MarketingChoice>, StoreError> {
        let (cell, account) = account_key(account);
        self.read(|connection| {
            rows(connection, CHOICES, params![cell, account], |row| choice_of(row))
        })
    }

    async fn consenting(&self, accounts: &[AccountId]) -> Result<Vec<Consenting>, StoreError> {
        self.read(|connection| {
            let mut newest = Newest::default();
            let mut statement = connection.prepare_cached(CHOSEN)?;
            for account in accounts {
                let (cell, account) = account_key(*account);
                let mut rows = statement.query(params![cell, account])?;
                while let Some(row) = rows.next()? {
                    newest.take(row)?;
                }
            }
            Ok(newest.consenting())
        })
    }
}
