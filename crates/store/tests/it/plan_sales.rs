//! The contract of what is changed of a plan's sale between two publications.

use crate::scene::{Scene, StoreMaker};
use crate::staff;
use farline_app::ports::staff::{AuditSearch, NewStaffLine};
use farline_app::ports::{Catalogues, SaleChange, Staff};
use farline_domain::catalog::{Catalogue, Plan, PlanCode};
use farline_domain::kernel::{Money, StaffId};
use farline_domain::staff::{Role, Roles};
use farline_testkit::{OWN_BIG, OWN_SMALL, SUPPLIED_MONTH, catalogue, noon};
use jiff::civil::{Date, date};

on_every_store! {
    a_version_comes_on_its_first_day_and_is_withdrawn_before_it
    of_two_who_change_a_price_one_is_told
    a_stopped_plan_stays_stopped_whatever_is_published
    a_publication_keeps_a_price_unless_it_changes_the_plan
    each_change_is_in_the_audit_of_who_did_it
}

const NEW_YEAR: Date = date(2027, 1, 1);

fn code(plan: &str) -> PlanCode {
    PlanCode::parse(plan).unwrap()
}

fn line() -> NewStaffLine {
    let detail = "{}".to_owned();
    NewStaffLine { action: "change_plan", line: None, order: None, call: None, detail }
}

async fn change<S: Catalogues>(store: &S, member: StaffId, change: SaleChange) -> bool {
    store.change_sale(change, (member, line()), noon()).await.unwrap()
}

fn dearer(catalogue: &Catalogue, version: u32) -> Plan {
    let plan = catalogue.plans[&code(OWN_SMALL)].clone();
    Plan { price: Money::cad(9900), sold_from: Some(NEW_YEAR), version, ..plan }
}

/// A plan that will cost more, and one that is not sold for now.
pub(crate) async fn changed<S: Catalogues>(store: &S, member: StaffId) {
    let plan = dearer(&store.catalogue(), 2);
    assert!(change(store, member, SaleChange::Add(plan)).await);
    assert!(change(store, member, SaleChange::Stop(code(SUPPLIED_MONTH))).await);
}

async fn scene<M: StoreMaker>() -> (Scene<M>, StaffId) {
    let scene = Scene::<M>::open().await;
    let member = staff::employ(&scene.store, 1, Roles::from_iter([Role::Catalogue])).await;
    (scene, member)
}

async fn a_version_comes_on_its_first_day_and_is_withdrawn_before_it<M: StoreMaker>() {
    let (scene, member) = scene::<M>().await;
    changed(&scene.store, member).await;
    let folder = scene.close();
    let store = M::open(folder.path()).await;
    let versions_on =
        |day: Date| store.catalogue().in_force(&code(OWN_SMALL), day).unwrap().version;
    assert_eq!((versions_on(date(2026, 12, 31)), versions_on(NEW_YEAR)), (1, 2));
    let kept = store.plan_versions(&code(OWN_SMALL)).await.unwrap();
    let told: Vec<(u32, bool)> =
        kept.iter().map(|one| (one.plan.version, one.withdrawn_at.is_some())).collect();
    assert_eq!(told, [(2, false), (1, false)]);
    assert!(change(&store, member, SaleChange::Withdraw(code(OWN_SMALL), 2)).await);
    assert!(!change(&store, member, SaleChange::Withdraw(code(OWN_SMALL), 2)).await);
    assert_eq!(store.catalogue().in_force(&code(OWN_SMALL), NEW_YEAR).unwrap().version, 1);
    // What was withdrawn is still told, and its number is not given again.
    let kept = store.plan_versions(&code(OWN_SMALL)).await.unwrap();
    assert_eq!((kept.len(), kept[0].withdrawn_at), (2, Some(noon())));
    let again = dearer(&store.catalogue(), 2);
    assert!(!change(&store, member, SaleChange::Add(again)).await);
    let third = dearer(&store.catalogue(), 3);
    assert!(change(&store, member, SaleChange::Add(third)).await);
    assert_eq!(store.catalogue().in_force(&code(OWN_SMALL), NEW_YEAR).unwrap().version, 3);
}

async fn of_two_who_change_a_price_one_is_told<M: StoreMaker>() {
    let (scene, member) = scene::<M>().await;
    let plan = dearer(&scene.store.catalogue(), 2);
    let (one, other) = tokio::join!(
        change(&scene.store, member, SaleChange::Add(plan.clone())),
        change(&scene.store, member, SaleChange::Add(plan)),
    );
    assert!(one != other, "{one} {other}");
    assert_eq!(scene.store.plan_versions(&code(OWN_SMALL)).await.unwrap().len(), 2);
}

async fn a_stopped_plan_stays_stopped_whatever_is_published<M: StoreMaker>() {
    let (scene, member) = scene::<M>().await;
    let store = &scene.store;
    assert!(change(store, member, SaleChange::Stop(code(OWN_BIG))).await);
    assert!(!change(store, member, SaleChange::Stop(code(OWN_BIG))).await);
    store.publish(catalogue(), noon()).await.unwrap();
    assert_eq!(store.catalogue().stopped.get(&code(OWN_BIG)), Some(&noon()));
    assert_eq!(store.catalogue().sold(&code(OWN_BIG), NEW_YEAR), None);
    assert!(change(store, member, SaleChange::Resume(code(OWN_BIG))).await);
    assert!(!change(store, member, SaleChange::Resume(code(OWN_BIG))).await);
    assert!(store.catalogue().sold(&code(OWN_BIG), NEW_YEAR).is_some());
}

async fn a_publication_keeps_a_price_unless_it_changes_the_plan<M: StoreMaker>() {
    let (scene, member) = scene::<M>().await;
    let store = &scene.store;
    changed(store, member).await;
    // The file as it was: neither the old price nor a third version.
    assert_eq!(store.publish(catalogue(), noon()).await.unwrap(), 0);
    assert_eq!(store.catalogue().in_force(&code(OWN_SMALL), NEW_YEAR).unwrap().version, 2);
    // A file with another price is newer than what was set at the desk.
    let mut cheaper = catalogue();
    cheaper.plans.get_mut(&code(OWN_SMALL)).unwrap().price = Money::cad(100);
    assert_eq!(store.publish(cheaper, noon()).await.unwrap(), 1);
    let catalogue = store.catalogue();
    let in_force = catalogue.in_force(&code(OWN_SMALL), NEW_YEAR).unwrap();
    assert_eq!((in_force.version, in_force.price), (3, Money::cad(100)));
    assert_eq!(catalogue.coming.len(), 0);
    let kept = store.plan_versions(&code(OWN_SMALL)).await.unwrap();
    assert_eq!(kept[1].withdrawn_at, Some(noon()), "it says when it was overtaken");
}

async fn each_change_is_in_the_audit_of_who_did_it<M: StoreMaker>() {
    let (scene, member) = scene::<M>().await;
    let written = || async {
        let (since, until) = (noon(), noon().plus_seconds(1));
        let search = AuditSearch { member: Some(member), line: None, since, until, limit: 100 };
        let found = scene.store.search_staff_audit(search).await.unwrap();
        found.iter().filter(|line| line.action == "change_plan").count()
    };
    changed(&scene.store, member).await;
    assert_eq!(written().await, 2);
    // Nothing was changed, so nothing is said.
    let again = SaleChange::Stop(code(SUPPLIED_MONTH));
    assert!(!change(&scene.store, member, again).await);
    assert_eq!(written().await, 2);
}
