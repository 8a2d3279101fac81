//! The contract of the staff: people, sessions, the audit's chain, and where somebody wanted to go.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::passkeys::{NewPasskey, Passkey, PasskeyUse};
use farline_app::ports::staff::{
    Accepted, AuditSearch, Invitation, Member, MemberChange, MemberChanged, MemberSecrets,
    MemberState, NewStaffLine, NewStaffSession, SignInWith,
};
use farline_app::ports::{Passkeys, Staff};
use farline_domain::kernel::{CallId, Cell, Instant, Language, LineId, SessionId, StaffId};
use farline_domain::staff::{ChainFault, Role, Roles, SecondPerson, StaffChain};
use farline_testkit::noon;

on_every_store! {
    a_name_is_one_members_and_a_link_opens_once_and_in_time
    a_code_is_good_once_and_a_session_is_found_by_its_token
    somebody_always_manages_the_staff
    the_audit_is_a_chain_and_is_found_by_member_card_and_time
    many_notes_at_once_are_one_chain
    a_target_is_told_once_and_in_time
    a_passkey_is_one_members_and_each_use_goes_on_from_the_one_before
    of_many_uses_at_once_of_one_state_one_counts
    passkeys_go_with_the_work
    a_challenge_is_told_once_and_in_time
}

pub(crate) fn id(number: u64) -> StaffId {
    StaffId::mint(noon(), Cell::numbered(0), number)
}

fn invitation(sign_in: &str, link: u8, roles: Roles) -> MemberChange {
    MemberChange::Invite(Invitation {
        sign_in: sign_in.to_owned(),
        language: Language::FrCa,
        roles,
        second_person: SecondPerson::Waived,
        link: [link; 32],
        until: noon().plus_seconds(60),
    })
}

fn acceptance(link: u8) -> MemberChange {
    MemberChange::Accept(Accepted {
        link: [link; 32],
        name: "陈 Agnès".to_owned(),
        language: Language::ZhCn,
        secrets: MemberSecrets {
            password: Some("$argon2id$of-hers".to_owned()),
            totp: Some(vec![1, 2, 3]),
        },
        step: 10,
    })
}

fn device(number: u8) -> NewStaffSession {
    NewStaffSession {
        id: SessionId::mint(noon(), Cell::numbered(0), u64::from(number)),
        token: [number; 32],
        device: "Firefox · Linux".to_owned(),
        replaces: None,
    }
}

async fn change(store: &impl Staff, member: StaffId, change: MemberChange) -> MemberChanged {
    store.change_member(member, change, (None, noon())).await.unwrap()
}

pub(crate) async fn employ(store: &impl Staff, number: u8, roles: Roles) -> StaffId {
    let member = id(u64::from(number));
    let inviting = invitation(&format!("member-{number}"), number, roles);
    assert_eq!(change(store, member, inviting).await, MemberChanged::Done);
    assert_eq!(change(store, member, acceptance(number)).await, MemberChanged::Done);
    member
}

