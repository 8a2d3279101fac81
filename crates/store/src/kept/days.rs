//! A day, added up row by row.

use super::Unreadable;
use super::journal::movements_of;
use super::row::Row;
use super::values::stage_of;
use farline_app::ports::days::Day;
use farline_domain::kernel::OrderId;
use farline_domain::ledger::MoneyFlows;
use farline_domain::orders::Stage;
use std::collections::HashMap;

/// What was added up so far: of each order where it stands.
#[derive(Default)]
pub(crate) struct DaySum {
    stages: HashMap<OrderId, Stage>,
    flows: MoneyFlows,
}

impl DaySum {
    /// Adds a row of the journal, read from: at, line, number, order_id, entry_sets, stage. The rows of an order come in the
    /// order in which they were written.
    pub(crate) fn add<R: Row>(&mut self, row: &R) -> Result<(), R::Fault> {
        if let (Some(order), Some(stage)) = (row.some_array(3)?, row.some_text(5)?) {
            self.stages.insert(OrderId::from_bytes(order), stage_of(stage)?);
        }
        for movement in movements_of(row)? {
            let added = self.flows.add(movement.kind, &movement.entries);
            added.map_err(|_| Unreadable("a sum of money that cannot be counted".to_owned()))?;
        }
        Ok(())
    }

    /// The day.
    pub(crate) fn finish(self) -> Day {
        let mut day = Day { flows: self.flows, ..Day::default() };
        for stage in self.stages.into_values() {
            *day.stages.entry(stage).or_default() += 1;
        }
        day
    }
}
