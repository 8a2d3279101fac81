//! A partner's orders, account, keys and callbacks.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod desk;
mod told;

use crate::charging::world::{LINE, World};
use farline_app::charging::ChargingSettings;
use farline_app::partners::{self, OrderWish, PartnerChange, PlacedFor};
use farline_app::ports::lines::ImportError;
use farline_app::ports::{Lines, Subjects};
use farline_app::{Problem, ProblemCode, orders, subjects};
use farline_domain::commands::{Actor, Context};
use farline_domain::kernel::{
    CommandKey, Instant, Money, OrderId, Province, Rate, ReservationId, Units,
};
use farline_domain::orders::{Order, PartnerCode, Stage};
use farline_domain::partners::{Hand, Partner, Scope, Standing, Trading};
use farline_domain::subjects::{Limits, Named, Quantity, Reserve, SubjectCommand};
use farline_testkit::{OWN, OWN_BIG, OWN_SMALL, SampleLine, ToldPartners, new_line, noon};
use std::sync::Arc;

/// An installation with a partner who has paid in.
pub(crate) struct Shop {
    pub(crate) world: World,
    pub(crate) partner: Partner,
    pub(crate) told: Arc<ToldPartners>,
}

impl Shop {
    pub(crate) async fn open(paid_in: i64) -> Self {
        let mut world = World::open(ChargingSettings::default()).await;
        let told = Arc::<ToldPartners>::default();
        world.app.callbacks = told.clone();
        let partner = self::paid_in(&world, paid_in).await;
        Self { world, partner, told }
    }

    pub(crate) async fn place(&self, wish: &OrderWish) -> Result<PlacedFor, Problem> {
        partners::place(&self.world.app, &self.partner, wish).await
    }

    async fn ordered(&self, reference: &str, product: &str) -> Order {
        self.place(&wish(reference, product)).await.unwrap().order
    }

    async fn refused(&self, wish: &OrderWish) -> ProblemCode {
        let before = self.stands().await;
        let problem = self.place(wish).await.unwrap_err();
        assert_eq!(self.stands().await, before, "a refusal moves no money: {wish:?}");
        problem.code
    }

    async fn stands(&self) -> Standing {
        partners::standing(&self.world.app, &self.partner).await.unwrap()
    }

    /// Balance, held and available, in cents.
    async fn figures(&self) -> (i64, i64, i64) {
        let Standing { balance, reserved, available, .. } = self.stands().await;
        (balance.minor, reserved.minor, available.minor)
    }

    async fn change(&mut self, wish: PartnerChange) {
        self.partner = partners::change(&self.world.app, &self.partner, wish).await.unwrap();
    }
}

async fn partner(world: &World, code: &str) -> Partner {
    let named = (PartnerCode::parse(code).unwrap(), "Harbour Travel");
    let eight = Rate { ppm: 80_000 };
    partners::create(&world.app, named, Province::On, eight).await.unwrap()
}

fn number_of(line: SampleLine) -> String {
    new_line(line).line.msisdn.map(String::from).unwrap()
}

/// A partner who has paid in so many cents.
pub(crate) async fn paid_in(world: &World, cents: i64) -> Partner {
    let partner = partner(world, "harbour-travel").await;
    if cents > 0 {
        let by = (&partner, Actor::System);
        partners::pay_in(&world.app, by, (Money::cad(cents), "T-0001")).await.unwrap();
    }
    partner
}

pub(crate) fn wish(reference: &str, product: &str) -> OrderWish {
    wish_for(reference, (LINE, product))
}

pub(crate) fn wish_for(reference: &str, (line, product): (SampleLine, &str)) -> OrderWish {
    OrderWish {
        reference: reference.to_owned(),
        number: number_of(line),
        product: product.to_owned(),
        at_most: None,
        callback: None,
        another: false,
    }
}

