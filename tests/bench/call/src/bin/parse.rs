//! Prints the nanoseconds of reading a `ListKeys` answer of 1,000 keys: by the official client (a call with this answer
//! less one with an empty list), by ours, and by serde_json into derived structs.

use std::hint::black_box;
use std::sync::OnceLock;

use farrier_bench_call::{AtOnce, official_over, runtime, turns};
use farrier_kms::operation::list_keys::ListKeys;
use farrier_runtime::internal::Operation;
use serde::Deserialize;

fn answer() -> &'static str {
    static ANSWER: OnceLock<String> = OnceLock::new();
    ANSWER.get_or_init(|| {
        let keys = (0..1_000).map(|number| {
            let id = format!("1234abcd-12ab-34cd-56ef-{number:012x}");
            format!("{{\"KeyArn\":\"arn:aws:kms:eu-central-1:111122223333:key/{id}\",\"KeyId\":\"{id}\"}}")
        });
        let keys: Vec<String> = keys.collect();
        format!("{{\"Keys\":[{}],\"NextMarker\":\"next\",\"Truncated\":true}}", keys.join(","))
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Keys {
    keys: Option<Vec<Key>>,
    next_marker: Option<String>,
    truncated: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Key {
    key_id: Option<String>,
    key_arn: Option<String>,
}

fn main() {
    let runtime = runtime();
    let full = official_over(AtOnce(|_| answer()), None);
    let empty = official_over(AtOnce(|_| "{\"Keys\":[]}"), None);
    let call = |client: &aws_sdk_kms::Client| {
        let answer = runtime.block_on(client.list_keys().send());
        answer.expect("a list").keys().len()
    };
    let body = answer().as_bytes();
    let sides: [&mut dyn FnMut(); 4] = [
        &mut || assert_eq!(call(&full), 1_000),
        &mut || assert_eq!(call(&empty), 0),
        &mut || {
            let output = ListKeys::read_output(black_box(body), None).expect("a list");
            assert_eq!(output.keys().len(), 1_000);
        },
        &mut || {
            let keys: Keys = serde_json::from_slice(black_box(body)).expect("a list");
            let ids = keys
                .keys
                .iter()
                .flatten()
                .filter(|key| key.key_id.is_some() && key.key_arn.is_some());
            assert_eq!(ids.count(), 1_000);
            assert!(keys.truncated.is_some() && keys.next_marker.is_some());
        },
    ];
    let [full, empty, ours, floor] = turns(60, 20, sides);
    for time in [full.saturating_sub(empty), ours, floor] {
        println!("{time}");
    }
}
