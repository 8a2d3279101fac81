//! Which column stands where.

use crate::imports::fault::{listed, quoted};
use csv::ByteRecord;
use farline_domain::kernel::AllowanceKind;

macro_rules! columns {
    ($($column:ident $name:literal;)*) => {
        /// A column of the file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Column { $($column,)* }

        impl Column {
            /// Every column, in the order the README tells them.
            const ALL: &[Self] = &[$(Self::$column),*];

            /// The name in the first row.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$column => $name,)* }
            }
        }
    };
}

columns! {
    Number "number";
    Iccid "iccid";
    Operator "operator";
    Province "province";
    Language "language";
    ActivatedOn "activated_on";
    ExpiresOn "expires_on";
    AnniversaryDay "anniversary_day";
    Pin "pin";
    Puk "puk";
    DataGranted "data_granted";
    DataUsed "data_used";
    VoiceGranted "voice_granted";
    VoiceUsed "voice_used";
    MessagesGranted "messages_granted";
    MessagesUsed "messages_used";
    CreditGranted "credit_granted";
    CreditUsed "credit_used";
    Zone "zone";
    HolderName "holder_name";
}

/// How many of [`Column::ALL`], from the first, every file has.
const REQUIRED: usize = 10;

impl Column {
    /// The columns of a balance: granted and used.
    pub(super) const fn of_kind(kind: AllowanceKind) -> (Self, Self) {
        match kind {
            AllowanceKind::Data => (Self::DataGranted, Self::DataUsed),
            AllowanceKind::Voice => (Self::VoiceGranted, Self::VoiceUsed),
            AllowanceKind::Messages => (Self::MessagesGranted, Self::MessagesUsed),
            AllowanceKind::Credit => (Self::CreditGranted, Self::CreditUsed),
        }
    }
}

/// Where each column stands in the file.
pub(super) struct Columns {
    places: Vec<Option<usize>>,
    count: usize,
}

impl Columns {
    /// Understands a header; the reasons why not, otherwise.
    pub(super) fn of(header: &ByteRecord) -> Result<Self, Vec<String>> {
        let mut places = vec![None; Column::ALL.len()];
        let mut reasons = Vec::new();
        for (place, cell) in header.iter().enumerate() {
            let text = String::from_utf8_lossy(cell);
            let name = text.trim_start_matches('\u{feff}').trim().to_lowercase().replace(' ', "_");
            match Column::ALL.iter().position(|column| column.name() == name) {
                None => reasons.push(format!(
                    "there is no column {}; the columns are {}",
                    quoted(text.trim()),
                    Column::ALL.iter().map(|column| column.name()).collect::<Vec<_>>().join(", ")
                )),
                Some(column) if places[column].is_some() => {
                    reasons.push(format!("the column {name} stands here twice"));
                }
                Some(column) => places[column] = Some(place),
            }
        }
        let missing = places.iter().zip(Column::ALL).take(REQUIRED);
        let missing: Vec<&str> =
            missing.filter(|(place, _)| place.is_none()).map(|(_, column)| column.name()).collect();
        if !missing.is_empty() {
            let verb = if missing.len() == 1 { "column is" } else { "columns are" };
            let missing = listed(missing.into_iter());
            reasons.push(format!("the {verb} missing: {missing} (a cell may be empty)"));
        }
        let count = header.len();
        if reasons.is_empty() { Ok(Self { places, count }) } else { Err(reasons) }
    }

    /// How many columns the file has.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Where a column stands, if the file has it.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        let place = Column::ALL.iter().position(|other| *other == column)?;
        self.places.get(place).copied().flatten()
    }
}
