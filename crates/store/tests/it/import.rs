//! Importing lines: all or none.

use crate::scene::{LINES, Postgres, Scene, Sqlite, StoreMaker};
use farline_app::ports::lines::{ImportError, LineSecrets, NewLine};
use farline_app::ports::{Lines, StoreError};
use farline_domain::commands::LineCommand;
use farline_domain::kernel::LineNumber;
use farline_store::Database;
use farline_testkit::{OWN, SampleLine, new_line};
use std::sync::{Arc, Mutex};

on_every_store! {
    imported_lines_are_found_and_sound
    a_wrong_row_is_named_and_nothing_is_taken
}

fn sample(index: u32) -> NewLine {
    new_line(SampleLine { operator: OWN, index })
}

async fn import(store: &impl Lines, lines: Vec<NewLine>) -> Result<u64, ImportError> {
    let rows = (2..).zip(lines).map(Ok);
    store.import_lines(Box::new(rows), Box::new(|_| {})).await
}

async fn refused(store: &impl Lines, lines: Vec<NewLine>) -> String {
    match import(store, lines).await {
        Err(ImportError::Row(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn imported_lines_are_found_and_sound<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let rows = (2..).zip((10..12_010).map(sample)).map(Ok);
    let progress = move |count| heard.lock().unwrap().push(count);
    let count = scene.store.import_lines(Box::new(rows), Box::new(progress)).await.unwrap();
    assert_eq!(count, 12_000);
    assert_eq!(*told.lock().unwrap(), [10_000, 12_000]);
    assert_eq!(scene.store.count_lines().await.unwrap(), 12_003);
    let wanted = sample(777).line;
    for number in [
        LineNumber::Msisdn(wanted.msisdn.clone().unwrap()),
        LineNumber::Iccid(wanted.iccid.clone()),
    ] {
        assert_eq!(scene.store.find_line(&number).await.unwrap(), Some(wanted.id));
    }
    let view = scene.store.line(wanted.id).await.unwrap().unwrap();
    assert_eq!(view.line, wanted);
    assert_eq!(view.buckets[0].available().count(), 1_000_000_000);
    let secrets = scene.store.line_secrets(wanted.id).await.unwrap();
    assert_eq!(secrets, LineSecrets { pin: Some([7; 32]), puk: None });
    scene.assert_sound().await;
}

async fn a_wrong_row_is_named_and_nothing_is_taken<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let twice = vec![sample(10), sample(11), sample(10)];
    assert_eq!(refused(store, twice).await, "row 4: the number …10 is there already");
    let known = vec![sample(10), sample(1)];
    assert_eq!(refused(store, known).await, "row 3: the number …01 is there already");
    let mut same_card = sample(12);
    same_card.line.iccid = sample(13).line.iccid;
    let hint = same_card.line.iccid.hint().to_owned();
    let cards = vec![sample(13), same_card];
    assert_eq!(refused(store, cards).await, format!("row 3: the ICCID …{hint} is there already"));
    let mut strange = sample(14);
    strange.line.operator = "nobody".to_owned().try_into().unwrap();
    assert_eq!(refused(store, vec![strange]).await, "row 2: the operator nobody is not known");
    let mut overdrawn = sample(15);
    overdrawn.buckets[0].used = farline_domain::kernel::Units::new(2_000_000_001).unwrap();
    let why = refused(store, vec![sample(16), overdrawn]).await;
    assert_eq!(why, "row 3: more of a bucket is used than was granted");
    let rows: Vec<Result<(u64, NewLine), ImportError>> =
        vec![Ok((2, sample(17))), Err(ImportError::Row("row 3: no number".to_owned()))];
    let ended = store.import_lines(Box::new(rows.into_iter()), Box::new(|_| {})).await;
    assert!(matches!(ended, Err(ImportError::Row(why)) if why == "row 3: no number"));
    assert_eq!(store.count_lines().await.unwrap(), 3);
    scene.assert_sound().await;
}

#[tokio::test]
async fn a_panic_in_the_writer_leaves_nobody_waiting() {
    let scene = Scene::<Sqlite>::open().await;
    let rows = std::iter::once_with(|| panic!("a planted panic"));
    let ended = scene.store.import_lines(Box::new(rows), Box::new(|_| {})).await;
    assert!(matches!(ended, Err(ImportError::Store(StoreError::Failed(_)))), "{ended:?}");
    let later = scene.store.move_demonstration_dates(1).await;
    assert!(matches!(later, Err(StoreError::Failed(_))), "{later:?}");
    assert!(scene.store.has_stopped());
    let folder = scene.close();
    let store = Sqlite::open(folder.path()).await;
    assert!(!store.has_stopped());
    assert!(store.line(LINES[0].id()).await.unwrap().is_some());
    assert_eq!(LineCommand::Sweep.name(), "sweep");
}

#[tokio::test]
async fn a_panic_among_the_rows_undoes_the_import_and_nothing_else() {
    let scene = Scene::<Postgres>::open().await;
    let rows = (10..1010).map(sample).zip(2..).map(|(line, position)| Ok((position, line)));
    let rows = rows.chain(std::iter::once_with(|| panic!("a planted panic")));
    let ended = scene.store.import_lines(Box::new(rows), Box::new(|_| {})).await;
    assert!(matches!(ended, Err(ImportError::Store(StoreError::Failed(_)))), "{ended:?}");
    assert_eq!(scene.store.count_lines().await.unwrap(), 3);
    assert_eq!(import(&scene.store, vec![sample(10)]).await.unwrap(), 1);
    scene.assert_sound().await;
}
