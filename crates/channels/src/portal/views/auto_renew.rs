//! A card that renews itself: the box on its page, the form, what is agreed to, and the end of it.

use askama::Template;

use super::{PayMethod, ProvinceChoice, Tone};
use crate::portal::layout::{Layout, Section};

/// The box on a card's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoRenewBox {
    /// Whether the reader may turn it on, change it and turn it off.
    pub can_change: bool,
    /// What it does; none while it is off.
    pub standing: Option<AutoRenewStanding>,
}

/// An auto-renew that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoRenewStanding {
    /// `December 1, 10 a.m. (Toronto)`; none where no date is known.
    pub next: Option<String>,
    /// What it costs; empty where nobody can say.
    pub amount: String,
    /// The plan's name.
    pub plan: String,
    /// When it renews, as a sentence.
    pub when: String,
    /// `Visa ending in 4242`.
    pub how: String,
    /// What it is doing, in a sentence or two.
    pub news: String,
    /// How that is drawn.
    pub tone: Tone,
    /// Where to renew by hand, where it is the payer's turn.
    pub by_hand: Option<String>,
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value sent.
    pub value: String,
    /// What it says.
    pub label: String,
    /// More about it; may be empty.
    pub note: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// `GET /{lang}/cards/{id}/auto-renew`. Posts `plan`, `when`, `pay_with`, `cap_charge`, `cap_day`, `cap_month`, `suggested_for`
/// and, where the number does not decide, `province` to the same address.
#[derive(Debug, Template)]
#[template(path = "auto-renew.html")]
pub struct AutoRenewFormPage {
    /// The frame; errors belong to the fields named above.
    pub layout: Layout,
    /// The card's id.
    pub id: String,
    /// The card's name.
    pub nickname: String,
    /// The plans that carry its service on, the last bought first.
    pub plans: Vec<Choice>,
    /// Moments by date.
    pub by_date: Vec<Choice>,
    /// Moments by what is left; may be empty.
    pub by_left: Vec<Choice>,
    /// How it is paid.
    pub pay_with: Vec<PayMethod>,
    /// Whether a method can be saved first.
    pub can_save: bool,
    /// The most that may be taken: field, text key and value.
    pub caps: [(&'static str, String); 3],
    /// The plan from whose price they were suggested.
    pub suggested_for: String,
    /// The provinces of tax, where the number does not decide.
    pub provinces: Vec<ProvinceChoice>,
    /// The one chosen.
    pub province: String,
}

/// What somebody agrees to. Posts everything of the form again and what names the text, with `step` = `agree` and `agree` = `yes`; `step` = `form` goes
/// back to the form with what was entered.
#[derive(Debug, Template)]
#[template(path = "auto-renew-agree.html")]
pub struct AutoRenewAgreePage {
    /// The frame; an error belongs to `agree`.
    pub layout: Layout,
    /// The card's id.
    pub id: String,
    /// The card's name.
    pub nickname: String,
    /// When the first charge takes place; none where no date is known.
    pub first: Option<String>,
    /// What it costs.
    pub amount: String,
    /// The sentences, exactly as they are kept.
    pub sentences: Vec<String>,
    /// That the plan loses days when it is renewed early.
    pub loses: bool,
    /// The form, carried along: name and value.
    pub carried: Vec<(&'static str, String)>,
}

/// `GET /{lang}/cards/{id}/auto-renew/off`: says what ends. Posts nothing to the same address.
#[derive(Debug, Template)]
#[template(path = "auto-renew-off.html")]
pub struct AutoRenewOffPage {
    /// The frame.
    pub layout: Layout,
    /// The card's id.
    pub id: String,
    /// The card's name.
    pub nickname: String,
    /// What would have been next: date and amount.
    pub next: Option<(String, String)>,
    /// Whether a renewal is under way, which is finished all the same.
    pub is_charging: bool,
}
