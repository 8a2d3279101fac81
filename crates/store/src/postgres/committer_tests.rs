//! What a committer does about a commit that was sent and not answered.

use super::address::Address;
use super::committer::{SETTINGS, Unanswered, hot_statements, transact};
use super::pipeline::Mark;
use super::session::{CommitScope, Session};
use super::{PostgresOptions, PostgresStore};
use crate::{Database, OpenMode};
use farline_app::ports::lines::ImportError;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{Catalogues, Lines};
use farline_domain::commands::{Actor, Answer, Context};
use farline_testkit::{OWN, PostgresServer, SampleLine, catalogue, grant_data, new_line, noon};

const LINE: SampleLine = SampleLine { operator: OWN, index: 0 };

fn grant() -> Vec<Envelope> {
    let context = Context { now: noon(), actor: Actor::System };
    vec![Envelope { line: LINE.id(), key: None, command: grant_data(7), context }]
}

async fn buckets(store: &PostgresStore) -> usize {
    store.line(LINE.id()).await.unwrap().unwrap().buckets.len()
}

#[tokio::test]
async fn the_audit_tells_whether_a_commit_that_was_not_answered_stands() {
    let server = PostgresServer::shared();
    let database = server.database();
    let url = server.url(&database);
    let options = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
    let store = PostgresStore::open(&url, options).await.unwrap();
    store.publish(catalogue(), noon()).await.unwrap();
    let rows = [(2, new_line(LINE))].map(Ok::<_, ImportError>).into_iter();
    store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    let address = Address::of(&url).unwrap();
    let session = Session::connect(&address, SETTINGS).await.unwrap();
    session.prepare_hot(&hot_statements(), CommitScope::Any).await.unwrap();
    let shared = &store.catalogue;

    let mut unanswered = None;
    let first = transact(&session, shared, &grant(), &mut unanswered).await.unwrap();
    assert!(matches!(first[..], [Ok(Outcome::Answered(Answer::Done))]), "{first:?}");
    assert_eq!(buckets(&store).await, 2);
    let head = "SELECT encode(audit_head, 'hex') FROM lines";
    let head = u256(&server.superuser(&database, head));

    // The answer was lost after the commit: what was decided then is told, and nothing done twice.
    let mark = Mark { line: LINE.id(), number: 2, at: noon(), hash: head };
    let outcomes = vec![Ok(Outcome::Answered(Answer::Done))];
    unanswered = Some(Unanswered { mark: Some(mark), outcomes });
    let again = transact(&session, shared, &grant(), &mut unanswered).await.unwrap();
    assert!(matches!(again[..], [Ok(Outcome::Answered(Answer::Done))]), "{again:?}");
    assert_eq!(buckets(&store).await, 2);

    // It was lost before the commit: nothing of it stands, so it is decided now.
    let mark = Mark { line: LINE.id(), number: 3, at: noon(), hash: [9; 32] };
    let outcomes = vec![Ok(Outcome::Repeated)];
    unanswered = Some(Unanswered { mark: Some(mark), outcomes });
    let anew = transact(&session, shared, &grant(), &mut unanswered).await.unwrap();
    assert!(matches!(anew[..], [Ok(Outcome::Answered(Answer::Done))]), "{anew:?}");
    assert!(unanswered.is_none());
    assert_eq!(buckets(&store).await, 3);
    assert_eq!(store.violations().await.unwrap(), []);
    drop(store);
    server.discard(&database);
}

fn u256(hex: &str) -> [u8; 32] {
    let mut octets = [0; 32];
    for (place, octet) in octets.iter_mut().enumerate() {
        *octet = u8::from_str_radix(&hex[place * 2..place * 2 + 2], 16).unwrap();
    }
    octets
}
