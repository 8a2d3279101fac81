//! The holder of a line agrees to its renewing itself.

use crate::accounts::{HolderOf, orders::reachable};
use crate::orders::{Buyer, CREDIT};
use crate::ports::lines::LineView;
use crate::ports::records::Contact;
use crate::quotes::{self, QuoteRequest, province_of};
use crate::wording::auto_renew::{CONSENT_VERSION, Terms, consent_sentences, consent_text};
use crate::wording::business::Business;
use crate::{App, Problem, ProblemCode, lines, methods};
use farline_domain::auto_renew::{AutoRenew, Caps, Consent, Due, Means, Trigger};
use farline_domain::catalog::{Catalogue, Plan, PlanCode, StartRule};
use farline_domain::commands::{Actor, Agreement, LineCommand, check_terms};
use farline_domain::kernel::{
    AccountId, CommandKey, ContactId, Instant, Language, LineId, Money, Province, SavedMethodId,
};
use farline_domain::lines::Line;
use farline_domain::notices::Medium;
use farline_domain::orders::{Payer, Quote};
use farline_domain::payments::SavedMethod;

/// The word for a link that is paid with one tap.
pub const LINK: &str = "link";

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
    /// The province of tax; decided from the line if absent.
    pub province: Option<Province>,
    /// What names the text that the holder was shown ([`Preview::read`]) and said yes to: nothing is ever ticked beforehand.
    pub agreed_to: Option<String>,
    /// The network address it comes from.
    pub address: Option<String>,
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
    sold.into_iter().filter(|plan| plan.start_rule != StartRule::AddValue).collect()
}

/// What is shown before somebody agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The sentences, exactly as they would be kept.
    pub sentences: Vec<String>,
    /// What names them. It comes back with the yes, so that nobody agrees to other words than they were shown.
    pub read: String,
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
    let read = name_of(&draft.worded(app, consent_text)?);
    let Draft { consent, quote, view, .. } = draft;
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.get(&view.line.operator);
    let rule = &operator.ok_or(Problem::of(ProblemCode::Internal))?.lifecycle;
    let settled = view.auto_renew.and_then(|before| before.settled);
    let standing = AutoRenew { settled, ..AutoRenew::new(1, consent) };
    let first = match standing.due(rule, view.line.dates, app.now()) {
        Due::Announce(_, charge_at) => Some(charge_at),
        Due::Nothing(_) | Due::Charge(..) | Due::WarnOfCard(_) => {
            standing.next_charge(rule, view.line.dates, app.now())
        }
    };
    Ok(Preview { sentences, read, total: quote.price.total, first })
}

/// Agrees. The text is made here, from what was agreed to, and kept with it; where it is not the one that was read, as after a
/// change of price, nobody has agreed to it.
pub async fn agree(app: &App, holder: HolderOf, wish: Wish) -> Result<(), Problem> {
    let missing = || Problem::of(ProblemCode::ConsentMissing).in_field("agree");
    let agreed_to = wish.agreed_to.clone().ok_or_else(missing)?;
    let (line, account, address) = (holder.line(), holder.account(), wish.address.clone());
    let payer = payer_of(app, line, account).await?;
    let draft = draft(app, holder, (wish, payer)).await?;
    let text = draft.worded(app, consent_text)?;
    if name_of(&text) != agreed_to {
        return Err(missing());
    }
    let agreement = Agreement {
        consent: draft.consent,
        version: CONSENT_VERSION.to_owned(),
        text,
        address,
        quote: draft.quote,
    };
    let command = LineCommand::AgreeAutoRenew(Box::new(agreement));
    app.decide(line, command, Actor::Account(account)).await.map(drop)
}

/// What names a text: the same for the same words only.
fn name_of(text: &str) -> String {
    format!("{:?}", CommandKey::of(&["consent", CONSENT_VERSION, text]))
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
    let province = wish.province.or_else(|| province_of(&view.line)).ok_or_else(needed)?;
    let quote = QuoteRequest {
        line,
        plan: wish.plan.to_string(),
        promotion: None,
        province: Some(province),
        seed: seed(app),
    };
    let quote = quotes::make(app, quote).await?;
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
            operator: catalogue.operators.get(&line.operator).ok_or_else(internal)?,
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

/// Where the account is told: at the first address of each kind, kept beside so that it can be erased.
async fn payer_of(app: &App, line: LineId, account: AccountId) -> Result<Payer, Problem> {
    let buyer = Buyer { account: Some(account), ..Buyer::default() };
    let Buyer { email, phone, .. } = reachable(app, buyer).await?;
    let media = [email.as_ref().map(|_| Medium::Email), phone.as_ref().map(|_| Medium::Sms)];
    let media: Vec<Medium> = media.into_iter().flatten().collect();
    let contact = ContactId::mint(app.now(), line.cell(), app.randomness.bits());
    app.store.put_contact(contact, &Contact { email, phone }).await?;
    Ok(Payer { contact, media, account: Some(account) })
}

pub(super) fn seed(app: &App) -> [u8; 16] {
    let mut seed = [0; 16];
    app.randomness.fill(&mut seed);
    seed
}
