//! The rules of a service that brings none: the hosts that AWS gives to every service.

use super::super::docs;
use super::NO_RULE;
use crate::api::{
    BuiltIn, Condition, EndpointRules, Expr, Function, Outcome, Param, ParamType, ParamValue, Rule,
};
use crate::list::List as _;
use crate::names::{Name, Scope, Style};

/// `{prefix}[-fips].{region}.{suffix of the partition}`, unless the settings name an endpoint.
pub(super) fn rules(prefix: &str) -> EndpointRules {
    let mut scope = Scope::new(Style::Snake).reserve(&super::RESERVED);
    let params = params(&mut scope);
    let partition = scope.claim("partition");
    let mut rules = Vec::new();
    if let [region, dual_stack, fips, endpoint] = params.as_slice() {
        let hosts = hosts(
            prefix,
            &region.name,
            &dual_stack.name,
            &fips.name,
            &partition,
        );
        rules.extend([
            given(&endpoint.name),
            by_region(&region.name, &partition, hosts),
        ]);
    }
    rules.push(error(NO_RULE));
    EndpointRules {
        params,
        client_params: Vec::new(),
        per_call: false,
        rules,
        tests: Vec::new(),
        operation_tests: Vec::new(),
    }
}

/// The settings that every client has.
fn params(scope: &mut Scope) -> Vec<Param> {
    use ParamType::{Boolean, String};
    let settings = [
        (
            "Region",
            "region",
            String,
            BuiltIn::Region,
            "The region whose endpoint is called.",
        ),
        (
            "UseDualStack",
            "use_dual_stack",
            Boolean,
            BuiltIn::UseDualStack,
            "Whether the host answers over IPv6 too.",
        ),
        (
            "UseFIPS",
            "use_fips",
            Boolean,
            BuiltIn::UseFips,
            "Whether the host is validated under FIPS 140.",
        ),
        (
            "Endpoint",
            "endpoint",
            String,
            BuiltIn::Endpoint,
            "The URL to call in place of these rules.",
        ),
    ];
    let mut params = Vec::new();
    for (wire, name, ty, built_in, doc) in settings {
        let [name, setter] = scope.claim_all(name, ["", "set_"]);
        let default = (ty == Boolean).then_some(ParamValue::Boolean(false));
        params.push(Param {
            name,
            setter,
            wire: wire.to_owned(),
            ty,
            required: default.is_some(),
            default,
            built_in: Some(built_in),
            from_client: false,
            from_operation: false,
            doc: docs::line(doc),
        });
    }
    params
}

fn error(message: &str) -> Rule {
    Rule {
        conditions: Vec::new(),
        outcome: Outcome::Error(Expr::Str(message.to_owned())),
    }
}

fn endpoint(url: Expr) -> Outcome {
    Outcome::Endpoint {
        url,
        headers: Vec::new(),
        properties: Vec::new(),
        auth_schemes: Vec::new(),
    }
}

fn present(name: &Name) -> Condition {
    Condition::Bind(name.clone(), Expr::Var(name.clone()))
}

/// The endpoint that the settings name.
fn given(name: &Name) -> Rule {
    Rule {
        conditions: vec![present(name)],
        outcome: endpoint(Expr::Var(name.clone())),
    }
}

fn by_region(region: &Name, partition: &Name, hosts: Vec<Rule>) -> Rule {
    let value = || Expr::Var(region.clone());
    let label = Expr::Call(
        Function {
            name: "is_valid_host_label",
        },
        vec![value(), Expr::Bool(false)],
    );
    let lookup = Expr::Call(
        Function {
            name: "aws_partition",
        },
        vec![value()],
    );
    Rule {
        conditions: vec![
            present(region),
            Condition::Holds(label),
            Condition::Bind(partition.clone(), lookup),
        ],
        outcome: Outcome::Tree(hosts),
    }
}

/// The four hosts of a region.
fn hosts(
    prefix: &str,
    region: &Name,
    dual_stack: &Name,
    fips: &Name,
    partition: &Name,
) -> Vec<Rule> {
    let host = |settings: &[&Name], prefix: String, suffix: &'static str| Rule {
        conditions: settings
            .iter()
            .map(|&name| Condition::Holds(Expr::Var(name.clone())))
            .list(),
        outcome: endpoint(Expr::Template(vec![
            Expr::Str(format!("https://{prefix}.")),
            Expr::Var(region.clone()),
            Expr::Str(".".to_owned()),
            Expr::Attr(Box::new(Expr::Var(partition.clone())), suffix),
        ])),
    };
    vec![
        host(
            &[fips, dual_stack],
            format!("{prefix}-fips"),
            "dual_stack_dns_suffix",
        ),
        host(&[fips], format!("{prefix}-fips"), "dns_suffix"),
        host(&[dual_stack], prefix.to_owned(), "dual_stack_dns_suffix"),
        host(&[], prefix.to_owned(), "dns_suffix"),
    ]
}
