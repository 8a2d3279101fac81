//! The part of an order's page on which a caller types a bank card.

/// How a bank card that is typed on the telephone stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeypadView {
    /// The class of its box.
    pub tone: &'static str,
    /// How it stands, and what to do.
    pub says: String,
    /// What is typed and what is not; empty before it began.
    pub rows: Vec<KeypadRow>,
    /// What can be done.
    pub buttons: Vec<KeypadButton>,
    /// Whether the page looks again by itself.
    pub looks_again: bool,
}

/// A field of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeypadRow {
    /// Its name.
    pub label: String,
    /// How it stands: the last four digits at most.
    pub stands: String,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeypadButton {
    /// Its word.
    pub code: &'static str,
    /// What it says.
    pub label: String,
    /// Whether it is what comes next: the Enter key does it.
    pub is_next: bool,
}
