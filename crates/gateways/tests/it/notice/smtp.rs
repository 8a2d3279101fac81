//! SMTP against aiosmtpd.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::notice::{Attachment, Message, NoticeGateway, Retry};
use farline_domain::kernel::Language;
use farline_gateways::notice::smtp::{Login, Security, SmtpGateway, SmtpSettings};
use serde_json::{Value, json};

use super::contract::{
    Arrived, Behaviour, Stage, accepted, answer_within, contract, message, refused,
};
use crate::peer::{Peer, deserted_port, python, python_script};

contract!(super::SmtpStage);

struct SmtpStage {
    gateway: SmtpGateway,
    peer: Option<Peer>,
}

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        root_certificate_pem: None,
        login: None,
        from: "Farline <notices@farline.example.test>".to_owned(),
        reply_to: None,
        answer_within: Duration::from_secs(30),
    }
}

fn login(password: &str) -> Login {
    Login { user: "farline".to_owned(), password: password.to_owned() }
}

async fn peer(arguments: &[&str]) -> Peer {
    let mut command = python_script("smtp_peer.py");
    command.args(arguments);
    Peer::start(command).await
}

#[async_trait]
impl Stage for SmtpStage {
    async fn open(behaviour: Behaviour) -> Self {
        let peer = match behaviour {
            Behaviour::IsAway => None,
            Behaviour::KnowsNobody => {
                Some(peer(&["--user", "farline", "--password", "right"]).await)
            }
            _ => Some(peer(&[]).await),
        };
        let mut settings = settings(peer.as_ref().map_or_else(deserted_port, |peer| peer.port));
        settings.answer_within = answer_within(behaviour);
        if behaviour == Behaviour::KnowsNobody {
            settings.login = Some(login("wrong"));
        }
        Self { gateway: SmtpGateway::new(settings).unwrap(), peer }
    }

    fn gateway(&self) -> &dyn NoticeGateway {
        &self.gateway
    }

    fn recipient(behaviour: Behaviour) -> &'static str {
        match behaviour {
            Behaviour::RefusesForEver => "refused@example.test",
            Behaviour::RefusesForNow => "later@example.test",
            Behaviour::BreaksOff => "lost@example.test",
            Behaviour::StaysSilent => "slow@example.test",
            Behaviour::Takes | Behaviour::KnowsNobody | Behaviour::IsAway => "wei@example.test",
        }
    }

    fn not_recipients() -> &'static [&'static str] {
        &[
            "",
            "wei",
            "wei@",
            "@example.test",
            "wei@example.test\r\nRCPT TO:<eve@example.test>",
            "wei@example.test\nBcc: eve@example.test",
            "wei@example.test\r",
            "wei@example.test>\r\nDATA",
            "wei@example.test, eve@example.test",
            "wei@exam\u{0}ple.test",
        ]
    }

    async fn arrived(&mut self) -> Arrived {
        let letter = self.peer.as_mut().unwrap().next("letter").await;
        Arrived {
            to: letter["to"][0].as_str().unwrap().to_owned(),
            text: text_of(&letter["text"]),
            identity: letter["headers"]["Message-ID"].as_str().unwrap().to_owned(),
        }
    }
}

/// Lines end in CR LF on the wire, and the last one always ends.
fn text_of(text: &Value) -> String {
    text.as_str().unwrap().replace("\r\n", "\n").trim_end_matches('\n').to_owned()
}

fn letter_to(gateway: &SmtpGateway, to: &str) -> Message {
    message(gateway, "n-1", to)
}

#[tokio::test]
async fn a_letter_has_its_text_twice_and_its_attachments_and_no_surprise() {
    let mut peer = peer(&[]).await;
    let mut settings = settings(peer.port);
    settings.reply_to = Some("help@farline.example.test".to_owned());
    let gateway = SmtpGateway::new(settings).unwrap();
    let mut message = letter_to(&gateway, "wei@example.test");
    message.subject = "您的号码已续费，有效期至 12 月 22 日".to_owned();
    message.body = "您好，\n续费成功。".to_owned();
    message.html = Some("<p>您好，</p><p>续费成功。</p>".to_owned());
    message.language = Language::ZhCn;
    message.attachments = vec![
        Attachment {
            file_name: "收据 1.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: (0..=255).collect(),
        },
        Attachment {
            file_name: "terms.txt".to_owned(),
            media_type: "text/plain; charset=utf-8".to_owned(),
            bytes: "Conditions à lire".as_bytes().to_vec(),
        },
    ];
    let provider_id = accepted(gateway.send(&message).await);
    assert_eq!(provider_id, "TEST1");

    let letter = peer.next("letter").await;
    assert_eq!(letter["defects"], json!([]));
    assert_eq!(
        letter["structure"],
        json!([
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "application/pdf",
            "text/plain"
        ])
    );
    assert_eq!(text_of(&letter["text"]), message.body);
    assert_eq!(text_of(&letter["html"]), message.html.unwrap());
    assert_eq!(letter["attachments"][0]["file_name"], "收据 1.pdf");
    assert_eq!(letter["attachments"][0]["media_type"], "application/pdf");
    assert!(letter["attachments"][0]["base64"].as_str().unwrap().starts_with("AAECAwQF"));
    assert_eq!(letter["attachments"][1]["file_name"], "terms.txt");
    let headers = &letter["headers"];
    assert_eq!(headers["Subject"], message.subject);
    assert_eq!(headers["From"], "Farline <notices@farline.example.test>");
    assert_eq!(headers["To"], "wei@example.test");
    assert_eq!(headers["Reply-To"], "help@farline.example.test");
    assert_eq!(headers["Auto-Submitted"], "auto-generated");
    assert_eq!(headers["Content-Language"], "zh-CN");
    assert!(headers["Message-ID"].as_str().unwrap().ends_with("@farline.example.test>"));
    assert!(headers["Date"].is_string());
    assert_eq!(letter["from"], "notices@farline.example.test");
}

