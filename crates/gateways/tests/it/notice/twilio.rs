//! The HTTP gateway in Twilio's shape: a scripted server, since nobody wrote a double of this one, with the vendor's
//! own library as the oracle for what is posted and for what is signed.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::notice::{Message, NoticeGateway, Retry};
use farline_gateways::notice::twilio::{Sender, TwilioGateway, TwilioSettings, verify_signature};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use wiremock::matchers::{any, basic_auth, method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::contract::{
    Arrived, Behaviour, Stage, accepted, answer_within, contract, message, refused, unknown,
};
use crate::peer::{answer_of, deserted_port, python_script};

contract!(super::TwilioStage);

/// What no carrier could call; shared with the other adapter for text messages.
pub(super) const NOT_NUMBERS: &[&str] = &[
    "",
    "+",
    "14165550150",
    "+0165550150",
    "+141655",
    "+1416555015012345",
    "+1416555O150",
    "+1416 555 0150",
    "+14165550150\r\nX: y",
    "+14165550150&From=+1",
    "wei@example.test",
    "+１４１６５５５０１５０",
];

const ACCOUNT: &str = "AC00000000000000000000000000000001";

fn settings(base_url: &str) -> TwilioSettings {
    TwilioSettings {
        base_url: base_url.to_owned(),
        account_sid: ACCOUNT.to_owned(),
        auth_token: "token".to_owned(),
        sender: Sender::Number("+16045550199".to_owned()),
        status_callback: None,
        answer_within: Duration::from_secs(30),
    }
}

struct TwilioStage {
    gateway: TwilioGateway,
    /// Dropped, and so stopped, with the stage.
    _server: Option<MockServer>,
    forms: mpsc::UnboundedReceiver<Vec<u8>>,
}

/// Answers in the vendor's documents' words, by the recipient.
struct Scripted {
    forms: mpsc::UnboundedSender<Vec<u8>>,
    taken: Arc<AtomicU32>,
}

impl Respond for Scripted {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        self.forms.send(request.body.clone()).unwrap();
        match field(&request.body, "To").as_str() {
            "+15005550009" => ResponseTemplate::new(400).set_body_json(problem(21_614, 400)),
            "+15005550008" => ResponseTemplate::new(429).set_body_json(problem(20_429, 429)),
            "+15005550093" => created("SM0").set_delay(Duration::from_hours(1)),
            _ => created(&format!("SM{:032x}", self.taken.fetch_add(1, Ordering::SeqCst))),
        }
    }
}

fn created(sid: &str) -> ResponseTemplate {
    ResponseTemplate::new(201)
        .set_body_json(json!({"sid": sid, "status": "queued", "error_code": null}))
}

fn problem(code: u32, status: u16) -> Value {
    json!({"code": code, "message": "said the gateway", "more_info": "", "status": status})
}

/// A field of a posted form, read by other code than wrote it.
fn field(form: &[u8], name: &str) -> String {
    pairs(form).into_iter().find(|(found, _)| found == name).map(|(_, value)| value).unwrap()
}

