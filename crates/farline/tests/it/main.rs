//! The tests of the program, in one binary.

mod books;
mod demonstration;
mod endpoints;
mod going_live;
mod keep;
mod keypad;
mod money;
mod moving;
mod partners;
mod postgres;
mod providers;
mod recovery;
mod setup;
mod suppliers;
