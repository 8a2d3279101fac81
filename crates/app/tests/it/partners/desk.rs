//! A partner's price list and what it paid in, as the business keeps them, on both databases.

use crate::subjects::on_both;
use crate::subjects::world::World;
use farline_app::desk::Acting;
use farline_app::imports::read_prices;
use farline_app::partners::{self, Booked, PaidIn, price_sheet};
use farline_app::staff::invite;
use farline_app::staff::invite::Wanted;
use farline_app::{Problem, ProblemCode};
use farline_domain::commands::Actor;
use farline_domain::kernel::{Language, Money, Province, Rate, StaffId};
use farline_domain::partners::{Hand, Partner, PartnerCode};
use farline_domain::staff::{Role, Roles, SecondPerson};
use farline_domain::subjects::PaidBy;
use farline_testkit::{OWN_BIG, OWN_SMALL, catalogue};

on_both! {
    a_price_list_goes_in_as_a_whole_and_comes_out_as_it_went_in
    a_payment_counts_once_and_keeps_who_how_and_why
}

async fn partner(world: &World) -> Partner {
    let named = (PartnerCode::parse("harbour-travel").unwrap(), "Harbour Travel");
    let eight = Rate { ppm: 80_000 };
    partners::create(&world.app, named, Province::On, eight).await.unwrap()
}

fn moved(repriced: &partners::Repriced) -> Vec<(String, Option<i64>, Option<i64>)> {
    let minor = |price: Option<Money>| price.map(|price| price.minor);
    let moves = repriced.moves.iter();
    moves.map(|one| (one.plan.to_string(), minor(one.was), minor(one.is))).collect()
}

async fn a_price_list_goes_in_as_a_whole_and_comes_out_as_it_went_in(world: World) {
    let first = partner(&world).await;
    let take = async |seen: &Partner, text: &str| {
        let catalogue = world.store.catalogue();
        let prices = read_prices("p.csv", text.as_bytes(), (seen, &catalogue)).unwrap();
        partners::set_prices(&world.app, (seen, Hand::Business), prices).await
    };
    let both = format!("plan,price,currency\n{OWN_BIG},20.00,CAD\n{OWN_SMALL},9.50,cad\n");
    let taken = take(&first, &both).await.unwrap();
    let mut expected =
        vec![(OWN_BIG.to_owned(), None, Some(2_000)), (OWN_SMALL.to_owned(), None, Some(950))];
    expected.sort();
    assert_eq!((moved(&taken), taken.same), (expected, 0));
    let kept = world.store.partner(&first.code).await.unwrap().unwrap();
    assert_eq!(kept, taken.partner);
    let [done] = &kept.repricings[..] else { unreachable!("{kept:?}") };
    assert_eq!((done.changed, done.removed, done.done.by), (2, 0, Hand::Business));
    assert_eq!(done.done.at, world.app.now());
    // Written out and taken in again, it is the same, and nothing is written.
    let again = take(&kept, &price_sheet(&kept)).await.unwrap();
    assert_eq!((moved(&again), again.same, again.partner), (Vec::new(), 2, kept.clone()));
    let edited = price_sheet(&kept).replace("20.00", "19.00");
    let edited: Vec<&str> = edited.lines().filter(|line| !line.starts_with(OWN_SMALL)).collect();
    let edited = take(&kept, &edited.join("\n")).await.unwrap();
    let mut expected = vec![
        (OWN_BIG.to_owned(), Some(2_000), Some(1_900)),
        (OWN_SMALL.to_owned(), Some(950), None),
    ];
    expected.sort();
    assert_eq!((moved(&edited), edited.same), (expected, 0));
    let plan = catalogue().plans.into_values().find(|it| it.code.as_str() == OWN_SMALL).unwrap();
    let less = plan.price.minor - plan.price.share_half_up(first.discount).unwrap().minor;
    assert_eq!(edited.partner.price_of(&plan).unwrap().minor, less, "the discount counts again");
    // Who saw it as it was before changes nothing.
    let late = take(&kept, &both.replace("20.00", "18.00")).await;
    assert_eq!(late.unwrap_err().code, ProblemCode::RequestRunning);
    assert_eq!(world.store.partner(&first.code).await.unwrap().unwrap(), edited.partner);
}

async fn member(world: &World, role: Role) -> (StaffId, Roles) {
    let roles = Roles::from_iter([role]);
    let wanted = Wanted {
        sign_in: role.code().to_owned(),
        roles: roles.clone(),
        second_person: SecondPerson::Needed,
        language: Language::EnCa,
    };
    (invite(&world.app, wanted, None).await.unwrap().member, roles)
}

