//! Values as PostgreSQL takes them.

use farline_domain::kernel::{Cell, Cells, LineId};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, accepts, to_sql_checked};

/// Octets of a fixed number: ids, digests and keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Octets<const N: usize>(pub(crate) [u8; N]);

impl<const N: usize> ToSql for Octets<N> {
    fn to_sql(
        &self,
        of: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        <&[u8] as ToSql>::to_sql(&self.0.as_slice(), of, out)
    }

    accepts!(BYTEA);
    to_sql_checked!();
}

/// An id as a parameter.
pub(crate) type Id = Octets<16>;
/// A digest as a parameter.
pub(crate) type Hash = Octets<32>;

/// The cell as stored: below 1024.
pub(crate) fn cell_of(cell: Cell) -> i16 {
    i16::try_from(cell.number()).unwrap_or(i16::MAX)
}

/// The first and the last of some cells as stored.
pub(crate) fn range_of(cells: Cells) -> [i16; 2] {
    [cells.first, cells.last].map(|cell| i16::try_from(cell).unwrap_or(i16::MAX))
}

/// The cell of a directory's key: a hash of the key.
pub(crate) fn cell_of_key(key: &[u8]) -> i16 {
    cell_of(Cell::of(key))
}

/// A line's cell and id as parameters.
pub(crate) fn line_key(line: LineId) -> (i16, Id) {
    (cell_of(line.cell()), Octets(line.to_bytes()))
}

/// A count as stored.
pub(crate) fn count_of(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Names the columns of rows that are written together, each as one array.
macro_rules! columns {
    ($($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty,)* })*) => {
        $($(#[$meta])*
        #[derive(Default)]
        pub(crate) struct $name { $($field: Vec<$type>,)* }

        impl $name {
            /// Adds a row.
            fn push(&mut self, ($($field,)*): ($($type,)*)) {
                $(self.$field.push($field);)*
            }

            /// The arrays after the cell of the commit, if there is any row.
            fn parameters<'a>(
                &'a self,
                cell: &'a i16,
            ) -> Option<Vec<&'a (dyn tokio_postgres::types::ToSql + Sync)>> {
                let arrays: Vec<&'a (dyn tokio_postgres::types::ToSql + Sync)> =
                    vec![cell, $(&self.$field),*];
                (!self.cell.is_empty()).then_some(arrays)
            }
        })*
    };
}
pub(crate) use columns;
