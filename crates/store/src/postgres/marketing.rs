//! Choices about messages that sell.

use super::PostgresStore;
use super::accounts::account_key;
use super::fault::Fault;
use super::session::Parameters;
use super::values::Id;
use crate::kept::marketing::{Newest, choice_of};
use crate::kept::values::to_json;
use async_trait::async_trait;
use farline_app::ports::marketing::Consenting;
use farline_app::ports::{MarketingChoices, StoreError};
use farline_domain::accounts::MarketingChoice;
use farline_domain::kernel::AccountId;

statements! {
    KEEP = "INSERT INTO marketing_choices (cell, account, medium, at, act, body) \
        SELECT a.cell, a.id, $3, $4, $5, $6 FROM accounts AS a \
        WHERE a.cell = $1 AND a.id = $2 AND a.state = 'open' \
        ON CONFLICT (cell, account, medium, at, act) DO UPDATE SET body = marketing_choices.body";
    CHOICES = "SELECT body FROM marketing_choices WHERE cell = $1 AND account = $2 ORDER BY at, act";
    CHOSEN = "SELECT account, medium, at, act FROM marketing_choices \
        WHERE cell = ANY($1::smallint[]) AND account = ANY($2::bytea[])";
}

async fn keep(
    store: &PostgresStore,
    account: AccountId,
    choice: &MarketingChoice,
) -> Result<bool, Fault> {
    let body = to_json(choice)?;
    let (medium, at, act) = (choice.medium.code(), choice.at.millis(), choice.act.code());
    let (cell, account) = account_key(account);
    let row: Parameters<'_> = &[&cell, &account, &medium, &at, &act, &body];
    Ok(store.session().await?.execute(KEEP, row).await? == 1)
}

async fn consenting(
    store: &PostgresStore,
    accounts: &[AccountId],
) -> Result<Vec<Consenting>, Fault> {
    let keys = accounts.iter().map(|account| account_key(*account));
    let (cells, ids): (Vec<i16>, Vec<Id>) = keys.unzip();
    let mut newest = Newest::default();
    for row in &store.session().await?.rows(CHOSEN, &[&cells, &ids]).await? {
        newest.take(row)?;
    }
    Ok(newest.consenting())
}

#[async_trait]
impl MarketingChoices for PostgresStore {
    async fn keep_marketing_choice(
        &self,
        account: AccountId,
        choice: &MarketingChoice,
    ) -> Result<bool, StoreError> {
        Ok(keep(self, account, choice).await?)
    }

    async fn marketing_choices(
        &self,
        account: AccountId,
    ) -> Result<Vec<MarketingChoice>, StoreError> {
        let (cell, account) = account_key(account);
        let key: Parameters<'_> = &[&cell, &account];
        let found = self.session().await?.rows(CHOICES, key).await?;
        Ok(found.iter().map(choice_of).collect::<Result<_, Fault>>()?)
    }

    async fn consenting(&self, accounts: &[AccountId]) -> Result<Vec<Consenting>, StoreError> {
        Ok(consenting(self, accounts).await?)
    }
}
