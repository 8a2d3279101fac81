//! To which supplier an order goes, and that no two have it at once.

use crate::scene::{line_on, noon, order_id, placing, plan, run};
use farline_domain::catalog::{Network, Operator, StartRule, Validity};
use farline_domain::commands::{
    Answered, DeliveryAnswer, JobKind, LineCommand, LineState, Verdict,
};
use farline_domain::kernel::Money;
use farline_domain::orders::routing::{Candidate, Choice, Standing, choose, goes_on};
use farline_domain::orders::{Attempt, DeliveryRefusal, Order, OrderState, Stage};
use farline_domain::payments::{Capture, PaymentMethod};

/// Every refusal, with whether another supplier could answer differently.
const REFUSALS: [(DeliveryRefusal, bool); 5] = [
    (DeliveryRefusal::LineClosed, false),
    (DeliveryRefusal::NoPlanInService, false),
    (DeliveryRefusal::NumberNotAccepted, false),
    (DeliveryRefusal::NetworkUnavailable, true),
    (DeliveryRefusal::FoundUndelivered, false),
];

/// Stops compiling where a refusal is added that the table above does not hold.
const fn row_of(refusal: DeliveryRefusal) -> usize {
    match refusal {
        DeliveryRefusal::LineClosed => 0,
        DeliveryRefusal::NoPlanInService => 1,
        DeliveryRefusal::NumberNotAccepted => 2,
        DeliveryRefusal::NetworkUnavailable => 3,
        DeliveryRefusal::FoundUndelivered => 4,
    }
}

fn delivered() -> DeliveryAnswer {
    DeliveryAnswer::Delivered { supplier_reference: None }
}

/// An order that is sent to the first supplier.
fn sent() -> LineState {
    let mut state = paid();
    run(&mut state, &LineCommand::Send(order_id(1)), noon()).unwrap();
    state
}

fn paid() -> LineState {
    let mut state = line_on(Network::Supplier("first".to_owned()));
    let month = plan(3000, Validity::Days(30), StartRule::AddDays);
    let placing = placing(&state, 1, &month, noon());
    run(&mut state, &LineCommand::Place(Box::new(placing)), noon()).unwrap();
    let capture = Capture {
        provider: "sandbox".to_owned(),
        payment: "p1".to_owned(),
        amount: Money::cad(3390),
        method: PaymentMethod::Card,
        at: noon(),
    };
    run(&mut state, &LineCommand::Capture(order_id(1), capture), noon()).unwrap();
    state
}

/// A word about the attempt with this number, with another supplier at hand.
fn told(state: &mut LineState, attempt: usize, answer: DeliveryAnswer, then: &str) -> Order {
    let reference = Attempt::reference_of(order_id(1), attempt - 1);
    let said = Answered { reference, answer, then: Some(then.to_owned()) };
    let command = LineCommand::DeliveryAnswered(order_id(1), Box::new(said));
    run(state, &command, noon()).unwrap();
    state.orders[&order_id(1)].clone()
}

fn went_to(order: &Order) -> Vec<(&str, Option<DeliveryRefusal>)> {
    let row = |it: &Attempt| it.refused.map(|refused| refused.why);
    order.attempts.iter().map(|it| (it.supplier.as_str(), row(it))).collect()
}

#[test]
fn only_a_refusal_that_is_the_suppliers_own_lets_an_order_go_on() {
    for (row, (refusal, expected)) in REFUSALS.into_iter().enumerate() {
        assert_eq!(row_of(refusal), row);
        assert_eq!(goes_on(&DeliveryAnswer::Refused(refusal)), expected, "{refusal:?}");
        let mut state = sent();
        let order = told(&mut state, 1, DeliveryAnswer::Refused(refusal), "second");
        let (stage, tried) = if expected {
            (Stage::Delivering, vec![("first", Some(refusal)), ("second", None)])
        } else {
            (Stage::Refunding, vec![("first", Some(refusal))])
        };
        assert_eq!((order.state.stage(), went_to(&order)), (stage, tried), "{refusal:?}");
    }
}

