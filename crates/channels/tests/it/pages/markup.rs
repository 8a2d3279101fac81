//! A small reader of the HTML that the templates write: enough to tell whether elements are well nested, attributes
//! are quoted and unique, and every `id` that is referred to exists once.

use std::collections::BTreeSet;

const VOID: [&str; 5] = ["meta", "link", "input", "br", "hr"];

/// The faults a person would not see in a browser: the first one found.
pub(crate) fn check(html: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    for tag in tags(html) {
        if let Some(name) = tag.strip_prefix('/') {
            let expected = open.pop().unwrap_or_default();
            if expected != name.trim() {
                return Err(format!("</{name}> closes <{expected}>"));
            }
            continue;
        }
        let name: String =
            tag.chars().take_while(|one| !one.is_whitespace() && *one != '/').collect();
        unique_attributes(tag)?;
        if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    if let Some(name) = open.pop() {
        return Err(format!("<{name}> is not closed"));
    }
    references(html)
}

/// The names of all attributes, as often as they occur.
pub(crate) fn attributes(html: &str) -> Vec<String> {
    tags(html).into_iter().flat_map(pairs).map(|(name, _)| name).collect()
}

/// What stands between `<` and `>`, quotes respected; the contents of `<style>` are skipped.
fn tags(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html.split_once('>').map_or("", |(_, body)| body);
    while let Some((_, after)) = rest.split_once('<') {
        let mut quoted = false;
        let end = after
            .char_indices()
            .find(|(_, one)| {
                quoted ^= *one == '"';
                *one == '>' && !quoted
            })
            .map_or(after.len(), |(index, _)| index);
        let tag = &after[..end];
        found.push(tag);
        rest = &after[end..];
        if tag == "style" {
            rest = rest.split_once("</style").map_or("", |(_, tail)| tail);
            found.push("/style");
        }
    }
    found
}

fn pairs(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim_start();
    while !rest.is_empty() && rest != "/" {
        let end = rest.find(|one: char| one == '=' || one.is_whitespace()).unwrap_or(rest.len());
        let (name, tail) = rest.split_at(end);
        if let Some(value_on) = tail.strip_prefix("=\"") {
            let (value, after) = value_on.split_once('"').unwrap_or((value_on, ""));
            found.push((name.to_owned(), value.to_owned()));
            rest = after.trim_start();
        } else {
            found.push((name.to_owned(), String::new()));
            rest = tail.trim_start_matches('=').trim_start();
        }
    }
    found
}

fn unique_attributes(tag: &str) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for (name, _) in pairs(tag) {
        if !seen.insert(name.clone()) {
            return Err(format!("<{tag}> has {name} twice"));
        }
    }
    Ok(())
}

fn references(html: &str) -> Result<(), String> {
    let all: Vec<(String, String)> = tags(html).into_iter().flat_map(pairs).collect();
    let mut ids = BTreeSet::new();
    for (_, value) in all.iter().filter(|(name, _)| name == "id") {
        if !ids.insert(value.as_str()) {
            return Err(format!("the id {value} stands twice"));
        }
    }
    let referring = ["for", "form", "aria-labelledby", "aria-describedby"];
    let named = all.iter().filter(|(name, _)| referring.contains(&name.as_str()));
    let linked =
        all.iter().filter(|(name, _)| name == "href").filter_map(|(_, to)| to.strip_prefix('#'));
    let wanted = named.flat_map(|(_, value)| value.split_whitespace()).chain(linked);
    for id in wanted {
        if !ids.contains(id) {
            return Err(format!("nothing has the id {id}"));
        }
    }
    Ok(())
}

#[test]
fn the_reader_sees_faults() {
    assert!(check("<!doctype html><p>a<b>c</b></p>").is_ok());
    let faults = [
        "<!doctype html><p><b></p></b>",
        "<!doctype html><p>",
        "<!doctype html><p id=\"a\"></p><p id=\"a\"></p>",
        "<!doctype html><label for=\"x\"></label>",
        "<!doctype html><p class=\"a\" class=\"b\"></p>",
    ];
    for fault in faults {
        assert!(check(fault).is_err(), "{fault}");
    }
}
