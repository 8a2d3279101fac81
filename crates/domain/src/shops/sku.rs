//! The seller's codes for what is sold, and the plans they mean.

use std::collections::BTreeMap;

/// Which plan a seller's code means. A code that is not listed means the plan of the very same code, if there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkuMap {
    plans: BTreeMap<String, String>,
}

impl SkuMap {
    /// A map of codes to plans' codes.
    pub const fn new(plans: BTreeMap<String, String>) -> Self {
        Self { plans }
    }

    /// The plan's code; nothing for a thing without a code. Whether there is such a plan is the catalogue's to say.
    pub fn plan<'a>(&'a self, sku: &'a str) -> Option<&'a str> {
        let sku = sku.trim();
        (!sku.is_empty()).then(|| self.plans.get(sku).map_or(sku, String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::SkuMap;

    #[test]
    fn a_code_means_what_is_listed_or_the_plan_of_the_same_code() {
        let listed = [("MAPLE-30".to_owned(), "maple_5gb".to_owned())];
        let map = SkuMap::new(listed.into());
        assert_eq!(map.plan("MAPLE-30"), Some("maple_5gb"));
        assert_eq!(map.plan(" MAPLE-30 "), Some("maple_5gb"));
        assert_eq!(map.plan("maple_1gb"), Some("maple_1gb"));
        assert_eq!(map.plan("  "), None);
    }
}
