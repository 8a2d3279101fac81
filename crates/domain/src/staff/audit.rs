//! The audit of the staff: what each member looked at and did, in a chain of their own.

use crate::kernel::{CallId, Instant, LineId, OrderId, StaffId};
use sha2::{Digest, Sha256};

/// One line of a member's audit. It holds ids and nothing personal, so it can stay for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAuditLine {
    /// Whose.
    pub member: StaffId,
    /// Its number in the member's audit, from one.
    pub number: u32,
    /// When.
    pub at: Instant,
    /// What, as a word.
    pub action: String,
    /// About which card.
    pub line: Option<LineId>,
    /// About which order.
    pub order: Option<OrderId>,
    /// In which call.
    pub call: Option<CallId>,
    /// What else belongs to it, as a JSON object without anything personal beyond ids.
    pub detail: String,
    /// Chains it to the line before.
    pub hash: [u8; 32],
}

impl StaffAuditLine {
    /// The same, chained to the line before.
    #[must_use]
    pub fn chained_to(mut self, previous: [u8; 32]) -> Self {
        self.hash = self.computed_hash(previous);
        self
    }

    /// What the hash must be, given the hash of the line before. Whoever verifies the chain recomputes it.
    pub fn computed_hash(&self, previous: [u8; 32]) -> [u8; 32] {
        let Self { member, number, at, action, detail, .. } = self;
        let line = self.line.map(|id| id.to_string()).unwrap_or_default();
        let order = self.order.map(|id| id.to_string()).unwrap_or_default();
        let call = self.call.map(|id| id.to_string()).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update(previous);
        let at = at.millis();
        hash.update(format!("{member}\n{number}\n{at}\n{action}\n{line}\n{order}\n{call}\n"));
        hash.update(detail);
        hash.finalize().into()
    }
}

/// A member's audit, verified line by line from the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StaffChain {
    number: u32,
    hash: [u8; 32],
}

/// Where a chain does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// This line is missing, or has been altered, or the one before it has.
    #[error("line {0} of the audit is missing or altered")]
    Line(u32),
    /// The last line is not the one that the member's record names: lines are missing at the end.
    #[error("the audit ends with line {0}, and its last line is another one")]
    Head(u32),
}

impl StaffChain {
    /// Takes the next line.
    pub fn take(&mut self, line: &StaffAuditLine) -> Result<(), ChainFault> {
        let expected = self.number + 1;
        if line.number != expected || line.hash != line.computed_hash(self.hash) {
            return Err(ChainFault::Line(expected));
        }
        *self = Self { number: line.number, hash: line.hash };
        Ok(())
    }

    /// Whether it ends where the member's record says.
    pub fn ends_at(self, (number, hash): (u32, [u8; 32])) -> Result<(), ChainFault> {
        if self == (Self { number, hash }) { Ok(()) } else { Err(ChainFault::Head(self.number)) }
    }

    /// The number of the last line taken.
    pub const fn number(self) -> u32 {
        self.number
    }
}

#[cfg(test)]
mod tests {
    use super::{ChainFault, StaffAuditLine, StaffChain};
    use crate::kernel::{Cell, Instant, StaffId};

    fn chain() -> Vec<StaffAuditLine> {
        let member = StaffId::mint(Instant::from_millis(7), Cell::numbered(0), 1);
        let mut previous = [0; 32];
        let mut lines = Vec::new();
        for number in 1..=3 {
            let line = StaffAuditLine {
                member,
                number,
                at: Instant::from_millis(i64::from(number)),
                action: "find".to_owned(),
                line: None,
                order: None,
                call: None,
                detail: "{}".to_owned(),
                hash: [0; 32],
            };
            let line = line.chained_to(previous);
            previous = line.hash;
            lines.push(line);
        }
        lines
    }

    fn verify(lines: &[StaffAuditLine]) -> Result<(), ChainFault> {
        let whole = chain();
        let mut verified = StaffChain::default();
        lines.iter().try_for_each(|line| verified.take(line))?;
        verified.ends_at((3, whole[2].hash))
    }

    #[test]
    fn a_chain_shows_what_was_altered_left_out_or_cut_off() {
        let whole = chain();
        assert_eq!(verify(&whole), Ok(()));
        let mut altered = whole.clone();
        altered[1].action = "renew".to_owned();
        assert_eq!(verify(&altered), Err(ChainFault::Line(2)));
        let left_out = [whole[0].clone(), whole[2].clone()];
        assert_eq!(verify(&left_out), Err(ChainFault::Line(2)));
        assert_eq!(verify(&whole[..2]), Err(ChainFault::Head(2)));
        // Somebody who writes the chain anew from an altered line on cannot write the head.
        let mut anew = whole;
        anew[2].detail = r#"{"a":1}"#.to_owned();
        anew[2].hash = anew[2].computed_hash(anew[1].hash);
        assert_eq!(verify(&anew), Err(ChainFault::Head(3)));
    }
}
