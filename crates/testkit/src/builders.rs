//! A catalogue with two operators, and what is bought and used on their lines.

use farline_app::ports::lines::{LineSecrets, NewBucket, NewLine};
use farline_domain::auto_renew::{Caps, Consent, Means, Trigger};
use farline_domain::balance::Usage;
use farline_domain::catalog::{
    Allowance, Catalogue, CoverageZone, LevyDuty, Need, Network, Operator, OperatorCode, Plan,
    PlanCode, StartRule, Tax, TaxKind, Taxes, Validity, ZoneCode, price,
};
use farline_domain::commands::{Agreement, LineCommand, PayWith, PlaceOrder};
use farline_domain::kernel::{
    AccountId, AllowanceKind, Cell, ContactId, Currency, Iccid, Instant, Language, LineId,
    Localized, Money, Msisdn, OrderId, Province, QuoteId, Rate, Reference, SavedMethodId, Units,
    Zone,
};
use farline_domain::lines::{GraceRenewal, Leftover, LifecycleRule, Line, LineDates, Period};
use farline_domain::notices::Medium;
use farline_domain::orders::{Channel, Payer, Quote};
use farline_domain::payments::{CardExpiry, KeptMethod, PaymentMethod};
use jiff::civil::{Date, date};

/// The operator whose network is our own balance engine.
pub const OWN: &str = "northlight";
/// The operator that a supplier named `simulated` delivers to.
pub const SUPPLIED: &str = "prairie-call";
/// CAD 30.00 for 30 days with 5 GB, queued behind the current plan, on the own network.
pub const OWN_BIG: &str = "northlight-5gb";
/// CAD 10.00 for 1 GB until the current plan ends, on the own network.
pub const OWN_SMALL: &str = "northlight-1gb-more";
/// CAD 8.00 for 30 days with 500 MB, queued until the data is used up, on the own network. It is not in [`catalogue`]:
/// [`next_plan`] is.
pub const OWN_NEXT: &str = "northlight-next";
/// CAD 20.00 for 30 days with 2 GB, added to the current days, at the supplier.
pub const SUPPLIED_MONTH: &str = "prairie-call-month";

/// The local date on which every story starts.
pub const fn today() -> Date {
    date(2026, 11, 22)
}

fn toronto() -> Zone {
    Zone::named("America/Toronto").expect("a zone of the bundled data")
}

/// Noon in Toronto on [`today`].
pub fn noon() -> Instant {
    toronto().start_of(today()).plus_seconds(12 * 3600)
}

fn localized(text: &str) -> Localized {
    let texts = Language::ALL.into_iter().map(|language| (language, text.to_owned()));
    Localized::new(texts.collect()).expect("a text in every language")
}

fn operator(code: &str, name: &str, network: Network) -> Operator {
    Operator {
        code: OperatorCode::parse(code).expect("a code"),
        name: name.to_owned(),
        network,
        then: Vec::new(),
        lifecycle: LifecycleRule {
            zone: toronto(),
            period: Period::Days(30),
            grace_days: 7,
            suspended_days: 83,
            grace_renewal: GraceRenewal::FromToday,
            charge_hour: 2,
            leftover: Leftover::Forfeited,
        },
        currency: Currency::CAD,
        levies: LevyDuty::Carrier,
    }
}

fn canada() -> ZoneCode {
    ZoneCode::parse("canada").expect("a code")
}

fn allowance(kind: AllowanceKind, units: i64) -> Allowance {
    let units = Units::new(units).expect("units");
    Allowance { kind, units, zone: canada(), breadth: 1, window: None, bonus: false }
}

