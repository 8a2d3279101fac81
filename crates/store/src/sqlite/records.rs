//! Contacts as kept: apart from everything else, so that they can be erased.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::values::cell;
use async_trait::async_trait;
use farline_app::ports::records::Contact;
use farline_app::ports::{Contacts, StoreError};
use farline_domain::kernel::ContactId;
use rusqlite::{Connection, OptionalExtension, params};

statements! {
    PUT = "INSERT INTO contacts (cell, id, email, phone) VALUES (?1, ?2, ?3, ?4) \
        ON CONFLICT (cell, id) DO UPDATE SET email = excluded.email, phone = excluded.phone";
    GET = "SELECT email, phone FROM contacts WHERE cell = ?1 AND id = ?2";
    ERASE = "DELETE FROM contacts WHERE cell = ?1 AND id = ?2";
}

/// Writes a contact record.
pub(super) fn put(connection: &Connection, id: ContactId, contact: &Contact) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(PUT)?;
    statement.execute(params![cell(id.cell()), id.to_bytes(), contact.email, contact.phone])?;
    Ok(())
}

#[async_trait]
impl Contacts for SqliteStore {
    async fn put_contact(&self, id: ContactId, contact: &Contact) -> Result<(), StoreError> {
        let contact = contact.clone();
        self.write(move |connection| put(connection, id, &contact)).await
    }

    async fn contact(&self, id: ContactId) -> Result<Option<Contact>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(GET)?;
            let found = statement.query_row(params![cell(id.cell()), id.to_bytes()], |row| {
                Ok(Contact { email: row.get(0)?, phone: row.get(1)? })
            });
            Ok(found.optional()?)
        })
    }

    async fn erase_contact(&self, id: ContactId) -> Result<(), StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(ERASE)?;
            statement.execute(params![cell(id.cell()), id.to_bytes()])?;
            Ok(())
        })
        .await
    }
}
