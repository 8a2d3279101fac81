//! PayPal: the contract over a scripted PayPal of ours, answers lost at every step, the stories of its own, and webhooks
//! signed with certificates that OpenSSL made.

mod authority;
mod counterpart;
mod disputes;
mod faults;
mod forgeries;
mod losses;
mod server;
mod stories;
mod vault;

crate::payment::contract::contract!(crate::payment::paypal::counterpart::Side);
crate::payment::keeping::keeping!(crate::payment::paypal::counterpart::Side);
crate::payment::disputes::disputes!(crate::payment::paypal::counterpart::Side);
