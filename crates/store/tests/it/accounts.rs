//! Accounts: each change in one commit with its audit line, and nothing left after a deletion.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::accounts::{
    AccountChange, Changed, NewContact, NewSession, StoredCode, StoredRequest,
};
use farline_app::ports::records::Contact;
use farline_app::ports::{Accounts, Contacts};
use farline_domain::accounts::{
    Address, CodeAnswer, KeptCode, LineRequest, RequestId, RequestKind, RequestState, Rights,
};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Cell, ContactId, Instant, Language, LineId, SessionId};
use farline_testkit::noon;

on_every_store! {
    an_address_belongs_to_one_account_and_the_last_one_stays
    what_changes_nothing_leaves_no_line_in_the_audit
    sessions_are_found_by_token_and_end_when_told
    a_code_counts_its_tries_and_is_good_once
    a_line_has_one_holder_and_helpers_go_with_the_holder
    an_invitation_counts_only_while_the_inviter_holds_the_line
    nothing_personal_is_left_after_a_deletion
}

fn account(number: u64) -> AccountId {
    AccountId::mint(noon(), Cell::of(&number.to_be_bytes()), number)
}

fn contact(text: &str, number: u8) -> NewContact {
    NewContact {
        id: ContactId::mint(noon(), Cell::numbered(1), u64::from(number)),
        address: Address::parse(text).unwrap(),
        key: [number; 32],
    }
}

pub(crate) fn session(number: u8) -> NewSession {
    NewSession {
        id: SessionId::mint(noon(), Cell::numbered(1), u64::from(number)),
        token: [number; 32],
        device: "Firefox on a borrowed laptop".to_owned(),
        replaces: None,
    }
}

pub(crate) fn request(
    number: u8,
    line: LineId,
    asker: AccountId,
    kind: RequestKind,
) -> LineRequest {
    let id = RequestId::from_bytes([number; 16]);
    LineRequest { id, line, kind, asker, state: RequestState::Open, asked_at: noon() }
}

pub(crate) fn asked(request: LineRequest) -> AccountChange {
    AccountChange::Ask(StoredRequest {
        request,
        sent_to: Some(Address::parse("invited.person@example.net").unwrap()),
        sent_to_key: Some([200; 32]),
        name: "Invited Cousin".to_owned(),
    })
}

pub(crate) async fn change(
    store: &impl Accounts,
    account: AccountId,
    change: AccountChange,
) -> Changed {
    let by = (Actor::Account(account), noon());
    store.change_account(account, change, by).await.unwrap()
}

pub(crate) async fn open(store: &impl Accounts, number: u8, address: &str) -> AccountId {
    let id = account(u64::from(number));
    let opening = AccountChange::Open {
        language: Language::FrCa,
        password: Some(format!("$argon2id$of-{number}")),
        contact: contact(address, number),
    };
    assert_eq!(change(store, id, opening).await, Changed::Done);
    id
}

async fn actions(store: &impl Accounts, account: AccountId) -> Vec<&'static str> {
    let audit = store.account_audit(account).await.unwrap();
    let mut previous = [0; 32];
    for (line, number) in audit.iter().zip(1..) {
        assert_eq!(line.number, number);
        assert_eq!(line.hash, line.computed_hash(previous), "line {number}");
        assert_ne!(line.before, line.after, "line {number} tells of no change");
        previous = line.hash;
    }
    audit.iter().map(|line| line.action).collect()
}

async fn an_address_belongs_to_one_account_and_the_last_one_stays<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let (first, second) = (open(store, 1, "a@example.org").await, account(2));
    let again = AccountChange::Open {
        language: Language::EnCa,
        password: None,
        contact: contact("a@example.org", 1),
    };
    assert_eq!(change(store, second, again).await, Changed::Taken);
    assert_eq!(store.account(second).await.unwrap(), None);
    let second = open(store, 2, "b@example.org").await;
    let taken = AccountChange::AddContact(contact("a@example.org", 1));
    assert_eq!(change(store, second, taken).await, Changed::Taken);
    let last = contact("b@example.org", 2).id;
    assert_eq!(change(store, second, AccountChange::RemoveContact(last)).await, Changed::Missing);
    let phone = AccountChange::AddContact(contact("4165550199", 3));
    assert_eq!(change(store, second, phone).await, Changed::Done);
    assert_eq!(change(store, second, AccountChange::RemoveContact(last)).await, Changed::Done);
    assert_eq!(store.account_at(&[2; 32]).await.unwrap(), None);
    assert_eq!(store.account_at(&[3; 32]).await.unwrap(), Some(second));
    assert_eq!(store.account_at(&[1; 32]).await.unwrap(), Some(first));
    assert_eq!(actions(store, second).await, ["open", "add_contact", "remove_contact"]);
    let kept = store.account(first).await.unwrap().unwrap();
    assert_eq!(kept.language, Language::FrCa);
    assert_eq!(kept.password.as_deref(), Some("$argon2id$of-1"));
}

