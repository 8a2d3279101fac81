//! The contract of every notice gateway, run over each adapter with a real peer behind it.

#![expect(clippy::panic, reason = "tests stop at the first surprise")]

use std::collections::BTreeSet;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::notice::{
    Attachment, Medium, Message, NoticeError, NoticeGateway, Retry, Sent,
};
use farline_domain::kernel::Language;
use futures_util::future::join_all;

/// What the party behind the gateway does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behaviour {
    Takes,
    /// Says that this recipient will never be served.
    RefusesForEver,
    /// Says to come back later.
    RefusesForNow,
    /// Takes the whole message and breaks the connection instead of answering.
    BreaksOff,
    /// Takes the whole message and stays silent.
    StaysSilent,
    /// Does not know our account.
    KnowsNobody,
    /// Is not there.
    IsAway,
}

/// Long enough for a busy machine, short enough for the test that waits for it.
pub(super) fn answer_within(behaviour: Behaviour) -> Duration {
    match behaviour {
        Behaviour::StaysSilent => Duration::from_secs(3),
        _ => Duration::from_secs(30),
    }
}

/// What arrived at the other end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    pub(super) to: String,
    pub(super) text: String,
    /// What lets the other side recognise a repetition.
    pub(super) identity: String,
}

/// An adapter with its peer.
#[async_trait]
pub(super) trait Stage: Sized {
    async fn open(behaviour: Behaviour) -> Self;
    fn gateway(&self) -> &dyn NoticeGateway;
    /// A recipient for whom the peer behaves so.
    fn recipient(behaviour: Behaviour) -> &'static str;
    /// Texts that are not recipients.
    fn not_recipients() -> &'static [&'static str];
    /// The next whole message that arrived.
    async fn arrived(&mut self) -> Arrived;
}

/// A message for the gateway's own medium.
pub(super) fn message(gateway: &dyn NoticeGateway, key: &str, to: &str) -> Message {
    let subject = match gateway.medium() {
        Medium::Email => "Your card is renewed".to_owned(),
        Medium::Sms => String::new(),
    };
    Message {
        key: key.to_owned(),
        medium: gateway.medium(),
        to: to.to_owned(),
        subject,
        body: "Renewed until 22 Dec.".to_owned(),
        html: None,
        attachments: Vec::new(),
        language: Language::EnCa,
        unsubscribe: None,
    }
}

pub(super) fn accepted(sent: Result<Sent, NoticeError>) -> String {
    match sent {
        Ok(Sent::Accepted { provider_id }) => provider_id,
        other => panic!("{other:?}"),
    }
}

pub(super) fn refused(sent: Result<Sent, NoticeError>) -> (String, Retry) {
    match sent {
        Ok(Sent::Refused { code, retry }) => (code, retry),
        other => panic!("{other:?}"),
    }
}

pub(super) fn unknown(sent: Result<Sent, NoticeError>) -> String {
    match sent {
        Err(NoticeError::Unknown(why)) => why,
        Ok(other) => panic!("{other:?}"),
    }
}

async fn outcome_of<S: Stage>(behaviour: Behaviour) -> (S, Result<Sent, NoticeError>) {
    let stage = S::open(behaviour).await;
    let message = message(stage.gateway(), "n-1", S::recipient(behaviour));
    let sent = stage.gateway().send(&message).await;
    (stage, sent)
}

pub(super) async fn a_message_arrives_as_it_was_worded<S: Stage>() {
    let texts = [
        (Language::EnCa, "Code 042917 {10 min} [100% ~ $5]\n.\n..not the end\nBye.".to_owned()),
        (
            Language::FrCa,
            "Votre forfait est renouvelé jusqu’au 22 décembre, 5,00\u{a0}$. Ça va où\u{a0}?"
                .to_owned(),
        ),
        (
            Language::ZhCn,
            format!("您的号码已续费😀，有效期至12月22日。{}", "流量还剩十吉字节，".repeat(20)),
        ),
        (Language::EnCa, format!("{}€ left.", "All is well. ".repeat(30))),
        (Language::FrCa, "é è à ù Ç".to_owned()),
    ];
    let mut stage = S::open(Behaviour::Takes).await;
    for (number, (language, body)) in texts.into_iter().enumerate() {
        let mut message =
            message(stage.gateway(), &format!("n-{number}"), S::recipient(Behaviour::Takes));
        message.language = language;
        message.body = body;
        let provider_id = accepted(stage.gateway().send(&message).await);
        assert!(!provider_id.is_empty());
        let arrived = stage.arrived().await;
        assert_eq!(arrived.text, message.body);
        assert_eq!(arrived.to, message.to);
    }
}

pub(super) async fn a_retry_repeats_the_message<S: Stage>() {
    let mut stage = S::open(Behaviour::Takes).await;
    let mut message = message(stage.gateway(), "n-77", S::recipient(Behaviour::Takes));
    message.body = "续费成功。".repeat(30);
    accepted(stage.gateway().send(&message).await);
    let first = stage.arrived().await;
    accepted(stage.gateway().send(&message).await);
    assert_eq!(stage.arrived().await, first);
}

pub(super) async fn a_final_refusal_is_never_retried<S: Stage>() {
    let (_stage, sent) = outcome_of::<S>(Behaviour::RefusesForEver).await;
    assert_eq!(refused(sent).1, Retry::Never);
}

