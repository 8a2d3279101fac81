//! However the requests of sessions arrive — twice, out of order, late or never — every unit is
//! debited once, and what is held is what the sessions were told they may use.

use crate::scene::{allowance, assert_sound, line_on, noon, run};
use farline_domain::balance::{EntryKind, Session};
use farline_domain::catalog::Network;
use farline_domain::charging::{
    ChargingAnswer, ChargingRefusal, ChargingRequest, ChargingResult, ChargingStep, ServiceKind,
    Terms, Wanted,
};
use farline_domain::commands::{Answer, HELD_ON_SECONDS, JobKind, LineCommand, LineState};
use farline_domain::kernel::{Instant, Units};
use jiff::ToSpan;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};

const SESSIONS: usize = 4;

/// A request of a session after its first: what it used, what it wants, whether it is the last.
#[derive(Clone, Copy, Debug)]
struct Report {
    used: i64,
    wanted: i64,
    ends: bool,
}

#[derive(Clone, Debug)]
enum Event {
    /// The request with this number of this session arrives, for the first time or not.
    Arrives(usize, usize),
    Passes(i64),
    Sweep,
    Grant {
        session: usize,
        units: i64,
        days: i64,
    },
}

fn report() -> impl Strategy<Value = Report> {
    (0i64..150, 0i64..150, prop::bool::weighted(0.2)).prop_map(|(used, wanted, ends)| Report {
        used,
        wanted,
        ends,
    })
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => (0..SESSIONS, 0usize..7).prop_map(|(session, request)| Event::Arrives(session, request)),
        2 => prop::sample::select(vec![1, 40, 400, 90_000]).prop_map(Event::Passes),
        1 => Just(Event::Sweep),
        2 => (0..SESSIONS, 1i64..400, 1i64..4)
            .prop_map(|(session, units, days)| Event::Grant { session, units, days }),
    ]
}

/// Two sessions use data, one calls, one sends messages.
const fn kind_of(session: usize) -> ServiceKind {
    match session {
        0 | 1 => ServiceKind::Data,
        2 => ServiceKind::Voice,
        _ => ServiceKind::Messages,
    }
}

fn units(count: i64) -> Units {
    Units::new(count).unwrap()
}

fn request(session: usize, number: usize, reports: &[Report]) -> ChargingRequest {
    let step = match number.checked_sub(1).map(|place| reports[place % reports.len()]) {
        None => ChargingStep::Start { wanted: Wanted::Quota },
        Some(Report { used, ends: true, .. }) => ChargingStep::End { used: units(used) },
        Some(Report { used, wanted, ends: false }) => {
            ChargingStep::Update { used: units(used), wanted: Wanted::Units(units(wanted)) }
        }
    };
    ChargingRequest {
        session: Session(format!("s{session}")),
        sequence: u32::try_from(number).unwrap(),
        kind: kind_of(session),
        zones: None,
        step,
        terms: Terms { quota: units(100), validity_seconds: 300, threshold_percent: 80 },
    }
}

/// What somebody who only counts knows of a session.
struct Known {
    sequence: u32,
    ended: bool,
    held: i64,
    until: Instant,
    answer: ChargingAnswer,
}

struct Account {
    state: LineState,
    now: Instant,
    known: BTreeMap<Session, Known>,
    reported: i64,
    overrun: i64,
    refused: i64,
}

