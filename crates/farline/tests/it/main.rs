//! The tests of the program, in one binary.

mod demonstration;
mod moving;
mod postgres;
mod providers;
mod recovery;
