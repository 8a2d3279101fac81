//! One row turned into one line, with everything that is wrong with it.

use super::columns::{Column, Columns};
use super::{Home, LinesContext, OperatorFacts, mint, unknown};
use crate::imports::amounts;
use crate::imports::fault::quoted;
use crate::imports::secrets::{SecretKind, secret_digest};
use crate::ports::lines::{LineSecrets, NewBucket, NewLine};
use csv::ByteRecord;
use farline_domain::catalog::Allowance;
use farline_domain::kernel::{
    AllowanceKind, Iccid, Instant, Language, Msisdn, NumberError, Province, Units,
};
use farline_domain::lines::{HolderName, Line, LineDates, MonthMemory, Period};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The row being read and what is wrong with it, column by column.
pub(super) struct Row<'r> {
    cells: &'r ByteRecord,
    columns: &'r Columns,
    faults: Vec<(&'static str, String)>,
}

impl<'r> Row<'r> {
    pub(super) const fn new(cells: &'r ByteRecord, columns: &'r Columns) -> Self {
        Self { cells, columns, faults: Vec::new() }
    }

    pub(super) fn into_faults(self) -> Vec<(&'static str, String)> {
        self.faults
    }

    fn fault(&mut self, column: Column, reason: impl Into<String>) {
        self.faults.push((column.name(), reason.into()));
    }