fn pairs(form: &[u8]) -> Vec<(String, String)> {
    let url = format!("http://form.test/?{}", String::from_utf8(form.to_vec()).unwrap());
    let url = reqwest::Url::parse(&url).unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[async_trait]
impl Stage for TwilioStage {
    async fn open(behaviour: Behaviour) -> Self {
        let (sender, forms) = mpsc::unbounded_channel();
        let (server, base_url) = match behaviour {
            Behaviour::IsAway => (None, format!("http://127.0.0.1:{}", deserted_port())),
            Behaviour::BreaksOff => (None, one_that_breaks_off(sender).await),
            _ => {
                let server = MockServer::start().await;
                let scripted = Scripted { forms: sender, taken: Arc::default() };
                Mock::given(method("POST"))
                    .and(path(format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json")))
                    .and(basic_auth(ACCOUNT, "token"))
                    .respond_with(scripted)
                    .mount(&server)
                    .await;
                Mock::given(any())
                    .respond_with(ResponseTemplate::new(401).set_body_json(problem(20_003, 401)))
                    .with_priority(9)
                    .mount(&server)
                    .await;
                let base_url = server.uri();
                (Some(server), base_url)
            }
        };
        let mut settings = settings(&base_url);
        settings.answer_within = answer_within(behaviour);
        if behaviour == Behaviour::KnowsNobody {
            "wrong".clone_into(&mut settings.auth_token);
        }
        Self { gateway: TwilioGateway::new(settings).unwrap(), _server: server, forms }
    }

    fn gateway(&self) -> &dyn NoticeGateway {
        &self.gateway
    }

    fn recipient(behaviour: Behaviour) -> &'static str {
        match behaviour {
            Behaviour::RefusesForEver => "+15005550009",
            Behaviour::RefusesForNow => "+15005550008",
            Behaviour::StaysSilent => "+15005550093",
            Behaviour::Takes
            | Behaviour::BreaksOff
            | Behaviour::KnowsNobody
            | Behaviour::IsAway => "+14165550150",
        }
    }

    fn not_recipients() -> &'static [&'static str] {
        NOT_NUMBERS
    }

    async fn arrived(&mut self) -> Arrived {
        let form = self.forms.recv().await.unwrap();
        Arrived {
            to: field(&form, "To"),
            text: field(&form, "Body"),
            identity: String::from_utf8(form).unwrap(),
        }
    }
}

/// A server that reads one whole request and closes the connection instead of answering.
async fn one_that_breaks_off(forms: mpsc::UnboundedSender<Vec<u8>>) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        loop {
            stream.read_buf(&mut request).await.unwrap();
            let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.unwrap().parse().unwrap();
            if request.len() == end + 4 + length {
                forms.send(request[end + 4..].to_vec()).unwrap();
                return;
            }
        }
    });
    format!("http://{address}")
}

fn text_to(gateway: &TwilioGateway, to: &str) -> Message {
    message(gateway, "n-1", to)
}

/// A gateway whose server answers everything so.
async fn answering(answer: ResponseTemplate) -> (TwilioGateway, MockServer) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    (TwilioGateway::new(settings(&server.uri())).unwrap(), server)
}

#[tokio::test]
async fn the_request_is_the_one_that_the_vendors_library_makes() {
    for (sender, oracle_sender) in [
        (Sender::Number("+16045550199".to_owned()), json!({"from_": "+16045550199"})),
        (Sender::MessagingService("MG01".to_owned()), json!({"messaging_service_sid": "MG01"})),
    ] {
        let callback = "https://farline.example.test/hooks/sms?line=1&a=b";
        let body = "您的验证码 & 042917 + 100% é\n";
        let mut fields = json!({"to": "+14165550150", "body": body, "status_callback": callback});
        fields.as_object_mut().unwrap().extend(oracle_sender.as_object().unwrap().clone());
        let mut oracle = python_script("twilio_oracle.py");
        oracle.arg("post");
        let case = json!({"account": ACCOUNT, "token": "token", "fields": fields});
        let expected: Value =
            serde_json::from_str(&answer_of(oracle, &case.to_string()).await).unwrap();

        let server = MockServer::start().await;
        Mock::given(any()).respond_with(created("SM1")).mount(&server).await;
        let mut settings = settings(&server.uri());
        settings.sender = sender;
        settings.status_callback = Some(callback.to_owned());
        let gateway = TwilioGateway::new(settings).unwrap();
        let mut message = text_to(&gateway, "+14165550150");
        message.body = body.to_owned();
        assert_eq!(accepted(gateway.send(&message).await), "SM1");

        let request = server.received_requests().await.unwrap().pop().unwrap();
        assert_eq!(request.method.as_str(), expected["method"]);
        let address = expected["url"].as_str().unwrap();
        assert_eq!(request.url.path(), address.strip_prefix("https://api.twilio.com").unwrap());
        assert_eq!(request.url.query(), None);
        let header = |name: &str| request.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("authorization"), expected["authorization"]);
        assert_eq!(header("content-type"), "application/x-www-form-urlencoded");
        let form = pairs(&request.body);
        let form: Value =
            form.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
        assert_eq!(form, expected["form"]);
    }
}

