//! The holder of a line agrees to its renewing itself.

use crate::accounts::{HolderOf, orders::reachable};
use crate::orders::{Buyer, CREDIT, place::second_eight};
use crate::ports::lines::LineView;
use crate::ports::records::Contact;
use crate::problem::MoneyWord;
use crate::quotes::{self, Promoting, QuoteRequest, province_of};
use crate::wording::auto_renew::{CONSENT_VERSION, Terms, consent_sentences, consent_text};
use crate::wording::business::Business;
use crate::{App, Problem, ProblemCode, lines, methods};
use farline_domain::auto_renew::{AutoRenew, Caps, Consent, Due, Means, Trigger};
use farline_domain::catalog::{Catalogue, Plan, PlanCode, StartRule};
use farline_domain::commands::{Actor, Agreement, LineCommand, check_terms};
use farline_domain::kernel::{
    AccountId, ContactId, Instant, Language, LineId, Money, Province, SavedMethodId,
};
use farline_domain::lines::Line;
use farline_domain::notices::Medium;
use farline_domain::orders::{Payer, Quote};
use farline_domain::payments::SavedMethod;
use sha2::{Digest as _, Sha256};

/// The word for a link that is paid with one tap.
pub const LINK: &str = "link";

/// The yes of the holder to the text. Nothing is ever ticked beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Yes {
    /// It was not said.
    Missing,
    /// Said to a text that we gave: it is repeated which.
    To(TextShown),
}

/// Which text somebody read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextShown {
    /// The version of its wording.
    pub version: String,
    /// SHA-256 of its octets, in hexadecimal: it says that amounts, dates and the method were these, too.
    pub fingerprint: String,
}

impl TextShown {
    /// Of a text as it is made now.
    pub fn of(text: &str) -> Self {
        let mut fingerprint = String::with_capacity(64);
        for octet in Sha256::digest(text) {
            let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
            fingerprint.extend([octet >> 4, octet & 15].into_iter().filter_map(digit));
        }
        Self::of_this_version(fingerprint)
    }

    /// The text of this version's wording with that fingerprint.
    pub fn of_this_version(fingerprint: String) -> Self {
        Self { version: CONSENT_VERSION.to_owned(), fingerprint }
    }
}

/// What the holder wants.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The plan's code.
    pub plan: PlanCode,
    /// How it is paid.
    pub means: Means,
    /// When.
    pub trigger: Trigger,
    /// How much at most.
    pub caps: Caps,
    /// The language it is agreed in.
    pub language: Language,
    /// The province of tax, for a line that does not tell.
    pub province: Option<Province>,
    /// That the holder has read the text and said yes to it.
    pub yes: Yes,
    /// The network address it comes from.
    pub address: Option<String>,
    /// Of a wish that may be sent again: what it is known by, and when it was sent first. The same seed agrees once.
    pub seed: Option<([u8; 16], Instant)>,
}

/// Reads by which means it is to be paid: `credit`, `link`, or the id of a saved method of the account.
pub async fn means_of(app: &App, account: AccountId, wanted: &str) -> Result<Means, Problem> {
    match wanted {
        CREDIT => Ok(Means::LineCredit),
        LINK => Ok(Means::PayLink),
        id => {
            let unknown = || Problem::of(ProblemCode::FieldInvalid).in_field("pay_with");
            let id = SavedMethodId::parse(id).ok_or_else(unknown)?;
            let method = methods::usable(app, account, id).await?;
            Ok(Means::Saved(method.kept()))
        }
    }
}

/// The plans with which a line can renew itself: those that carry on its service.
pub fn offered<'a>(catalogue: &'a Catalogue, line: &Line, now: Instant) -> Vec<&'a Plan> {
    let Some(operator) = catalogue.operators.get(&line.operator) else { return Vec::new() };
    let sold = catalogue.plans_of(&line.operator, operator.lifecycle.today(now));
    sold.into_iter().filter(|plan| carries_on(plan.start_rule)).collect()
}

/// Whether a plan that starts so carries on a line's service.
fn carries_on(start: StartRule) -> bool {
    start != StartRule::AddValue
}

/// What is shown before somebody agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The sentences, exactly as they would be kept.
    pub sentences: Vec<String>,
    /// All of them as one text.
    pub text: String,
    /// What the plan costs now, with tax.
    pub total: Money,
    /// When the first charge would take place, as far as is known.
    pub first: Option<Instant>,
}

/// What would be agreed to, refused where it could never work. Nothing is turned on.
pub async fn preview(app: &App, holder: HolderOf, wish: Wish) -> Result<Preview, Problem> {
    let payer = Payer {
        contact: ContactId::mint(app.now(), holder.line().cell(), app.randomness.bits()),
        media: Vec::new(),
        account: Some(holder.account()),
    };
    let draft = draft(app, holder, (wish, payer)).await?;
    let terms = (draft.quote.price.total, draft.quote.offer.start_rule);
    check_terms(&draft.consent, terms)?;
    let sentences = draft.worded(app, consent_sentences)?;
    let text = draft.worded(app, consent_text)?;
    let Draft { consent, quote, view, .. } = draft;
    let catalogue = app.store.catalogue();
    let rule = &lines::operator_of(&catalogue, &view.line)?.lifecycle;
    let settled = view.auto_renew.and_then(|before| before.settled);
    let standing = AutoRenew { settled, ..AutoRenew::new(1, consent) };
    let first = match standing.due(rule, view.line.dates, app.now()) {
        Due::Announce(_, charge_at) => Some(charge_at),
        Due::Nothing(_) | Due::Charge(..) | Due::WarnOfCard(_) => {
            standing.next_charge(rule, view.line.dates, app.now())
        }
    };
    Ok(Preview { sentences, text, total: quote.price.total, first })
}