#[test]
fn what_is_unknown_under_way_or_taken_back_never_goes_on() {
    let table = [
        (DeliveryAnswer::Unknown, Stage::Unknown),
        (DeliveryAnswer::InProgress, Stage::Delivering),
        (DeliveryAnswer::Reversed, Stage::Refunding),
        (delivered(), Stage::Delivered),
    ];
    for (answer, stage) in table {
        assert!(!goes_on(&answer), "{answer:?}");
        let order = told(&mut sent(), 1, answer.clone(), "second");
        assert_eq!((order.state.stage(), order.attempts.len()), (stage, 1), "{answer:?}");
    }
    // Delivered, and taken back later: the money goes back, and nobody else is asked.
    let mut state = sent();
    told(&mut state, 1, delivered(), "second");
    let order = told(&mut state, 1, DeliveryAnswer::Reversed, "second");
    assert_eq!((order.state.stage(), went_to(&order)), (Stage::Refunding, vec![("first", None)]));
    // A person found that it was not delivered: so they were told that the money goes back.
    let mut state = sent();
    told(&mut state, 1, DeliveryAnswer::Unknown, "second");
    let verdict = LineCommand::Resolve(order_id(1), Verdict::NotDelivered);
    run(&mut state, &verdict, noon()).unwrap();
    let order = &state.orders[&order_id(1)];
    assert_eq!((order.state.stage(), order.attempts.len()), (Stage::Refunding, 1));
}

#[test]
fn each_attempt_has_a_reference_of_its_own_and_is_noted_before_it_is_sent() {
    let unavailable = || DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable);
    let mut state = sent();
    let first = state.orders[&order_id(1)].sent_under();
    assert_eq!(first, format!("dlv-{}", order_id(1)), "as open orders have it");
    told(&mut state, 1, DeliveryAnswer::Unknown, "second");
    let order = told(&mut state, 1, unavailable(), "second");
    let OrderState::Delivering { sending, .. } = &order.state else { panic!("{order:?}") };
    assert_eq!((&sending.reference, sending.sent_at), (&format!("{first}-2"), None));
    let attempt = order.attempt().unwrap();
    assert_eq!((attempt.supplier.as_str(), &attempt.reference), ("second", &sending.reference));
    let sends = |state: &LineState| {
        state.effects.jobs.iter().filter(|job| job.kind == JobKind::Send).count()
    };
    assert_eq!(sends(&state), 2);
    // What comes late about the first changes nothing, whatever it is.
    for late in [unavailable(), DeliveryAnswer::Unknown, DeliveryAnswer::Reversed, delivered()] {
        assert_eq!(told(&mut state, 1, late, "third"), order);
    }
    run(&mut state, &LineCommand::Send(order_id(1)), noon()).unwrap();
    let order = told(&mut state, 2, delivered(), "third");
    assert_eq!(order.state.stage(), Stage::Delivered);
    assert_eq!(order.sent_under(), format!("{first}-2"));
    let told_again = told(&mut state, 1, delivered(), "third");
    assert_eq!(told_again, order);
}

#[test]
fn nobody_is_asked_twice_and_the_money_goes_back_after_the_last() {
    let unavailable = || DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable);
    let mut state = sent();
    told(&mut state, 1, unavailable(), "second");
    run(&mut state, &LineCommand::Send(order_id(1)), noon()).unwrap();
    let order = told(&mut state, 2, unavailable(), "first");
    assert_eq!(order.state.stage(), Stage::Refunding);
    assert_eq!(order.refusal(), Some(DeliveryRefusal::NetworkUnavailable));
    assert_eq!(order.refunds.len(), 1);
    assert!(went_to(&order).iter().all(|(_, why)| why.is_some()), "{:?}", order.attempts);
}

