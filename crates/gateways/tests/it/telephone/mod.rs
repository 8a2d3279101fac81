//! What every carrier's signature has to hold: the genuine webhook is taken, and no altered one.

mod keypad;
mod telnyx;
mod twilio;

use farline_app::ports::Telephone;
use farline_app::ports::voice::Claimed;
use farline_domain::kernel::Instant;

/// A webhook that can be altered.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) now: Instant,
}

impl Webhook {
    fn body(&self) -> String {
        let pairs = self.form.iter().map(|(name, value)| {
            let value = value.replace('+', "%2B").replace(' ', "+");
            format!("{name}={value}")
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    pub(crate) fn is_taken(&self, telephone: &dyn Telephone) -> bool {
        let header = |name: &str| {
            let found = self.headers.iter().find(|(header, _)| *header == name);
            found.map(|(_, value)| value.clone())
        };
        let body = self.body();
        telephone.has_signed(&Claimed {
            url: &self.url,
            body: body.as_bytes(),
            form: &self.form,
            header: &header,
            now: self.now,
        })
    }
}

/// Whatever is signed is taken; with a field more, less or other, without a header, or with another signature, it is not.
pub(crate) fn keeps_the_contract(telephone: &dyn Telephone, genuine: &Webhook) {
    assert!(genuine.is_taken(telephone), "{genuine:?}");
    let mut altered = Vec::new();
    for place in 0..genuine.form.len() {
        let mut one = genuine.clone();
        one.form[place].1.push('0');
        altered.push(one);
        let mut one = genuine.clone();
        one.form.remove(place);
        altered.push(one);
    }
    let mut one = genuine.clone();
    one.form.push(("Digits".to_owned(), "9".to_owned()));
    altered.push(one);
    for place in 0..genuine.headers.len() {
        let mut one = genuine.clone();
        one.headers.remove(place);
        altered.push(one);
        for cut in ["", "A", "not base64 ***"] {
            let mut one = genuine.clone();
            cut.clone_into(&mut one.headers[place].1);
            altered.push(one);
        }
        let mut one = genuine.clone();
        one.headers[place].1.pop();
        altered.push(one);
    }
    for one in altered {
        assert!(!one.is_taken(telephone), "{one:?}");
    }
}
