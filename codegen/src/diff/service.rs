//! The service as a whole: what it is called, how it is spoken to, and the settings that depend on it.

use super::change::{Found, Kind, Subject};
use super::join::{Joined, join};
use super::record::{About, compare_about};
use super::rust;
use super::side::{Side, Spot, subject};
use crate::api::{Api, BuiltIn, ClientParam, Discovery, Operation, Protocol, Ty};

/// The trait that names a service among the SDKs.
const SERVICE: &str = "aws.api#service";
/// The trait of settings that only one service has.
const CLIENT_PARAMS: &str = "smithy.rules#clientContextParams";

/// Compares the services.
pub(super) fn compare(found: &mut Found, old: &Side, new: &Side) {
    let shapes = [old.service(), new.service()];
    let subject = subject("crate".to_owned(), (old, new), shapes);
    facts(found, &subject, &old.api, &new.api);
    signing(found, &subject, &old.api, &new.api);
    conditional(found, &subject, &old.api, &new.api);
    settings(found, &subject, old, new);
}

fn facts(found: &mut Found, subject: &Subject<'_>, old: &Api, new: &Api) {
    let (old, new) = (&old.service, &new.service);
    let about = |doc| About {
        doc,
        deprecated: None,
        sensitive: false,
    };
    compare_about(found, subject, about(&old.doc), about(&new.doc));
    let texts = [
        (
            "smithy.api#title",
            Kind::Service,
            "The service is called",
            &old.title,
            &new.title,
        ),
        (
            "",
            Kind::Service,
            "The version of its API is",
            &old.api_version,
            &new.api_version,
        ),
        (
            SERVICE,
            Kind::Service,
            "Its id among the SDKs, which a crate without a name of its own is called after, is",
            &old.sdk_id,
            &new.sdk_id,
        ),
        (
            "",
            Kind::Wire,
            "The name that its operations are called by is",
            &old.target_prefix,
            &new.target_prefix,
        ),
    ];
    for (id, kind, what, old, new) in texts {
        if old != new {
            let sentence = format!("{what} {}, and was {}.", rust::code(new), rust::code(old));
            found.push_at(id, kind, subject, sentence);
        }
    }
    if old.protocol != new.protocol {
        let sentence = match new.protocol {
            Protocol::AwsJson10 => "It speaks AWS JSON 1.0 now.",
            Protocol::AwsJson11 => "It speaks AWS JSON 1.1 now.",
        };
        found.push(Kind::Wire, subject, sentence);
    }
    if old.query_compatible != new.query_compatible {
        let sentence = match new.query_compatible {
            true => "Error codes are those of the query protocol now.",
            false => "Error codes are not those of the query protocol any more.",
        };
        let id = "aws.protocols#awsQueryCompatible";
        found.push_at(id, Kind::Wire, subject, sentence);
    }
}

fn signing(found: &mut Found, subject: &Subject<'_>, old: &Api, new: &Api) {
    let (old, new) = (&old.service.signing_name, &new.service.signing_name);
    if old != new {
        let sentence = format!(
            "Calls are signed for {}, and were for {}.",
            rust::code(new),
            rust::code(old)
        );
        found.push_at("aws.auth#sigv4", Kind::Signing, subject, sentence);
    }
}

/// An item that a client has where its service uses what it is for.
struct Conditional {
    item: &'static str,
    is_there: fn(&Api) -> bool,
    /// What it does, without `It`.
    what: &'static str,
}

const CONDITIONAL: [Conditional; 9] = [
    Conditional {
        item: "config::Builder::idempotency_token_provider",
        is_there: has_token,
        what: "makes idempotency tokens",
    },
    Conditional {
        item: "config::IdempotencyTokenProvider",
        is_there: has_token,
        what: "is the type of what makes idempotency tokens",
    },
    Conditional {
        item: "config::Builder::disable_request_compression",
        is_there: compresses,
        what: "says whether large bodies are compressed",
    },
    Conditional {
        item: "config::Builder::request_min_compression_size_bytes",
        is_there: compresses,
        what: "says which bodies are compressed",
    },
    Conditional {
        item: "config::Builder::account_id_endpoint_mode",
        is_there: has_account_mode,
        what: "says whether to call endpoints of an account",
    },
    Conditional {
        item: "config::AccountIdEndpointMode",
        is_there: has_account_mode,
        what: "is the type of that setting",
    },
    Conditional {
        item: "config::Builder::endpoint_discovery_enabled",
        is_there: |api| api.discovery.is_some(),
        what: "says whether to ask the service for endpoints",
    },
    Conditional {
        item: "client::Client::with_endpoint_discovery_enabled",
        is_there: is_same_for_all,
        what: "asks the service for its endpoint",
    },
    Conditional {
        item: "endpoint_discovery",
        is_there: is_same_for_all,
        what: "keeps the endpoint fresh",
    },
];

