//! Looking for lines: every way of finding, on every store, by what a person types.

use crate::accounts::{change, open};
use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::accounts::{AccountChange, Changed, NewContact};
use farline_app::ports::lines::NewLine;
use farline_app::ports::{Accounts, Find, Lines};
use farline_domain::accounts::{Address, LineRequest, RequestKind, RequestState};
use farline_domain::hotline::Term;
use farline_domain::kernel::{Cell, ContactId, Iccid, Msisdn};
use farline_domain::lines::HolderName;
use farline_testkit::{OWN, OWN_BIG, SampleLine, new_line, noon};

on_every_store! {
    a_card_is_found_by_whatever_part_of_it_is_typed
    a_card_is_found_by_its_order
    a_card_is_found_by_the_addresses_of_its_people
    too_many_are_cut_and_said_to_be_more
    several_words_are_found_among_many_names
    what_is_found_is_the_whole_line_with_its_name
    a_name_goes_with_the_account_that_holds_the_line
    a_name_stays_when_a_helper_goes
}

/// A line that is not among the scene's three.
fn sample(index: u32) -> SampleLine {
    SampleLine { operator: OWN, index }
}

/// Cards that look alike: number, ICCID, holder.
const CARDS: [(&str, &str, &str); 7] = [
    ("+14165550142", "8919980000000001013", "王小明"),
    ("+16475550142", "8919980000000001021", "Éloïse Tremblay"),
    ("+15145550199", "8919980000000001039", "Jean-François Lacroix"),
    ("+8613800138000", "89302991420000010140", "李伟"),
    ("+16045551000", "8930299000000001051", "王伟"),
    ("", "8930299000000101422", "Wei Li"),
    ("+14165559142", "8930299000000001077", ""),
];

fn card(place: usize) -> NewLine {
    let (number, iccid, name) = CARDS[place];
    let mut new = new_line(sample(100 + u32::try_from(place).unwrap()));
    new.line.msisdn = (!number.is_empty()).then(|| Msisdn::parse(number).unwrap());
    new.line.iccid = check_digit(iccid);
    new.holder_name = (!name.is_empty()).then(|| HolderName::parse(name).unwrap());
    new
}

/// The ICCID with the check digit that fits.
fn check_digit(iccid: &str) -> Iccid {
    let digits = &iccid[..iccid.len() - 1];
    (0..10).find_map(|check| Iccid::parse(&format!("{digits}{check}")).ok()).unwrap()
}

async fn import(store: &impl Lines, lines: impl Iterator<Item = NewLine>) {
    let lines: Vec<NewLine> = lines.collect();
    let rows = (2..).zip(lines).map(Ok);
    store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
}

async fn with_cards<M: StoreMaker>() -> Scene<M> {
    let scene = Scene::open().await;
    import(&scene.store, (0..CARDS.len()).map(card)).await;
    scene
}

/// What was found: the places of the cards, those found exactly with a mark.
async fn found(store: &impl Find, typed: &str) -> String {
    let found = store.find_lines(&Term::read(typed), 20).await.unwrap();
    assert!(!found.more, "{typed} finds more");
    let told = found.lines.iter().map(|found| {
        let place = (0..CARDS.len()).find(|place| card(*place).line == found.line);
        let place = place.map_or("another".to_owned(), |place| place.to_string());
        if found.exact { format!("{place}!") } else { place }
    });
    told.collect::<Vec<_>>().join(" ")
}