fn look(line: Option<LineId>) -> NewStaffLine {
    let call = Some(CallId::mint(noon(), Cell::numbered(0), 5));
    NewStaffLine { action: "find", line, order: None, call, detail: r#"{"found":1}"#.to_owned() }
}

fn passkey(number: u8) -> NewPasskey {
    NewPasskey {
        id: vec![number; 16],
        key: vec![1, 2, 3],
        state: [0; 7],
        device: "Firefox · Linux".to_owned(),
    }
}

/// Signs in with a passkey whose state was the one number and is now the other.
fn used(number: u8, (before, after): (u8, u8)) -> MemberChange {
    let (before, after) = ([before; 7], [after; 7]);
    let with = SignInWith::Passkey(PasskeyUse { id: vec![number; 16], before, after });
    MemberChange::SignIn { session: device(after[0].wrapping_add(100)), with }
}

/// A row in every table of the staff.
pub(crate) async fn at_work(store: &(impl Staff + Passkeys), line: LineId) {
    let member = employ(store, 1, Roles::owner()).await;
    let session = device(1);
    change(store, member, MemberChange::SignIn { session, with: SignInWith::Code(11) }).await;
    store.note_staff(member, look(Some(line)), noon()).await.unwrap();
    let times = (noon(), noon().plus_seconds(600));
    store.keep_target(&[5; 32], "/desk?caller=%2B14165550100", times).await.unwrap();
    change(store, member, MemberChange::AddPasskey(passkey(1))).await;
    store.keep_challenge(&[6; 32], &[7; 40], times).await.unwrap();
    change(store, id(2), invitation("invited", 2, Roles::from_iter([Role::Auditor]))).await;
}

async fn a_name_is_one_members_and_a_link_opens_once_and_in_time<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let agent = Roles::from_iter([Role::Agent, Role::Finance]);
    assert_eq!(
        change(store, id(1), invitation("mei", 1, agent.clone())).await,
        MemberChanged::Done
    );
    assert_eq!(
        change(store, id(2), invitation("mei", 2, agent.clone())).await,
        MemberChanged::Taken
    );
    // A link that was lost is made again: the one before opens nothing.
    assert_eq!(
        change(store, id(1), invitation("mei", 3, agent.clone())).await,
        MemberChanged::Done
    );
    assert_eq!(store.member_invited(&[1; 32]).await.unwrap(), None);
    let kept = store.member_invited(&[3; 32]).await.unwrap().unwrap();
    let until = noon().plus_seconds(60);
    assert_eq!((kept.id, kept.state), (id(1), MemberState::Invited { until }));
    let late = (None, until);
    let missed = store.change_member(id(1), acceptance(3), late).await.unwrap();
    assert_eq!(missed, MemberChanged::Missing);
    assert_eq!(change(store, id(1), acceptance(1)).await, MemberChanged::Missing);
    assert_eq!(change(store, id(1), acceptance(3)).await, MemberChanged::Done);
    assert_eq!(change(store, id(1), acceptance(3)).await, MemberChanged::Missing);
    let kept = store.member_named("mei").await.unwrap().unwrap();
    let expected = Member {
        id: id(1),
        sign_in: "mei".to_owned(),
        name: "陈 Agnès".to_owned(),
        language: Language::ZhCn,
        roles: agent.clone(),
        second_person: SecondPerson::Waived,
        state: MemberState::Active,
        head: kept.head,
    };
    assert_eq!(kept, expected);
    assert_eq!(store.member_secrets(id(1)).await.unwrap().totp, Some(vec![1, 2, 3]));
    assert_eq!(change(store, id(1), invitation("mei", 4, agent)).await, MemberChanged::Taken);
    assert_eq!(actions(store, id(1)).await, ["invited", "invited", "accepted"]);
}

async fn a_code_is_good_once_and_a_session_is_found_by_its_token<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let (member, other) =
        (employ(store, 1, Roles::owner()).await, employ(store, 2, Roles::owner()).await);
    let come = |number, with| MemberChange::SignIn { session: device(number), with };
    // The code shown when the link was followed was of step 10.
    for (step, expected) in
        [(10, MemberChanged::Missing), (11, MemberChanged::Done), (11, MemberChanged::Missing)]
    {
        assert_eq!(
            change(store, member, come(1, SignInWith::Code(step))).await,
            expected,
            "{step}"
        );
        if expected == MemberChanged::Missing {
            continue;
        }
        let kept = store.staff_session(&[1; 32]).await.unwrap().unwrap();
        assert_eq!((kept.member, kept.times.used_at), (member, noon()));
    }
    // A device that had another one's session loses it.
    let session = NewStaffSession { replaces: Some([1; 32]), ..device(2) };
    change(store, other, MemberChange::SignIn { session, with: SignInWith::Nothing }).await;
    assert_eq!(store.staff_session(&[1; 32]).await.unwrap(), None);
    let later = noon().plus_seconds(40);
    store.touch_staff_session(&[2; 32], later).await.unwrap();
    store.touch_staff_session(&[2; 32], noon()).await.unwrap();
    assert_eq!(store.staff_session(&[2; 32]).await.unwrap().unwrap().times.used_at, later);
    let out = MemberChange::SignOut(device(2).id);
    assert_eq!(change(store, member, out.clone()).await, MemberChanged::Missing);
    assert_eq!(change(store, other, out).await, MemberChanged::Done);
    change(store, other, come(3, SignInWith::Nothing)).await;
    assert_eq!(change(store, other, MemberChange::End).await, MemberChanged::Done);
    assert_eq!(store.staff_session(&[3; 32]).await.unwrap(), None);
    assert_eq!(store.member_secrets(other).await.unwrap(), MemberSecrets::default());
    assert_eq!(change(store, other, come(4, SignInWith::Nothing)).await, MemberChanged::Missing);
    assert_eq!(change(store, other, MemberChange::End).await, MemberChanged::Missing);
}

