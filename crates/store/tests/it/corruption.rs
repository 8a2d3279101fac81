//! Planted faults: the checker must find each of them. Every rule has at least one.

use crate::scene::{LINES, Place, Postgres, Scene, Sqlite, StoreMaker, event, start};
use farline_domain::commands::LineCommand;
use farline_store::{Database, OpenMode, Rule, SqliteStore};
use farline_testkit::{OWN_BIG, OWN_SMALL, SUPPLIED_MONTH};
use rusqlite::Connection;

/// A store in which something of every kind stands: a delivered order, one that waits for payment,
/// one being delivered, one held, one that is refunded, and a session that runs.
async fn lived_in<M: StoreMaker>() -> Place {
    let scene = Scene::<M>::open().await;
    let [a, b, supplied] = LINES;
    scene.paid(a, OWN_BIG).await;
    scene.placed(a, OWN_SMALL).await;
    scene.charge(a, ("s1", start(1000))).await;
    scene.answer(a, event("s2", 500)).await;
    let wrong = scene.paid(b, OWN_BIG).await;
    scene.order(b, LineCommand::WrongNumber(wrong.id)).await;
    let first = scene.placed(supplied, SUPPLIED_MONTH).await;
    let second = scene.placed(supplied, SUPPLIED_MONTH).await;
    scene.order(supplied, scene.capture(&first, "p1")).await;
    scene.order(supplied, scene.capture(&second, "p2")).await;
    scene.assert_sound().await;
    scene.close()
}

/// Plants a fault behind the store's back and returns the rules the checker finds broken.
async fn rules_broken_in_sqlite(sql: &str) -> Vec<Rule> {
    plant_in_sqlite(lived_in::<Sqlite>().await, sql).await
}

