//! Promotions of every kind from price to delivered, on both databases: bonus, first renewal, single-use codes, customers'
//! shares, and several at once.

use super::on_both;
use super::world::{World, line};
use farline_app::quotes::{Promoting, QuoteRequest, make, single_use_code};
use farline_app::{Problem, ProblemCode};
use farline_domain::balance::Origin;
use farline_domain::catalog::{
    Allowance, GivenBy, Promotion, PromotionCode, Reduction, Renewals, Stacking, ZoneCode,
};
use farline_domain::commands::LineCommand;
use farline_domain::kernel::{AccountId, AllowanceKind, Language, Localized, Money, Units};
use farline_domain::orders::Quote;
use farline_domain::subjects::SubjectKey;
use farline_testkit::{OWN_BIG, catalogue, noon, today};

on_both! {
    a_bonus_is_granted_beside_what_is_paid_for
    a_first_renewal_is_given_once_without_a_code
    a_single_use_code_is_good_once
    a_customer_has_a_share_and_has_to_be_known
    several_are_held_together_or_not_at_all
    what_is_put_stays_through_a_publication_and_what_is_stopped_too
}

fn code(text: &str) -> PromotionCode {
    PromotionCode::parse(text).unwrap()
}

fn units(count: i64) -> Units {
    Units::new(count).unwrap()
}

fn promotion(text: &str) -> Promotion {
    let name = Language::ALL.into_iter().map(|language| (language, text.to_owned()));
    let name = Localized::new(name.collect()).unwrap();
    let reduction = Some(Reduction::Amount(Money::cad(100)));
    Promotion { reduction, ..Promotion::new(code(text), name, (today(), today())) }
}

impl World {
    async fn put(&self, promotions: Vec<Promotion>) {
        self.app.store.put_promotions(promotions).await.unwrap();
        farline_app::subjects::limit_promotions(&self.app).await.unwrap();
    }

    async fn priced(&self, number: u32, promotions: Promoting) -> Result<Quote, Problem> {
        let mut seed = [0; 16];
        self.app.randomness.fill(&mut seed);
        let (line, plan) = (line(number).id(), OWN_BIG.to_owned());
        make(&self.app, QuoteRequest { line, plan, promotions, province: None, seed }).await
    }

    async fn typed(&self, number: u32, typed: &str) -> Result<Quote, Problem> {
        self.priced(number, Promoting::Typed(typed.to_owned(), None)).await
    }

    async fn refused(&self, number: u32, promotions: Promoting) -> ProblemCode {
        self.priced(number, promotions).await.unwrap_err().code
    }

    async fn taken(&self, subject: &SubjectKey) -> (i64, i64) {
        let found = self.app.store.subject(subject).await.unwrap();
        found.map_or((0, 0), |found| (found.whole.used.count(), found.whole.reserved.count()))
    }
}

fn codes(quote: &Quote) -> Vec<&str> {
    quote.price.promotions().collect()
}

async fn a_bonus_is_granted_beside_what_is_paid_for(world: World) {
    let minutes = Allowance {
        kind: AllowanceKind::Voice,
        units: Units::new(6_000).unwrap(),
        zone: ZoneCode::parse("canada").unwrap(),
        breadth: 1,
        window: None,
        bonus: true,
    };
    let talk = Promotion { bonus: vec![minutes], reduction: None, ..promotion("talk") };
    world.put(vec![Promotion { given_by: GivenBy::Itself, ..talk }]).await;
    let plain = world.priced(0, Promoting::Off).await.unwrap();
    let quote = world.priced(0, Promoting::OfThemselves).await.unwrap();
    assert_eq!(codes(&quote), ["talk"]);
    assert_eq!(quote.price.total, plain.price.total, "a bonus costs nothing");
    let order = world.place(&quote, 1).await.unwrap();
    world.pay(&order, "p1").await;
    world.work().await;
    let view = farline_app::lines::find::view(&world.app, line(0).id()).await.unwrap();
    let granted: Vec<_> = view
        .buckets
        .iter()
        .filter(|bucket| bucket.kind == AllowanceKind::Voice)
        .map(|bucket| (bucket.origin, bucket.granted.count()))
        .collect();
    assert!(granted.contains(&(Origin::Bonus, 6_000)), "{granted:?}");
    world.assert_sound().await;
}

