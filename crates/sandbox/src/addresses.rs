//! The merchant's addresses that a page leads back to.

use reqwest::Url;

/// An absolute http or https address without credentials, or a path on the same host; in its
/// normal form, which fits a `Location` header.
pub(crate) fn read(text: &str) -> Option<String> {
    if is_path(text) {
        return Some(text.to_owned());
    }
    let url = Url::parse(text).ok()?;
    let host = url.host_str()?;
    // The origin is repeated in a Content-Security-Policy, where these would end a directive.
    let plain = !host.contains([';', ',', '\'', '"']);
    let web = matches!(url.scheme(), "http" | "https");
    let anonymous = url.username().is_empty() && url.password().is_none();
    (web && plain && anonymous).then(|| url.to_string())
}

fn is_path(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && text.chars().all(|character| character.is_ascii_graphic())
}

/// The origin that a form on our page must be allowed to be redirected to; none for a path.
pub(crate) fn origin(address: &str) -> Option<String> {
    Some(Url::parse(address).ok()?.origin().ascii_serialization())
}

/// The path part of the public prefix, without a slash at its end.
pub(crate) fn prefix_path(base_url: &str) -> String {
    let path = match Url::parse(base_url) {
        Ok(url) => url.path().to_owned(),
        Err(_) => base_url.to_owned(),
    };
    path.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{origin, prefix_path, read};

    #[test]
    fn only_web_addresses_and_own_paths_are_taken() {
        let table = [
            ("http://127.0.0.1:8080/orders/1?x=1", true),
            ("https://shop.example/café", true),
            ("/orders/1?done=1", true),
            ("//evil.example/", false),
            ("/\\evil.example/", false),
            ("javascript:alert(1)", false),
            ("https://user:secret@shop.example/", false),
            ("https://a;b.example/", false),
            ("/orders/\r\nSet-Cookie: a=b", false),
            ("", false),
        ];
        for (text, expected) in table {
            assert_eq!(read(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn origins_and_prefixes() {
        assert_eq!(origin("https://shop.example/a?b").as_deref(), Some("https://shop.example"));
        assert_eq!(origin("/orders/1"), None);
        assert_eq!(prefix_path("http://127.0.0.1:8080/sandbox/"), "/sandbox");
        assert_eq!(prefix_path("/sandbox"), "/sandbox");
        assert_eq!(prefix_path("http://127.0.0.1:8080"), "");
    }
}
