//! Every offer for a need.

use super::service::{ChannelService, services};
use crate::ports::{Catalogues, Listings, Settings};
use crate::{Problem, ProblemCode};
use farline_domain::catalog::{Catalogue, OperatorCode, PricingRefusal, price};
use farline_domain::comparison::{Comparison, Listing, Seller, Wanted, compare};
use farline_domain::kernel::{Currency, Instant, Language, Province};

/// Who looks at a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Anybody: what suppliers ask of us is nobody's business.
    Everybody,
    /// Whoever runs the installation: everything that is listed.
    House,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asking {
    /// What is needed.
    pub wanted: Wanted,
    /// The operator whose network it has to be; any, if absent. What is listed without one is for any card.
    pub operator: Option<OperatorCode>,
    /// Whose taxes are on our own plans.
    pub province: Province,
    /// The currency of every price.
    pub currency: Currency,
    /// In which language our own plans are named.
    pub language: Language,
    /// Who looks.
    pub viewer: Viewer,
}

/// Every offer for it, and how well the channels serve.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The offers.
    pub comparison: Comparison,
    /// What was measured of the channels.
    pub services: Vec<ChannelService>,
}

impl Compared {
    /// How well a seller serves; none, where no order of theirs was ever ours.
    pub fn service(&self, seller: &Seller) -> Option<&ChannelService> {
        self.services.iter().find(|one| one.seller == *seller)
    }
}

/// Compares every offer of every channel.
pub async fn compare_all<S>(store: &S, asking: &Asking, now: Instant) -> Result<Compared, Problem>
where
    S: Catalogues + Listings + Settings + ?Sized,
{
    let mut listings = own(&store.catalogue(), asking, now)?;
    listings.extend(store.listings().await?);
    listings.retain(|listing| is_shown(listing, asking));
    let rates = store.exchange_rates().await?;
    let comparison = compare(&listings, &rates, &asking.wanted, asking.currency);
    Ok(Compared { comparison, services: services(store).await? })
}

fn is_shown(listing: &Listing, asking: &Asking) -> bool {
    let fits = match (&listing.operator, &asking.operator) {
        (Some(of), Some(wanted)) => of == wanted,
        (None, _) | (_, None) => true,
    };
    let may_see = match asking.viewer {
        Viewer::House => true,
        Viewer::Everybody => !matches!(listing.key.seller, Seller::Supplier(_)),
    };
    fits && may_see
}

/// Our own plans as listings of today, with the taxes of the province.
fn own(catalogue: &Catalogue, asking: &Asking, now: Instant) -> Result<Vec<Listing>, Problem> {
    let mut listings = Vec::new();
    for operator in catalogue.operators.values() {
        let today = operator.lifecycle.today(now);
        let taxes = (&catalogue.taxes, operator.levies);
        for plan in catalogue.plans_of(&operator.code, today) {
            let price = match price(plan, &[], taxes, asking.province, today) {
                Ok(price) => price,
                Err(PricingRefusal::NoTaxKnown) => continue,
                Err(refusal @ PricingRefusal::Money(_)) => return Err(refusal.into()),
            };
            let name = format!("{} · {}", operator.name, plan.name.get(asking.language));
            let listing = Listing::of_plan(plan, &price, name, today);
            listings.push(listing.map_err(|_| Problem::of(ProblemCode::Internal))?);
        }
    }
    Ok(listings)
}
