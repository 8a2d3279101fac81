//! Looking for cards as the desk does, in every way; and finding a line by its number and looking at it, beside
//! the look-up of the number alone.

use super::ground::{Cost, Ground};
use super::holders::Holder;
use super::load::{Seen, drive};
use super::report::{Beside, Figures, Way};
use super::stock::Stock;
use super::{Plan, disk};
use crate::surroundings::ProgramClock;
use eyre::{Result, bail};
use farline_app::hotline::find::SHOWN;
use farline_app::ports::accounts::{AccountChange, Changed, NewContact};
use farline_app::ports::pipeline::Envelope;
use farline_app::ports::{Clock as _, Store};
use farline_domain::accounts::Address;
use farline_domain::commands::{Actor, Context};
use farline_domain::hotline::Term;
use farline_domain::kernel::{AccountId, ContactId, Instant, Language, LineId, LineNumber};
use farline_store::{Database, Floor};
use std::sync::Arc;

/// Members of the staff who look for something at the same instant.
const DESKS: u32 = 8;
/// How many of the lines have an account with an e-mail address, and as many an order.
const FEW: u32 = 2000;

/// How much of each look-up is done.
#[derive(Clone, Copy, PartialEq)]
enum Depth {
    /// The number leads to the line.
    Number,
    /// And the line is read, with what is left on it.
    Line,
}

/// What somebody types to find the n-th of the lines.
type Typed = fn(&Stock, u64) -> Option<String>;

/// Every way of finding, by what is typed.
const WAYS: [(&str, Typed); 15] = [
    ("number", |stock, n| Some(stock.number(n)?.as_str().to_owned())),
    ("start of a number", |stock, n| stock.number(n)?.as_str().get(..8).map(str::to_owned)),
    ("last four of a number", |stock, n| stock.number(n)?.as_str().get(8..).map(str::to_owned)),
    ("last seven", |stock, n| stock.number(n)?.as_str().get(5..).map(str::to_owned)),
    ("ICCID", |stock, n| Some(stock.iccid(n)?.as_str().to_owned())),
    ("start of an ICCID", |stock, n| stock.iccid(n)?.as_str().get(..11).map(str::to_owned)),
    ("last four of an ICCID", |stock, n| stock.iccid(n)?.as_str().get(15..).map(str::to_owned)),
    ("order reference", |stock, n| Some(stock.reference(few(stock, n)).to_string())),
    ("e-mail", |stock, n| Some(address(few(stock, n)))),
    ("start of an e-mail", |stock, n| {
        address(few(stock, n)).split_once('.').map(|it| it.0.to_owned())
    }),
    ("name", |stock, n| Some(Holder::of(stock.index(n)).name)),
    ("family name", |stock, n| Some(Holder::of(stock.index(n)).family)),
    ("given name", |stock, n| Some(Holder::of(stock.index(n)).given)),
    ("two characters", |stock, n| Some(Holder::of(stock.index(n) / 3 * 3).given)),
    ("one character", |stock, n| Some(Holder::of(stock.index(n) / 3 * 3).family)),
];

/// One of those that have an account and an order.
fn few(stock: &Stock, number: u64) -> u64 {
    u64::from(stock.index(number)) % u64::from(FEW.min(stock.count()))
}

/// The line that the n-th account holds: another one for each.
fn held(stock: &Stock, number: u64) -> LineId {
    let apart = stock.count() / FEW.min(stock.count());
    stock.line_at(u32::try_from(number).unwrap_or_default() * apart)
}

/// The address of the n-th account.
fn address(number: u64) -> String {
    format!("holder{number}.of@example.org")
}

