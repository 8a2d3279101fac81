//! The store as the use cases see it: every step may be the last, answers get lost, and the book hears
//! what was decided.

use super::book::Others;
use super::world::World;
use async_trait::async_trait;
use farline_app::ports::charging::{DepletionRecord, UnchargedDay};
use farline_app::ports::lines::{
    DayUsage, HourUsage, ImportError, LineSecrets, LineUsage, LineView, NewLine,
};
use farline_app::ports::orders::StoredReceipt;
use farline_app::ports::pipeline::{Beside, Envelope, Outcome, Ran};
use farline_app::ports::records::{Claim, Contact, Limit, NoticeRecord, RequestKey, StoredJob};
use farline_app::ports::staff::NewStaffLine;
use farline_app::ports::{
    Catalogues, Charging, Contacts, Jobs, Limits, LinePipeline, Lines, Orders, PublishedVersion,
    Quotes, Requests, SaleChange, Settings, Store, StoreError,
};
use farline_domain::catalog::{Catalogue, Plan, PlanCode, Promotion};
use farline_domain::charging::ChargingSession;
use farline_domain::commands::Answer;
use farline_domain::kernel::{
    AccountId, AllowanceKind, Cells, ContactId, Instant, LineId, LineNumber, OrderId, QuoteId,
    Reference, StaffId,
};
use farline_domain::orders::{Order, Quote};
use jiff::civil::Date;
use std::future::Future;
use std::sync::Arc;

/// How many of ten thousand reads fail.
const UNREAD: u64 = 15;
/// How many of ten thousand writes do not take place, and as many whose answer is lost.
const UNWRITTEN: u64 = 40;

type Kept<T> = Result<T, StoreError>;

/// The gate before a store.
pub(super) struct Gate {
    pub(super) inner: Arc<dyn Store>,
    pub(super) world: Arc<World>,
}

fn failed(how: &str) -> StoreError {
    StoreError::Failed(how.to_owned())
}

impl Gate {
    pub(super) async fn read<T>(&self, reading: impl Future<Output = Kept<T>>) -> Kept<T> {
        self.world.step().await;
        if self.world.mishap(UNREAD) {
            return Err(failed("it could not be read"));
        }
        reading.await
    }

    /// Writes, and lets the book hear of it before anybody can lose the answer.
    pub(super) async fn write<T>(
        &self,
        (what, hear): (&str, impl FnOnce(&World, &Kept<T>)),
        writing: impl Future<Output = Kept<T>>,
    ) -> Kept<T> {
        self.world.step().await;
        if self.world.mishap(UNWRITTEN) {
            self.world.note(format!("    {what} … is not written"));
            return Err(failed("it was not written"));
        }
        let written = writing.await;
        if let Err(error) = &written {
            self.world.book().contradict(format!("{what} failed by itself: {error}"));
        }
        hear(&self.world, &written);
        self.world.step().await;
        if self.world.mishap(UNWRITTEN) {
            self.world.note(format!("    {what} … the answer is lost"));
            return Err(failed("the answer was lost"));
        }
        written
    }

    /// Writes something that the book has no opinion of.
    pub(super) async fn put<T>(
        &self,
        what: &str,
        writing: impl Future<Output = Kept<T>>,
    ) -> Kept<T> {
        self.write((what, |world, _| world.note(format!("    {what}"))), writing).await
    }
}

/// Tells the book what was decided.
pub(super) fn hear(world: &World, envelope: &Envelope, outcome: &Kept<Outcome>) {
    let Ok(outcome) = outcome else { return };
    let led_to = match outcome {
        Outcome::Answered(Answer::Order(order)) => {
            format!("{} is {}", order.id, order.state.stage().code())
        }
        Outcome::Answered(Answer::Charging(answer)) => format!("{answer:?}"),
        other => format!("{other:?}"),
    };
    let (name, line, now) = (envelope.command.name(), envelope.line, envelope.context.now);
    world.note(format!("    {name} on {line} at {now:?}: {led_to}"));
    let now = world.their_now();
    let (provider, supplier) = (world.provider(), world.supplier());
    let others = Others { provider: &provider, supplier: &supplier, now };
    world.book().decided(envelope, outcome, &others);
}