async fn what_changes_nothing_leaves_no_line_in_the_audit<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let id = open(store, 1, "a@example.org").await;
    for language in [Language::FrCa, Language::ZhCn, Language::ZhCn] {
        assert_eq!(change(store, id, AccountChange::SetLanguage(language)).await, Changed::Done);
    }
    let nobody = SessionId::mint(noon(), Cell::numbered(1), 99);
    assert_eq!(change(store, id, AccountChange::SignOut(nobody)).await, Changed::Missing);
    assert_eq!(actions(store, id).await, ["open", "set_language"]);
}

async fn sessions_are_found_by_token_and_end_when_told<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let id = open(store, 1, "a@example.org").await;
    for number in [1, 2] {
        change(store, id, AccountChange::SignIn(session(number))).await;
    }
    let replacing = NewSession { replaces: Some([1; 32]), ..session(3) };
    change(store, id, AccountChange::SignIn(replacing)).await;
    assert_eq!(store.session(&[1; 32]).await.unwrap(), None);
    let later = noon().plus_seconds(600);
    store.touch_session(&[2; 32], later).await.unwrap();
    store.touch_session(&[2; 32], noon()).await.unwrap();
    let kept = store.session(&[2; 32]).await.unwrap().unwrap();
    assert_eq!((kept.account, kept.times.used_at), (id, later));
    let ids: Vec<_> = store.account_sessions(id).await.unwrap().iter().map(|s| s.id).collect();
    assert_eq!(ids, [session(2).id, session(3).id]);
    let except = Some(session(3).id);
    change(store, id, AccountChange::SignOutEverywhere(except)).await;
    assert_eq!(store.session(&[2; 32]).await.unwrap(), None);
    change(store, id, AccountChange::SignOut(session(3).id)).await;
    assert_eq!(store.account_sessions(id).await.unwrap(), []);
}

pub(crate) fn code(subject: u8, expires_at: Instant) -> StoredCode {
    StoredCode {
        subject: [subject; 32],
        code: KeptCode { digest: [7; 32], expires_at, tries: 0 },
        account: None,
        address: Some([9; 32]),
        awaiting: "\"awaiting\"".to_owned(),
    }
}

async fn a_code_counts_its_tries_and_is_good_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let (now, ends) = (noon(), noon().plus_seconds(600));
    let tried = async |digest: u8| store.try_code(&[1; 32], &[digest; 32], now).await.unwrap();
    assert_eq!(tried(7).await, (CodeAnswer::Over, None));
    store.keep_code(code(1, ends), now).await.unwrap();
    assert_eq!(tried(6).await, (CodeAnswer::Wrong, None));
    assert_eq!(store.kept_code(&[1; 32]).await.unwrap().unwrap().code.tries, 1);
    assert_eq!(tried(7).await, (CodeAnswer::Right, Some("\"awaiting\"".to_owned())));
    assert_eq!(tried(7).await, (CodeAnswer::Over, None));
    // A new code replaces the old one and its tries; codes that are over are forgotten meanwhile.
    store.keep_code(code(1, ends), now).await.unwrap();
    for expected in [CodeAnswer::Wrong; 4].into_iter().chain([CodeAnswer::Over; 2]) {
        assert_eq!(tried(6).await, (expected, None));
    }
    assert_eq!(tried(7).await, (CodeAnswer::Over, None));
    store.keep_code(code(2, ends.plus_seconds(600)), ends).await.unwrap();
    assert_eq!(store.kept_code(&[1; 32]).await.unwrap().map(|code| code.awaiting), None);
}

async fn a_line_has_one_holder_and_helpers_go_with_the_holder<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let line = LINES[0].id();
    let holder = open(store, 1, "a@example.org").await;
    let helper = open(store, 2, "b@example.org").await;
    assert_eq!(change(store, holder, AccountChange::Hold(line)).await, Changed::Done);
    assert_eq!(change(store, holder, AccountChange::Hold(line)).await, Changed::Done);
    assert_eq!(change(store, helper, AccountChange::Hold(line)).await, Changed::Taken);
    let request = request(5, line, helper, RequestKind::HelpWithLine);
    assert_eq!(change(store, helper, asked(request)).await, Changed::Done);
    let answered = LineRequest { state: RequestState::Approved, ..request };
    let answer = || AccountChange::Answer { request: answered, helper: Some(helper) };
    assert_eq!(change(store, helper, answer()).await, Changed::Done);
    assert_eq!(change(store, helper, answer()).await, Changed::Missing);
    let kept = store.line_request(request.id).await.unwrap().unwrap();
    assert_eq!((kept.request.state, kept.sent_to), (RequestState::Approved, None));
    assert_eq!(store.rights_to_line(helper, line).await.unwrap(), Some(Rights::Helper));
    change(store, helper, AccountChange::CallLine(line, "Mother".to_owned())).await;
    let mine = store.lines_of_account(helper).await.unwrap();
    assert_eq!((mine[0].nickname.as_str(), mine[0].name.as_str()), ("Mother", "Invited Cousin"));
    let people = store.people_of_line(line).await.unwrap();
    let rights: Vec<_> = people.iter().map(|person| person.rights).collect();
    assert_eq!(rights, [Rights::Holder, Rights::Helper]);
    assert_eq!(change(store, holder, AccountChange::Leave(line)).await, Changed::Done);
    assert_eq!(store.people_of_line(line).await.unwrap(), []);
    assert_eq!(actions(store, helper).await, ["open", "ask", "answer", "call_line"]);
    assert_eq!(actions(store, holder).await, ["open", "hold", "leave"]);
}

