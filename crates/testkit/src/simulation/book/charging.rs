//! What the answer to a charging request must be, and what it does to the buckets.

use super::balance::{Hold, LineBook, SessionBook};
use farline_app::ports::pipeline::Outcome;
use farline_domain::catalog::ZoneCode;
use farline_domain::charging::{
    ChargingAnswer, ChargingRefusal, ChargingRequest, ChargingResult, ChargingStep, Quota, Wanted,
};
use farline_domain::commands::{Answer, HELD_ON_SECONDS, Refusal};
use farline_domain::kernel::{AllowanceKind, Instant, Units, UnitsError};

fn units(count: i64) -> Units {
    Units::new(count).expect("never below zero")
}

const TOO_LARGE: Outcome = Outcome::Refused(Refusal::Units(UnitsError::TooLarge));

fn sum(one: i64, other: i64) -> Option<i64> {
    one.checked_add(other)
}

fn refused(refusal: ChargingRefusal) -> Outcome {
    Outcome::Answered(Answer::Charging(ChargingAnswer::refused(refusal)))
}

/// For how long the answer that was given lets its quota be used: no rule of the book's.
fn validity(outcome: &Outcome) -> u32 {
    match outcome {
        Outcome::Answered(Answer::Charging(ChargingAnswer {
            result: ChargingResult::Granted(quota),
            ..
        })) => quota.validity_seconds,
        _ => 0,
    }
}

impl LineBook {
    /// The outcome that a request must have.
    pub(super) fn charge(
        &mut self,
        request: &ChargingRequest,
        now: Instant,
        outcome: &Outcome,
    ) -> Outcome {
        let name = &request.session.0;
        let known = self.sessions.get(name).cloned();
        let (used, wanted, ends) = match request.step {
            ChargingStep::Start { wanted } => (0, wanted, false),
            ChargingStep::Update { used, wanted } => (used.count(), wanted, false),
            ChargingStep::End { used } => (used.count(), Wanted::Nothing, true),
            ChargingStep::Event { units } => (units.count(), Wanted::Nothing, true),
        };
        let wanted = wanted.under(&request.terms).count();
        match known {
            None => match request.step {
                ChargingStep::Start { .. } => self.begin(request, (0, wanted), now, outcome),
                ChargingStep::Event { .. } => self.strike(request, used, now),
                ChargingStep::Update { .. } | ChargingStep::End { .. } => {
                    refused(ChargingRefusal::UnknownSession)
                }
            },
            Some(session) if request.sequence == session.sequence => {
                Outcome::Answered(Answer::Charging(session.answer))
            }
            Some(session) if request.sequence < session.sequence => refused(if session.has_ended {
                ChargingRefusal::SessionEnded
            } else {
                ChargingRefusal::Superseded
            }),
            Some(session) if session.has_ended => self.too_late(&session, request, used, now),
            Some(session)
                if session.kind != request.kind.allowance()
                    || matches!(request.step, ChargingStep::Event { .. }) =>
            {
                refused(ChargingRefusal::RatingFailed)
            }
            Some(session) => self.go_on((session, ends), request, (used, wanted), (now, outcome)),
        }
    }

    fn begin(
        &mut self,
        request: &ChargingRequest,
        (_, wanted): (i64, i64),
        now: Instant,
        outcome: &Outcome,
    ) -> Outcome {
        let result = self.hold(request, wanted, now, validity(outcome));
        let left = self.free(usage(request), now);
        let answer = ChargingAnswer {
            result,
            debited: Units::ZERO,
            overrun: Units::ZERO,
            left: units(left),
        };
        if !matches!(result, ChargingResult::Refused(_)) {
            self.remember(request, (false, answer), [0, 0, 0], now);
        }
        Outcome::Answered(Answer::Charging(answer))
    }

    /// An event is taken whole or not at all.
    fn strike(&mut self, request: &ChargingRequest, used: i64, now: Instant) -> Outcome {
        let free = self.free(usage(request), now);
        if !self.is_in_service(now) || free < used {
            return refused(self.why_not(request, used, now));
        }
        let debited = self.debit(request, used, now);
        self.note_use(request.kind.allowance(), [debited, 0, 0], now);
        let answer = ChargingAnswer {
            result: ChargingResult::Done,
            debited: units(debited),
            overrun: Units::ZERO,
            left: units(self.free(usage(request), now)),
        };
        self.remember(request, (true, answer), [debited, 0, 0], now);
        Outcome::Answered(Answer::Charging(answer))
    }