#[async_trait]
impl LinePipeline for Gate {
    async fn run(&self, envelope: Envelope) -> Kept<Outcome> {
        let heard = envelope.clone();
        let hearing = move |world: &World, outcome: &Kept<Outcome>| hear(world, &heard, outcome);
        let name = envelope.command.name();
        self.write((name, hearing), self.inner.run(envelope)).await
    }
    async fn run_beside(&self, envelope: Envelope, beside: Beside<'_>) -> Kept<Ran> {
        let heard = envelope.clone();
        let hearing = move |world: &World, ran: &Kept<Ran>| match ran {
            Ok(Ran::Decided(outcome)) => hear(world, &heard, &Ok(outcome.clone())),
            Ok(Ran::KeyTaken) => world.note("    its key is taken".to_owned()),
            Err(_) => {}
        };
        let name = envelope.command.name();
        self.write((name, hearing), self.inner.run_beside(envelope, beside)).await
    }
}

#[async_trait]
impl Jobs for Gate {
    async fn due_jobs(&self, now: Instant, limit: u32) -> Kept<Vec<StoredJob>> {
        let jobs = self.read(self.inner.due_jobs(now, limit)).await?;
        for job in &jobs {
            self.world.book().tenure(job.line, job.epoch);
        }
        Ok(jobs)
    }
    async fn finish_job(&self, job: &StoredJob) -> Kept<bool> {
        let key = (job.line, job.number, job.epoch);
        let hearing = move |world: &World, settled: &Kept<bool>| {
            world.note(format!("    job {} of {} is done: {settled:?}", key.1, key.0));
            world.book().job_settled(key, (true, settled));
        };
        self.write(("a job's end", hearing), self.inner.finish_job(job)).await
    }
    async fn put_off_job(&self, job: &StoredJob, due: Instant) -> Kept<bool> {
        let key = (job.line, job.number, job.epoch);
        let hearing = move |world: &World, settled: &Kept<bool>| {
            world.note(format!("    job {} of {} waits: {settled:?}", key.1, key.0));
            world.book().job_settled(key, (false, settled));
        };
        self.write(("a job's delay", hearing), self.inner.put_off_job(job, due)).await
    }
    async fn next_due(&self) -> Kept<Option<Instant>> {
        self.read(self.inner.next_due()).await
    }
    async fn record_notice(&self, record: &NoticeRecord) -> Kept<()> {
        self.put("a notice", self.inner.record_notice(record)).await
    }
    async fn notices_of(&self, order: OrderId) -> Kept<Vec<NoticeRecord>> {
        self.read(self.inner.notices_of(order)).await
    }
    async fn has_event(&self, provider: &str, event: &str) -> Kept<bool> {
        self.read(self.inner.has_event(provider, event)).await
    }
    async fn note_event(&self, provider: &str, event: &str, now: Instant) -> Kept<bool> {
        self.put("an event", self.inner.note_event(provider, event, now)).await
    }
    async fn forget_events(&self, seen_before: Instant) -> Kept<u64> {
        self.put("events' end", self.inner.forget_events(seen_before)).await
    }
}

#[async_trait]
impl Quotes for Gate {
    async fn put_quote(&self, quote: &Quote) -> Kept<()> {
        let hearing = |world: &World, kept: &Kept<()>| {
            if kept.is_ok() {
                world.book().quoted(quote);
            }
        };
        self.write(("a quote", hearing), self.inner.put_quote(quote)).await
    }
    async fn quote(&self, id: QuoteId) -> Kept<Option<Quote>> {
        let quote = self.read(self.inner.quote(id)).await?;
        self.world.book().compare_quote(id, quote.as_ref());
        Ok(quote)
    }
    async fn forget_quotes(&self, cells: Cells, expired_before: Instant) -> Kept<u64> {
        self.put("quotes' end", self.inner.forget_quotes(cells, expired_before)).await
    }
}

