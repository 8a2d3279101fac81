//! Lines that renew themselves: agreeing, looking, ending, and what is done when the time comes.

pub mod agree;
pub mod end;
pub mod notice;
mod reach;
pub mod see;
pub mod step;

pub use agree::{
    LINK, Preview, TextShown, Wish, Yes, agree, means_of, method_of, offered, preview,
};
pub use end::{end, stop};
pub use see::{Seen, see};
pub use step::{Stepped, step};