fn plan(code: &str, operator: &str, megabytes: i64, (minor, rule): (i64, StartRule)) -> Plan {
    Plan {
        code: PlanCode::parse(code).expect("a code"),
        version: 0,
        operator: OperatorCode::parse(operator).expect("a code"),
        name: localized(code),
        description: localized("A sample."),
        needs: vec![Need::Data],
        allowances: vec![
            allowance(AllowanceKind::Data, megabytes * 1_000_000),
            allowance(AllowanceKind::Messages, 100),
        ],
        validity: Validity::Days(30),
        start_rule: rule,
        price: Money::cad(minor),
        rank: 1,
        sold_from: None,
        sold_until: None,
    }
}

/// The plan that waits until the data is used up.
pub fn next_plan() -> Plan {
    plan(OWN_NEXT, OWN, 500, (800, StartRule::QueueOrUsedUp))
}

/// Two operators, three plans, Ontario's tax.
pub fn catalogue() -> Catalogue {
    let operators = [
        operator(OWN, "Northlight Mobile", Network::Own),
        operator(SUPPLIED, "Prairie Call", Network::Supplier("simulated".to_owned())),
    ];
    let plans = [
        plan(OWN_BIG, OWN, 5000, (3000, StartRule::Queue)),
        plan(OWN_SMALL, OWN, 1000, (1000, StartRule::AddValue)),
        plan(SUPPLIED_MONTH, SUPPLIED, 2000, (2000, StartRule::AddDays)),
    ];
    let zone = CoverageZone {
        code: canada(),
        name: localized("Canada"),
        countries: vec!["CA".to_owned()],
    };
    let hst = Tax {
        province: Province::On,
        kind: TaxKind::Hst,
        rate: Rate { ppm: 130_000 },
        valid_from: date(2010, 7, 1),
        valid_until: None,
    };
    Catalogue {
        operators: operators.into_iter().map(|it| (it.code.clone(), it)).collect(),
        plans: plans.into_iter().map(|it| (it.code.clone(), it)).collect(),
        zones: [(zone.code.clone(), zone)].into(),
        promotions: std::collections::BTreeMap::new(),
        taxes: Taxes { taxes: vec![hst], levies: Vec::new() },
        ..Catalogue::default()
    }
}

/// Which sample line: the same index gives the same line.
#[derive(Clone, Copy, Debug)]
pub struct SampleLine {
    /// Its operator, such as [`OWN`].
    pub operator: &'static str,
    /// Which of them, from 0 to 9,999,999: its number, card number and id follow from it.
    pub index: u32,
}

impl SampleLine {
    /// Its id; sample lines are spread over the cells.
    pub fn id(self) -> LineId {
        let cell = Cell::of(&self.index.to_be_bytes());
        LineId::mint(noon(), cell, u64::from(self.index))
    }

    /// Its number.
    pub fn msisdn(self) -> Msisdn {
        let (area, rest) = (self.index / 1_000_000, self.index % 1_000_000);
        // Area codes 416 to 425 with exchanges from 200: valid in form, not checked further.
        let (exchange, line) = (200 + rest / 10_000, rest % 10_000);
        Msisdn::parse(&format!("+1{}{exchange:03}{line:04}", 416 + area)).expect("a number")
    }

    fn iccid(self) -> Iccid {
        // Scattered as real ones are, without ever meeting: an odd factor modulo a power of two.
        let scattered = self.index.wrapping_mul(2_654_435_761);
        let digits = format!("8930299{scattered:011}");
        let check = (0..10).map(|check| format!("{digits}{check}"));
        check.map(|text| Iccid::parse(&text)).find_map(Result::ok).expect("one check digit fits")
    }
}

