//! The section of the configuration.

use farline_app::charging::ChargingSettings;
use farline_domain::charging::ServiceKind;

fn read(text: &str) -> Result<ChargingSettings, toml::de::Error> {
    toml::from_str(text)
}

#[test]
fn what_is_left_out_has_its_default() {
    assert_eq!(read("").unwrap(), ChargingSettings::default());
    let settings = read("messages = 5\nvalidity_seconds = 600").unwrap();
    let terms = settings.terms(ServiceKind::Messages);
    assert_eq!(
        (terms.quota.count(), terms.validity_seconds, terms.threshold_percent),
        (5, 600, 80)
    );
    assert_eq!(settings.terms(ServiceKind::Data).quota.count(), 100_000_000);
    assert_eq!(settings.terms(ServiceKind::Voice).quota.count(), 300);
    assert_eq!(settings.fault(), None);
}

#[test]
fn what_cannot_be_is_refused() {
    for text in ["quota = 5", "data_octets = -1", "threshold_percent = 300", "messages = 1.5"] {
        assert!(read(text).is_err(), "{text}");
    }
    let faults = [
        ("messages = 0", "at least 1"),
        ("validity_seconds = 59", "60 to 86400"),
        ("validity_seconds = 86401", "60 to 86400"),
        ("threshold_percent = 0", "1 to 100"),
        ("threshold_percent = 101", "1 to 100"),
    ];
    for (text, fault) in faults {
        let found = read(text).unwrap().fault();
        assert!(found.is_some_and(|found| found.contains(fault)), "{text}: {found:?}");
    }
}

#[test]
fn the_example_shows_the_defaults() {
    let example = include_str!("../../../../../config.example.toml");
    let section = example.split("# [charging]\n").nth(1).unwrap();
    let keys: Vec<&str> = section
        .lines()
        .map_while(|line| line.strip_prefix("# "))
        .filter(|line| line.contains('='))
        .collect();
    assert_eq!(keys.len(), 5);
    assert_eq!(read(&keys.join("\n")).unwrap(), ChargingSettings::default());
}
