//! `[[taxes]]` and `[[levies]]`.

use super::one_of;
use super::tables::Row;
use crate::imports::amounts;
use crate::imports::fault::quoted;
use farline_domain::catalog::plan::LevyDuty;
use farline_domain::catalog::{Catalogue, Levy, Tax, TaxKind};
use farline_domain::kernel::Province;
use jiff::civil::Date;

const TAX_COLUMNS: [&str; 5] = ["province", "kind", "rate", "valid_from", "valid_until"];
const LEVY_COLUMNS: [&str; 6] =
    ["province", "amount", "taxable", "valid_from", "valid_until", "legal_reference"];

/// First and last local date; open, if the last is absent.
type Dates = (Date, Option<Date>);

pub(super) fn read_taxes(rows: &[Row<'_, '_>], catalogue: &mut Catalogue) {
    for row in rows {
        let Some(tax) = tax(row) else { continue };
        let dates = (tax.valid_from, tax.valid_until);
        let earlier = catalogue.taxes.taxes.iter().find(|other| {
            (other.province, other.kind) == (tax.province, tax.kind)
                && overlap((other.valid_from, other.valid_until), dates)
        });
        if let Some(other) = earlier {
            let reason = format!(
                "another {} of {} holds from {} on; end it before this one begins",
                tax.kind.code(),
                tax.province.code(),
                other.valid_from
            );
            row.fault("valid_from", reason);
        }
        catalogue.taxes.taxes.push(tax);
    }
}

fn tax(row: &Row<'_, '_>) -> Option<Tax> {
    row.columns(&TAX_COLUMNS);
    let kinds = [TaxKind::Gst, TaxKind::Hst, TaxKind::Pst, TaxKind::Rst, TaxKind::Qst];
    let province = row.read("province", province);
    let kind = row.read("kind", |text| one_of(text, &kinds.map(|kind| (kind.code(), kind))));
    let rate = row.read("rate", amounts::rate);
    let (valid_from, valid_until) = dates(row)?;
    Some(Tax { province: province?, kind: kind?, rate: rate?, valid_from, valid_until })
}

pub(super) fn read_levies(rows: &[Row<'_, '_>], catalogue: &mut Catalogue) {
    for row in rows {
        let Some(levy) = levy(row) else { continue };
        let dates = (levy.valid_from, levy.valid_until);
        let earlier = catalogue.taxes.levies.iter().find(|other| {
            other.province == levy.province && overlap((other.valid_from, other.valid_until), dates)
        });
        if let Some(other) = earlier {
            let reason = format!(
                "another levy of {} holds from {} on; end it before this one begins",
                levy.province.code(),
                other.valid_from
            );
            row.fault("valid_from", reason);
        }
        let foreign = catalogue.operators.values().find(|operator| {
            operator.levies == LevyDuty::Collected && operator.currency != levy.amount.currency
        });
        if let Some(operator) = foreign {
            let reason = format!(
                "the levy is in {}, but the operator {} that collects it sells in {}",
                levy.amount.currency.code(),
                quoted(operator.code.as_str()),
                operator.currency.code()
            );
            row.fault("amount", reason);
        }
        catalogue.taxes.levies.push(levy);
    }
}

fn levy(row: &Row<'_, '_>) -> Option<Levy> {
    row.columns(&LEVY_COLUMNS);
    let province = row.read("province", province);
    let amount = row.read("amount", amounts::money);
    let taxable = row.flag("taxable");
    let legal_reference = row.read("legal_reference", |text| match text.trim() {
        "" => Err("name the law the levy rests on".to_owned()),
        reference => Ok(reference.to_owned()),
    });
    let (valid_from, valid_until) = dates(row)?;
    Some(Levy {
        province: province?,
        amount: amount?,
        taxable: taxable?,
        valid_from,
        valid_until,
        legal_reference: legal_reference?,
    })
}

fn province(text: &str) -> Result<Province, String> {
    Province::parse(text).ok_or_else(|| {
        format!("{} is not a province or territory; write its two letters, like ON", quoted(text))
    })
}

fn dates(row: &Row<'_, '_>) -> Option<Dates> {
    let from = row.date("valid_from");
    let until = row.optional_date("valid_until");
    let (from, until) = (from?, until?);
    if until.is_some_and(|until| until < from) {
        row.fault("valid_until", "the last day is before the first");
    }
    Some((from, until))
}

fn overlap(one: Dates, other: Dates) -> bool {
    let reaches = |until: Option<Date>, from: Date| until.is_none_or(|until| until >= from);
    reaches(one.1, other.0) && reaches(other.1, one.0)
}