#[tokio::test]
async fn each_refusal_means_what_the_vendor_says() {
    let table = [
        (400, Some(21_211), "21211", Retry::Never),
        (400, Some(21_610), "21610", Retry::Never),
        (400, Some(21_612), "21612", Retry::Never),
        (400, Some(21_614), "21614", Retry::Never),
        (400, Some(21_617), "21617", Retry::Never),
        (403, Some(21_408), "21408", Retry::Later),
        (400, Some(21_212), "21212", Retry::Later),
        (400, Some(21_606), "21606", Retry::Later),
        (400, Some(21_611), "21611", Retry::Later),
        (401, Some(20_003), "20003", Retry::Later),
        (429, Some(20_429), "20429", Retry::Later),
        (429, Some(21_614), "21614", Retry::Later),
        (503, Some(20_503), "20503", Retry::Later),
        (400, None, "400", Retry::Never),
        (401, None, "401", Retry::Later),
        (404, None, "404", Retry::Later),
        (429, None, "429", Retry::Later),
        (500, None, "500", Retry::Later),
        (502, None, "502", Retry::Later),
        (503, None, "503", Retry::Later),
    ];
    for (status, code, expected, retry) in table {
        let answer = match code {
            Some(code) => ResponseTemplate::new(status).set_body_json(problem(code, status)),
            None => {
                ResponseTemplate::new(status).set_body_string("<html>not from the gateway</html>")
            }
        };
        let (gateway, _server) = answering(answer).await;
        let sent = gateway.send(&text_to(&gateway, "+14165550150")).await;
        assert_eq!(refused(sent), (expected.to_owned(), retry), "{status} {code:?}");
    }
}

#[tokio::test]
async fn a_success_is_believed_only_with_a_message() {
    for body in ["", "<html>", "{}", r#"{"sid": 5}"#] {
        let (gateway, _server) = answering(ResponseTemplate::new(201).set_body_string(body)).await;
        let sent = gateway.send(&text_to(&gateway, "+14165550150")).await;
        assert_eq!(unknown(sent), "a success without a message resource", "{body}");
    }
    let failed = json!({"sid": "SM1", "status": "failed", "error_code": 30_006});
    let (gateway, _server) = answering(ResponseTemplate::new(201).set_body_json(failed)).await;
    let sent = gateway.send(&text_to(&gateway, "+14165550150")).await;
    assert_eq!(refused(sent), ("30006".to_owned(), Retry::Never));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_our_password() {
    let (_elsewhere_gateway, elsewhere) = answering(created("SM1")).await;
    let answer = ResponseTemplate::new(307).insert_header("location", elsewhere.uri());
    let (gateway, _server) = answering(answer).await;
    let sent = gateway.send(&text_to(&gateway, "+14165550150")).await;
    assert_eq!(refused(sent), ("307".to_owned(), Retry::Later));
    assert_eq!(elsewhere.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn the_vendors_library_and_we_agree_on_signatures() {
    let cases = [
        ("12345", "https://farline.example.test/hooks/sms", json!([])),
        (
            "12345",
            "https://farline.example.test/hooks/sms?a=1&b=%E7%BB%AD",
            json!([["MessageSid", "SM1"], ["MessageStatus", "delivered"]]),
        ),
        (
            "other",
            "https://farline.example.test:8443/hooks",
            json!([["Body", "退订 é & = +"], ["Ab", "1"], ["AB", "2"], ["a", ""]]),
        ),
        (
            "12345",
            "http://127.0.0.1:8080/hooks",
            json!([["Media", "2"], ["Media", "1"], ["Media", "2"], ["A", "0"]]),
        ),
    ];
    let input: Vec<String> = cases
        .iter()
        .map(|(token, url, params)| json!({"token": token, "url": url, "params": params}))
        .map(|case| case.to_string())
        .collect();
    let mut oracle = python_script("twilio_oracle.py");
    oracle.arg("sign");
    let output = answer_of(oracle, &input.join("\n")).await;
    let signatures: Vec<Value> =
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(signatures.len(), cases.len());
    for ((token, url, params), signed) in cases.iter().zip(signatures) {
        let params: Vec<(String, String)> = serde_json::from_value(params.clone()).unwrap();
        let signature = signed["signature"].as_str().unwrap();
        assert!(verify_signature(token, url, &params, signature), "{url}");
        assert!(!verify_signature("wrong", url, &params, signature), "{url}");
        assert!(!verify_signature(token, &format!("{url}x"), &params, signature), "{url}");
        let mut more = params;
        more.push(("Extra".to_owned(), "1".to_owned()));
        assert!(!verify_signature(token, url, &more, signature), "{url}");
    }
}

#[test]
fn unusable_settings_are_named() {
    let mut no_account = settings("https://api.example.test");
    no_account.account_sid = "AC1/../AC2".to_owned();
    assert!(TwilioGateway::new(no_account).is_err());
    assert!(TwilioGateway::new(settings("api.example.test")).is_err());
    assert!(TwilioGateway::new(settings("https://api.example.test/")).is_ok());
}
