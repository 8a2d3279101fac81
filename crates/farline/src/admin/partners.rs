//! Changing partners and their accounts, from the command line.

use super::{PartnerRequest, partner_prices};
use eyre::{Result, eyre};
use farline_app::desk::reason_of;
use farline_app::imports::amounts;
use farline_app::partners::{self, PartnerChange, change, create};
use farline_app::{App, Problem, ProblemCode};
use farline_domain::catalog::PlanCode;
use farline_domain::commands::Actor;
use farline_domain::kernel::{Money, Rate};
use farline_domain::partners::{Hand, Partner, PartnerCode, Scope, Standing, Trading};
use farline_gateways::callback::spelled;

/// Does it, and says what was done.
pub(super) async fn run(app: &App, asked: PartnerRequest, file: &[u8]) -> Result<String> {
    match asked {
        PartnerRequest::Add { partner, name, province, discount } => {
            let rate = percent(&discount)?;
            let made =
                create(app, (partner, &name), province, rate).await.map_err(|it| refused(&it))?;
            Ok(format!("{} is a partner now.", made.code))
        }
        PartnerRequest::Change { partner, wish } => {
            let seen = named(app, &partner).await?;
            let changed = change(app, &seen, wish_of(&seen, wish)?).await;
            changed.map(|it| format!("{} is changed.", it.code)).map_err(|it| refused(&it))
        }
        PartnerRequest::PayIn { partner, amount, reference, paid_by, reason } => {
            let seen = named(app, &partner).await?;
            let paid = (money(&seen, &amount)?, reference.as_str());
            let by = (&seen, Actor::Person(reason_in(&reason)?));
            stands(&seen, partners::pay_in_by(app, by, paid, paid_by).await)
        }
        PartnerRequest::Prices { partner, file: name, octets: _ } => {
            let seen = named(app, &partner).await?;
            partner_prices::take_in(app, &seen, (&name, file)).await
        }
        PartnerRequest::PayOut { partner, amount, reference } => {
            let seen = named(app, &partner).await?;
            let paid = (money(&seen, &amount)?, reference.as_str());
            let by = (&seen, Actor::Person(String::new()));
            stands(&seen, partners::pay_out(app, by, paid).await)
        }
        PartnerRequest::Credit { partner, amount, reason } => {
            let seen = named(app, &partner).await?;
            let credit = money(&seen, &amount)?;
            let by = (&seen, Actor::Person(reason_in(&reason)?));
            stands(&seen, partners::set_credit(app, by, credit).await)
        }
        PartnerRequest::Key { partner, label, scope } => key(app, &partner, (&label, scope)).await,
        PartnerRequest::EndKey { partner, ending } => {
            let seen = named(app, &partner).await?;
            let ended = partners::end_key(app, &seen, (&ending, app.now()), Hand::Business).await;
            let ended = ended.map_err(|it| refused(&it))?;
            Ok(format!("The key “{}” (…{}) does not sign in any more.", ended.label, ended.ending))
        }
        PartnerRequest::Secret { partner, rotates } => {
            let partner =
                if rotates { rotate(app, &partner).await? } else { named(app, &partner).await? };
            Ok(secrets(app, &partner))
        }
    }
}

async fn named(app: &App, code: &PartnerCode) -> Result<Partner> {
    app.store.partner(code).await?.ok_or_else(|| eyre!("there is no partner {code}"))
}

async fn key(app: &App, code: &PartnerCode, wanted: (&str, Scope)) -> Result<String> {
    let partner = named(app, code).await?;
    let made = partners::make_key(app, &partner, wanted, Hand::Business).await;
    let made = made.map_err(|it| refused(&it))?;
    Ok(format!("{}\nIt is not shown again.", made.secret))
}

async fn rotate(app: &App, code: &PartnerCode) -> Result<Partner> {
    let wish = PartnerChange { rotates_secret: true, ..PartnerChange::default() };
    change(app, &named(app, code).await?, wish).await.map_err(|it| refused(&it))
}

/// The secrets that sign now, the newest first.
fn secrets(app: &App, partner: &Partner) -> String {
    let signing = partner.secret.signing(app.now()).into_iter();
    let spelled = signing.map(|it| spelled(&partners::secret_of(app, partner, it)));
    spelled.collect::<Vec<_>>().join("\n")
}

fn wish_of(partner: &Partner, asked: super::PartnerWish) -> Result<PartnerChange> {
    let price = asked.price.map(|text| {
        let (plan, amount) = text.split_once('=').ok_or_else(|| eyre!("a price is PLAN=AMOUNT"))?;
        let plan = PlanCode::parse(plan).map_err(|wrong| eyre!(wrong))?;
        let amount = Some(amount.trim()).filter(|amount| !amount.is_empty());
        Ok::<_, eyre::Report>((plan, amount.map(|amount| money(partner, amount)).transpose()?))
    });
    Ok(PartnerChange {
        name: asked.name,
        discount: asked.discount.map(|text| percent(&text)).transpose()?,
        price: price.transpose()?,
        trading: asked.trades.map(|trades| if trades { Trading::Open } else { Trading::Stopped }),
        callback: asked.callback,
        rotates_secret: false,
        person: asked.person,
        no_person: asked.no_person,
    })
}

/// A reason as it is kept; none is allowed.
fn reason_in(typed: &str) -> Result<String> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    let unfit = |_| eyre!("a reason has at most 500 characters and no number of a bank card");
    reason_of(typed).map_err(unfit)
}

/// `8` or `8.25`, of a hundred.
fn percent(text: &str) -> Result<Rate> {
    amounts::rate(&format!("{text}%"))
        .map_err(|_| eyre!("“{text}” is no share in percent such as 8.25"))
}

fn money(partner: &Partner, text: &str) -> Result<Money> {
    let code = partner.currency.code();
    amounts::money(&format!("{text} {code}"))
        .map_err(|_| eyre!("“{text}” is not an amount of {code}; nothing was booked"))
}

fn stands(partner: &Partner, standing: Result<Standing, Problem>) -> Result<String> {
    let standing = standing.map_err(|it| refused(&it))?;
    Ok(format!(
        "{}: {:?} paid in and not used, {:?} held, {:?} credit; {:?} can be ordered for.",
        partner.code, standing.balance, standing.reserved, standing.credit, standing.available
    ))
}

fn refused(problem: &Problem) -> eyre::Report {
    match (problem.code, problem.field) {
        (ProblemCode::NameTaken, _) => eyre!("there is a partner of this code already"),
        (ProblemCode::AccountUsedUp, _) => {
            eyre!(
                "more than is theirs: what is held or on credit cannot be paid out; nothing was booked"
            )
        }
        (ProblemCode::ReferenceUsed, _) => {
            eyre!("this reference names another payment of theirs; nothing was booked")
        }
        (ProblemCode::ReferenceInvalid, _) => eyre!("a reference has 3 to 40 letters and digits"),
        (ProblemCode::CallbackRefused, _) => {
            eyre!("a callback goes to a public https address, without a name and password in it")
        }
        (ProblemCode::EmailInvalid, _) => eyre!("a person is the e-mail address of an account"),
        (ProblemCode::NotFound, Some("key")) => {
            eyre!("they have no key with this ending that signs in, or more than one")
        }
        (ProblemCode::NoTaxKnown, _) => {
            eyre!("you do not sell in this province ([business] provinces)")
        }
        (code, Some(field)) => eyre!("this cannot be done ({}, {field})", code.code()),
        (code, None) => eyre!("this cannot be done ({})", code.code()),
    }
}
