//! Calls of DynamoDB as an application makes them: its endpoints depend on inputs, and its values hold themselves.

use super::{InputValidation, client, service};
use crate::{Refusal, runtime, transport};
use service::types::{AttributeValue, KeysAndAttributes};

/// What a call is refused for, with and without interceptors that look in.
macro_rules! refused {
    ($level:ident, $client:ident => $call:expr) => {{
        let transport = transport();
        let $client = client(transport.clone(), Some(InputValidation::$level));
        let plain = runtime().block_on($call.send()).expect_err("a refusal");
        let hooked = $call.customize().mutate_request(|_| ());
        let hooked = runtime().block_on(hooked.send()).expect_err("a refusal");
        assert_eq!(transport.seen().len(), 0, "something was sent");
        let [plain, hooked] = [plain, hooked].map(|error| Refusal::of_construction(&error).paths);
        assert_eq!(plain, hooked);
        plain
    }};
}

/// Without its table the call has no endpoint; still all that is missing is told, and not that alone.
#[test]
fn what_the_endpoint_needs_is_told_with_the_rest() {
    let paths = refused!(RequiredMembers, client => client.put_item());
    assert_eq!(paths, ["TableName", "Item"]);
    let paths = refused!(AllConstraints, client => client.get_item().table_name(""));
    assert_eq!(paths, ["Key", "TableName"]);
}

#[test]
fn values_that_hold_themselves() {
    let null = AttributeValue::L(vec![AttributeValue::M(
        [("k".to_owned(), AttributeValue::Null(true))].into(),
    )]);
    let transport = transport();
    let checking = client(transport.clone(), Some(InputValidation::AllConstraints));
    let call = checking.put_item().table_name("orders").item("id", null);
    runtime().block_on(call.send()).expect("an answer");
    assert_eq!(transport.seen().len(), 1);
}

#[test]
fn maps_of_structures() {
    let keys = KeysAndAttributes::builder()
        .set_keys(Some(Vec::new()))
        .build()
        .expect("keys");
    let paths = refused!(AllConstraints, client => client.batch_get_item().request_items("orders", keys.clone()));
    assert_eq!(paths, ["RequestItems[\"orders\"].Keys"]);
}
