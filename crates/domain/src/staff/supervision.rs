//! What a supervisor sees: what was done, added up for each day and for whoever did it. The facts come grouped, so it
//! does not matter how many calls there were.

use crate::hotline::{CallSource, Way};
use crate::kernel::{Currency, Money, MoneyError, StaffId};
use crate::orders::Stage;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Lengths of calls are told apart in steps of so many seconds.
pub const STEP_SECONDS: i64 = 5;
/// A call that took longer counts as one of so many steps: four hours.
const MOST_STEPS: i64 = 4 * 60 * 60 / STEP_SECONDS;

/// What somebody did with money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MoneyDeed {
    /// Took it by hand.
    Took,
    /// Gave it back by hand.
    Gave,
    /// Had it given back alone, within the own limit.
    Refunded,
    /// Asked a second person whether it may be given back.
    Asked,
    /// Agreed as that second person.
    Agreed,
}

impl MoneyDeed {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Took, Self::Gave, Self::Refunded, Self::Asked, Self::Agreed];

    /// The word of a sheet, and the stem of its text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Took => "took_by_hand",
            Self::Gave => "gave_by_hand",
            Self::Refunded => "refunded_alone",
            Self::Asked => "refund_asked",
            Self::Agreed => "refund_agreed",
        }
    }
}

/// Something that was done, as often as it was done alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Calls.
    Calls {
        /// Who talked.
        by: CallSource,
        /// How the caller was verified.
        way: Option<Way>,
        /// How many steps of [`STEP_SECONDS`] a call took, if it was ended.
        steps: Option<i64>,
        /// Where the order stands that came of a call.
        order: Option<Stage>,
        /// How many calls.
        count: u64,
        /// Proofs that failed in them.
        failures: u64,
        /// How often a card turned out to be locked against proofs, or became so.
        locks: u64,
    },
    /// Money.
    Money {
        /// Who.
        by: StaffId,
        /// What.
        deed: MoneyDeed,
        /// How often.
        count: u64,
        /// How much in all.
        sum: Money,
    },
    /// Orders that waited for a person and were decided about.
    Decided {
        /// Who.
        by: StaffId,
        /// How often.
        count: u64,
    },
}

impl Fact {
    /// Who did it.
    pub const fn by(&self) -> CallSource {
        match self {
            Self::Calls { by, .. } => *by,
            Self::Money { by, .. } | Self::Decided { by, .. } => CallSource::Desk(*by),
        }
    }
}

/// Whether the payer's money has come, whatever became of it.
const fn was_paid(stage: Stage) -> bool {
    match stage {
        Stage::AwaitingPayment | Stage::Cancelled | Stage::Expired => false,
        Stage::Paid
        | Stage::Delivering
        | Stage::Unknown
        | Stage::Delivered
        | Stage::Declined
        | Stage::Refunding
        | Stage::Refunded
        | Stage::Reversed => true,
    }
}

/// What one person did, or all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls that were taken.
    pub calls: u64,
    /// The median length of those that were ended, in seconds: the lower of the two in the middle, rounded down to
    /// [`STEP_SECONDS`].
    pub median_seconds: Option<i64>,
    /// Calls that led to an order.
    pub ordered: u64,
    /// Of these, those whose order was paid.
    pub paid: u64,
    /// Calls in which the caller was verified, by how.
    pub verified: BTreeMap<Way, u64>,
    /// Proofs that failed.
    pub failures: u64,
    /// Calls on a card that was locked against proofs.
    pub locks: u64,
    /// What was done with money: how often, and how much.
    pub money: BTreeMap<(MoneyDeed, Currency), (u64, Money)>,
    /// Waiting orders that were decided about.
    pub decided: u64,
}

/// Figures that are still added to.
#[derive(Clone, Debug, Default)]
struct Tally {
    figures: Figures,
    /// Ended calls, by how many steps they took.
    lengths: BTreeMap<i64, u64>,
}

impl Tally {
    fn add(&mut self, fact: &Fact) -> Result<(), MoneyError> {
        let figures = &mut self.figures;
        match *fact {
            Fact::Calls { way, steps, order, count, failures, locks, .. } => {
                figures.calls += count;
                figures.failures += failures;
                figures.locks += locks;
                if let Some(way) = way {
                    *figures.verified.entry(way).or_default() += count;
                }
                figures.ordered += if order.is_some() { count } else { 0 };
                figures.paid += if order.is_some_and(was_paid) { count } else { 0 };
                if let Some(steps) = steps {
                    *self.lengths.entry(steps.clamp(0, MOST_STEPS)).or_default() += count;
                }
            }
            Fact::Money { deed, count, sum, .. } => {
                let nothing = (0, Money { minor: 0, currency: sum.currency });
                let so_far = figures.money.entry((deed, sum.currency)).or_insert(nothing);
                *so_far = (so_far.0 + count, so_far.1.plus(sum)?);
            }
            Fact::Decided { count, .. } => figures.decided += count,
        }
        Ok(())
    }

