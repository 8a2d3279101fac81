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
async fn sqlite(sql: &str) -> Vec<Rule> {
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
async fn postgres(sql: &str) -> Vec<Rule> {
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

/// Each fault is a test of its own, in each of the databases named.
macro_rules! planted {
    ($databases:tt $($name:ident: $sql:expr => $rule:ident;)*) => {
        $(planted! { @one $databases $name $sql => $rule })*
    };
    (@one [$($database:ident)*] $name:ident $sql:expr => $rule:ident) => {
        mod $name {
            $(#[tokio::test]
            async fn $database() {
                let broken = super::$database($sql).await;
                assert!(broken.contains(&super::Rule::$rule), "{broken:?}");
            })*
        }
    };
}

planted! { [sqlite postgres]
    a_name_that_leads_nowhere:
        "DELETE FROM holder_terms WHERE cell >= 0" => Directories;
    parts_of_a_name_that_is_erased:
        "DELETE FROM holder_names WHERE cell >= 0" => Orphans;
    a_body_that_is_no_order:
        "UPDATE orders SET body = '{}' WHERE stage = 'delivered'" => Readable;
    an_entry_of_another_amount:
        "UPDATE journal SET entry_sets = replace(entry_sets, '[\"sales\",\"CAD\",-', '[\"sales\",\"CAD\",-1') \
         WHERE entry_sets LIKE '%sales%'" => EntrySets;
    a_capture_that_is_not_booked_in_full:
        "UPDATE journal SET entry_sets = replace(entry_sets, '3390', '1695') WHERE action = 'capture'" => Conservation;
    a_reversal_that_is_called_a_refund:
        "UPDATE journal SET entry_sets = replace(entry_sets, '\"reverse\"', '\"refund\"') \
         WHERE entry_sets LIKE '%reverse%'" => Conservation;
    more_used_than_granted:
        "UPDATE buckets SET used = granted + 1 WHERE number = 1" => Negative;
    a_negative_reserve:
        "UPDATE buckets SET reserved = -1 WHERE number = 1" => Negative;
    a_balance_its_entries_do_not_give:
        "UPDATE buckets SET used = used - 1 WHERE number = 1" => Buckets;
    a_lost_bucket_entry:
        "UPDATE journal SET bucket_entries = replace(bucket_entries, '\"use\"', '\"grant\"') \
         WHERE bucket_entries LIKE '%use%'" => Buckets;
    a_lost_last_bucket_entry:
        "UPDATE journal SET bucket_entries = NULL WHERE bucket_entries LIKE '%use%'" => Counters;
    an_entry_of_a_bucket_that_is_not_there:
        "UPDATE journal SET bucket_entries = replace(bucket_entries, '[[1,1,', '[[1,77,') \
         WHERE bucket_entries LIKE '[[1,1,%'" => Buckets;
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
    a_stage_column_that_differs:
        "UPDATE orders SET stage = 'refunded' WHERE stage = 'delivered'" => Orders;
    a_deadline_column_that_differs:
        "UPDATE orders SET task_by = 5 WHERE stage = 'delivered'" => Orders;
    a_state_that_was_never_audited:
        "UPDATE journal SET stage = 'cancelled' WHERE action = 'capture'" => Orders;
    a_receipt_that_is_gone:
        "DELETE FROM receipts" => Receipts;
    a_receipt_that_was_altered:
        "UPDATE receipts SET canonical = replace(canonical, '3390', '3391')" => Receipts;
    a_receipt_under_another_number:
        "UPDATE receipts SET number = 'R-0000'" => Receipts;
    an_altered_audit_line:
        "UPDATE journal SET actor = 'nobody' WHERE number = 2" => Audit;
    a_missing_audit_line:
        "DELETE FROM journal WHERE number = 2" => Audit;
    a_missing_last_audit_line:
        "DELETE FROM journal WHERE (cell, line, number) IN \
         (SELECT cell, line, MAX(number) FROM journal GROUP BY cell, line)" => Audit;
    a_reference_that_leads_nowhere:
        "DELETE FROM order_references" => Directories;
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
    a_row_of_the_journal_that_nothing_leads_to:
        "INSERT INTO journal (cell, line, number, at, actor, action, before, after, hash) \
         SELECT cell, line, number + 100, at, actor, action, before, after, hash FROM journal LIMIT 1" => Chains;
    orders_that_nothing_leads_to:
        "UPDATE lines SET newest_order = NULL WHERE newest_order IS NOT NULL" => Chains;
    a_bucket_that_is_never_closed:
        "UPDATE lines SET closes_on = NULL WHERE closes_on IS NOT NULL" => Liveness;
}

/// Faults whose statements differ: SQLite's.
mod in_sqlite {
    use super::{Rule, sqlite};

    planted! { [sqlite]
    a_set_without_entries:
            "UPDATE journal SET entry_sets = json_set(entry_sets, '$[0][3]', json('[]')) \
             WHERE action = 'capture'" => EntrySets;
    a_capture_booked_twice:
            "UPDATE journal SET entry_sets = json_insert(entry_sets, '$[#]', json_extract(entry_sets, '$[0]')) \
             WHERE action = 'capture'" => OneEnding;
    a_delivery_booked_for_another_order:
            "UPDATE journal SET entry_sets = json_set(entry_sets, '$[1][2]', \
             (SELECT lower(hex(id)) FROM orders WHERE stage = 'awaiting_payment')) \
             WHERE entry_sets LIKE '%deliver%'" => OneEnding;
    a_session_of_a_line_that_is_gone:
            "INSERT INTO charging_sessions VALUES \
             (1, zeroblob(16), 's', 'data', NULL, 0, 5, 0, 0, 0, '{}')" => Orphans;
    a_state_its_history_does_not_end_with:
            "UPDATE orders SET body = json_remove(body, '$.history[#-1]') \
             WHERE stage = 'delivered'" => Orders;
    an_order_of_another_line:
            "UPDATE orders SET body = json_set(body, '$.line', (SELECT json_extract(o.body, '$.line') \
             FROM orders o WHERE o.stage = 'delivering')) WHERE stage = 'delivered'" => Orders;
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
    a_receipt_of_an_order_that_was_never_delivered:
            "INSERT INTO receipts SELECT cell, id, line, 'R-1', '{}', zeroblob(32) FROM orders \
             WHERE stage = 'awaiting_payment'" => Receipts;
    another_head:
            "UPDATE lines SET audit_head = zeroblob(32)" => Audit;
    a_number_that_leads_elsewhere:
            "UPDATE numbers SET line = (SELECT MAX(id) FROM lines)" => Directories;
    an_iccid_that_leads_nowhere:
            "DELETE FROM iccids WHERE line = (SELECT MAX(id) FROM lines)" => Directories;
    a_number_of_nobody:
            "INSERT INTO numbers VALUES ('+10000000000', zeroblob(16))" => Directories;
    an_account_with_an_order_of_nobody:
            "INSERT INTO account_orders VALUES (zeroblob(16), zeroblob(16))" => Directories;
    a_line_busy_with_a_finished_order:
            "UPDATE lines SET busy = zeroblob(16) WHERE busy IS NULL" => Busy;
    entries_of_a_line_that_is_gone:
            "INSERT INTO journal (cell, line, number, at, actor, action, before, after, hash) VALUES \
             (1, zeroblob(16), 1, 5, 'system', 'grant', zeroblob(32), zeroblob(32), zeroblob(32))" => Orphans;
    an_order_of_a_line_that_is_gone:
            "UPDATE orders SET line = zeroblob(16) WHERE stage = 'delivered'" => Orphans;
    }
}

/// The same faults in PostgreSQL.
mod in_postgresql {
    use super::{Rule, postgres};

    planted! { [postgres]
    a_set_without_entries:
        "UPDATE journal SET entry_sets = jsonb_set(entry_sets::jsonb, '{0,3}', '[]')::text \
         WHERE action = 'capture'" => EntrySets;
    a_capture_booked_twice:
        "UPDATE journal SET entry_sets = \
         jsonb_insert(entry_sets::jsonb, '{0}', entry_sets::jsonb -> 0)::text \
         WHERE action = 'capture'" => OneEnding;
    a_delivery_booked_for_another_order:
        "UPDATE journal SET entry_sets = jsonb_set(entry_sets::jsonb, '{1,2}', \
         (SELECT to_jsonb(encode(id, 'hex')) FROM orders WHERE stage = 'awaiting_payment'))::text \
         WHERE entry_sets LIKE '%deliver%'" => OneEnding;
    a_session_of_a_line_that_is_gone:
        "INSERT INTO charging_sessions VALUES \
         (1, decode(repeat('00', 16), 'hex'), 's', 'data', NULL, 0, 5, 0, 0, 0, '{}')" => Orphans;
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
    another_head:
        "UPDATE lines SET audit_head = decode(repeat('00', 32), 'hex')" => Audit;
    a_number_that_leads_elsewhere:
        "UPDATE numbers SET line = (SELECT id FROM lines ORDER BY id DESC LIMIT 1)" => Directories;
    an_iccid_that_leads_nowhere:
        "DELETE FROM iccids WHERE line = (SELECT id FROM lines ORDER BY id DESC LIMIT 1)" => Directories;
    a_number_of_nobody:
        "INSERT INTO numbers VALUES (0, '+10000000000', decode(repeat('00', 16), 'hex'))" => Directories;
    a_line_busy_with_a_finished_order:
        "UPDATE lines SET busy = decode(repeat('00', 16), 'hex') WHERE busy IS NULL" => Busy;
    entries_of_a_line_that_is_gone:
        "INSERT INTO journal (cell, line, number, at, actor, action, before, after, hash) VALUES \
         (1, decode(repeat('00', 16), 'hex'), 1, 5, 'system', 'grant', decode(repeat('00', 32), 'hex'), \
         decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'))" => Orphans;
    an_order_of_a_line_that_is_gone:
        "UPDATE orders SET line = decode(repeat('00', 16), 'hex') WHERE stage = 'delivered'" => Orphans;
    }
}
