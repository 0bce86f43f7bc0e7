//! What goes out is the same, to the byte of the signature.

use crate::setup::{INVOCATION_ID, OWN_HEADERS, Setup, agree, block_on, pairs};
use farrier_conformance::{LeftOut, Seen, say};
use std::collections::BTreeSet;

/// A call and what each client sent for it.
#[derive(Debug)]
struct Sent {
    name: String,
    ordered: bool,
    official: Seen,
    ours: Seen,
}

impl Sent {
    fn same_json(&self) -> bool {
        let json = |seen: &Seen| -> serde_json::Value {
            serde_json::from_str(&seen.body).expect("a body is JSON")
        };
        json(&self.official) == json(&self.ours)
    }
}

fn requests(setup: &Setup) -> Vec<Sent> {
    let (official, ours) = (crate::official::client(setup), crate::ours::client(setup));
    let mut requests = Vec::new();
    for (official_call, our_call) in pairs() {
        let name = format!("{}, {}", official_call.operation, official_call.name);
        let official_outcome = block_on((official_call.send)(&official));
        let theirs = setup.transport.seen();
        let our_outcome = block_on((our_call.send)(&ours));
        let mine = setup.transport.seen();
        assert_eq!(official_outcome.result, our_outcome.result, "{name}");
        if official_call.ordered {
            let cut = |input: String, member: &LeftOut| member.cut_from(&input);
            let input = crate::ours::LEFT_OUT.iter().fold(our_outcome.input, cut);
            assert_eq!(official_outcome.input, input, "{name}");
        }
        assert_eq!(
            (theirs.len(), mine.len()),
            (1, 1),
            "{name}: one request each"
        );
        requests.push(Sent {
            name,
            ordered: official_call.ordered,
            official: theirs[0].clone(),
            ours: mine[0].clone(),
        });
    }
    requests
}

#[test]
fn every_operation_is_called_with_every_member() {
    let operations: BTreeSet<_> = pairs().iter().map(|(call, _)| call.operation).collect();
    assert_eq!(operations.len(), 56);
    for LeftOut { member, why, .. } in crate::official::LEFT_OUT {
        say(&format!("left out of the comparison: {member}: {why}"));
    }
}

#[test]
fn requests_are_the_same_but_for_what_names_the_client() {
    // A signature covers the headers that differ, and so differs with them; what it covers must not.
    let stable = |seen: &Seen| {
        let mut seen = seen.clone();
        for header in OWN_HEADERS {
            let value = seen.headers.insert(header.to_owned(), String::new());
            assert!(
                value.is_some_and(|value| !value.is_empty()),
                "no {header}: {seen:?}"
            );
        }
        let authorization = seen.headers.get_mut("authorization").expect("signed");
        let end = authorization.find("Signature=").expect("a signature");
        authorization.truncate(end);
        seen.body.clear();
        seen
    };
    let mut differences = Vec::new();
    for sent in requests(&Setup::plain()) {
        if stable(&sent.official) != stable(&sent.ours) || !sent.same_json() {
            differences.push(format!("{}: {sent:#?}", sent.name));
        }
    }
    agree(&differences);
}

#[test]
fn signatures_are_the_same_where_nothing_names_the_client() {
    let mut differences = Vec::new();
    for session_token in [None, Some("a session token/+=")] {
        let setup = Setup {
            pins_headers: true,
            session_token,
            ..Setup::plain()
        };
        for mut sent in requests(&setup) {
            let same_json = sent.same_json();
            for seen in [&mut sent.official, &mut sent.ours] {
                seen.headers.remove(INVOCATION_ID);
                // Without an order the bodies may differ, and signatures with them.
                if !sent.ordered {
                    seen.headers.remove("authorization");
                    seen.body.clear();
                }
            }
            if sent.official != sent.ours || !same_json {
                differences.push(format!("{}: {sent:#?}", sent.name));
            }
        }
    }
    agree(&differences);
}

#[test]
fn the_member_that_only_ours_has_is_sent() {
    let setup = Setup::plain();
    let client = crate::ours::client(&setup);
    let call = client
        .list_keys()
        .limit(7)
        .resource_owners(farrier_kms::types::ResourceOwnerType::from("SELF"));
    block_on(call.send()).expect("an answer");
    let sent = setup.transport.seen().pop().expect("a request");
    assert_eq!(sent.body, r#"{"Limit":7,"ResourceOwners":["SELF"]}"#);
}
