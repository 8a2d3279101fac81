//! SMPP 3.4 against the npm package `smpp` as the server.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::notice::{Message, NoticeGateway, Retry};
use farline_gateways::notice::smpp::{
    DeliveryReceipt, ReceiptState, SmppGateway, SmppSettings, SmppSettingsError, Source,
};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::contract::{
    Arrived, Behaviour, Stage, accepted, answer_within, contract, message, refused, unknown,
};
use crate::peer::{Peer, deserted_port, smpp_server};

contract!(super::SmppStage);

struct SmppStage {
    gateway: SmppGateway,
    peer: Option<Peer>,
    /// Kept so that receipts have somewhere to go.
    receipts: mpsc::Receiver<DeliveryReceipt>,
}

fn settings(port: u16) -> SmppSettings {
    let source = Source { type_of_number: 1, numbering_plan: 1, address: "16045550199".to_owned() };
    let mut settings = SmppSettings::new(
        "127.0.0.1".to_owned(),
        "farline".to_owned(),
        "secret".to_owned(),
        source,
    );
    settings.port = port;
    settings.answer_within = Duration::from_secs(30);
    settings.pause_first = Duration::from_millis(20);
    settings.pause_longest = Duration::from_millis(200);
    settings
}

async fn stage(change: impl FnOnce(&mut SmppSettings)) -> (SmppGateway, Peer, Receipts) {
    let peer = Peer::start(smpp_server(0)).await;
    let mut settings = settings(peer.port);
    change(&mut settings);
    let (sender, receipts) = mpsc::channel(100);
    (SmppGateway::start(settings, sender).unwrap(), peer, receipts)
}

type Receipts = mpsc::Receiver<DeliveryReceipt>;

fn text_to(gateway: &SmppGateway, to: &str) -> Message {
    message(gateway, "n-1", to)
}

#[async_trait]
impl Stage for SmppStage {
    async fn open(behaviour: Behaviour) -> Self {
        let peer = match behaviour {
            Behaviour::IsAway => None,
            _ => Some(Peer::start(smpp_server(0)).await),
        };
        let mut settings = settings(peer.as_ref().map_or_else(deserted_port, |peer| peer.port));
        settings.answer_within = answer_within(behaviour);
        if behaviour == Behaviour::KnowsNobody {
            "wrong".clone_into(&mut settings.password);
        }
        let (sender, receipts) = mpsc::channel(1_000);
        Self { gateway: SmppGateway::start(settings, sender).unwrap(), peer, receipts }
    }

    fn gateway(&self) -> &dyn NoticeGateway {
        &self.gateway
    }

    fn recipient(behaviour: Behaviour) -> &'static str {
        match behaviour {
            Behaviour::RefusesForEver => "+14165550111",
            Behaviour::RefusesForNow => "+14165550158",
            Behaviour::BreaksOff => "+14165550191",
            Behaviour::StaysSilent => "+14165550193",
            Behaviour::Takes | Behaviour::KnowsNobody | Behaviour::IsAway => "+14165550150",
        }
    }

    fn not_recipients() -> &'static [&'static str] {
        super::twilio::NOT_NUMBERS
    }

    /// Joins the parts as a phone does, by reference, count and number.
    async fn arrived(&mut self) -> Arrived {
        let peer = self.peer.as_mut().unwrap();
        let mut text = String::new();
        let mut identity = String::new();
        let mut expected = 1;
        loop {
            let submit = peer.next("submit").await;
            text.push_str(submit["text"].as_str().unwrap());
            let header = header_of(&submit);
            let (total, number) = header.map_or((1, 1), |header| (header[4], header[5]));
            assert_eq!(number, expected);
            expected += 1;
            identity.push_str(&submit.to_string());
            if number == total {
                let to = format!("+{}", submit["destination"].as_str().unwrap());
                return Arrived { to, text, identity };
            }
        }
    }
}

/// The six octets of the header that joins parts, with the length that the peer's library cuts off put back.
fn header_of(submit: &Value) -> Option<Vec<u8>> {
    let element = submit["header"].as_array()?.first()?.as_str()?;
    let octets: Vec<u8> = (0..element.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&element[at..at + 2], 16).unwrap())
        .collect();
    Some([&[u8::try_from(octets.len()).unwrap()], octets.as_slice()].concat())
}