async fn somebody_always_manages_the_staff<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let agent = Roles::from_iter([Role::Agent]);
    let (first, second) =
        (employ(store, 1, Roles::owner()).await, employ(store, 2, agent.clone()).await);
    let fewer = || MemberChange::SetRoles(agent.clone());
    assert_eq!(change(store, first, fewer()).await, MemberChanged::Last);
    assert_eq!(change(store, first, MemberChange::End).await, MemberChanged::Last);
    let more = MemberChange::SetRoles(Roles::from_iter([Role::Supervisor]));
    assert_eq!(change(store, second, more).await, MemberChanged::Done);
    // Two who end each other at once: one of them stays.
    let by = |member| (Some(member), noon());
    let (one, other) = tokio::join!(
        store.change_member(first, MemberChange::End, by(second)),
        store.change_member(second, MemberChange::End, by(first)),
    );
    let mut ends = [one.unwrap(), other.unwrap()];
    ends.sort_by_key(|end| *end == MemberChanged::Last);
    assert_eq!(ends, [MemberChanged::Done, MemberChanged::Last]);
}

async fn actions(store: &impl Staff, member: StaffId) -> Vec<String> {
    let lines = store.staff_chain(member, 0, 100).await.unwrap();
    let mut chain = StaffChain::default();
    for line in &lines {
        chain.take(line).unwrap();
    }
    let head = store.member(member).await.unwrap().unwrap().head;
    assert_eq!(chain.ends_at(head), Ok(()));
    lines.into_iter().map(|line| line.action).collect()
}

