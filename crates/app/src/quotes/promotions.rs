//! Which promotions come into a price: those that are given of themselves, and the one whose code was typed.

use super::make::promotions_in;
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use farline_domain::catalog::{
    Asked, Catalogue, GivenBy, NotGiven, Operator, Plan, Promotion, PromotionCode, Renewals,
    ShareOf, SingleUseCode, given_together,
};
use farline_domain::kernel::{AccountId, Instant, LineId, MoneyError, Units};
use farline_domain::lines::Line;
use farline_domain::orders::{Quote, Stage};
use farline_domain::subjects::{Holder, Limits, Quantity, SubjectKey, SubjectRefusal};

const PURPOSE: &str = "single-use code";
/// How many of the newest orders of a line are looked through for one that was delivered.
const LOOKED_THROUGH: u32 = 50;

/// What a price may take of promotions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Promoting {
    /// Nothing: what renews itself is told its price long before, and places are for those who ask.
    Off,
    /// What is given without a code, for whoever buys.
    #[default]
    OfThemselves,
    /// The same for a customer who is signed in.
    Customer(AccountId),
    /// The same with a code as it was typed, for a customer if one is signed in.
    Typed(String, Option<AccountId>),
}

impl Promoting {
    /// What whoever is signed in gets, with a code if one was typed.
    pub fn to(customer: Option<AccountId>, typed: Option<String>) -> Self {
        match (typed.filter(|typed| !typed.trim().is_empty()), customer) {
            (Some(typed), customer) => Self::Typed(typed, customer),
            (None, Some(customer)) => Self::Customer(customer),
            (None, None) => Self::OfThemselves,
        }
    }

    /// The code, as it was typed.
    pub fn typed(&self) -> Option<&str> {
        match self {
            Self::Typed(typed, _) => Some(typed),
            Self::Off | Self::OfThemselves | Self::Customer(_) => None,
        }
    }

    const fn customer(&self) -> Option<AccountId> {
        match self {
            Self::Customer(customer) => Some(*customer),
            Self::Typed(_, customer) => *customer,
            Self::Off | Self::OfThemselves => None,
        }
    }
}

/// The promotions that a line can have without a code now, whatever the plan.
#[derive(Clone, Debug)]
pub struct OfThemselves {
    promotions: Vec<Promotion>,
    renewals: Renewals,
}

impl OfThemselves {
    /// None.
    pub const NONE: Self = Self { promotions: Vec::new(), renewals: Renewals::Every };

    /// Those that serve a plan, given together as the rule has it.
    ///
    /// # Errors
    /// If amounts do not fit.
    pub fn of_plan(
        &self,
        (plan, operator): (&Plan, &Operator),
        now: Instant,
    ) -> Result<Vec<&Promotion>, Problem> {
        given_together(plan, &self.serving((plan, operator), now), None).map_err(no_sum)
    }

    fn serving(&self, (plan, operator): (&Plan, &Operator), now: Instant) -> Vec<&Promotion> {
        let asked = asked(plan, operator, (now, self.renewals));
        self.promotions.iter().filter(|promotion| promotion.serves(&asked).is_ok()).collect()
    }
}

/// What comes into a price.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) promotions: Vec<Promotion>,
    /// The subject of the single-use code that was typed.
    pub(super) single_use: Option<SubjectKey>,
}

fn asked<'a>(
    plan: &'a Plan,
    operator: &'a Operator,
    (now, renewals): (Instant, Renewals),
) -> Asked<'a> {
    let at = now.in_zone(&operator.lifecycle.zone).datetime();
    Asked { plan, network: &operator.network, at, renewals }
}

fn no_sum(error: MoneyError) -> Problem {
    let mut problem = Problem::of(ProblemCode::Internal);
    problem.cause = Some(error.to_string());
    problem
}

