//! Planted faults in what is kept of subjects: the checker must find each of them.

use super::promotion;
use crate::corruption::{plant_in_postgresql, plant_in_sqlite};
use crate::scene::{LINES, Place, Postgres, Scene, Sqlite, StoreMaker};
use farline_app::ports::Jobs;
use farline_domain::commands::{JobKind, LineCommand};
use farline_store::Rule;
use farline_testkit::{OWN_BIG, OWN_SMALL, SUPPLIED_MONTH};

/// A promotion of which one place is used, two are held for orders on their way, one for an order that
/// was never made, one is free again, and one order has just been delivered.
async fn lived_in<M: StoreMaker>() -> Place {
    let scene = Scene::<M>::open().await;
    let [line, other, supplied] = LINES;
    let used = scene.placed_holding(line, OWN_BIG).await;
    scene.order(line, scene.capture(&used, "p1")).await;
    let freed = scene.placed_holding(other, OWN_SMALL).await;
    scene.order(other, LineCommand::Cancel(freed.id)).await;
    settle(&scene).await;
    let just = scene.placed_holding(other, OWN_BIG).await;
    scene.order(other, scene.capture(&just, "p2")).await;
    scene.placed_holding(line, OWN_SMALL).await;
    scene.placed_holding(supplied, SUPPLIED_MONTH).await;
    scene.holding(supplied, SUPPLIED_MONTH).await;
    assert_eq!(super::figures(&scene.store, &promotion()).await, (1, 4));
    scene.assert_sound().await;
    scene.close()
}

/// Does the jobs about reservations that are due, and strikes off whatever stands before them.
async fn settle<M: StoreMaker>(scene: &Scene<M>) {
    loop {
        let due = scene.store.due_jobs(scene.now.get(), 50).await.unwrap();
        if due.is_empty() {
            return;
        }
        for job in due {
            if matches!(job.kind, JobKind::CaptureReservation(_) | JobKind::ReleaseReservation(_)) {
                scene.settle(&job.kind).await;
            }
            scene.store.finish_job(&job).await.unwrap();
        }
    }
}

async fn broken_in_sqlite(sql: &str) -> Vec<Rule> {
    plant_in_sqlite(lived_in::<Sqlite>().await, sql).await
}

async fn broken_in_postgresql(sql: &str) -> Vec<Rule> {
    plant_in_postgresql(lived_in::<Postgres>().await, sql).await
}

/// The same faults in the words of both databases.
macro_rules! planted {
    ($($name:ident: $sql:expr => $rule:ident;)*) => {
        mod sqlite {
            use farline_store::Rule;

            $(#[tokio::test]
            async fn $name() {
                let broken = super::broken_in_sqlite($sql).await;
                assert!(broken.contains(&Rule::$rule), "{broken:?}");
            })*
        }
        mod postgres {
            use farline_store::Rule;

            $(#[tokio::test]
            async fn $name() {
                let broken = super::broken_in_postgresql($sql).await;
                assert!(broken.contains(&Rule::$rule), "{broken:?}");
            })*
        }
    };
}

planted! {
    one_more_used_than_captured:
        "UPDATE subjects SET used = used + 1" => Subjects;
    one_less_reserved_than_held:
        "UPDATE subjects SET reserved = reserved - 1" => Subjects;
    a_share_that_forgot_one:
        "UPDATE subject_shares SET reserved = 0 WHERE reserved > 0" => Subjects;
    a_share_that_is_gone:
        "DELETE FROM subject_shares WHERE used > 0" => Subjects;
    a_limit_below_what_is_taken:
        "UPDATE subjects SET total_limit = 2, ceiling = 2" => Negative;
    a_limit_that_was_never_set:
        "UPDATE subjects SET total_limit = 500, ceiling = 500" => Subjects;
    a_limit_that_was_lower_when_it_was_reserved:
        "UPDATE subject_entries SET units = 3 WHERE kind = 'limit'" => Subjects;
    a_ceiling_under_the_limit:
        "UPDATE subjects SET ceiling = 50" => Subjects;
    a_reservation_that_is_gone:
        "DELETE FROM subject_reservations WHERE state = 'captured'" => Settlement;
    a_reservation_of_more:
        "UPDATE subject_reservations SET units = 2 WHERE state = 'held'" => Subjects;
    a_reservation_for_another_order:
        "UPDATE subject_reservations SET order_id = line WHERE state = 'captured'" => Settlement;
    a_place_freed_although_delivered:
        "UPDATE subject_reservations SET state = 'released' WHERE state = 'captured'" => Settlement;
    a_place_captured_although_cancelled:
        "UPDATE subject_reservations SET state = 'captured' WHERE state = 'released'" => Settlement;
    a_place_captured_before_its_order_is_delivered:
        "UPDATE subject_reservations SET state = 'captured' WHERE state = 'held'" => Settlement;
    a_delivered_order_whose_place_nobody_captures:
        "DELETE FROM jobs WHERE kind LIKE '%capture_reservation%'" => Settlement;
    a_place_held_for_an_order_that_nobody_makes:
        "UPDATE subject_reservations SET look_at = 5 WHERE state = 'held'" => Liveness;
    an_altered_entry:
        "UPDATE subject_entries SET actor = 'nobody' WHERE number = 2" => Audit;
    a_missing_entry:
        "DELETE FROM subject_entries WHERE number = 2" => Counters;
    a_missing_last_entry:
        "DELETE FROM subject_entries WHERE number >= 8" => Counters;
    another_head:
        "UPDATE subjects SET head = (SELECT hash FROM subject_entries WHERE number = 1)" => Audit;
    a_subject_that_is_gone:
        "DELETE FROM subjects" => Orphans;
    a_measure_that_is_none:
        "UPDATE subjects SET measure = 'pears'" => Readable;
    a_state_that_is_none:
        "UPDATE subject_reservations SET state = 'lost' WHERE state = 'released'" => Readable;
}

/// The database itself refuses what the rules would never ask.
#[tokio::test]
async fn the_database_refuses_more_than_the_ceiling() {
    let folder = lived_in::<Sqlite>().await;
    let connection = rusqlite::Connection::open(folder.path().join("farline.db")).unwrap();
    for sql in [
        "UPDATE subjects SET reserved = ceiling + 1",
        "UPDATE subjects SET used = -1",
        "UPDATE subject_shares SET ceiling = 0",
        "UPDATE subject_entries SET used = 9",
        "DELETE FROM subject_entries",
        // Two are held for one line: an order holds once.
        "UPDATE subject_reservations SET order_id = line WHERE state = 'held'",
    ] {
        assert!(connection.execute_batch(sql).is_err(), "{sql}");
    }
    let scene = Scene::<Sqlite>::reopened(folder).await;
    scene.assert_sound().await;
}
