//! Waiters whose acceptors are more than paths: what they say of an answer.

use crate::canned::Canned;
use crate::harbor::client::Waiters;
use crate::harbor::config::{Credentials, Region};
use crate::harbor::{Client, Config};
use farrier_runtime::waiters::WaiterError;
use std::time::Duration;

/// What a waiter says of an answer.
#[derive(Debug, PartialEq)]
enum Said {
    Success,
    Failure,
    /// No acceptor matched.
    Nothing,
}

use Said::{Failure, Nothing, Success};

fn client(answer: &str) -> Client {
    let canned = Canned::default();
    canned.answer(200, answer);
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .http_client(canned);
    Client::from_conf(config.build())
}

fn said<T, O, E>(result: Result<T, WaiterError<O, E>>) -> Said {
    match result {
        Ok(_) => Success,
        Err(WaiterError::FailureState(_)) => Failure,
        Err(WaiterError::ExceededMaxWait(_)) => Nothing,
        Err(_) => panic!("the call failed"),
    }
}

/// What a waiter says of each answer, without a second call.
macro_rules! check {
    ($waiter:ident $(.$setter:ident($value:expr))*, $answers:expr) => {
        for (answer, expected) in $answers {
            let waiter = client(answer).$waiter()$(.$setter($value))*;
            assert_eq!(said(waiter.wait(Duration::ZERO).await), expected, "{answer}");
        }
    };
}

