// Included once for each service, with its client as `service`: the values that inputs are made of, from JSON.

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let object = value.as_object().expect("an object");
    object.iter().map(|(name, value)| (name.as_str(), value))
}

fn unknown<T>(name: &str) -> T {
    panic!("{name} is no member")
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

fn list<T>(value: &Value, item: fn(&Value) -> T) -> Vec<T> {
    value.as_array().expect("an array").iter().map(item).collect()
}

fn map<T>(value: &Value, item: fn(&Value) -> T) -> HashMap<String, T> {
    let entries = entries(value).map(|(key, value)| (key.to_owned(), item(value)));
    entries.collect()
}

fn blob(value: &Value) -> service::primitives::Blob {
    service::primitives::Blob::new(base64(&text(value)))
}

fn boolean(value: &Value) -> bool {
    value.as_bool().expect("true or false")
}

fn integer(value: &Value) -> i32 {
    long(value).try_into().expect("32 bits")
}

fn long(value: &Value) -> i64 {
    value.as_i64().expect("64 bits")
}

fn double(value: &Value) -> f64 {
    let named = || text(value).parse().expect("a number's name");
    value.as_f64().unwrap_or_else(named)
}

fn timestamp(value: &Value) -> service::primitives::DateTime {
    let milliseconds = (double(value) * 1e3).round() as i64;
    service::primitives::DateTime::from_millis(milliseconds)
}
