//! What `farline demo` starts with: three invented operators and two hundred invented lines in every
//! state of their lives, with ninety days of usage, counted from today.

mod holders;
mod hours;
mod roster;
mod usage;

use farline_app::imports::{SecretKind, secret_digest};
use farline_app::ports::Randomness;
use farline_app::ports::lines::{LineSecrets, NewLine};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{Cell, Iccid, Instant, LineId, Msisdn};
use farline_domain::lines::Line;

/// The PIN of every demonstration line.
pub(crate) const PIN: &str = "1234";

/// The PUK of every demonstration line.
pub(crate) const PUK: &str = "12345678";

/// Numbers to try first, as they are typed, and what each one shows.
pub(crate) const SHOWCASE: &[(&str, &str)] = &[
    ("+1 416 555 0100", "Maplewave, nine days left and little data: start here"),
    (
        "+1 902 555 0183",
        "Kittiwake, a delivery whose outcome is unknown for a while, then delivered",
    ),
    ("+1 514 555 0100", "Maplewave in Quebec, French terms first"),
    ("8919980000000002003", "Tamarack Mobile, a data-only card named by the number printed on it"),
];

/// The demonstration's catalogue file, in the format of `farline import plans`.
pub(crate) const fn catalogue_text() -> &'static str {
    include_str!("../../demonstration/catalogue.toml")
}

/// What others ask for the like, in the format of `farline import listings`; all of it invented.
pub(crate) const fn listings_text() -> &'static str {
    include_str!("../../demonstration/listings.csv")
}

/// What their currencies are worth, in the format of `farline import rates`.
pub(crate) const fn rates_text() -> &'static str {
    include_str!("../../demonstration/rates.csv")
}

/// The demonstration's lines as they stand at an instant. The same catalogue and instant give the
/// same lines, but for the random part of their ids. Lines of operators that the catalogue lacks are
/// left out.
pub(crate) fn lines(
    catalogue: &Catalogue,
    now: Instant,
    secrets_key: &[u8; 32],
    randomness: &dyn Randomness,
) -> Vec<NewLine> {
    let new_line = |card: roster::Card| {
        let operator = catalogue.operators.values().find(|o| o.code.as_str() == card.operator)?;
        let iccid = Iccid::parse(&card.iccid()).ok()?;
        let msisdn = match card.number() {
            Some(number) => Some(Msisdn::parse(&number).ok()?),
            None => None,
        };
        let lived = usage::Life::new(&card, catalogue, operator, now);
        let digest = |kind, value| Some(secret_digest(secrets_key, kind, &iccid, value));
        let secrets =
            LineSecrets { pin: digest(SecretKind::Pin, PIN), puk: digest(SecretKind::Puk, PUK) };
        let line = Line {
            id: LineId::mint(now, Cell::of(iccid.as_str().as_bytes()), randomness.bits()),
            msisdn,
            iccid,
            operator: operator.code.clone(),
            province: card.province,
            language: card.language,
            dates: lived.dates,
        };
        let holder_name = holders::holder(&card);
        let usage::Life { buckets, usage, hours, .. } = lived;
        Some(NewLine { line, secrets, buckets, usage, hours, holder_name })
    };
    roster::cards().into_iter().filter_map(new_line).collect()
}
