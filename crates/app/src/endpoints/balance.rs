//! What a platform may still order for.

use super::{Endpoint, fault_of};
use crate::ports::platform::{Fault, Told};
use crate::{App, partners};
use farline_domain::partners::Partner;

/// Minor units of a unit, in the currencies that accounts are in.
const MINOR_UNITS: i64 = 100;

/// Tells what the account may still be used for, as so many fen. It moves no money, and is rounded down.
pub(super) async fn tell(
    app: &App,
    (endpoint, partner): (&Endpoint, &Partner),
) -> Result<Told, Fault> {
    let fen_per_unit = endpoint.fen_per_unit.ok_or(Fault::NotServed)?;
    let standing = partners::standing(app, partner).await.map_err(|problem| fault_of(&problem))?;
    let available = standing.available.minor.max(0);
    let fen = available.checked_mul(fen_per_unit).ok_or(Fault::Unavailable)?;
    Ok(Told::Balance(fen / MINOR_UNITS))
}
