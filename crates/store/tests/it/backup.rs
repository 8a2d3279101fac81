//! Copies of a database that is being written to.

use crate::scene::{LINES, Scene, Sqlite};
use farline_app::ports::pipeline::Envelope;
use farline_app::ports::{LinePipeline, Lines};
use farline_domain::commands::{Actor, Context};
use farline_store::backup::{Copying, digest_of, label_of, read_label};
use farline_store::{Database, OpenMode, SqliteStore};
use farline_testkit::{OWN, SampleLine, grant_data, new_line, noon};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn copying(copy: &Path) -> Copying {
    Copying {
        copy: copy.to_owned(),
        octets_per_second: 8_000_000,
        made: "2026-11-28T12:00:00Z by a test".to_owned(),
    }
}

/// A store of several megabytes.
async fn large() -> Scene<Sqlite> {
    let scene = Scene::<Sqlite>::open().await;
    let sample = |index| new_line(SampleLine { operator: OWN, index });
    let rows = (2..).zip((10..1510).map(sample)).map(Ok);
    scene.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    scene
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_are_of_one_moment_and_stop_nobody() {
    let scene = large().await;
    let (store, path) = (Arc::new(scene.store), scene.folder);
    let (done, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let writing = {
        let (store, done, stop) = (Arc::clone(&store), Arc::clone(&done), Arc::clone(&stop));
        tokio::spawn(async move {
            while !stop.load(Ordering::SeqCst) {
                for line in LINES {
                    let context = Context { now: noon(), actor: Actor::System };
                    let (line, command) = (line.id(), grant_data(1));
                    let envelope = Envelope { line, key: None, command, context };
                    store.run(envelope).await.unwrap();
                    done.fetch_add(1, Ordering::SeqCst);
                }
            }
        })
    };
    let reader = SqliteStore::open(store.path(), OpenMode::ReadOnly).unwrap();
    for number in 0..3 {
        let copy = path.path().join(format!("copy-{number}"));
        let before = done.load(Ordering::SeqCst);
        let told = Arc::new(AtomicU64::new(0));
        let heard = Arc::clone(&told);
        let tell = move |octets| {
            let before = heard.swap(octets, Ordering::SeqCst);
            assert!(before < octets, "somebody wrote, and the copy began anew at {before}");
        };
        let copied = reader.back_up(copying(&copy), Box::new(tell)).await.unwrap();
        assert_eq!(told.load(Ordering::SeqCst), 2 * copied.octets);
        let during = done.load(Ordering::SeqCst) - before;
        assert!(during > 0, "the copy held everybody up");
        assert!(copied.octets > 1_000_000);
        let label = read_label(&copy).unwrap().unwrap();
        assert_eq!(label.made, "2026-11-28T12:00:00Z by a test");
        let again = digest_of(&copy, None, &(Box::new(|_| {}) as _)).unwrap();
        assert_eq!((&label.sha256, &copied.sha256), (&again.sha256, &again.sha256));
        let folder = tempfile::tempdir().unwrap();
        let restored = folder.path().join("farline.db");
        std::fs::copy(&copy, &restored).unwrap();
        let restored = SqliteStore::open(&restored, OpenMode::ReadWrite).unwrap();
        assert_eq!(restored.damage().await.unwrap(), [""; 0]);
        assert_eq!(restored.violations().await.unwrap(), []);
        assert_eq!(restored.count_lines().await.unwrap(), 1503);
    }
    stop.store(true, Ordering::SeqCst);
    writing.await.unwrap();
}

#[tokio::test]
async fn a_copy_is_never_written_over_and_never_half_there() {
    let scene = Scene::<Sqlite>::open().await;
    let copy = scene.folder.path().join("copy");
    scene.store.back_up(copying(&copy), Box::new(|_| {})).await.unwrap();
    let refused = scene.store.back_up(copying(&copy), Box::new(|_| {})).await.unwrap_err();
    assert!(refused.to_string().contains("a file of this name already"), "{refused}");
    let nowhere = scene.folder.path().join("no-folder").join("copy");
    scene.store.back_up(copying(&nowhere), Box::new(|_| {})).await.unwrap_err();
    let other = scene.folder.path().join("other");
    let broken = scene.store.back_up(copying(&other), Box::new(|_| panic!("a planted panic")));
    broken.await.unwrap_err();
    assert!(!other.exists() && !label_of(&other).exists());
    // What an attempt left behind is in nobody's way.
    scene.store.back_up(copying(&other), Box::new(|_| {})).await.unwrap();
    assert!(!scene.folder.path().join("other.part").exists());
}

#[tokio::test]
async fn damage_is_found() {
    let scene = large().await;
    let copy = scene.folder.path().join("copy");
    scene.store.back_up(copying(&copy), Box::new(|_| {})).await.unwrap();
    let whole = std::fs::read(&copy).unwrap();
    let label = read_label(&copy).unwrap().unwrap();
    let tell = Box::new(|_| {}) as farline_store::moving::Tell;
    for place in [30, 5000, whole.len() / 2, whole.len() - 1] {
        let mut octets = whole.clone();
        octets[place] ^= 4;
        std::fs::write(&copy, octets).unwrap();
        let found = digest_of(&copy, None, &tell).unwrap();
        assert_ne!(found.sha256, label.sha256, "octet {place}");
    }
    // Also without the digest beside it, where a page is no page any more.
    let mut octets = whole;
    let middle = octets.len() / 2 / 4096 * 4096;
    octets[middle..middle + 512].fill(0x55);
    let damaged = scene.folder.path().join("damaged.db");
    std::fs::write(&damaged, octets).unwrap();
    let store = SqliteStore::open(&damaged, OpenMode::ReadOnly).unwrap();
    match store.damage().await {
        Ok(found) => assert!(!found.is_empty()),
        Err(error) => assert!(error.to_string().contains("malformed"), "{error}"),
    }
    assert_eq!(scene.store.damage().await.unwrap(), [""; 0]);
}
