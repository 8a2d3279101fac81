//! What each bucket of a line must hold.

use farline_app::ports::lines::{LineView, NewLine};
use farline_domain::balance::Origin;
use farline_domain::catalog::{Allowance, Network, TimeWindow, ZoneCode};
use farline_domain::charging::ChargingAnswer;
use farline_domain::kernel::{AllowanceKind, Instant, OrderId, Zone};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A bucket.
#[derive(Clone, Debug)]
pub(super) struct BucketBook {
    pub(super) kind: AllowanceKind,
    pub(super) zone: ZoneCode,
    pub(super) breadth: u16,
    pub(super) window: Option<TimeWindow>,
    pub(super) is_bonus: bool,
    pub(super) granted: i64,
    pub(super) used: i64,
    pub(super) reserved: i64,
    pub(super) from: Instant,
    pub(super) until: Option<Date>,
    pub(super) order: Option<OrderId>,
}

impl BucketBook {
    pub(super) fn free(&self) -> i64 {
        self.granted - self.used - self.reserved
    }
}

/// What a session holds in one bucket.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    pub(super) session: String,
    pub(super) bucket: usize,
    pub(super) units: i64,
    pub(super) until: Instant,
}

/// A session.
#[derive(Clone, Debug)]
pub(super) struct SessionBook {
    pub(super) kind: AllowanceKind,
    pub(super) has_ended: bool,
    pub(super) sequence: u32,
    pub(super) heard_on: Date,
    pub(super) answer: ChargingAnswer,
    /// Debited, overrun and refused, in all.
    pub(super) sums: [i64; 3],
}

/// Of how much of a bucket's use somebody is told, in percent.
const MARKS: [u8; 3] = [75, 90, 100];

/// A line. Its buckets stand in the order of their numbers, from 1.
#[derive(Clone, Debug)]
pub(super) struct LineBook {
    pub(super) is_own: bool,
    pub(super) zone: Zone,
    pub(super) expires_on: Option<Date>,
    pub(super) buckets: Vec<BucketBook>,
    pub(super) holds: Vec<Hold>,
    pub(super) sessions: BTreeMap<String, SessionBook>,
    /// Debited, overrun and refused, by local date and kind.
    pub(super) days: BTreeMap<(Date, &'static str), [i64; 3]>,
    /// The marks, in percent, that use took a bucket past, by its number.
    pub(super) depleted: BTreeSet<(u32, u8)>,
}

impl LineBook {
    pub(super) fn imported(new: &NewLine, network: &Network) -> Self {
        let zone = Zone::named("America/Toronto").expect("a zone of the bundled data");
        let expires_on = new.line.dates.expires_on;
        let mut line = Self {
            is_own: *network == Network::Own,
            zone,
            expires_on,
            buckets: Vec::new(),
            holds: Vec::new(),
            sessions: BTreeMap::new(),
            days: BTreeMap::new(),
            depleted: BTreeSet::new(),
        };
        for bucket in &new.buckets {
            line.grant(&bucket.allowance, (bucket.valid_from, bucket.valid_until), None);
            line.buckets.last_mut().expect("just granted").used = bucket.used.count();
        }
        line
    }

    pub(super) fn grant(
        &mut self,
        allowance: &Allowance,
        (from, until): (Instant, Option<Date>),
        order: Option<OrderId>,
    ) {
        self.buckets.push(BucketBook {
            kind: allowance.kind,
            zone: allowance.zone.clone(),
            breadth: allowance.breadth,
            window: allowance.window,
            is_bonus: allowance.bonus,
            granted: allowance.units.count(),
            used: 0,
            reserved: 0,
            from,
            until,
            order,
        });
    }

    fn is_over(&self, bucket: &BucketBook, now: Instant) -> bool {
        bucket.until.is_some_and(|date| now >= self.zone.end_of(date))
    }

    /// The buckets that serve a kind of use at a place now, the one to draw from first at the head:
    /// fewest countries, only at times, soonest over, bonus, oldest.
    pub(super) fn serving(
        &self,
        (kind, zones): (AllowanceKind, Option<&[ZoneCode]>),
        now: Instant,
    ) -> Vec<usize> {
        let local = now.in_zone(&self.zone);
        let minute =
            u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        let serves = |bucket: &BucketBook| {
            bucket.kind == kind
                && zones.is_none_or(|zones| zones.contains(&bucket.zone))
                && bucket.window.is_none_or(|window| window.contains(minute))
                && now >= bucket.from
                && !self.is_over(bucket, now)
        };
        let mut places: Vec<usize> =
            (0..self.buckets.len()).filter(|place| serves(&self.buckets[*place])).collect();
        places.sort_by_key(|place| {
            let bucket = &self.buckets[*place];
            let soonest = bucket.until.unwrap_or(Date::MAX);
            (bucket.breadth, bucket.window.is_none(), soonest, !bucket.is_bonus, bucket.from)
        });
        places
    }