#[test]
fn an_order_starts_elsewhere_only_while_nobody_has_heard_of_it() {
    let route = |state: &mut LineState, supplier: &str| {
        run(state, &LineCommand::Route(order_id(1), supplier.to_owned()), noon()).unwrap();
        went_to(&state.orders[&order_id(1)]).iter().map(|it| it.0.to_owned()).collect::<Vec<_>>()
    };
    let mut state = paid();
    assert_eq!(route(&mut state, "second"), ["second"]);
    assert_eq!(route(&mut state, "third"), ["second"]);
    run(&mut state, &LineCommand::Send(order_id(1)), noon()).unwrap();
    let order = told(&mut state, 1, delivered(), "first");
    assert_eq!(went_to(&order), [("second", None)]);
    assert_eq!(order.sent_under(), format!("dlv-{}", order_id(1)));
    let mut state = sent();
    assert_eq!(route(&mut state, "second"), ["first"]);
}

#[test]
fn the_first_that_is_ready_and_new_is_chosen() {
    let tried = |name: &str| Attempt {
        supplier: name.to_owned(),
        reference: "dlv-1".to_owned(),
        sent_at: None,
        refused: None,
    };
    let table = [
        ("", "", Choice::Nobody),
        ("a+ b+", "", Choice::Supplier("a")),
        ("a- b+", "", Choice::Supplier("b")),
        ("a0 b+", "", Choice::Supplier("b")),
        ("a- b-", "", Choice::Paused),
        ("a0 b-", "", Choice::Paused),
        ("a0 b0", "", Choice::Nobody),
        ("a+ b+", "a", Choice::Supplier("b")),
        ("a+ b-", "a", Choice::Paused),
        ("a+ b0 c+", "a", Choice::Supplier("c")),
        ("a+ b+", "ab", Choice::Nobody),
        // The first was paused, and is not any more when the second refuses.
        ("a+ b+", "b", Choice::Supplier("a")),
    ];
    for (standings, attempts, expected) in table {
        let candidate = |word: &str| Candidate {
            supplier: word[..1].to_owned(),
            standing: match &word[1..] {
                "+" => Standing::Ready,
                "-" => Standing::Paused,
                _ => Standing::SellsNot,
            },
        };
        let candidates: Vec<Candidate> = standings.split_whitespace().map(candidate).collect();
        let attempts: Vec<Attempt> =
            attempts.chars().map(|name| tried(&name.to_string())).collect();
        assert_eq!(choose(&candidates, &attempts), expected, "{standings} after {attempts:?}");
    }
}

#[test]
fn what_was_stored_before_has_one_supplier() {
    let mut state = sent();
    let mut body = serde_json::to_value(&state.orders[&order_id(1)]).unwrap();
    body.as_object_mut().unwrap().remove("attempts").unwrap();
    let order: Order = serde_json::from_value(body).unwrap();
    assert_eq!(order.sent_under(), format!("dlv-{}", order_id(1)));
    state.orders.insert(order_id(1), order);
    let refused = DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable);
    let order = told(&mut state, 1, refused, "second");
    assert_eq!(order.attempts[0].supplier, "first");
    assert_eq!(order.attempts[1].supplier, "second");

    let operator = |then: &str| {
        let text = format!(
            r#"{{"code":"north","name":"North","network":{{"supplier":"first"}},{then}"lifecycle":
            {{"zone":"America/Toronto","period":{{"days":30}},"grace_days":7,"suspended_days":83,
            "grace_renewal":"from_today","charge_hour":2}},"currency":"CAD","levies":"carrier"}}"#
        );
        serde_json::from_str::<Operator>(&text).unwrap()
    };
    let names = |operator: &Operator| operator.suppliers().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(names(&operator("")), ["first"]);
    assert_eq!(names(&operator(r#""then":["second"],"#)), ["first", "second"]);
}