    fn finish(self) -> Figures {
        Figures { median_seconds: median(&self.lengths), ..self.figures }
    }
}

fn median(lengths: &BTreeMap<i64, u64>) -> Option<i64> {
    let ended: u64 = lengths.values().sum();
    let mut passed = 0;
    let middle = lengths.iter().find(|(_, count)| {
        passed += **count;
        passed * 2 >= ended
    });
    middle.map(|(steps, _)| steps * STEP_SECONDS)
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisedDay {
    /// Which.
    pub date: Date,
    /// Everybody together.
    pub whole: Figures,
    /// Each who did anything.
    pub by: BTreeMap<CallSource, Figures>,
}

/// Days, added up one after the other.
#[derive(Clone, Debug, Default)]
pub struct Supervising {
    days: Vec<SupervisedDay>,
    whole: Tally,
    by: BTreeMap<CallSource, Tally>,
}

/// What a supervisor sees of some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supervision {
    /// Each day, oldest first.
    pub days: Vec<SupervisedDay>,
    /// All of it.
    pub whole: Figures,
    /// Each who did anything, over all days.
    pub by: BTreeMap<CallSource, Figures>,
}

impl Supervising {
    /// Takes the facts of the next day. Its calls' lengths are kept no longer than it takes to find their median.
    ///
    /// # Errors
    /// When a sum of money is more than can be counted.
    pub fn add(&mut self, date: Date, facts: &[Fact]) -> Result<(), MoneyError> {
        let mut whole = Tally::default();
        let mut by: BTreeMap<CallSource, Tally> = BTreeMap::new();
        for fact in facts {
            let own = by.entry(fact.by()).or_default();
            let ever = self.by.entry(fact.by()).or_default();
            for tally in [own, ever, &mut whole, &mut self.whole] {
                tally.add(fact)?;
            }
        }
        let by = by.into_iter().map(|(by, tally)| (by, tally.finish())).collect();
        self.days.push(SupervisedDay { date, whole: whole.finish(), by });
        Ok(())
    }