/// The promotions that a line can have without a code: those with a place left, and a share where shares are counted.
pub async fn of_themselves(
    app: &App,
    catalogue: &Catalogue,
    (line, customer): (LineId, Option<AccountId>),
) -> Result<OfThemselves, Problem> {
    let given = |promotion: &&Promotion| promotion.given_by == GivenBy::Itself;
    let all: Vec<&Promotion> = catalogue.promotions.values().filter(given).collect();
    let renewals = renewals(app, line, &all).await?;
    let mut promotions = Vec::new();
    for promotion in all {
        if has_room(app, promotion).await? && has_share(app, promotion, (line, customer)).await? {
            promotions.push(promotion.clone());
        }
    }
    Ok(OfThemselves { promotions, renewals })
}

/// Whether this is a line's first renewal, where a promotion asks; else every answer is the same.
async fn renewals(app: &App, line: LineId, wanted: &[&Promotion]) -> Result<Renewals, Problem> {
    if wanted.iter().all(|promotion| promotion.renewals == Renewals::Every) {
        return Ok(Renewals::Every);
    }
    let orders = app.store.orders_of_line(line, None, LOOKED_THROUGH).await?;
    let delivered = orders.iter().any(|order| order.state.stage() == Stage::Delivered);
    Ok(if delivered { Renewals::Every } else { Renewals::First })
}

async fn has_room(app: &App, promotion: &Promotion) -> Result<bool, Problem> {
    if promotion.limit.is_none() {
        return Ok(true);
    }
    is_free(app, &SubjectKey::Promotion(promotion.code.clone())).await
}

/// Whether a subject has a place left, by the limits that it has.
async fn is_free(app: &App, subject: &SubjectKey) -> Result<bool, Problem> {
    let one = Quantity::redemptions(Units::new(1).map_err(SubjectRefusal::from)?);
    let subject = app.store.subject(subject).await?;
    let has_room = subject.map(|subject| subject.has_room(one)).transpose();
    Ok(has_room.map_err(SubjectRefusal::from)?.unwrap_or(true))
}

async fn has_share(
    app: &App,
    promotion: &Promotion,
    (line, customer): (LineId, Option<AccountId>),
) -> Result<bool, Problem> {
    let Limits { holder: Some(limit), .. } = promotion.limits() else { return Ok(true) };
    let Some(holder) = holder_of(promotion, (line, customer)) else { return Ok(false) };
    let subject = SubjectKey::Promotion(promotion.code.clone());
    let taken = app.store.share(&subject, &holder).await?.taken().map_err(SubjectRefusal::from)?;
    Ok(taken < limit)
}

/// Whose share of a promotion an order counts towards; none where the customer counts and nobody is signed in.
pub(crate) fn holder_of(
    promotion: &Promotion,
    (line, customer): (LineId, Option<AccountId>),
) -> Option<Holder> {
    match promotion.share_of() {
        ShareOf::Line => Some(Holder::from(line)),
        ShareOf::Customer => customer.map(Holder::from),
    }
}