#[tokio::test]
async fn an_order_is_delivered_once_at_the_partners_price_and_charged_to_the_account() {
    let shop = Shop::open(10_000).await;
    let placed = shop.place(&wish("A-1", OWN_BIG)).await.unwrap();
    assert!(placed.is_new);
    let order = placed.order;
    let list = shop
        .world
        .app
        .store
        .catalogue()
        .plans
        .values()
        .find(|it| it.code.as_str() == OWN_BIG)
        .unwrap()
        .price;
    let own = list.minor - list.minor * 8 / 100;
    assert_eq!(order.price.items[0].amount.minor, own);
    assert_eq!((order.state.stage(), order.price.province), (Stage::Delivered, Province::On));
    let total = order.price.total.minor;
    assert_eq!(shop.figures().await, (10_000, total, 10_000 - total), "held until the job comes");
    shop.world.work().await;
    assert_eq!(shop.figures().await, (10_000 - total, 0, 10_000 - total));
    for _ in 0..2 {
        let again = shop.place(&wish(" A-1 ", OWN_BIG)).await.unwrap();
        assert!(!again.is_new);
        assert_eq!(again.order, order);
    }
    shop.world.work().await;
    assert_eq!(shop.figures().await, (10_000 - total, 0, 10_000 - total));
    let other = partner(&shop.world, "atlas").await;
    let app = &shop.world.app;
    for typed in ["A-1".to_owned(), order.id.to_string()] {
        assert_eq!(partners::find(app, &shop.partner, &typed).await.unwrap(), order);
        let foreign = partners::find(app, &other, &typed).await;
        assert_eq!(foreign.unwrap_err().code, ProblemCode::NotFound);
    }
    assert_eq!(partners::list(app, &shop.partner, (u64::MAX, 9)).await.unwrap().len(), 1);
    assert_eq!(partners::list(app, &other, (u64::MAX, 9)).await.unwrap(), []);
    shop.world.assert_sound().await;
}

#[tokio::test]
async fn what_cannot_be_ordered_is_refused_and_moves_no_money() {
    let mut shop = Shop::open(10_000).await;
    shop.ordered("A-1", OWN_BIG).await;
    shop.world.work().await;
    let other_product = wish("A-1", OWN_SMALL);
    assert_eq!(shop.refused(&other_product).await, ProblemCode::IdempotencyKeyReused);
    let mut cheaper = wish("A-2", OWN_BIG);
    cheaper.at_most = Some(Money::cad(100));
    assert_eq!(shop.refused(&cheaper).await, ProblemCode::PriceAboveMost);
    let mut elsewhere = wish("A-2", OWN_BIG);
    elsewhere.callback = Some("http://10.0.0.1/".to_owned());
    assert_eq!(shop.refused(&elsewhere).await, ProblemCode::CallbackRefused);
    for reference in ["", " ", "a b", "续费", &"x".repeat(65)] {
        let named = wish(reference, OWN_BIG);
        assert_eq!(shop.refused(&named).await, ProblemCode::ReferenceInvalid, "{reference}");
    }
    assert_eq!(shop.refused(&wish("A-2", "no-such-plan")).await, ProblemCode::UnknownPlan);
    let mut nobody = wish("A-2", OWN_BIG);
    nobody.number = "+14165550177".to_owned();
    assert_eq!(shop.refused(&nobody).await, ProblemCode::UnknownLine);
    shop.change(PartnerChange { trading: Some(Trading::Stopped), ..PartnerChange::default() })
        .await;
    assert_eq!(shop.refused(&wish("A-2", OWN_BIG)).await, ProblemCode::PartnerStopped);
    assert!(!shop.place(&wish("A-1", OWN_BIG)).await.unwrap().is_new, "what stands is told");
    shop.world.assert_sound().await;
}

#[tokio::test]
async fn an_account_that_runs_out_orders_nothing_and_goes_on_under_the_same_reference() {
    let shop = Shop::open(0).await;
    assert_eq!(shop.refused(&wish("A-1", OWN_BIG)).await, ProblemCode::AccountUsedUp);
    let app = &shop.world.app;
    partners::set_credit(app, (&shop.partner, Actor::System), Money::cad(4_000)).await.unwrap();
    let order = shop.ordered("A-1", OWN_BIG).await;
    shop.world.work().await;
    let total = order.price.total.minor;
    assert_eq!(shop.figures().await, (-total, 0, 4_000 - total));
    let by = || (&shop.partner, Actor::System);
    let out = partners::pay_out(app, by(), (Money::cad(1), "T-0002")).await;
    assert_eq!(out.unwrap_err().code, ProblemCode::AccountUsedUp, "credit is not paid out");
    partners::pay_in(app, by(), (Money::cad(total), "T-0003")).await.unwrap();
    partners::pay_in(app, by(), (Money::cad(total), "t 0003")).await.unwrap();
    assert_eq!(shop.figures().await, (0, 0, 4_000), "a reference counts once, however it is typed");
    let other = partners::pay_in(app, by(), (Money::cad(1), "T-0003")).await;
    assert_eq!(other.unwrap_err().code, ProblemCode::ReferenceUsed);
    shop.world.assert_sound().await;
}

