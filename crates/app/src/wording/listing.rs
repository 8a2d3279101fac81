//! What a shop writes about a plan where it offers it: what is in it, from when and how long, how it is redeemed, and refunds.

use super::{allowances, starts};
use farline_domain::catalog::{Operator, Plan};
use farline_texts::Words;

/// The listing of a plan, a line for each fact, in the language of the words. `base_url` is where this installation is reached.
pub fn listing(words: &Words, (operator, plan): (&Operator, &Plan), base_url: &str) -> String {
    let currency = plan.price.currency;
    let gets = allowances(words, &plan.allowances, plan.validity, currency);
    let name = plan.name.get(words.language());
    let redeem = format!("{base_url}/{}/redeem", words.language().path());
    let said = |key: &str, name: &'static str, value: &str| {
        words.say_with(key, &[(name, value.to_owned().into())])
    };
    let titled = [("operator", operator.name.as_str().into()), ("plan", name.into())];
    [
        words.say_with("listing-title", &titled),
        String::new(),
        said("listing-gets", "gets", &gets),
        said("listing-starts", "starts", &starts(words, plan.start_rule)),
        said("listing-cards", "operator", &operator.name),
        said("listing-number", "address", &redeem),
        said("listing-code", "address", &redeem),
        words.say("listing-refunds"),
        words.say("listing-proof"),
    ]
    .join("\n")
}
