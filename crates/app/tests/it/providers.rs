//! What one payment provider has begun is asked of the same one, or of nobody.

use crate::charging::world::Nobody;
use farline_app::ProblemCode;
use farline_app::payments::Providers;
use farline_app::problem::MoneyWord;
use std::sync::Arc;

#[test]
fn a_provider_that_is_gone_is_said_and_no_other_is_asked() {
    let providers = Providers::new(Arc::new(Nobody), Vec::new());
    assert_eq!(providers.first().name(), "nobody");
    assert_eq!(providers.of("nobody").unwrap().name(), "nobody");
    assert!(providers.find("stripe").is_none());
    let Err(problem) = providers.of("stripe") else { panic!("nobody is taken for stripe") };
    assert_eq!(problem.code, ProblemCode::PaymentProviderUnavailable);
    assert_eq!(problem.money, MoneyWord::Unknown, "it may have been paid there");
    assert!(problem.cause.unwrap_or_default().contains("stripe"));
}