/// RFC 8058: a mail program offers the way out by itself. Other letters have none.
#[tokio::test]
async fn a_message_that_sells_carries_its_way_out_for_mail_programs() {
    let mut stage = SmtpStage::open(Behaviour::Takes).await;
    let mut message = letter_to(&stage.gateway, "wei@example.test");
    let address = "https://farline.example.test/en/unsubscribe/acc_1.mac";
    message.unsubscribe = Some(address.to_owned());
    accepted(stage.gateway.send(&message).await);
    let letter = stage.peer.as_mut().unwrap().next("letter").await;
    assert_eq!(letter["headers"]["List-Unsubscribe"], format!("<{address}>"));
    assert_eq!(letter["headers"]["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click");
    for wrong in ["https://a.test/\r\nBcc: eve@example.test", "https://a.test/>,<b", "é"] {
        message.unsubscribe = Some(wrong.to_owned());
        let sent = stage.gateway.send(&message).await;
        assert_eq!(refused(sent), ("bad_unsubscribe".to_owned(), Retry::Never), "{wrong:?}");
    }
}

#[tokio::test]
async fn another_notice_has_another_name() {
    let mut stage = SmtpStage::open(Behaviour::Takes).await;
    let mut names = Vec::new();
    for key in ["n-1", "n-2"] {
        accepted(stage.gateway.send(&message(&stage.gateway, key, "wei@example.test")).await);
        names.push(stage.arrived().await.identity);
    }
    assert_ne!(names[0], names[1]);
}

#[tokio::test]
async fn nothing_in_a_header_can_start_another() {
    let mut stage = SmtpStage::open(Behaviour::Takes).await;
    for subject in ["Hello\r\nBcc: eve@example.test", "Hello\nX: y", "Hello\r", "a\u{0}b"] {
        let mut message = letter_to(&stage.gateway, "wei@example.test");
        message.subject = subject.to_owned();
        let sent = stage.gateway.send(&message).await;
        assert_eq!(refused(sent), ("bad_subject".to_owned(), Retry::Never), "{subject:?}");
    }
    for (file_name, media_type) in
        [("a\r\nX: y", "text/plain"), ("a.txt", "text/plain\r\nX: y"), ("a.txt", "nonsense")]
    {
        let mut message = letter_to(&stage.gateway, "wei@example.test");
        message.attachments = vec![Attachment {
            file_name: file_name.to_owned(),
            media_type: media_type.to_owned(),
            bytes: Vec::new(),
        }];
        let sent = stage.gateway.send(&message).await;
        assert_eq!(refused(sent), ("bad_attachment".to_owned(), Retry::Never), "{file_name:?}");
    }
    let mut long = letter_to(&stage.gateway, "wei@example.test");
    long.subject = "Renouvelé « Bcc: eve@example.test » ".repeat(30);
    accepted(stage.gateway.send(&long).await);
    let letter = stage.peer.as_mut().unwrap().next("letter").await;
    let names = letter["header_names"].as_array().unwrap();
    let expected = [
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Auto-Submitted",
        "Content-Language",
        "Date",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ];
    assert!(names.iter().all(|name| expected.contains(&name.as_str().unwrap())), "{names:?}");
    assert_eq!(names.len(), expected.len(), "{names:?}");
    assert_eq!(letter["headers"]["Subject"].as_str().unwrap().trim(), long.subject.trim());
}

#[tokio::test]
async fn each_answer_means_what_its_place_says() {
    let stage = SmtpStage::open(Behaviour::Takes).await;
    let table = [
        ("refused@example.test", "550", Retry::Never),
        ("refused-late@example.test", "554", Retry::Never),
        ("later@example.test", "451", Retry::Later),
        ("later-late@example.test", "452", Retry::Later),
        ("lost-early@example.test", "connection_lost", Retry::Later),
    ];
    for (to, code, retry) in table {
        let sent = stage.gateway.send(&letter_to(&stage.gateway, to)).await;
        assert_eq!(refused(sent), (code.to_owned(), retry), "{to}");
        // And the gateway is as good as before.
        accepted(stage.gateway.send(&letter_to(&stage.gateway, "wei@example.test")).await);
    }
}

#[tokio::test]
async fn an_address_in_any_script_is_served() {
    let mut stage = SmtpStage::open(Behaviour::Takes).await;
    accepted(stage.gateway.send(&letter_to(&stage.gateway, "张伟@example.test")).await);
    assert_eq!(stage.arrived().await.to, "张伟@example.test");
}

#[tokio::test]
async fn the_server_is_asked_for_who_we_are_only_with_the_right_password() {
    let mut peer = peer(&["--user", "farline", "--password", "right"]).await;
    let mut right = settings(peer.port);
    right.login = Some(login("right"));
    let gateway = SmtpGateway::new(right).unwrap();
    accepted(gateway.send(&letter_to(&gateway, "wei@example.test")).await);
    assert_eq!(peer.next("letter").await["login"], true);

    let mut wrong = settings(peer.port);
    wrong.login = Some(login("wrong"));
    let gateway = SmtpGateway::new(wrong).unwrap();
    let sent = gateway.send(&letter_to(&gateway, "wei@example.test")).await;
    assert_eq!(refused(sent), ("535".to_owned(), Retry::Later));

    let gateway = SmtpGateway::new(settings(peer.port)).unwrap();
    let sent = gateway.send(&letter_to(&gateway, "wei@example.test")).await;
    assert_eq!(refused(sent), ("530".to_owned(), Retry::Later));
}

#[tokio::test]
async fn a_kept_connection_that_has_died_is_replaced() {
    let mut stage = SmtpStage::open(Behaviour::Takes).await;
    accepted(stage.gateway.send(&letter_to(&stage.gateway, "wei@example.test")).await);
    let first = stage.peer.as_mut().unwrap().next("letter").await["connection"].clone();
    accepted(stage.gateway.send(&letter_to(&stage.gateway, "hangs-up@example.test")).await);
    let second = stage.peer.as_mut().unwrap().next("letter").await["connection"].clone();
    accepted(stage.gateway.send(&letter_to(&stage.gateway, "wei@example.test")).await);
    let third = stage.peer.as_mut().unwrap().next("letter").await["connection"].clone();
    assert_eq!(first, second);
    assert_ne!(second, third);
}

/// A folder with a root certificate (`client.pem`) and a server certificate with its key (`both.pem`).
async fn certificates() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let status = python()
        .args(["-m", "trustme", "--quiet", "-i", "127.0.0.1", "-d"])
        .arg(folder.path())
        .status()
        .await
        .unwrap();
    assert!(status.success());
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let both = format!("{}{}", read("server.key"), read("server.pem"));
    std::fs::write(folder.path().join("both.pem"), both).unwrap();
    folder
}

