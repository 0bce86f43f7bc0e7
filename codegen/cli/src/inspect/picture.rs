//! A graph as text that other programs draw.

use farrier::inspect::{Graph, Link, Node, NodeKind};

/// A flowchart of [Mermaid](https://mermaid.js.org/syntax/flowchart.html). Names are identifiers, so nothing is escaped.
pub(super) fn mermaid(graph: &Graph) -> String {
    let mut text = "flowchart LR\n".to_owned();
    for (at, node) in graph.nodes.iter().enumerate() {
        let label = node.names.join("<br>");
        let (open, close) = match node.kind {
            NodeKind::Operation => ("([\"", "\"])"),
            NodeKind::Union => ("{{\"", "\"}}"),
            NodeKind::Enum => ("(\"", "\")"),
            _ => ("[\"", "\"]"),
        };
        text += &format!("    n{at}{open}{label}{close}\n");
    }
    for edge in &graph.edges {
        let arrow = match edge.link {
            Link::Fails => "-.->",
            _ => "-->",
        };
        text += &format!("    n{} {arrow} n{}\n", edge.from, edge.to);
    }
    for (kind, style) in [
        (
            NodeKind::Operation,
            "fill:#dbeafe,stroke:#2563eb,color:#1e3a8a",
        ),
        (NodeKind::Enum, "fill:#ecfdf5,stroke:#059669,color:#064e3b"),
        (
            NodeKind::Errors,
            "fill:#fef2f2,stroke:#dc2626,color:#7f1d1d",
        ),
    ] {
        let nodes = graph.nodes.iter().enumerate();
        let those = nodes.filter(|(_, node)| node.kind == kind);
        let those: Vec<String> = those.map(|(at, _)| format!("n{at}")).collect();
        if !those.is_empty() {
            let name = class(kind);
            text += &format!("    classDef {name} {style}\n");
            text += &format!("    class {} {name}\n", those.join(","));
        }
    }
    text
}

fn class(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Operation => "operation",
        NodeKind::Enum => "values",
        _ => "errors",
    }
}

/// A digraph of [Graphviz](https://graphviz.org/doc/info/lang.html).
pub(super) fn dot(graph: &Graph) -> String {
    let mut text = "digraph farrier {\n    rankdir=LR\n    node [shape=box]\n".to_owned();
    for (at, node) in graph.nodes.iter().enumerate() {
        // `\l` ends a line that is set to the left.
        let label = match node.names.as_slice() {
            [only] => only.clone(),
            several => several.join("\\l") + "\\l",
        };
        text += &format!("    n{at} [label=\"{label}\"{}]\n", look(node));
    }
    for edge in &graph.edges {
        let style = match edge.link {
            Link::Fails => " [style=dashed]",
            _ => "",
        };
        text += &format!("    n{} -> n{}{style}\n", edge.from, edge.to);
    }
    text + "}\n"
}

fn look(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Operation => " shape=oval color=blue",
        NodeKind::Union => " shape=hexagon",
        NodeKind::Enum => " style=rounded color=darkgreen",
        NodeKind::Errors => " color=red",
        _ => "",
    }
}
