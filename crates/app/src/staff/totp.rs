//! One-time codes by time: RFC 6238 with HMAC-SHA-1, six digits and thirty seconds, as every authenticator
//! app has it. A code of the step before or after counts too, as clocks differ.

use farline_domain::kernel::Instant;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;
use subtle::ConstantTimeEq;

/// How long a code stands, in milliseconds.
const STEP_MILLIS: i64 = 30_000;
/// The length of a secret, in octets (RFC 4226 §4 recommends 160 bits).
pub(super) const SECRET_OCTETS: usize = 20;
/// The letters of Base32 (RFC 4648 §6).
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The six digits of a step (RFC 4226 §5.3).
fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = tag.last().map_or(0, |last| usize::from(last & 0x0f));
    let cut = tag.get(offset..offset + 4).unwrap_or(&[0; 4]);
    let number = cut.iter().fold(0_u32, |number, octet| (number << 8) | u32::from(*octet));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// The step whose code this is, the newest if several fit.
pub(super) fn step_of(secret: &[u8], typed: &str, now: Instant) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let present = now.millis().div_euclid(STEP_MILLIS);
    let fits = |step: i64| bool::from(code(secret, step).as_bytes().ct_eq(typed.as_bytes()));
    // All three are compared, whichever fits.
    let fitting: Vec<i64> = (present - 1..=present + 1).filter(|step| fits(*step)).collect();
    fitting.last().copied()
}

/// The code of an instant: what the app of whoever has the secret shows.
#[cfg(test)]
pub(super) fn code_at(secret: &[u8], now: Instant) -> String {
    code(secret, now.millis().div_euclid(STEP_MILLIS))
}

/// A secret as people type it, in groups of four.
pub(super) fn spelled(secret: &[u8]) -> String {
    let (mut text, mut bits, mut held) = (String::new(), 0_u32, 0_u32);
    for octet in secret {
        bits = (bits << 8) | u32::from(*octet);
        held += 8;
        while held >= 5 {
            held -= 5;
            let place = usize::try_from((bits >> held) & 31).unwrap_or(0);
            text.push(char::from(BASE32[place]));
        }
        bits &= (1 << held) - 1;
    }
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// The address that an authenticator app reads from a picture.
pub(super) fn address(secret: &[u8], (issuer, name): (&str, &str)) -> String {
    let plain = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (issuer, name) = (plain(issuer), plain(name));
    let secret = spelled(secret).replace(' ', "");
    format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}")
}

#[cfg(test)]
mod tests {
    use super::{address, code_at, spelled, step_of};
    use farline_domain::kernel::Instant;

    /// The secret of RFC 6238, appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        // The last six of the eight digits that RFC 6238 gives for SHA-1.
        let table = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, expected) in table {
            assert_eq!(code_at(SECRET, Instant::from_millis(seconds * 1000)), expected);
        }
    }

    #[test]
    fn a_code_counts_for_one_step_before_and_after() {
        let now = Instant::from_millis(1_111_111_111_000);
        let step = 1_111_111_111 / 30;
        for (away, expected) in
            [(-61, None), (-30, Some(step - 1)), (0, Some(step)), (30, Some(step + 1)), (61, None)]
        {
            let shown = code_at(SECRET, now.plus_seconds(away));
            assert_eq!(step_of(SECRET, &shown, now), expected, "{away}");
        }
        assert_eq!(step_of(SECRET, "050 471", now), Some(step));
        assert_eq!(step_of(SECRET, "", now), None);
        assert_eq!(step_of(SECRET, "0504710", now), None);
    }

    #[test]
    fn a_secret_is_spelled_as_apps_read_it() {
        assert_eq!(spelled(SECRET), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let read = address(SECRET, ("Farline 续航", "mei@example.org"));
        let expected = "otpauth://totp/Farline%20%E7%BB%AD%E8%88%AA:mei%40example%2Eorg\
            ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Farline%20%E7%BB%AD%E8%88%AA";
        assert_eq!(read, expected);
    }
}