#[async_trait]
impl Orders for Gate {
    async fn order(&self, id: OrderId) -> Kept<Option<Order>> {
        self.read(self.inner.order(id)).await
    }
    async fn order_by_reference(&self, reference: &Reference) -> Kept<Option<Order>> {
        self.read(self.inner.order_by_reference(reference)).await
    }
    async fn orders_of_line(
        &self,
        line: LineId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Kept<Vec<Order>> {
        self.read(self.inner.orders_of_line(line, before, limit)).await
    }
    async fn orders_of_account(
        &self,
        account: AccountId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Kept<Vec<Order>> {
        self.read(self.inner.orders_of_account(account, before, limit)).await
    }
    async fn orders_with_task(&self, limit: u32) -> Kept<Vec<Order>> {
        self.read(self.inner.orders_with_task(limit)).await
    }
    async fn receipt(&self, order: OrderId) -> Kept<Option<StoredReceipt>> {
        self.read(self.inner.receipt(order)).await
    }
    async fn keep_pdf(&self, order: OrderId, pdf: Vec<u8>) -> Kept<Vec<u8>> {
        self.put("a sheet", self.inner.keep_pdf(order, pdf)).await
    }
}

#[async_trait]
impl Lines for Gate {
    async fn find_line(&self, number: &LineNumber) -> Kept<Option<LineId>> {
        self.read(self.inner.find_line(number)).await
    }
    async fn line(&self, id: LineId) -> Kept<Option<LineView>> {
        self.read(self.inner.line(id)).await
    }
    async fn line_secrets(&self, id: LineId) -> Kept<LineSecrets> {
        self.read(self.inner.line_secrets(id)).await
    }
    async fn usage(&self, id: LineId, from: Date, until: Date) -> Kept<Vec<DayUsage>> {
        self.read(self.inner.usage(id, from, until)).await
    }
    async fn usage_by_hour(
        &self,
        id: LineId,
        kind: AllowanceKind,
        from: Date,
    ) -> Kept<Vec<HourUsage>> {
        self.read(self.inner.usage_by_hour(id, kind, from)).await
    }
    async fn usage_of_lines(
        &self,
        after: Option<LineId>,
        from: Date,
        lines: u32,
    ) -> Kept<Vec<LineUsage>> {
        self.read(self.inner.usage_of_lines(after, from, lines)).await
    }
    async fn import_lines(
        &self,
        rows: Box<dyn Iterator<Item = Result<(u64, NewLine), ImportError>> + Send>,
        progress: Box<dyn Fn(u64) + Send>,
    ) -> Result<u64, ImportError> {
        self.inner.import_lines(rows, progress).await
    }
    async fn move_demonstration_dates(&self, days: i32) -> Kept<u64> {
        self.inner.move_demonstration_dates(days).await
    }
    async fn count_lines(&self) -> Kept<u64> {
        self.read(self.inner.count_lines()).await
    }
    async fn lines_to_sweep(&self, now: Instant, limit: u32) -> Kept<Vec<LineId>> {
        self.read(self.inner.lines_to_sweep(now, limit)).await
    }
}

#[async_trait]
impl Charging for Gate {
    async fn charging_session(&self, line: LineId, session: &str) -> Kept<Option<ChargingSession>> {
        self.read(self.inner.charging_session(line, session)).await
    }
    async fn forget_sessions(&self, cells: Cells, heard_before: Date) -> Kept<u64> {
        let hearing = |world: &World, forgotten: &Kept<u64>| {
            let mut book = world.book();
            let expected = book.forget_sessions(cells, heard_before);
            if forgotten.as_ref().is_ok_and(|forgotten| *forgotten != expected) {
                book.contradict(format!("{forgotten:?} sessions are forgotten, not {expected}"));
            }
        };
        self.write(("sessions' end", hearing), self.inner.forget_sessions(cells, heard_before))
            .await
    }
    async fn note_depletion(&self, record: &DepletionRecord) -> Kept<()> {
        self.put("a depletion", self.inner.note_depletion(record)).await
    }
    async fn depletions(&self, line: LineId) -> Kept<Vec<DepletionRecord>> {
        self.read(self.inner.depletions(line)).await
    }
    async fn uncharged(&self, line: LineId, from: Date, until: Date) -> Kept<Vec<UnchargedDay>> {
        self.read(self.inner.uncharged(line, from, until)).await
    }
}

#[async_trait]
impl Requests for Gate {
    async fn claim(&self, request: RequestKey<'_>, seed: [u8; 16], now: Instant) -> Kept<Claim> {
        self.put("a claim", self.inner.claim(request, seed, now)).await
    }
    async fn is_claimed(&self, request: RequestKey<'_>) -> Kept<bool> {
        self.read(self.inner.is_claimed(request)).await
    }
    async fn answer(&self, request: RequestKey<'_>, status: u16, body: &str) -> Kept<()> {
        self.put("an answer", self.inner.answer(request, status, body)).await
    }
    async fn give_up(&self, request: RequestKey<'_>) -> Kept<()> {
        self.put("a claim's end", self.inner.give_up(request)).await
    }
    async fn forget_requests(&self, cells: Cells, claimed_before: Instant) -> Kept<u64> {
        self.put("claims' end", self.inner.forget_requests(cells, claimed_before)).await
    }
}

#[async_trait]
impl Contacts for Gate {
    async fn put_contact(&self, id: ContactId, contact: &Contact) -> Kept<()> {
        self.put("a contact", self.inner.put_contact(id, contact)).await
    }
    async fn contact(&self, id: ContactId) -> Kept<Option<Contact>> {
        self.read(self.inner.contact(id)).await
    }
    async fn erase_contact(&self, id: ContactId) -> Kept<()> {
        self.put("a contact's end", self.inner.erase_contact(id)).await
    }
}

#[async_trait]
impl Limits for Gate {
    async fn hit(&self, limit: Limit<'_>, now: Instant) -> Kept<Option<Instant>> {
        self.put("a hit", self.inner.hit(limit, now)).await
    }
    async fn take_back(&self, name: &'static str, subject: &str, now: Instant) -> Kept<()> {
        self.put("a hit taken back", self.inner.take_back(name, subject, now)).await
    }
    async fn counted(&self, name: &'static str, subject: &str, now: Instant) -> Kept<u32> {
        self.read(self.inner.counted(name, subject, now)).await
    }
    async fn clear(&self, name: &'static str, subject: &str) -> Kept<()> {
        self.put("a limit's end", self.inner.clear(name, subject)).await
    }
}

#[async_trait]
impl Settings for Gate {
    async fn setting(&self, name: &str) -> Kept<Option<String>> {
        self.read(self.inner.setting(name)).await
    }
    async fn put_setting(&self, name: &str, value: &str) -> Kept<()> {
        self.put("a setting", self.inner.put_setting(name, value)).await
    }
}

#[async_trait]
impl Catalogues for Gate {
    fn catalogue(&self) -> Arc<Catalogue> {
        self.inner.catalogue()
    }
    async fn publish(&self, catalogue: Catalogue, now: Instant) -> Kept<u32> {
        self.put("a catalogue", self.inner.publish(catalogue, now)).await
    }
    async fn put_promotions(&self, promotions: Vec<Promotion>) -> Kept<()> {
        self.put("promotions", self.inner.put_promotions(promotions)).await
    }
    async fn plan_version(&self, code: &PlanCode, version: u32) -> Kept<Option<Plan>> {
        self.read(self.inner.plan_version(code, version)).await
    }
    async fn change_sale(
        &self,
        change: SaleChange,
        by: (StaffId, NewStaffLine),
        now: Instant,
    ) -> Kept<bool> {
        self.put("a change of a sale", self.inner.change_sale(change, by, now)).await
    }
    async fn plan_versions(&self, code: &PlanCode) -> Kept<Vec<PublishedVersion>> {
        self.read(self.inner.plan_versions(code)).await
    }
}
