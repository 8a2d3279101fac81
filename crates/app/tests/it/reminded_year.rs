//! A year of many lines by their messages: each reminder once, on its day, by day, in the line's language. What has to come is told
//! here again by the calendar alone; the rule itself has its own year in the domain's tests.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::charging::world::app_over;
use crate::letters::LetterBox;
use crate::subjects::world::request;
use farline_app::App;
use farline_app::catalog::publish;
use farline_app::charging::ChargingSettings;
use farline_app::orders::place;
use farline_app::ports::lines::{ImportError, NewLine};
use farline_app::ports::notice::{Medium, Message};
use farline_app::quotes::{Promoting, QuoteRequest, make};
use farline_app::reminders::{plan_all, send_due};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::{Language, LineId, Zone};
use farline_domain::lines::LineDates;
use farline_domain::payments::{Capture, PaymentMethod};
use farline_store::{OpenMode, SqliteStore};
use farline_testkit::{FrozenClock, OWN, OWN_BIG, SampleLine, catalogue, new_line, noon};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use std::sync::Arc;

/// The first day of the year that is lived.
const FIRST: Date = date(2026, 11, 23);
const DAYS: i64 = 365;
/// Days from the last day of service to each reminder: seven days of grace, then 83 without service.
const REASONS: [(&str, i64); 6] = [
    ("expires-in-7", -7),
    ("expires-in-3", -3),
    ("expires-in-1", -1),
    ("grace-begins", 1),
    ("last-safe-day", 6),
    ("number-ends", 83),
];

/// What a line was told: which, of which last day of service, why, and when.
type Told = (usize, Date, &'static str, Date);

/// A die with as many sides as are asked for.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A line, and its last day of service as it stands.
struct Lived {
    id: LineId,
    number: String,
    language: Language,
    expires_on: Date,
}

struct Year {
    app: App,
    clock: Arc<FrozenClock>,
    letters: Arc<LetterBox>,
    zone: Zone,
    lines: Vec<Lived>,
    dice: Dice,
    renewals: u64,
    _folder: tempfile::TempDir,
}

const fn sample(index: u32) -> SampleLine {
    SampleLine { operator: OWN, index }
}

impl Year {
    async fn open(many: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("farline.db"), OpenMode::ReadWrite);
        let clock = Arc::new(FrozenClock::at(noon()));
        let app = app_over(Arc::new(store.unwrap()), clock.clone(), ChargingSettings::default());
        let letters = Arc::new(LetterBox::of(Medium::Sms));
        let app = App { gateways: vec![letters.clone()], ..app };
        publish(&app, catalogue()).await.unwrap();
        let mut dice = Dice(7);
        let born: Vec<NewLine> = (0..many).map(|index| born(index, &mut dice)).collect();
        let lines = born.iter().map(|new| Lived {
            id: new.line.id,
            number: new.line.msisdn.as_ref().unwrap().as_str().to_owned(),
            language: new.line.language,
            expires_on: new.line.dates.expires_on.unwrap(),
        });
        let lines = lines.collect();
        let rows = (2..).zip(born).map(Ok::<_, ImportError>);
        app.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        let zone = Zone::named("America/Toronto").unwrap();
        Self { app, clock, letters, zone, lines, dice, renewals: 0, _folder: folder }
    }

    /// What the calendar wants on a day.
    fn wanted(&self, today: Date) -> Vec<Told> {
        let due = |(index, line): (usize, &Lived)| {
            let days = i64::from(line.expires_on.until(today).unwrap().get_days());
            let reason = REASONS.iter().find(|(_, after)| *after == days)?;
            Some((index, line.expires_on, reason.0, today))
        };
        self.lines.iter().enumerate().filter_map(due).collect()
    }

    /// Lives through a day: planned before dawn, sent by the hour. Gives what came.
    async fn day(&mut self, today: Date) -> Vec<Told> {
        let midnight = self.zone.start_of(today);
        self.clock.set(midnight.plus_seconds(5 * 3_600));
        plan_all(&self.app, &|_| ()).await.unwrap();
        let mut told = Vec::new();
        for hour in 6..=22 {
            self.clock.set(midnight.plus_seconds(hour * 3_600));
            while send_due(&self.app).await.unwrap() > 0 {}
            // As the clocks there show: on two days of the year they are changed in the night.
            let local = self.app.now().in_zone(&self.zone).hour();
            let letters = self.letters.empty();
            for letter in letters {
                assert!((9..=21).contains(&local), "{} at {local}", letter.key);
                told.push(self.read(&letter, today));
            }
        }
        told
    }

    fn read(&self, letter: &Message, today: Date) -> Told {
        let is_theirs = |line: &Lived| line.number == letter.to;
        let index = self.lines.iter().position(is_theirs).unwrap();
        let line = &self.lines[index];
        assert_eq!(letter.language, line.language, "{}", letter.key);
        let link = format!("/{}/", line.language.path());
        let speaks = letter.body.contains(&link) || letter.body.contains("/l/");
        assert!(speaks, "{}", letter.body);
        let rest = letter.key.strip_prefix(&format!("{}-", line.id)).unwrap();
        let (code, _) = REASONS.iter().find(|(code, _)| rest.starts_with(code)).unwrap();
        let period = rest[code.len() + 1..][..10].parse().unwrap();
        (index, period, code, today)
    }

    /// Late in the evening some of those whose day is near, or past, are renewed. Every fifth is forgotten, and lost in the end.
    async fn evening(&mut self, today: Date) {
        for index in (0..self.lines.len()).filter(|index| index % 5 > 0) {
            let left = i64::from(today.until(self.lines[index].expires_on).unwrap().get_days());
            if (-80..=12).contains(&left) && self.dice.below(14) == 0 {
                self.renew(index).await;
            }
        }
    }

    async fn renew(&mut self, index: usize) {
        let line = self.lines[index].id;
        let mut seed = [0; 16];
        self.app.randomness.fill(&mut seed);
        let plan = OWN_BIG.to_owned();
        let asked = QuoteRequest { line, plan, promotions: Promoting::Off, province: None, seed };
        let quote = make(&self.app, asked).await.unwrap();
        self.renewals += 1;
        let order = place(&self.app, request(&quote, self.renewals)).await.unwrap();
        let capture = Capture {
            provider: "nobody".to_owned(),
            payment: format!("p{}", self.renewals),
            amount: order.price.total,
            method: PaymentMethod::Credit,
            at: self.app.now(),
        };
        let captured = LineCommand::Capture(order.id, capture);
        self.app.run(line, captured, Actor::System).await.unwrap();
        let view = self.app.store.line(line).await.unwrap().unwrap();
        self.lines[index].expires_on = view.line.dates.expires_on.unwrap();
    }
}

