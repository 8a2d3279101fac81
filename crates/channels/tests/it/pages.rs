//! Every portal page in every state and language, written from sample data.
//!
//! They are written to the folder named by `FARLINE_PAGES_DIR`, or else the tests' own, as `{lang}/{page}.html`.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod account_samples;
mod compare_samples;
mod desk_call_samples;
mod desk_money_samples;
mod desk_partner_samples;
mod desk_plan_samples;
mod desk_samples;
mod desk_supervise_samples;
mod keep_samples;
mod keypad_samples;
mod markup;
mod order_samples;
mod partner_samples;
mod promotion_samples;
mod redeem_samples;
mod renewing_samples;
mod samples;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use farline_channels::desk::script;
use farline_channels::portal::layout::{self, Page};
use farline_domain::kernel::Language;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What one page may weigh, compressed: the footer of every page says so.
const PAGE_OCTETS: usize = 10_000;

/// What the first page may weigh, compressed. The product promises 14,000.
const FIRST_PAGE_OCTETS: usize = 7_500;

fn pages(language: Language) -> Vec<(String, String)> {
    let mut all = samples::guest(language);
    all.extend(order_samples::all(language));
    all.extend(account_samples::all(language));
    all.extend(redeem_samples::pages(language));
    all.extend(keep_samples::pages(language));
    all.extend(renewing_samples::all(language));
    all.extend(partner_samples::all(language));
    all.extend(desk_samples::all(language));
    all.extend(desk_call_samples::all(language));
    all.extend(desk_money_samples::all(language));
    all.extend(desk_partner_samples::all(language));
    all.extend(desk_plan_samples::all(language));
    all.extend(promotion_samples::all(language));
    all.extend(compare_samples::pages(language));
    all.extend(desk_supervise_samples::all(language));
    all
}

fn compressed(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn every_page_is_whole_in_every_language() {
    let mut counts = BTreeSet::new();
    for language in Language::ALL {
        let all = pages(language);
        counts.insert(all.len());
        for (name, html) in &all {
            let place = format!("{}/{name}", language.path());
            assert!(!html.contains('⟦'), "{place}: a text is missing: {}", excerpt(html, '⟦'));
            if let Err(fault) = markup::check(html) {
                panic!("{place}: {fault}");
            }
            assert!(
                html.starts_with(&format!("<!doctype html>\n<html lang=\"{}\">", language.tag()))
            );
            assert_eq!(html.matches("<h1").count(), 1, "{place}: one h1");
            for other in Language::ALL.into_iter().filter(|other| *other != language) {
                assert!(
                    html.contains(&format!("hreflang=\"{}\"", other.tag())),
                    "{place}: {}",
                    other.tag()
                );
            }
        }
    }
    assert_eq!(counts.len(), 1, "every language has the same pages");
}

#[test]
fn pages_keep_the_content_security_policy() {
    for language in Language::ALL {
        for (name, html) in pages(language) {
            for attribute in markup::attributes(&html) {
                let forbidden = attribute == "style" || attribute.starts_with("on");
                assert!(!forbidden, "{name}: the attribute {attribute}");
            }
            // The one script there is stands in the page as it is allowed.
            let script = format!("<script>{}</script>", script::passkey());
            assert!(!html.replacen(&script, "", 1).contains("<script"), "{name}: a script");
            assert_eq!(html.matches("<style>").count(), 1, "{name}: one style sheet");
        }
    }
    assert!(layout::style_csp_hash().starts_with("'sha256-"));
}

#[test]
fn the_digest_is_that_of_the_style_sheet_sent() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let (_, html) = pages(Language::EnCa).remove(0);
    let (_, rest) = html.split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    let digest =
        base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style.as_bytes()));
    assert_eq!(layout::style_csp_hash(), format!("'sha256-{digest}'"));
}

#[test]
fn pages_are_light() {
    for language in Language::ALL {
        for (name, html) in pages(language) {
            let octets = compressed(&html);
            assert!(octets <= PAGE_OCTETS, "{}/{name}: {octets} octets", language.path());
            if name == "home" {
                assert!(octets <= FIRST_PAGE_OCTETS, "{}/{name}: {octets} octets", language.path());
            }
        }
    }
}

#[test]
fn every_text_named_in_a_template_exists_in_every_language() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut keys = BTreeSet::new();
    let files =
        [folder.clone(), folder.join("desk")].map(|folder| std::fs::read_dir(folder).unwrap());
    for entry in files.into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let source = std::fs::read_to_string(path).unwrap();
        for call in ["say(\"", "say_with(\"", "say_both(\"", "say_count(\"", "say_strong(\""] {
            let found = source.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            keys.extend(found.map(str::to_owned));
        }
    }
    assert!(keys.len() > 200, "only {} keys were found in the templates", keys.len());
    for language in Language::ALL {
        let known: BTreeSet<String> = farline_texts::keys(language).into_iter().collect();
        let missing: Vec<_> = keys.difference(&known).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", language.tag());
    }
}

#[test]
fn forms_of_the_signed_in_carry_the_session_value() {
    for (name, html) in pages(Language::EnCa) {
        let posts = html.matches("method=\"post\"").count();
        let values = html.matches("name=\"csrf\"").count();
        let signed_in = html.contains("/en/account\"") || html.contains("/en/desk/sign-out\"");
        assert_eq!(values, if signed_in { posts } else { 0 }, "{name}");
    }
}

#[test]
fn the_pages_can_be_looked_at() {
    let tests_own = || format!("{}/pages", env!("CARGO_TARGET_TMPDIR"));
    let folder = std::env::var("FARLINE_PAGES_DIR").unwrap_or_else(|_| tests_own());
    for language in Language::ALL {
        let folder = Path::new(&folder).join(language.path());
        std::fs::create_dir_all(&folder).unwrap();
        let all = pages(language);
        let names: BTreeSet<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), all.len(), "two pages have one name");
        for (name, html) in &all {
            std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
        }
    }
}

#[test]
fn what_people_type_is_text_and_not_markup() {
    let html = samples::home_after_an_error(Language::EnCa, "<b onfocus=x>\"").html();
    assert!(!html.contains("<b onfocus"));
    assert!(html.contains("&#60;b onfocus=x&#62;&#34;"));
}

#[test]
fn an_empty_field_is_empty() {
    let all = pages(Language::EnCa);
    let (_, html) = all.iter().find(|(name, _)| name == "helpers").unwrap();
    assert!(html.contains("<input id=\"name\" name=\"name\" value=\"\" "));
}

fn excerpt(html: &str, mark: char) -> String {
    let at = html.find(mark).unwrap_or(0);
    html.chars().skip(html[..at].chars().count()).take(60).collect()
}
