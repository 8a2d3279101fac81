//! What is bought in a benchmark: a plan of the demonstration's catalogue on invented lines that have
//! more credit than they can spend.

use crate::demonstration;
use eyre::{Result, eyre};
use farline_app::imports::read_catalogue;
use farline_app::ports::Store;
use farline_app::ports::lines::{ImportError, LineSecrets, NewBucket, NewLine};
use farline_domain::balance::Session;
use farline_domain::catalog::{Allowance, Catalogue, Operator, Plan, PlanCode, Price, price};
use farline_domain::charging::{ChargingRequest, ChargingStep, ServiceKind, Terms};
use farline_domain::commands::{LineCommand, PayWith, PlaceOrder};
use farline_domain::kernel::{
    AllowanceKind, Cell, Iccid, Instant, Language, LineId, Msisdn, OrderId, Province, QuoteId,
    Reference, Units,
};
use farline_domain::lines::{HolderName, Line, LineDates};
use farline_domain::orders::{Channel, Quote};
use jiff::ToSpan;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

/// The plan that is bought.
const PLAN: &str = "maplewave-5gb";
/// The credit of every line, in cents.
const CREDIT: i64 = 1_000_000_000;
/// The data of every line that is left to be used, in octets.
const DATA: i64 = 1_000_000_000_000;
/// Days until the lines expire.
const DAYS_LEFT: i64 = 8;

/// The lines of a benchmark and what is bought on them.
pub(crate) struct Stock {
    operator: Operator,
    plan: Plan,
    price: Price,
    lines: u32,
    cells: u16,
    now: Instant,
}

impl Stock {
    /// Publishes the catalogue and imports the lines.
    pub(crate) async fn fill(store: &dyn Store, plan: &super::Plan, now: Instant) -> Result<Self> {
        Self::fill_with(store, plan, (now, |_| None)).await
    }

    /// The same with holders that have names.
    pub(crate) async fn fill_with(
        store: &dyn Store,
        plan: &super::Plan,
        (now, named): (Instant, fn(u32) -> Option<HolderName>),
    ) -> Result<Self> {
        let stock = Self::publish(store, plan, now).await?;
        let (operator, cells) = (stock.operator.clone(), plan.cells);
        let rows = (1_u64..).zip(0..plan.lines).map(move |(row, index)| {
            let line = new_line(&operator, (index, cells), now);
            let line = line.ok_or_else(|| ImportError::Row(format!("line {index} has no number")));
            line.map(|line| (row, NewLine { holder_name: named(index), ..line }))
        });
        let progress = crate::progress::Progress::of_rows();
        let told = Box::new(move |count| progress.show(count));
        store.import_lines(Box::new(rows), told).await?;
        Ok(stock)
    }

    /// Publishes the catalogue, for lines that are not imported yet.
    pub(crate) async fn publish(
        store: &dyn Store,
        plan: &super::Plan,
        now: Instant,
    ) -> Result<Self> {
        let text = demonstration::catalogue_text();
        let catalogue = read_catalogue("the demonstration's catalogue", text);
        let catalogue = catalogue.map_err(|fault| eyre!("{fault}"))?;
        store.publish(catalogue.clone(), now).await?;
        Self::of(&catalogue, plan, now)
    }

    /// Writes the lines as the file that an operator would import them from.
    pub(crate) fn write_file(&self, path: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        writeln!(
            file,
            "number,iccid,operator,province,language,activated_on,expires_on,anniversary_day,pin,puk,\
             credit_granted,data_granted"
        )?;
        let today = self.operator.lifecycle.today(self.now);
        let expires_on = today.saturating_add(DAYS_LEFT.days());
        for index in 0..self.lines {
            let gone = || eyre!("line {index} has no number");
            let (msisdn, iccid) = msisdn(index).zip(iccid(index)).ok_or_else(gone)?;
            let (number, iccid, operator) = (msisdn.as_str(), iccid.as_str(), &self.operator.code);
            writeln!(
                file,
                "{number},{iccid},{operator},ON,en-CA,{today},{expires_on},,,,CA$10,{DATA}"
            )?;
        }
        Ok(file.flush()?)
    }

    fn of(catalogue: &Catalogue, wanted: &super::Plan, now: Instant) -> Result<Self> {
        let gone = || eyre!("the demonstration's catalogue has no plan {PLAN}");
        let code = PlanCode::parse(PLAN).map_err(|_| gone())?;
        let plan = catalogue.plans.get(&code).ok_or_else(gone)?.clone();
        let operator = catalogue.operators.get(&plan.operator).ok_or_else(gone)?.clone();
        let taxes = (&catalogue.taxes, operator.levies);
        let price = price(&plan, &[], taxes, Province::On, operator.lifecycle.today(now))
            .map_err(|error| eyre!("{error:?}"))?;
        let super::Plan { lines, cells, .. } = *wanted;
        Ok(Self { operator, plan, price, lines, cells, now })
    }

    /// How many lines there are.
    pub(crate) const fn count(&self) -> u32 {
        self.lines
    }

