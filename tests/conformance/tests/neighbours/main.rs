//! The client among its real neighbours.
