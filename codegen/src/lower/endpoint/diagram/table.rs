//! Decision diagrams as they are written: a table of nodes that refer to each other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::super::presence::base64;
use super::Vertex;
use crate::list::List as _;
use crate::model::{Node, Value};
use crate::order;

/// References from here on are results; the first of them stands for none.
const RESULTS: i32 = 100_000_000;
/// The reference of both terminals, which are the end without a result.
const NOTHING: i32 = 1;
/// The most conditions on the way to a result; what is printed is about as deep.
const DEEPEST: usize = 200;
/// The most vertices that a diagram may become.
const MOST: usize = 20_000;

/// A diagram as it is written.
pub(super) struct Table<'n> {
    pub(super) conditions: &'n [Node],
    pub(super) results: &'n [Node],
    /// Each node: its condition, and the references for when that holds and for when not.
    nodes: Vec<[i32; 3]>,
    root: i32,
}

/// What can be reached, by reference: the condition of a node and where it leads, or none for an end.
type Reached = HashMap<i32, Option<(usize, [i32; 2])>>;

/// The vertices at which the names were bound that are in use behind a reference.
type Bound = Vec<(usize, usize)>;

/// The result that a reference stands for.
pub(super) fn result_index(reference: i32) -> Option<usize> {
    usize::try_from(reference.checked_sub(RESULTS + 1)?).ok()
}

impl<'n> Table<'n> {
    /// Reads a table; the error goes on from "the decision diagram".
    pub(super) fn read(node: &'n Node) -> Result<Self, String> {
        let array = |key: &str| {
            let array = node.get(key).and_then(Node::as_array);
            array.ok_or_else(|| format!("has no array `{key}`"))
        };
        let root = node.get("root").and_then(Node::as_i64);
        let root = root.and_then(|root| i32::try_from(root).ok());
        Ok(Self {
            conditions: array("conditions")?,
            results: array("results")?,
            nodes: nodes(node)?,
            root: plain(root.ok_or("has no whole number `root`")?),
        })
    }

    /// The graph that the table describes, from its root on. A node stands in it once for each set of nodes that can have
    /// bound the names which are in use there.
    pub(super) fn grow(&self) -> Result<Vec<Vertex>, String> {
        let reached = self.reach()?;
        let names = self.names();
        let uses = self.uses(&reached, &names);
        let mut found: HashMap<(i32, Bound), usize> = HashMap::from([((self.root, Vec::new()), 0)]);
        let mut bounds: Vec<Bound> = vec![Vec::new()];
        let mut vertices = vec![vertex(self.root)];
        let mut next = 0;
        while next < vertices.len() {
            let at = next;
            next += 1;
            let Some((condition, ways)) = reached[&vertices[at].reference] else {
                continue;
            };
            let binds = names
                .iter()
                .position(|name| self.binds(condition) == Some(name));
            let mut to = [0; 2];
            for (index, way) in ways.into_iter().enumerate() {
                // Where the condition holds, its name is bound here.
                let new = binds.filter(|_| index == 0);
                let old = bounds[at].iter().filter(|(name, _)| Some(*name) != new);
                let all = old.copied().chain(new.map(|name| (name, at)));
                let mut bound: Bound = all.filter(|(name, _)| uses[&way][*name]).list();
                order::sort(&mut bound);
                to[index] = *found.entry((way, bound.clone())).or_insert_with(|| {
                    vertices.push(vertex(way));
                    bounds.push(bound);
                    vertices.len() - 1
                });
            }
            vertices[at].branch = Some((condition, to));
            if vertices.len() > MOST {
                return Err(format!("becomes more than {MOST} nodes"));
            }
        }
        Ok(vertices)
    }

    /// Collects what can be reached, and makes sure that conditions come in order on every way.
    fn reach(&self) -> Result<Reached, String> {
        let mut reached = Reached::new();
        let mut found = vec![self.root];
        while let Some(reference) = found.pop() {
            if let Entry::Vacant(new) = reached.entry(reference) {
                let branch = new.insert(self.branch(reference)?);
                found.extend(branch.iter().flat_map(|(_, ways)| ways));
            }
        }
        let mut conditions = vec![false; self.conditions.len()];
        for (condition, ways) in reached.values().flatten() {
            conditions[*condition] = true;
            let mut later = ways.iter().filter_map(|way| reached[way]);
            if later.any(|(later, _)| later <= *condition) {
                return Err("leads from a node to an earlier condition".to_owned());
            }
        }
        match conditions.iter().filter(|is_used| **is_used).count() > DEEPEST {
            true => Err(format!("has more than {DEEPEST} conditions")),
            false => Ok(reached),
        }
    }

