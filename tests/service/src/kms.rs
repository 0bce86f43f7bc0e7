//! The six operations: the state table of custom key stores.
//!
//! | call | allowed while `ConnectionState` is | effect |
//! | --- | --- | --- |
//! | Create | | `DISCONNECTED` |
//! | Connect | `CONNECTED`, `CONNECTING`, `DISCONNECTED` | `CONNECTING`, then `CONNECTED` or `FAILED` |
//! | Disconnect | `CONNECTED`, `CONNECTING`, `FAILED` | `DISCONNECTING`, then `DISCONNECTED` |
//! | Update | `DISCONNECTED`; any where only the name changes; `CONNECTED` for an external store's path and credential | |
//! | Delete | `DISCONNECTED`, and no keys in the store | |
//! | Describe | any | |

use crate::backing::Backing;
use crate::check::Operation;
use crate::refusal::Refusal;
use crate::requests::{
    self, CreateInput, DescribeInput, Properties, StoreType, UpdateInput, Wanted,
};
use crate::settings::{CloudHsm, External, Settings};
use crate::store::{ConnectionState, Store};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, SystemTime};

/// What a service is set up with.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) connect_delay: Duration,
    pub(crate) disconnect_delay: Duration,
    pub(crate) page_size: usize,
    pub(crate) max_key_stores: usize,
}

/// The account's custom key stores.
#[derive(Debug)]
pub(crate) struct Kms {
    pub(crate) backing: Backing,
    limits: Limits,
    /// In order of creation.
    stores: Vec<Store>,
    created: u64,
    /// How many KMS keys are in the store of an id.
    keys: BTreeMap<String, usize>,
    failures: VecDeque<String>,
}

impl Kms {
    pub(crate) fn new(limits: Limits, backing: Backing) -> Self {
        Self {
            backing,
            limits,
            stores: Vec::new(),
            created: 0,
            keys: BTreeMap::new(),
            failures: VecDeque::new(),
        }
    }

    pub(crate) fn fail_next_connect(&mut self, code: String) {
        self.failures.push_back(code);
    }

    pub(crate) fn set_keys(&mut self, id: &str, count: usize) {
        self.keys.insert(id.to_owned(), count);
    }

    pub(crate) fn state(&mut self, id: &str, now: SystemTime) -> Option<ConnectionState> {
        self.settle(now);
        self.stores
            .iter()
            .find(|store| store.id == id)
            .map(Store::state)
    }

    /// Does one operation as of `now`, and returns its output.
    pub(crate) fn call(
        &mut self,
        operation: Operation,
        body: &[u8],
        now: SystemTime,
    ) -> Result<Value, Refusal> {
        let input = parse(body)?;
        self.settle(now);
        match operation {
            Operation::Create => self.create(CreateInput::read(&input)?, now),
            Operation::Connect => self.connect(&requests::store_id(&input)?, now),
            Operation::Describe => self.describe(DescribeInput::read(&input)?),
            Operation::Update => self.update(UpdateInput::read(&input)?),
            Operation::Disconnect => self.disconnect(&requests::store_id(&input)?, now),
            Operation::Delete => self.delete(&requests::store_id(&input)?),
        }
    }

    fn settle(&mut self, now: SystemTime) {
        for store in &mut self.stores {
            store.settle(now);
        }
    }

    fn create(&mut self, input: CreateInput, now: SystemTime) -> Result<Value, Refusal> {
        let name = input.name.clone();
        let settings = Settings::from_create(input)?;
        self.check_name(&name, None)?;
        if self.stores.len() >= self.limits.max_key_stores {
            let message = format!(
                "The account has {} custom key stores, which is its quota",
                self.stores.len()
            );
            return Err(Refusal::client("LimitExceededException", message));
        }
        match &settings {
            Settings::CloudHsm(cluster) => {
                cluster.check_new(&self.backing, self.cloud_hsms(None))?
            }
            Settings::External(external) => external.check(&self.backing, self.externals(None))?,
        }
        self.created += 1;
        let id = store_id_of(self.created);
        self.stores
            .push(Store::new(self.created, id.clone(), name, settings, now));
        Ok(json!({ "CustomKeyStoreId": id }))
    }