    fn go_on(
        &mut self,
        (session, ends): (SessionBook, bool),
        request: &ChargingRequest,
        (used, wanted): (i64, i64),
        (now, outcome): (Instant, &Outcome),
    ) -> Outcome {
        let before = self.clone();
        let debited = self.debit(request, used, now);
        let overrun = used - debited;
        let result = self.hold(request, wanted, now, validity(outcome));
        let left = self.free(usage(request), now);
        let answer = ChargingAnswer {
            result,
            debited: units(debited),
            overrun: units(overrun),
            left: units(left),
        };
        let (Some(all), Some(all_overrun)) =
            (sum(session.sums[0], debited), sum(session.sums[1], overrun))
        else {
            *self = before;
            return TOO_LARGE;
        };
        self.note_use(request.kind.allowance(), [debited, overrun, 0], now);
        self.remember(request, (ends, answer), [all, all_overrun, session.sums[2]], now);
        Outcome::Answered(Answer::Charging(answer))
    }

    /// What is reported after the end is noted once and not debited.
    fn too_late(
        &mut self,
        session: &SessionBook,
        request: &ChargingRequest,
        used: i64,
        now: Instant,
    ) -> Outcome {
        let answer = ChargingAnswer::refused(ChargingRefusal::SessionEnded);
        if session.kind == request.kind.allowance() && used > 0 {
            let [debited, overrun, refused] = session.sums;
            let Some(refused) = sum(refused, used) else { return TOO_LARGE };
            self.note_use(request.kind.allowance(), [0, 0, used], now);
            self.remember(request, (true, answer), [debited, overrun, refused], now);
        }
        Outcome::Answered(Answer::Charging(answer))
    }

    fn remember(
        &mut self,
        request: &ChargingRequest,
        (has_ended, answer): (bool, ChargingAnswer),
        sums: [i64; 3],
        now: Instant,
    ) {
        let session = SessionBook {
            kind: request.kind.allowance(),
            has_ended,
            sequence: request.sequence,
            heard_on: now.date_in(&self.zone),
            answer,
            sums,
        };
        self.sessions.insert(request.session.0.clone(), session);
    }

    /// What a session holds is free again. Answers what that was.
    pub(super) fn give_up(&mut self, session: &str) -> Vec<Hold> {
        let (given, kept) = std::mem::take(&mut self.holds)
            .into_iter()
            .partition::<Vec<_>, _>(|hold| hold.session == session);
        self.holds = kept;
        for hold in &given {
            self.buckets[hold.bucket].reserved -= hold.units;
        }
        given
    }

    /// What was used is taken where it was held, then from what is free. Answers how much that was.
    fn debit(&mut self, request: &ChargingRequest, used: i64, now: Instant) -> i64 {
        let mut missing = used;
        let before: Vec<i64> = self.buckets.iter().map(|bucket| bucket.used).collect();
        for hold in self.give_up(&request.session.0) {
            missing -= self.take(hold.bucket, hold.units.min(missing));
        }
        for place in self.serving(usage(request), now) {
            missing -= self.take(place, missing);
        }
        for (place, before) in before.into_iter().enumerate() {
            self.note_marks(place, before);
        }
        used - missing
    }

    fn take(&mut self, place: usize, most: i64) -> i64 {
        let bucket = &mut self.buckets[place];
        let taken = bucket.free().min(most).max(0);
        bucket.used += taken;
        taken
    }

    fn hold(
        &mut self,
        request: &ChargingRequest,
        wanted: i64,
        now: Instant,
        validity_seconds: u32,
    ) -> ChargingResult {
        if wanted == 0 {
            return ChargingResult::Done;
        }
        if !self.is_in_service(now) || self.free(usage(request), now) == 0 {
            return ChargingResult::Refused(self.why_not(request, 1, now));
        }
        let until = now.plus_seconds(i64::from(validity_seconds) + HELD_ON_SECONDS);
        let mut missing = wanted;
        for bucket in self.serving(usage(request), now) {
            let units = self.buckets[bucket].free().min(missing);
            if units > 0 {
                self.buckets[bucket].reserved += units;
                missing -= units;
                let session = request.session.0.clone();
                self.holds.push(Hold { session, bucket, units, until });
            }
        }
        let is_final = self.free(usage(request), now) == 0;
        let granted = wanted - missing;
        let percent = if is_final { 100 } else { i128::from(request.terms.threshold_percent) };
        let threshold = i64::try_from(i128::from(granted) * percent / 100).expect("less than all");
        ChargingResult::Granted(Quota {
            units: units(granted),
            validity_seconds: validity_seconds.clamp(1, request.terms.validity_seconds),
            ask_again_after: units(threshold.max(1)),
            is_final,
        })
    }

    /// In service, or never used yet.
    fn is_in_service(&self, now: Instant) -> bool {
        self.expires_on.is_none_or(|date| now.date_in(&self.zone) <= date)
    }

    fn why_not(&self, request: &ChargingRequest, wanted: i64, now: Instant) -> ChargingRefusal {
        if self.free((usage(request).0, None), now) < wanted {
            ChargingRefusal::CreditLimitReached
        } else {
            ChargingRefusal::ServiceDenied
        }
    }
}

fn usage(request: &ChargingRequest) -> (AllowanceKind, Option<&[ZoneCode]>) {
    (request.kind.allowance(), request.zones.as_deref())
}
