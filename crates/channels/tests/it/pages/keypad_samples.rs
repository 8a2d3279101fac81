//! Sample data of a bank card that is typed on the telephone: however it can stand, as a page shows it.

use farline_channels::desk::handlers::call::keypad::shown;
use farline_channels::desk::views::KeypadView;
use farline_domain::hotline::keypad::{End, Entry, Field, Progress, Slip};
use farline_domain::kernel::{Cell, Instant, Language, OrderId};
use farline_texts::Words;

fn entry(progress: Progress, asked: Option<Field>) -> Entry {
    let at = Instant::from_millis(1_795_953_600_000);
    Entry {
        number: 1,
        order: OrderId::mint(at, Cell::numbered(7), 1),
        session: Some("PK1".to_owned()),
        step: 1,
        asked,
        is_listening: asked == Some(Field::Expiry),
        typed: Vec::new(),
        slip: None,
        last_four: None,
        progress,
        at,
    }
}

/// With everything before a field typed.
fn typed(progress: Progress, asked: Option<Field>) -> Entry {
    let before = Field::ALL.into_iter().take_while(|field| Some(*field) != asked);
    let last_four = (asked != Some(Field::Number)).then(|| "4242".to_owned());
    Entry { typed: before.collect(), last_four, ..entry(progress, asked) }
}

/// The page with each of them.
pub(crate) fn all(
    language: Language,
    page: &dyn Fn(KeypadView) -> String,
) -> Vec<(String, String)> {
    let words = Words::of(language);
    let total = words.money(2825, "CAD");
    let view = |name: &str, entry: Option<&Entry>| {
        (format!("desk-keypad-{name}"), page(shown(words, entry, &total)))
    };
    let open = Progress::Open;
    let mut all = vec![
        view("before", None),
        view("opening", Some(&entry(Progress::Opening, None))),
        view("ready", Some(&entry(open, None))),
        view("complete", Some(&typed(open, None))),
        view("finishing", Some(&typed(Progress::Finishing, None))),
        view("taken", Some(&typed(Progress::Taken, None))),
    ];
    for field in Field::ALL {
        all.push(view(&format!("asked-{}", field.code()), Some(&typed(open, Some(field)))));
    }
    for slip in Slip::ALL {
        let wrong = Entry { slip: Some(slip), ..typed(open, Some(Field::SecurityCode)) };
        all.push(view(&format!("slip-{}", slip.code()), Some(&wrong)));
    }
    for end in End::ALL {
        let over = typed(Progress::Ended(end), Some(Field::Expiry));
        all.push(view(&format!("end-{}", end.code()), Some(&over)));
    }
    all
}