    fn connect(&mut self, id: &str, now: SystemTime) -> Result<Value, Refusal> {
        use ConnectionState::{Connected, Connecting, Disconnected};
        let index = self.find(id)?;
        let store = &self.stores[index];
        allow(
            store,
            &[Connected, Connecting, Disconnected],
            "ConnectCustomKeyStore",
        )?;
        if store.state() == Connecting {
            // The attempt under way goes on, and ends when it would have.
            return Ok(json!({}));
        }
        let found = store.settings.connect_outcome(&self.backing)?;
        let outcome = self.failures.pop_front().or(found);
        self.stores[index].connect(now, self.limits.connect_delay, outcome);
        Ok(json!({}))
    }

    fn disconnect(&mut self, id: &str, now: SystemTime) -> Result<Value, Refusal> {
        use ConnectionState::{Connected, Connecting, Failed};
        let index = self.find(id)?;
        allow(
            &self.stores[index],
            &[Connected, Connecting, Failed],
            "DisconnectCustomKeyStore",
        )?;
        self.stores[index].disconnect(now, self.limits.disconnect_delay);
        Ok(json!({}))
    }

    fn delete(&mut self, id: &str) -> Result<Value, Refusal> {
        let index = self.find(id)?;
        allow(
            &self.stores[index],
            &[ConnectionState::Disconnected],
            "DeleteCustomKeyStore",
        )?;
        if self.keys.get(id).is_some_and(|count| *count > 0) {
            let message = format!("The custom key store {id} contains KMS keys");
            return Err(Refusal::client("CustomKeyStoreHasCMKsException", message));
        }
        self.keys.remove(id);
        self.stores.remove(index);
        Ok(json!({}))
    }

    fn update(&mut self, input: UpdateInput) -> Result<Value, Refusal> {
        let index = self.find(&input.id)?;
        let store = &self.stores[index];
        if let Some(allowed) = states_for(&input.properties) {
            allow(store, allowed, "UpdateCustomKeyStore")?;
        }
        let connected = store.state() == ConnectionState::Connected;
        let new_cluster = input.properties.cluster_id.is_some();
        let new_proxy = !input.properties.foreign_to(StoreType::CloudHsm).is_empty();
        let settings = store.settings.updated(input.properties)?;
        if let Some(name) = &input.new_name {
            self.check_name(name, Some(index))?;
        }
        match &settings {
            Settings::CloudHsm(cluster) if new_cluster => {
                cluster.check_replacement(&self.backing, self.cloud_hsms(Some(index)))?;
            }
            Settings::External(external) if new_proxy => {
                external.check(&self.backing, self.externals(Some(index)))?;
                if connected {
                    // A connected store's proxy can be asked, wherever it is.
                    external
                        .check_proxy(&self.backing)
                        .map_err(|fault| fault.refusal)?;
                }
            }
            _ => {}
        }
        let store = &mut self.stores[index];
        store.settings = settings;
        if let Some(name) = input.new_name {
            store.name = name;
        }
        Ok(json!({}))
    }

    fn describe(&self, input: DescribeInput) -> Result<Value, Refusal> {
        let after = input
            .marker
            .as_deref()
            .map_or(Ok(0), |marker| self.read_marker(marker))?;
        let found: Vec<&Store> = match &input.wanted {
            Wanted::Id(id) => vec![&self.stores[self.find(id)?]],
            Wanted::Name(name) => match self.stores.iter().find(|store| store.name == *name) {
                Some(store) => vec![store],
                None => return Err(not_found(name)),
            },
            Wanted::All => self
                .stores
                .iter()
                .filter(|store| store.number > after)
                .collect(),
        };
        let size = input.limit.map_or(self.limits.page_size, |limit| {
            limit.min(self.limits.page_size)
        });
        let page = &found[..found.len().min(size)];
        let entries: Vec<Value> = page.iter().map(|store| store.entry()).collect();
        let mut output =
            json!({ "CustomKeyStores": entries, "Truncated": page.len() < found.len() });
        if let Some(last) = page.last()
            && page.len() < found.len()
        {
            output["NextMarker"] = json!(marker_after(last.number));
        }
        Ok(output)
    }

