//! How a partner's account stands, and how it came to that.

use crate::ports::subjects::Move;
use crate::receipts::print;
use crate::reports::{decimal, sheet_text, text_cell};
use crate::wording::statement::{StatementFacts, statement_document};
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::{Currency, Instant, Language, Money, OrderId, Units};
use farline_domain::partners::{Partner, Standing};
use farline_domain::subjects::{SubjectEntryKind, SubjectRefusal};
use farline_texts::Words;
use jiff::ToSpan;
use jiff::civil::Date;

/// Entries of a document at most: some forty pages.
pub const MOST_PRINTED: usize = 1_200;
/// Entries read in one go.
const PAGE: u32 = 500;
/// The heading of the sheet.
const HEADING: [&str; 8] =
    ["entry", "at", "kind", "reference", "order", "amount", "balance", "currency"];

/// What changes a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Paid in.
    PayIn,
    /// Paid out.
    PayOut,
    /// An order was delivered.
    Order,
    /// A delivery was taken back.
    GivenBack,
}

impl LineKind {
    /// The word shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PayIn => "pay_in",
            Self::PayOut => "pay_out",
            Self::Order => "order",
            Self::GivenBack => "given_back",
        }
    }

    /// What an entry is on a statement, and its sign. What is only held, or limits, is nothing.
    const fn of(kind: SubjectEntryKind) -> Option<(Self, i64)> {
        match kind {
            SubjectEntryKind::PayIn => Some((Self::PayIn, 1)),
            SubjectEntryKind::PayOut => Some((Self::PayOut, -1)),
            SubjectEntryKind::Capture => Some((Self::Order, -1)),
            SubjectEntryKind::GiveBack => Some((Self::GivenBack, 1)),
            SubjectEntryKind::Limit
            | SubjectEntryKind::HolderLimit
            | SubjectEntryKind::Credit
            | SubjectEntryKind::Reserve
            | SubjectEntryKind::Release => None,
        }
    }
}

/// A line of a statement. Amounts are in minor units of its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// The number of its entry on the account.
    pub number: u64,
    /// When.
    pub at: Instant,
    /// What.
    pub kind: LineKind,
    /// What the partner calls the order, or the bank the payment.
    pub reference: Option<String>,
    /// The order.
    pub order: Option<OrderId>,
    /// By how much the balance changed.
    pub amount: i64,
    /// The balance afterwards.
    pub balance: i64,
}

/// What changed the balance of an account on some days. Amounts are in minor units of its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The first local date, where the business is.
    pub from: Date,
    /// The last local date.
    pub until: Date,
    /// Of what.
    pub currency: Currency,
    /// The balance before the first line.
    pub opening: i64,
    /// The balance after the last line.
    pub closing: i64,
    /// The oldest first.
    pub lines: Vec<StatementLine>,
}

/// How an account stands.
pub async fn standing(app: &App, partner: &Partner) -> Result<Standing, Problem> {
    let subject = app.store.subject(&partner.account()).await?;
    Ok(Standing::of(subject.as_ref(), partner.currency).map_err(SubjectRefusal::from)?)
}

/// The statement of some days. Entries are read backwards from the newest, so that the month that is asked for most is the cheapest.
pub async fn statement(
    app: &App,
    partner: &Partner,
    (from, until): (Date, Date),
) -> Result<Statement, Problem> {
    let zone = app.desk.zone();
    let (begin, end) = (zone.start_of(from), zone.start_of(until.saturating_add(1.day())));
    let subject = app.store.subject(&partner.account()).await?;
    let (mut before, mut balance) = subject.map_or((0, 0), |subject| {
        let paid_in = subject.paid_in.count();
        (subject.entries.saturating_add(1), paid_in.saturating_sub(subject.whole.used.count()))
    });
    let (mut lines, mut closing) = (Vec::new(), None);
    'pages: while before > 1 {
        let page = app.store.entries_before(&partner.account(), before, PAGE).await?;
        before = page.last().map_or(0, |last| last.entry.number);
        for one in page {
            if one.entry.at < begin {
                break 'pages;
            }
            let Some((kind, sign)) = LineKind::of(one.entry.kind) else { continue };
            let amount = sign * one.entry.units.map_or(0, Units::count);
            if one.entry.at < end {
                closing.get_or_insert(balance);
                lines.push(line(app, one, (kind, amount, balance)).await?);
            }
            balance = balance.saturating_sub(amount);
        }
    }
    lines.reverse();
    let closing = closing.unwrap_or(balance);
    let opening = lines.iter().fold(closing, |sum, line| sum.saturating_sub(line.amount));
    Ok(Statement { from, until, currency: partner.currency, opening, closing, lines })
}

async fn line(
    app: &App,
    Move { entry, order }: Move,
    (kind, amount, balance): (LineKind, i64, i64),
) -> Result<StatementLine, Problem> {
    let mut reference = entry.named.map(|named| named.as_str().to_owned());
    if let Some(id) = order {
        let sold_by = app.store.order(id).await?.and_then(|order| order.sold_by);
        reference = sold_by.map(|sold_by| sold_by.reference);
    }
    let (number, at) = (entry.number, entry.at);
    Ok(StatementLine { number, at, kind, reference, order, amount, balance })
}

/// The signed PDF of a statement: its entries, the balance before and after, and the same for programs attached.
pub async fn statement_pdf(
    app: &App,
    partner: &Partner,
    (statement, language): (&Statement, Language),
) -> Result<Vec<u8>, Problem> {
    if statement.lines.len() > MOST_PRINTED {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field("until"));
    }
    let month = statement.from.strftime("%Y-%m");
    let place = format!("{}/partner/{}/statement", language.path(), partner.code);
    let facts = StatementFacts {
        business: &app.business,
        partner,
        link: format!("{}/{place}?month={month}", app.base_url),
        mode: app.mode,
        zone: app.desk.zone(),
        now: app.now(),
    };
    print(app, statement_document(Words::of(language), statement, &facts)).await
}

/// The statement as CSV (RFC 4180): the opening balance, the lines, the closing balance. No cell of it is a formula.
pub fn statement_sheet(statement: &Statement) -> String {
    let currency = statement.currency;
    let amount = |minor| decimal(Money { minor, currency });
    let total = |kind: &str, on: Date, balance| {
        let [entry, reference, order, change] = [(); 4].map(|()| String::new());
        let currency = currency.code().to_owned();
        [entry, on.to_string(), kind.to_owned(), reference, order, change, balance, currency]
    };
    let line = |line: &StatementLine| {
        [
            line.number.to_string(),
            line.at.rfc3339(),
            line.kind.code().to_owned(),
            text_cell(line.reference.as_deref().unwrap_or("")).into_owned(),
            line.order.map(|order| order.to_string()).unwrap_or_default(),
            amount(line.amount),
            amount(line.balance),
            currency.code().to_owned(),
        ]
    };
    let opening = total("opening", statement.from, amount(statement.opening));
    let closing = total("closing", statement.until, amount(statement.closing));
    let rows = std::iter::once(opening).chain(statement.lines.iter().map(line));
    sheet_text(HEADING, rows.chain(std::iter::once(closing)))
}