async fn book(
    world: &World,
    (id, roles): &(StaffId, Roles),
    (amount, reference): (&str, &str),
) -> Result<Booked, Problem> {
    let acting = Acting { id: *id, roles, second_person: SecondPerson::Needed };
    let (paid_by, reason) = (PaidBy::Cheque, " top-up of November ");
    let paid = PaidIn { amount, paid_by, reference, reason };
    partners::book_pay_in(&world.app, &acting, ("harbour-travel", &paid)).await
}

async fn a_payment_counts_once_and_keeps_who_how_and_why(world: World) {
    let partner = partner(&world).await;
    let finance = member(&world, Role::Finance).await;
    assert_eq!(book(&world, &finance, ("500.00", "C1A2 B3C4")).await.unwrap(), Booked::Now);
    assert_eq!(book(&world, &finance, ("500,00", "c1a2-b3c4")).await.unwrap(), Booked::Before);
    let other = book(&world, &finance, ("500.01", "C1A2B3C4")).await.unwrap_err();
    assert_eq!((other.code, other.field), (ProblemCode::ReferenceUsed, Some("reference")));
    let above = book(&world, &finance, ("2000.01", "D1")).await.unwrap_err();
    assert_eq!(above.code, ProblemCode::PartnerAboveLimit);
    for role in [Role::Agent, Role::SeniorAgent, Role::Catalogue, Role::Auditor] {
        let refused = book(&world, &member(&world, role).await, ("1.00", "E123")).await;
        assert!(refused.unwrap_err().deed.is_some(), "{role:?}");
    }
    let by = (&partner, Actor::Person("opening balance".to_owned()));
    partners::pay_in_by(&world.app, by, (Money::cad(100), "F123"), None).await.unwrap();
    let acting = Acting { id: finance.0, roles: &finance.1, second_person: SecondPerson::Needed };
    let seen = partners::see(&world.app, &acting, "harbour-travel").await.unwrap();
    assert_eq!(seen.standing.balance, Money::cad(50_100));
    let [by_hand, at_the_desk] = &seen.payments[..] else { unreachable!("{seen:?}") };
    assert_eq!((by_hand.paid_by, by_hand.reason.as_deref()), (None, Some("opening balance")));
    assert_eq!(at_the_desk.paid_by, Some(PaidBy::Cheque));
    assert_eq!(at_the_desk.reason.as_deref(), Some("top-up of November"));
    assert_eq!(at_the_desk.actor, finance.0.to_string());
    let noted = world.store.staff_chain(finance.0, 0, 50).await.unwrap();
    let booked = noted.iter().filter(|line| line.action == "pay_in_partner");
    assert_eq!(booked.count(), 1, "{noted:?}");
    world.assert_sound().await;
}

#[test]
fn every_fault_of_a_price_list_is_told_by_its_place() {
    let currency = farline_domain::kernel::Currency::CAD;
    let text = serde_json::json!({
        "code": "harbour-travel", "name": "Harbour Travel", "province": "ON", "currency": currency,
        "discount": Rate { ppm: 0 }, "prices": {}, "trading": "open", "callback": null,
        "secret": { "generation": 1, "since": 0 }, "since": 0,
    });
    let partner: Partner = serde_json::from_value(text).unwrap();
    let file = format!(
        "plan,price,currency\nno-such,5.00,CAD\n{OWN_BIG},5.00,USD\n{OWN_BIG},0,CAD\n\
         {OWN_SMALL},abc,CAD\n{OWN_SMALL},99999.00,CAD\n,1.00,CAD\n{OWN_BIG},1.00,XX\n"
    );
    let fault = read_prices("p.csv", file.as_bytes(), (&partner, &catalogue())).unwrap_err();
    let told = fault.to_string();
    for words in [
        "p.csv, line 2, plan: there is no plan “no-such”; there are ",
        "p.csv, line 3, currency: the account of harbour-travel is in CAD, not in USD",
        &format!("p.csv, line 4, plan: “{OWN_BIG}” has a price in line 3 already"),
        "p.csv, line 4, price: a price is more than nothing",
        "p.csv, line 5, price: “abc” is not a price",
        "p.csv, line 6, price: 99999.00 CAD is more than everybody pays",
        "p.csv, line 7, plan: this cell is empty, but every price needs it",
        "p.csv, line 8, currency: “XX” is not a currency",
    ] {
        assert!(told.contains(words), "{words}:\n{told}");
    }
    let columns = read_prices("p.csv", b"plan,cost\n", (&partner, &catalogue())).unwrap_err();
    let told = columns.to_string();
    assert!(
        told.contains("there is no column “cost”; the columns are plan, price, currency"),
        "{told}"
    );
}
