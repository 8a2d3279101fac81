//! The little XML that Taobao's direct charge reads, in GBK.

use encoding_rs::GBK;

/// A document with one element for each pair. What GBK does not have stands as a reference.
pub(super) fn document(root: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("<?xml version=\"1.0\" encoding=\"GBK\"?>\n<{root}>\n");
    for (name, value) in fields {
        text.extend(["<", name, ">", &escaped(value), "</", name, ">\n"]);
    }
    text.extend(["</", root, ">\n"]);
    GBK.encode(&text).0.into_owned()
}

/// Text without signs that mean something in XML, and without those that may not stand there at all.
fn escaped(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_control())
        .map(|sign| match sign {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn what_was_asked_cannot_write_elements_of_its_own() {
        let written = document("root", &[("no", "1</no><a>&\u{1}"), ("reason", "没有")]);
        let expected = b"<?xml version=\"1.0\" encoding=\"GBK\"?>\n<root>\n\
            <no>1&lt;/no&gt;&lt;a&gt;&amp;</no>\n<reason>\xc3\xbb\xd3\xd0</reason>\n</root>\n";
        assert_eq!(written, expected);
    }
}