    /// The line of the n-th request: they are spread evenly, and far from each other.
    pub(crate) fn line(&self, number: u64) -> LineId {
        self.line_at(self.index(number))
    }

    /// The number of the line of the n-th request.
    pub(crate) fn number(&self, number: u64) -> Option<Msisdn> {
        msisdn(self.index(number))
    }

    /// The card number of the line of the n-th request.
    pub(crate) fn iccid(&self, number: u64) -> Option<Iccid> {
        iccid(self.index(number))
    }

    /// Which line the n-th request is about, from 0.
    pub(crate) fn index(&self, number: u64) -> u32 {
        let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        u32::try_from((spread * u64::from(self.lines)) >> 32).unwrap_or_default()
    }

    /// One of the lines, from 0.
    pub(crate) fn line_at(&self, index: u32) -> LineId {
        line_id((index, self.cells), self.now)
    }

    /// The number of one of the lines, from 0.
    pub(crate) fn number_at(&self, index: u32) -> Option<Msisdn> {
        (index < self.lines).then(|| msisdn(index)).flatten()
    }

    /// A quote of the plan for a line.
    pub(crate) fn quote(&self, line: LineId, number: u64, at: Instant) -> Quote {
        Quote {
            id: QuoteId::mint(at, line.cell(), number),
            line,
            offer: self.plan.offer(&[]),
            single_use: None,
            price: self.price.clone(),
            made_at: at,
            expires_at: at.plus_seconds(Quote::VALID_SECONDS),
        }
    }

    /// What the n-th renewal is called.
    pub(crate) fn reference(&self, number: u64) -> Reference {
        Reference::mint(self.line(number).cell(), number)
    }

    /// The n-th renewal, paid from the line's credit: placed, paid and delivered in one decision.
    pub(crate) fn renewal(&self, number: u64, at: Instant) -> LineCommand {
        let line = self.line(number);
        let cell = line.cell();
        let quote = self.quote(line, number, at);
        LineCommand::Place(Box::new(PlaceOrder {
            id: OrderId::mint(at, cell, number),
            reference: self.reference(number),
            quote,
            payer: None,
            language: Language::EnCa,
            french_terms: None,
            channel: Channel::Api,
            origin: None,
            assisted: None,
            another_period: false,
            pay_with: PayWith::LineCredit,
            occasion: None,
            reservations: Vec::new(),
        }))
    }

    /// The n-th use of data: one event of a megabyte.
    pub(crate) fn charge(&self, number: u64, _: Instant) -> LineCommand {
        let megabyte = Units::new(1_000_000).unwrap_or_default();
        let terms = Terms { quota: megabyte, validity_seconds: 3600, threshold_percent: 80 };
        LineCommand::Charge(Box::new(ChargingRequest {
            session: Session(format!("{}-{number}", self.now.millis())),
            sequence: 1,
            kind: ServiceKind::Data,
            zones: None,
            step: ChargingStep::Event { units: megabyte },
            terms,
        }))
    }
}

fn line_id((index, cells): (u32, u16), now: Instant) -> LineId {
    let cell = Cell::of(&index.to_be_bytes()).number() % cells.max(1);
    LineId::mint(now, Cell::numbered(cell), u64::from(index))
}

/// Area codes 416 and up with exchanges from 200: valid in form, never dialled.
fn msisdn(index: u32) -> Option<Msisdn> {
    let (area, rest) = (416 + index / 8_000_000, index % 8_000_000);
    Msisdn::parse(&format!("+1{area}{:07}", 2_000_000 + rest)).ok()
}

/// Of an issuer that does not exist, spread like those of cards from many boxes.
fn iccid(index: u32) -> Option<Iccid> {
    let digits = format!("8930299{:011}", index.wrapping_mul(2_654_435_761));
    (0..10).find_map(|check| Iccid::parse(&format!("{digits}{check}")).ok())
}

fn new_line(operator: &Operator, (index, cells): (u32, u16), now: Instant) -> Option<NewLine> {
    let msisdn = msisdn(index)?;
    let iccid = iccid(index)?;
    let today = operator.lifecycle.today(now);
    let bucket = |kind, units| {
        let zone = farline_domain::catalog::ZoneCode::parse("canada").ok()?;
        let units = Units::new(units).ok()?;
        let allowance = Allowance { kind, units, zone, breadth: 1, window: None, bonus: false };
        Some(NewBucket { allowance, used: Units::ZERO, valid_from: now, valid_until: None })
    };
    Some(NewLine {
        line: Line {
            id: line_id((index, cells), now),
            msisdn: Some(msisdn),
            iccid,
            operator: operator.code.clone(),
            province: Some(Province::On),
            language: Language::EnCa,
            dates: LineDates {
                activated_on: Some(today),
                expires_on: Some(today.saturating_add(DAYS_LEFT.days())),
                anniversary_day: None,
            },
        },
        secrets: LineSecrets::default(),
        buckets: vec![bucket(AllowanceKind::Credit, CREDIT)?, bucket(AllowanceKind::Data, DATA)?],
        usage: Vec::new(),
        hours: Vec::new(),
        holder_name: None,
    })
}
