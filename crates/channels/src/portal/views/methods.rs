//! The saved methods of an account.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/account/methods`, and the page to which a provider sends back. Posts `provider` to the same address, which
/// leads to that provider's page.
#[derive(Debug, Template)]
#[template(path = "methods.html")]
pub struct MethodsPage {
    /// The frame.
    pub layout: Layout,
    /// Oldest first.
    pub methods: Vec<MethodLine>,
    /// The providers that keep methods: name and label.
    pub providers: Vec<(String, String)>,
}

/// A saved method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodLine {
    /// The id in the address of *remove*.
    pub id: String,
    /// `Visa ending in 4242`.
    pub label: String,
    /// `Good until 12/2027`; empty for what has no end.
    pub good_until: String,
    /// `Saved on November 1, 2026`.
    pub since: String,
    /// The cards that renew themselves with it: `Renews: Mother's card`; may be empty.
    pub used_by: String,
    /// Why it cannot be used; empty where it can.
    pub note: String,
}

/// `GET /{lang}/account/methods/{id}/remove`: asks once. Posts nothing to the same address.
#[derive(Debug, Template)]
#[template(path = "method-forget.html")]
pub struct ForgetMethodPage {
    /// The frame.
    pub layout: Layout,
    /// The method's id.
    pub id: String,
    /// `Visa ending in 4242`.
    pub label: String,
    /// The cards whose auto-renew ends with it, as one list; empty if there are none.
    pub ends: String,
}
