//! Reads the members of an input and checks them against the model's constraints, with messages as KMS writes them.

use crate::pattern;
use crate::refusal::Refusal;
use serde_json::{Map, Value};

type Pattern = (&'static str, fn(&str) -> bool);

/// A string member and what the model says of it.
#[derive(Debug)]
pub(crate) struct Text {
    name: &'static str,
    /// Least and greatest length in characters.
    length: (usize, usize),
    /// The pattern as the model writes it, and the function that matches it.
    pattern: Option<Pattern>,
    /// Whether messages leave the value out.
    sensitive: bool,
}

const fn text(name: &'static str, min: usize, max: usize) -> Text {
    Text {
        name,
        length: (min, max),
        pattern: None,
        sensitive: false,
    }
}

impl Text {
    const fn pattern(mut self, shown: &'static str, matches: fn(&str) -> bool) -> Self {
        self.pattern = Some((shown, matches));
        self
    }

    const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }
}

pub(crate) const ID: Text = text("CustomKeyStoreId", 1, 64);
pub(crate) const NAME: Text = text("CustomKeyStoreName", 1, 256);
pub(crate) const NEW_NAME: Text = text("NewCustomKeyStoreName", 1, 256);
pub(crate) const CLUSTER_ID: Text =
    text("CloudHsmClusterId", 19, 24).pattern("cluster-[2-7a-zA-Z]{11,16}", pattern::cluster_id);
pub(crate) const TRUST_ANCHOR: Text = text("TrustAnchorCertificate", 1, 5000);
pub(crate) const PASSWORD: Text = text("KeyStorePassword", 7, 32).sensitive();
pub(crate) const URI_ENDPOINT: Text =
    text("XksProxyUriEndpoint", 10, 128).pattern("^https://[a-zA-Z0-9.-]+$", pattern::uri_endpoint);
pub(crate) const URI_PATH: Text = text("XksProxyUriPath", 10, 128).pattern(
    r"^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$",
    pattern::uri_path,
);
pub(crate) const VPC_SERVICE_NAME: Text = text("XksProxyVpcEndpointServiceName", 20, 64).pattern(
    r"^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$",
    pattern::vpc_endpoint_service_name,
);
pub(crate) const VPC_SERVICE_OWNER: Text =
    text("XksProxyVpcEndpointServiceOwner", 12, 12).pattern("^[0-9]{12}$", pattern::account_id);
pub(crate) const PROXY_ACCESS_KEY_ID: Text = text("AccessKeyId", 20, 30)
    .pattern("^[A-Z2-7]+$", pattern::proxy_access_key_id)
    .sensitive();
pub(crate) const PROXY_SECRET: Text = text("RawSecretAccessKey", 43, 64)
    .pattern(r"^[a-zA-Z0-9\/+=]+$", pattern::proxy_secret_access_key)
    .sensitive();
pub(crate) const MARKER: Text =
    text("Marker", 1, 1024).pattern(r"[\u0020-\u00FF]*", pattern::marker);