    /// All days that were added.
    pub fn finish(self) -> Supervision {
        Supervision {
            days: self.days,
            whole: self.whole.finish(),
            by: self.by.into_iter().map(|(by, tally)| (by, tally.finish())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fact, MoneyDeed, Supervising, Supervision};
    use crate::hotline::{CallSource, Way};
    use crate::kernel::{Cell, Instant, Money, MoneyError, StaffId};
    use crate::orders::Stage;
    use jiff::civil::{Date, date};
    use std::fmt::Write as _;

    const DAY: Date = date(2026, 11, 29);

    fn member(number: u64) -> StaffId {
        StaffId::mint(Instant::from_millis(0), Cell::numbered(0), number)
    }

    fn source(word: &str) -> CallSource {
        match word {
            "robot" => CallSource::Robot,
            "mei" => CallSource::Desk(member(1)),
            "luc" => CallSource::Desk(member(2)),
            other => panic!("{other} is nobody"),
        }
    }

    /// `mei calls 3 pin 60s paid 1f 2l` · `mei took_by_hand 2 4000` · `mei decided 1`
    fn fact(text: &str) -> Fact {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (by, count) = (source(words[0]), words[2].parse().unwrap());
        let CallSource::Desk(staff) = by else { return calls(by, count, &words[3..]) };
        match words[1] {
            "calls" => calls(by, count, &words[3..]),
            "decided" => Fact::Decided { by: staff, count },
            deed => {
                let deed = MoneyDeed::ALL.into_iter().find(|known| known.code() == deed).unwrap();
                let sum = Money::cad(words[3].parse().unwrap());
                Fact::Money { by: staff, deed, count, sum }
            }
        }
    }

    fn calls(by: CallSource, count: u64, words: &[&str]) -> Fact {
        let number =
            |mark: char| words.iter().find_map(|word| word.strip_suffix(mark)?.parse().ok());
        let stage = |word: &&str| Stage::ALL.into_iter().find(|stage| stage.code() == *word);
        Fact::Calls {
            by,
            way: words.iter().find_map(|word| Way::parse(word)),
            steps: number('s').map(|seconds: i64| seconds / super::STEP_SECONDS),
            order: words.iter().find_map(stage),
            count,
            failures: number('f').map_or(0, i64::unsigned_abs),
            locks: number('l').map_or(0, i64::unsigned_abs),
        }
    }

    fn supervision(days: &[&str]) -> Result<Supervision, MoneyError> {
        let mut supervising = Supervising::default();
        for day in days {
            let lines = day.lines().map(str::trim).filter(|line| !line.is_empty());
            supervising.add(DAY, &lines.map(fact).collect::<Vec<_>>())?;
        }
        Ok(supervising.finish())
    }

    /// Figures as a person would say them.
    fn said(figures: &super::Figures) -> String {
        let mut said = format!("{} calls", figures.calls);
        for (figure, what) in [
            (figures.ordered, "ordered"),
            (figures.paid, "paid"),
            (figures.failures, "failed"),
            (figures.locks, "locked"),
            (figures.decided, "decided"),
        ] {
            if figure > 0 {
                write!(said, " | {figure} {what}").unwrap();
            }
        }
        if let Some(seconds) = figures.median_seconds {
            write!(said, " | median {seconds}s").unwrap();
        }
        for (way, count) in &figures.verified {
            write!(said, " | {count} by {}", way.code()).unwrap();
        }
        for ((deed, currency), (count, sum)) in &figures.money {
            write!(said, " | {count} {} {} {}", deed.code(), sum.minor, currency.code()).unwrap();
        }
        said
    }

    #[test]
    fn facts_become_figures() {
        let table = [
            ("", "0 calls"),
            ("mei calls 1", "1 calls"),
            ("mei calls 1 60s", "1 calls | median 60s"),
            // The lower of the two in the middle, and one that is left open has no length.
            ("mei calls 1 60s\nmei calls 1 100s\nmei calls 1", "3 calls | median 60s"),
            ("mei calls 1 60s\nmei calls 1 100s\nmei calls 1 300s", "3 calls | median 100s"),
            ("mei calls 9 10s\nmei calls 10 300s", "19 calls | median 300s"),
            // Nobody talks for a day, and no call ends before it begins.
            ("mei calls 1 90000s", "1 calls | median 14400s"),
            ("mei calls 1 -30s", "1 calls | median 0s"),
            // An order that was paid and given back was paid.
            ("mei calls 2 awaiting_payment", "2 calls | 2 ordered"),
            ("mei calls 1 cancelled\nmei calls 1 expired", "2 calls | 2 ordered"),
            ("mei calls 3 delivered\nmei calls 1 refunded", "4 calls | 4 ordered | 4 paid"),
            (
                "mei calls 2 pin\nluc calls 1 pin\nluc calls 1 3f 1l",
                "4 calls | 3 failed | 1 locked | 3 by pin",
            ),
            ("mei decided 2\nluc decided 1", "0 calls | 3 decided"),
            (
                "mei refund_asked 1 9000\nluc refund_agreed 1 9000\nmei took_by_hand 2 5000\nluc took_by_hand 1 100",
                "0 calls | 3 took_by_hand 5100 CAD | 1 refund_asked 9000 CAD | 1 refund_agreed 9000 CAD",
            ),
        ];
        for (facts, expected) in table {
            let supervision = supervision(&[facts]).unwrap();
            assert_eq!(said(&supervision.whole), expected, "{facts}");
            assert_eq!(said(&supervision.days[0].whole), expected, "{facts}");
        }
    }

    #[test]
    fn each_has_their_own_and_days_add_up() {
        let days = ["mei calls 2 60s paid\nrobot calls 1 30s", "mei calls 1 300s\nluc decided 1"];
        let supervision = supervision(&days).unwrap();
        let of = |figures: &std::collections::BTreeMap<CallSource, super::Figures>, who| {
            figures.get(&source(who)).map(said)
        };
        assert_eq!(
            of(&supervision.by, "mei").unwrap(),
            "3 calls | 2 ordered | 2 paid | median 60s"
        );
        assert_eq!(of(&supervision.by, "robot").unwrap(), "1 calls | median 30s");
        assert_eq!(of(&supervision.by, "luc").unwrap(), "0 calls | 1 decided");
        assert_eq!(of(&supervision.days[0].by, "luc"), None);
        assert_eq!(of(&supervision.days[1].by, "mei").unwrap(), "1 calls | median 300s");
        assert_eq!(supervision.whole.calls, 4);
    }

    #[test]
    fn money_that_cannot_be_counted_is_no_figure() {
        let most = format!("mei took_by_hand 1 {}\nmei took_by_hand 1 1", i64::MAX);
        assert_eq!(supervision(&[&most]), Err(MoneyError::TooLarge));
    }
}
