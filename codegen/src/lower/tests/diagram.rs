//! Tests of decision diagrams: what is made of them says the same as they do.

use super::{faults_of, lower_all};
use crate::api::{Condition, Expr, Outcome, Rule};
use crate::model::Source;

/// Where results begin; the first is the one after it.
const RESULT: i32 = 100_000_001;

/// A service whose rules are a diagram of these parts.
fn service(
    params: &str,
    conditions: &[String],
    results: &[String],
    nodes: &[[i32; 3]],
) -> Vec<Source> {
    let bytes: Vec<u8> = nodes
        .iter()
        .flatten()
        .flat_map(|number| number.to_be_bytes())
        .collect();
    diagram(params, conditions, results, &base64(&bytes), nodes.len(), 2)
}

fn diagram(
    params: &str,
    conditions: &[String],
    results: &[String],
    nodes: &str,
    count: usize,
    root: i32,
) -> Vec<Source> {
    let (conditions, results) = (conditions.join(",\n"), results.join(",\n"));
    let text = format!(
        r##"{{"smithy": "2.0", "shapes": {{"x#S": {{"type": "service", "version": "1", "traits": {{
"aws.protocols#awsJson1_0": {{}},
"smithy.rules#endpointBdd": {{"version": "1.1", "parameters": {{{params}}}, "conditions": [{conditions}],
"results": [{results}], "root": {root}, "nodeCount": {count}, "nodes": "{nodes}"}}
}}}}}}}}"##
    );
    vec![Source::model("x.json", Ok(text.into_bytes()))]
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]));
        }
    }
    text
}