/// Agrees. The text is made here, from what was agreed to, and kept with it. Who read another text is not held to this one.
pub async fn agree(app: &App, holder: HolderOf, wish: Wish) -> Result<(), Problem> {
    let (line, account, address) = (holder.line(), holder.account(), wish.address.clone());
    let Yes::To(shown) = wish.yes.clone() else {
        return Err(Problem::of(ProblemCode::ConsentMissing).in_field("agree"));
    };
    let (seed, at) = wish.seed.unwrap_or_else(|| (seed(app), app.now()));
    let contact = ContactId::mint(at, line.cell(), second_eight(seed));
    if is_agreed(app, line, contact).await? {
        return Ok(());
    }
    let (payer, told_at) = payer_of(app, contact, account).await?;
    let draft = draft(app, holder, (wish, payer)).await?;
    check_terms(&draft.consent, (draft.quote.price.total, draft.quote.offer.start_rule))?;
    let text = draft.worded(app, consent_text)?;
    if shown != TextShown::of(&text) {
        return Err(Problem::of(ProblemCode::ConsentOutdated).in_field("agree"));
    }
    app.store.put_contact(contact, &told_at).await?;
    let agreement = Agreement {
        consent: draft.consent,
        version: CONSENT_VERSION.to_owned(),
        text,
        address,
        quote: draft.quote,
    };
    let command = LineCommand::AgreeAutoRenew(Box::new(agreement));
    match app.decide(line, command, Actor::Account(account)).await {
        Ok(_) => Ok(()),
        Err(problem) => {
            // Refused, so that no evidence will ever lead to the addresses: they are not kept.
            if problem.money == MoneyWord::No {
                app.store.erase_contact(contact).await?;
            }
            Err(problem)
        }
    }
}

/// Whether this very consent was kept before: the first answer to it was lost.
async fn is_agreed(app: &App, line: LineId, contact: ContactId) -> Result<bool, Problem> {
    let consents = app.store.consents(line).await?;
    Ok(consents.iter().any(|record| record.consent.payer.contact == contact))
}

/// A consent that nobody has given yet.
struct Draft {
    consent: Consent,
    quote: Quote,
    view: LineView,
    method: Option<SavedMethod>,
}

async fn draft(
    app: &App,
    holder: HolderOf,
    (wish, payer): (Wish, Payer),
) -> Result<Draft, Problem> {
    let (line, account) = (holder.line(), holder.account());
    let view = lines::find::view(app, line).await?;
    let needed = || Problem::of(ProblemCode::ProvinceNeeded).in_field("province");
    let province = province_of(&view.line).or(wish.province).ok_or_else(needed)?;
    let quote = QuoteRequest {
        line,
        plan: wish.plan.to_string(),
        promotions: Promoting::Off,
        province: Some(province),
        seed: seed(app),
    };
    let quote = quotes::make(app, quote).await?;
    if !carries_on(quote.offer.start_rule) {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field("plan"));
    }
    let consent = Consent {
        payer,
        language: wish.language,
        plan: wish.plan,
        province,
        means: wish.means,
        trigger: wish.trigger,
        caps: wish.caps,
        agreed_at: app.now(),
    };
    let method = method_of(app, account, &consent.means).await?;
    Ok(Draft { consent, quote, view, method })
}

impl Draft {
    fn worded<T>(&self, app: &App, say: impl Fn(&Business, &Terms<'_>) -> T) -> Result<T, Problem> {
        let catalogue = app.store.catalogue();
        let internal = || Problem::of(ProblemCode::Internal);
        let line = &self.view.line;
        let terms = Terms {
            consent: &self.consent,
            plan: catalogue.plans.get(&self.consent.plan).ok_or_else(internal)?,
            line,
            operator: lines::operator_of(&catalogue, line)?,
            total: self.quote.price.total,
            method: self.method.as_ref(),
        };
        Ok(say(&app.business, &terms))
    }
}

/// The saved method of a consent, as its owner knows it.
pub async fn method_of(
    app: &App,
    account: AccountId,
    means: &Means,
) -> Result<Option<SavedMethod>, Problem> {
    let Means::Saved(kept) = means else { return Ok(None) };
    let methods = app.store.methods_of_account(account).await?;
    let found = methods.into_iter().find(|method| method.id == kept.id);
    Ok(found.map(|method| method.saved))
}

/// Where the account is told: at the first address of each kind, to be kept beside the consent so that it can be erased.
async fn payer_of(
    app: &App,
    contact: ContactId,
    account: AccountId,
) -> Result<(Payer, Contact), Problem> {
    let buyer = Buyer { account: Some(account), ..Buyer::default() };
    let Buyer { email, phone, .. } = reachable(app, buyer).await?;
    let media = [email.as_ref().map(|_| Medium::Email), phone.as_ref().map(|_| Medium::Sms)];
    let media: Vec<Medium> = media.into_iter().flatten().collect();
    Ok((Payer { contact, media, account: Some(account) }, Contact { email, phone }))
}

pub(super) fn seed(app: &App) -> [u8; 16] {
    let mut seed = [0; 16];
    app.randomness.fill(&mut seed);
    seed
}
