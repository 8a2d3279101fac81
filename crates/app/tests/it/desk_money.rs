//! What the staff does with money: taken by hand, given back up to a limit, agreed to by a second person, rescued.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod by_hand;
mod refunds;
mod rescues;

use crate::subjects::world::World;
use crate::webhooks::{Post, Taker};
use farline_app::desk::{Acting, DeskSettings};
use farline_app::orders::{self, Paying};
use farline_app::payments::{Providers, Taking, take_by_hand};
use farline_app::ports::notice::Medium;
use farline_app::ports::staff::{Accepted, Invitation, MemberChange, MemberSecrets};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::{Cell, Language, StaffId};
use farline_domain::orders::Order;
use farline_domain::payments::ManualMethod;
use farline_domain::staff::{Role, Roles, SecondPerson};
use std::sync::Arc;

/// Each story on both databases.
macro_rules! on_both {
    ($($story:ident)*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::subjects::world::World::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::subjects::world::World::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both;

/// Somebody who works here.
struct Person {
    id: StaffId,
    roles: Roles,
}

impl Person {
    async fn hired(world: &World, number: u64, role: Role) -> Self {
        let (store, now) = (&world.app.store, world.app.now());
        let id = StaffId::mint(now, Cell::numbered(0), number);
        let (link, roles) = ([u8::try_from(number).unwrap(); 32], Roles::from_iter([role]));
        let invitation = Invitation {
            sign_in: format!("{}{number}", role.code()),
            language: Language::EnCa,
            roles: roles.clone(),
            second_person: SecondPerson::Needed,
            link,
            until: now.plus_seconds(60),
        };
        let accepted = Accepted {
            link,
            name: "Lin Yue".to_owned(),
            language: Language::EnCa,
            secrets: MemberSecrets::default(),
            step: 0,
        };
        for change in [MemberChange::Invite(invitation), MemberChange::Accept(accepted)] {
            store.change_member(id, change, (None, now)).await.unwrap();
        }
        Self { id, roles }
    }

    fn acting(&self) -> Acting<'_> {
        Acting { id: self.id, roles: &self.roles, second_person: SecondPerson::Needed }
    }
}

/// A world whose provider has no page that was paid, and whose receipts are printed.
fn settled(mut world: World) -> World {
    world.app.printer = Arc::new(Taker);
    world.app.gateways = vec![Arc::new(Post(Medium::Email)), Arc::new(Post(Medium::Sms))];
    world
}

fn code<T: std::fmt::Debug>(answer: Result<T, Problem>) -> ProblemCode {
    answer.unwrap_err().code
}

/// An order that waits for its payment.
async fn waiting(world: &World, line: u32) -> Order {
    let quote = world.try_quote(line, None).await.unwrap();
    world.place(&quote, u64::from(line) + 1).await.unwrap()
}

fn taking(order: &Order, method: ManualMethod, reference: &'static str) -> Taking<'static> {
    Taking { method, reference, amount: order.price.total }
}

/// One that a hand was paid for.
async fn paid_by_hand(world: &World, line: u32, person: &Person) -> Order {
    let order = waiting(world, line).await;
    let taking = taking(&order, ManualMethod::Cash, "");
    take_by_hand(&world.app, &person.acting(), &order, &taking).await.unwrap()
}

fn limits(json: serde_json::Value) -> DeskSettings {
    serde_json::from_value(json).unwrap()
}
