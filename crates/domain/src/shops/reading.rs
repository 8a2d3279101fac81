//! Reading the number of a card out of what a buyer wrote. Exactly one number that can be meant is a reading; anything else is
//! none, because a renewal on somebody else's card cannot be taken back from them.

use super::trade::BuyerWords;
use crate::kernel::{Iccid, LineNumber, Msisdn, Province, plain};
use std::collections::BTreeSet;

/// Area codes that serve several provinces or territories.
const SHARED_AREAS: [u16; 3] = [782, 867, 902];

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The one number that was written.
    Number(LineNumber),
    /// None that could be acted upon.
    Unreadable(Unreadable),
}

/// Why nothing could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unreadable {
    /// No number was written.
    Absent,
    /// Several were.
    Several,
    /// What was written is a Chinese mobile number as much as a Canadian one.
    MayBeAbroad,
}

/// Reads the number out of everything that was written about an item.
pub fn read_number<'a>(texts: impl IntoIterator<Item = &'a BuyerWords>) -> Reading {
    let mut found = BTreeSet::new();
    let mut may_be_abroad = false;
    for words in texts {
        for run in runs(words.as_str()) {
            for candidate in candidates(&run) {
                match candidate {
                    Candidate::Number(number) => {
                        found.insert(number.as_str().to_owned());
                    }
                    Candidate::MayBeAbroad => may_be_abroad = true,
                }
            }
        }
    }
    // A number that may be abroad beside another one: which of the two is meant is open.
    if may_be_abroad {
        let reason = if found.is_empty() { Unreadable::MayBeAbroad } else { Unreadable::Several };
        return Reading::Unreadable(reason);
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(number), None) => LineNumber::parse(&number)
            .map_or(Reading::Unreadable(Unreadable::Absent), Reading::Number),
        (Some(_), Some(_)) => Reading::Unreadable(Unreadable::Several),
        (None, _) => Reading::Unreadable(Unreadable::Absent),
    }
}

/// Groups of digits with nothing but separators between them.
type Run = Vec<String>;

enum Candidate {
    Number(LineNumber),
    MayBeAbroad,
}

/// The runs of a text. Digits that touch a letter of another alphabet's word (an order's code, an address at `qq.com`) are
/// part of that word and no number; Chinese is written without spaces, so its signs may touch them.
fn runs(text: &str) -> Vec<Run> {
    let mut runs = vec![Run::new()];
    let mut is_in_word = false;
    let mut group = String::new();
    for sign in text.chars().map(plain).chain(Some('\n')) {
        match sign {
            '0'..='9' | '+' if is_in_word => {}
            '0'..='9' => group.push(sign),
            // A plus begins a number, whatever stands before it.
            '+' => {
                close(&mut runs, &mut group);
                runs.push(Run::new());
                group.push(sign);
            }
            _ if is_glue(sign) => {
                // The filler of a card number of 19 digits is no word.
                if !(group.len() == 19 && matches!(sign, 'f' | 'F')) {
                    group.clear();
                    is_in_word = true;
                }
            }
            _ => {
                is_in_word = false;
                close(&mut runs, &mut group);
                if !is_separator(sign) {
                    runs.push(Run::new());
                }
            }
        }
    }
    runs
}

fn close(runs: &mut [Run], group: &mut String) {
    let group = std::mem::take(group);
    if let (false, Some(run)) = (group.is_empty(), runs.last_mut()) {
        run.push(group);
    }
}

/// Stands between the parts of one number.
const fn is_separator(sign: char) -> bool {
    matches!(sign, ' ' | '-' | '.' | '(' | ')')
}

/// Makes the digits beside it a part of a word.
const fn is_glue(sign: char) -> bool {
    sign.is_ascii_alphabetic() || matches!(sign, '@' | '_' | '#')
}

/// Every number that some neighbouring groups of a run make, but those within a longer one.
fn candidates(run: &Run) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut covered = 0;
    for start in 0..run.len() {
        let longest =
            (start + 1..=run.len()).rev().find_map(|end| Some((end, candidate(&run[start..end])?)));
        // A plus that begins no number of ours begins one abroad, and the rest belongs to that.
        if longest.is_none() && run[start].starts_with('+') {
            break;
        }
        if let Some((end, candidate)) = longest.filter(|(end, _)| *end > covered) {
            covered = end;
            candidates.push(candidate);
        }
    }
    candidates
}