async fn an_invitation_counts_only_while_the_inviter_holds_the_line<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let line = LINES[0].id();
    let holder = open(store, 1, "a@example.org").await;
    let invited = open(store, 2, "b@example.org").await;
    change(store, holder, AccountChange::Hold(line)).await;
    let request = request(5, line, holder, RequestKind::BecomeHelper);
    change(store, holder, asked(request)).await;
    change(store, holder, AccountChange::Leave(line)).await;
    let answered = LineRequest { state: RequestState::Approved, ..request };
    let answer = AccountChange::Answer { request: answered, helper: Some(invited) };
    assert_eq!(change(store, invited, answer).await, Changed::Missing);
    assert_eq!(store.rights_to_line(invited, line).await.unwrap(), None);
    let other = change(store, invited, AccountChange::Withdraw(request.id)).await;
    assert_eq!(other, Changed::Missing, "only who asked withdraws");
    assert_eq!(change(store, holder, AccountChange::Withdraw(request.id)).await, Changed::Done);
}

/// What must not be found anywhere after the deletion.
const PERSONAL: [&str; 11] = [
    "erased.person@example.org",
    "+14165550177",
    "buyer.address@example.com",
    "invited.person@example.net",
    "Invited Cousin",
    "Grandmother",
    "borrowed laptop",
    "$argon2id$of-1",
    "awaiting-erased",
    "陈静",
    "aurelie",
];

async fn nothing_personal_is_left_after_a_deletion<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let line = LINES[0].id();
    let id = open(store, 1, PERSONAL[0]).await;
    change(store, id, AccountChange::AddContact(contact(PERSONAL[1], 2))).await;
    change(store, id, AccountChange::SignIn(session(1))).await;
    change(store, id, AccountChange::Hold(line)).await;
    change(store, id, AccountChange::CallLine(line, "Grandmother".to_owned())).await;
    change(store, id, asked(request(5, line, id, RequestKind::BecomeHelper))).await;
    let awaiting = StoredCode {
        account: Some(id),
        awaiting: "\"awaiting-erased\"".to_owned(),
        ..code(1, noon().plus_seconds(600))
    };
    store.keep_code(awaiting, noon()).await.unwrap();
    let payer = ContactId::mint(noon(), Cell::numbered(3), 77);
    let paid = Contact { email: Some(PERSONAL[2].to_owned()), phone: None };
    store.put_contact(payer, &paid).await.unwrap();
    // Somebody else invited this person too.
    let other = open(store, 8, "other@example.org").await;
    let invitation = request(6, LINES[1].id(), other, RequestKind::BecomeHelper);
    let AccountChange::Ask(stored) = asked(invitation) else { panic!("not a request") };
    let invitation = StoredRequest { sent_to_key: Some([1; 32]), ..stored };
    change(store, other, AccountChange::Ask(invitation)).await;

    let delete = AccountChange::Delete { order_contacts: vec![payer] };
    assert_eq!(change(store, id, delete.clone()).await, Changed::Done);
    assert_eq!(change(store, id, delete).await, Changed::Missing);
    assert_eq!(store.account(id).await.unwrap(), None);
    assert_eq!(store.account_at(&[1; 32]).await.unwrap(), None);
    assert_eq!(store.session(&[1; 32]).await.unwrap(), None);
    assert_eq!(store.contact(payer).await.unwrap(), None);
    assert_eq!(store.people_of_line(line).await.unwrap(), []);
    assert_eq!(store.requests_of_account(other).await.unwrap(), []);
    let trail = actions(store, id).await;
    assert_eq!(trail.last(), Some(&"delete"));
    assert_eq!(trail.len(), 7);

    let folder = scene.close();
    let octets = M::everything(folder.path());
    let is_there = |text: &str| octets.windows(text.len()).any(|found| found == text.as_bytes());
    for text in PERSONAL {
        assert!(!is_there(text), "{text} is still there");
    }
    // The search finds what is there: the account that was not deleted.
    assert!(is_there("other@example.org"));
}
