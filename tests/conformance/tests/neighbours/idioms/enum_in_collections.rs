// Sorts, hashes and prints values of enums.

use crate::run::Ended;
use crate::script::Answer;
use aws_config::SdkConfig;
use aws_sdk_kms::types::ConnectionStateType;
use std::collections::{BTreeSet, HashMap};

pub(crate) const ANSWERS: &[Answer] = &[];

pub(crate) async fn example(config: &SdkConfig) -> Ended {
    let _ = config;
    let states = [
        ConnectionStateType::Failed,
        ConnectionStateType::Connected,
        ConnectionStateType::from("X"),
    ];
    let sorted: BTreeSet<_> = states.iter().cloned().collect();
    println!("{sorted:?}");
    let counts: HashMap<_, _> = states
        .iter()
        .map(|state| (state, state.as_str().len()))
        .collect();
    println!("{:?}", counts[&ConnectionStateType::Connected]);
    println!("{} {}", states[0], AsRef::<str>::as_ref(&states[1]));
    Ok(())
}