/// Reads one JSON object, and collects the constraints that its members break.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    object: &'a Map<String, Value>,
    /// The member that this object is, for a nested one; with its dot.
    path: &'static str,
    broken: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(object: &'a Map<String, Value>) -> Self {
        Self {
            object,
            path: "",
            broken: Vec::new(),
        }
    }

    /// An absent member and a null one are the same.
    fn get(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    fn string(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(Refusal::serialization(format!(
                "{} can not be converted to a String",
                kind(other)
            ))),
        }
    }

    pub(crate) fn text(&mut self, member: &Text) -> Result<Option<String>, Refusal> {
        let Some(value) = self.string(member.name)? else {
            return Ok(None);
        };
        let (min, max) = member.length;
        let length = value.chars().count();
        if length < min {
            self.broke(
                member,
                value,
                &format!("Member must have length greater than or equal to {min}"),
            );
        }
        if length > max {
            self.broke(
                member,
                value,
                &format!("Member must have length less than or equal to {max}"),
            );
        }
        if let Some((shown, matches)) = member.pattern
            && !matches(value)
        {
            self.broke(
                member,
                value,
                &format!("Member must satisfy regular expression pattern: {shown}"),
            );
        }
        Ok(Some(value.to_owned()))
    }

    /// A member that must be there. Where it is not, this returns an empty text, and [`finish`](Self::finish) an error.
    pub(crate) fn required(&mut self, member: &Text) -> Result<String, Refusal> {
        let value = self.text(member)?;
        if value.is_none() {
            self.broken.push(format!(
                "Value null at '{}' failed to satisfy constraint: Member must not be null",
                self.at(member.name)
            ));
        }
        Ok(value.unwrap_or_default())
    }

    /// One of the values of an enumeration.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        name: &str,
        values: &[(&str, T)],
    ) -> Result<Option<T>, Refusal> {
        let Some(value) = self.string(name)? else {
            return Ok(None);
        };
        let found = values
            .iter()
            .find(|(known, _)| *known == value)
            .map(|(_, meant)| *meant);
        if found.is_none() {
            let known: Vec<&str> = values.iter().map(|(known, _)| *known).collect();
            self.broken.push(format!(
                "Value '{value}' at '{}' failed to satisfy constraint: Member must satisfy enum value set: [{}]",
                self.at(name),
                known.join(", ")
            ));
        }
        Ok(found)
    }

    /// A whole number within bounds.
    pub(crate) fn integer(
        &mut self,
        name: &str,
        min: i64,
        max: i64,
    ) -> Result<Option<i64>, Refusal> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let Some(number) = value.as_i64() else {
            return Err(Refusal::serialization(format!(
                "{} can not be converted to an Integer",
                kind(value)
            )));
        };
        if number < min || number > max {
            let rule = if number < min {
                format!("greater than or equal to {min}")
            } else {
                format!("less than or equal to {max}")
            };
            self.broken.push(format!(
                "Value '{number}' at '{}' failed to satisfy constraint: Member must have value {rule}",
                self.at(name)
            ));
        }
        Ok(Some(number))
    }

    /// Reads the structure in member `name` with `read`; `path` is how messages name it, with a dot at its end.
    pub(crate) fn structure<T>(
        &mut self,
        name: &str,
        path: &'static str,
        read: impl FnOnce(&mut Reader<'a>) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        let object = match self.get(name) {
            None => return Ok(None),
            Some(Value::Object(object)) => object,
            Some(other) => {
                return Err(Refusal::serialization(format!(
                    "{} can not be converted to a structure",
                    kind(other)
                )));
            }
        };
        let mut inner = Reader {
            object,
            path,
            broken: Vec::new(),
        };
        let value = read(&mut inner)?;
        self.broken.append(&mut inner.broken);
        Ok(Some(value))
    }

    /// Refuses the input if any constraint was broken, and names them all.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        let count = self.broken.len();
        if count == 0 {
            return Ok(());
        }
        let errors = if count == 1 { "error" } else { "errors" };
        Err(Refusal::validation(format!(
            "{count} validation {errors} detected: {}",
            self.broken.join("; ")
        )))
    }

    fn broke(&mut self, member: &Text, value: &str, rule: &str) {
        let value = if member.sensitive {
            String::new()
        } else {
            format!(" '{value}'")
        };
        let at = self.at(member.name);
        self.broken.push(format!(
            "Value{value} at '{at}' failed to satisfy constraint: {rule}"
        ));
    }

    /// How KMS names a member in messages: its path, with a small first letter.
    fn at(&self, name: &str) -> String {
        let (first, rest) = name.split_at(1);
        format!("{}{}{rest}", self.path, first.to_ascii_lowercase())
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(number) if number.is_f64() => "DECIMAL_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    }
}