    fn octets(&self, column: Column) -> &'r [u8] {
        let place = self.columns.place(column);
        place.and_then(|place| self.cells.get(place)).unwrap_or(b"").trim_ascii()
    }

    /// Whether nothing stands in a cell, or the file lacks the column.
    fn is_empty(&self, column: Column) -> bool {
        self.octets(column).is_empty()
    }

    /// The text of a cell without spaces around it; empty where the file lacks the column.
    fn text(&mut self, column: Column) -> &'r str {
        if let Ok(text) = std::str::from_utf8(self.octets(column)) {
            return text.trim();
        }
        self.fault(column, "this is not UTF-8 text; save the file as “CSV UTF-8”");
        ""
    }

    /// A cell read by `parse`; `None` when it is empty or wrong.
    fn read<T>(
        &mut self,
        column: Column,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match self.text(column) {
            "" => None,
            text => parse(text).map_err(|reason| self.fault(column, reason)).ok(),
        }
    }

    /// A cell that must not be empty, read by `parse`.
    fn required<T>(
        &mut self,
        column: Column,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let before = self.faults.len();
        let value = self.read(column, parse);
        if value.is_none() && self.faults.len() == before {
            self.fault(column, "this cell is empty, but every line needs it");
        }
        value
    }

    /// The line of this row. It only counts when there is no fault.
    pub(super) fn line(
        &mut self,
        (operators, zones): (&BTreeMap<String, OperatorFacts>, &BTreeMap<String, Home>),
        context: &LinesContext,
    ) -> Option<NewLine> {
        let facts = self.required(Column::Operator, |text| {
            let known = operators.keys().map(String::as_str);
            operators.get(text).ok_or_else(|| unknown("operator", text, known))
        });
        let msisdn =
            self.read(Column::Number, |text| Msisdn::parse(text).map_err(number_fault(text)));
        let iccid =
            self.required(Column::Iccid, |text| Iccid::parse(text).map_err(number_fault(text)));
        let province = self.read(Column::Province, |text| {
            Province::parse(text).ok_or_else(|| {
                format!(
                    "{} is not a province or territory; write its two letters, like ON",
                    quoted(text)
                )
            })
        });
        let language = self.required(Column::Language, |text| {
            Language::parse(text).ok_or_else(|| {
                format!("{} is not known here; it can be zh-CN, en-CA and fr-CA", quoted(text))
            })
        });
        let dates = self.dates(facts);
        let zone = self.read(Column::Zone, |text| {
            let known = zones.keys().map(String::as_str);
            zones.get(text).cloned().ok_or_else(|| unknown("zone", text, known))
        });
        let pin = self.secret((Column::Pin, SecretKind::Pin), (context, iccid.as_ref()));
        let puk = self.secret((Column::Puk, SecretKind::Puk), (context, iccid.as_ref()));
        let holder_name = self.read(Column::HolderName, |text| {
            HolderName::parse(text)
                .map_err(|error| format!("{error}; leave the cell empty if it is not known"))
        });
        let facts = facts?;
        let buckets = AllowanceKind::ALL
            .into_iter()
            .filter_map(|kind| self.bucket(kind, (facts, zone.as_ref()), dates))
            .collect();
        let iccid = iccid?;
        let line = Line {
            id: mint(context, &iccid),
            msisdn,
            iccid,
            operator: facts.operator.code.clone(),
            province,
            language: language?,
            dates,
        };
        let secrets = LineSecrets { pin, puk };
        Some(NewLine { line, secrets, buckets, usage: Vec::new(), hours: Vec::new(), holder_name })
    }

    fn dates(&mut self, facts: Option<&OperatorFacts>) -> LineDates {
        let activated_on = self.read(Column::ActivatedOn, amounts::date);
        let expires_on = self.read(Column::ExpiresOn, amounts::date);
        let day = self.read(Column::AnniversaryDay, |text| {
            let day = text.parse::<i8>().ok().filter(|day| (1..=31).contains(day));
            day.ok_or_else(|| format!("{} is not a day of the month from 1 to 31", quoted(text)))
        });
        let (no_activation, no_expiry) =
            (self.is_empty(Column::ActivatedOn), self.is_empty(Column::ExpiresOn));
        if no_activation && !no_expiry {
            self.fault(
                Column::ActivatedOn,
                "a line that expires was activated; write that date too",
            );
        }
        if no_expiry && !no_activation {
            self.fault(Column::ExpiresOn, "a line that is activated expires; write that date too");
        }
        if let (Some(activated_on), Some(expires_on)) = (activated_on, expires_on)
            && expires_on < activated_on
        {
            let reason = format!("{expires_on} is before the activation on {activated_on}");
            self.fault(Column::ExpiresOn, reason);
        }
        if let (Some(activated_on), Some(facts)) = (activated_on, facts)
            && activated_on > facts.today
        {
            let reason = format!("{activated_on} is in the future; today is {}", facts.today);
            self.fault(Column::ActivatedOn, reason);
        }
        if let (Some(_), Some(facts)) = (day, facts) {
            self.check_day(day, facts.operator.lifecycle.period);
        }
        LineDates { activated_on, expires_on, anniversary_day: day }
    }

    fn check_day(&mut self, day: Option<i8>, period: Period) {
        match period {
            Period::DayOfMonth(MonthMemory::Clip) => {}
            Period::DayOfMonth(MonthMemory::Clamp28) => {
                if day.is_some_and(|day| day > 28) {
                    self.fault(Column::AnniversaryDay, "this operator counts up to the 28th");
                }
            }
            Period::Days(_) => {
                let reason = "this operator counts in days, not months; leave the cell empty";
                self.fault(Column::AnniversaryDay, reason);
            }
        }
    }

    /// The digest of a secret. The fault never repeats it.
    fn secret(
        &mut self,
        (column, kind): (Column, SecretKind),
        (context, iccid): (&LinesContext, Option<&Iccid>),
    ) -> Option<[u8; 32]> {
        let value = self.read(column, |text| {
            let length = match kind {
                SecretKind::Pin => "4 to 8",
                SecretKind::Puk => "8",
            };
            let refusal = || {
                format!("this must be {length} digits; spreadsheets drop zeros in front, so format the column as text")
            };
            if kind.fits(text) { Ok(text.to_owned()) } else { Err(refusal()) }
        })?;
        Some(secret_digest(&context.secrets_key, kind, iccid?, &value))
    }

    /// The balance of a kind that the line brings with it.
    fn bucket(
        &mut self,
        kind: AllowanceKind,
        (facts, zone): (&OperatorFacts, Option<&Home>),
        dates: LineDates,
    ) -> Option<NewBucket> {
        let (granted_column, used_column) = Column::of_kind(kind);
        let currency = facts.operator.currency;
        let parse = |text: &str| amounts::units_or_count(kind, text, currency);
        let granted = self.read(granted_column, parse);
        let used = self.read(used_column, parse).unwrap_or(Units::ZERO);
        let Some(granted) = granted.filter(|granted| !granted.is_zero()) else {
            if !used.is_zero() && self.is_empty(granted_column) {
                self.fault(used_column, "something is used, but nothing was granted");
            }
            return None;
        };
        if used > granted {
            self.fault(used_column, "more is used than was granted");
        }
        let Some(expires_on) = dates.expires_on else {
            if self.is_empty(Column::ExpiresOn) {
                self.fault(granted_column, "a line that was never activated has no balance yet");
            }
            return None;
        };
        let home = AllowanceKind::ALL.iter().position(|other| *other == kind);
        let home = home.and_then(|place| facts.homes.get(place)).and_then(Option::as_ref);
        let Some((zone, breadth)) = zone.or(home).cloned() else {
            let reason = format!(
                "no plan of {} grants {}, so where it can be used is not known; add a column zone",
                facts.operator.name,
                kind.code()
            );
            self.fault(granted_column, reason);
            return None;
        };
        let allowance =
            Allowance { kind, units: granted, zone, breadth, window: None, bonus: false };
        let valid_from = start_of(dates.activated_on.unwrap_or(expires_on), facts);
        Some(NewBucket { allowance, used, valid_from, valid_until: Some(expires_on) })
    }
}

fn start_of(date: Date, facts: &OperatorFacts) -> Instant {
    facts.operator.lifecycle.zone.start_of(date)
}

/// Why a number cannot be read. The number itself is not repeated: faults may be logged.
fn number_fault(text: &str) -> impl FnOnce(NumberError) -> String {
    let shortened = text.contains("E+") || text.contains("e+");
    move |error| match error {
        NumberError::NotDigits if shortened => {
            "the spreadsheet shortened this number; format the column as text and paste it again"
                .to_owned()
        }
        NumberError::Empty
        | NumberError::TooShort
        | NumberError::TooLong
        | NumberError::NotDigits
        | NumberError::NotPossible
        | NumberError::CheckDigit => error.to_string(),
    }
}
