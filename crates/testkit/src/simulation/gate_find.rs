//! Looking for lines at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::find::Found;
use farline_app::ports::{Find, StoreError};
use farline_domain::hotline::Term;
use farline_domain::kernel::LineId;
use farline_domain::lines::HolderName;

#[async_trait]
impl Find for Gate {
    async fn find_lines(&self, terms: &[Term], most: u32) -> Result<Found, StoreError> {
        self.read(self.inner.find_lines(terms, most)).await
    }
    async fn holder_name(&self, line: LineId) -> Result<Option<HolderName>, StoreError> {
        self.read(self.inner.holder_name(line)).await
    }
}
