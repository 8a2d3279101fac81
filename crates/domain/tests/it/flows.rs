//! What became of money: every set of entries leaves nothing over, and what was done is where it belongs.

use farline_domain::catalog::TaxKind;
use farline_domain::kernel::{Currency, Money, Province};
use farline_domain::ledger::{Account, EntrySetKind, MoneyFlows, movement, opposite};
use farline_domain::payments::ManualMethod;

fn provider() -> Account {
    Account::Provider("sandbox".to_owned())
}

#[test]
fn a_day_of_everything_leaves_no_difference() {
    let delivered = vec![
        (Account::Held, Money::cad(2_825)),
        (Account::Tax(Province::On, TaxKind::Hst), Money::cad(-325)),
        (Account::Sales, Money::cad(-2_500)),
    ];
    let capture = movement(Account::Held, provider(), Money::cad(2_825)).unwrap();
    let by_credit = movement(Account::Held, Account::LineCredit, Money::cad(2_825)).unwrap();
    let in_cash =
        movement(Account::Held, Account::ByHand(ManualMethod::Cash), Money::cad(2_825)).unwrap();
    let refund = movement(provider(), Account::Held, Money::cad(2_825)).unwrap();
    let goodwill = movement(provider(), Account::Loss, Money::cad(500)).unwrap();
    let mut flows = MoneyFlows::default();
    for (kind, entries) in [
        (EntrySetKind::Capture, &capture),
        (EntrySetKind::Capture, &capture),
        (EntrySetKind::Capture, &capture),
        (EntrySetKind::Capture, &by_credit),
        (EntrySetKind::Capture, &in_cash),
        (EntrySetKind::Deliver, &delivered),
        (EntrySetKind::Deliver, &delivered),
        (EntrySetKind::Reverse, &opposite(&delivered).unwrap()),
        (EntrySetKind::Refund, &refund),
        (EntrySetKind::Refund, &goodwill),
    ] {
        flows.add(kind, entries).unwrap();
    }
    let (currency, day) = flows.currencies().next().unwrap();
    assert_eq!(currency, Currency::CAD);
    let taken: Vec<_> =
        day.taken.iter().map(|(name, money)| (name.as_str(), money.minor)).collect();
    assert_eq!(
        taken,
        [("by_hand:cash", 2_825), ("line_credit", 2_825), ("provider:sandbox", 8_475)]
    );
    assert_eq!(day.delivered, Money::cad(2_825));
    assert_eq!(day.given_back, Money::cad(3_325));
    assert_eq!(day.held, Money::cad(8_475));
    assert_eq!(day.lost, Money::cad(500));
    assert_eq!(day.difference().unwrap(), Money::cad(0));
    // A set that does not sum to zero is seen.
    flows.add(EntrySetKind::Capture, &[(provider(), Money::cad(1))]).unwrap();
    let (_, day) = flows.currencies().next().unwrap();
    assert_eq!(day.difference().unwrap(), Money::cad(1));
}

#[test]
fn a_refund_that_comes_back_was_not_given() {
    let refund = movement(provider(), Account::Held, Money::cad(700)).unwrap();
    let mut flows = MoneyFlows::default();
    flows.add(EntrySetKind::Refund, &refund).unwrap();
    flows.add(EntrySetKind::RefundReturned, &opposite(&refund).unwrap()).unwrap();
    let (_, day) = flows.currencies().next().unwrap();
    assert_eq!((day.given_back, day.held), (Money::cad(0), Money::cad(0)));
}

#[test]
fn every_account_is_read_from_its_name() {
    let mut accounts = vec![
        provider(),
        Account::LineCredit,
        Account::ByHand(ManualMethod::Cash),
        Account::ByHand(ManualMethod::Interac),
        Account::ByHand(ManualMethod::Wechat),
        Account::Held,
        Account::Sales,
        Account::Loss,
        Account::Levy(Province::Sk),
    ];
    let taxes = TaxKind::ALL.map(|kind| Account::Tax(Province::Qc, kind));
    accounts.extend(taxes);
    for account in accounts {
        assert_eq!(Account::parse(&account.name()), Some(account));
    }
    for unknown in [
        "",
        "held:x",
        "tax:ON",
        "tax:XX:HST",
        "tax:ON:VAT",
        "levy:",
        "cash",
        "by_hand:",
        "by_hand:gold",
    ] {
        assert_eq!(Account::parse(unknown), None, "{unknown}");
    }
}
