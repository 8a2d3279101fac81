//! A supplier of whose deliveries every fifth goes wrong in some way.

use async_trait::async_trait;
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierProduct, SupplierSilent, SupplierStanding, Taking,
};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::{Instant, Money};
use farline_domain::orders::DeliveryRefusal;
use farline_testkit::{FrozenClock, noon};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

const HOUR: i64 = 60 * 60;

/// What becomes of a delivery. Times are seconds after its sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Prompt,
    /// It is delivered, and the answer is lost.
    Lost,
    /// It never arrives.
    NeverArrives,
    NotANumber,
    Unavailable,
    Slow(i64),
    UnknownThenDelivered(i64),
    UnknownThenRefused(i64),
    TakenBack(i64),
    UnknownForEver,
    SlowForEver,
}

pub(super) struct Delivery {
    fate: Fate,
    at: Instant,
    asked: u64,
    /// How often the network was given it.
    pub(super) times: u32,
    is_voided: bool,
}

/// What is true of a reference, whoever knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Nothing,
    Open,
    Delivered,
    TakenBack,
}

/// The supplier. What it draws follows from the seed and the reference alone, so that no order of calls matters.
pub(super) struct Supplier {
    pub(super) name: &'static str,
    pub(super) seed: u64,
    /// How many more of a hundred it refuses, as it takes nothing just then.
    pub(super) refuses: u64,
    /// While it answers nobody, in seconds of the week.
    pub(super) down: Range<i64>,
    /// While its float is short.
    pub(super) poor: Range<i64>,
    pub(super) clock: Arc<FrozenClock>,
    pub(super) book: Mutex<BTreeMap<String, Delivery>>,
}

/// SplitMix64 of a reference's octets.
fn drawn(seed: u64, reference: &str, turn: u64) -> u64 {
    let mixed = |mut bits: u64| {
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    };
    let start = mixed(seed.wrapping_add(turn.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    reference.bytes().fold(start, |bits, octet| mixed(bits ^ u64::from(octet)))
}

impl Supplier {
    pub(super) fn seconds(&self) -> i64 {
        use farline_app::ports::Clock as _;
        self.clock.now().millis_since(noon()) / 1000
    }

    fn fate(&self, reference: &str) -> Fate {
        let later = drawn(self.seed, reference, 1);
        let within = |least: i64, most: i64| least + (later >> 1).cast_signed() % (most - least);
        let refused = 20..20 + self.refuses;
        match drawn(self.seed, reference, 0) % 100 {
            0..=3 => Fate::Lost,
            4 | 5 => Fate::NeverArrives,
            6..=8 => Fate::NotANumber,
            9 | 10 => Fate::Unavailable,
            11..=13 => Fate::Slow(within(5, 6 * HOUR)),
            14 => Fate::UnknownThenDelivered(within(20, 30 * HOUR)),
            15 => Fate::UnknownThenRefused(within(20, 30 * HOUR)),
            16 | 17 => Fate::TakenBack(within(60, 23 * HOUR)),
            18 => Fate::UnknownForEver,
            19 => Fate::SlowForEver,
            draw if refused.contains(&draw) => Fate::Unavailable,
            _ => Fate::Prompt,
        }
    }

    pub(super) fn truth(&self, reference: &str) -> Truth {
        use farline_app::ports::Clock as _;
        let book = self.book.lock().unwrap();
        let Some(delivery) = book.get(reference) else { return Truth::Nothing };
        let since = self.clock.now().millis_since(delivery.at) / 1000;
        let from = |at: i64, truth| if since >= at { truth } else { Truth::Open };
        match delivery.fate {
            _ if delivery.is_voided => Truth::Nothing,
            Fate::NotANumber | Fate::Unavailable | Fate::NeverArrives => Truth::Nothing,
            Fate::Slow(at) | Fate::UnknownThenDelivered(at) => from(at, Truth::Delivered),
            Fate::UnknownThenRefused(at) => from(at, Truth::Nothing),
            Fate::TakenBack(at) if since >= at => Truth::TakenBack,
            Fate::Prompt | Fate::Lost | Fate::TakenBack(_) => Truth::Delivered,
            Fate::UnknownForEver | Fate::SlowForEver => Truth::Open,
        }
    }

    fn answer(&self, reference: &str) -> DeliveryAnswer {
        let fate = self.book.lock().unwrap().get(reference).map(|delivery| delivery.fate);
        let supplier_reference = Some(format!("their-{reference}"));
        match (self.truth(reference), fate) {
            (Truth::Delivered, _) => DeliveryAnswer::Delivered { supplier_reference },
            (Truth::TakenBack, _) => DeliveryAnswer::Reversed,
            (Truth::Open, Some(Fate::Slow(_) | Fate::SlowForEver)) => DeliveryAnswer::InProgress,
            (Truth::Nothing, Some(Fate::NotANumber)) => {
                DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted)
            }
            (Truth::Nothing, Some(Fate::Unavailable | Fate::UnknownThenRefused(_))) => {
                DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable)
            }
            (Truth::Open | Truth::Nothing, _) => DeliveryAnswer::Unknown,
        }
    }

    fn is_down(&self) -> bool {
        self.down.contains(&self.seconds())
    }

    /// How it stands: whether it is down, and whether it is poor.
    pub(super) fn stands(&self) -> (bool, bool) {
        (self.is_down(), self.poor.contains(&self.seconds()))
    }

    /// How often the network was given a reference.
    pub(super) fn times(&self, reference: &str) -> u32 {
        self.book.lock().unwrap().get(reference).map_or(0, |delivery| delivery.times)
    }

    /// A person has the supplier give up what is still open, and says what is true.
    pub(super) fn given_up(&self, reference: &str) -> Truth {
        if let Some(delivery) = self.book.lock().unwrap().get_mut(reference)
            && matches!(
                delivery.fate,
                Fate::UnknownForEver
                    | Fate::SlowForEver
                    | Fate::UnknownThenDelivered(_)
                    | Fate::UnknownThenRefused(_)
            )
        {
            delivery.is_voided = true;
        }
        self.truth(reference)
    }
}

#[async_trait]
impl DeliverySupplier for Supplier {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        if self.is_down() {
            return DeliveryAnswer::Unknown;
        }
        let fate = self.fate(&request.reference);
        if fate != Fate::NeverArrives {
            let mut book = self.book.lock().unwrap();
            let delivery = book.entry(request.reference.clone()).or_insert(Delivery {
                fate,
                at: request.now,
                asked: 0,
                times: 0,
                is_voided: false,
            });
            // It makes two of two: whoever sends again has to know why.
            delivery.times += 1;
        }
        if fate == Fate::Lost { DeliveryAnswer::Unknown } else { self.answer(&request.reference) }
    }

    async fn ask(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        let turn = {
            let mut book = self.book.lock().unwrap();
            let asked = book.get_mut(&request.reference).map(|delivery| {
                delivery.asked += 1;
                delivery.asked
            });
            asked.unwrap_or_default()
        };
        // Every twentieth answer is lost on its way.
        if self.is_down() || drawn(self.seed, &request.reference, 10 + turn).is_multiple_of(20) {
            return DeliveryAnswer::Unknown;
        }
        self.answer(&request.reference)
    }

    async fn standing(&self) -> Result<SupplierStanding, SupplierSilent> {
        if self.is_down() {
            return Err(SupplierSilent("no connection".to_owned()));
        }
        let minor = if self.stands().1 { 9_999 } else { 1_000_000 };
        let float = Some(Money::cad(minor));
        Ok(SupplierStanding { float, taking: Taking::Deliveries })
    }

    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        Ok(Vec::new())
    }
}
