//! How each language writes numbers, money, quantities, dates and phone numbers. Grouping, decimal marks, months and the
//! order of a date come from Unicode's CLDR; what CLDR does not give is text in `common.ftl`.

mod dates;
mod lists;
mod money;
pub(crate) mod numbers;
mod phones;
mod quantities;
