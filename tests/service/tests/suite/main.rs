//! The service, spoken to over bare HTTP.

mod bench;
mod faults;
mod inputs;
mod pages;
mod refusals;
mod signatures;
mod states;
