//! Notice gateways against real servers: the contract of the kind, then what is each adapter's own.

mod contract;
mod mailbox;
mod smpp;
mod smtp;
mod twilio;