#[tokio::test]
async fn mail_travels_under_tls_or_not_at_all() {
    let folder = certificates().await;
    let server = folder.path().join("both.pem").into_os_string().into_string().unwrap();
    let root = std::fs::read_to_string(folder.path().join("client.pem")).unwrap();
    for (option, security) in [("--tls", Security::Tls), ("--starttls", Security::StartTls)] {
        let mut peer = peer(&[option, &server]).await;
        let mut trusting = settings(peer.port);
        trusting.security = security;
        trusting.root_certificate_pem = Some(root.clone());
        let gateway = SmtpGateway::new(trusting).unwrap();
        accepted(gateway.send(&letter_to(&gateway, "wei@example.test")).await);
        assert_eq!(peer.next("letter").await["tls"], true, "{option}");

        let mut doubting = settings(peer.port);
        doubting.security = security;
        let gateway = SmtpGateway::new(doubting).unwrap();
        let sent = gateway.send(&letter_to(&gateway, "wei@example.test")).await;
        assert_eq!(refused(sent).1, Retry::Later, "{option}");
    }

    let peer = peer(&[]).await;
    let mut insisting = settings(peer.port);
    insisting.security = Security::StartTls;
    let gateway = SmtpGateway::new(insisting).unwrap();
    let sent = gateway.send(&letter_to(&gateway, "wei@example.test")).await;
    assert_eq!(refused(sent), ("no_starttls".to_owned(), Retry::Later));
}

#[test]
fn unusable_settings_are_named() {
    let mut nobody = settings(25);
    nobody.from = "nobody".to_owned();
    assert_eq!(
        SmtpGateway::new(nobody).err().unwrap().to_string(),
        "`from` is not an e-mail address"
    );
    let mut no_root = settings(25);
    no_root.security = Security::Tls;
    no_root.root_certificate_pem = Some("not a certificate".to_owned());
    assert!(SmtpGateway::new(no_root).is_err());
}
