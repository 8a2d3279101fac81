//! TwiML: XML that tells a carrier what to do with a call or a message. Text gets into it by [`Xml::text`] alone, so nothing
//! that a caller, a catalogue or a supplier writes can become an instruction.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// A piece of well-formed XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Xml(String);

impl Xml {
    /// Text, as text.
    pub fn text(text: &str) -> Self {
        Self(escaped(text))
    }

    /// An element. Its name and the names of its attributes are ours, their values anybody's.
    pub fn element(
        name: &'static str,
        attributes: &[(&'static str, &str)],
        inside: &[Self],
    ) -> Self {
        let mut xml = format!("<{name}");
        for (attribute, value) in attributes {
            xml.extend([" ", attribute, "=\"", &escaped(value), "\""]);
        }
        if inside.is_empty() {
            xml.push_str("/>");
            return Self(xml);
        }
        xml.push('>');
        xml.extend(inside.iter().map(|piece| piece.0.as_str()));
        xml.extend(["</", name, ">"]);
        Self(xml)
    }

    /// A whole document of these instructions.
    pub fn document(instructions: &[Self]) -> String {
        let response = Self::element("Response", &[], instructions);
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{}", response.0)
    }
}

/// What XML 1.0 cannot carry at all is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' => escaped.push_str("&#10;"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(sign),
        }
    }
    escaped
}

/// Instructions as an answer.
pub(super) fn answer(instructions: &[Xml]) -> Response {
    ([(CONTENT_TYPE, "text/xml; charset=utf-8")], Xml::document(instructions)).into_response()
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn text_stays_text() {
        let table = [
            ("5 GB & <more>", "5 GB &amp; &lt;more&gt;"),
            ("</Say><Dial>+1900</Dial>", "&lt;/Say&gt;&lt;Dial&gt;+1900&lt;/Dial&gt;"),
            ("]]>", "]]&gt;"),
            ("a\u{0}b\u{b}c\u{85}d\u{fffe}e", "abcde"),
            ("one\ntwo", "one&#10;two"),
            ("续航 &amp;", "续航 &amp;amp;"),
        ];
        for (text, expected) in table {
            let said = Xml::element("Say", &[("voice", text)], &[Xml::text(text)]);
            let expected = format!("<Say voice=\"{expected}\">{expected}</Say>");
            assert_eq!(said, Xml(expected), "{text}");
        }
        let quoted = Xml::element("Say", &[("voice", "\" onx='")], &[]);
        assert_eq!(quoted, Xml("<Say voice=\"&quot; onx=&apos;\"/>".to_owned()));
        let document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";
        assert_eq!(Xml::document(&[]), document);
    }
}
