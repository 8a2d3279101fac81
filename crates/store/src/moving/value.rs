//! Values and rows as text: a row is a JSON array, octets are hexadecimal, and nothing is `null`.

use super::shape::{Column, Kind};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::borrow::Cow;
use std::io::Write;

/// A value, whichever database it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// None.
    Nothing,
    /// A whole number.
    Number(i64),
    /// Text.
    Text(Cow<'a, str>),
    /// Octets.
    Octets(Cow<'a, [u8]>),
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Adds octets in hexadecimal.
fn write_octets(octets: &[u8], out: &mut Vec<u8>) {
    out.reserve(2 * octets.len());
    for octet in octets {
        out.push(DIGITS[usize::from(octet >> 4)]);
        out.push(DIGITS[usize::from(octet & 15)]);
    }
}

/// Octets in hexadecimal.
pub(crate) fn hexadecimal(octets: &[u8]) -> String {
    let mut text = Vec::new();
    write_octets(octets, &mut text);
    text.into_iter().map(char::from).collect()
}

fn octets_of(text: &str) -> Option<Vec<u8>> {
    let digit = |letter: u8| DIGITS.iter().position(|digit| *digit == letter);
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(16 * digit(*high)? + digit(*low)?).ok(),
        _ => None,
    });
    pairs.collect()
}

impl Value<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        // Writing into memory cannot fail, and text is always JSON.
        match self {
            Self::Nothing => out.extend_from_slice(b"null"),
            Self::Number(number) => drop(write!(out, "{number}")),
            Self::Text(text) => drop(serde_json::to_writer(out, text.as_ref())),
            Self::Octets(octets) => {
                out.push(b'"');
                write_octets(octets, out);
                out.push(b'"');
            }
        }
    }
}

/// Writes a row, without the end of its line.
pub(crate) fn write_row(values: &[Value<'_>], out: &mut Vec<u8>) {
    out.push(b'[');
    for (place, value) in values.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        value.write(out);
    }
    out.push(b']');
}

/// Reads a row of these columns. What is wrong with it is told without what it holds.
pub(crate) fn read_row<'a>(line: &'a [u8], columns: &[Column]) -> Result<Vec<Value<'a>>, String> {
    let words: Vec<Word<'a>> =
        serde_json::from_slice(line).map_err(|_| "it is not a row of values".to_owned())?;
    if words.len() != columns.len() {
        return Err(format!("it has {} values for {} columns", words.len(), columns.len()));
    }
    let pairs = words.into_iter().zip(columns);
    pairs.map(|(word, column)| value_of(word, column)).collect()
}

fn value_of<'a>(word: Word<'a>, column: &Column) -> Result<Value<'a>, String> {
    match (word, column.kind) {
        (Word::Nothing, _) => Ok(Value::Nothing),
        (Word::Number(number), Kind::Number) => Ok(Value::Number(number)),
        (Word::Text(text), Kind::Text) => Ok(Value::Text(text)),
        (Word::Text(text), Kind::Octets) => {
            let octets = octets_of(&text);
            let octets = octets.ok_or_else(|| format!("{} is not hexadecimal", column.name))?;
            Ok(Value::Octets(Cow::Owned(octets)))
        }
        (Word::Number(_), Kind::Text | Kind::Octets) | (Word::Text(_), Kind::Number) => {
            Err(format!("{} is of another kind", column.name))
        }
    }
}

/// What stands in JSON, borrowed where nothing in it is escaped.
enum Word<'a> {
    Nothing,
    Number(i64),
    Text(Cow<'a, str>),
}

impl<'de> Deserialize<'de> for Word<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Word<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("null, a whole number or text")
    }

    fn visit_unit<E: Error>(self) -> Result<Word<'de>, E> {
        Ok(Word::Nothing)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Word<'de>, E> {
        Ok(Word::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Word<'de>, E> {
        let narrowed = i64::try_from(number);
        let too_large = |_| E::invalid_value(Unexpected::Unsigned(number), &self);
        Ok(Word::Number(narrowed.map_err(too_large)?))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Word<'de>, E> {
        Ok(Word::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Word<'de>, E> {
        Ok(Word::Text(Cow::Owned(text.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Kind, Value, read_row, write_row};
    use std::borrow::Cow;

    fn columns() -> Vec<Column> {
        [("a", Kind::Number), ("b", Kind::Text), ("c", Kind::Octets)]
            .map(|(name, kind)| Column { name: name.to_owned(), kind })
            .into()
    }

    #[test]
    fn every_value_comes_back_as_it_was() {
        let text = |text: &'static str| Value::Text(Cow::Borrowed(text));
        let octets = |octets: Vec<u8>| Value::Octets(Cow::Owned(octets));
        let everything = octets((0..=255).collect());
        for row in [
            [Value::Number(i64::MIN), text(""), octets(vec![])],
            [Value::Number(i64::MAX), text("远游卡 é \"\\\n\t\u{1}\u{7f}\u{2028}"), everything],
            [Value::Number(0), text("null"), octets(vec![0])],
            [Value::Nothing, Value::Nothing, Value::Nothing],
        ] {
            let mut line = Vec::new();
            write_row(&row, &mut line);
            assert!(!line.contains(&b'\n'));
            assert_eq!(read_row(&line, &columns()).unwrap(), row);
        }
    }

    #[test]
    fn what_is_not_a_row_is_told_without_what_it_holds() {
        for (line, why) in [
            ("[1,\"secret\"]", "it has 2 values for 3 columns"),
            ("[1,\"secret\",\"0g\"]", "c is not hexadecimal"),
            ("[1,\"secret\",\"012\"]", "c is not hexadecimal"),
            ("[\"secret\",\"\",\"\"]", "a is of another kind"),
            ("[1,2,\"\"]", "b is of another kind"),
            ("[1.5,\"secret\",\"\"]", "it is not a row of values"),
            ("[9223372036854775808,\"secret\",\"\"]", "it is not a row of values"),
            ("[1,\"secret\",\"\"", "it is not a row of values"),
        ] {
            assert_eq!(read_row(line.as_bytes(), &columns()).unwrap_err(), why, "{line}");
        }
    }
}
