//! The use cases and their words, tested as data.

mod charging;
mod imports;
mod subjects;
mod wording;
