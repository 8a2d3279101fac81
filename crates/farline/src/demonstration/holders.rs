//! Who holds the invented cards: names of nobody, put together from common parts in the languages of the
//! cards. The same card always has the same holder.

use super::roster::Card;
use farline_domain::kernel::Language;
use farline_domain::lines::HolderName;

/// Family and given names in Chinese, written together.
const CHINESE: ([&str; 12], [&str; 13]) = (
    ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "欧阳", "何"],
    [
        "小明", "静怡", "伟", "雅文", "建国", "思远", "敏", "子涵", "晓燕", "志强", "梦洁", "宇轩",
        "秀兰",
    ],
);
/// Given and family names in English, of people from many places.
const ENGLISH: ([&str; 13], [&str; 12]) = (
    [
        "Emily", "Daniel", "Priya", "Marcus", "Hannah", "Owen", "Grace", "Samir", "Nora", "Lucas",
        "Mei", "Patrick", "Wei",
    ],
    [
        "Hartwell",
        "Okafor",
        "Lindgren",
        "Chen",
        "O’Dell",
        "Fernsby",
        "Sandhu",
        "Kowal",
        "Brightwater",
        "Li",
        "Macrae",
        "Wang",
    ],
);
/// Given and family names in French.
const FRENCH: ([&str; 13], [&str; 12]) = (
    [
        "Éloïse",
        "Jean-François",
        "Zoé",
        "Mathieu",
        "Noémie",
        "Étienne",
        "Maëlle",
        "Gaël",
        "Françoise",
        "Loïc",
        "Cœur-Marie",
        "Hélène",
        "Anaïs",
    ],
    [
        "Tremblay",
        "Lachance",
        "D’Amours",
        "Beausoleil",
        "Gagné",
        "Létourneau",
        "Desrosiers",
        "Bélanger",
        "Côté",
        "Laflèche",
        "Saint-Onge",
        "Prévost",
    ],
);

/// Who holds a card. Of every eleven one has no name: shops do not always ask.
pub(super) fn holder(card: &Card) -> Option<HolderName> {
    let place = usize::try_from(card.serial).ok()?;
    if place.is_multiple_of(11) {
        return None;
    }
    // Twelve and thirteen have no common part, so the pairs do not come again for a while.
    let of = |(twelve, thirteen): (&[&'static str; 12], &[&'static str; 13])| {
        (twelve[place % 12], thirteen[place % 13])
    };
    let name = match card.language {
        Language::ZhCn => {
            let (family, given) = of((&CHINESE.0, &CHINESE.1));
            format!("{family}{given}")
        }
        Language::EnCa => {
            let (family, given) = of((&ENGLISH.1, &ENGLISH.0));
            format!("{given} {family}")
        }
        Language::FrCa => {
            let (family, given) = of((&FRENCH.1, &FRENCH.0));
            format!("{given} {family}")
        }
    };
    HolderName::parse(&name).ok()
}
