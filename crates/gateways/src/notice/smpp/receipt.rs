//! Delivery receipts: what became of a message after it was taken (SMPP 3.4 §4.6, appendix B).

use rusmpp::pdus::DeliverSm;
use rusmpp::tlvs::TlvValue;
use rusmpp::values::MessageType;

/// What became of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReceiptState {
    /// On its way still.
    EnRoute,
    /// On the phone.
    Delivered,
    /// Given up when its time ran out.
    Expired,
    /// Removed at the carrier.
    Deleted,
    /// It cannot be delivered.
    Undeliverable,
    /// Read or taken by the carrier's own staff for the recipient.
    Accepted,
    /// The carrier does not know.
    Unknown,
    /// Turned away by the carrier after it had taken it.
    Rejected,
}

impl ReceiptState {
    /// The number of the parameter `message_state` (§5.2.28).
    fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::EnRoute,
            2 => Self::Delivered,
            3 => Self::Expired,
            4 => Self::Deleted,
            5 => Self::Undeliverable,
            6 => Self::Accepted,
            7 => Self::Unknown,
            8 => Self::Rejected,
            _ => return None,
        })
    }

    /// The word after `stat:` in a receipt's text.
    fn from_word(word: &str) -> Option<Self> {
        Some(match word.to_ascii_uppercase().as_str() {
            "ENROUTE" => Self::EnRoute,
            "DELIVRD" => Self::Delivered,
            "EXPIRED" => Self::Expired,
            "DELETED" => Self::Deleted,
            "UNDELIV" => Self::Undeliverable,
            "ACCEPTD" => Self::Accepted,
            "UNKNOWN" => Self::Unknown,
            "REJECTD" => Self::Rejected,
            _ => return None,
        })
    }
}

/// The carrier's report on one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryReceipt {
    /// The part's name as the receipt writes it; see [`DeliveryReceipt::belongs_to`].
    pub id: String,
    /// What became of the part.
    pub state: ReceiptState,
    /// The carrier's own error code, where it gave one other than zero.
    pub error: Option<String>,
}

impl DeliveryReceipt {
    /// Reads a receipt; `None` when the message is not one, or names no message or no known state.
    pub(super) fn read(deliver: &DeliverSm) -> Option<Self> {
        let is_receipt = matches!(
            deliver.esm_class.message_type,
            MessageType::ShortMessageContainsMCDeliveryReceipt
                | MessageType::ShortMessageContainsIntermediateDeliveryNotification
        );
        if !is_receipt {
            return None;
        }
        let text = String::from_utf8_lossy(deliver.short_message().as_ref()).into_owned();
        let mut id = field(&text, "id").map(str::to_owned);
        let mut state = field(&text, "stat").and_then(ReceiptState::from_word);
        // The parameters say it without the carrier's dialect, so they win.
        for tlv in deliver.tlvs() {
            match tlv.value() {
                Some(TlvValue::ReceiptedMessageId(name)) => id = Some(name.as_str().to_owned()),
                Some(TlvValue::MessageState(number)) => {
                    state = ReceiptState::from_number(u8::from(*number)).or(state);
                }
                _ => {}
            }
        }
        let error = field(&text, "err").filter(|code| code.bytes().any(|digit| digit != b'0'));
        Some(Self { id: id?, state: state?, error: error.map(str::to_owned) })
    }

    /// Whether the receipt is about a message that was accepted under `provider_id`, of one part or several.
    ///
    /// Many servers name a message in hexadecimal when they take it and in decimal in the receipt, or the other
    /// way round, with or without leading zeros: all these spellings match.
    pub fn belongs_to(&self, provider_id: &str) -> bool {
        let spellings = self.spellings();
        provider_id.split(',').any(|part| spellings.contains(&plain(part)))
    }

    /// Every way in which the name may have been given when the message was taken: lower case, no leading
    /// zeros. The first is the likeliest, the receipt's own.
    pub fn spellings(&self) -> Vec<String> {
        let own = plain(&self.id);
        let hexadecimal = own.parse::<u128>().ok().map(|number| format!("{number:x}"));
        let decimal = u128::from_str_radix(&own, 16).ok().map(|number| number.to_string());
        let mut spellings = vec![own];
        for spelling in [hexadecimal, decimal].into_iter().flatten() {
            if !spellings.contains(&spelling) {
                spellings.push(spelling);
            }
        }
        spellings
    }
}

