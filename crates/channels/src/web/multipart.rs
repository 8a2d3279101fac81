//! Reading `multipart/form-data` (RFC 7578), as browsers send a form with a file.

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The name of its field.
    pub name: String,
    /// What is in it.
    pub content: &'a [u8],
}

/// The boundary that a content type names; none, if it is another type (RFC 2046 §5.1.1).
pub fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = parameter(parameters, "boundary")?;
    (1..=70).contains(&value.len()).then_some(value)
}

/// The parts of a form, in its order. What is no whole part is passed over.
pub fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<Part<'a>> {
    if boundary.is_empty() {
        return Vec::new();
    }
    let mark = format!("--{boundary}");
    let between = format!("\r\n{mark}");
    let Some(mut rest) = body.strip_prefix(mark.as_bytes()) else { return Vec::new() };
    let mut found = Vec::new();
    // Behind the last mark stand two hyphens.
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let Some(end) = position(part, between.as_bytes()) else { break };
        let (whole, after) = part.split_at(end);
        found.extend(read(whole));
        rest = after.get(between.len()..).unwrap_or_default();
    }
    found
}

fn read(whole: &[u8]) -> Option<Part<'_>> {
    let end = position(whole, b"\r\n\r\n")?;
    let (head, content) = (whole.get(..end)?, whole.get(end + 4..)?);
    let head = std::str::from_utf8(head).ok()?;
    let disposition = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let (_, parameters) = disposition.split_once(';')?;
    let name = parameter(parameters, "name")?.to_owned();
    Some(Part { name, content })
}

/// The value of a parameter, which may be quoted. The names of our fields need no escapes.
fn parameter<'a>(parameters: &'a str, wanted: &str) -> Option<&'a str> {
    parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim();
        let bare = value.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(value);
        name.trim().eq_ignore_ascii_case(wanted).then_some(bare)
    })
}

fn position(octets: &[u8], wanted: &[u8]) -> Option<usize> {
    octets.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::{Part, boundary, parts};

    #[test]
    fn a_form_is_read_as_browsers_send_it() {
        let kind = "multipart/form-data; boundary=----geckoformboundary1a";
        let mark = boundary(kind).unwrap();
        let body = format!(
            "--{mark}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--{mark}\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"a;b.csv\"\r\n\
            Content-Type: text/csv\r\n\r\nreference\r\n\r\n--x\r\n\r\n--{mark}--\r\n"
        );
        let expected = [("csrf", "abc"), ("file", "reference\r\n\r\n--x\r\n")];
        let expected = expected
            .map(|(name, content)| Part { name: name.to_owned(), content: content.as_bytes() });
        assert_eq!(parts(body.as_bytes(), mark), expected);
    }

    #[test]
    fn what_is_no_form_has_no_parts() {
        for kind in ["text/csv", "multipart/form-data", "multipart/form-data; boundary=", ""] {
            assert_eq!(boundary(kind), None, "{kind}");
        }
        let cut = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc";
        let without_name = "--b\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--b--";
        for body in ["", "--b", "--b--", "abc", cut, without_name] {
            assert_eq!(parts(body.as_bytes(), "b"), [], "{body}");
        }
        assert_eq!(parts(b"--", ""), []);
    }
}
