//! What must be true, kept beside the store and without its rules: what was acknowledged, what each
//! bucket holds, and what each order may have become by what the provider took and gave back and what
//! the supplier delivered.

mod balance;
mod charging;
mod early;
mod forfeit;
mod money;
mod orders;

use super::provider::ProviderBook;
use super::supplier::SupplierBook;
use balance::LineBook;
use farline_app::ports::StoreError;
use farline_app::ports::charging::{DepletionRecord, UnchargedDay};
use farline_app::ports::lines::{DayUsage, LineView, NewLine};
use farline_app::ports::orders::StoredReceipt;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_domain::balance::DepletionMark;
use farline_domain::catalog::Network;
use farline_domain::commands::{Answer, LineCommand, Refusal};
use farline_domain::kernel::{AccountId, Cells, CommandKey, Instant, LineId, OrderId, QuoteId};
use farline_domain::orders::{Order, Quote, Stage};
use farline_domain::subjects::Tally;
use jiff::civil::Date;
pub(super) use money::Rest;
pub(super) use orders::{reference, was_delivered};
use std::collections::{BTreeMap, BTreeSet};

/// The other sides' books, at one instant of theirs.
pub(super) struct Others<'a> {
    pub(super) provider: &'a ProviderBook,
    pub(super) supplier: &'a SupplierBook,
    pub(super) now: Instant,
}

/// The book.
#[derive(Default)]
pub(super) struct Book {
    lines: BTreeMap<LineId, LineBook>,
    /// Orders as they were last answered.
    pub(super) orders: BTreeMap<OrderId, Order>,
    quotes: BTreeMap<QuoteId, Quote>,
    keys: BTreeSet<(LineId, CommandKey)>,
    receipts: BTreeMap<OrderId, StoredReceipt>,
    /// Orders by the account that paid.
    pub(super) paid_by: BTreeMap<AccountId, BTreeSet<OrderId>>,
    /// The newest tenure of each cell that was given out.
    epochs: BTreeMap<u16, u64>,
    struck_off: BTreeSet<(LineId, u32)>,
    /// Orders in the order in which they were placed.
    pub(super) placed: Vec<OrderId>,
    /// The lines that were touched since this was last asked.
    touched: BTreeSet<LineId>,
    contradictions: Vec<String>,
}

impl Book {
    /// Notes that something is not as it must be.
    pub(super) fn contradict(&mut self, what: String) {
        self.contradictions.push(what);
    }

    /// What is not as it must be.
    pub(super) fn take_contradictions(&mut self) -> Vec<String> {
        std::mem::take(&mut self.contradictions)
    }

    /// The lines that were touched since this was last asked, which are there.
    pub(super) fn take_touched(&mut self) -> Vec<LineId> {
        let touched = std::mem::take(&mut self.touched);
        touched.into_iter().filter(|line| self.lines.contains_key(line)).collect()
    }

    /// Every line.
    pub(super) fn all_lines(&self) -> Vec<LineId> {
        self.lines.keys().copied().collect()
    }

