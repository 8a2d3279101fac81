//! Reminders, at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::reminders::{LookDay, RemindedLine};
use farline_app::ports::shops::Revised;
use farline_app::ports::{Reminders, StoreError};
use farline_domain::kernel::{AccountId, Cells, Instant, LineId};
use farline_domain::reminders::{Reminder, ReminderWish};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Reminders for Gate {
    async fn lines_to_remind(
        &self,
        after: Option<LineId>,
        day: LookDay,
        limit: u32,
    ) -> Kept<Vec<RemindedLine>> {
        self.read(self.inner.lines_to_remind(after, day, limit)).await
    }
    async fn line_to_remind(&self, line: LineId, day: LookDay) -> Kept<Option<RemindedLine>> {
        self.read(self.inner.line_to_remind(line, day)).await
    }
    async fn plan_reminders(&self, reminders: &[Reminder]) -> Kept<u64> {
        self.put("reminders", self.inner.plan_reminders(reminders)).await
    }
    async fn due_reminders(&self, now: Instant, limit: u32) -> Kept<Vec<Revised<Reminder>>> {
        self.read(self.inner.due_reminders(now, limit)).await
    }
    async fn keep_reminder(&self, reminder: &Revised<Reminder>) -> Kept<bool> {
        self.put("a reminder", self.inner.keep_reminder(reminder)).await
    }
    async fn reminders_of_line(&self, line: LineId) -> Kept<Vec<Reminder>> {
        self.read(self.inner.reminders_of_line(line)).await
    }
    async fn keep_reminder_wish(
        &self,
        line: LineId,
        account: AccountId,
        wish: ReminderWish,
    ) -> Kept<()> {
        self.put("a wish for reminders", self.inner.keep_reminder_wish(line, account, wish)).await
    }
    async fn forget_reminders(&self, cells: Cells, before: Instant) -> Kept<u64> {
        self.put("reminders forgotten", self.inner.forget_reminders(cells, before)).await
    }
}