impl Account {
    fn charge(&mut self, request: &ChargingRequest) -> ChargingAnswer {
        let command = LineCommand::Charge(Box::new(request.clone()));
        match run(&mut self.state, &command, self.now).unwrap() {
            Answer::Charging(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    fn arrives(&mut self, request: &ChargingRequest) {
        let before = self.state.clone();
        let answer = self.charge(request);
        let used = request.step.used().count();
        let refused = |refusal| ChargingResult::Refused(refusal);
        let is_start = matches!(request.step, ChargingStep::Start { .. });
        match self.known.get_mut(&request.session) {
            None if !is_start => {
                assert_eq!(answer.result, refused(ChargingRefusal::UnknownSession));
                assert_eq!(self.state, before);
            }
            None => {
                if let ChargingResult::Refused(_) = answer.result {
                    assert_eq!(self.state.buckets, before.buckets);
                    assert!(self.state.sessions == before.sessions, "a refused start is kept");
                } else {
                    self.takes_effect(request, answer);
                }
            }
            Some(known) if request.sequence == known.sequence => {
                assert_eq!(answer, known.answer);
                assert_eq!(self.state, before);
            }
            Some(known) if request.sequence < known.sequence => {
                assert!(matches!(answer.result, ChargingResult::Refused(_)));
                assert_eq!(self.state, before);
            }
            Some(known) if known.ended => {
                assert_eq!(answer.result, refused(ChargingRefusal::SessionEnded));
                assert_eq!(self.state.buckets, before.buckets);
                if used > 0 {
                    (known.sequence, known.answer) = (request.sequence, answer);
                    self.refused += used;
                }
            }
            Some(_) => self.takes_effect(request, answer),
        }
        let (after, used_so_far) = (self.state.clone(), self.debited());
        self.charge(request);
        // A start that was refused is decided again, and refused again: nothing has changed since.
        assert_eq!(self.state.buckets, after.buckets);
        assert_eq!(self.state.reservations, after.reservations);
        assert_eq!(self.debited(), used_so_far);
    }

    fn takes_effect(&mut self, request: &ChargingRequest, answer: ChargingAnswer) {
        let used = request.step.used();
        assert_eq!(answer.debited.plus(answer.overrun).unwrap(), used);
        let is_short = !answer.overrun.is_zero();
        assert!(!is_short || answer.left.is_zero(), "an overrun although something is left");
        self.reported += used.count();
        self.overrun += answer.overrun.count();
        let (held, validity) = match answer.result {
            ChargingResult::Granted(quota) => (quota.units.count(), quota.validity_seconds),
            ChargingResult::Done | ChargingResult::Refused(_) => (0, 0),
        };
        let until = self.now.plus_seconds(i64::from(validity) + HELD_ON_SECONDS);
        let ended = matches!(request.step, ChargingStep::End { .. });
        let sequence = request.sequence;
        self.known.insert(request.session.clone(), Known { sequence, ended, held, until, answer });
    }

    fn sweep(&mut self) {
        run(&mut self.state, &LineCommand::Sweep, self.now).unwrap();
        for known in self.known.values_mut().filter(|known| known.until <= self.now) {
            known.held = 0;
        }
    }

    fn grant(&mut self, session: usize, count: i64, days: i64) {
        let today = self.now.date_in(&self.state.rule.zone);
        let valid_until = Some(today.saturating_add(days.days()));
        let allowance = allowance(kind_of(session).allowance(), count);
        run(&mut self.state, &LineCommand::Grant { allowance, valid_until }, self.now).unwrap();
    }

    fn debited(&self) -> i64 {
        let entries = self.state.effects.bucket_entries.iter();
        let uses = entries.filter(|entry| entry.kind == EntryKind::Use);
        uses.map(|entry| entry.units.count()).sum()
    }

    fn adds_up(&self) {
        assert_sound(&self.state);
        assert_eq!(self.debited(), self.reported - self.overrun, "debited");
        let reserved: i64 = self.state.buckets.iter().map(|bucket| bucket.reserved.count()).sum();
        let held: i64 = self.known.values().map(|known| known.held).sum();
        assert_eq!(reserved, held, "held");
        let usage = &self.state.effects.usage;
        let sum = |part: fn(&farline_domain::commands::UsageRecord) -> Units| -> i64 {
            usage.iter().map(|record| part(record).count()).sum()
        };
        let noted = (sum(|u| u.debited), sum(|u| u.overrun), sum(|u| u.refused));
        assert_eq!(noted, (self.debited(), self.overrun, self.refused), "noted");
        let sessions = self.state.sessions.values();
        let told = sessions.map(|session| session.used.count()).sum::<i64>();
        assert_eq!(told, self.debited(), "per session");
        let mut passed = HashSet::new();
        for job in &self.state.effects.jobs {
            if let JobKind::Depletion(depletion) = &job.kind {
                assert!(passed.insert((depletion.bucket, depletion.mark)), "{depletion:?} twice");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_unit_is_debited_once(
        reports in prop::collection::vec(prop::collection::vec(report(), 1..6), SESSIONS),
        events in prop::collection::vec(event(), 0..60),
    ) {
        let mut state = line_on(Network::Own);
        state.line.dates.expires_on = None;
        let (now, known) = (noon(), BTreeMap::new());
        let mut account = Account { state, now, known, reported: 0, overrun: 0, refused: 0 };
        account.grant(0, 500, 30);
        for event in events {
            match event {
                Event::Arrives(session, number) => {
                    account.arrives(&request(session, number, &reports[session]));
                }
                Event::Passes(seconds) => account.now = account.now.plus_seconds(seconds),
                Event::Sweep => account.sweep(),
                Event::Grant { session, units, days } => account.grant(session, units, days),
            }
            account.adds_up();
        }
    }
}
