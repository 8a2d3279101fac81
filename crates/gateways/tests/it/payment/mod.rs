//! Payment providers: the contract of the kind over the real stand-in, then faults of every sort.

mod contract;
mod faults;
mod sandbox;
mod stand_in;
