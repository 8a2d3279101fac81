//! The same need priced over every channel, as a page and as a table.

use super::frame::{Frame, html};
use super::problem;
use crate::portal::layout::FieldError;
use crate::portal::views::{BestOffer, Choice, ComparePage, CompareView, NeedForm, OfferRow};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use farline_app::comparison::{Asking, Compared, Viewer, compare_all};
use farline_app::imports::amounts;
use farline_app::lines::Outlook;
use farline_app::reports::{decimal, sheet_text, text_cell};
use farline_app::wording::{
    channel_service, offer_covers, offer_gives, offer_lasts, offer_price, offer_reason,
    offer_why_not, province as province_name,
};
use farline_app::{App, Problem};
use farline_domain::catalog::OperatorCode;
use farline_domain::comparison::{Amounts, ListingKey, Offered, Seller, SortedBy, Wanted};
use farline_domain::kernel::{AllowanceKind, Currency, Money, Province, Units};
use jiff::civil::Date;
use serde::Deserialize;

/// What is needed, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CompareQuery {
    gb: Option<String>,
    minutes: Option<String>,
    messages: Option<String>,
    days: Option<String>,
    from: Option<String>,
    operator: Option<String>,
    sort: Option<String>,
}

/// `GET /{language}/compare`
pub async fn page(frame: Frame, Query(query): Query<CompareQuery>) -> Response {
    let today = today(&frame);
    let asked = asking(&frame, &query, today);
    let shown = async {
        let found = match &asked {
            Ok(asking) => Some(view(&frame, asking, &query).await?),
            Err(_) => None,
        };
        let mut layout = frame.layout_at("/compare");
        if let Err(field) = &asked {
            let message = frame.words().say("problem-field-invalid-detail");
            layout.errors.push(FieldError { field: (*field).to_owned(), message });
        }
        Ok(ComparePage {
            layout,
            need: form(&query, today),
            operators: operators(&frame, &query),
            sorts: sorts(&frame, &query),
            found,
        })
    };
    match shown.await {
        Ok(page) if page.layout.errors.is_empty() => html(StatusCode::OK, &page),
        Ok(page) => html(StatusCode::UNPROCESSABLE_ENTITY, &page),
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// Where what a card uses in thirty days is compared.
pub fn address(frame: &Frame, operator: &OperatorCode, outlook: &Outlook) -> String {
    let month = |per_day: Units| per_day.count().saturating_mul(30);
    let tenths = (month(outlook.data_per_day) + 50_000_000) / 100_000_000;
    let minutes = (month(outlook.voice_per_day) + 59) / 60;
    format!(
        "/{}/compare?gb={}.{}&minutes={minutes}&days=30&operator={operator}",
        frame.language.path(),
        tenths / 10,
        tenths % 10,
    )
}

/// The first day anywhere that somebody could mean by today.
fn today(frame: &Frame) -> Date {
    let app = &frame.channels().app;
    let catalogue = app.store.catalogue();
    let days = catalogue.operators.values().map(|operator| operator.lifecycle.today(app.now()));
    days.min().unwrap_or(Date::MIN)
}

fn form(query: &CompareQuery, today: Date) -> NeedForm {
    let typed = |field: &Option<String>, or: &str| field.clone().unwrap_or_else(|| or.to_owned());
    NeedForm {
        gb: typed(&query.gb, "5"),
        minutes: typed(&query.minutes, "0"),
        messages: typed(&query.messages, "0"),
        days: typed(&query.days, "30"),
        from: typed(&query.from, &today.to_string()),
    }
}

/// What is asked; the field that is wrong, where one is.
fn asking(frame: &Frame, query: &CompareQuery, today: Date) -> Result<Asking, &'static str> {
    let form = form(query, today);
    let units = |kind, (typed, word): (&str, &str), field| {
        let typed = typed.trim();
        let typed = if typed.is_empty() { "0" } else { typed };
        let amount = format!("{} {word}", typed.replace(',', "."));
        amounts::units(kind, &amount, None).map_err(|_| field)
    };
    let needed = Amounts {
        data: units(AllowanceKind::Data, (&form.gb, "GB"), "gb")?,
        voice: units(AllowanceKind::Voice, (&form.minutes, "min"), "minutes")?,
        messages: units(AllowanceKind::Messages, (&form.messages, "messages"), "messages")?,
    };
    let days = form.days.trim().parse().map_err(|_| "days")?;
    let start: Date = form.from.trim().parse().map_err(|_| "from")?;
    let wanted = Wanted::new(needed, days, start).map_err(|_| "days")?;
    let operator = query.operator.as_deref().filter(|typed| !typed.is_empty());
    let operator = operator.map(OperatorCode::parse).transpose().map_err(|_| "operator")?;
    let provinces = &frame.channels().app.business.provinces;
    let first = provinces.first().copied().unwrap_or(Province::On);
    let province = if provinces.contains(&Province::On) { Province::On } else { first };
    Ok(Asking {
        wanted,
        operator,
        province,
        currency: Currency::CAD,
        language: frame.language,
        viewer: Viewer::Everybody,
    })
}

fn operators(frame: &Frame, query: &CompareQuery) -> Vec<Choice> {
    let chosen = query.operator.as_deref().unwrap_or_default();
    let any = Choice {
        value: String::new(),
        label: frame.words().say("compare-operator-any"),
        note: String::new(),
        chosen: chosen.is_empty(),
    };
    let catalogue = frame.channels().app.store.catalogue();
    let each = catalogue.operators.values().map(|operator| Choice {
        value: operator.code.to_string(),
        label: operator.name.clone(),
        note: String::new(),
        chosen: operator.code.as_str() == chosen,
    });
    std::iter::once(any).chain(each).collect()
}

fn sorts(frame: &Frame, query: &CompareQuery) -> Vec<Choice> {
    let sorted = sorted_by(query);
    let choice = |by: SortedBy| Choice {
        value: by.code().to_owned(),
        label: frame.words().say(&format!("compare-sort-{}", by.code())),
        note: String::new(),
        chosen: by == sorted,
    };
    SortedBy::ALL.map(choice).to_vec()
}

fn sorted_by(query: &CompareQuery) -> SortedBy {
    query.sort.as_deref().and_then(SortedBy::parse).unwrap_or_default()
}

/// Who sells, by the names that people know them by.
struct Sellers {
    partners: Vec<(String, String)>,
    shops: Vec<(String, String)>,
}

impl Sellers {
    async fn of(frame: &Frame) -> Result<Self, Problem> {
        let app: &App = &frame.channels().app;
        let partners = app.store.partners().await?;
        Ok(Self {
            partners: partners.into_iter().map(|it| (it.code.to_string(), it.name)).collect(),
            shops: app
                .shops
                .each()
                .map(|shop| (shop.name.to_string(), shop.title.clone()))
                .collect(),
        })
    }

    fn name(&self, frame: &Frame, seller: &Seller) -> String {
        let known = |list: &[(String, String)], code: &str| {
            let found = list.iter().find(|(known, _)| known == code);
            found.map_or_else(|| code.to_owned(), |(_, name)| name.clone())
        };
        match seller {
            Seller::Ourselves => frame.words().say("compare-ours"),
            Seller::Partner(code) => known(&self.partners, code.as_str()),
            Seller::Shop(code) => known(&self.shops, code.as_str()),
            Seller::Supplier(name) => {
                let name = name.as_str().to_owned().into();
                frame.words().say_with("compare-supplier", &[("name", name)])
            }
            Seller::Elsewhere(name) => name.as_str().to_owned(),
        }
    }
}

async fn compared(frame: &Frame, asking: &Asking) -> Result<Compared, Problem> {
    let app = &frame.channels().app;
    compare_all(&*app.store, asking, app.now()).await
}

async fn view(
    frame: &Frame,
    asking: &Asking,
    query: &CompareQuery,
) -> Result<CompareView, Problem> {
    let words = frame.words();
    let compared = compared(frame, asking).await?;
    let sellers = Sellers::of(frame).await?;
    let comparison = &compared.comparison;
    let best = comparison.best.as_ref().and_then(|best| {
        let offered = comparison.offer(&best.key)?;
        let seller = sellers.name(frame, &best.key.seller);
        let named = [("name", offered.listing.name.clone().into()), ("seller", seller.into())];
        let total = [("total", money(frame, offered.total).into())];
        Some(BestOffer {
            title: words.say_with("compare-best", &named),
            total: words.say_with("compare-best-total", &total),
            gets: words.dot(&[offer_gives(words, &offered.gives), offer_covers(words, offered)]),
            reason: offer_reason(words, best.reason),
        })
    });
    let sorted = comparison.sorted(sorted_by(query));
    let rows = sorted.into_iter().map(|offered| row(frame, (&compared, &sellers), offered));
    let offers: Vec<OfferRow> = rows.collect();
    let short = offers.iter().filter(|offer| !offer.is_enough).count();
    let others = comparison.not_comparable.iter().map(|other| {
        let seller = sellers.name(frame, &other.listing.key.seller);
        (words.dot(&[other.listing.name.clone(), seller]), offer_why_not(words, other.why))
    });
    let province = province_name(words, asking.province);
    Ok(CompareView {
        best,
        offers,
        short: i64::try_from(short).unwrap_or(i64::MAX),
        others: others.collect(),
        note: words.say_with("compare-note", &[("province", province.into())]),
        export: export_address(frame, asking, query),
    })
}

fn money(frame: &Frame, amount: Money) -> String {
    frame.words().money(amount.minor, amount.currency.code())
}

fn row(frame: &Frame, (compared, sellers): (&Compared, &Sellers), offered: &Offered) -> OfferRow {
    let words = frame.words();
    let key = &offered.listing.key;
    let best = compared.comparison.best.as_ref().map(|best| &best.key);
    OfferRow {
        name: offered.listing.name.clone(),
        seller: sellers.name(frame, &key.seller),
        total: money(frame, offered.total),
        gets: offer_gives(words, &offered.gives),
        covers: offer_covers(words, offered),
        is_enough: offered.times().is_some(),
        facts: facts(frame, (compared, sellers), offered),
        is_best: best == Some(key),
    }
}

fn facts(
    frame: &Frame,
    (compared, sellers): (&Compared, &Sellers),
    offered: &Offered,
) -> Vec<String> {
    let words = frame.words();
    let each = |key: &str, price: Option<Money>| {
        price.map(|price| words.say_with(key, &[("amount", money(frame, price).into())]))
    };
    let dominated = offered.dominated_by.as_ref().and_then(|key: &ListingKey| {
        let better = compared.comparison.offer(key)?;
        let seller = sellers.name(frame, &key.seller);
        let named = [("name", better.listing.name.clone().into()), ("seller", seller.into())];
        Some(words.say_with("compare-dominated", &named))
    });
    let seen = words.date(offered.listing.seen_on);
    offer_lasts(words, offered.lasts)
        .into_iter()
        .chain(each("compare-per-gb", offered.per_gb))
        .chain(each("compare-per-day", offered.per_day))
        .chain(offer_price(words, offered))
        .chain(dominated)
        .chain([
            words.say_with("compare-seen", &[("date", seen.into())]),
            channel_service(words, compared.service(&offered.listing.key.seller)),
        ])
        .collect()
}

fn export_address(frame: &Frame, asking: &Asking, query: &CompareQuery) -> String {
    let Amounts { data, voice, messages } = asking.wanted.amounts();
    let gb = |units: Units| {
        let (whole, rest) = (units.count() / 1_000_000_000, units.count() % 1_000_000_000);
        format!("{whole}.{rest:09}")
    };
    let operator = asking.operator.as_ref().map_or("", OperatorCode::as_str);
    format!(
        "/{}/compare.csv?gb={}&minutes={}&messages={}&days={}&from={}&operator={operator}&sort={}",
        frame.language.path(),
        gb(data).trim_end_matches('0').trim_end_matches('.'),
        voice.count() / 60,
        messages.count(),
        asking.wanted.days(),
        asking.wanted.start(),
        sorted_by(query).code(),
    )
}

/// `GET /{language}/compare.csv`
pub async fn sheet(frame: Frame, Query(query): Query<CompareQuery>) -> Response {
    let today = today(&frame);
    let Ok(asking) = asking(&frame, &query, today) else {
        return page(frame, Query(query)).await;
    };
    let table = async {
        let compared = compared(&frame, &asking).await?;
        let sellers = Sellers::of(&frame).await?;
        let sorted = compared.comparison.sorted(sorted_by(&query));
        let rows = sorted.into_iter().map(|offered| cells(&frame, &sellers, offered));
        Ok(sheet_text(HEADING, rows))
    };
    match table.await {
        Ok(table) => {
            let named = format!("attachment; filename=\"farline-compare-{today}.csv\"");
            let headers = [
                (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, named),
                (CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, table).into_response()
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// The columns of the table.
const HEADING: [&str; 12] = [
    "seller",
    "name",
    "code",
    "times",
    "total",
    "currency",
    "per_gb",
    "per_day",
    "price",
    "rate",
    "seen_on",
    "dominated_by",
];

fn cells(frame: &Frame, sellers: &Sellers, offered: &Offered) -> [String; 12] {
    let amount = |price: Option<Money>| price.map(decimal).unwrap_or_default();
    let text = |text: &str| text_cell(text).into_owned();
    let listing = &offered.listing;
    let price = format!("{} {}", decimal(listing.price), listing.price.currency.code());
    let rate = offered.rate.as_ref().map(|rate| {
        format!(
            "1 {} = {} {} ({}, {})",
            rate.from.code(),
            rate.rate,
            rate.to.code(),
            rate.source,
            rate.dated
        )
    });
    let better = offered.dominated_by.as_ref();
    [
        text(&sellers.name(frame, &listing.key.seller)),
        text(&listing.name),
        listing.key.code.to_string(),
        offered.times().map(|times| times.to_string()).unwrap_or_default(),
        decimal(offered.total),
        offered.total.currency.code().to_owned(),
        amount(offered.per_gb),
        amount(offered.per_day),
        price,
        text(&rate.unwrap_or_default()),
        listing.seen_on.to_string(),
        text(&better.map(|key| format!("{} {}", key.seller, key.code)).unwrap_or_default()),
    ]
}
