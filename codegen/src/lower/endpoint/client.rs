//! Settings that only clients of one service have: the trait `smithy.rules#clientContextParams`.

use super::super::{Cx, docs};
use crate::api::{ClientParam, Param, ParamType};
use crate::diagnostic::{Code, Diagnostic};
use crate::list::List as _;
use crate::model::Node;
use crate::names::{Scope, Style, snake};

/// What the configuration and its builder have for all services.
pub(in crate::lower) const COMMON: [&str; 51] = [
    "account_id_endpoint_mode",
    "allow_no_auth",
    "app_name",
    "apply_test_defaults",
    "apply_test_defaults_v2",
    "auth_scheme_preference",
    "auth_scheme_resolver",
    "auth_schemes",
    "behavior_version",
    "behavior_version_latest",
    "build",
    "builder",
    "credentials_provider",
    "disable_clock_skew_correction",
    "disable_request_compression",
    "endpoint_discovery_enabled",
    "endpoint_resolver",
    "endpoint_url",
    "framework_metadata",
    "http_client",
    "idempotency_token_provider",
    "identity_cache",
    "interceptor",
    "interceptors",
    "invocation_id_generator",
    "meter",
    "new",
    "push_auth_scheme",
    "push_framework_metadata",
    "push_interceptor",
    "push_retry_classifier",
    "region",
    "request_min_compression_size_bytes",
    "retry_classifier",
    "retry_classifiers",
    "retry_config",
    "retry_partition",
    "runtime_plugin",
    "settings",
    "signing_name",
    "sleep_impl",
    "stalled_stream_protection",
    "time_source",
    "timeout_config",
    "to_builder",
    "token_provider",
    "use_dual_stack",
    "use_fips",
    "validate_input",
    "with_test_defaults",
    "with_test_defaults_v2",
];

/// The settings, in the order of the model; the parameters that they fill learn it.
pub(super) fn params(cx: &mut Cx<'_, '_>, params: &mut [Param]) -> Vec<ClientParam> {
    let Some(definitions) = cx.service.traits.get("smithy.rules#clientContextParams") else {
        return Vec::new();
    };
    let definitions = definitions.as_object().map(|object| &object.entries);
    let setters = COMMON.map(|name| format!("set_{name}"));
    let setters: Vec<&str> = setters.iter().map(String::as_str).list();
    let mut names = Scope::new(Style::Snake).reserve(&COMMON).reserve(&setters);
    let mut settings = Vec::new();
    for entry in definitions.into_iter().flatten() {
        let (wire, node) = (&entry.key, &entry.value);
        let ty = match node.get("type").and_then(Node::as_str) {
            Some(ty) if ty.eq_ignore_ascii_case("string") => ParamType::String,
            Some(ty) if ty.eq_ignore_ascii_case("boolean") => ParamType::Boolean,
            _ => {
                let message = format!("the setting `{wire}` is neither a string nor a boolean");
                let diagnostic = Diagnostic::error(Code::BadEndpointRules, message);
                let service = cx.service;
                cx.report(diagnostic, &service.id, node.span);
                continue;
            }
        };
        for param in params
            .iter_mut()
            .filter(|param| param.wire == *wire && param.ty == ty)
        {
            param.from_client = true;
        }
        let [name, setter] = names.claim_all(&snake(wire), ["", "set_"]);
        let text = node.get("documentation").and_then(Node::as_str);
        settings.push(ClientParam {
            name,
            setter,
            wire: wire.clone(),
            ty,
            doc: cx
                .docs
                .text(text, docs::Subject::Parameter(wire), docs::Place::Other),
        });
    }
    settings
}
