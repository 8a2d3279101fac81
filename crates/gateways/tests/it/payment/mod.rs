//! Payment providers: the contract of the kind over each adapter's other side, then faults of every sort.

mod contract;
mod disputes;
mod faults;
mod keeping;
mod losses;
mod paypal;
mod sandbox;
mod sandbox_wire;
mod signing;
mod stand_in;
mod stripe;
