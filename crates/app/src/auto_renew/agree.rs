//! The holder of a line agrees to its renewing itself.

use crate::accounts::{HolderOf, orders::reachable};
use crate::orders::Buyer;
use crate::ports::records::Contact;
use crate::quotes::{self, QuoteRequest, province_of};
use crate::wording::auto_renew::{CONSENT_VERSION, Terms, consent_text};
use crate::{App, Problem, ProblemCode, lines, methods};
use farline_domain::auto_renew::{Caps, Consent, Means, Trigger};
use farline_domain::catalog::{Catalogue, Plan, PlanCode, StartRule};
use farline_domain::commands::{Actor, Agreement, LineCommand};
use farline_domain::kernel::{
    AccountId, ContactId, Instant, Language, LineId, Province, SavedMethodId,
};
use farline_domain::lines::Line;
use farline_domain::notices::Medium;
use farline_domain::orders::Payer;
use farline_domain::payments::SavedMethod;

/// The word for the line's own credit.
const CREDIT: &str = "credit";
/// The word for a link that is paid with one tap.
const LINK: &str = "link";

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
    /// That the holder has read the text and said yes to it: nothing is ever ticked beforehand.
    pub is_agreed: bool,
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

/// Agrees. The text is made here, from what was agreed to, and kept with it.
pub async fn agree(app: &App, holder: HolderOf, wish: Wish) -> Result<(), Problem> {
    if !wish.is_agreed {
        return Err(Problem::of(ProblemCode::ConsentMissing).in_field("agree"));
    }
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
    let catalogue = app.store.catalogue();
    let internal = || Problem::of(ProblemCode::Internal);
    let plan = catalogue.plans.get(&wish.plan).ok_or_else(internal)?;
    let operator = catalogue.operators.get(&view.line.operator).ok_or_else(internal)?;
    let payer = payer_of(app, line, account).await?;
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
    let total = quote.price.total;
    let method = method_of(app, account, &consent.means).await?;
    let method = method.as_ref();
    let terms = Terms { consent: &consent, plan, line: &view.line, operator, total, method };
    let text = consent_text(&app.business, &terms);
    let agreement = Agreement {
        consent,
        version: CONSENT_VERSION.to_owned(),
        text,
        address: wish.address,
        quote,
    };
    let command = LineCommand::AgreeAutoRenew(Box::new(agreement));
    app.decide(line, command, Actor::Account(account)).await.map(drop)
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