/// What comes into the price of a plan for a line.
///
/// # Errors
/// Why a code that was typed gives nothing. Nobody is charged more than they were shown because a code did not work.
pub(super) async fn given(
    app: &App,
    (catalogue, line, now): (&Catalogue, &Line, Instant),
    (plan, operator): (&Plan, &Operator),
    promoting: &Promoting,
) -> Result<Given, Problem> {
    if *promoting == Promoting::Off {
        return Ok(Given::default());
    }
    let of_themselves = of_themselves(app, catalogue, (line.id, promoting.customer())).await?;
    let Some(typed) = promoting.typed() else {
        let promotions = of_themselves.of_plan((plan, operator), now)?;
        return Ok(Given {
            promotions: promotions.into_iter().cloned().collect(),
            single_use: None,
        });
    };
    let (promotion, single_use) = found(app, catalogue, typed)?;
    let renewals = renewals(app, line.id, &[promotion]).await?;
    let serves = promotion.serves(&asked(plan, operator, (now, renewals)));
    serves.map_err(|why| Problem::of(worded(why)).in_field("promotion"))?;
    let used_up = || Err(Problem::of(ProblemCode::PromotionUsedUp).in_field("promotion"));
    // Whether this line has had its share is not said to whoever asks for a price.
    if !has_room(app, promotion).await? {
        return used_up();
    }
    if let Some(code) = &single_use
        && !is_free(app, code).await?
    {
        return used_up();
    }
    if holder_of(promotion, (line.id, promoting.customer())).is_none() {
        return Err(Problem::of(ProblemCode::PromotionSignIn).in_field("promotion"));
    }
    let mut serving = of_themselves.serving((plan, operator), now);
    serving.push(promotion);
    let together = given_together(plan, &serving, Some(&promotion.code)).map_err(no_sum)?;
    if !together.iter().any(|given| given.code == promotion.code) {
        return Err(Problem::of(ProblemCode::PromotionNotCombined).in_field("promotion"));
    }
    Ok(Given { promotions: together.into_iter().cloned().collect(), single_use })
}

/// The promotion of a code as it was typed. One answer for every failure, so that codes cannot be told apart by guessing.
fn found<'a>(
    app: &App,
    catalogue: &'a Catalogue,
    typed: &str,
) -> Result<(&'a Promotion, Option<SubjectKey>), Problem> {
    let unknown = || Problem::of(ProblemCode::PromotionUnknown).in_field("promotion");
    let by_code = PromotionCode::parse(&typed.trim().to_lowercase()).ok();
    let by_code = by_code.and_then(|code| catalogue.promotions.get(&code));
    if let Some(promotion) = by_code.filter(|promotion| promotion.given_by == GivenBy::Code) {
        return Ok((promotion, None));
    }
    let code = SingleUseCode::parse(typed).ok_or_else(unknown)?;
    let of = |promotion: &&Promotion| match promotion.given_by {
        GivenBy::SingleUseCodes(issued) => {
            code.number() < issued
                && single_use_code(&app.keys.secrets, &promotion.code, code.number()) == code
        }
        GivenBy::Code | GivenBy::Itself => false,
    };
    let promotion = catalogue.promotions.values().find(of).ok_or_else(unknown)?;
    let subject = SubjectKey::SingleUseCode(promotion.code.clone(), code.number());
    Ok((promotion, Some(subject)))
}

/// The code that brought a promotion into a quote, as it is typed; none, where what is in it came of itself.
pub fn typed_for(app: &App, quote: &Quote) -> Option<String> {
    if let Some(SubjectKey::SingleUseCode(promotion, number)) = &quote.single_use {
        return Some(single_use_code(&app.keys.secrets, promotion, *number).written());
    }
    let catalogue = app.store.catalogue();
    let by_code = |promotion: &&Promotion| promotion.given_by == GivenBy::Code;
    let typed = promotions_in(&catalogue, &quote.price).into_iter().find(by_code)?;
    Some(typed.code.to_string())
}

/// The single-use code of a number, as only this installation can make it.
pub fn single_use_code(
    secrets: &[u8; 32],
    promotion: &PromotionCode,
    number: u32,
) -> SingleUseCode {
    let digest = Seal(secrets).digest(PURPOSE, &format!("{promotion}/{number}"));
    let mut tag = [0; 10];
    tag.copy_from_slice(&digest[..10]);
    SingleUseCode::new(number, tag)
}

const fn worded(why: NotGiven) -> ProblemCode {
    match why {
        NotGiven::OtherPlan => ProblemCode::PromotionDoesNotApply,
        NotGiven::NotYet(_) => ProblemCode::PromotionNotYet,
        NotGiven::Over => ProblemCode::PromotionOver,
        NotGiven::OtherHours(_) => ProblemCode::PromotionOtherHours,
        NotGiven::NotFirst => ProblemCode::PromotionFirstRenewal,
    }
}