async fn a_card_is_found_by_whatever_part_of_it_is_typed<M: StoreMaker>() {
    let scene = with_cards::<M>().await;
    let (whole, other) = (card(0).line.iccid, card(3).line.iccid);
    let table = [
        // Numbers.
        ("+1 416 555 0142", "0!"),
        ("4165550142", "0!"),
        ("001-416-555-0142", "0!"),
        ("（４１６）５５５－０１４２", "0!"),
        ("416 555 0142 ext 12", "0!"),
        ("tel:+14165550142", "0!"),
        ("+86 138 0013 8000", "3!"),
        ("13800138000", "3"),
        ("8613800138000", "3!"),
        ("0142", "0 1"),
        ("55 50142", "0 1"),
        ("9142", "6"),
        ("+1416555", "0 6"),
        ("416555", "0 6"),
        ("514", "2"),
        ("+1604", "4"),
        ("4165550143", ""),
        // Cards, the first by their check digits as well.
        (whole.as_str(), "0!"),
        ("8919 9800 0000 0001", "0 1 2"),
        ("8930299142", "3"),
        (&other.as_str()[14..], "3"),
        ("8919980000000009", ""),
        // Names.
        ("王小明", "0!"),
        ("小明", "0"),
        ("明", "0"),
        ("王", "4 0"),
        ("王伟", "4!"),
        ("伟", "4 3"),
        ("李 伟", "3!"),
        ("王 明", "0"),
        ("王明", ""),
        ("eloise", "1"),
        ("ÉLOÏSE TREMBLAY", "1!"),
        ("tremblay eloise", "1"),
        ("trem", "1"),
        ("francois", "2"),
        ("Jean François", "2"),
        ("jean-françois lacroix", "2!"),
        ("Wei", "5"),
        ("li wei", "5"),
        ("wei li", "5!"),
        ("remblay", ""),
        ("%", ""),
        ("_", ""),
        // Too little to look for.
        ("41", ""),
        ("", ""),
    ];
    for (typed, expected) in table {
        assert_eq!(found(&scene.store, typed).await, expected, "{typed}");
    }
    scene.assert_sound().await;
}

async fn a_card_is_found_by_its_order<M: StoreMaker>() {
    let scene = with_cards::<M>().await;
    let order = scene.placed(sample(100), OWN_BIG).await;
    let reference = order.reference.to_string();
    assert_eq!(found(&scene.store, &reference).await, "0!");
    assert_eq!(found(&scene.store, &reference.to_lowercase().replace('-', " ")).await, "0!");
    assert_eq!(found(&scene.store, "ZZZZ-ZZZZ").await, "");
}

fn contact(text: &str, number: u8) -> AccountChange {
    AccountChange::AddContact(NewContact {
        id: ContactId::mint(noon(), Cell::numbered(1), u64::from(number)),
        address: Address::parse(text).unwrap(),
        key: [number; 32],
    })
}

/// An account holds the first card and another one helps with it.
async fn with_people<M: StoreMaker>() -> Scene<M> {
    let scene = with_cards::<M>().await;
    let store = &scene.store;
    let line = card(0).line.id;
    let holder = open(store, 1, "Li.Wei@Example.org").await;
    change(store, holder, contact("+1 604 555 0188", 3)).await;
    assert_eq!(change(store, holder, AccountChange::Hold(line)).await, Changed::Done);
    let helper = open(store, 2, "niece@example.org").await;
    let request = crate::accounts::request(5, line, helper, RequestKind::HelpWithLine);
    change(store, helper, crate::accounts::asked(request)).await;
    let answered = LineRequest { state: RequestState::Approved, ..request };
    let answer = AccountChange::Answer { request: answered, helper: Some(helper) };
    assert_eq!(change(store, holder, answer).await, Changed::Done);
    scene
}

async fn a_card_is_found_by_the_addresses_of_its_people<M: StoreMaker>() {
    let scene = with_people::<M>().await;
    let table = [
        ("li.wei@example.org", "0!"),
        ("LI.WEI@EXAMPLE.ORG", "0!"),
        ("li.wei＠example.org", "0!"),
        ("li.wei@exam", "0"),
        ("niece@", "0"),
        ("niece", "0"),
        ("wei@example.org", ""),
        ("nobody@example.org", ""),
        // The phone number of the account, not of a card.
        ("604 555 0188", "0!"),
        ("604 555 01", ""),
    ];
    for (typed, expected) in table {
        assert_eq!(found(&scene.store, typed).await, expected, "{typed}");
    }
}