async fn a_first_renewal_is_given_once_without_a_code(world: World) {
    let first = Promotion { renewals: Renewals::First, ..promotion("first") };
    world.put(vec![Promotion { given_by: GivenBy::Itself, ..first }]).await;
    let (one, other) = (
        world.priced(0, Promoting::OfThemselves).await.unwrap(),
        world.priced(0, Promoting::OfThemselves).await.unwrap(),
    );
    let order = world.place(&one, 1).await.unwrap();
    // Whoever is second, while the first is on its way, does not get it too.
    let problem = world.place(&other, 2).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionUsedUp);
    let meanwhile = world.priced(0, Promoting::OfThemselves).await.unwrap();
    assert!(codes(&meanwhile).is_empty(), "what could not be ordered is not shown");
    world.pay(&order, "p1").await;
    world.work().await;
    let next = world.priced(0, Promoting::OfThemselves).await.unwrap();
    assert!(codes(&next).is_empty());
    assert_eq!(codes(&world.priced(1, Promoting::OfThemselves).await.unwrap()), ["first"]);
    let by_code = Promotion { renewals: Renewals::First, ..promotion("welcome") };
    world.put(vec![by_code]).await;
    let refused = world.refused(0, Promoting::Typed("welcome".to_owned(), None)).await;
    assert_eq!(refused, ProblemCode::PromotionFirstRenewal);
    world.assert_sound().await;
}

async fn a_single_use_code_is_good_once(world: World) {
    let winter = Promotion {
        given_by: GivenBy::SingleUseCodes(3),
        limit: Some(units(2)),
        ..promotion("winter")
    };
    world.put(vec![winter]).await;
    let written = |number| {
        single_use_code(&world.app.keys.secrets, &code("winter"), number).written().to_lowercase()
    };
    // Its name alone gives nothing, nor does a code that was never issued, nor one with a letter changed.
    let mut altered = written(0).into_bytes();
    altered[20] = if altered[20] == b'2' { b'3' } else { b'2' };
    for typed in ["winter".to_owned(), written(3), String::from_utf8(altered).unwrap()] {
        let refused = world.refused(0, Promoting::Typed(typed, None)).await;
        assert_eq!(refused, ProblemCode::PromotionUnknown);
    }
    let quote = world.typed(0, &written(0)).await.unwrap();
    let second = world.typed(1, &written(0)).await.unwrap();
    assert_eq!(codes(&quote), ["winter"]);
    let order = world.place(&quote, 1).await.unwrap();
    assert_eq!(order.reservations.len(), 2, "a place of the promotion, and the code");
    let problem = world.place(&second, 2).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionUsedUp);
    let winter = SubjectKey::Promotion(code("winter"));
    assert_eq!(world.taken(&winter).await, (0, 1), "who came second holds nothing");
    assert_eq!(
        world.refused(1, Promoting::Typed(written(0), None)).await,
        ProblemCode::PromotionUsedUp
    );
    // Cancelled, the code is good again.
    world.run(&order, LineCommand::Cancel(order.id)).await;
    world.work().await;
    assert_eq!(world.taken(&winter).await, (0, 0));
    let again = world.place(&second, 3).await.unwrap();
    world.pay(&again, "p1").await;
    world.work().await;
    let used = SubjectKey::SingleUseCode(code("winter"), 0);
    assert_eq!((world.taken(&winter).await, world.taken(&used).await), ((1, 0), (1, 0)));
    world.assert_sound().await;
}