fn candidate(groups: &[String]) -> Option<Candidate> {
    let digits = groups.concat();
    let bare = digits.trim_start_matches('+');
    // A plus stands before a number, not within one.
    if digits.len() - bare.len() > 1 || bare.contains('+') {
        return None;
    }
    if matches!(bare.len(), 19 | 20) && bare.len() == digits.len() {
        return Iccid::parse(bare).ok().map(|number| Candidate::Number(LineNumber::Iccid(number)));
    }
    let is_written_with_country = digits.starts_with("+1") || digits.starts_with("001");
    let is_canadian = match (is_written_with_country, bare.len()) {
        (true, 11) => digits.starts_with("+1"),
        (true, 13) => digits.starts_with("001"),
        (false, 10) => !digits.starts_with('+'),
        (false, 11) => digits.starts_with('1'),
        _ => false,
    };
    if !is_canadian {
        return None;
    }
    let number = Msisdn::parse(&digits).ok().filter(is_canadian_area)?;
    // 1 apart from the rest is the country; eleven digits in a piece may be of China.
    let is_apart = groups.first().is_some_and(|first| first == "1");
    if !is_written_with_country && bare.len() == 11 && !is_apart && is_chinese_mobile(bare) {
        return Some(Candidate::MayBeAbroad);
    }
    Some(Candidate::Number(LineNumber::Msisdn(number)))
}

fn is_canadian_area(number: &Msisdn) -> bool {
    let area = number.as_str().get(2..5).and_then(|area| area.parse().ok());
    area.is_some_and(|area| Province::of_area_code(area).is_some() || SHARED_AREAS.contains(&area))
}

/// Eleven digits that a Chinese mobile number can have: 1, then 3 to 9.
fn is_chinese_mobile(digits: &str) -> bool {
    Msisdn::parse(&format!("+86{digits}")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{BuyerWords, Reading, Unreadable, read_number};

    fn read(text: &str) -> Result<String, Unreadable> {
        match read_number([&BuyerWords::new(text.to_owned())]) {
            Reading::Number(number) => Ok(number.as_str().to_owned()),
            Reading::Unreadable(reason) => Err(reason),
        }
    }

    #[test]
    fn one_number_is_read_however_it_is_written() {
        let table = [
            "4165550188",
            "416 555 0188",
            "(416) 555-0188",
            "416.555.0188",
            "+14165550188",
            "+1 (416) 555-0188",
            "+1-416-555-0188",
            "1 416 555 0188",
            "1-416-555-0188",
            "14165550188",
            "0014165550188",
            "001 416 555 0188",
            "４１６５５５０１８８",
            "＋１（４１６）５５５－０１８８",
            "416\u{3000}555\u{a0}0188",
            "充值号码：4165550188，谢谢",
            "手机4165550188充30天",
            "号码是+1 416 555 0188。尽快",
            "4165550188 （再说一次：416-555-0188）",
            "tel: 416-555-0188, thanks!",
            "2026-11-29 416 555 0188",
            "微信 abc1234567 电话 4165550188",
            "QQ 123456789 号码 4165550188",
            "订单 190000000000000001 号码 4165550188",
            "国内13800138000，加拿大4165550188",
        ];
        for text in table {
            assert_eq!(read(text).as_deref(), Ok("+14165550188"), "{text}");
        }
    }

    #[test]
    fn a_card_number_is_read_if_its_check_digit_fits() {
        let table = [
            "8919980000000000015",
            "卡号 8919 9800 0000 0000 015",
            "8919980000000000015F",
            "ICCID:８９１９９８０００００００００００１５",
        ];
        for text in table {
            assert_eq!(read(text).as_deref(), Ok("8919980000000000015"), "{text}");
        }
        assert_eq!(read("89302999000000000015").as_deref(), Ok("89302999000000000015"));
        assert_eq!(read("8919980000000000016"), Err(Unreadable::Absent));
    }

    #[test]
    fn nothing_is_guessed() {
        let table = [
            ("", Unreadable::Absent),
            ("请尽快发货", Unreadable::Absent),
            ("4165550188 4165550199", Unreadable::Several),
            ("416 555 0188 416 555 0199", Unreadable::Several),
            ("4165550188/4165550199", Unreadable::Several),
            ("4165550188，不对，是4165550199", Unreadable::Several),
            ("4165550188 卡 8919980000000000015", Unreadable::Several),
            // A digit too few, a digit too many.
            ("416555018", Unreadable::Absent),
            ("41655501880", Unreadable::Absent),
            ("24165550188", Unreadable::Absent),
            // No such area in Canada, no such exchange.
            ("2125550188", Unreadable::Absent),
            ("4161550188", Unreadable::Absent),
            ("8005550188", Unreadable::Absent),
            // Parts of other words.
            ("A4165550188", Unreadable::Absent),
            ("4165550188@qq.com", Unreadable::Absent),
            ("TB_4165550188", Unreadable::Absent),
            ("+864165550188", Unreadable::Absent),
            ("+86 416 555 0188", Unreadable::Absent),
            ("13800138000", Unreadable::Absent),
            // 151 4555 0123 in China, 1 514 555 0123 in Montréal.
            ("15145550123", Unreadable::MayBeAbroad),
            ("151 4555 0123", Unreadable::MayBeAbroad),
            ("15145550123 或 4165550188", Unreadable::Several),
        ];
        for (text, reason) in table {
            assert_eq!(read(text), Err(reason), "{text}");
        }
        assert_eq!(read("1 514 555 0123").as_deref(), Ok("+15145550123"));
        assert_eq!(read("+15145550123").as_deref(), Ok("+15145550123"));
        assert_eq!(read("5145550123").as_deref(), Ok("+15145550123"));
    }
}