#[tokio::test]
async fn each_field_is_as_the_standard_has_it() {
    let (gateway, mut peer, _receipts) = stage(|_| {}).await;
    let bind = peer.next("bind").await;
    assert_eq!(bind, json!({"system_id": "farline", "version": 0x34}));
    let plain = "a".repeat(160);
    let chinese = "续".repeat(70);
    for (body, data_coding) in [(&plain, 0), (&chinese, 8)] {
        let mut message = text_to(&gateway, "+14165550150");
        message.body.clone_from(body);
        accepted(gateway.send(&message).await);
        let expected = json!({
            "destination": "14165550150", "destination_ton": 1, "destination_npi": 1,
            "source": "16045550199", "source_ton": 1, "source_npi": 1,
            "data_coding": data_coding, "esm_class": 0, "registered_delivery": 1,
            "text": body, "header": null,
        });
        assert_eq!(peer.next("submit").await, expected);
    }

    let mut references = Vec::new();
    for (key, body, data_coding, parts) in [
        ("n-1", "a".repeat(161), 0, ["a".repeat(153), "a".repeat(8)]),
        ("n-2", "续".repeat(71), 8, ["续".repeat(67), "续".repeat(4)]),
    ] {
        let mut message = message(&gateway, key, "+14165550150");
        message.body = body;
        let provider_id = accepted(gateway.send(&message).await);
        assert_eq!(provider_id.split(',').count(), 2, "{provider_id}");
        for (number, part) in (1..).zip(parts) {
            let submit = peer.next("submit").await;
            let header = header_of(&submit).unwrap();
            assert_eq!(
                (submit["esm_class"].clone(), submit["data_coding"].clone()),
                (json!(0x40), json!(data_coding))
            );
            assert_eq!(header[..3], [0x05, 0x00, 0x03]);
            assert_eq!(header[4..], [2, number]);
            assert_eq!(submit["text"], part);
            references.push(header[3]);
        }
    }
    assert_eq!(references[0], references[1]);
    assert_eq!(references[2], references[3]);
    assert_ne!(references[0], references[2]);
}

#[tokio::test]
async fn a_text_of_more_parts_than_can_be_numbered_is_refused() {
    let (gateway, mut peer, _receipts) = stage(|_| {}).await;
    let mut message = text_to(&gateway, "+14165550150");
    message.body = "a".repeat(255 * 153 + 1);
    assert_eq!(refused(gateway.send(&message).await), ("too_long".to_owned(), Retry::Never));
    message.body = "short".to_owned();
    accepted(gateway.send(&message).await);
    assert_eq!(peer.next("submit").await["text"], "short");
}

#[tokio::test]
async fn receipts_come_back_and_find_their_message() {
    let (gateway, mut peer, mut receipts) = stage(|_| {}).await;
    let mut long = text_to(&gateway, "+14165550150");
    long.body = "您的号码已续费。".repeat(10);
    let delivered = accepted(gateway.send(&long).await);
    assert_eq!(delivered, "A1,A2");
    let failed = accepted(gateway.send(&text_to(&gateway, "+14165550181")).await);
    for (provider_id, other, id, state) in [
        (&delivered, &failed, "0000000161", ReceiptState::Delivered),
        (&delivered, &failed, "0000000162", ReceiptState::Delivered),
        (&failed, &delivered, "0000000163", ReceiptState::Undeliverable),
    ] {
        let receipt = receipts.recv().await.unwrap();
        assert_eq!((receipt.id.as_str(), receipt.state), (id, state));
        assert!(receipt.belongs_to(provider_id) && !receipt.belongs_to(other), "{receipt:?}");
        assert_eq!(peer.next("receipt_answer").await, 0);
    }
}

#[tokio::test]
async fn a_receipt_is_acknowledged_only_when_it_is_in_good_hands() {
    let mut peer = Peer::start(smpp_server(0)).await;
    let (sender, mut receipts) = mpsc::channel(1);
    let gateway = SmppGateway::start(settings(peer.port), sender).unwrap();
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
    assert_eq!(peer.next("receipt_answer").await, 0);
    // The channel is full: the server is asked to keep it (0x64).
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
    assert_eq!(peer.next("receipt_answer").await, 0x64);
    receipts.recv().await.unwrap();
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
    assert_eq!(peer.next("receipt_answer").await, 0);
    drop(receipts);
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
    assert_eq!(peer.next("receipt_answer").await, 0x64);
}