fn born(index: u32, dice: &mut Dice) -> NewLine {
    let mut new = new_line(sample(index));
    let languages = Language::ALL;
    new.line.language = languages[usize::try_from(index).unwrap() % languages.len()];
    let expires_on = date(2026, 12, 1).saturating_add(dice.below(60).days());
    new.line.dates = LineDates { expires_on: Some(expires_on), ..new.line.dates };
    new.buckets.clear();
    new
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "the figures are shown although the test passed")]
async fn figures_of_a_year_of_reminders() {
    let is_full = std::env::var("FARLINE_FULL").is_ok_and(|full| !full.is_empty());
    let many = if is_full { 10_000 } else { 60 };
    let mut year = Year::open(many).await;
    let mut by_reason = REASONS.map(|(code, _)| (code, 0));
    for day in 0..DAYS {
        let today = FIRST.saturating_add(day.days());
        let mut wanted = year.wanted(today);
        let mut told = year.day(today).await;
        wanted.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, wanted, "on {today}");
        for (_, _, reason, _) in told {
            by_reason.iter_mut().filter(|(code, _)| *code == reason).for_each(|one| one.1 += 1);
        }
        year.evening(today).await;
    }
    assert!(by_reason.iter().all(|(_, count)| *count > 0), "{by_reason:?}");
    let told = by_reason.map(|(code, count)| format!("{code} {count}")).join(", ");
    eprintln!(
        "figures: reminders: a year of {many} lines, {} renewals; each once, on its day, by day, in its language: {told}",
        year.renewals,
    );
}