/// Measures look-ups.
pub(crate) async fn run(plan: &Plan, ground: &Ground) -> Result<Figures> {
    let store = ground.open().await?;
    let now = ProgramClock::new(0).now();
    let named = (now, (|index| Holder::of(index).kept()) as fn(u32) -> _);
    let stock = Arc::new(Stock::fill_with(store.as_ref(), plan, named).await?);
    people(&store, &stock, now).await?;
    let seen = look(plan, (&store, &stock), Depth::Line).await?;
    let alone = look(plan, (&store, &stock), Depth::Number).await?;
    let mut ways = Vec::with_capacity(WAYS.len());
    for (name, typed) in WAYS {
        ways.push(Way::of(name, &find(plan, (&store, &stock), (name, typed)).await?));
    }
    ground.close(store).await?;
    let floor = Floor { commands: alone.done, took: alone.took };
    let nothing = Cost { size: 0, written: None };
    let flush_p50_ms = disk::flush_p50_ms(ground.folder())?;
    let beside = Beside { floor: Some((floor, nothing)), cost: nothing, flush_p50_ms };
    let figures =
        Figures::of(("search", ground.name()), (plan.clients, plan.lines), &seen, &beside);
    Ok(figures.with_ways(ways))
}

/// Gives some lines an account with an address, and an order.
async fn people(store: &Arc<dyn Database>, stock: &Arc<Stock>, now: Instant) -> Result<()> {
    let several = (0..FEW.min(stock.count())).map(|number| {
        let (store, stock) = (Arc::clone(store), Arc::clone(stock));
        tokio::spawn(async move { person(store.as_ref(), &stock, (u64::from(number), now)).await })
    });
    for one in several.collect::<Vec<_>>() {
        one.await??;
    }
    Ok(())
}

async fn person(store: &dyn Store, stock: &Stock, (number, now): (u64, Instant)) -> Result<()> {
    let line = stock.line(number);
    let command = stock.renewal(number, now);
    let context = Context { now, actor: Actor::System };
    store.run(Envelope { line, key: None, command, context }).await?;
    let line = held(stock, number);
    let account = AccountId::mint(now, line.cell(), number);
    let mut key = [0; 32];
    key[..8].copy_from_slice(&number.to_be_bytes());
    let contact = NewContact {
        id: ContactId::mint(now, line.cell(), number),
        address: Address::email(&address(number))?,
        key,
    };
    let opening = AccountChange::Open { language: Language::EnCa, password: None, contact };
    for change in [opening, AccountChange::Hold(line)] {
        match store.change_account(account, change, (Actor::Account(account), now)).await? {
            Changed::Done => {}
            Changed::Taken | Changed::Missing => bail!("an account could not be opened"),
        }
    }
    Ok(())
}

/// Looks for lines in one way.
async fn find(
    plan: &Plan,
    (store, stock): (&Arc<dyn Database>, &Arc<Stock>),
    (name, typed): (&str, Typed),
) -> Result<Seen> {
    let (store, stock) = (Arc::clone(store), Arc::clone(stock));
    let seen = drive(DESKS.min(plan.clients), plan.lasts, move |number| {
        let (store, stock) = (Arc::clone(&store), Arc::clone(&stock));
        async move {
            let Some(typed) = typed(&stock, number) else { return false };
            let found = store.find_lines(&Term::read(&typed), SHOWN).await;
            found.is_ok_and(|found| !found.lines.is_empty())
        }
    })
    .await?;
    check(&seen, name)?;
    Ok(seen)
}

async fn look(
    plan: &Plan,
    (store, stock): (&Arc<dyn Database>, &Arc<Stock>),
    depth: Depth,
) -> Result<Seen> {
    let (store, stock) = (Arc::clone(store), Arc::clone(stock));
    let seen = drive(plan.clients, plan.lasts, move |number| {
        let (store, stock) = (Arc::clone(&store), Arc::clone(&stock));
        async move {
            let Some(number) = stock.number(number) else { return false };
            let Ok(Some(line)) = store.find_line(&LineNumber::Msisdn(number)).await else {
                return false;
            };
            depth == Depth::Number || matches!(store.line(line).await, Ok(Some(_)))
        }
    })
    .await?;
    check(&seen, "number")?;
    Ok(seen)
}

fn check(seen: &Seen, way: &str) -> Result<()> {
    if seen.failed > 0 || seen.done == 0 {
        bail!("{} of {} look-ups by {way} failed", seen.failed, seen.done + seen.failed);
    }
    Ok(())
}
