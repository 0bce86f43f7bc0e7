//! Prints the CPU nanoseconds of an `Encrypt` of 4 kB and a `Decrypt` back, answered at once: of the official client and of
//! ours.

use std::sync::OnceLock;

use farrier_bench_call::{AtOnce, cpu, median, official_over, ours_over, runtime};

const SIZE: usize = 4096;
const KEY: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/// How often the sides take turns, and how many pairs of calls a side makes in its turn.
const TURNS: usize = 21;
const PAIRS: u32 = 1_000;

fn answer(target: &str) -> &'static str {
    static ANSWERS: OnceLock<[String; 2]> = OnceLock::new();
    let [encrypted, decrypted] = ANSWERS.get_or_init(|| {
        let blob = |size| aws_smithy_types::base64::encode(vec![0x5a; size]);
        let answer = |member: &str, size| {
            format!(
                "{{\"{member}\":\"{}\",\"EncryptionAlgorithm\":\"SYMMETRIC_DEFAULT\",\"KeyId\":\"{KEY}\"}}",
                blob(size)
            )
        };
        [answer("CiphertextBlob", SIZE + 152), answer("Plaintext", SIZE)]
    });
    match target {
        "TrentService.Encrypt" => encrypted,
        _ => decrypted,
    }
}

fn main() {
    let (runtime, transport) = (runtime(), AtOnce(answer));
    let (official, ours) = (official_over(transport, None), ours_over(transport));
    let mut times = [const { Vec::new() }; 2];
    for _ in 0..TURNS {
        let start = cpu();
        runtime.block_on(async {
            for _ in 0..PAIRS {
                use aws_sdk_kms::primitives::Blob;
                let plain = Blob::new(vec![0x5a; SIZE]);
                let call = official.encrypt().key_id(KEY).plaintext(plain).send().await;
                let blob = call.expect("a ciphertext").ciphertext_blob.expect("a blob");
                let call = official.decrypt().ciphertext_blob(blob).send().await;
                assert_eq!(
                    call.expect("a plaintext")
                        .plaintext
                        .expect("a blob")
                        .as_ref()
                        .len(),
                    SIZE
                );
            }
        });
        times[0].push(((cpu() - start) / PAIRS).as_nanos());
        let start = cpu();
        runtime.block_on(async {
            for _ in 0..PAIRS {
                use farrier_kms::primitives::Blob;
                let plain = Blob::new(vec![0x5a; SIZE]);
                let call = ours.encrypt().key_id(KEY).plaintext(plain).send().await;
                let blob = call.expect("a ciphertext").ciphertext_blob.expect("a blob");
                let call = ours.decrypt().ciphertext_blob(blob).send().await;
                assert_eq!(
                    call.expect("a plaintext")
                        .plaintext
                        .expect("a blob")
                        .as_ref()
                        .len(),
                    SIZE
                );
            }
        });
        times[1].push(((cpu() - start) / PAIRS).as_nanos());
    }
    for times in times {
        println!("{}", median(times));
    }
}
