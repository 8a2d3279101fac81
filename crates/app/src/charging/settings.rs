//! On which terms quotas are granted: the `[charging]` section of `farline.toml`.

use farline_domain::charging::{ServiceKind, Terms};
use farline_domain::kernel::Units;
use serde::Deserialize;

/// The shortest and the longest validity, in seconds: a minute and a day.
const VALIDITY_SECONDS: std::ops::RangeInclusive<u32> = 60..=86_400;

/// How much is granted at once, for how long, and when a network is to ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChargingSettings {
    /// The most data that one answer grants, in octets.
    pub data_octets: Units,
    /// The longest call that one answer grants, in seconds.
    pub voice_seconds: Units,
    /// The most messages that one answer grants.
    pub messages: Units,
    /// How long a quota can be used, in seconds.
    pub validity_seconds: u32,
    /// The part of a quota after which the network is to ask again, in percent.
    pub threshold_percent: u8,
}

impl Default for ChargingSettings {
    /// 100 MB, 5 minutes, one message; for an hour; asking again at 80 %.
    fn default() -> Self {
        let units = |count| Units::new(count).unwrap_or_default();
        Self {
            data_octets: units(100_000_000),
            voice_seconds: units(300),
            messages: units(1),
            validity_seconds: 3600,
            threshold_percent: 80,
        }
    }
}

impl ChargingSettings {
    /// The terms for a kind of service.
    pub const fn terms(&self, kind: ServiceKind) -> Terms {
        let quota = match kind {
            ServiceKind::Data => self.data_octets,
            ServiceKind::Voice => self.voice_seconds,
            ServiceKind::Messages => self.messages,
        };
        let Self { validity_seconds, threshold_percent, .. } = *self;
        Terms { quota, validity_seconds, threshold_percent }
    }

    /// What is wrong with the settings, if anything, in words for whoever wrote them.
    pub fn fault(&self) -> Option<&'static str> {
        let quotas = [self.data_octets, self.voice_seconds, self.messages];
        if quotas.into_iter().any(Units::is_zero) {
            Some("data_octets, voice_seconds and messages are at least 1")
        } else if !VALIDITY_SECONDS.contains(&self.validity_seconds) {
            Some("validity_seconds is 60 to 86400")
        } else if !(1..=100).contains(&self.threshold_percent) {
            Some("threshold_percent is 1 to 100")
        } else {
            None
        }
    }
}
