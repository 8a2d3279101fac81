//! Encrypted connections to a real PostgreSQL, as the URL's `sslmode` asks for them.

use farline_store::{OpenMode, PostgresOptions, PostgresStore};
use farline_testkit::TlsServer;

/// Opens the database; `None` when it worked, or why it did not.
async fn refusal(url: &str) -> Option<String> {
    let options = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
    PostgresStore::open(url, options).await.err().map(|error| error.to_string())
}

const ENCRYPTED: &str = "SELECT COUNT(*) FILTER (WHERE s.ssl), COUNT(*) FILTER (WHERE NOT s.ssl) \
    FROM pg_stat_ssl s JOIN pg_stat_activity a ON a.pid = s.pid WHERE a.application_name = 'farline'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_url_says_how_much_of_a_certificate_is_looked_at() {
    let server = TlsServer::start();
    let own = format!("sslrootcert={}", server.certificate().display());
    let other = format!("sslrootcert={}", server.another_certificate().display());
    let (right, wrong) = ("localhost", "127.0.0.1");
    for (host, options, reason) in [
        (right, "sslmode=disable".to_owned(), None),
        (wrong, String::new(), None),
        (wrong, "sslmode=prefer".to_owned(), None),
        (wrong, "sslmode=require".to_owned(), None),
        (wrong, format!("sslmode=require&{own}"), None),
        (right, format!("sslmode=require&{other}"), Some("UnknownIssuer")),
        (wrong, format!("sslmode=verify-ca&{own}"), None),
        (wrong, format!("sslmode=verify-ca&{other}"), Some("UnknownIssuer")),
        (right, format!("sslmode=verify-full&{own}"), None),
        (wrong, format!("sslmode=verify-full&{own}"), Some("not valid for name")),
        (right, format!("sslmode=verify-full&{other}"), Some("UnknownIssuer")),
        (right, "sslmode=verify-full".to_owned(), Some("invalid peer certificate")),
        (right, "sslmode=verify-full&sslrootcert=/nowhere".to_owned(), Some("/nowhere")),
        (right, "sslmode=perhaps".to_owned(), Some("sslmode")),
    ] {
        let found = refusal(&server.url(host, &options)).await;
        let is_right = match (&found, reason) {
            (None, None) => true,
            (Some(found), Some(reason)) => found.contains(reason),
            (Some(_), None) | (None, Some(_)) => false,
        };
        assert!(is_right, "{host} {options}: {found:?} in place of {reason:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_to_be_encrypted_is_and_a_plain_server_is_told_apart() {
    let server = TlsServer::start();
    for (options, encrypted) in [("sslmode=require", true), ("", true), ("sslmode=disable", false)]
    {
        let wanted = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
        let store = PostgresStore::open(&server.url("127.0.0.1", options), wanted).await.unwrap();
        farline_app::ports::Settings::put_setting(&store, "name", "value").await.unwrap();
        let counts = server.say(ENCRYPTED);
        let (with, without) = counts.split_once('|').unwrap();
        assert_eq!((with == "0", without == "0"), (!encrypted, encrypted), "{options}: {counts}");
        drop(store);
        while server.say(ENCRYPTED) != "0|0" {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
    server.say("ALTER SYSTEM SET ssl = off");
    server.say("SELECT pg_reload_conf()");
    while server.say("SHOW ssl") != "off" {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(refusal(&server.url("127.0.0.1", "sslmode=require")).await.is_some());
    assert_eq!(refusal(&server.url("127.0.0.1", "sslmode=prefer")).await, None);
}