#[tokio::test]
async fn lists_that_are_always_there_are_gone_through() {
    check!(
        wait_until_ordered,
        [
            (r#"{"orders": ["anchor", "anchor"]}"#, Success),
            (r#"{"orders": ["anchor", "sail"]}"#, Nothing),
            (
                r#"{"fleets": [{"orders": []}, {"orders": ["rest", "sail"]}]}"#,
                Failure
            ),
            ("{}", Nothing),
        ]
    );
}

#[tokio::test]
async fn a_filter_is_counted() {
    check!(
        wait_until_all_gone,
        [
            (
                r#"{"ships": [{"state": "SUNK"}, {"state": "SOLD"}]}"#,
                Success
            ),
            (
                r#"{"ships": [{"state": "SUNK"}, {"state": "AFLOAT"}]}"#,
                Nothing
            ),
            (r#"{"ships": [{"state": "SUNK"}, {}]}"#, Nothing),
            (r#"{"ships": []}"#, Nothing),
            (r#"{}"#, Nothing),
        ]
    );
}

#[tokio::test]
async fn not_and_lengths_within_a_filter() {
    check!(
        wait_until_none_sinking,
        [
            (
                r#"{"ships": [{"holes": [], "crew": 3, "berths": 3}]}"#,
                Success
            ),
            (r#"{"ships": []}"#, Success),
            (
                r#"{"ships": [{"holes": ["bow"], "crew": 3, "berths": 3}]}"#,
                Nothing
            ),
            (
                r#"{"ships": [{"holes": [], "crew": 2, "berths": 3}]}"#,
                Nothing
            ),
            // Null is neither more nor less.
            (r#"{"ships": [{"holes": [], "crew": 2}]}"#, Nothing),
            (r#"{}"#, Nothing),
        ]
    );
}

#[tokio::test]
async fn booleans_that_are_made_on_the_way_are_contained() {
    check!(
        wait_until_enough_crew,
        [
            (
                r#"{"fleets": [{"ships": [{"state": "AFLOAT"}, {"state": "SUNK"}], "least": 1}]}"#,
                Success
            ),
            (
                r#"{"fleets": [{"ships": [{"state": "AFLOAT"}], "least": 1}, {"ships": [{}], "least": 1}]}"#,
                Nothing
            ),
            // A comparison with null is null, and not false.
            (r#"{"fleets": [{"ships": [{"state": "SUNK"}]}]}"#, Success),
            (r#"{"fleets": []}"#, Success),
            (r#"{}"#, Nothing),
            (r#"{"names": ["Ark", "Titanic"]}"#, Failure),
            (r#"{"names": ["Ark", "Titanic II"]}"#, Nothing),
            (r#"{"names": [], "note": "much ice ahead"}"#, Failure),
            (r#"{"note": "clear"}"#, Nothing),
        ]
    );
}

#[tokio::test]
async fn the_input_is_asked_too() {
    check!(
        wait_until_asked.names("a").names("b").flagship("a"),
        [
            (r#"{"ships": [{"name": "x"}, {"name": "y"}]}"#, Success),
            (r#"{"ships": [{"name": "x"}]}"#, Nothing),
            (r#"{}"#, Nothing),
            (r#"{"flagship": {"name": "b", "state": "SUNK"}}"#, Failure),
            (r#"{"flagship": {"name": "a", "state": "SUNK"}}"#, Nothing),
            (r#"{"flagship": {"name": "b"}}"#, Nothing),
        ]
    );
    // Lengths of nothing are not equal; a name and nothing differ.
    check!(
        wait_until_asked,
        [
            (r#"{}"#, Nothing),
            (r#"{"flagship": {"name": "b", "state": "SUNK"}}"#, Failure),
        ]
    );
}

#[tokio::test]
async fn elements_are_asked_by_their_place() {
    check!(
        wait_until_answered,
        [
            (
                r#"{"ships": [{"state": "AFLOAT"}, {"state": "SUNK"}]}"#,
                Success
            ),
            (
                r#"{"ships": [{"state": "SUNK"}, {"state": "AFLOAT"}]}"#,
                Nothing
            ),
            (r#"{"ships": [{}, {"holes": ["stern", "bow"]}]}"#, Failure),
            (r#"{"ships": [{}, {"holes": ["bow"]}]}"#, Nothing),
            (r#"{"ships": []}"#, Nothing),
            (r#"{}"#, Nothing),
        ]
    );
}

#[tokio::test]
async fn numbers_are_compared() {
    check!(
        wait_until_heavy,
        [
            (r#"{"weight": 3, "limit": 3, "count": 9}"#, Success),
            (r#"{"weight": 2.5, "limit": 3, "count": 9}"#, Nothing),
            (r#"{"weight": 3.1, "limit": 3, "count": 9}"#, Nothing),
            (r#"{"weight": 3, "limit": 3, "count": 10}"#, Failure),
            (r#"{"weight": 3, "limit": 3}"#, Nothing),
            (r#"{"weight": 3, "count": 9}"#, Nothing),
            (r#"{}"#, Nothing),
        ]
    );
}

#[tokio::test]
async fn several_members_make_one_list() {
    check!(
        wait_until_painted,
        [
            (
                r#"{"ships": [{"name": "red", "flag": "red", "weights": [4]}]}"#,
                Success
            ),
            (
                r#"{"ships": [{"name": "red", "weights": [4]}, {"name": "x", "weights": [3]}]}"#,
                Success
            ),
            (
                r#"{"ships": [{"name": "red", "flag": "blue", "weights": [1, 4]}]}"#,
                Nothing
            ),
            (r#"{"ships": [{"name": "red", "weights": [3]}]}"#, Nothing),
            (
                r#"{"berths": {"a": {"name": "x"}, "b": {"name": "y", "holes": ["bow", "stern"]}}}"#,
                Failure
            ),
            (r#"{}"#, Nothing),
        ]
    );
}

#[tokio::test]
async fn lists_of_functions_and_in_parentheses_are_filtered() {
    check!(
        wait_until_manned,
        [
            (
                r#"{"berths": {"a": {"name": "x", "crew": 2, "berths": 2}}}"#,
                Success
            ),
            (r#"{"berths": {"a": {"name": "x"}}}"#, Success),
            (r#"{"berths": {"a": {"name": "x", "crew": 2}}}"#, Nothing),
            (r#"{"berths": {}}"#, Success),
            (
                r#"{"ships": [{"name": "Ark", "flag": "red", "holes": ["bow"]}]}"#,
                Failure
            ),
            (
                r#"{"ships": [{"name": "Ark", "flag": "red", "holes": [], "crew": 3, "weights": [1, 1]}]}"#,
                Failure
            ),
            (
                r#"{"ships": [{"name": "Ark", "flag": "", "holes": ["bow"]}]}"#,
                Nothing
            ),
            (
                r#"{"ships": [{"name": "Ark", "flag": "red", "holes": [], "crew": 2, "weights": [1, 1]}]}"#,
                Nothing
            ),
        ]
    );
    check!(
        wait_until_named,
        [
            (
                r#"{"note": "Ark", "flagship": {"name": "Ark"}, "names": ["Ark"]}"#,
                Success
            ),
            (r#"{"note": "Ark"}"#, Success),
            (r#"{"note": "Ark", "names": ["Ark", "x"]}"#, Nothing),
            (r#"{}"#, Nothing),
            (
                r#"{"fleets": [{}, {"ships": [{"name": "Ark II", "state": "SUNK", "crew": 1}]}]}"#,
                Failure
            ),
            (
                r#"{"fleets": [{"ships": [{"name": "Ark II", "state": "SUNK"}]}]}"#,
                Nothing
            ),
        ]
    );
}

#[tokio::test]
async fn structures_that_are_always_there_are_gone_through() {
    check!(
        wait_until_placed,
        [
            (r#"{"place": {"place": {"holes": ["bow"]}}}"#, Success),
            (
                r#"{"place": {"place": {"holes": ["bow", "stern"]}}}"#,
                Nothing
            ),
            (r#"{"place": {"place": {}, "flag": "red"}}"#, Failure),
            (
                r#"{"place": {"place": {"holes": []}, "flag": "blue"}}"#,
                Nothing
            ),
            (r#"{"place": {"place": {"holes": []}}}"#, Failure),
        ]
    );
}

#[tokio::test]
async fn keys_and_numbers_are_contained() {
    let open = r#"{"berths": {"north": {"name": "x"}}, "depths": [2, 4], "note": ""}"#;
    check!(
        wait_until_keyed,
        [
            (open, Success),
            (
                r#"{"berths": {"north": {"name": "x"}}, "depths": [2, 3], "note": ""}"#,
                Nothing
            ),
            (
                r#"{"berths": {"south": {"name": "x"}}, "depths": [], "note": ""}"#,
                Nothing
            ),
            (r#"{"closed": false}"#, Failure),
            (r#"{"closed": true}"#, Nothing),
            (r#"{}"#, Failure),
        ]
    );
    check!(
        wait_until_rested,
        [
            (r#"{"depths": [1, 2, 3]}"#, Success),
            (r#"{"depths": [1, 2]}"#, Nothing),
        ]
    );
}