async fn a_customer_has_a_share_and_has_to_be_known(world: World) {
    world.put(vec![Promotion { limit_per_customer: Some(units(1)), ..promotion("club") }]).await;
    let typed = |customer| Promoting::Typed("club".to_owned(), customer);
    assert_eq!(world.refused(0, typed(None)).await, ProblemCode::PromotionSignIn);
    let [ann, bo] = [1, 2].map(|bits| AccountId::mint(noon(), line(0).id().cell(), bits));
    let (one, two) = (
        world.priced(0, typed(Some(ann))).await.unwrap(),
        world.priced(1, typed(Some(ann))).await.unwrap(),
    );
    let of = |quote: &Quote, seed, account| {
        let mut request = super::world::request(quote, seed);
        request.buyer.account = account;
        request
    };
    let place = farline_app::orders::place;
    let problem = place(&world.app, of(&one, 1, None)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionSignIn, "nobody's share is nobody's");
    place(&world.app, of(&one, 2, Some(ann))).await.unwrap();
    let problem = place(&world.app, of(&two, 3, Some(ann))).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionUsedUp, "on another card too");
    let other = world.priced(1, typed(Some(bo))).await.unwrap();
    place(&world.app, of(&other, 4, Some(bo))).await.unwrap();
    world.assert_sound().await;
}

async fn several_are_held_together_or_not_at_all(world: World) {
    let stacked = |name, limit| Promotion {
        stacking: Stacking::WithOthers,
        given_by: GivenBy::Itself,
        limit: Some(units(limit)),
        ..promotion(name)
    };
    world.put(vec![stacked("a", 5), stacked("b", 1), stacked("c", 5)]).await;
    let (one, two) = (
        world.priced(0, Promoting::OfThemselves).await.unwrap(),
        world.priced(1, Promoting::OfThemselves).await.unwrap(),
    );
    assert_eq!(codes(&one), ["a", "b", "c"]);
    let order = world.place(&one, 1).await.unwrap();
    assert_eq!(order.reservations.len(), 3);
    let problem = world.place(&two, 2).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionUsedUp);
    let subject = |name| SubjectKey::Promotion(code(name));
    for name in ["a", "b", "c"] {
        assert_eq!(world.taken(&subject(name)).await, (0, 1), "{name}: the second holds nothing");
    }
    assert_eq!(codes(&world.priced(1, Promoting::OfThemselves).await.unwrap()), ["a", "c"]);
    world.pay(&order, "p1").await;
    world.work().await;
    for name in ["a", "b", "c"] {
        assert_eq!(world.taken(&subject(name)).await, (1, 0), "{name}");
    }
    // The same attempt again makes the same order.
    assert_eq!(world.place(&one, 1).await.unwrap().id, order.id);
    world.assert_sound().await;
}

async fn what_is_put_stays_through_a_publication_and_what_is_stopped_too(world: World) {
    world.sell(None, None).await;
    world.put(vec![promotion("own")]).await;
    world.sell(None, None).await;
    assert!(world.typed(0, "own").await.is_ok(), "a publication takes nothing of it away");
    let published = super::world::LIMITED;
    let stopped = farline_app::catalog::promote::stopped(&world.app, published).unwrap();
    world.put(vec![stopped]).await;
    let over = Promoting::Typed(published.to_owned(), None);
    assert_eq!(world.refused(0, over.clone()).await, ProblemCode::PromotionOver);
    world.sell(None, None).await;
    assert_eq!(world.refused(0, over.clone()).await, ProblemCode::PromotionOver, "it stays so");
    world.sell(Some(9), None).await;
    assert!(world.priced(0, over).await.is_ok(), "but where it says something else now");
    farline_app::catalog::publish(&world.app, catalogue()).await.unwrap();
    assert_eq!(world.typed(0, published).await.unwrap_err().code, ProblemCode::PromotionUnknown);
    assert!(world.typed(0, "own").await.is_ok());
}
