//! Contacts as kept: apart from everything else, so that they can be erased.

use super::PostgresStore;
use super::fault::Fault;
use super::values::{Octets, cell_of};
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::records::Contact;
use farline_app::ports::{Contacts, StoreError};
use farline_domain::kernel::ContactId;

statements! {
    PUT = "INSERT INTO contacts (cell, id, email, phone) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (cell, id) DO UPDATE SET email = excluded.email, phone = excluded.phone";
    GET = "SELECT email, phone FROM contacts WHERE cell = $1 AND id = $2";
    ERASE = "DELETE FROM contacts WHERE cell = $1 AND id = $2";
}

async fn put(store: &PostgresStore, id: ContactId, contact: &Contact) -> Result<(), Fault> {
    let (cell, id) = (cell_of(id.cell()), Octets(id.to_bytes()));
    store.session().await?.execute(PUT, &[&cell, &id, &contact.email, &contact.phone]).await?;
    Ok(())
}

async fn get(store: &PostgresStore, id: ContactId) -> Result<Option<Contact>, Fault> {
    let (cell, id) = (cell_of(id.cell()), Octets(id.to_bytes()));
    let row = store.session().await?.row(GET, &[&cell, &id]).await?;
    row.map(|row| {
        let (email, phone) = (row.some_text(0)?, row.some_text(1)?);
        Ok(Contact { email: email.map(str::to_owned), phone: phone.map(str::to_owned) })
    })
    .transpose()
}

async fn erase(store: &PostgresStore, id: ContactId) -> Result<(), Fault> {
    let (cell, id) = (cell_of(id.cell()), Octets(id.to_bytes()));
    store.session().await?.execute(ERASE, &[&cell, &id]).await?;
    Ok(())
}

#[async_trait]
impl Contacts for PostgresStore {
    async fn put_contact(&self, id: ContactId, contact: &Contact) -> Result<(), StoreError> {
        Ok(put(self, id, contact).await?)
    }

    async fn contact(&self, id: ContactId) -> Result<Option<Contact>, StoreError> {
        Ok(get(self, id).await?)
    }

    async fn erase_contact(&self, id: ContactId) -> Result<(), StoreError> {
        Ok(erase(self, id).await?)
    }
}