fn error(message: &str) -> String {
    format!(r#"{{"type": "error", "conditions": [], "error": "{message}"}}"#)
}

fn endpoint(url: &str) -> String {
    format!(r#"{{"type": "endpoint", "conditions": [], "endpoint": {{"url": "{url}"}}}}"#)
}

fn call(function: &str, arguments: &str) -> String {
    format!(r#"{{"fn": "{function}", "argv": [{arguments}]}}"#)
}

/// Parameters that are truth values, and a condition for each.
fn booleans(count: usize) -> (String, Vec<String>) {
    let param =
        |index| format!(r#""P{index}": {{"type": "boolean", "required": true, "default": false}}"#);
    let params: Vec<String> = (0..count).map(param).collect();
    let condition = |index| call("booleanEquals", &format!(r#"{{"ref": "P{index}"}}, true"#));
    (params.join(", "), (0..count).map(condition).collect())
}

/// How rules end.
#[derive(Debug, PartialEq)]
enum End {
    Result(String),
    Left(String),
    RunOut,
}

/// Follows rules whose conditions ask for truth values, of which these are true.
fn follow(rules: &[Rule], truths: &[&str]) -> End {
    for rule in rules {
        if !rule
            .conditions
            .iter()
            .all(|condition| holds(condition, truths))
        {
            continue;
        }
        let end = match &rule.outcome {
            Outcome::Tree(rules) => follow(rules, truths),
            Outcome::Block(label, rules) => match follow(rules, truths) {
                End::Left(left) if left == label.as_str() => End::RunOut,
                end => end,
            },
            Outcome::Leave(label) => End::Left(label.as_str().to_owned()),
            Outcome::Error(Expr::Str(message)) => End::Result(message.clone()),
            Outcome::Endpoint {
                url: Expr::Str(url),
                ..
            } => End::Result(url.clone()),
            other => panic!("{other:?}"),
        };
        if end != End::RunOut {
            return end;
        }
    }
    End::RunOut
}

fn holds(condition: &Condition, truths: &[&str]) -> bool {
    let Condition::Holds(value) = condition else {
        panic!("{condition:?}")
    };
    match value {
        Expr::Var(name) => truths.contains(&name.as_str()),
        Expr::Not(inner) => !holds(&Condition::Holds((**inner).clone()), truths),
        other => panic!("{other:?}"),
    }
}

/// What the diagram itself leads to, as the specification says.
fn walk(nodes: &[[i32; 3]], results: &[String], truth: impl Fn(usize) -> bool) -> String {
    let mut reference = 2;
    loop {
        if reference >= RESULT {
            return results[(reference - RESULT) as usize].clone();
        }
        if [1, -1, RESULT - 1].contains(&reference) {
            return "no rule finds an endpoint for these settings".to_owned();
        }
        let [condition, high, low] = nodes[reference.unsigned_abs() as usize - 1];
        let taken = truth(condition as usize) != (reference < 0);
        reference = if taken { high } else { low };
    }
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// Nodes with conditions in order, that refer to later nodes, their contraries, results, and the end without one.
fn random_nodes(chance: &mut Chance, conditions: usize, results: usize) -> Vec<[i32; 3]> {
    let count = 4 + chance.below(16);
    let mut tests: Vec<usize> = (0..count).map(|_| chance.below(conditions)).collect();
    tests.sort_unstable();
    let mut nodes = vec![[-1, 1, -1]];
    for (index, &test) in tests.iter().enumerate() {
        let mut way = || {
            let later: Vec<usize> = (index + 1..count)
                .filter(|&next| tests[next] > test)
                .collect();
            match chance.below(4) {
                0 => RESULT + chance.below(results) as i32,
                1 => [1, -1, RESULT - 1][chance.below(3)],
                _ if later.is_empty() => RESULT + chance.below(results) as i32,
                2 => later[chance.below(later.len())] as i32 + 2,
                _ => -(later[chance.below(later.len())] as i32 + 2),
            }
        };
        nodes.push([test as i32, way(), way()]);
    }
    nodes
}

#[test]
fn rules_say_what_the_diagram_says() {
    const CONDITIONS: usize = 6;
    let (params, conditions) = booleans(CONDITIONS);
    let names: Vec<String> = (0..5).map(|index| format!("https://r{index}")).collect();
    // Results that are shared and results that are said again.
    let results: Vec<String> = (0..5)
        .map(|index| {
            if index % 2 == 0 {
                endpoint(&names[index])
            } else {
                error(&names[index])
            }
        })
        .collect();
    let mut chance = Chance(7);
    for round in 0..300 {
        let nodes = random_nodes(&mut chance, CONDITIONS, results.len());
        let api = lower_all(service(&params, &conditions, &results, &nodes));
        for truths in 0..1 << CONDITIONS {
            let truth = |index: usize| truths >> index & 1 == 1;
            let params = &api.endpoint.params;
            let set: Vec<&str> = (0..CONDITIONS)
                .filter(|&index| truth(index))
                .map(|index| params[index].name.as_str())
                .collect();
            let expected = walk(&nodes, &names, truth);
            assert_eq!(
                follow(&api.endpoint.rules, &set),
                End::Result(expected),
                "round {round}, {set:?}, {nodes:?}"
            );
        }
    }
}

#[test]
fn a_node_that_several_ways_lead_to_stands_once() {
    let (params, conditions) = booleans(3);
    let results = ["https://a", "https://b", "https://c"].map(endpoint);
    // Both ways of the first node lead to the third, one of them past the second.
    let nodes = [
        [-1, 1, -1],
        [0, 3, 4],
        [1, RESULT, 4],
        [2, RESULT + 1, RESULT + 2],
    ];
    let api = lower_all(service(&params, &conditions, &results, &nodes));
    let [first, second, last] = api.endpoint.rules.as_slice() else {
        panic!("{:#?}", api.endpoint.rules)
    };
    assert_eq!(
        format!("{:?}", first.conditions),
        "[Holds(Var(`p0`)), Holds(Var(`p1`))]"
    );
    assert_eq!(format!("{:?}", second.conditions), "[Holds(Var(`p2`))]");
    assert!(last.conditions.is_empty());
}

#[test]
fn what_several_nodes_bind_is_in_sight_behind_each() {
    let params = r#""Region": {"type": "string"}, "Fips": {"type": "boolean", "required": true, "default": false}"#;
    let conditions = [
        call("isSet", r#"{"ref": "Region"}"#),
        call("booleanEquals", r#"{"ref": "Fips"}, true"#),
        call("aws.partition", r#"{"ref": "Region"}"#).replace("]}", r#"], "assign": "P"}"#),
        call("stringEquals", r#"{"ref": "Region"}, "a""#),
    ];
    let results = [endpoint("https://{Region}.{P#dnsSuffix}"), error("no")];
    // The partition is looked up in two nodes, and one result uses either.
    let nodes = [
        [-1, 1, -1],
        [0, 3, RESULT + 1],
        [1, 4, 5],
        [2, 6, RESULT + 1],
        [2, RESULT, RESULT + 1],
        [3, RESULT, RESULT + 1],
    ];
    let api = lower_all(service(params, &conditions, &results, &nodes));
    let text = format!("{:?}", api.endpoint.rules);
    assert_eq!(text.matches("dns_suffix").count(), 2, "{text}");
    assert_eq!(text.matches("Bind(`p`").count(), 2, "{text}");
}

#[test]
fn diagrams_that_make_no_sense_are_refused() {
    let (params, conditions) = booleans(2);
    let results = [error("no")];
    for (nodes, expected) in [
        (
            vec![[-1, 1, -1], [0, 3, RESULT]],
            "refers to the node 3, and has 2 nodes",
        ),
        (vec![[-1, 1, -1], [0, 0, RESULT]], "refers to the node 0"),
        (
            vec![[-1, 1, -1], [0, i32::MIN, RESULT]],
            "refers to the node -2147483648",
        ),
        (
            vec![[-1, 1, -1], [0, RESULT + 1, RESULT]],
            "refers to 100000002, and has 1 results",
        ),
        (
            vec![[-1, 1, -1], [5, RESULT, RESULT]],
            "tests the condition 5, and has 2 conditions",
        ),
        (
            vec![[-1, 1, -1], [0, 2, RESULT]],
            "leads from a node to an earlier condition",
        ),
        (
            vec![[-1, 1, -1], [1, 3, RESULT], [0, RESULT, RESULT]],
            "leads from a node to an earlier condition",
        ),
    ] {
        let faults = faults_of(service(&params, &conditions, &results, &nodes), &[]);
        assert!(faults.contains(expected), "{faults}");
        assert!(faults.starts_with("error[FA0106]: x.json:3:"), "{faults}");
    }
    for (nodes, count, expected) in [
        ("AAAA", 1, "has 3 bytes of nodes"),
        ("AAAAAAAAAAAAAAAA", 2, "has 12 bytes of nodes"),
        ("!", 1, "has no `nodes` that are base64"),
    ] {
        let faults = faults_of(
            diagram(&params, &conditions, &results, nodes, count, 2),
            &[],
        );
        assert!(faults.contains(expected), "{faults}");
    }
}

#[test]
fn a_diagram_as_deep_as_is_allowed_is_compiled() {
    for (depth, compiled) in [(200, true), (201, false)] {
        let (params, conditions) = booleans(depth);
        let results = [endpoint("https://a"), error("no")];
        let last = depth as i32;
        let nodes = (0..last).map(|index| {
            let next = if index + 1 == last { RESULT } else { index + 3 };
            // Each second node has something to do on both of its ways.
            let other = if index % 2 == 0 { RESULT + 1 } else { RESULT };
            [index, next, other]
        });
        let nodes: Vec<[i32; 3]> = [[-1, 1, -1]].into_iter().chain(nodes).collect();
        let sources = service(&params, &conditions, &results, &nodes);
        if compiled {
            assert!(!lower_all(sources).endpoint.rules.is_empty());
        } else {
            let faults = faults_of(sources, &[]);
            assert!(faults.contains("has more than 200 conditions"), "{faults}");
        }
    }
}