    fn agree<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, found: &T, expected: &T) {
        if found != expected {
            self.contradict(format!("{what} is {found:?}, not {expected:?}"));
        }
    }

    /// A line is imported.
    pub(super) fn import(&mut self, new: &NewLine, network: &Network) {
        self.lines.insert(new.line.id, LineBook::imported(new, network));
    }

    /// A quote is kept.
    pub(super) fn quoted(&mut self, quote: &Quote) {
        self.quotes.insert(quote.id, quote.clone());
    }

    /// What was acknowledged is read at once, as it was.
    pub(super) fn compare_quote(&mut self, id: QuoteId, kept: Option<&Quote>) {
        if let Some(quote) = self.quotes.get(&id).cloned() {
            self.agree(&format!("{id} as kept"), &kept, &Some(&quote));
        }
    }

    /// A command was decided; whether the caller hears the outcome or not, it stands.
    pub(super) fn decided(&mut self, envelope: &Envelope, outcome: &Outcome, others: &Others<'_>) {
        let Envelope { line, key, command, context } = envelope;
        if let Some(key) = key {
            let is_new = !self.keys.contains(&(*line, *key));
            self.agree("whether a key is new", &(*outcome != Outcome::Repeated), &is_new);
            // What is refused has not used its key up.
            if matches!(outcome, Outcome::Answered(_)) {
                self.keys.insert((*line, *key));
            }
        }
        if *outcome == Outcome::Repeated {
            return;
        }
        self.touched.insert(*line);
        let Some(mut book) = self.lines.remove(line) else {
            self.agree("a command on a line that is not there", outcome, &Outcome::NoSuchLine);
            return;
        };
        match command {
            LineCommand::Charge(request) => {
                let expected = book.charge(request, context.now, outcome);
                self.agree(&format!("the answer to {request:?}"), outcome, &expected);
            }
            LineCommand::Sweep => {
                book.sweep(context.now);
                self.agree("a sweep", outcome, &Outcome::Answered(Answer::Done));
            }
            LineCommand::Grant { allowance, valid_until } => {
                book.grant(allowance, (context.now, *valid_until), None);
                self.agree("a grant", outcome, &Outcome::Answered(Answer::Done));
            }
            // Lines that renew themselves have a year of their own; nobody here takes money by hand or sells in a shop.
            LineCommand::AskCharge(_)
            | LineCommand::RefundedAtShop(..)
            | LineCommand::TakeByHand(..)
            | LineCommand::GiveByHand(..)
            | LineCommand::ChargeWith(..)
            | LineCommand::ChargeDeclined(..)
            | LineCommand::AgreeAutoRenew(_)
            | LineCommand::EndAutoRenew
            | LineCommand::StepAutoRenew(_) => {
                self.contradict(format!("nobody here asks for {command:?}"));
            }
            LineCommand::Place(_)
            | LineCommand::AttachCheckout(..)
            | LineCommand::Capture(..)
            | LineCommand::Cancel(_)
            | LineCommand::CancelQueued(_)
            | LineCommand::StartQueued(_)
            | LineCommand::Expire(_)
            | LineCommand::Route(..)
            | LineCommand::Send(_)
            | LineCommand::DeliveryAnswered(..)
            | LineCommand::ChooseHeld(..)
            | LineCommand::WrongNumber(_)
            | LineCommand::RefundAnswered(..)
            | LineCommand::Refund(..)
            | LineCommand::Dispute(..)
            | LineCommand::BookFee(..)
            | LineCommand::Resolve(..) => match outcome {
                Outcome::Answered(Answer::Order(order)) => {
                    self.ordered(&mut book, (command, order), (context.now, others));
                }
                Outcome::Refused(refusal) => self.refused(&book, (command, refusal), context.now),
                Outcome::Answered(_) | Outcome::Repeated | Outcome::NoSuchLine => {
                    self.contradict(format!("{command:?} led to {outcome:?}"));
                }
            },
        }
        self.lines.insert(*line, book);
    }

    /// A refusal must be true, as far as it can be told from here.
    fn refused(
        &mut self,
        line: &LineBook,
        (command, refusal): (&LineCommand, &Refusal),
        now: Instant,
    ) {
        let placing = match command {
            LineCommand::Place(placing) => placing,
            LineCommand::StartQueued(order) => {
                return self.not_started(line, (*order, refusal), now);
            }
            _ => return,
        };
        let is_true = match refusal {
            Refusal::QuoteExpired => now >= placing.quote.expires_at,
            Refusal::RenewalInProgress => self.is_busy(placing.quote.line),
            Refusal::NotEnough => line.credit(now) < placing.quote.price.total.minor,
            Refusal::NotRenewable(_) => true,
            _ => false,
        };
        if !is_true {
            self.contradict(format!("an order is refused with {refusal:?}: {placing:?}"));
        }
    }

    fn is_busy(&self, line: LineId) -> bool {
        self.orders.values().any(|order| order.line == line && order.is_unfinished())
    }

    /// What is kept of a line must be what the book says.
    pub(super) fn compare_line(&mut self, id: LineId, view: Option<&LineView>) {
        let (Some(view), Some(book)) = (view, self.lines.get(&id)) else {
            return self.contradict(format!("{id} is gone"));
        };
        let differences = book.differences(view);
        let busy = self.is_busy(id);
        self.agree(&format!("what blocks {id}"), &view.renewal_in_progress, &busy);
        for difference in differences {
            self.contradict(format!("{id}: {difference}"));
        }
    }

    /// What a line used by day, paid for or not, and the marks its buckets passed, as kept.
    pub(super) fn compare_use(
        &mut self,
        id: LineId,
        (used, uncharged): (&[DayUsage], &[UnchargedDay]),
        depletions: Option<&[DepletionRecord]>,
    ) {
        let mut kept: BTreeMap<(Date, &'static str), [i64; 3]> = BTreeMap::new();
        for day in used {
            kept.entry((day.date, day.kind.code())).or_default()[0] = day.units.count();
        }
        for day in uncharged {
            let sums = kept.entry((day.date, day.kind.code())).or_default();
            (sums[1], sums[2]) = (day.overrun.count(), day.refused.count());
        }
        kept.retain(|_, sums| *sums != [0, 0, 0]);
        let Some((days, marks)) =
            self.lines.get(&id).map(|line| (line.days.clone(), line.depleted.clone()))
        else {
            return;
        };
        self.agree(&format!("what {id} used by day"), &kept, &days);
        if let Some(depletions) = depletions {
            let percent = |mark: DepletionMark| match mark {
                DepletionMark::ThreeQuarters => 75,
                DepletionMark::NineTenths => 90,
                DepletionMark::UsedUp => 100,
            };
            let kept = depletions.iter().map(|record| (record.bucket, percent(record.mark)));
            self.agree(&format!("the marks that {id} passed"), &kept.collect(), &marks);
        }
    }

    /// What is kept of an order must be what was last answered.
    pub(super) fn compare_order(&mut self, id: OrderId, kept: Option<&Order>) {
        let answered = self.orders.get(&id).cloned();
        self.agree(&format!("{id} as kept"), &kept, &answered.as_ref());
    }

    /// A receipt and its rendering never change.
    pub(super) fn compare_receipt(&mut self, id: OrderId, kept: Option<StoredReceipt>) {
        let was_delivered = self.orders.get(&id).is_some_and(orders::was_delivered);
        self.agree(&format!("whether {id} has a receipt"), &kept.is_some(), &was_delivered);
        let Some(kept) = kept else { return };
        if let Some(seen) = self.receipts.get(&id).cloned() {
            self.agree(&format!("the receipt of {id}"), &kept.receipt, &seen.receipt);
            if seen.pdf.is_some() {
                self.agree(&format!("the sheet of {id}"), &kept.pdf, &seen.pdf);
            }
        }
        self.receipts.insert(id, kept);
    }

    /// What an account paid for is what it is told.
    pub(super) fn compare_account(&mut self, account: AccountId, told: &BTreeSet<OrderId>) {
        let paid = self.paid_by.get(&account).cloned().unwrap_or_default();
        self.agree(&format!("what {account} paid for"), told, &paid);
    }

    /// Never more places of a promotion are taken than there are; in the end those of the orders that
    /// were delivered.
    pub(super) fn compare_promotion(&mut self, whole: &Tally, most: i64, rest: Rest) {
        let (used, reserved) = (whole.used.count(), whole.reserved.count());
        if used + reserved > most {
            self.contradict(format!("{used} places are used and {reserved} held, of {most}"));
        }
        if rest == Rest::Reached {
            let holds = |order: &&Order| {
                !order.reservations.is_empty() && order.state.stage() == Stage::Delivered
            };
            let delivered = self.orders.values().filter(holds).count();
            let expected = (i64::try_from(delivered).unwrap_or(i64::MAX), 0);
            self.agree("the places used and held", &(used, reserved), &expected);
        }
    }

    /// A sheet is shown to somebody.
    pub(super) fn shown(&mut self, id: OrderId, sheet: &[u8]) {
        let seen = self.receipts.get(&id).and_then(|receipt| receipt.pdf.clone());
        if let Some(seen) = seen {
            self.agree(&format!("the sheet of {id} as shown"), &sheet, &seen.as_slice());
        }
    }

    /// Sessions are forgotten. Returns how many.
    pub(super) fn forget_sessions(&mut self, cells: Cells, heard_before: Date) -> u64 {
        let within = |line: &LineId| (cells.first..=cells.last).contains(&line.cell().number());
        let lines = self.lines.iter_mut().filter(|(line, _)| within(line));
        lines.map(|(_, line)| line.forget_sessions(heard_before)).sum()
    }

    /// A tenure of a cell is given out.
    pub(super) fn tenure(&mut self, line: LineId, epoch: u64) {
        let newest = self.epochs.entry(line.cell().number()).or_default();
        *newest = (*newest).max(epoch);
    }

    /// A job was struck off, or put off, by whoever held its cell in a tenure.
    pub(super) fn job_settled(
        &mut self,
        (line, number, epoch): (LineId, u32, u64),
        (is_gone, settled): (bool, &Result<bool, StoreError>),
    ) {
        if !matches!(settled, Ok(true)) {
            return;
        }
        let newest = self.epochs.get(&line.cell().number()).copied().unwrap_or_default();
        if epoch < newest {
            self.contradict(format!("job {number} of {line} is settled in a tenure that is over"));
        }
        if is_gone && !self.struck_off.insert((line, number)) {
            self.contradict(format!("job {number} of {line} is struck off twice"));
        }
    }
}
