//! A partner's account: what is paid in, held and used, under names that count once.

use super::code;
use crate::scene::{LINES, Scene, StoreMaker, units};
use crate::subjects::{ask, assert_counted, placing_key, told};
use farline_app::ports::Subjects;
use farline_domain::kernel::{Money, OrderId, ReservationId, Units};
use farline_domain::subjects::{
    Limits, Named, Payment, Quantity, Reserve, SubjectAnswer, SubjectCommand, SubjectEntryKind,
    SubjectKey, SubjectRefusal,
};
use farline_testkit::noon;

on_every_store! {
    an_account_is_kept_as_it_was_decided
    under_one_name_something_happens_once
}

pub(super) fn account() -> SubjectKey {
    SubjectKey::Partner(code("harbour-travel"))
}

pub(super) fn money(minor: i64) -> Quantity {
    Quantity::of_money(Money::cad(minor)).unwrap()
}

pub(super) fn paying_in(minor: i64, name: &str) -> SubjectCommand {
    let named = Named::Payment(name.to_owned());
    SubjectCommand::PayIn(Payment { named, quantity: money(minor), paid_by: None })
}

/// Attempt `attempt` to hold something for an order of this name.
pub(super) fn ordering(
    name: &str,
    (minor, attempt): (i64, u64),
    instead_of: Option<ReservationId>,
) -> SubjectCommand {
    let line = LINES[0].id();
    SubjectCommand::Reserve(Box::new(Reserve {
        id: ReservationId::mint(noon(), account().cell(), attempt),
        order: OrderId::mint(noon(), line.cell(), attempt),
        line,
        placing: placing_key(attempt),
        holder: None,
        named: Some(Named::Order(name.to_owned())),
        instead_of,
        quantity: money(minor),
        limits: Limits { total: Some(Units::ZERO), holder: None },
        look_at: noon().plus_seconds(300),
    }))
}

async fn an_account_is_kept_as_it_was_decided<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let asked = async |scene: &Scene<M>, command| {
        ask(&scene.store, &account(), command, scene.now.get()).await
    };
    let refused = asked(&scene, ordering("A-1", (100, 1), None)).await;
    assert_eq!(refused, Err(SubjectRefusal::UsedUp), "nothing is paid in");
    assert_eq!(asked(&scene, paying_in(5000, "T1")).await, Ok(SubjectAnswer::Paid));
    asked(&scene, SubjectCommand::Credit(money(1000))).await.unwrap();
    let held = told(asked(&scene, ordering("A-1", (5500, 2), None)).await);
    assert_eq!(asked(&scene, ordering("A-2", (501, 3), None)).await, Err(SubjectRefusal::UsedUp));
    told(asked(&scene, SubjectCommand::Capture(held.id)).await);
    let before = scene.store.subject(&account()).await.unwrap().unwrap();
    assert_eq!((before.paid_in, before.limits.total), (units(5000), Some(units(6000))));
    assert_counted(&scene.store).await;
    let scene = Scene::<M>::reopened(scene.close()).await;
    assert_eq!(scene.store.subject(&account()).await.unwrap(), Some(before.clone()));
    assert_eq!(asked(&scene, paying_in(5000, "T1")).await, Ok(SubjectAnswer::Paid), "once");
    let payment =
        Payment { named: Named::Payment("T1".to_owned()), quantity: money(1), paid_by: None };
    let other = asked(&scene, SubjectCommand::PayOut(payment)).await;
    assert_eq!(other, Err(SubjectRefusal::OtherPayment));
    assert_eq!(scene.store.subject(&account()).await.unwrap(), Some(before));
    let moves = scene.store.entries_before(&account(), u64::MAX, 3).await.unwrap();
    let kinds: Vec<_> = moves.iter().map(|it| (it.entry.number, it.entry.kind)).collect();

    let expected = [
        (4, SubjectEntryKind::Capture),
        (3, SubjectEntryKind::Reserve),
        (2, SubjectEntryKind::Credit),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(moves[1].order, Some(held.order));
    assert_eq!(moves[1].entry.named, Some(Named::Order("A-1".to_owned())));
    let older = scene.store.entries_before(&account(), 2, 3).await.unwrap();
    assert_eq!(older.len(), 1);
    assert_eq!((older[0].entry.kind, older[0].order), (SubjectEntryKind::PayIn, None));
}

async fn under_one_name_something_happens_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let asked = async |command| ask(&scene.store, &account(), command, noon()).await;
    asked(paying_in(9000, "T1")).await.unwrap();
    let held = told(asked(ordering("A-1", (100, 1), None)).await);
    assert_eq!(told(asked(ordering("A-1", (100, 2), None)).await), held);
    let named = Named::Order("A-1".to_owned());
    let entry = scene.store.entry_named(&account(), &named).await.unwrap().unwrap();
    assert_eq!(entry.reservation, Some(held.id));
    // Its order was never made: the name is free for another, and only then.
    assert_eq!(told(asked(ordering("A-1", (100, 3), Some(held.id))).await), held);
    told(asked(SubjectCommand::Release(held.id)).await);
    assert_eq!(told(asked(ordering("A-1", (100, 4), None)).await).id, held.id);
    let anew = told(asked(ordering("A-1", (250, 5), Some(held.id))).await);
    assert_ne!(anew.id, held.id);
    assert_eq!(told(asked(ordering("A-1", (250, 6), Some(held.id))).await), anew);
    let entry = scene.store.entry_named(&account(), &named).await.unwrap().unwrap();
    assert_eq!(entry.reservation, Some(anew.id));
    assert_eq!(
        scene.store.entry_named(&account(), &Named::Payment("A-1".into())).await.unwrap(),
        None
    );
    assert_counted(&scene.store).await;
}
