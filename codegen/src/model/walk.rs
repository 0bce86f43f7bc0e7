//! What a service consists of: its operations, wherever they are bound.

use std::collections::HashSet;

use super::{Model, Reference, Shape};
use crate::list::List as _;

impl Model {
    /// All operations of a service, those of its resources included, each once.
    ///
    /// Its own come first, then those of each resource: the lifecycle operations (create, put, read, update, delete,
    /// list), its operations, its collection operations, its resources in turn. Empty where `service` is no service.
    pub(crate) fn service_operations(&self, service: &Shape) -> Vec<&Shape> {
        let Some(service) = service.as_service() else {
            return Vec::new();
        };
        let mut seen = HashSet::new();
        let mut operations = Vec::new();
        let mut add = |reference: &Reference| {
            let shape = self.target(reference);
            if seen.insert(shape.id.clone()) {
                operations.push(shape);
            }
        };
        service.operations.iter().for_each(&mut add);
        let mut visited = HashSet::new();
        let mut waiting: Vec<&Reference> = service.resources.iter().rev().list();
        while let Some(next) = waiting.pop() {
            let shape = self.target(next);
            let Some(resource) = shape
                .as_resource()
                .filter(|_| visited.insert(shape.id.clone()))
            else {
                continue;
            };
            resource
                .lifecycle()
                .into_iter()
                .flatten()
                .for_each(&mut add);
            resource.operations.iter().for_each(&mut add);
            resource.collection_operations.iter().for_each(&mut add);
            waiting.extend(resource.resources.iter().rev());
        }
        operations
    }
}
