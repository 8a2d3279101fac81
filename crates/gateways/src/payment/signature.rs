//! Signatures of the shape `t=<unix seconds>,v1=<hex>[,v1=<hex>…]`, which Stripe made common: HMAC-SHA256 with the
//! secret's bytes over the decimal seconds, a full stop and the raw body (docs.stripe.com/webhooks/signature).

use std::fmt::Write;

use farline_app::ports::payment::WebhookRefusal;
use farline_domain::kernel::Instant;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// How far the signature's time may be from ours, in milliseconds either way.
const TOLERANCE_MS: u64 = 300_000;

/// The parts of the header.
struct Parts<'a> {
    /// As written, since these characters are what is signed.
    seconds: &'a str,
    /// Several while the provider changes its secret.
    signatures: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    /// Parts with other names are left out, as the scheme asks. A second time is refused: which of the two is
    /// signed must not be a question.
    fn read(header: &'a str) -> Option<Self> {
        let mut seconds = None;
        let mut signatures = Vec::new();
        for part in header.split(',') {
            match part.trim().split_once('=')? {
                ("t", value) if seconds.is_none() => seconds = Some(value),
                ("t", _) => return None,
                ("v1", value) => signatures.push(value),
                _ => {}
            }
        }
        let seconds = seconds?;
        let decimal = !seconds.is_empty() && seconds.bytes().all(|digit| digit.is_ascii_digit());
        decimal.then_some(Self { seconds, signatures })
    }
}

/// Whether one of the header's signatures is made with one of our secrets for this body, and recent.
///
/// The comparisons take the same time wherever the signatures differ, and all of them are made. The age counts only
/// for a true signature, so a forger learns nothing about our clock.
pub(super) fn verify(
    secrets: &[String],
    header: &str,
    body: &[u8],
    now: Instant,
) -> Result<(), WebhookRefusal> {
    let parts = Parts::read(header).ok_or(WebhookRefusal::Signature)?;
    let mut fits = Choice::from(0);
    for secret in secrets {
        let expected = signature(secret, parts.seconds, body).ok_or(WebhookRefusal::Signature)?;
        for given in &parts.signatures {
            fits |= given.as_bytes().ct_eq(expected.as_bytes());
        }
    }
    if !bool::from(fits) {
        return Err(WebhookRefusal::Signature);
    }
    let seconds: i64 = parts.seconds.parse().map_err(|_| WebhookRefusal::TooOld)?;
    let signed_at = seconds.checked_mul(1_000).ok_or(WebhookRefusal::TooOld)?;
    if now.millis().abs_diff(signed_at) > TOLERANCE_MS {
        return Err(WebhookRefusal::TooOld);
    }
    Ok(())
}

/// Lower-case hexadecimal; none only for a key that HMAC cannot take, which there is not.
fn signature(secret: &str, seconds: &str, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(seconds.as_bytes());
    mac.update(b".");
    mac.update(body);
    let octets = mac.finalize().into_bytes();
    Some(octets.iter().fold(String::with_capacity(64), |mut text, octet| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{octet:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use farline_app::ports::payment::WebhookRefusal;
    use farline_domain::kernel::Instant;

    use super::verify;

    const SECRET: &str = "whsec_testsecret";
    const BODY: &[u8] =
        br#"{"id":"evt_test_1","object":"event","type":"payment_intent.succeeded"}"#;
    const AT: i64 = 1_700_000_000_000;

    // python3 -c "import hmac; print(hmac.new(b'whsec_testsecret', b'1700000000.' + body, 'sha256').hexdigest())"
    const V1: &str = "v1=c7a278f939b52fdbcb5e80bf14ad5e3475efce4272321494259c1b8aeb897392";

    #[test]
    fn headers_are_judged_by_this_table() {
        let wrong = V1.replace("v1=c7", "v1=c6");
        let table = [
            (format!("t=1700000000,{V1}"), Ok(())),
            (format!("t=1700000000,{wrong},{V1}"), Ok(())),
            (format!("t=1700000000,{V1},{wrong},v0=00,x=y"), Ok(())),
            (format!("t=1700000000, {V1}"), Ok(())),
            (format!("{V1},t=1700000000"), Ok(())),
            (format!("t=1700000000,{wrong}"), Err(WebhookRefusal::Signature)),
            // The signed text is what stands in the header, not the number it means.
            (format!("t=01700000000,{V1}"), Err(WebhookRefusal::Signature)),
            (format!("t=+1700000000,{V1}"), Err(WebhookRefusal::Signature)),
            (format!("t=1700000001,{V1}"), Err(WebhookRefusal::Signature)),
            (format!("t=1700000000,t=1700000000,{V1}"), Err(WebhookRefusal::Signature)),
            (format!("t=1700000000,{}", V1.replace("v1", "v0")), Err(WebhookRefusal::Signature)),
            (format!("t=1700000000,{}", &V1[..40]), Err(WebhookRefusal::Signature)),
            (format!("t=1700000000,{V1}00"), Err(WebhookRefusal::Signature)),
            ("t=1700000000,v1=".to_owned(), Err(WebhookRefusal::Signature)),
            ("t=1700000000".to_owned(), Err(WebhookRefusal::Signature)),
            (V1.to_owned(), Err(WebhookRefusal::Signature)),
            (String::new(), Err(WebhookRefusal::Signature)),
            ("t=,=,,".to_owned(), Err(WebhookRefusal::Signature)),
        ];
        let secrets = [SECRET.to_owned()];
        for (header, expected) in table {
            let judged = verify(&secrets, &header, BODY, Instant::from_millis(AT));
            assert_eq!(judged, expected, "{header}");
        }
    }

    #[test]
    fn five_minutes_either_way_are_the_limit() {
        let header = format!("t=1700000000,{V1}");
        let table = [
            (300_000, Ok(())),
            (300_001, Err(WebhookRefusal::TooOld)),
            (-300_000, Ok(())),
            (-300_001, Err(WebhookRefusal::TooOld)),
        ];
        for (later, expected) in table {
            let secrets = [SECRET.to_owned()];
            let judged = verify(&secrets, &header, BODY, Instant::from_millis(AT + later));
            assert_eq!(judged, expected, "{later}");
        }
    }

    #[test]
    fn any_of_our_secrets_will_do_and_none_is_none() {
        let header = format!("t=1700000000,{V1}");
        let table = [
            (vec![SECRET, "whsec_next"], Ok(())),
            (vec!["whsec_next", SECRET], Ok(())),
            (vec!["whsec_next"], Err(WebhookRefusal::Signature)),
            (vec![], Err(WebhookRefusal::Signature)),
        ];
        for (secrets, expected) in table {
            let owned: Vec<String> = secrets.iter().map(|&secret| secret.to_owned()).collect();
            let judged = verify(&owned, &header, BODY, Instant::from_millis(AT));
            assert_eq!(judged, expected, "{secrets:?}");
        }
    }
}