    /// The condition and the ways on of what a reference leads to, if that is a node.
    fn branch(&self, reference: i32) -> Result<Option<(usize, [i32; 2])>, String> {
        if reference == NOTHING {
            return Ok(None);
        }
        if let Some(index) = result_index(reference) {
            return match index < self.results.len() {
                true => Ok(None),
                false => Err(format!(
                    "refers to {reference}, and has {} results",
                    self.results.len()
                )),
            };
        }
        let index = (reference.unsigned_abs() as usize).checked_sub(1);
        let Some([condition, high, low]) = index.and_then(|index| self.nodes.get(index)) else {
            return Err(format!(
                "refers to the node {reference}, and has {} nodes",
                self.nodes.len()
            ));
        };
        let index = usize::try_from(*condition).ok();
        let Some(index) = index.filter(|index| *index < self.conditions.len()) else {
            return Err(format!(
                "tests the condition {condition}, and has {} conditions",
                self.conditions.len()
            ));
        };
        // A negative reference stands for the contrary of its node.
        let ways = match reference < 0 {
            true => [plain(*low), plain(*high)],
            false => [plain(*high), plain(*low)],
        };
        Ok(Some((index, ways)))
    }

    /// The name that is in sight where a condition holds: what it assigns to, or what it finds set.
    fn binds(&self, condition: usize) -> Option<&'n str> {
        let node = &self.conditions[condition];
        let set = || match node.get("argv").and_then(Node::as_array)? {
            [only] if node.get("fn").and_then(Node::as_str) == Some("isSet") => {
                only.get("ref").and_then(Node::as_str)
            }
            _ => None,
        };
        node.get("assign").and_then(Node::as_str).or_else(set)
    }

    /// All such names.
    fn names(&self) -> Vec<&'n str> {
        let mut all: Vec<&str> = (0..self.conditions.len())
            .filter_map(|condition| self.binds(condition))
            .list();
        order::sort(&mut all);
        all.dedup();
        all
    }

    /// Whether each of the names is in use behind a reference.
    fn uses(&self, reached: &Reached, names: &[&str]) -> HashMap<i32, Vec<bool>> {
        let in_node = |node: &Node| names.iter().map(|name| mentions(node, name)).list();
        let conditions: Vec<Vec<bool>> = self.conditions.iter().map(in_node).list();
        let results: Vec<Vec<bool>> = self.results.iter().map(in_node).list();
        let key = |reference: i32| {
            let rank = reached[&reference].map_or(usize::MAX, |(condition, _)| condition);
            (std::cmp::Reverse(rank), reference)
        };
        let mut order: Vec<i32> = reached.keys().copied().list();
        order::sort_by(&mut order, |&a, &b| key(a).cmp(&key(b)));
        let mut uses: HashMap<i32, Vec<bool>> = HashMap::new();
        for reference in order {
            let used = match reached[&reference] {
                Some((condition, ways)) => (0..names.len())
                    .map(|name| {
                        conditions[condition][name] || ways.iter().any(|way| uses[way][name])
                    })
                    .list(),
                None => match result_index(reference) {
                    Some(index) => results[index].clone(),
                    None => vec![false; names.len()],
                },
            };
            uses.insert(reference, used);
        }
        uses
    }
}

/// Whether a value refers to a name, by a reference or within a string.
fn mentions(node: &Node, name: &str) -> bool {
    match &node.value {
        Value::String(text) => text.split('{').skip(1).any(|rest| {
            let rest = rest.strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with(['#', '}']))
        }),
        Value::Array(nodes) => nodes.iter().any(|node| mentions(node, name)),
        Value::Object(object) => object.entries.iter().any(|entry| {
            let is_reference = entry.key == "ref" && entry.value.as_str() == Some(name);
            is_reference || mentions(&entry.value, name)
        }),
        Value::Null | Value::Boolean(_) | Value::Number(_) => false,
    }
}

fn vertex(reference: i32) -> Vertex {
    Vertex {
        reference,
        branch: None,
        is_join: false,
        joins: Vec::new(),
        label: None,
        is_run_into: false,
    }
}

/// The nodes, each with its condition and the references for when that holds and for when not.
fn nodes(node: &Node) -> Result<Vec<[i32; 3]>, String> {
    let text = node.get("nodes").and_then(Node::as_str);
    let bytes = text
        .and_then(base64)
        .ok_or("has no `nodes` that are base64")?;
    let (numbers, rest) = bytes.as_chunks::<4>();
    let numbers: Vec<i32> = numbers
        .iter()
        .map(|bytes| i32::from_be_bytes(*bytes))
        .list();
    let (nodes, more) = numbers.as_chunks::<3>();
    let count = node.get("nodeCount").and_then(Node::as_i64);
    if !rest.is_empty()
        || !more.is_empty()
        || count.and_then(|count| usize::try_from(count).ok()) != Some(nodes.len())
    {
        return Err(format!(
            "has {} bytes of nodes, where each of the nodes that `nodeCount` says takes 12",
            bytes.len()
        ));
    }
    Ok(nodes.to_vec())
}

/// A reference, with one form for all that end without a result.
fn plain(reference: i32) -> i32 {
    match reference {
        -1 | NOTHING | RESULTS => NOTHING,
        other => other,
    }
}
