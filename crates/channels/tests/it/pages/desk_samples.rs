//! Sample data of the desk's pages.

use farline_app::staff::demonstration::Played;
use farline_channels::desk::layout::{DeskLayout, Section};
use farline_channels::desk::script;
use farline_channels::desk::views::*;
use farline_channels::portal::layout::Page;
use farline_channels::portal::qr;
use farline_domain::kernel::Language;
use farline_domain::staff::{Role, Roles};
use farline_texts::Words;
use jiff::civil::date;

use super::samples::{layout, moment, pick, wrong};

/// The frame of somebody who may do everything.
pub(crate) fn at_the_desk(language: Language, path: &str, current: Section) -> DeskLayout {
    let mut page = layout(language, path);
    page.csrf = Some("c2Vzc2lvbg".to_owned());
    DeskLayout { page, current, name: Some("Lin Yue 林悦".to_owned()), roles: Roles::owner() }
}

fn at_the_door(language: Language, path: &str) -> DeskLayout {
    let page = layout(language, path);
    DeskLayout { page, current: Section::Desk, name: None, roles: Roles::default() }
}

pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    [
        at_the_door_pages(language),
        of_finding(language),
        of_oneself(language),
        of_the_staff(language),
    ]
    .concat()
}

fn at_the_door_pages(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let sign_in = || SignInPage {
        layout: at_the_door(language, "/desk/sign-in"),
        who: String::new(),
        played: Played::ALL.to_vec(),
        passkey_site: Some("https://farline.example".to_owned()),
        script: script::passkey(),
    };
    let mut refused = sign_in();
    refused.layout.page = wrong(
        refused.layout.page.clone(),
        "who",
        [
            "Name, password and code do not fit together.",
            "Le nom, le mot de passe et le code ne vont pas ensemble.",
            "登录名、密码和验证码不匹配。",
        ],
    );
    refused.who = String::from("mei@example.org");
    refused.played = Vec::new();
    refused.passkey_site = None;
    let address = "otpauth://totp/Farline:mei?secret=GEZDGNBVGY3TQOJQ&issuer=Farline";
    let join = JoinPage {
        layout: at_the_door(language, "/desk/join/bGluaw"),
        link: "bGluaw".to_owned(),
        sign_in: "mei@example.org".to_owned(),
        name: String::new(),
        until: moment(words, date(2026, 11, 29), 14, 20),
        picture: qr::svg(address),
        secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".to_owned(),
        password_length: 8,
    };
    vec![
        ("desk-sign-in".to_owned(), sign_in().html()),
        ("desk-sign-in-refused".to_owned(), refused.html()),
        ("desk-join".to_owned(), join.html()),
    ]
}

fn of_finding(language: Language) -> Vec<(String, String)> {
    let find = |may_find| FindPage {
        layout: at_the_desk(language, "/desk", Section::Desk),
        typed: String::new(),
        may_find,
        may_take: true,
        may_look: true,
        found: None,
    };
    let found = |remark: Option<&str>, rows: Vec<FoundRow>| {
        let page = find(true);
        let ending = page.layout.say_with("desk-way-number-end", "what", "0142");
        let remark = remark.map(|key| page.layout.say(key));
        let found = FoundView {
            ways: vec![ending],
            remark,
            rows,
            caller: "+14165550142".to_owned(),
            telephone: String::new(),
        };
        FindPage { typed: "0142".to_owned(), found: Some(found), ..page }
    };
    let row = |number: &str, name: Option<&str>, single| FoundRow {
        token: "lin_0.bGluZQ".to_owned(),
        number: number.to_owned(),
        operator: "Maplewave".to_owned(),
        name: name.map(str::to_owned),
        why: find(true).layout.say("desk-found-exact"),
        single,
        robot: single.then(|| {
            let told = find(true).layout.say_with("desk-robot-put-through", "time", "14:02");
            ("cal_0.cm9ib3Q".to_owned(), told)
        }),
    };
    let several = || {
        let iccid = "8919 •••• •••• •••• •88";
        vec![row("+1 416 ••• ••42", Some("王＊＊"), false), row(iccid, None, false)]
    };
    let roles = pick(language, ["Supervisor", "Superviseur", "主管"]);
    let forbidden = ForbiddenPage {
        layout: at_the_desk(language, "/desk/team", Section::Desk),
        roles: vec![roles],
    };
    vec![
        ("desk-find".to_owned(), find(true).html()),
        (
            "desk-found-one".to_owned(),
            found(None, vec![row("+1 416 ••• ••42", Some("É… T…"), true)]).html(),
        ),
        ("desk-found-more".to_owned(), found(Some("desk-found-more"), several()).html()),
        ("desk-found-none".to_owned(), found(Some("desk-found-none"), Vec::new()).html()),
        ("desk-without-search".to_owned(), find(false).html()),
        ("desk-forbidden".to_owned(), forbidden.html()),
    ]
}

