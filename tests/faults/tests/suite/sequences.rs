//! Faults one after the other.
