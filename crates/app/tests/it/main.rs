//! The use cases and their words, tested as data.

mod imports;
mod wording;