#[tokio::test]
async fn a_delivery_that_is_taken_back_is_given_back_to_the_account_and_stands_on_the_statement() {
    let shop = Shop::open(10_000).await;
    let order = shop.ordered("=A-1", OWN_BIG).await;
    shop.world.work().await;
    orders::report_wrong_number(&shop.world.app, &order, Actor::System).await.unwrap();
    shop.world.work().await;
    assert_eq!(shop.figures().await, (10_000, 0, 10_000));
    let order = shop.world.app.store.order(order.id).await.unwrap().unwrap();
    assert_eq!(order.state.stage(), Stage::Refunded);
    let zone = shop.world.app.desk.zone();
    let today = noon().date_in(&zone);
    let app = &shop.world.app;
    let statement = partners::statement(app, &shop.partner, (today, today)).await.unwrap();
    let total = order.price.total.minor;
    let lines: Vec<_> =
        statement.lines.iter().map(|line| (line.kind.code(), line.amount, line.balance)).collect();
    let expected = [
        ("pay_in", 10_000, 10_000),
        ("order", -total, 10_000 - total),
        ("given_back", total, 10_000),
    ];
    assert_eq!(lines, expected);
    assert_eq!((statement.opening, statement.closing), (0, 10_000));
    assert_eq!(statement.lines[1].order, Some(order.id));
    let sheet = partners::statement_sheet(&statement);
    assert!(sheet.contains(",order,'=A-1,"), "no cell is a formula: {sheet}");
    let tomorrow = today.tomorrow().unwrap();
    let later = partners::statement(app, &shop.partner, (tomorrow, tomorrow)).await.unwrap();
    assert_eq!((later.opening, later.closing, later.lines.len()), (10_000, 10_000, 0));
    let yesterday = today.yesterday().unwrap();
    let before = partners::statement(app, &shop.partner, (yesterday, yesterday)).await.unwrap();
    assert_eq!((before.opening, before.closing, before.lines.len()), (0, 0, 0));
    shop.world.assert_sound().await;
}

/// What an attempt holds that died before it placed its order.
async fn left_behind(shop: &Shop, reference: &str, minor: i64) -> Reserve {
    let (subject, now) = (shop.partner.account(), shop.world.app.now());
    let id = ReservationId::mint(now, subject.cell(), 77);
    let wanted = Reserve {
        id,
        order: OrderId::mint(now, LINE.id().cell(), 77),
        line: LINE.id(),
        placing: CommandKey::of(&["placing", &id.to_string()]),
        holder: None,
        named: Some(Named::Order(reference.to_owned())),
        instead_of: None,
        quantity: Quantity::of_money(Money::cad(minor)).unwrap(),
        limits: Limits { total: Some(Units::ZERO), holder: None },
        look_at: now.plus_seconds(300),
    };
    let command = SubjectCommand::Reserve(Box::new(wanted.clone()));
    let context = Context { now, actor: Actor::System };
    let envelope = farline_app::ports::subjects::SubjectEnvelope { subject, command, context };
    shop.world.store.run_on_subject(envelope).await.unwrap().unwrap();
    wanted
}

#[tokio::test]
async fn an_attempt_that_died_half_way_is_finished_by_the_next() {
    let shop = Shop::open(10_000).await;
    let price = shop.ordered("A-1", OWN_BIG).await.price.total.minor;
    shop.world.work().await;
    let left = left_behind(&shop, "A-2", price).await;
    let order = shop.ordered("A-2", OWN_BIG).await;
    assert_eq!(order.id, left.order, "it is the order that was about to be made");
    shop.world.work().await;
    assert_eq!(shop.figures().await, (10_000 - 2 * price, 0, 10_000 - 2 * price));
    shop.world.assert_sound().await;
}

#[tokio::test]
async fn what_was_given_up_frees_its_reference() {
    let shop = Shop::open(10_000).await;
    let left = left_behind(&shop, "A-1", 9_000).await;
    let other_price = shop.place(&wish("A-1", OWN_BIG)).await.unwrap_err();
    assert_eq!(other_price.code, ProblemCode::IdempotencyKeyReused);
    shop.world.clock.advance_seconds(600);
    subjects::look_after(&shop.world.app).await.unwrap();
    assert_eq!(shop.figures().await, (10_000, 0, 10_000), "nothing was ordered");
    let order = shop.ordered("A-1", OWN_BIG).await;
    assert_ne!(order.id, left.order);
    assert_eq!(shop.ordered("A-1", OWN_BIG).await, order);
    shop.world.work().await;
    shop.world.assert_sound().await;
}

