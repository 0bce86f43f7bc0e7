//! Items that are read from an answer and sent again: unions, bytes and what lies within them lose nothing on the way.

use super::{PUT_ITEM_INPUT_ATTRIBUTE_MAP, client};
use crate::compare::{CASES, always, runtime, same_json};
use farrier_conformance::{Canned, say, try_on};
use serde_json::{Value, json};

#[test]
fn items_that_are_read_and_sent_again_are_the_same() {
    let transport = Canned::new(always("{}"));
    let client = client(transport.clone());
    let runtime = runtime();
    let same = |item: Value| {
        transport.answer(always(&json!({ "Item": item }).to_string()));
        let get = client.get_item().table_name("orders").send();
        let output = runtime
            .block_on(get)
            .map_err(|error| format!("{error:?}"))?;
        let put = client.put_item().table_name("orders").set_item(output.item);
        runtime
            .block_on(put.send())
            .map_err(|error| format!("{error:?}"))?;
        let sent = transport.seen().pop().ok_or("nothing was sent")?;
        let sent: Value = serde_json::from_str(&sent.body).map_err(|error| error.to_string())?;
        same_json(&json!({ "TableName": "orders", "Item": item }), &sent)
    };
    let items = PUT_ITEM_INPUT_ATTRIBUTE_MAP.values();
    try_on("items", 5 * CASES, &items, same).unwrap_or_else(|error| panic!("{error}"));
    say(&format!(
        "DynamoDB: {} items are sent as they were read",
        5 * CASES
    ));
}