#[tokio::test]
async fn a_message_from_a_phone_is_turned_away_and_disturbs_nothing() {
    let (gateway, mut peer, mut receipts) = stage(|_| {}).await;
    accepted(gateway.send(&text_to(&gateway, "+14165550182")).await);
    assert_eq!(peer.next("phone_answer").await, 0x65);
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
    assert_eq!(receipts.recv().await.unwrap().id, "0000000161");
    assert_eq!(receipts.recv().await.unwrap().id, "0000000162");
}

#[tokio::test]
async fn each_status_means_what_the_standard_says() {
    let (gateway, _peer, _receipts) = stage(|_| {}).await;
    for (to, code, retry) in [
        ("+14165550158", "0x00000058", Retry::Later),
        ("+14165550114", "0x00000014", Retry::Later),
        ("+14165550111", "0x0000000B", Retry::Never),
    ] {
        let sent = gateway.send(&text_to(&gateway, to)).await;
        assert_eq!(refused(sent), (code.to_owned(), retry), "{to}");
    }
}

#[tokio::test]
async fn a_refused_part_stops_the_rest() {
    let (gateway, mut peer, _receipts) = stage(|_| {}).await;
    let mut long = text_to(&gateway, "+14165550111");
    long.body = "a".repeat(400);
    refused(gateway.send(&long).await);
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
    assert_eq!(peer.next("submit").await["destination"], "14165550111");
    assert_eq!(peer.next("submit").await["destination"], "14165550150");
}

#[tokio::test]
async fn answers_in_another_order_find_their_submits() {
    let (gateway, _peer, _receipts) = stage(|_| {}).await;
    let held = text_to(&gateway, "+14165550170");
    let prompt = text_to(&gateway, "+14165550150");
    let refusal = text_to(&gateway, "+14165550111");
    let (held, refusal, prompt) =
        tokio::join!(gateway.send(&held), gateway.send(&refusal), gateway.send(&prompt));
    assert_eq!(accepted(prompt), "A1");
    assert_eq!(accepted(held), "A2");
    assert_eq!(refused(refusal).1, Retry::Never);
}

#[tokio::test]
async fn a_full_window_is_tried_later() {
    let (gateway, mut peer, _receipts) = stage(|settings| {
        settings.window = 1;
        settings.answer_within = Duration::from_secs(2);
        settings.enquire_every = Duration::from_millis(200);
    })
    .await;
    peer.next("bind").await;
    let silent = text_to(&gateway, "+14165550193");
    let late = text_to(&gateway, "+14165550150");
    let the_rest = async {
        // The first holds the only place; the second gets it when the first is given up, and the third, which
        // has waited as long by then, does not.
        peer.next("submit").await;
        // Two signs of life apart from the first, so that the second's time ends clearly after the first's.
        peer.next("enquire_link").await;
        peer.next("enquire_link").await;
        tokio::join!(gateway.send(&silent), gateway.send(&late))
    };
    let (first, (second, third)) = tokio::join!(gateway.send(&silent), the_rest);
    assert_eq!(unknown(first), "time_out");
    assert_eq!(unknown(second), "time_out");
    assert_eq!(refused(third), ("window_full".to_owned(), Retry::Later));
    accepted(gateway.send(&late).await);
}

#[tokio::test]
async fn a_broken_connection_is_made_again() {
    let (gateway, mut peer, _receipts) = stage(|_| {}).await;
    peer.next("bind").await;
    let sent = gateway.send(&text_to(&gateway, "+14165550192")).await;
    assert!(unknown(sent).starts_with("connection_lost"));
    peer.next("bind").await;
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
}

#[tokio::test]
async fn a_server_that_died_is_found_again_when_it_is_back() {
    let (gateway, peer, _receipts) = stage(|_| {}).await;
    let sent = gateway.send(&text_to(&gateway, "+14165550191")).await;
    assert!(unknown(sent).starts_with("connection_lost"));
    let sent = gateway.send(&text_to(&gateway, "+14165550150")).await;
    assert_eq!(refused(sent).1, Retry::Later);
    let port = peer.port;
    drop(peer);
    let mut successor = Peer::start(smpp_server(port)).await;
    successor.next("bind").await;
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
}