    /// What is free for a kind of use at a place now.
    pub(super) fn free(&self, usage: (AllowanceKind, Option<&[ZoneCode]>), now: Instant) -> i64 {
        self.serving(usage, now).into_iter().map(|place| self.buckets[place].free()).sum()
    }

    /// The credit that can pay for an order now.
    pub(super) fn credit(&self, now: Instant) -> i64 {
        let places = self.serving((AllowanceKind::Credit, None), now);
        let buckets = places.into_iter().map(|place| &self.buckets[place]);
        buckets.filter(|bucket| !self.is_gone(bucket, now)).map(BucketBook::free).sum()
    }

    /// Pays from credit. Whether there was enough.
    pub(super) fn pay(&mut self, mut minor: i64, now: Instant) -> bool {
        self.forfeit(now);
        for place in self.serving((AllowanceKind::Credit, None), now) {
            let taken = self.buckets[place].free().min(minor);
            self.buckets[place].used += taken;
            minor -= taken;
        }
        minor == 0
    }

    /// Gives back what sessions hold that were not heard of in time, and closes what is over.
    pub(super) fn sweep(&mut self, now: Instant) {
        let lapsed = self.holds.iter().filter(|hold| hold.until <= now);
        let abandoned: Vec<String> = lapsed.map(|hold| hold.session.clone()).collect();
        for session in abandoned {
            self.give_up(&session);
        }
        for place in 0..self.buckets.len() {
            if self.buckets[place].reserved == 0 && self.is_over(&self.buckets[place], now) {
                self.buckets[place].used = self.buckets[place].granted;
            }
        }
    }

    /// Takes an order's buckets back.
    pub(super) fn take_back(&mut self, order: OrderId) {
        for (place, bucket) in self.buckets.iter_mut().enumerate() {
            if bucket.order == Some(order) {
                bucket.used = bucket.granted;
                bucket.reserved = 0;
                self.holds.retain(|hold| hold.bucket != place);
            }
        }
    }

    /// Notes what was used on this day.
    pub(super) fn note_use(&mut self, kind: AllowanceKind, sums: [i64; 3], now: Instant) {
        if sums == [0, 0, 0] {
            return;
        }
        let day = self.days.entry((now.date_in(&self.zone), kind.code())).or_default();
        for (day, more) in day.iter_mut().zip(sums) {
            *day = day.saturating_add(more);
        }
    }

    /// Notes the marks that a bucket passed when its use grew from this.
    pub(super) fn note_marks(&mut self, place: usize, before: i64) {
        let BucketBook { granted, used, .. } = self.buckets[place];
        let reached =
            |used: i64, mark: u8| i128::from(used) * 100 >= i128::from(granted) * i128::from(mark);
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let passed =
            MARKS.into_iter().filter(|mark| reached(used, *mark) && !reached(before, *mark));
        self.depleted.extend(passed.map(|mark| (number, mark)));
    }

    /// Whether nothing of an order's buckets is used or held.
    pub(super) fn is_untouched(&self, order: OrderId) -> bool {
        let of_order = self.buckets.iter().filter(|bucket| bucket.order == Some(order));
        of_order.into_iter().all(|bucket| bucket.used == 0 && bucket.reserved == 0)
    }

    /// In which figures what is kept differs.
    pub(super) fn differences(&self, view: &LineView) -> Vec<String> {
        let mut found = Vec::new();
        if view.line.dates.expires_on != self.expires_on {
            found.push(format!(
                "it expires on {:?}, not {:?}",
                view.line.dates.expires_on, self.expires_on
            ));
        }
        let mut seen = 0;
        for kept in &view.buckets {
            let place = usize::try_from(kept.number).unwrap_or(0).wrapping_sub(1);
            let Some(bucket) = self.buckets.get(place) else {
                found.push(format!("there is a bucket {}: {kept:?}", kept.number));
                continue;
            };
            seen += 1;
            let is = (kept.granted.count(), kept.used.count(), kept.reserved.count());
            let must = (bucket.granted, bucket.used, bucket.reserved);
            let origin = if bucket.is_bonus { Origin::Bonus } else { Origin::Paid };
            let is_like = (kept.kind, &kept.zone, kept.valid_until, kept.origin, kept.order);
            let like = (bucket.kind, &bucket.zone, bucket.until, origin, bucket.order);
            if is != must || is_like != like {
                found.push(format!(
                    "bucket {} is {is:?} {is_like:?}, not {must:?} {like:?}",
                    kept.number
                ));
            }
        }
        // Of what is used up only the newest need be shown.
        let open = self.buckets.iter().filter(|bucket| bucket.used < bucket.granted).count();
        if seen < open {
            found.push(format!("{seen} buckets are shown, {open} are open"));
        }
        found
    }

    pub(super) fn forget_sessions(&mut self, heard_before: Date) -> u64 {
        let before = self.sessions.len();
        let holds = &self.holds;
        self.sessions.retain(|name, session| {
            session.heard_on >= heard_before || holds.iter().any(|hold| hold.session == *name)
        });
        u64::try_from(before - self.sessions.len()).unwrap_or(u64::MAX)
    }
}
