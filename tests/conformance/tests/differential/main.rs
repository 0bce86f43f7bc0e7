//! The official client and ours, side by side: the same calls must go out alike, and the same answers must read alike.

mod endpoints;
mod errors;
mod random;
mod requests;
mod responses;
mod setup;

mod official {
    //! The calls as aws-sdk-kms makes them.
    use aws_sdk_kms as kms;

    include!("side.rs");
    include!(concat!(env!("OUT_DIR"), "/calls.rs"));
}

mod ours {
    //! The calls as farrier-kms makes them.
    use farrier_kms as kms;

    include!("side.rs");
    include!(concat!(env!("OUT_DIR"), "/calls.rs"));
}
