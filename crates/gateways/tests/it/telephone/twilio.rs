//! Twilio, with its own library as the oracle: what it signs is taken, and of thousands of forgeries none.

use super::{Webhook, keeps_the_contract};
use crate::peer::{answer_of, python_script};
use farline_domain::kernel::Instant;
use farline_gateways::telephone::twilio::TwilioTelephone;
use farline_testkit::SeededRandomness;
use serde_json::{Value, json};

const TOKEN: &str = "a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5";

fn telephone(token: &str) -> TwilioTelephone {
    TwilioTelephone::new(vec![token.to_owned()])
}

fn webhook(url: &str, form: &[(&str, &str)], signature: &str) -> Webhook {
    Webhook {
        url: url.to_owned(),
        form: form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        headers: vec![("x-twilio-signature", signature.to_owned())],
        now: Instant::from_millis(0),
    }
}

#[test]
fn both_known_signatures_are_taken() {
    let documented = webhook(
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        &[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ],
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    );
    keeps_the_contract(&telephone("12345"), &documented);
    let second = webhook(
        "https://hotline.example.test/voice/incoming?lang=zh",
        &[
            ("CallSid", "CA00000000000000000000000000000001"),
            ("CallStatus", "ringing"),
            ("From", "+14165550101"),
            ("To", "+16045550199"),
        ],
        "72XqL5tf9UX2i1yzY3L3Z7tJQa0=",
    );
    keeps_the_contract(&telephone("authtoken-test"), &second);
    let mut renamed = second.clone();
    renamed.headers[0].0 = "x-signalwire-signature";
    assert!(renamed.is_taken(&telephone("authtoken-test")));
    let both = TwilioTelephone::new(vec!["12345".to_owned(), "authtoken-test".to_owned()]);
    assert!(documented.is_taken(&both) && second.is_taken(&both));
    assert!(!second.is_taken(&TwilioTelephone::new(Vec::new())));
}

/// HMAC takes an empty key as well: whoever left the token out would be signed for by everybody.
#[test]
fn an_empty_token_signs_nothing() {
    let forged = webhook("https://a.example.test/", &[], "");
    let mut signed = forged;
    signed.headers[0].1 = "9xhvJgdCYDdBpOEQMLsBjgpBmvY=".to_owned();
    assert!(!signed.is_taken(&telephone("")));
}

fn genuine(number: usize) -> (String, Vec<(String, String)>) {
    let url = format!("https://farline.example.test/webhooks/voice/steps/{number}?at=pin&续=%E7");
    let fields = [
        ("CallSid".to_owned(), format!("CA{number:032x}")),
        ("From".to_owned(), format!("+1416555{number:04}")),
        ("Digits".to_owned(), format!("{:04}", number * 7)),
        ("CallerName".to_owned(), "王 & Ève <x> = \"1\"".to_owned()),
    ];
    (url, fields.to_vec())
}

#[tokio::test]
async fn what_the_vendors_library_signs_is_taken_and_thousands_of_forgeries_are_not() {
    let cases: Vec<_> = (0..40).map(genuine).collect();
    let asked: Vec<String> = cases
        .iter()
        .map(|(url, form)| json!({"token": TOKEN, "url": url, "params": form}).to_string())
        .collect();
    let mut oracle = python_script("twilio_oracle.py");
    oracle.arg("sign");
    let signed = answer_of(oracle, &asked.join("\n")).await;
    let signatures: Vec<Value> =
        signed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(signatures.len(), cases.len());
    let seed = std::env::var("FARLINE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(5);
    let mut chance = Chance(SeededRandomness::seeded(seed));
    let telephone = telephone(TOKEN);
    for ((url, form), signature) in cases.into_iter().zip(signatures) {
        let signature = signature["signature"].as_str().unwrap().to_owned();
        let headers = vec![("x-twilio-signature", signature)];
        let webhook = Webhook { url, form, headers, now: Instant::from_millis(0) };
        keeps_the_contract(&telephone, &webhook);
        for _ in 0..100 {
            let forged = chance.forge(&webhook);
            assert!(!forged.is_taken(&telephone), "seed {seed}: {forged:?}");
        }
    }
}

struct Chance(SeededRandomness);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        use farline_app::ports::Randomness;
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        usize::try_from(self.0.bits() % most).unwrap_or_default()
    }

    /// One thing is other than what was signed.
    fn forge(&mut self, genuine: &Webhook) -> Webhook {
        let mut forged = genuine.clone();
        let field = self.below(forged.form.len());
        match self.below(6) {
            0 => forged.form[field].1 = format!("{}{}", self.below(1000), forged.form[field].1),
            1 => forged.form[field].0.push('x'),
            2 => forged.form.push((format!("Extra{}", self.below(9)), String::new() + "1")),
            3 => forged.url = format!("{}&x={}", forged.url, self.below(1000)),
            4 => {
                let cut = self.below(27);
                forged.headers[0].1.truncate(cut);
            }
            _ => {
                let place = self.below(27);
                let was = forged.headers[0].1.remove(place);
                let other = if was == 'A' { 'B' } else { 'A' };
                forged.headers[0].1.insert(place, other);
            }
        }
        forged
    }
}