async fn too_many_are_cut_and_said_to_be_more<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let named = |index| {
        let mut new = new_line(sample(index));
        new.holder_name = Some(HolderName::parse("Wang Wang").unwrap());
        new
    };
    import(store, (1000..1041).map(named)).await;
    for typed in ["wang", "+1416", "8930299", "wang wang"] {
        let terms = Term::read(typed);
        for most in [1, 20, 40] {
            let found = store.find_lines(&terms, most).await.unwrap();
            assert_eq!((found.lines.len(), found.more), (most as usize, true), "{typed}, {most}");
            let again = store.find_lines(&terms, most).await.unwrap();
            assert_eq!(again, found, "{typed}: the same is found again");
        }
    }
    let all = store.find_lines(&Term::read("wang"), 41).await.unwrap();
    assert_eq!((all.lines.len(), all.more), (41, false));
}

async fn several_words_are_found_among_many_names<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let named = |index: u32| {
        let name = match index {
            2500 => "Tremblay Zoé".to_owned(),
            _ => format!("Tremblay Marie {index}"),
        };
        let mut new = new_line(sample(index));
        new.holder_name = Some(HolderName::parse(&name).unwrap());
        new
    };
    import(store, (100..3100).map(named)).await;
    // The rarer word leads to it, wherever it stands.
    for typed in ["tremblay zoe", "zo tremblay"] {
        let found = store.find_lines(&Term::read(typed), 20).await.unwrap();
        let lines: Vec<_> = found.lines.iter().map(|found| found.line.id).collect();
        assert_eq!((lines, found.more), (vec![sample(2500).id()], false), "{typed}");
    }
    // Two words that thousands have, but never together within what is looked at.
    let found = store.find_lines(&Term::read("tremblay marie"), 20).await.unwrap();
    assert_eq!((found.lines.len(), found.more), (20, true));
    assert_eq!(store.find_lines(&Term::read("tremblay zz"), 20).await.unwrap().lines, []);
}

async fn what_is_found_is_the_whole_line_with_its_name<M: StoreMaker>() {
    let scene = with_people::<M>().await;
    let store = &scene.store;
    let terms = [Term::Name(vec!["王".to_owned()]), Term::NumberEnd("0142".to_owned())];
    let found = store.find_lines(&terms, 20).await.unwrap();
    let told: Vec<_> = found
        .lines
        .iter()
        .map(|found| (found.line.clone(), found.name.clone(), found.by))
        .collect();
    let expected = [4, 0, 1].map(|place| {
        let new = card(place);
        (new.line, new.holder_name, usize::from(place == 1))
    });
    assert_eq!(told, expected);
    assert_eq!(store.holder_name(card(1).line.id).await.unwrap(), card(1).holder_name);
    assert_eq!(store.holder_name(card(6).line.id).await.unwrap(), None);
    assert_eq!(store.holder_name(LINES[1].id()).await.unwrap(), None);
    assert_eq!(store.find_lines(&[], 20).await.unwrap().lines, []);
}

async fn a_name_goes_with_the_account_that_holds_the_line<M: StoreMaker>() {
    let scene = with_people::<M>().await;
    let store = &scene.store;
    let people = store.people_of_line(card(0).line.id).await.unwrap();
    let delete = AccountChange::Delete { order_contacts: Vec::new() };
    assert_eq!(change(store, people[0].account, delete).await, Changed::Done);
    for typed in ["王小明", "小明", "li.wei@example.org"] {
        assert_eq!(found(store, typed).await, "", "{typed}");
    }
    assert_eq!(store.holder_name(card(0).line.id).await.unwrap(), None);
    assert_eq!(found(store, "4165550142").await, "0!");
    assert_eq!(found(store, "王").await, "4");
    scene.assert_sound().await;
    let folder = scene.close();
    let octets = M::everything(folder.path());
    let is_there = |text: &str| octets.windows(text.len()).any(|found| found == text.as_bytes());
    assert!(!is_there("小明") && is_there("李伟"));
}

async fn a_name_stays_when_a_helper_goes<M: StoreMaker>() {
    let scene = with_people::<M>().await;
    let people = scene.store.people_of_line(card(0).line.id).await.unwrap();
    let delete = AccountChange::Delete { order_contacts: Vec::new() };
    change(&scene.store, people[1].account, delete).await;
    assert_eq!(found(&scene.store, "王小明").await, "0!");
    assert_eq!(found(&scene.store, "niece@example.org").await, "");
}