/// Many at once, the same reference among them, on an account that covers about half.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_batch_that_runs_out_each_line_is_taken_whole_or_refused() {
    const LINES: u32 = 60;
    let shop = Arc::new(Shop::open(40_000).await);
    let lines = (1..=LINES).map(|index| SampleLine { operator: OWN, index });
    let rows = (2..).zip(lines.clone().map(new_line)).map(Ok::<_, ImportError>);
    shop.world.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    let mut running = tokio::task::JoinSet::new();
    for line in lines {
        for _ in 0..2 {
            let shop = shop.clone();
            let number = number_of(line);
            let wish = OrderWish { number, ..wish(&format!("B-{}", line.index), OWN_BIG) };
            running.spawn(async move { (wish.reference.clone(), shop.place(&wish).await) });
        }
    }
    let (mut taken, mut refused) = (std::collections::BTreeMap::new(), 0);
    while let Some(done) = running.join_next().await {
        match done.unwrap() {
            (reference, Ok(placed)) => {
                let known = taken.insert(reference, placed.order.id);
                assert!(known.is_none_or(|known| known == placed.order.id), "one order a name");
            }
            (_, Err(problem)) => {
                let code = problem.code;
                let is_fair =
                    matches!(code, ProblemCode::AccountUsedUp | ProblemCode::RequestRunning);
                assert!(is_fair, "{problem:?}");
                refused += 1;
            }
        }
    }
    assert!(refused > 0 && !taken.is_empty());
    shop.world.work().await;
    let mut sum = 0;
    for order in taken.values() {
        let order = shop.world.app.store.order(*order).await.unwrap().unwrap();
        assert_eq!(order.state.stage(), Stage::Delivered);
        sum += order.price.total.minor;
    }
    assert!(sum <= 40_000);
    assert_eq!(shop.figures().await, (40_000 - sum, 0, 40_000 - sum));
    let listed = partners::list(&shop.world.app, &shop.partner, (u64::MAX, 500)).await.unwrap();
    assert_eq!(listed.len(), taken.len());
    shop.world.assert_sound().await;
}

#[tokio::test]
async fn a_key_signs_in_for_what_it_may_until_it_ends() {
    let shop = Shop::open(0).await;
    let app = &shop.world.app;
    let reads = partners::make_key(app, &shop.partner, ("site", Scope::Read), Hand::Business)
        .await
        .unwrap();
    let orders =
        partners::make_key(app, &shop.partner, ("till", Scope::Order), Hand::Guest).await.unwrap();
    assert!(reads.secret.starts_with("farline_test_") && reads.secret.len() > 50);
    for (key, scope, expected) in [
        (&reads, Scope::Read, None),
        (&reads, Scope::Order, Some(ProblemCode::Forbidden)),
        (&orders, Scope::Read, None),
        (&orders, Scope::Order, None),
    ] {
        let found = partners::sign_in(app, &key.secret, scope).await;
        assert_eq!(found.err().map(|problem| problem.code), expected);
    }
    let live = reads.secret.replace("test", "live");
    let cut = &reads.secret[..reads.secret.len() - 1];
    for secret in ["", "farline_test_", live.as_str(), cut] {
        let found = partners::sign_in(app, secret, Scope::Read).await;
        assert_eq!(found.unwrap_err().code, ProblemCode::Unauthorized, "{secret}");
    }
    let later: Instant = app.now().plus_seconds(3600);
    partners::end_key(app, &shop.partner, (&orders.key.ending, later), Hand::Business)
        .await
        .unwrap();
    assert!(partners::sign_in(app, &orders.secret, Scope::Order).await.is_ok(), "beside a new one");
    shop.world.clock.advance_seconds(3601);
    let ended = partners::sign_in(app, &orders.secret, Scope::Read).await;
    assert_eq!(ended.unwrap_err().code, ProblemCode::Unauthorized);
    let unknown = partners::end_key(app, &shop.partner, ("none", later), Hand::Business).await;
    assert_eq!(unknown.unwrap_err().code, ProblemCode::NotFound);
}
