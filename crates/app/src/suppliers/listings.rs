//! What a supplier sells, as listings to compare with: a sheet that import takes (`imports/README.md`).

use crate::imports::LONGEST_NAME;
use crate::ports::delivery::{SupplierContents, SupplierProduct};
use crate::reports::{decimal, sheet_text, text_cell};
use farline_domain::catalog::{OperatorCode, Validity};
use farline_domain::comparison::{Granted, ListingCode, Seller, SellerName};
use jiff::civil::Date;
use std::collections::BTreeSet;

const HEADING: [&str; 11] = [
    "seller", "code", "name", "operator", "data", "voice", "messages", "validity", "price", "tax",
    "seen_on",
];

/// Whose products are listed, and when.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// The supplier.
    pub supplier: &'a SellerName,
    /// On whose network all of it is; where absent, it is not said.
    pub operator: Option<&'a OperatorCode>,
    /// When it was asked.
    pub seen_on: Date,
}

/// The sheet of what can be listed (CSV, RFC 4180; no cell is a formula), and the codes of what cannot: its price, what it gives
/// or for how long is not said, its value is chosen, or its code is another's already.
pub fn listing_sheet<'a>(
    listed: &Listed<'_>,
    products: &'a [SupplierProduct],
) -> (String, Vec<&'a str>) {
    let (mut codes, mut rows, mut others) = (BTreeSet::new(), Vec::new(), Vec::new());
    for product in products {
        match row(listed, product).filter(|[_, code, ..]| codes.insert(code.clone())) {
            Some(row) => rows.push(row),
            None => others.push(product.code.as_str()),
        }
    }
    (sheet_text(HEADING, rows.into_iter()), others)
}

fn row(listed: &Listed<'_>, product: &SupplierProduct) -> Option<[String; HEADING.len()]> {
    let SupplierContents { grants, validity } = product.contents?;
    let price = product.cost.filter(|_| product.cost_at_most.is_none())?;
    let seller = Seller::Supplier(listed.supplier.clone()).to_string();
    let validity = match validity {
        Validity::Days(days) => format!("{days} days"),
        Validity::Months(months) => format!("{months} months"),
    };
    Some([
        text_cell(&seller).into_owned(),
        code(&product.code)?.to_string(),
        text_cell(&name(product)).into_owned(),
        listed.operator.map(ToString::to_string).unwrap_or_default(),
        amount(grants.data, "B"),
        amount(grants.voice, "s"),
        amount(grants.messages, "messages"),
        validity,
        format!("{} {}", decimal(price), price.currency.code()),
        "included".to_owned(),
        listed.seen_on.to_string(),
    ])
}

/// The supplier's code in the letters that codes have here.
fn code(code: &str) -> Option<ListingCode> {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let letters: String = code.to_ascii_lowercase().chars().map(letter).collect();
    ListingCode::parse(&letters).ok()
}

/// As much of its name as a name can have; its code, where it has none.
fn name(product: &SupplierProduct) -> String {
    let printed = |letter: char| if letter.is_control() { ' ' } else { letter };
    let name: String = product.name.chars().map(printed).collect();
    let name: String = name.trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() { product.code.clone() } else { name }
}

fn amount(granted: Granted, unit: &str) -> String {
    match granted {
        Granted::Unlimited => "unlimited".to_owned(),
        Granted::NOTHING => String::new(),
        Granted::Amount(units) => format!("{} {unit}", units.count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::{ListingsContext, read_listings};
    use farline_domain::catalog::StartRule;
    use farline_domain::comparison::{Grants, ListedTax};
    use farline_domain::kernel::{Currency, Money, Units};
    use jiff::civil::date;

    fn product(code: &str, name: &str, minor: i64) -> SupplierProduct {
        let amount = |count| Granted::Amount(Units::new(count).unwrap());
        let grants =
            Grants { data: amount(5_368_709_120), voice: amount(18_000), messages: amount(0) };
        SupplierProduct {
            code: code.to_owned(),
            name: name.to_owned(),
            cost: Some(Money { minor, currency: Currency::parse("USD").unwrap() }),
            cost_at_most: None,
            contents: Some(SupplierContents { grants, validity: Validity::Days(30) }),
        }
    }

    fn sheet(products: &[SupplierProduct]) -> (String, Vec<&str>) {
        let supplier = SellerName::parse("airtime").unwrap();
        let operator = OperatorCode::parse("kittiwake").unwrap();
        let seen_on = date(2026, 11, 30);
        let listed = Listed { supplier: &supplier, operator: Some(&operator), seen_on };
        listing_sheet(&listed, products)
    }

    #[test]
    fn what_a_supplier_sells_is_what_import_reads() {
        let longest = "五".repeat(LONGEST_NAME + 1);
        let products = [
            product("TOPUP_KW5", "=5 GB, \"30\" days\n", 1150),
            product("kw-7", "", 99),
            product("kw-8", &longest, 0),
        ];
        let (sheet, others) = sheet(&products);
        assert!(others.is_empty(), "{others:?}");
        let context = ListingsContext {
            operators: [OperatorCode::parse("kittiwake").unwrap()].into(),
            today: date(2026, 11, 30),
            ..ListingsContext::default()
        };
        let read = read_listings("airtime.csv", sheet.as_bytes(), &context).unwrap();
        let names: Vec<&str> = read.iter().map(|listing| listing.name.as_str()).collect();
        assert_eq!(names, ["=5 GB, \"30\" days", "kw-7", &longest["五".len()..]]);
        let [first, ..] = read.as_slice() else { panic!("nothing was read") };
        assert_eq!(first.key.code.as_str(), "topup-kw5");
        assert_eq!(first.key.seller.to_string(), "supplier:airtime");
        assert_eq!(Some(first.grants), products[0].contents.map(|contents| contents.grants));
        assert_eq!((first.validity, first.start_rule), (Validity::Days(30), StartRule::SetExpiry));
        assert_eq!(Some(first.price), products[0].cost);
        assert_eq!((first.tax, first.seen_on), (ListedTax::Included, date(2026, 11, 30)));
    }

    #[test]
    fn what_cannot_be_compared_is_named() {
        let products = [
            product("a_1", "taken", 1),
            product("A-1", "the same code", 1),
            SupplierProduct { contents: None, ..product("words", "5 GB", 1) },
            SupplierProduct { cost: None, ..product("free", "no price", 1) },
            SupplierProduct { cost_at_most: Some(Money::cad(2)), ..product("any", "a value", 1) },
            product(&"long".repeat(11), "its code is too long", 1),
        ];
        let (sheet, others) = sheet(&products);
        assert_eq!(sheet.lines().count(), 2);
        assert_eq!(others, ["A-1", "words", "free", "any", &"long".repeat(11)]);
    }
}
