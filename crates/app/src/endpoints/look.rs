//! How an order of a platform stands.

use super::{Endpoint, as_it_stands, fault_of};
use crate::ports::platform::{Fault, Told};
use crate::{App, partners};
use farline_domain::partners::Partner;

/// Tells how an order stands, by their number or by ours. Another endpoint's is none.
pub(super) async fn see(
    app: &App,
    (endpoint, partner): (&Endpoint, &Partner),
    number: &str,
) -> Result<Told, Fault> {
    let order = partners::find(app, partner, number).await;
    let order = order.map_err(|problem| fault_of(&problem))?;
    Ok(as_it_stands(endpoint, &order))
}
