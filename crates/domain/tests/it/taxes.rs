//! What tax is due, by province and tax, held against what was posted.

use farline_domain::catalog::{Price, PriceItem, PriceItemKind, TaxKind};
use farline_domain::kernel::{Money, Province, Rate};
use farline_domain::ledger::{Account, EntrySetKind, TaxBooks, delivery, movement, opposite};

const GST: PriceItemKind = PriceItemKind::Tax(TaxKind::Gst, Rate { ppm: 50_000 });
const QST: PriceItemKind = PriceItemKind::Tax(TaxKind::Qst, Rate { ppm: 99_750 });
const HST: PriceItemKind = PriceItemKind::Tax(TaxKind::Hst, Rate { ppm: 150_000 });

fn priced(province: Province, items: &[(PriceItemKind, i64)]) -> Price {
    let item = |(kind, minor): &(PriceItemKind, i64)| PriceItem {
        kind: kind.clone(),
        amount: Money::cad(*minor),
    };
    let total = Money::cad(items.iter().map(|(_, minor)| minor).sum());
    Price { items: items.iter().map(item).collect(), total, province }
}

fn quebec() -> Price {
    let promotion = PriceItemKind::Promotion("autumn".to_owned());
    let items = [(PriceItemKind::Plan, 3_300), (promotion, -300), (GST, 150), (QST, 299)];
    priced(Province::Qc, &items)
}

fn told(books: &TaxBooks) -> Vec<String> {
    let told = books.taxes().map(|(of, sums)| {
        let figures = [sums.base(), sums.tax(), sums.difference()];
        let [base, tax, difference] = figures.map(|money| money.unwrap().minor);
        format!("{} {} {base} {tax} {difference}", of.province.code(), of.kind.code())
    });
    told.collect()
}

#[test]
fn each_tax_says_what_it_was_computed_on() {
    let levy = |minor| (PriceItemKind::Levy(Province::Nl), minor);
    let bases = |price: &Price| -> Vec<i64> {
        price.taxed().unwrap().iter().map(|taxed| taxed.base.minor).collect()
    };
    assert_eq!(bases(&quebec()), [3_000, 3_000], "QST is not computed on GST");
    let taxed_levy = [(PriceItemKind::Plan, 3_000), levy(75), (HST, 461)];
    assert_eq!(bases(&priced(Province::Nl, &taxed_levy)), [3_075]);
    let plain_levy = [(PriceItemKind::Plan, 3_000), levy(75), (HST, 450)];
    assert_eq!(bases(&priced(Province::Nl, &plain_levy)), [3_000]);
    assert_eq!(bases(&priced(Province::Nl, &[(PriceItemKind::Plan, 3_000)])), [0; 0]);
}

#[test]
fn what_is_taken_back_is_deducted_and_what_is_lost_is_not() {
    let price = quebec();
    let delivered = delivery(&price).unwrap();
    let provider = || Account::Provider("sandbox".to_owned());
    let capture = movement(Account::Held, provider(), price.total).unwrap();
    let goodwill = movement(provider(), Account::Loss, price.total).unwrap();
    let mut books = TaxBooks::default();
    for (kind, entries) in [
        (EntrySetKind::Capture, capture),
        (EntrySetKind::Deliver, delivered.clone()),
        (EntrySetKind::Deliver, delivered.clone()),
        (EntrySetKind::Refund, goodwill),
        (EntrySetKind::Reverse, opposite(&delivered).unwrap()),
    ] {
        assert!(books.add(kind, &entries, Some(&price)).unwrap(), "{kind:?}");
    }
    assert_eq!(told(&books), ["QC GST 3000 150 0", "QC QST 3000 299 0"]);
    assert_eq!(books.lost().collect::<Vec<_>>(), [price.total]);
    // The loss turns out to be none: nothing is sold or taken back by that.
    let none = movement(Account::Loss, Account::Held, price.total).unwrap();
    assert!(books.add(EntrySetKind::Reverse, &none, Some(&price)).unwrap());
    assert_eq!(told(&books), ["QC GST 3000 150 0", "QC QST 3000 299 0"]);
    assert_eq!(books.lost().count(), 0);
}

#[test]
fn a_tax_that_is_posted_otherwise_is_a_difference() {
    let price = quebec();
    let mut swapped = delivery(&price).unwrap();
    for (account, _) in &mut swapped {
        if let Account::Tax(_, kind) = account {
            *kind = if *kind == TaxKind::Gst { TaxKind::Qst } else { TaxKind::Gst };
        }
    }
    let mut books = TaxBooks::default();
    assert!(!books.add(EntrySetKind::Deliver, &swapped, Some(&price)).unwrap());
    assert_eq!(told(&books), ["QC GST 3000 150 149", "QC QST 3000 299 -149"]);
    // So is one of an order that is not there.
    let mut books = TaxBooks::default();
    assert!(!books.add(EntrySetKind::Deliver, &delivery(&price).unwrap(), None).unwrap());
    assert_eq!(told(&books), ["QC GST 0 0 150", "QC QST 0 0 299"]);
}