#[tokio::test]
async fn a_refused_bind_names_its_reason() {
    let (gateway, _peer, _receipts) =
        stage(|settings| "wrong".clone_into(&mut settings.password)).await;
    let sent = gateway.send(&text_to(&gateway, "+14165550150")).await;
    assert_eq!(refused(sent), ("bind_0x0000000E".to_owned(), Retry::Later));
}

#[tokio::test]
async fn signs_of_life_are_asked_and_given() {
    let (_gateway, mut peer, _receipts) = stage(|settings| {
        settings.enquire_every = Duration::from_millis(50);
        settings.answer_within = Duration::from_secs(2);
    })
    .await;
    peer.next("bind").await;
    // Longer than an answer may take: each answered question lets the connection live on.
    let mut last = peer.next("enquire_link").await;
    for _ in 0..60 {
        let told = peer.line("enquire_link").await;
        assert!(told["enquire_link"].as_u64() > last.as_u64(), "{told}");
        last = told["enquire_link"].clone();
    }
    peer.command("enquire").await;
    assert_eq!(peer.next("alive").await, 0);
}

#[tokio::test]
async fn a_connection_without_a_sign_of_life_is_given_up() {
    let (gateway, mut peer, _receipts) = stage(|settings| {
        settings.enquire_every = Duration::from_millis(50);
        settings.answer_within = Duration::from_secs(2);
    })
    .await;
    peer.next("bind").await;
    peer.command("deaf").await;
    peer.next("deaf").await;
    peer.next("closed").await;
    peer.next("bind").await;
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
}

#[tokio::test]
async fn a_server_that_takes_leave_is_bound_to_again() {
    let (gateway, mut peer, _receipts) = stage(|_| {}).await;
    peer.next("bind").await;
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
    peer.command("unbind").await;
    assert_eq!(peer.next("left").await, 0);
    peer.next("bind").await;
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
}

#[tokio::test]
async fn a_gateway_takes_leave_when_it_is_dropped() {
    let (gateway, mut peer, _receipts) = stage(|_| {}).await;
    accepted(gateway.send(&text_to(&gateway, "+14165550150")).await);
    drop(gateway);
    peer.next("unbind").await;
    peer.next("closed").await;
}

#[tokio::test]
async fn unusable_settings_are_named() {
    let start = |change: fn(&mut SmppSettings)| {
        let mut settings = settings(2775);
        change(&mut settings);
        let (sender, _receipts) = mpsc::channel(1);
        SmppGateway::start(settings, sender).err()
    };
    let field = |change| match start(change) {
        Some(SmppSettingsError::Field(name) | SmppSettingsError::Range(name)) => Some(name),
        None => None,
    };
    assert_eq!(field(|settings| settings.password = "ninechars".to_owned()), Some("password"));
    assert_eq!(
        field(|settings| settings.system_id = "sixteencharacter".to_owned()),
        Some("system_id")
    );
    assert_eq!(field(|settings| settings.system_id = "续费".to_owned()), Some("system_id"));
    assert_eq!(
        field(|settings| settings.system_type = "thirteenchars".to_owned()),
        Some("system_type")
    );
    assert_eq!(field(|settings| settings.source.address = "1".repeat(21)), Some("source"));
    assert_eq!(field(|settings| settings.window = 0), Some("window"));
    assert_eq!(field(|settings| settings.enquire_every = Duration::ZERO), Some("enquire_every"));
    assert_eq!(field(|settings| settings.password = "eightcha".to_owned()), None);
}

#[tokio::test]
async fn many_receipts_are_kept_for_whoever_reads_them() {
    let mut stage = SmppStage::open(Behaviour::Takes).await;
    for _ in 0..20 {
        accepted(stage.gateway.send(&text_to(&stage.gateway, "+14165550150")).await);
    }
    for number in 161..181 {
        assert_eq!(stage.receipts.recv().await.unwrap().id, format!("{number:010}"));
    }
}
