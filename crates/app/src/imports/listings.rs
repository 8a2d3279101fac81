//! What offers cost elsewhere and on every channel of ours: a row for each, as a person or a supplier lists it (CSV).

use super::amounts;
use super::catalogue::start_rule;
use super::fault::{ImportFault, listed, quoted};
use super::table::{Shape, TableRow, name, read_table};
use farline_domain::catalog::{OperatorCode, StartRule};
use farline_domain::comparison::{
    Granted, Grants, ListedTax, Listing, ListingCode, ListingKey, Seller,
};
use farline_domain::kernel::{AllowanceKind, Money};
use farline_domain::orders::{PartnerCode, ShopCode};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

const SHAPE: Shape = Shape {
    columns: &[
        "seller",
        "code",
        "name",
        "operator",
        "data",
        "voice",
        "messages",
        "validity",
        "start_rule",
        "price",
        "tax",
        "fees",
        "seen_on",
    ],
    optional: &["operator", "voice", "messages", "start_rule", "fees"],
    row: "listing",
};

/// What listings are checked against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListingsContext {
    /// The operators of the catalogue.
    pub operators: BTreeSet<OperatorCode>,
    /// The partners who have an account with us.
    pub partners: BTreeSet<PartnerCode>,
    /// The shops on marketplaces that sell for us.
    pub shops: BTreeSet<ShopCode>,
    /// The local date of the import: nothing was seen later.
    pub today: Date,
}

/// Reads the listings of a file, in its order. The format is told in `imports/README.md`.
///
/// # Errors
/// Everything that is wrong with the file, by line and column; nothing of it is taken.
pub fn read_listings(
    file_name: &str,
    octets: &[u8],
    context: &ListingsContext,
) -> Result<Vec<Listing>, ImportFault> {
    let mut known: BTreeMap<ListingKey, usize> = BTreeMap::new();
    read_table(file_name, octets, &SHAPE, |row| {
        let key = key(row, context);
        if let Some(key) = &key
            && let Some(line) = known.insert(key.clone(), row.line())
        {
            let (seller, code) = (quoted(&key.seller.to_string()), quoted(key.code.as_str()));
            let reason = format!("{seller} has {code} in line {line} already; a code stands once");
            row.fault("code", reason);
        }
        listing(row, key, context)
    })
}

fn listing(
    row: &mut TableRow<'_>,
    key: Option<ListingKey>,
    context: &ListingsContext,
) -> Option<Listing> {
    let name = row.required("name", name);
    let operator = row.read("operator", |text| operator(text, context));
    let data = granted(row, AllowanceKind::Data);
    let voice = granted(row, AllowanceKind::Voice);
    let messages = granted(row, AllowanceKind::Messages);
    let validity = row.required("validity", amounts::validity);
    let start_rule = row.read("start_rule", start_rule).unwrap_or(StartRule::SetExpiry);
    let price = row.required("price", amounts::money);
    let tax = row.required("tax", tax);
    let fees = row.read("fees", amounts::money);
    let seen_on = row.required("seen_on", |text| not_after(text, context.today));
    if let (Some(price), Some(fees)) = (price, fees)
        && price.currency != fees.currency
    {
        let (fees, price) = (fees.currency.code(), price.currency.code());
        let reason =
            format!("the fees are in {fees}, but the price is in {price}; write both alike");
        row.fault("fees", reason);
    }
    let price = price?;
    Some(Listing {
        key: key?,
        name: name?,
        operator,
        grants: Grants { data, voice, messages },
        validity: validity?,
        start_rule,
        price,
        tax: tax?,
        fees: fees.unwrap_or(Money::zero(price.currency)),
        seen_on: seen_on?,
    })
}

fn key(row: &mut TableRow<'_>, context: &ListingsContext) -> Option<ListingKey> {
    let seller = row.required("seller", |text| seller(text, context));
    let code = row.required("code", |text| {
        let code = ListingCode::parse(&text.to_ascii_lowercase());
        code.map_err(|reason| format!("{} is not a code: {reason}", quoted(text)))
    });
    Some(ListingKey { seller: seller?, code: code? })
}

fn seller(text: &str, context: &ListingsContext) -> Result<Seller, String> {
    let seller = Seller::parse(text).map_err(|reason| {
        format!(
            "{} is not a seller: {reason}; write partner:CODE, shop:CODE, supplier:NAME or a name",
            quoted(text)
        )
    })?;
    match &seller {
        Seller::Partner(code) => one_of("partner", code, &context.partners)?,
        Seller::Shop(code) => one_of("shop", code, &context.shops)?,
        Seller::Supplier(_) | Seller::Elsewhere(_) => {}
        Seller::Ourselves => {
            return Err(
                "our own plans are compared as the catalogue has them; leave them out here"
                    .to_owned(),
            );
        }
    }
    Ok(seller)
}

/// Refuses a code that is not among those there are.
fn one_of<C: Ord + Display>(what: &str, code: &C, known: &BTreeSet<C>) -> Result<(), String> {
    if known.contains(code) {
        return Ok(());
    }
    let known: Vec<String> = known.iter().map(C::to_string).collect();
    let known = listed(known.iter().map(String::as_str));
    Err(format!("there is no {what} {}; there are {known}", quoted(&code.to_string())))
}

fn operator(text: &str, context: &ListingsContext) -> Result<OperatorCode, String> {
    let code = OperatorCode::parse(text)
        .map_err(|reason| format!("{} is not an operator: {reason}", quoted(text)))?;
    one_of("operator", &code, &context.operators).map(|()| code).map_err(|reason| {
        format!("{reason}; leave the cell empty where the catalogue does not have it")
    })
}

/// An amount, `unlimited`, or nothing at all.
fn granted(row: &mut TableRow<'_>, kind: AllowanceKind) -> Granted {
    let read = row.read(kind.code(), |text| {
        if text.eq_ignore_ascii_case("unlimited") {
            return Ok(Granted::Unlimited);
        }
        let units = amounts::units(kind, text, None);
        units.map(Granted::Amount).map_err(|reason| format!("{reason}, “unlimited” or nothing"))
    });
    read.unwrap_or(Granted::NOTHING)
}

fn tax(text: &str) -> Result<ListedTax, String> {
    if text.eq_ignore_ascii_case("included") {
        return Ok(ListedTax::Included);
    }
    let rate = amounts::rate(text).map(ListedTax::Added);
    rate.map_err(|reason| format!("{reason}, or “included” where nothing comes on top"))
}

/// A date that is not after today.
pub(super) fn not_after(text: &str, today: Date) -> Result<Date, String> {
    let date = amounts::date(text)?;
    if date > today {
        return Err(format!("{date} is in the future; today is {today}"));
    }
    Ok(date)
}
