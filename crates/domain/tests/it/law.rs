//! What keeps a catalogue from being sold for real money.

use crate::pricing::tables;
use crate::scene::{TODAY, allowance, plan, rule_of_30_days};
use farline_domain::catalog::{
    Catalogue, LevyDuty, Network, Operator, OperatorCode, StartRule, TaxKind, Validity,
};
use farline_domain::kernel::{AllowanceKind, Currency, Province};
use farline_domain::lines::Leftover;
use jiff::civil::date;

fn catalogue() -> Catalogue {
    let operator = Operator {
        code: OperatorCode::parse("operator-a").unwrap(),
        name: "A".to_owned(),
        network: Network::Own,
        then: Vec::new(),
        lifecycle: rule_of_30_days(),
        currency: Currency::CAD,
        levies: LevyDuty::Carrier,
    };
    let plan = plan(3000, Validity::Days(30), StartRule::Queue);
    Catalogue {
        operators: [(operator.code.clone(), operator)].into(),
        plans: [(plan.code.clone(), plan)].into(),
        taxes: tables(),
        ..Catalogue::default()
    }
}

fn said(catalogue: &Catalogue, provinces: &[Province]) -> Vec<String> {
    catalogue.breaches(provinces, TODAY).iter().map(ToString::to_string).collect()
}

#[test]
fn a_lawful_catalogue_has_no_breach_in_any_province() {
    assert_eq!(said(&catalogue(), Province::ALL), Vec::<String>::new());
    // Before a tax was levied, it was missing.
    let early = catalogue().breaches(&[Province::On], date(2010, 6, 30));
    assert_eq!(early.len(), 1, "{early:?}");
}

#[test]
fn grace_under_seven_days_is_a_breach() {
    let mut catalogue = catalogue();
    for operator in catalogue.operators.values_mut() {
        operator.lifecycle.grace_days = 6;
        operator.lifecycle.leftover = Leftover::Kept;
    }
    let wanted = "the operator operator-a: grace must be at least 7 calendar days in Canada";
    assert_eq!(said(&catalogue, &[]), [wanted]);
}

#[test]
fn a_plan_that_costs_and_grants_nothing_is_a_fee() {
    let mut catalogue = catalogue();
    for plan in catalogue.plans.values_mut() {
        plan.allowances = vec![allowance(AllowanceKind::Data, 0)];
    }
    let wanted = "the plan plan costs and grants nothing: that is a fee, and no fee may be charged";
    assert_eq!(said(&catalogue, &[]), [wanted]);
    for plan in catalogue.plans.values_mut() {
        plan.price.minor = 0;
    }
    assert_eq!(said(&catalogue, &[]), Vec::<String>::new());
}

#[test]
fn each_tax_of_a_province_sold_to_has_to_be_there_and_no_other() {
    let mut catalogue = catalogue();
    catalogue.taxes.taxes.retain(|tax| (tax.province, tax.kind) != (Province::Qc, TaxKind::Qst));
    assert_eq!(said(&catalogue, &[Province::Qc]), ["QC has no QST in force on 2026-11-22"]);
    assert_eq!(said(&catalogue, &[Province::On, Province::Bc]), Vec::<String>::new());
    for tax in &mut catalogue.taxes.taxes {
        if tax.province == Province::On {
            tax.kind = TaxKind::Gst;
        }
    }
    let wanted = [
        "ON has no HST in force on 2026-11-22",
        "ON has a GST in force on 2026-11-22, which is not levied there",
    ];
    assert_eq!(said(&catalogue, &[Province::On]), wanted);
}