/// Lower case, without leading zeros.
fn plain(id: &str) -> String {
    let stripped = id.trim_start_matches('0');
    let id = if stripped.is_empty() && !id.is_empty() { "0" } else { stripped };
    id.to_ascii_lowercase()
}

/// The word after `name:` in `id:… sub:… dlvrd:… submit date:… done date:… stat:… err:… text:…`.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    // What the message itself said comes last and must not be mistaken for a field.
    let head = text.split_once(" text:").or_else(|| text.split_once(" Text:"));
    let words = head.map_or(text, |(head, _)| head).split_ascii_whitespace();
    words.filter_map(|word| word.split_once(':')).find_map(|(found, value)| {
        (found.eq_ignore_ascii_case(name) && !value.is_empty()).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use rusmpp::pdus::DeliverSm;
    use rusmpp::tlvs::MessageDeliveryRequestTlvValue;
    use rusmpp::types::{COctetString, OctetString};
    use rusmpp::values::{EsmClass, MessageState};

    use super::{DeliveryReceipt, ReceiptState};

    fn deliver(esm_class: u8, text: &str) -> DeliverSm {
        DeliverSm::builder()
            .esm_class(EsmClass::from(esm_class))
            .short_message(OctetString::from_slice(text.as_bytes()).unwrap())
            .build()
    }

    #[test]
    fn receipts_are_read_as_carriers_write_them() {
        let table = [
            (
                "id:0000000161 sub:001 dlvrd:001 submit date:2611221701 done date:2611221702 stat:DELIVRD err:000 text:id:7 stat:EXPIRED",
                Some(("0000000161", ReceiptState::Delivered, None)),
            ),
            (
                "id:a1b2 stat:UNDELIV err:0C1",
                Some(("a1b2", ReceiptState::Undeliverable, Some("0C1"))),
            ),
            ("ID:5 STAT:rejectd ERR:001 Text:", Some(("5", ReceiptState::Rejected, Some("001")))),
            ("id:5 sub:001 stat:ENROUTE", Some(("5", ReceiptState::EnRoute, None))),
            ("id:5 stat:PERHAPS", None),
            ("stat:DELIVRD", None),
            ("id: stat:DELIVRD", None),
            ("", None),
        ];
        for (text, expected) in table {
            let read = DeliveryReceipt::read(&deliver(0x04, text));
            let expected = expected.map(|(id, state, error)| DeliveryReceipt {
                id: id.to_owned(),
                state,
                error: error.map(str::to_owned),
            });
            assert_eq!(read, expected, "{text}");
        }
        assert_eq!(DeliveryReceipt::read(&deliver(0x00, "id:5 stat:DELIVRD")), None);
    }

    #[test]
    fn parameters_win_over_the_text() {
        let mut both = deliver(0x04, "id:5 stat:UNKNOWN");
        both.push_tlv(MessageDeliveryRequestTlvValue::ReceiptedMessageId(
            COctetString::from_string("00ff".to_owned()).unwrap(),
        ));
        both.push_tlv(MessageDeliveryRequestTlvValue::MessageState(MessageState::Delivered));
        let receipt = DeliveryReceipt::read(&both).unwrap();
        assert_eq!((receipt.id.as_str(), receipt.state), ("00ff", ReceiptState::Delivered));
    }

    #[test]
    fn a_receipt_finds_its_message_in_hexadecimal_or_decimal() {
        let table = [
            ("0000000161", "A1", true),
            ("161", "000000a1", true),
            ("A1", "161", true),
            ("00A1", "a1", true),
            ("161", "160,161,162", true),
            ("161", "9f,a0,a1", true),
            ("161", "162", false),
            ("161", "", false),
            ("ord-77", "ORD-77", true),
            ("ord-77", "ord-78", false),
            ("0", "0", true),
        ];
        for (receipted, accepted, expected) in table {
            let receipt = DeliveryReceipt {
                id: receipted.to_owned(),
                state: ReceiptState::Delivered,
                error: None,
            };
            assert_eq!(receipt.belongs_to(accepted), expected, "{receipted} {accepted}");
        }
    }
}