async fn the_audit_is_a_chain_and_is_found_by_member_card_and_time<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let (mei, luc) =
        (employ(store, 1, Roles::owner()).await, employ(store, 2, Roles::owner()).await);
    let (a, b) = (LINES[0].id(), LINES[1].id());
    let minute = |minutes: i64| noon().plus_seconds(minutes * 60);
    for (member, line, minutes) in [(mei, a, 1), (luc, a, 2), (mei, b, 3)] {
        store.note_staff(member, look(Some(line)), minute(minutes)).await.unwrap();
    }
    assert_eq!(actions(store, mei).await, ["invited", "accepted", "find", "find"]);
    let all =
        AuditSearch { member: None, line: None, since: minute(1), until: minute(60), limit: 50 };
    let found = async |search| {
        let lines = store.search_staff_audit(search).await.unwrap();
        lines.into_iter().map(|line| (line.member, line.line.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(found(all).await, [(mei, b), (luc, a), (mei, a)]);
    assert_eq!(found(AuditSearch { line: Some(a), ..all }).await, [(luc, a), (mei, a)]);
    assert_eq!(found(AuditSearch { member: Some(mei), ..all }).await, [(mei, b), (mei, a)]);
    let both = AuditSearch { member: Some(mei), line: Some(a), ..all };
    assert_eq!(found(both).await, [(mei, a)]);
    assert_eq!(found(AuditSearch { until: minute(3), limit: 1, ..all }).await, [(luc, a)]);
    let line = store.search_staff_audit(both).await.unwrap().remove(0);
    assert_eq!((line.call, line.detail.as_str()), (look(None).call, r#"{"found":1}"#));
    let mut chain = StaffChain::default();
    let rest = store.staff_chain(mei, 2, 100).await.unwrap();
    assert_eq!(chain.take(&rest[0]), Err(ChainFault::Line(1)), "what is cut off shows");
}

async fn many_notes_at_once_are_one_chain<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let member = employ(store, 1, Roles::owner()).await;
    let notes = (0..8).map(|_| store.note_staff(member, look(None), noon()));
    for noted in futures_util::future::join_all(notes).await {
        noted.unwrap();
    }
    assert_eq!(actions(store, member).await.len(), 10);
}

async fn a_target_is_told_once_and_in_time<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let end = |seconds: i64| -> (Instant, Instant) { (noon(), noon().plus_seconds(seconds)) };
    for (token, seconds) in [(1, 60), (2, 30), (3, 60)] {
        store.keep_target(&[token; 32], "/desk", end(seconds)).await.unwrap();
    }
    store.keep_target(&[1; 32], "/desk?caller=1", end(60)).await.unwrap();
    let later = noon().plus_seconds(30);
    let taken = async |token: u8| store.take_target(&[token; 32], later).await.unwrap();
    assert_eq!(taken(1).await.as_deref(), Some("/desk?caller=1"));
    assert_eq!(taken(1).await, None);
    assert_eq!(taken(2).await, None, "its time is over");
    // What nobody came back for is forgotten with the next one.
    let much_later = noon().plus_seconds(90);
    store.keep_target(&[4; 32], "/desk", (much_later, much_later.plus_seconds(60))).await.unwrap();
    assert_eq!(taken(3).await, None);
}

async fn a_passkey_is_one_members_and_each_use_goes_on_from_the_one_before<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let (member, other) =
        (employ(store, 1, Roles::owner()).await, employ(store, 2, Roles::owner()).await);
    let add = |number| MemberChange::AddPasskey(passkey(number));
    assert_eq!(change(store, member, add(1)).await, MemberChanged::Done);
    assert_eq!(change(store, other, add(1)).await, MemberChanged::Taken);
    assert_eq!(change(store, member, add(2)).await, MemberChanged::Done);
    let NewPasskey { id, key, state, device } = passkey(1);
    let added_at = noon();
    let kept = Passkey { id, member, key, state, device, added_at, used_at: None };
    assert_eq!(store.passkey(&[1; 16]).await.unwrap(), Some(kept.clone()));
    assert_eq!(store.passkey(&[3; 16]).await.unwrap(), None);
    for (who, states, expected) in [
        (member, (0, 1), MemberChanged::Done),
        (member, (0, 2), MemberChanged::Missing),
        (other, (1, 2), MemberChanged::Missing),
        (member, (1, 2), MemberChanged::Done),
    ] {
        assert_eq!(change(store, who, used(1, states)).await, expected, "{states:?}");
    }
    let kept = Passkey { state: [2; 7], used_at: Some(noon()), ..kept };
    assert_eq!(store.passkeys(member).await.unwrap()[0], kept);
    let remove = || MemberChange::RemovePasskey(vec![1; 16]);
    assert_eq!(change(store, other, remove()).await, MemberChanged::Missing);
    assert_eq!(change(store, member, remove()).await, MemberChanged::Done);
    assert_eq!(change(store, member, remove()).await, MemberChanged::Missing);
    assert_eq!(change(store, member, used(1, (2, 3))).await, MemberChanged::Missing);
    assert_eq!(store.passkeys(member).await.unwrap().len(), 1);
    let verbs = ["passkey_added", "passkey_added", "signed_in", "signed_in", "passkey_removed"];
    assert_eq!(actions(store, member).await[2..], verbs);
    assert_eq!(actions(store, other).await.len(), 2, "what changed nothing is not written down");
}

async fn of_many_uses_at_once_of_one_state_one_counts<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let member = employ(store, 1, Roles::owner()).await;
    change(store, member, MemberChange::AddPasskey(passkey(1))).await;
    let uses = (1..=8).map(|after| change(store, member, used(1, (0, after))));
    let came = futures_util::future::join_all(uses).await;
    let done = came.iter().filter(|changed| **changed == MemberChanged::Done).count();
    assert_eq!(done, 1, "{came:?}");
}

async fn passkeys_go_with_the_work<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    employ(store, 1, Roles::owner()).await;
    let member = employ(store, 2, Roles::owner()).await;
    change(store, member, MemberChange::AddPasskey(passkey(1))).await;
    assert_eq!(change(store, member, MemberChange::End).await, MemberChanged::Done);
    assert_eq!(store.passkeys(member).await.unwrap(), []);
    let late = MemberChange::AddPasskey(passkey(1));
    assert_eq!(change(store, member, late).await, MemberChanged::Missing);
}

async fn a_challenge_is_told_once_and_in_time<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let until = noon().plus_seconds(300);
    for asked in [[1; 40], [2; 40]] {
        store.keep_challenge(&[1; 32], &asked, (noon(), until)).await.unwrap();
    }
    let later = noon().plus_seconds(299);
    assert_eq!(store.take_challenge(&[2; 32], later).await.unwrap(), None);
    assert_eq!(store.take_challenge(&[1; 32], later).await.unwrap(), Some(vec![2; 40]));
    assert_eq!(store.take_challenge(&[1; 32], later).await.unwrap(), None);
    store.keep_challenge(&[1; 32], &[3; 40], (noon(), until)).await.unwrap();
    assert_eq!(store.take_challenge(&[1; 32], until).await.unwrap(), None);
}
