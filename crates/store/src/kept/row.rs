//! A row as a database gives it, read by position, so that one reading of a table serves both.

use super::Unreadable;
use super::values::date_of;
use farline_domain::kernel::Instant;
use jiff::civil::Date;

fn missing(column: usize) -> Unreadable {
    Unreadable(format!("column {column} is empty"))
}

/// One row. Whole numbers of every width are read as 64 bits and narrowed with a check.
pub(crate) trait Row {
    /// What goes wrong in this database.
    type Fault: From<Unreadable>;

    /// Text, or nothing.
    fn some_text(&self, column: usize) -> Result<Option<&str>, Self::Fault>;

    /// A whole number, or nothing.
    fn some_number(&self, column: usize) -> Result<Option<i64>, Self::Fault>;

    /// Octets, or nothing.
    fn some_octets(&self, column: usize) -> Result<Option<&[u8]>, Self::Fault>;

    /// Text.
    fn text(&self, column: usize) -> Result<&str, Self::Fault> {
        Ok(self.some_text(column)?.ok_or_else(|| missing(column))?)
    }

    /// A whole number.
    fn number(&self, column: usize) -> Result<i64, Self::Fault> {
        Ok(self.some_number(column)?.ok_or_else(|| missing(column))?)
    }

    /// Octets.
    fn octets(&self, column: usize) -> Result<&[u8], Self::Fault> {
        Ok(self.some_octets(column)?.ok_or_else(|| missing(column))?)
    }

    /// A number of a narrower type, or nothing.
    fn some_small<T: TryFrom<i64>>(&self, column: usize) -> Result<Option<T>, Self::Fault> {
        let narrowed = self.some_number(column)?.map(|number| {
            T::try_from(number).map_err(|_| Unreadable(format!("{number} is out of range")))
        });
        Ok(narrowed.transpose()?)
    }

    /// A number of a narrower type.
    fn small<T: TryFrom<i64>>(&self, column: usize) -> Result<T, Self::Fault> {
        Ok(self.some_small(column)?.ok_or_else(|| missing(column))?)
    }

    /// So many octets, or nothing.
    fn some_array<const N: usize>(&self, column: usize) -> Result<Option<[u8; N]>, Self::Fault> {
        let array = self.some_octets(column)?.map(|octets| {
            <[u8; N]>::try_from(octets)
                .map_err(|_| Unreadable(format!("{} octets in place of {N}", octets.len())))
        });
        Ok(array.transpose()?)
    }

    /// So many octets.
    fn array<const N: usize>(&self, column: usize) -> Result<[u8; N], Self::Fault> {
        Ok(self.some_array(column)?.ok_or_else(|| missing(column))?)
    }

    /// An instant.
    fn instant(&self, column: usize) -> Result<Instant, Self::Fault> {
        Ok(Instant::from_millis(self.number(column)?))
    }

    /// A date, or nothing.
    fn some_date(&self, column: usize) -> Result<Option<Date>, Self::Fault> {
        Ok(self.some_small(column)?.map(date_of).transpose()?)
    }
}
