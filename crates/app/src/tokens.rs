//! Sealed tokens: what a link or an order's bearer says, with a MAC over it. Nothing is stored, so
//! nothing can leak from the store, and an order's token can be computed again at any time.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::{Instant, LineId, OrderId, QuoteId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// How a person came to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// They typed the number, so the check page may repeat it.
    Typed,
    /// By a signed link: masked number, plan and price, nothing else.
    Link,
}

/// What a renewal link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewLink {
    /// The line.
    pub line: LineId,
    /// How they came.
    pub arrival: Arrival,
    /// A plan chosen for them.
    pub plan: Option<PlanCode>,
    /// Until when it opens.
    pub until: Instant,
}

/// Seals and opens tokens with the installation's key.
#[derive(Clone, Copy)]
pub struct Seal<'a>(pub &'a [u8; 32]);

impl Seal<'_> {
    /// 192 bits of HMAC-SHA256 over the purpose and what is said, in base64url.
    fn mac(self, purpose: &str, said: &str) -> String {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0) else { return String::new() };
        mac.update(purpose.as_bytes());
        mac.update(b"\n");
        mac.update(said.as_bytes());
        URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..24])
    }

    /// A token that says something for a purpose. What is said must have no dot.
    fn seal(self, purpose: &str, said: &str) -> String {
        format!("{said}.{}", self.mac(purpose, said))
    }

    /// What a token says, if it is ours and for this purpose.
    fn open(self, purpose: &str, token: &str) -> Option<String> {
        let (said, mac) = token.split_once('.')?;
        let expected = self.mac(purpose, said);
        bool::from(expected.as_bytes().ct_eq(mac.as_bytes())).then(|| said.to_owned())
    }

    /// The bearer of an order.
    pub fn order_token(self, order: OrderId) -> String {
        self.seal("order", &order.to_string())
    }

    /// The order a bearer is for.
    pub fn order(self, token: &str) -> Option<OrderId> {
        OrderId::parse(&self.open("order", token)?)
    }

    /// The address part of a quote's check page.
    pub fn quote_token(self, quote: QuoteId, arrival: Arrival) -> String {
        self.seal("quote", &format!("{quote}~{}", letter(arrival)))
    }

    /// The quote of a check page, and how the person came.
    pub fn quote(self, token: &str) -> Option<(QuoteId, Arrival)> {
        let said = self.open("quote", token)?;
        let (quote, arrival) = said.split_once('~')?;
        Some((QuoteId::parse(quote)?, arrival_of(arrival)?))
    }

    /// The address part of a renewal link.
    pub fn renew_token(self, link: &RenewLink) -> String {
        let plan = link.plan.as_ref().map_or("", PlanCode::as_str);
        let until = link.until.millis() / 1000;
        self.seal("renew", &format!("{}~{}~{until}~{plan}", link.line, letter(link.arrival)))
    }

    /// What a renewal link says, also after its time.
    pub fn renew(self, token: &str) -> Option<RenewLink> {
        let said = self.open("renew", token)?;
        let mut parts = said.splitn(4, '~');
        let line = LineId::parse(parts.next()?)?;
        let arrival = arrival_of(parts.next()?)?;
        let seconds: i64 = parts.next()?.parse().ok()?;
        let plan = parts.next().filter(|plan| !plan.is_empty());
        let plan = plan.map(PlanCode::parse).transpose().ok()?;
        let until = Instant::from_millis(0).plus_seconds(seconds);
        Some(RenewLink { line, arrival, plan, until })
    }

    /// A token for any other purpose: its name, and what it says (no dots).
    pub fn token(self, purpose: &str, said: &str) -> String {
        self.seal(purpose, said)
    }

    /// What such a token says.
    pub fn said(self, purpose: &str, token: &str) -> Option<String> {
        self.open(purpose, token)
    }

    /// A keyed digest of a secret that people type (a one-time code, a PIN), bound to its context.
    pub fn digest(self, purpose: &str, secret: &str) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0) else { return [0; 32] };
        mac.update(purpose.as_bytes());
        mac.update(b"\n");
        mac.update(secret.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

const fn letter(arrival: Arrival) -> &'static str {
    match arrival {
        Arrival::Typed => "t",
        Arrival::Link => "l",
    }
}

fn arrival_of(letter: &str) -> Option<Arrival> {
    match letter {
        "t" => Some(Arrival::Typed),
        "l" => Some(Arrival::Link),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use farline_domain::kernel::Cell;

    #[test]
    fn a_token_opens_only_whole_and_for_its_own_purpose() {
        let seal = Seal(&[7; 32]);
        let now = Instant::from_millis(1_795_000_000_000);
        let order = OrderId::mint(now, Cell::numbered(5), 42);
        let token = seal.order_token(order);
        assert_eq!(seal.order(&token), Some(order));
        assert_eq!(Seal(&[8; 32]).order(&token), None);
        for place in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(bytes).unwrap();
            assert_eq!(seal.order(&altered), None, "{altered}");
        }
        let line = LineId::mint(now, Cell::numbered(5), 43);
        let plan = PlanCode::parse("maplewave-5gb").ok();
        let link = RenewLink { line, arrival: Arrival::Link, plan, until: now };
        assert_eq!(seal.renew(&seal.renew_token(&link)), Some(link));
        assert_eq!(seal.order(&seal.token("renew", &order.to_string())), None);
    }
}
