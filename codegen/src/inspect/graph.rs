//! What reaches what: operations, inputs, outputs, errors and types, and which holds which.

use std::collections::{BTreeMap, HashMap};

use crate::api::{Api, Record, Ty, Type};

/// What the operations reach, as a picture has it.
///
/// An input or output without fields is left out, and errors that the same operations fail with are one node, so that
/// the picture of a service with many errors can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Graph {
    /// The nodes: operations, then inputs and outputs, types, errors.
    pub nodes: Vec<Node>,
    /// What leads from one to another, each pair once.
    pub edges: Vec<Edge>,
}

/// A node of a [`Graph`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Node {
    /// The names in Rust that it stands for: several where it stands for errors, else one.
    pub names: Vec<String>,
    /// What it stands for.
    pub kind: NodeKind,
}

/// What a [`Node`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NodeKind {
    /// An operation.
    Operation,
    /// An input.
    Input,
    /// An output.
    Output,
    /// A struct.
    Struct,
    /// A union.
    Union,
    /// An enum of strings.
    Enum,
    /// Errors that the same operations fail with.
    Errors,
}

/// An edge of a [`Graph`]: from one of its nodes to another, by their indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edge {
    /// Where it starts.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it says.
    pub link: Link,
}

/// What an [`Edge`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Link {
    /// The operation takes or answers this, or the type holds it.
    Holds,
    /// The type holds itself by this.
    Recursive,
    /// The operation fails with these.
    Fails,
}

/// The picture of all that is printed.
pub(super) fn of(api: &Api) -> Graph {
    let mut picture = Picture::of(api);
    let mut ends = Vec::new();
    for (at, operation) in api.operations.iter().enumerate() {
        for (record, kind) in [
            (&operation.input, NodeKind::Input),
            (&operation.output, NodeKind::Output),
        ] {
            if !record.fields.is_empty() {
                let to = picture.node(record.name.to_string(), kind);
                picture.edge(at, to, Link::Holds);
                ends.push((to, record));
            }
        }
    }
    picture.types();
    for (at, record) in ends {
        picture.record(at, record);
    }
    picture.errors();
    picture.graph
}

struct Picture<'a> {
    api: &'a Api,
    graph: Graph,
    /// Where the types are among the nodes, by name.
    types: HashMap<&'a str, usize>,
}

impl<'a> Picture<'a> {
    /// The operations, and nothing else yet.
    fn of(api: &'a Api) -> Picture<'a> {
        let operations = api.operations.iter();
        let nodes = operations.map(|operation| Node {
            names: vec![operation.name.to_string()],
            kind: NodeKind::Operation,
        });
        Picture {
            api,
            graph: Graph {
                nodes: nodes.collect(),
                edges: Vec::new(),
            },
            types: HashMap::new(),
        }
    }

    fn node(&mut self, name: String, kind: NodeKind) -> usize {
        let names = vec![name];
        self.graph.nodes.push(Node { names, kind });
        self.graph.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, link: Link) {
        let link = if from == to { Link::Recursive } else { link };
        self.graph.edges.push(Edge { from, to, link });
    }

    /// Every type, and what it holds.
    fn types(&mut self) {
        for ty in &self.api.types {
            let kind = match ty {
                Type::Record(_) => NodeKind::Struct,
                Type::Union(_) => NodeKind::Union,
                Type::Enumeration(_) => NodeKind::Enum,
            };
            let at = self.node(ty.name().to_string(), kind);
            self.types.insert(ty.name().as_str(), at);
        }
        for ty in &self.api.types {
            let at = self.types[ty.name().as_str()];
            match ty {
                Type::Record(record) => self.record(at, record),
                Type::Union(union) => {
                    let held = union.variants.iter().filter_map(|one| one.ty.as_ref());
                    self.holds(at, held);
                }
                Type::Enumeration(_) => {}
            }
        }
    }

    fn record(&mut self, at: usize, record: &'a Record) {
        self.holds(at, record.fields.iter().map(|field| &field.ty));
    }

    /// Draws an edge to each type, once, in the order in which they are first met.
    fn holds(&mut self, from: usize, held: impl Iterator<Item = &'a Ty>) {
        let mut seen = std::collections::HashSet::new();
        for name in held.flat_map(names) {
            if let Some(&to) = self.types.get(name)
                && seen.insert(to)
            {
                self.edge(from, to, Link::Holds);
            }
        }
    }

    /// The errors, one node for those that the same operations fail with.
    fn errors(&mut self) {
        let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (fault, one) in self.api.faults.iter().enumerate() {
            let operations = self.api.operations.iter().enumerate();
            let users = operations.filter(|(_, it)| it.faults.contains(&one.record.name));
            let users = users.map(|(at, _)| at).collect();
            groups.entry(users).or_default().push(fault);
        }
        for (users, faults) in groups {
            let records = faults.iter().map(|&at| &self.api.faults[at].record);
            let records: Vec<&'a Record> = records.collect();
            let at = self.graph.nodes.len();
            self.graph.nodes.push(Node {
                names: records
                    .iter()
                    .map(|record| record.name.to_string())
                    .collect(),
                kind: NodeKind::Errors,
            });
            for user in users {
                self.edge(user, at, Link::Fails);
            }
            let fields = records.iter().flat_map(|record| &record.fields);
            self.holds(at, fields.map(|field| &field.ty));
        }
    }
}

/// The names of the types that a type is made of.
fn names(ty: &Ty) -> Vec<&str> {
    match ty {
        Ty::Named(name) | Ty::Boxed(name) => vec![name.name.as_str()],
        Ty::List { element, .. } => names(element),
        Ty::Map { key, value, .. } => {
            let key = key.iter().map(|key| key.name.as_str());
            key.chain(names(value)).collect()
        }
        _ => Vec::new(),
    }
}
