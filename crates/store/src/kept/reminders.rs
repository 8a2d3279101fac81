//! Reminders as stored: how rows are read.

use super::Unreadable;
use super::accounts::rights_of;
use super::row::Row;
use super::values::{from_json, units_of};
use farline_app::ports::reminders::{RemindedLine, ReminderPerson};
use farline_domain::catalog::OperatorCode;
use farline_domain::kernel::Units;
use farline_domain::kernel::{AccountId, Instant, LineId};
use farline_domain::lines::LineDates;
use farline_domain::reminders::{Pace, Paces, ReminderWish};

/// Reads from: id, operator, whether there is a number, activated_on, expires_on, anniversary_day, auto_renew, whether it is
/// being renewed, renewed_at, data and seconds left, data and seconds used, newest bucket, people.
pub(crate) fn reminded_of<R: Row>(row: &R) -> Result<RemindedLine, R::Fault> {
    let operator = OperatorCode::try_from(row.text(1)?.to_owned()).map_err(Unreadable)?;
    let auto_renew = row.some_text(6)?.map(from_json).transpose()?;
    let (left, used) = (pair_of(row.text(9)?)?, pair_of(row.text(10)?)?);
    let [data, voice] = [0, 1].map(|kind| Pace { left: left[kind], last_seven_days: used[kind] });
    let paces = Paces { data, voice, newest_bucket: row.small(11)? };
    let people = row.some_text(12)?.unwrap_or_default();
    let people = people.split(',').filter(|person| !person.is_empty()).map(person_of);
    Ok(RemindedLine {
        id: LineId::from_bytes(row.array(0)?),
        operator,
        has_number: row.number(2)? == 1,
        dates: LineDates {
            activated_on: row.some_date(3)?,
            expires_on: row.some_date(4)?,
            anniversary_day: row.some_small(5)?,
        },
        renewed_at: row.some_number(8)?.map(Instant::from_millis),
        auto_renew,
        is_being_renewed: row.number(7)? == 1,
        paces,
        people: people.collect::<Result<_, _>>()?,
    })
}

/// Reads `data voice`: two counts of units; a debt counts as nothing.
fn pair_of(text: &str) -> Result<[Units; 2], Unreadable> {
    let unreadable = || Unreadable(format!("“{text}” is not two counts"));
    let (data, voice) = text.split_once(' ').ok_or_else(unreadable)?;
    let units = |count: &str| {
        let count: i64 = count.parse().map_err(|_| unreadable())?;
        units_of(count.max(0))
    };
    Ok([units(data)?, units(voice)?])
}

/// Reads `account rights wish`: the account's octets in hexadecimal, and a wish or nothing.
fn person_of(text: &str) -> Result<ReminderPerson, Unreadable> {
    let unreadable = || Unreadable(format!("“{text}” is not one of a line's people"));
    let mut words = text.split(' ');
    let account = words.next().and_then(|hex| u128::from_str_radix(hex, 16).ok());
    let account = account.ok_or_else(unreadable)?;
    let rights = rights_of(words.next().unwrap_or_default())?;
    let wish = words.next().and_then(ReminderWish::parse);
    Ok(ReminderPerson { account: AccountId::from_bytes(account.to_be_bytes()), rights, wish })
}
