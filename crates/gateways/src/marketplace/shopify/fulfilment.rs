//! Marking as shipped: every fulfilment order of an order that is still open is fulfilled, at once.

use farline_app::ports::shop::ShopAnswer;
use serde::Deserialize;
use serde_json::json;

use super::api::{Api, Mutated, id_of, present};
use crate::marketplace::answer::refused;

const OPEN: &str = "query($id: ID!) { order(id: $id) { \
    fulfillmentOrders(first: 50) { nodes { id status } } } }";

const FULFIL: &str = "mutation($fulfillment: FulfillmentInput!) { \
    fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } } }";

#[derive(Deserialize)]
struct Told {
    #[serde(deserialize_with = "present")]
    order: Option<Order>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    fulfillment_orders: Nodes,
}

#[derive(Deserialize)]
struct Nodes {
    nodes: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    id: String,
    status: String,
}

pub(super) async fn fulfil(api: &Api, number: &str) -> ShopAnswer<()> {
    let parts = match api.call::<Told>(OPEN, &json!({"id": id_of("Order", number)})).await? {
        Ok(Told { order: Some(order) }) => order.fulfillment_orders.nodes,
        Ok(Told { order: None }) => return Ok(Err(refused("no_such_order"))),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let is_open = |part: &&Part| matches!(part.status.as_str(), "OPEN" | "IN_PROGRESS");
    let open: Vec<_> =
        parts.iter().filter(is_open).map(|part| json!({"fulfillmentOrderId": part.id})).collect();
    if open.is_empty() {
        return Ok(Err(refused("nothing_open")));
    }
    let asked =
        json!({"fulfillment": {"lineItemsByFulfillmentOrder": open, "notifyCustomer": true}});
    match api.call::<Mutated>(FULFIL, &asked).await? {
        Ok(mutated) => Ok(mutated.result()),
        Err(refusal) => Ok(Err(refusal)),
    }
}
