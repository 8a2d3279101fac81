//! Stripe's adapter: the contract over our own Stripe, every fault, answers lost on the way, then what is its own.

mod disputes;
mod events;
mod kept;
mod localstripe;
mod objects;
mod oracle;
mod own;
mod scripted;
mod server;
mod wire;

use super::contract::contract;
use super::disputes::disputes;
use super::faults::faults;
use super::keeping::keeping;
use super::losses::losses;

contract!(crate::payment::stripe::scripted::Scripted);
keeping!(crate::payment::stripe::scripted::Scripted);
disputes!(crate::payment::stripe::scripted::Scripted);
faults!(crate::payment::stripe::wire::StripeWire);
losses!(crate::payment::stripe::scripted::Scripted);
