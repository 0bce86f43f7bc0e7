//! Properties with fixed seeds: what fails once fails always, and what fails is made small.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::fmt::Debug;

/// Tries a property on values made at random; says what is wrong with the smallest value that was found.
///
/// The name is the seed.
pub fn try_on<S: Strategy>(
    name: &str,
    cases: u32,
    values: &S,
    property: impl Fn(S::Value) -> Result<(), String>,
) -> Result<(), String>
where
    S::Value: Debug,
{
    let mut seed = [0; 32];
    name.bytes().enumerate().for_each(|(at, byte)| {
        let place: &mut u8 = &mut seed[at % 32];
        *place = place.wrapping_mul(31).wrapping_add(byte);
    });
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 100,
        ..Config::default()
    };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    TestRunner::new_with_rng(config, random)
        .run(values, |value| property(value).map_err(TestCaseError::fail))
        .map_err(|error| format!("{name}: {error}"))
}
