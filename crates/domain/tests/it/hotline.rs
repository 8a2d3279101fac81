//! Orders that somebody places for the payer: two of them on one card make one renewal.

use crate::scene::{line_on, noon, placing, plan};
use farline_domain::catalog::{Network, Plan, StartRule, Validity};
use farline_domain::commands::{
    Actor, Answer, Assisted, Context, LineCommand, LineMark, LineState, PlaceOrder, Refusal, decide,
};
use farline_domain::hotline::{Assistance, CallSource};
use farline_domain::kernel::{Cell, Instant, StaffId};
use farline_domain::orders::Stage;
use farline_domain::payments::{Capture, PaymentMethod};

fn a_plan() -> Plan {
    plan(3000, Validity::Days(30), StartRule::AddDays)
}

fn agent(number: u64) -> StaffId {
    StaffId::mint(Instant::from_millis(0), Cell::numbered(0), number)
}

/// An order that an agent places who saw the line at a mark.
fn by_agent(state: &LineState, number: u64, seen: LineMark) -> PlaceOrder {
    let assistance = Assistance {
        by: CallSource::Desk(agent(number)),
        call: None,
        read_out: "30 days, $33.90".to_owned(),
    };
    let assisted = Some(Assisted { assistance, seen });
    PlaceOrder { assisted, ..placing(state, number, &a_plan(), noon()) }
}

fn run(state: &mut LineState, command: &LineCommand) -> Result<Answer, Refusal> {
    let context = Context { now: noon(), actor: Actor::System };
    decide(state, command, &context)
}

fn place(state: &mut LineState, placing: PlaceOrder) -> Result<Answer, Refusal> {
    run(state, &LineCommand::Place(Box::new(placing)))
}

fn captured(state: &LineState, number: u64) -> LineCommand {
    let placing = placing(state, number, &a_plan(), noon());
    let capture = Capture {
        provider: "sandbox".to_owned(),
        payment: "p1".to_owned(),
        amount: placing.quote.price.total,
        method: PaymentMethod::Paypal,
        at: noon(),
    };
    LineCommand::Capture(placing.id, capture)
}

#[test]
fn of_two_agents_the_second_looks_again() {
    let mut state = line_on(Network::Own);
    let seen = state.mark();
    let (first, second) = (by_agent(&state, 1, seen), by_agent(&state, 2, seen));
    place(&mut state, first.clone()).unwrap();
    let before = state.clone();
    assert_eq!(place(&mut state, second.clone()), Err(Refusal::RenewedMeanwhile));
    assert_eq!(state, before);
    // The first asks again, as its answer was lost: it is the same order.
    let Ok(Answer::Order(order)) = place(&mut state, first) else { panic!("no order") };
    assert_eq!(order.assistance.map(|one| one.by), Some(CallSource::Desk(agent(1))));
    // The caller of the second wants a further period.
    let another = PlaceOrder { another_period: true, ..second };
    place(&mut state, another).unwrap();
    assert_eq!(state.orders.len(), 2);
}

#[test]
fn what_the_holder_paid_in_the_meantime_is_seen_first() {
    let mut state = line_on(Network::Own);
    let theirs = placing(&state, 1, &a_plan(), noon());
    place(&mut state, theirs).unwrap();
    let seen = state.mark();
    // The same order is delivered after the agent looked: nothing new was placed, and still it is stale.
    let capture = captured(&state, 1);
    let Ok(Answer::Order(order)) = run(&mut state, &capture) else { panic!("no order") };
    assert_eq!(order.state.stage(), Stage::Delivered);
    let late = by_agent(&state, 2, seen);
    assert_eq!(place(&mut state, late), Err(Refusal::RenewedMeanwhile));
    let seen = state.mark();
    let fresh = by_agent(&state, 3, seen);
    place(&mut state, fresh).unwrap();
}

#[test]
fn payers_themselves_are_not_held_up_by_what_is_unpaid() {
    let mut state = line_on(Network::Own);
    let seen = state.mark();
    let theirs = by_agent(&state, 1, seen);
    place(&mut state, theirs).unwrap();
    let own = placing(&state, 2, &a_plan(), noon());
    place(&mut state, own).unwrap();
}
