//! The simulated supplier: its table at each time, and its journal.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use async_trait::async_trait;
use farline_app::ports::delivery::{DeliveryRequest, DeliverySupplier};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::orders::DeliveryRefusal;
use farline_gateways::delivery::simulated::{OpenError, SimulatedSupplier};
use tempfile::TempDir;

use super::contract::{Fate, START, Stage, contract, request};

contract!(super::Simulated);

struct Simulated {
    supplier: SimulatedSupplier,
    folder: TempDir,
}

impl Simulated {
    fn journal(&self) -> PathBuf {
        self.folder.path().join("supplier.jsonl")
    }

    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = folder.path().join("supplier.jsonl");
        Self { supplier: SimulatedSupplier::open(journal, "northline").unwrap(), folder }
    }

    /// Closes it, lets `change` do what a crash does to a file, and opens it again.
    fn reopened(self, change: impl FnOnce(&PathBuf)) -> Result<Self, OpenError> {
        let journal = self.journal();
        let Self { supplier, folder } = self;
        drop(supplier);
        change(&journal);
        Ok(Self { supplier: SimulatedSupplier::open(journal, "northline")?, folder })
    }
}

#[async_trait]
impl Stage for Simulated {
    async fn open() -> Self {
        Self::new()
    }

    async fn crashed(self) -> Self {
        let torn = |journal: &PathBuf| {
            let mut file = fs::OpenOptions::new().append(true).open(journal).unwrap();
            file.write_all(br#"{"reference":"torn","ending":0,"sent"#).unwrap();
        };
        // Its end reached the disk, its middle did not.
        let holed = |journal: &PathBuf| {
            let mut file = fs::OpenOptions::new().append(true).open(journal).unwrap();
            file.write_all(b"{\"reference\":\"torn\",\0\0\0}\n").unwrap();
        };
        self.reopened(torn).unwrap().reopened(holed).unwrap()
    }

    fn supplier(&self) -> &dyn DeliverySupplier {
        &self.supplier
    }

    fn numbers(fate: Fate) -> &'static [(&'static str, i64)] {
        match fate {
            Fate::Delivered => &[
                ("+14165550100", 0),
                ("+14165550180", 10),
                ("+14165550183", 60),
                ("89302999000000000015", 0),
            ],
            Fate::Refused => &[("+14165550181", 0), ("+14165550182", 0), ("+14165550184", 60)],
            Fate::Reversed => &[("+14165550185", 300)],
            Fate::Undecided => &[("+14165550186", 0)],
        }
    }
}

#[tokio::test]
async fn each_ending_answers_by_this_table() {
    use DeliveryAnswer::{InProgress, Refused, Reversed, Unknown};
    use DeliveryRefusal::{NetworkUnavailable, NumberNotAccepted};
    let delivered = |number: u32| DeliveryAnswer::Delivered {
        supplier_reference: Some(format!("SIM-{number:08}")),
    };
    // The ending, and the answers so many milliseconds after sending; the first is the answer to sending.
    let table = [
        ("00", vec![(0, delivered(1)), (86_400_000, delivered(1))]),
        ("79", vec![(0, delivered(2))]),
        (
            "80",
            vec![(0, InProgress), (9_999, InProgress), (10_000, delivered(3)), (-5, InProgress)],
        ),
        ("81", vec![(0, Refused(NumberNotAccepted)), (86_400_000, Refused(NumberNotAccepted))]),
        ("82", vec![(0, Refused(NetworkUnavailable)), (86_400_000, Refused(NetworkUnavailable))]),
        ("83", vec![(0, Unknown), (59_999, Unknown), (60_000, delivered(6)), (-5, Unknown)]),
        ("84", vec![(0, Unknown), (59_999, Unknown), (60_000, Refused(NetworkUnavailable))]),
        (
            "85",
            vec![
                (0, delivered(8)),
                (299_999, delivered(8)),
                (300_000, Reversed),
                (-5, delivered(8)),
            ],
        ),
        ("86", vec![(0, Unknown), (60_000, Unknown), (31_536_000_000, Unknown)]),
        ("87", vec![(0, delivered(10))]),
        ("99", vec![(0, delivered(11))]),
        ("9F", vec![(0, Refused(NumberNotAccepted)), (1, Refused(NumberNotAccepted))]),
    ];
    let mut stage = Simulated::new();
    for (ending, answers) in &table {
        let sent = stage.supplier.send(&request(ending, &format!("+141655501{ending}"), 0)).await;
        assert_eq!(sent, answers[0].1, "{ending}");
    }
    for _ in ["open", "opened again"] {
        for (ending, answers) in &table {
            for (later, expected) in answers {
                let now = farline_domain::kernel::Instant::from_millis(START.millis() + later);
                let asked =
                    stage.supplier.ask(&DeliveryRequest { now, ..request(ending, "", 0) }).await;
                assert_eq!(asked, *expected, "…{ending} after {later} ms");
            }
        }
        stage = stage.reopened(|_| ()).unwrap();
    }
}

#[tokio::test]
async fn only_two_digits_of_a_number_are_kept() {
    let stage = Simulated::new();
    stage.supplier.send(&request("d-1", "+14165550183", 0)).await;
    let text = fs::read_to_string(stage.journal()).unwrap();
    assert_eq!(text, "{\"reference\":\"d-1\",\"ending\":83,\"sent_at_ms\":1795348800000}\n");
    assert_eq!(stage.supplier.name(), "northline");
}

#[tokio::test]
async fn a_journal_cut_anywhere_keeps_whole_lines_and_goes_on() {
    let stage = Simulated::new();
    for reference in ["d-1", "d-2"] {
        stage.supplier.send(&request(reference, "+14165550100", 0)).await;
    }
    let whole = fs::read(stage.journal()).unwrap();
    let first_line = whole.iter().position(|octet| *octet == b'\n').unwrap() + 1;
    drop(stage);
    for length in 0..=whole.len() {
        let stage =
            Simulated::new().reopened(|path| fs::write(path, &whole[..length]).unwrap()).unwrap();
        let kept = [first_line <= length, whole.len() <= length];
        for (reference, kept) in ["d-1", "d-2"].into_iter().zip(kept) {
            let asked = stage.supplier.ask(&request(reference, "", 0)).await;
            assert_eq!(asked != DeliveryAnswer::Unknown, kept, "{reference} of {length} octets");
        }
        let sent = stage.supplier.send(&request("d-3", "+14165550100", 0)).await;
        let stage = stage.reopened(|_| ()).unwrap();
        assert_eq!(stage.supplier.ask(&request("d-3", "", 0)).await, sent, "after {length} octets");
    }
}

#[tokio::test]
async fn a_damaged_line_and_a_second_opener_are_refused() {
    let stage = Simulated::new();
    let second = SimulatedSupplier::open(stage.journal(), "second");
    assert!(matches!(second.err(), Some(OpenError::InUse)));
    stage.supplier.send(&request("d-1", "+14165550100", 0)).await;
    let damage = |journal: &PathBuf| {
        let text = fs::read_to_string(journal).unwrap();
        fs::write(journal, format!("{text}{{\"reference\":7}}\n{text}")).unwrap();
    };
    let damaged = stage.reopened(damage).err();
    assert!(matches!(damaged, Some(OpenError::Damaged { line: 2 })), "{damaged:?}");
    let nowhere = SimulatedSupplier::open("/dev/null/supplier.jsonl", "nowhere");
    assert!(matches!(nowhere.err(), Some(OpenError::Journal(_))));
}