    /// Markers name a place in the order of creation, so that one stays good when its store is deleted.
    fn read_marker(&self, marker: &str) -> Result<u64, Refusal> {
        let place = (1..=self.created).find(|number| marker_after(*number) == marker);
        place.ok_or_else(|| {
            Refusal::client("InvalidMarkerException", "Could not deserialize marker")
        })
    }

    fn find(&self, id: &str) -> Result<usize, Refusal> {
        self.stores
            .iter()
            .position(|store| store.id == id)
            .ok_or_else(|| not_found(id))
    }

    fn check_name(&self, name: &str, own: Option<usize>) -> Result<(), Refusal> {
        if self.others(own).any(|store| store.name == name) {
            let message = format!("The custom key store name '{name}' is in use");
            return Err(Refusal::client("CustomKeyStoreNameInUseException", message));
        }
        Ok(())
    }

    fn others(&self, own: Option<usize>) -> impl Iterator<Item = &Store> {
        self.stores
            .iter()
            .enumerate()
            .filter(move |(index, _)| Some(*index) != own)
            .map(|(_, store)| store)
    }

    fn cloud_hsms(&self, own: Option<usize>) -> impl Iterator<Item = &CloudHsm> {
        self.others(own).filter_map(|store| match &store.settings {
            Settings::CloudHsm(settings) => Some(settings),
            Settings::External(_) => None,
        })
    }

    fn externals(&self, own: Option<usize>) -> impl Iterator<Item = &External> {
        self.others(own).filter_map(|store| match &store.settings {
            Settings::External(settings) => Some(settings),
            Settings::CloudHsm(_) => None,
        })
    }
}

/// Reads a body; an empty one is no input, which AWS takes for `{}`.
fn parse(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::serialization("The body is not a JSON object")),
        Err(error) => Err(Refusal::serialization(format!(
            "The body is not JSON: {error}"
        ))),
    }
}

/// The states in which properties may be updated; nothing where none of them is given, and only the name may change.
fn states_for(changes: &Properties) -> Option<&'static [ConnectionState]> {
    use ConnectionState::{Connected, Disconnected};
    let live = changes.path.is_some() || changes.credential.is_some();
    let resting = changes.cluster_id.is_some()
        || changes.password.is_some()
        || changes.endpoint.is_some()
        || changes.connectivity.is_some()
        || changes.vpc_service_name.is_some()
        || changes.vpc_service_owner.is_some();
    match (resting, live) {
        (true, _) => Some(&[Disconnected]),
        (false, true) => Some(&[Connected, Disconnected]),
        (false, false) => None,
    }
}

fn allow(store: &Store, states: &[ConnectionState], operation: &str) -> Result<(), Refusal> {
    if states.contains(&store.state()) {
        return Ok(());
    }
    let state = store.state().as_str();
    let message = format!(
        "{operation} is not valid while the ConnectionState of {} is {state}",
        store.id
    );
    Err(Refusal::client(
        "CustomKeyStoreInvalidStateException",
        message,
    ))
}

fn not_found(key: &str) -> Refusal {
    Refusal::client(
        "CustomKeyStoreNotFoundException",
        format!("There is no custom key store '{key}'"),
    )
}

/// An id of the usual form, `cks-` and 17 hexadecimal digits; the same in each run.
fn store_id_of(number: u64) -> String {
    let digits = hex::encode(Sha256::digest(format!("store {number}")));
    format!("cks-{}", &digits[..17])
}

fn marker_after(number: u64) -> String {
    hex::encode(&Sha256::digest(format!("marker {number}"))[..12])
}
