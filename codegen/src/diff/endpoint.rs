//! The endpoint rules: their parameters, which are public, and what they lead to, which is behaviour.

use super::change::{Found, Kind, Subject};
use super::join::{Joined, join};
use super::record::{About, compare_about};
use super::rust;
use super::side::{Side, subject};
use crate::api::Param;

/// The traits that hold the rules, the first that there is counting.
const RULES: [&str; 2] = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];

/// Compares the rules.
pub(super) fn compare(found: &mut Found, old: &Side, new: &Side) {
    let shapes = [old.service(), new.service()];
    let [set, diagram] = RULES;
    let has_set = |side: &Side| {
        let service = side.service();
        service.is_some_and(|shape| shape.traits.has(set))
    };
    let id = |side| if has_set(side) { set } else { diagram };
    let service = subject("config::endpoint".to_owned(), (old, new), shapes);
    let rules = Subject {
        old: service.old.map(|spot| spot.at(id(old))),
        new: service.new.map(|spot| spot.at(id(new))),
        ..service
    };
    if old.api.endpoint.rules != new.api.endpoint.rules {
        let subject = rules.inside("DefaultResolver");
        let sentence = "The endpoint rules have changed.";
        found.push(Kind::Endpoint, &subject, sentence);
    }
    fn params(side: &Side) -> &[Param] {
        &side.api.endpoint.params
    }
    for joined in join(params(old), params(new), |param: &Param| param.name.clone()) {
        let (Joined::Old(param) | Joined::New(param) | Joined::Both(_, param)) = joined;
        let subject = rules.inside(&format!("Params::{}", param.name));
        match joined {
            Joined::Old(_) => {
                let sentence = "The parameter of the endpoint rules is gone.";
                found.push(Kind::Removed, &subject, sentence);
            }
            Joined::New(param) => {
                let ty = rust::param(param.ty);
                let sentence = format!("A new parameter of the endpoint rules: `{ty}`.");
                found.push(Kind::Added, &subject, sentence);
            }
            Joined::Both(old, new) => both(found, &subject, old, new),
        }
    }
}

fn both(found: &mut Found, subject: &Subject<'_>, old: &Param, new: &Param) {
    if old.ty != new.ty {
        let (new, old) = (rust::param(new.ty), rust::param(old.ty));
        let sentence = format!("Its type is `{new}`, and was `{old}`.");
        found.push(Kind::Retyped, subject, sentence);
    }
    let setter = |param: &Param| format!("config::endpoint::ParamsBuilder::{}", param.setter);
    found.renamed(subject, setter(old), setter(new));
    let filled = |param: &Param| {
        (
            param.required,
            param.default.clone(),
            param.built_in,
            param.from_client,
        )
    };
    if filled(old) != filled(new) {
        let sentence = "What fills it, or what stands for it when it is not set, has changed.";
        found.push(Kind::Endpoint, subject, sentence);
    }
    fn about(param: &Param) -> About<'_> {
        About {
            doc: &param.doc,
            deprecated: None,
            sensitive: false,
        }
    }
    compare_about(found, subject, about(old), about(new));
}
