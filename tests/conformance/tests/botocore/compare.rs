//! What both clients make of an input, compared.

use crate::peer::{Peer, Reply};
use farrier_conformance::{Answer, Canned, Member, Seen, Shape, say, try_on};
use serde_json::{Number, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::pin::Pin;
use std::time::Instant;

/// A call on its way.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// An operation of a client.
#[derive(Debug)]
pub(crate) struct Operation<Client> {
    /// As the model writes it.
    pub(crate) name: &'static str,
    pub(crate) input: &'static Shape,
    /// Calls it with the input that the JSON holds.
    pub(crate) send: fn(&Client, &Value) -> Sending,
}

/// Inputs of each operation.
const CASES: u32 = 200;

/// Headers that are signed by us and not by botocore: the length, which its HTTP client writes after signing, and the one
/// that names the client, which it does not send.
const SIGNED_BY_US_ALONE: [&str; 2] = ["content-length", "x-amz-user-agent"];

/// Headers that name the client or the one attempt, and so differ by design.
const OWN_HEADERS: [&str; 4] = [
    "user-agent",
    "x-amz-user-agent",
    "amz-sdk-invocation-id",
    "amz-sdk-request",
];

/// Sends inputs made at random through both clients, and fails where the requests differ.
#[track_caller]
pub(crate) fn requests<Client>(
    service: &str,
    operations: &[Operation<Client>],
    client: fn(Canned) -> Client,
) {
    let start = Instant::now();
    let transport = Canned::new(Answer {
        status: 200,
        headers: Vec::new(),
        body: "{}".to_owned(),
    });
    let client = client(transport.clone());
    let peer = RefCell::new(Peer::start(service));
    let sent = RefCell::new(Sent::default());
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_time().build().expect("a runtime");
    let mut differences = Vec::new();
    for operation in operations {
        let same = |params: Value| {
            runtime.block_on((operation.send)(&client, &params))?;
            let ours = transport.seen().pop().ok_or("nothing was sent")?;
            let reply = peer.borrow_mut().reply(operation.name, &params, &ours)?;
            sent.borrow_mut().keep(operation.input, &params);
            compare(operation.input, params, ours, reply)
        };
        let name = format!("{service} {}", operation.name);
        differences.extend(try_on(&name, CASES, &operation.input.values(), same).err());
    }
    assert!(
        differences.is_empty(),
        "{} of {} operations differ:\n{}",
        differences.len(),
        operations.len(),
        differences.join("\n\n")
    );
    let sent = sent.into_inner();
    for operation in operations {
        sent.expect_all(operation.input, &mut BTreeSet::new());
    }
    say(&format!(
        "botocore: {} requests of {} operations of {service} are the same, in {:.1} s",
        sent.inputs,
        operations.len(),
        start.elapsed().as_secs_f64()
    ));
}

/// What was sent, to know that nothing was forgotten.
#[derive(Debug, Default)]
struct Sent {
    inputs: usize,
    members: BTreeSet<*const Member>,
}

impl Sent {
    fn keep(&mut self, input: &'static Shape, params: &Value) {
        self.inputs += 1;
        self.keep_members(input, params);
    }

    fn keep_members(&mut self, shape: &'static Shape, value: &Value) {
        match (shape, value) {
            (Shape::Structure(members) | Shape::Union(members), Value::Object(values)) => {
                for member in *members {
                    if let Some(value) = values.get(member.name) {
                        self.members.insert(member);
                        self.keep_members(member.target, value);
                    }
                }
            }
            (Shape::List(item), Value::Array(items)) => {
                items
                    .iter()
                    .for_each(|value| self.keep_members(item, value));
            }
            (Shape::Map(item), Value::Object(entries)) => {
                entries
                    .values()
                    .for_each(|value| self.keep_members(item, value));
            }
            _ => {}
        }
    }

    fn expect_all(&self, shape: &'static Shape, looked_at: &mut BTreeSet<*const Member>) {
        match shape {
            Shape::Structure(members) | Shape::Union(members) => {
                for member in *members {
                    assert!(
                        self.members.contains(&std::ptr::from_ref(member)),
                        "never sent: {member:?}"
                    );
                    if looked_at.insert(member) {
                        self.expect_all(member.target, looked_at);
                    }
                }
            }
            Shape::List(item) | Shape::Map(item) => self.expect_all(item, looked_at),
            _ => {}
        }
    }
}

fn compare(input: &Shape, params: Value, mut ours: Seen, reply: Reply) -> Result<(), String> {
    let Reply {
        request: mut theirs,
        authorization,
    } = reply;
    // botocore writes what is not ASCII with `\u`, so that the same text has another length; its client of HTTP counts.
    for seen in [&mut ours, &mut theirs] {
        let length = seen.headers.remove("content-length").ok_or("no length")?;
        same("length", &length, &seen.body.len().to_string())?;
    }
    let (our_body, their_body) = (body(input, &params, &ours)?, body(input, &params, &theirs)?);
    // What is sent is what was asked for; so botocore and we cannot be wrong together.
    same_json(&params, &our_body).map_err(|error| format!("params, ours: {error}"))?;
    same_json(&their_body, &our_body).map_err(|error| format!("botocore, ours: {error}"))?;
    let our_authorization = ours.headers.remove("authorization").ok_or("not signed")?;
    let their_authorization = theirs.headers.remove("authorization").ok_or("not signed")?;
    // The signature covers headers that differ by design; so botocore signs ours once more, to the same end.
    same("authorization", &authorization, &our_authorization)?;
    let (our_scope, mut our_names) = signed(&our_authorization);
    let (their_scope, their_names) = signed(&their_authorization);
    our_names.retain(|name| !SIGNED_BY_US_ALONE.contains(name));
    same("scope", &their_scope, &our_scope)?;
    same("signed headers", &their_names, &our_names)?;
    for seen in [&mut ours, &mut theirs] {
        OWN_HEADERS
            .iter()
            .for_each(|name| drop(seen.headers.remove(*name)));
    }
    same("headers", &theirs.headers, &ours.headers)?;
    same("method", &theirs.method, &ours.method)?;
    same("address", &theirs.uri, &ours.uri)
}

/// The body, without the tokens that a client fills by itself.
fn body(input: &Shape, params: &Value, seen: &Seen) -> Result<Value, String> {
    let mut body: Value = serde_json::from_str(&seen.body).map_err(|error| error.to_string())?;
    let Shape::Structure(members) = input else {
        return Err("an input is a structure".to_owned());
    };
    for Member { name, .. } in members.iter().filter(|member| member.token) {
        if params.get(name).is_none() {
            let object = body.as_object_mut().ok_or("no object")?;
            let token = object
                .remove(*name)
                .ok_or(format!("{name} is not filled"))?;
            let shape = |text: &str| text.replace(|c: char| c.is_ascii_hexdigit(), "0");
            let uuid = "00000000-0000-0000-0000-000000000000";
            same("token", &token.as_str().map(shape).as_deref(), &Some(uuid))?;
        }
    }
    Ok(body)
}

/// The scope of a signature, and the names of the headers it covers.
fn signed(authorization: &str) -> (&str, Vec<&str>) {
    let after = |start: &str| authorization.split(start).nth(1).expect("a part of it");
    let until_comma = |text: &'_ str| text.split(',').next().map_or(0, str::len);
    let (scope, names) = (after("Credential="), after("SignedHeaders="));
    let names = &names[..until_comma(names)];
    (&scope[..until_comma(scope)], names.split(';').collect())
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, theirs: &T, ours: &T) -> Result<(), String> {
    if theirs == ours {
        return Ok(());
    }
    Err(format!(
        "{what}\n  botocore {theirs:?}\n  ours     {ours:?}"
    ))
}

/// Compares by value: `1.0`, `1` and `1e0` are one number.
fn same_json(left: &Value, right: &Value) -> Result<(), String> {
    let equal = match (left, right) {
        (Value::Number(left), Value::Number(right)) => same_number(left, right),
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            return left
                .iter()
                .zip(right)
                .try_for_each(|(left, right)| same_json(left, right));
        }
        (Value::Object(left), Value::Object(right)) if left.len() == right.len() => {
            return left.iter().try_for_each(|(name, left)| {
                let right = right.get(name).ok_or(format!("no {name:?} in {right:?}"))?;
                same_json(left, right).map_err(|error| format!("{name}: {error}"))
            });
        }
        _ => left == right,
    };
    if equal {
        Ok(())
    } else {
        Err(format!("{left} is not {right}"))
    }
}

/// Exact: an integer is never made a double that stands for its neighbours too.
fn same_number(left: &Number, right: &Number) -> bool {
    let integer = |number: &Number| number.as_i128();
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => left == right,
        (None, None) => left.as_f64() == right.as_f64(),
        (Some(integer), None) => same_as_double(integer, right),
        (None, Some(integer)) => same_as_double(integer, left),
    }
}

fn same_as_double(integer: i128, double: &Number) -> bool {
    let double = double.as_f64().expect("what is no integer is a double");
    integer as f64 == double && double as i128 == integer
}