/// A line in service until eight days after [`today`], with 2 GB of which half is used.
pub fn new_line(sample: SampleLine) -> NewLine {
    let expires_on = date(2026, 11, 30);
    NewLine {
        line: Line {
            id: sample.id(),
            msisdn: Some(sample.msisdn()),
            iccid: sample.iccid(),
            operator: OperatorCode::parse(sample.operator).expect("a code"),
            province: Some(Province::On),
            language: Language::ZhCn,
            dates: LineDates {
                activated_on: Some(date(2026, 11, 1)),
                expires_on: Some(expires_on),
                anniversary_day: None,
            },
        },
        secrets: LineSecrets { pin: Some([7; 32]), puk: None },
        buckets: vec![NewBucket {
            allowance: allowance(AllowanceKind::Data, 2_000_000_000),
            used: Units::new(1_000_000_000).expect("units"),
            valid_from: toronto().start_of(date(2026, 11, 1)),
            valid_until: Some(expires_on),
        }],
        usage: Vec::new(),
        hours: Vec::new(),
        holder_name: None,
    }
}

/// A quote of a published plan for a line in Ontario, made at an instant.
pub fn quote(
    catalogue: &Catalogue,
    line: LineId,
    (plan, number): (&str, u64),
    now: Instant,
) -> Quote {
    let code = PlanCode::parse(plan).expect("a code");
    let plan = catalogue.plans.get(&code).expect("a plan of the sample catalogue");
    let price = price(plan, &[], (&catalogue.taxes, LevyDuty::Carrier), Province::On, today());
    Quote {
        id: QuoteId::mint(now, line.cell(), number),
        line,
        offer: plan.offer(&[]),
        single_use: None,
        price: price.expect("a price"),
        made_at: now,
        expires_at: now.plus_seconds(Quote::VALID_SECONDS),
    }
}

/// Placing order `number` from a quote: a guest with an e-mail address, on the website.
pub fn placing(quote: Quote, number: u64) -> PlaceOrder {
    let (cell, now) = (quote.line.cell(), quote.made_at);
    PlaceOrder {
        id: OrderId::mint(now, cell, number),
        reference: Reference::mint(cell, number),
        quote,
        payer: Some(Payer {
            contact: ContactId::mint(now, cell, number),
            media: vec![Medium::Email],
            account: None,
        }),
        language: Language::EnCa,
        french_terms: None,
        channel: Channel::Portal,
        origin: None,
        assisted: None,
        another_period: false,
        pay_with: PayWith::Page,
        occasion: None,
        reservations: Vec::new(),
    }
}

/// The holder `account` of a line agrees to its renewing itself with what was quoted, two days before its last day and paid with a
/// saved method, at most twice a month.
pub fn agreement(quote: Quote, account: AccountId) -> Agreement {
    let (now, total) = (quote.made_at, quote.price.total);
    let twice = Money { minor: total.minor.saturating_mul(2), ..total };
    let consent = Consent {
        payer: Payer {
            contact: ContactId::mint(now, quote.line.cell(), 77),
            media: vec![Medium::Email],
            account: Some(account),
        },
        language: Language::FrCa,
        plan: quote.offer.plan.clone(),
        province: quote.price.province,
        means: Means::Saved(kept_method(account, now)),
        trigger: Trigger::BeforeExpiry(2),
        caps: Caps { charge: total, day: total, month: twice },
        agreed_at: now,
    };
    Agreement {
        consent,
        version: "1".to_owned(),
        text: "J’accepte.".to_owned(),
        address: Some("192.0.2.1".to_owned()),
        quote,
    }
}

/// A card that a provider keeps for an account.
pub fn kept_method(account: AccountId, now: Instant) -> KeptMethod {
    KeptMethod {
        id: SavedMethodId::mint(now, account.cell(), 5),
        provider: "sandbox".to_owned(),
        customer: "cus_1".to_owned(),
        method: "pm_1".to_owned(),
        kind: PaymentMethod::Credit,
        expiry: Some(CardExpiry { year: 2030, month: 4 }),
    }
}

/// Using data, wherever the line is.
pub const fn data_usage() -> Usage {
    Usage { kind: AllowanceKind::Data, zones: None }
}

/// Grants data outside any order, for ever.
pub fn grant_data(octets: i64) -> LineCommand {
    LineCommand::Grant { allowance: allowance(AllowanceKind::Data, octets), valid_until: None }
}