/// The same in the store of a folder.
pub(crate) async fn plant_in_sqlite(folder: Place, sql: &str) -> Vec<Rule> {
    let path = folder.path().join("farline.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;")
        .unwrap();
    let triggers: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for trigger in triggers {
        connection.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    let changed = connection.execute(sql, []).unwrap();
    assert!(changed > 0, "the fault was not planted: {sql}");
    drop(connection);
    let store = SqliteStore::open(&path, OpenMode::ReadOnly).unwrap();
    store.violations().await.unwrap().into_iter().map(|violation| violation.rule).collect()
}

/// The same in PostgreSQL, by a superuser, without its checks.
async fn rules_broken_in_postgresql(sql: &str) -> Vec<Rule> {
    plant_in_postgresql(lived_in::<Postgres>().await, sql).await
}

/// The same in the database of a folder.
pub(crate) async fn plant_in_postgresql(folder: Place, sql: &str) -> Vec<Rule> {
    let checks = "SELECT string_agg(format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, \
        conname), '; ') FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid <> 0";
    let drop_checks = Postgres::superuser(folder.path(), checks);
    Postgres::superuser(folder.path(), &drop_checks);
    let counting = format!("WITH changed AS ({sql} RETURNING 1) SELECT COUNT(*) FROM changed");
    let changed = Postgres::superuser(folder.path(), &counting);
    assert_ne!(changed, "0", "the fault was not planted: {sql}");
    let store = Postgres::open(folder.path()).await;
    store.violations().await.unwrap().into_iter().map(|violation| violation.rule).collect()
}

macro_rules! planted {
    ($module:ident, $plant:path; $($name:ident: $sql:expr => $rule:ident;)*) => {
        mod $module {
            use super::Rule;

            $(#[tokio::test]
            async fn $name() {
                let broken = $plant($sql).await;
                assert!(broken.contains(&Rule::$rule), "{broken:?}");
            })*
        }
    };
}

planted! { sqlite, super::rules_broken_in_sqlite;
    a_body_that_is_no_order:
        "UPDATE orders SET body = '{}' WHERE stage = 'delivered'" => Readable;
    an_entry_of_another_amount:
        "UPDATE money_entries SET minor = minor + 1 WHERE account = 'sales'" => EntrySets;
    an_entry_without_its_set:
        "DELETE FROM money_sets WHERE kind = 'deliver'" => EntrySets;
    a_set_without_entries:
        "DELETE FROM money_entries WHERE set_number = 1" => EntrySets;
    a_capture_booked_twice:
        "INSERT INTO money_sets SELECT cell, line, 99, kind, order_id, at FROM money_sets \
         WHERE kind = 'capture' LIMIT 1" => OneEnding;
    a_capture_that_is_not_booked_in_full:
        "UPDATE money_entries SET minor = minor / 2 WHERE set_number = 1" => Conservation;
    a_reversal_that_is_called_a_refund:
        "UPDATE money_sets SET kind = 'refund' WHERE kind = 'reverse'" => Conservation;
    a_delivery_booked_for_another_order:
        "UPDATE money_sets SET order_id = (SELECT id FROM orders WHERE stage = 'awaiting_payment') \
         WHERE kind = 'deliver'" => OneEnding;
    more_used_than_granted:
        "UPDATE buckets SET used = granted + 1 WHERE number = 1" => Negative;
    a_negative_reserve:
        "UPDATE buckets SET reserved = -1 WHERE number = 1" => Negative;
    a_balance_its_entries_do_not_give:
        "UPDATE buckets SET used = used - 1 WHERE number = 1" => Buckets;
    a_lost_bucket_entry:
        "DELETE FROM bucket_entries WHERE kind = 'use' AND number = 2" => Buckets;
    a_lost_last_bucket_entry:
        "DELETE FROM bucket_entries WHERE kind = 'use' AND number > 2" => Counters;
    an_entry_of_a_bucket_that_is_not_there:
        "UPDATE bucket_entries SET bucket = 77 WHERE number = 2" => Buckets;
    a_reservation_that_is_gone:
        "DELETE FROM reservations" => Reservations;
    a_reservation_of_other_units:
        "UPDATE reservations SET units = units + 1" => Reservations;
    a_hold_of_a_session_that_is_not_known:
        "DELETE FROM charging_sessions WHERE session = 's1'" => Sessions;
    a_hold_of_a_session_that_has_ended:
        "UPDATE charging_sessions SET ended_at = 5 WHERE session = 's1'" => Sessions;
    a_session_that_debited_more_than_was_entered:
        "UPDATE charging_sessions SET used = used + 2000000000 WHERE session = 's2'" => Sessions;
    a_depletion_of_a_bucket_that_is_not_there:
        "INSERT INTO depletions SELECT cell, id, 77, 'used_up', 0, 5 FROM lines LIMIT 1" => Sessions;
    a_hold_that_nobody_sweeps:
        "DELETE FROM jobs WHERE kind = '\"sweep\"'" => Liveness;
    a_session_of_a_line_that_is_gone:
        "INSERT INTO charging_sessions VALUES \
         (1, zeroblob(16), 's', 'data', NULL, 0, 5, 0, 0, 0, '{}')" => Orphans;
    a_stage_column_that_differs:
        "UPDATE orders SET stage = 'refunded' WHERE stage = 'delivered'" => Orders;
    a_deadline_column_that_differs:
        "UPDATE orders SET task_by = 5 WHERE stage = 'delivered'" => Orders;
    a_state_its_history_does_not_end_with:
        "UPDATE orders SET body = json_remove(body, '$.history[#-1]') \
         WHERE stage = 'delivered'" => Orders;
    an_order_of_another_line:
        "UPDATE orders SET body = json_set(body, '$.line', (SELECT json_extract(o.body, '$.line') \
         FROM orders o WHERE o.stage = 'delivering')) WHERE stage = 'delivered'" => Orders;
    a_state_that_was_never_audited:
        "UPDATE audit SET stage = 'cancelled' WHERE action = 'capture'" => Orders;
    a_quote_of_another_amount:
        "UPDATE orders SET body = json_set(body, '$.price.total.amount', 1) \
         WHERE stage = 'delivered'" => OneEnding;
    a_refund_of_another_amount:
        "UPDATE orders SET body = json_set(body, '$.refunds[0].amount.amount', 1) \
         WHERE stage = 'refunding'" => OneEnding;
    a_payment_given_back_twice:
        "UPDATE orders SET body = json_insert(body, '$.refunds[#]', \
         json_extract(body, '$.refunds[0]')) WHERE stage = 'refunding'" => OneEnding;
    a_delivered_order_whose_payment_is_refunded_too:
        "UPDATE orders SET body = json_set(body, '$.refunds', json((SELECT json_set( \
         json_extract(r.body, '$.refunds'), '$[0].capture', \
         json_extract(orders.body, '$.state.capture')) FROM orders r WHERE r.stage = 'refunding'))) \
         WHERE stage = 'delivered'" => OneEnding;
    a_receipt_that_is_gone:
        "DELETE FROM receipts" => Receipts;
    a_receipt_that_was_altered:
        "UPDATE receipts SET canonical = replace(canonical, '3390', '3391')" => Receipts;
    a_receipt_under_another_number:
        "UPDATE receipts SET number = 'R-0000'" => Receipts;
    a_receipt_of_an_order_that_was_never_delivered:
        "INSERT INTO receipts SELECT cell, id, line, 'R-1', '{}', zeroblob(32) FROM orders \
         WHERE stage = 'awaiting_payment'" => Receipts;
    an_altered_audit_line:
        "UPDATE audit SET actor = 'nobody' WHERE number = 2" => Audit;
    a_missing_audit_line:
        "DELETE FROM audit WHERE number = 2" => Audit;
    a_missing_last_audit_line:
        "DELETE FROM audit WHERE (cell, line, number) IN \
         (SELECT cell, line, MAX(number) FROM audit GROUP BY cell, line)" => Audit;
    another_head:
        "UPDATE lines SET audit_head = zeroblob(32)" => Audit;
    a_number_that_leads_elsewhere:
        "UPDATE numbers SET line = (SELECT MAX(id) FROM lines)" => Directories;
    an_iccid_that_leads_nowhere:
        "DELETE FROM iccids WHERE line = (SELECT MAX(id) FROM lines)" => Directories;
    a_number_of_nobody:
        "INSERT INTO numbers VALUES ('+10000000000', zeroblob(16))" => Directories;
    a_reference_that_leads_nowhere:
        "DELETE FROM order_references" => Directories;
    an_account_with_an_order_of_nobody:
        "INSERT INTO account_orders VALUES (zeroblob(16), zeroblob(16))" => Directories;
    a_line_busy_with_a_finished_order:
        "UPDATE lines SET busy = zeroblob(16) WHERE busy IS NULL" => Busy;
    an_unfinished_order_that_blocks_nobody:
        "UPDATE lines SET busy = NULL WHERE busy IS NOT NULL" => Busy;
    an_unpaid_order_that_nobody_ends:
        "DELETE FROM jobs WHERE kind IN ('\"expire\"', '\"ask_payment\"')" => Liveness;
    a_paid_order_that_nobody_sends:
        "DELETE FROM jobs WHERE kind = '\"send\"'" => Liveness;
    a_refund_that_nobody_makes:
        "DELETE FROM jobs WHERE kind LIKE '%refund%'" => Liveness;
    a_job_beyond_the_counter:
        "UPDATE jobs SET number = number + 100" => Counters;
    a_counter_that_runs_ahead:
        "UPDATE lines SET entry_sets = entry_sets + 1 WHERE entry_sets > 0" => Counters;
    a_bucket_that_is_gone:
        "DELETE FROM buckets WHERE number = 1" => Counters;
    entries_of_a_line_that_is_gone:
        "INSERT INTO bucket_entries VALUES (1, zeroblob(16), 1, 1, 'grant', 5, 5)" => Orphans;
    an_order_of_a_line_that_is_gone:
        "UPDATE orders SET line = zeroblob(16) WHERE stage = 'delivered'" => Orphans;
}

planted! { postgres, super::rules_broken_in_postgresql;
    a_body_that_is_no_order:
        "UPDATE orders SET body = '{}' WHERE stage = 'delivered'" => Readable;
    an_entry_of_another_amount:
        "UPDATE money_entries SET minor = minor + 1 WHERE account = 'sales'" => EntrySets;
    an_entry_without_its_set:
        "DELETE FROM money_sets WHERE kind = 'deliver'" => EntrySets;
    a_set_without_entries:
        "DELETE FROM money_entries WHERE set_number = 1" => EntrySets;
    a_capture_that_is_not_booked_in_full:
        "UPDATE money_entries SET minor = minor / 2 WHERE set_number = 1" => Conservation;
    a_reversal_that_is_called_a_refund:
        "UPDATE money_sets SET kind = 'refund' WHERE kind = 'reverse'" => Conservation;
    more_used_than_granted:
        "UPDATE buckets SET used = granted + 1 WHERE number = 1" => Negative;
    a_negative_reserve:
        "UPDATE buckets SET reserved = -1 WHERE number = 1" => Negative;
    a_balance_its_entries_do_not_give:
        "UPDATE buckets SET used = used - 1 WHERE number = 1" => Buckets;
    a_lost_bucket_entry:
        "DELETE FROM bucket_entries WHERE kind = 'use' AND number = 2" => Buckets;
    a_lost_last_bucket_entry:
        "DELETE FROM bucket_entries WHERE kind = 'use' AND number > 2" => Counters;
    an_entry_of_a_bucket_that_is_not_there:
        "UPDATE bucket_entries SET bucket = 77 WHERE number = 2" => Buckets;
    a_reservation_that_is_gone:
        "DELETE FROM reservations" => Reservations;
    a_reservation_of_other_units:
        "UPDATE reservations SET units = units + 1" => Reservations;
    a_hold_of_a_session_that_is_not_known:
        "DELETE FROM charging_sessions WHERE session = 's1'" => Sessions;
    a_hold_of_a_session_that_has_ended:
        "UPDATE charging_sessions SET ended_at = 5 WHERE session = 's1'" => Sessions;
    a_session_that_debited_more_than_was_entered:
        "UPDATE charging_sessions SET used = used + 2000000000 WHERE session = 's2'" => Sessions;
    a_depletion_of_a_bucket_that_is_not_there:
        "INSERT INTO depletions SELECT cell, id, 77, 'used_up', 0, 5 FROM lines LIMIT 1" => Sessions;
    a_hold_that_nobody_sweeps:
        "DELETE FROM jobs WHERE kind = '\"sweep\"'" => Liveness;
    a_session_of_a_line_that_is_gone:
        "INSERT INTO charging_sessions VALUES \
         (1, decode(repeat('00', 16), 'hex'), 's', 'data', NULL, 0, 5, 0, 0, 0, '{}')" => Orphans;
    a_stage_column_that_differs:
        "UPDATE orders SET stage = 'refunded' WHERE stage = 'delivered'" => Orders;
    a_deadline_column_that_differs:
        "UPDATE orders SET task_by = 5 WHERE stage = 'delivered'" => Orders;
    a_state_that_was_never_audited:
        "UPDATE audit SET stage = 'cancelled' WHERE action = 'capture'" => Orders;
    a_receipt_that_is_gone:
        "DELETE FROM receipts" => Receipts;
    a_receipt_that_was_altered:
        "UPDATE receipts SET canonical = replace(canonical, '3390', '3391')" => Receipts;
    a_receipt_under_another_number:
        "UPDATE receipts SET number = 'R-0000'" => Receipts;
    an_altered_audit_line:
        "UPDATE audit SET actor = 'nobody' WHERE number = 2" => Audit;
    a_missing_audit_line:
        "DELETE FROM audit WHERE number = 2" => Audit;
    another_head:
        "UPDATE lines SET audit_head = decode(repeat('00', 32), 'hex')" => Audit;
    a_number_that_leads_elsewhere:
        "UPDATE numbers SET line = (SELECT id FROM lines ORDER BY id DESC LIMIT 1)" => Directories;
    an_iccid_that_leads_nowhere:
        "DELETE FROM iccids WHERE line = (SELECT id FROM lines ORDER BY id DESC LIMIT 1)" => Directories;
    a_number_of_nobody:
        "INSERT INTO numbers VALUES (0, '+10000000000', decode(repeat('00', 16), 'hex'))" => Directories;
    a_reference_that_leads_nowhere:
        "DELETE FROM order_references" => Directories;
    a_line_busy_with_a_finished_order:
        "UPDATE lines SET busy = decode(repeat('00', 16), 'hex') WHERE busy IS NULL" => Busy;
    an_unfinished_order_that_blocks_nobody:
        "UPDATE lines SET busy = NULL WHERE busy IS NOT NULL" => Busy;
    an_unpaid_order_that_nobody_ends:
        "DELETE FROM jobs WHERE kind IN ('\"expire\"', '\"ask_payment\"')" => Liveness;
    a_paid_order_that_nobody_sends:
        "DELETE FROM jobs WHERE kind = '\"send\"'" => Liveness;
    a_refund_that_nobody_makes:
        "DELETE FROM jobs WHERE kind LIKE '%refund%'" => Liveness;
    a_job_beyond_the_counter:
        "UPDATE jobs SET number = number + 100" => Counters;
    a_counter_that_runs_ahead:
        "UPDATE lines SET entry_sets = entry_sets + 1 WHERE entry_sets > 0" => Counters;
    a_bucket_that_is_gone:
        "DELETE FROM buckets WHERE number = 1" => Counters;
    entries_of_a_line_that_is_gone:
        "INSERT INTO bucket_entries VALUES (1, decode(repeat('00', 16), 'hex'), 1, 1, 'grant', 5, 5)" => Orphans;
    an_order_of_a_line_that_is_gone:
        "UPDATE orders SET line = decode(repeat('00', 16), 'hex') WHERE stage = 'delivered'" => Orphans;
    a_state_its_history_does_not_end_with:
        "UPDATE orders SET body = (body::jsonb #- '{history,-1}')::text \
         WHERE stage = 'delivered'" => Orders;
    an_order_of_another_line:
        "UPDATE orders SET body = jsonb_set(body::jsonb, '{line}', (SELECT o.body::jsonb -> 'line' \
         FROM orders o WHERE o.stage = 'delivering'))::text WHERE stage = 'delivered'" => Orders;
    a_quote_of_another_amount:
        "UPDATE orders SET body = jsonb_set(body::jsonb, '{price,total,amount}', '1')::text \
         WHERE stage = 'delivered'" => OneEnding;
    a_refund_of_another_amount:
        "UPDATE orders SET body = jsonb_set(body::jsonb, '{refunds,0,amount,amount}', '1')::text \
         WHERE stage = 'refunding'" => OneEnding;
    a_payment_given_back_twice:
        "UPDATE orders SET body = jsonb_insert(body::jsonb, '{refunds,0}', \
         body::jsonb #> '{refunds,0}')::text WHERE stage = 'refunding'" => OneEnding;
}