fn of_oneself(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let layout = at_the_desk(language, "/desk/me", Section::Me);
    let times = |used: Option<&str>| {
        let added = layout.say_with("passkey-added", "day", &words.date_short(date(2026, 11, 2)));
        let used = used.map_or_else(
            || words.say("passkey-unused"),
            |day| layout.say_with("passkey-used", "day", day),
        );
        words.dot(&[added, used])
    };
    let passkey = |id: &str, device: &str, used: Option<&str>| ShownPasskey {
        id: id.to_owned(),
        device: device.to_owned(),
        times: times(used),
    };
    let me = |passkeys, adding| MePage {
        layout: layout.clone(),
        sign_in: "mei@example.org".to_owned(),
        passkeys,
        adding,
        script: script::passkey(),
    };
    let day = words.date_short(date(2026, 11, 28));
    let both = || {
        vec![
            passkey("AQEB", "Chrome · Windows", Some(&day)),
            passkey("AgIC", "Safari · iPhone", None),
        ]
    };
    let site = "https://farline.example".to_owned();
    vec![
        ("desk-me".to_owned(), me(both(), Adding::At(site.clone())).html()),
        ("desk-me-none".to_owned(), me(Vec::new(), Adding::At(site)).html()),
        ("desk-me-again".to_owned(), me(both(), Adding::Again).html()),
        ("desk-me-never".to_owned(), me(Vec::new(), Adding::Never).html()),
    ]
}

fn of_the_staff(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let choices = || {
        let choice = |role: Role| RoleChoice {
            code: role.code(),
            label: words.say(&format!("staff-role-{}", role.code().replace('_', "-"))),
            is_held: role == Role::Agent,
        };
        Role::ALL.into_iter().map(choice).collect::<Vec<_>>()
    };
    let member = |name: &str, standing| MemberLine {
        id: format!("stf_{name}"),
        name: name.to_owned(),
        sign_in: format!("{name}@example.org"),
        roles: words.say("staff-role-agent"),
        choices: choices(),
        is_alone: name == "Mei",
        standing,
    };
    let until = || moment(words, date(2026, 11, 29), 14, 20);
    let link = "https://farline.example/en/desk/join/bGluaw".to_owned();
    let team = TeamPage {
        layout: at_the_desk(language, "/desk/team", Section::Team),
        members: vec![
            member("Mei", MemberStanding::Active),
            member("Luc", MemberStanding::Invited { until: until() }),
            member("Ana", MemberStanding::Ended),
        ],
        choices: choices(),
        invited: Some(Invitation { link, until: until() }),
    };
    let audit = |broken: Vec<String>| AuditPage {
        layout: at_the_desk(language, "/desk/audit", Section::Audit),
        choices: vec![MemberChoice { id: "stf_1".into(), name: "Mei".into(), is_chosen: true }],
        line: String::new(),
        day: "2026-11-28".to_owned(),
        lines: vec![AuditLine {
            at: until(),
            name: "Mei".to_owned(),
            action: "find".to_owned(),
            about: "lin_0001".to_owned(),
        }],
        is_cut: true,
        broken,
    };
    vec![
        ("desk-team".to_owned(), team.html()),
        ("desk-audit".to_owned(), audit(Vec::new()).html()),
        ("desk-audit-broken".to_owned(), audit(vec!["Mei".to_owned()]).html()),
    ]
}
