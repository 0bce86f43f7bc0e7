//! farrier-kms calls moto, a KMS written by others, over HTTP on the loopback.

mod aliases;
mod encryption;
mod errors;
mod grants;
mod keys;
mod policies;
mod rotation;
mod server;
mod signing;
mod tags;
