//! Where a browser lets the forms of our pages lead.

use crate::accounts::world::World;

#[tokio::test]
async fn forms_lead_to_us_and_to_the_payment_pages_alone() {
    let world = World::open().await;
    for path in ["/en", "/zh/sign-in", "/fr/terms"] {
        let policy = world.policy(path).await;
        let forms: Vec<&str> =
            policy.split("; ").filter(|part| part.starts_with("form-action ")).collect();
        assert_eq!(forms, ["form-action 'self' https://pay.example"], "{path}: {policy}");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    }
}
