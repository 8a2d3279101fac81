//! The files a shop owner brings: the catalogue (TOML), the lines (CSV), the orders of a shop that nobody reads (CSV), and what offers
//! and currencies of others cost (CSV). All are read forgivingly and checked strictly; what is wrong is named by its place and in plain words.
//! The formats are told in `README.md` beside this file.

pub mod amounts;
pub mod catalogue;
mod fault;
pub mod lines;
mod listings;
mod prices;
mod rates;
pub mod secrets;
mod table;
mod trades;

pub use catalogue::{read_catalogue, read_promotions, reduction};
pub use fault::{Fault, ImportFault, MOST_FAULTS};
pub(crate) use fault::{listed, quoted};
pub use lines::{LineRows, LinesContext, read_lines};
pub use listings::{ListingsContext, read_listings};
pub use prices::read_prices;
pub use rates::read_rates;
pub use secrets::{SecretKind, secret_digest};
pub(crate) use table::LONGEST_NAME;
pub use trades::{TradesFault, read_trades};