fn has_token(api: &Api) -> bool {
    api.operations.iter().any(Operation::has_token)
}

fn compresses(api: &Api) -> bool {
    api.operations.iter().any(|one| one.demands.compression)
}

fn has_account_mode(api: &Api) -> bool {
    let mut params = api.endpoint.params.iter();
    params.any(|param| param.built_in == Some(BuiltIn::AccountIdEndpointMode))
}

fn is_same_for_all(api: &Api) -> bool {
    api.discovery
        .as_ref()
        .is_some_and(Discovery::is_same_for_all)
}

fn conditional(found: &mut Found, service: &Subject<'_>, old: &Api, new: &Api) {
    let mut judge = |item: &str, before: bool, after: bool, what: &str| {
        let subject = service.called(item.to_owned());
        match (before, after) {
            (false, true) => found.push(Kind::Added, &subject, format!("It {what}.")),
            (true, false) => {
                let sentence = format!("It is gone; it {what}.");
                found.push(Kind::Removed, &subject, sentence);
            }
            _ => {}
        }
    };
    for one in &CONDITIONAL {
        judge(one.item, (one.is_there)(old), (one.is_there)(new), one.what);
    }
    for (item, ty) in [
        ("primitives::BigDecimal", Ty::BigDecimal),
        ("primitives::BigInteger", Ty::BigInteger),
    ] {
        judge(
            item,
            old.holds(&ty),
            new.holds(&ty),
            "is the type of values",
        );
    }
    if let (Some(before), Some(after)) = (&old.discovery, &new.discovery)
        && before != after
    {
        let subject = service.called("config::Builder::endpoint_discovery_enabled".to_owned());
        let sentence = "How the service is asked for its endpoints has changed.";
        let id = "aws.api#clientEndpointDiscovery";
        found.push_at(id, Kind::Endpoint, &subject, sentence);
    }
}

/// Settings that only clients of this service have.
fn settings(found: &mut Found, service: &Subject<'_>, old: &Side, new: &Side) {
    fn params(side: &Side) -> &[ClientParam] {
        &side.api.endpoint.client_params
    }
    let key = |param: &ClientParam| param.name.clone();
    for joined in join(params(old), params(new), key) {
        let (Joined::Old(param) | Joined::New(param) | Joined::Both(_, param)) = joined;
        let mut subject = service.called(format!("config::Builder::{}", param.name));
        match joined {
            Joined::Old(param) => {
                subject.old = spot(old, param);
                found.push(Kind::Removed, &subject, "The setting is gone.");
            }
            Joined::New(param) => {
                subject.new = spot(new, param);
                let sentence = format!("A new setting: `{}`.", rust::param(param.ty));
                found.push(Kind::Added, &subject, sentence);
            }
            Joined::Both(before, after) => {
                (subject.old, subject.new) = (spot(old, before), spot(new, after));
                setting(found, &subject, before, after);
            }
        }
    }
}

fn setting(found: &mut Found, subject: &Subject<'_>, old: &ClientParam, new: &ClientParam) {
    if old.ty != new.ty {
        let (new, old) = (rust::param(new.ty), rust::param(old.ty));
        let sentence = format!("It takes `{new}`, and took `{old}`.");
        found.push(Kind::Retyped, subject, sentence);
    }
    found.renamed(
        subject,
        format!("config::Builder::{}", old.setter),
        format!("config::Builder::{}", new.setter),
    );
    if old.wire != new.wire {
        let (new, old) = (rust::code(&new.wire), rust::code(&old.wire));
        let sentence = format!("It fills {new} of the endpoint rules, and filled {old}.");
        found.push(Kind::Endpoint, subject, sentence);
    }
    let about = |doc| About {
        doc,
        deprecated: None,
        sensitive: false,
    };
    compare_about(found, subject, about(&old.doc), about(&new.doc));
}

/// Where the model has a setting.
fn spot<'m>(side: &'m Side, param: &ClientParam) -> Option<Spot<'m>> {
    let service = side.service()?;
    let settings = &service.traits.get(CLIENT_PARAMS)?.as_object()?.entries;
    let entry = settings.iter().find(|entry| entry.key == param.wire)?;
    Some(side.spot(service).on(entry.key_span))
}