pub(super) async fn a_passing_refusal_is_retried<S: Stage>() {
    let (_stage, sent) = outcome_of::<S>(Behaviour::RefusesForNow).await;
    assert_eq!(refused(sent).1, Retry::Later);
}

pub(super) async fn a_connection_lost_after_the_message_is_unknown<S: Stage>() {
    let (mut stage, sent) = outcome_of::<S>(Behaviour::BreaksOff).await;
    assert!(unknown(sent).starts_with("connection_lost"));
    assert_eq!(stage.arrived().await.text, "Renewed until 22 Dec.");
}

pub(super) async fn an_answer_that_never_comes_is_unknown<S: Stage>() {
    let (mut stage, sent) = outcome_of::<S>(Behaviour::StaysSilent).await;
    assert!(unknown(sent).starts_with("time_out"));
    assert_eq!(stage.arrived().await.text, "Renewed until 22 Dec.");
}

pub(super) async fn an_absent_server_is_tried_later<S: Stage>() {
    let (_stage, sent) = outcome_of::<S>(Behaviour::IsAway).await;
    assert_eq!(refused(sent), ("unreachable".to_owned(), Retry::Later));
}

pub(super) async fn a_wrong_password_loses_no_message<S: Stage>() {
    let (_stage, sent) = outcome_of::<S>(Behaviour::KnowsNobody).await;
    assert_eq!(refused(sent).1, Retry::Later);
}

/// What cannot be sent never reaches the server: the first to arrive is the well-formed one after it.
pub(super) async fn a_malformed_message_is_refused_before_it_is_sent<S: Stage>() {
    let mut stage = S::open(Behaviour::Takes).await;
    let gateway = stage.gateway();
    for to in S::not_recipients() {
        let sent = gateway.send(&message(gateway, "n-1", to)).await;
        assert_eq!(refused(sent), ("bad_address".to_owned(), Retry::Never), "{to:?}");
    }
    let mut misdirected = message(gateway, "n-2", S::recipient(Behaviour::Takes));
    misdirected.medium = match gateway.medium() {
        Medium::Email => Medium::Sms,
        Medium::Sms => Medium::Email,
    };
    let sent = gateway.send(&misdirected).await;
    assert_eq!(refused(sent), ("wrong_medium".to_owned(), Retry::Never));

    let mut last = message(gateway, "n-3", S::recipient(Behaviour::Takes));
    "the only one".clone_into(&mut last.body);
    accepted(gateway.send(&last).await);
    assert_eq!(stage.arrived().await.text, "the only one");
}

pub(super) async fn many_at_once_are_told_apart<S: Stage>() {
    let mut stage = S::open(Behaviour::Takes).await;
    let gateway = stage.gateway();
    let messages: Vec<Message> = (0..25)
        .map(|number| {
            let mut message =
                message(gateway, &format!("n-{number}"), S::recipient(Behaviour::Takes));
            message.body = format!("message {number}");
            message
        })
        .collect();
    let sent = join_all(messages.iter().map(|message| gateway.send(message))).await;
    let ids: BTreeSet<String> = sent.into_iter().map(accepted).collect();
    assert_eq!(ids.len(), 25);
    let mut texts = BTreeSet::new();
    for _ in 0..25 {
        texts.insert(stage.arrived().await.text);
    }
    assert_eq!(texts, messages.into_iter().map(|message| message.body).collect());
}

/// One test for each clause, for one adapter.
macro_rules! contract {
    ($stage:ty: $($clause:ident),+ $(,)?) => {
        mod contract {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::super::contract::$clause::<$stage>().await;
                }
            )+
        }
    };
    ($stage:ty) => {
        $crate::notice::contract::contract! {
            $stage:
            a_message_arrives_as_it_was_worded,
            a_retry_repeats_the_message,
            a_final_refusal_is_never_retried,
            a_passing_refusal_is_retried,
            a_connection_lost_after_the_message_is_unknown,
            an_answer_that_never_comes_is_unknown,
            an_absent_server_is_tried_later,
            a_wrong_password_loses_no_message,
            a_malformed_message_is_refused_before_it_is_sent,
            many_at_once_are_told_apart,
        }
    };
}
pub(super) use contract;

#[test]
fn the_debug_form_of_a_message_tells_neither_recipient_nor_content() {
    let message = Message {
        key: "n-1".to_owned(),
        medium: Medium::Email,
        to: "wei.zhang@example.test".to_owned(),
        subject: "subject-042917".to_owned(),
        body: "body-042917".to_owned(),
        html: Some("<p>html-042917</p>".to_owned()),
        attachments: vec![Attachment {
            file_name: "file-042917.txt".to_owned(),
            media_type: "text/plain".to_owned(),
            bytes: b"content-042917".to_vec(),
        }],
        language: Language::ZhCn,
        unsubscribe: None,
    };
    let told = format!("{message:?} {message:#?}");
    assert!(told.contains("n-1") && told.contains("text/plain"), "{told}");
    for secret in ["042917", "wei.zhang", "example.test"] {
        assert!(!told.contains(secret), "{told}");
    }
    let octets = message.attachments.first().map(|attachment| format!("{:?}", attachment.bytes));
    assert!(!told.contains(&octets.unwrap()));
}
