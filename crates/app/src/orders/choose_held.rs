//! The payer of a held second renewal chooses.

use crate::{App, Problem};
use farline_domain::commands::{Actor, HeldChoice, LineCommand};
use farline_domain::orders::Order;

/// Adds the second renewal as another period, or gives the money back.
pub async fn choose_held(
    app: &App,
    order: &Order,
    choice: HeldChoice,
    actor: Actor,
) -> Result<Order, Problem> {
    app.run(order.line, LineCommand::ChooseHeld(order.id, choice), actor).await
}
