//! Changes that know what a model is made of.

mod vocabulary;

use serde_json::{Map, Value, json};

use super::seeds::Seeds;
use vocabulary::{NAMES, PRELUDE, TEXTS, TRAITS, TYPES, odd_values};

/// Numbers out of a recipe; zeros when it is used up.
struct Recipe<'a>(&'a [u8]);

impl Recipe<'_> {
    fn below(&mut self, limit: usize) -> usize {
        let (bytes, rest) = self.0.split_at(self.0.len().min(2));
        self.0 = rest;
        let number = bytes
            .iter()
            .fold(0, |number, byte| number << 8 | usize::from(*byte));
        number % limit.max(1)
    }

    fn of<'t, T>(&mut self, list: &'t [T]) -> Option<&'t T> {
        list.get(self.below(list.len()))
    }
}

/// The model that a recipe makes of a seed; none where it says nothing.
pub(super) fn model(seeds: &Seeds, recipe: &[u8]) -> Option<Value> {
    if recipe.len() < 4 {
        return None;
    }
    let mut recipe = Recipe(recipe);
    let mut model = recipe.of(&seeds.models)?.clone();
    // One change in most models, so that what is wrong elsewhere does not hide it.
    let changes = [1, 1, 1, 2, 2, 3, 4, 8][recipe.below(8)];
    for _ in 0..changes {
        // What does not fit the model is left out.
        let _ = change(&mut model, seeds, &mut recipe);
    }
    Some(model)
}

fn change(model: &mut Value, seeds: &Seeds, recipe: &mut Recipe<'_>) -> Option<()> {
    match recipe.below(16) {
        0 => remove(any(model, recipe)?, recipe),
        1 => *any(model, recipe)? = json!(recipe.of(TEXTS)?),
        2 => *any(model, recipe)? = recipe.of(&odd_values())?.clone(),
        3 => {
            let other = any(&mut model.clone(), recipe)?.clone();
            *any(model, recipe)? = other;
        }
        4 => {
            let mut donor = recipe.of(&seeds.models)?.clone();
            *any(model, recipe)? = any(&mut donor, recipe)?.clone();
        }
        5 | 6 => retarget(model, recipe)?,
        7 => rename_shape(model, recipe)?,
        8 => rename_member(model, recipe)?,
        9 => change_type(model, recipe)?,
        10 | 11 => add_trait(model, recipe.of(&seeds.traits)?.clone(), recipe)?,
        12 => {
            let id = (*recipe.of(TRAITS)?).to_owned();
            let value = recipe.of(&odd_values())?.clone();
            add_trait(model, (id, value), recipe)?;
        }
        13 => {
            let text = json!(recipe.of(TEXTS)?);
            add_trait(model, ("smithy.api#documentation".to_owned(), text), recipe)?;
        }
        14 => mix(model, recipe)?,
        _ => lengthen(any(model, recipe)?, recipe),
    }
    Some(())
}

/// Any value of the shapes.
fn any<'m>(model: &'m mut Value, recipe: &mut Recipe<'_>) -> Option<&'m mut Value> {
    let shapes = model.get_mut("shapes")?;
    // The shape first, so that one with long traits is not met more often than others.
    let shape = entry(shapes.as_object_mut()?, recipe)?.1;
    let mut at = recipe.below(count(shape));
    nth(shape, &mut at)
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(elements) => elements.iter().map(count).sum(),
        Value::Object(entries) => entries.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// The value after so many others.
fn nth<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    let inner: Box<dyn Iterator<Item = &'v mut Value>> = match value {
        Value::Array(elements) => Box::new(elements.iter_mut()),
        Value::Object(entries) => Box::new(entries.values_mut()),
        _ => return None,
    };
    for one in inner {
        let size = count(one);
        if *left < size {
            return nth(one, left);
        }
        *left -= size;
    }
    None
}

/// Any entry of an object.
fn entry<'m>(
    object: &'m mut Map<String, Value>,
    recipe: &mut Recipe<'_>,
) -> Option<(&'m String, &'m mut Value)> {
    let at = recipe.below(object.len());
    object.iter_mut().nth(at)
}

/// Any shape with members, and its members.
fn members<'m>(
    model: &'m mut Value,
    recipe: &mut Recipe<'_>,
) -> Option<&'m mut Map<String, Value>> {
    let shapes = model.get_mut("shapes")?.as_object_mut()?;
    let mut with: Vec<&mut Value> = shapes
        .values_mut()
        .filter_map(|shape| shape.get_mut("members"))
        .collect();
    let at = recipe.below(with.len());
    match with.is_empty() {
        true => None,
        false => with.swap_remove(at).as_object_mut(),
    }
}

/// Any member of a shape, with what is a member of lists and maps.
fn member<'m>(model: &'m mut Value, recipe: &mut Recipe<'_>) -> Option<&'m mut Value> {
    let shapes = model.get_mut("shapes")?.as_object_mut()?;
    let mut all = Vec::new();
    for shape in shapes.values_mut() {
        for (key, value) in shape.as_object_mut()?.iter_mut() {
            match key.as_str() {
                "member" | "key" | "value" | "input" | "output" => all.push(value),
                "members" => all.extend(value.as_object_mut()?.values_mut()),
                "errors" => all.extend(value.as_array_mut()?.iter_mut()),
                _ => {}
            }
        }
    }
    let at = recipe.below(all.len());
    match all.is_empty() {
        true => None,
        false => Some(all.swap_remove(at)),
    }
}

fn ids(model: &Value) -> Vec<String> {
    let shapes = model["shapes"].as_object();
    shapes.into_iter().flat_map(Map::keys).cloned().collect()
}

fn remove(value: &mut Value, recipe: &mut Recipe<'_>) {
    match value {
        Value::Array(elements) if !elements.is_empty() => {
            elements.remove(recipe.below(elements.len()));
        }
        Value::Object(entries) => {
            if let Some(key) = entries.keys().nth(recipe.below(entries.len())).cloned() {
                entries.remove(&key);
            }
        }
        other => *other = Value::Null,
    }
}

fn retarget(model: &mut Value, recipe: &mut Recipe<'_>) -> Option<()> {
    let mut all = ids(model);
    all.extend(PRELUDE.iter().map(|name| format!("smithy.api#{name}")));
    let id = recipe.of(&all)?.clone();
    let member = member(model, recipe)?.as_object_mut()?;
    member.insert("target".to_owned(), json!(id));
    Some(())
}

/// Gives a shape another name, wherever it is named.
fn rename_shape(model: &mut Value, recipe: &mut Recipe<'_>) -> Option<()> {
    let old = recipe.of(&ids(model))?.clone();
    let (namespace, _) = old.split_once('#')?;
    let new = format!("{namespace}#{}", recipe.of(NAMES)?);
    replace(model, &old, &new);
    Some(())
}

fn replace(node: &mut Value, old: &str, new: &str) {
    match node {
        Value::String(text) if text == old => *text = new.to_owned(),
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|value| replace(value, old, new)),
        Value::Object(entries) => {
            if let Some(value) = entries.remove(old) {
                entries.insert(new.to_owned(), value);
            }
            entries
                .values_mut()
                .for_each(|value| replace(value, old, new));
        }
        _ => {}
    }
}

fn rename_member(model: &mut Value, recipe: &mut Recipe<'_>) -> Option<()> {
    let members = members(model, recipe)?;
    let old = entry(members, recipe)?.0.clone();
    let new = match recipe.below(4) {
        0 => old.to_lowercase(),
        1 => format!("_{old}"),
        _ => (*recipe.of(NAMES)?).to_owned(),
    };
    let value = members.remove(&old)?;
    members.insert(new, value);
    Some(())
}

fn change_type(model: &mut Value, recipe: &mut Recipe<'_>) -> Option<()> {
    let id = recipe.of(&ids(model))?.clone();
    let target = json!({"target": recipe.of(&ids(model))?});
    let shape = model["shapes"][&id].as_object_mut()?;
    let kind = *recipe.of(TYPES)?;
    shape.insert("type".to_owned(), json!(kind));
    let needs: &[&str] = match kind {
        "list" | "set" => &["member"],
        "map" => &["key", "value"],
        "operation" => &["input"],
        _ => &[],
    };
    for key in needs {
        shape.entry(*key).or_insert_with(|| target.clone());
    }
    Some(())
}

fn add_trait(
    model: &mut Value,
    (id, value): (String, Value),
    recipe: &mut Recipe<'_>,
) -> Option<()> {
    let holder = match recipe.below(2) {
        0 => member(model, recipe)?,
        _ => entry(model.get_mut("shapes")?.as_object_mut()?, recipe)?.1,
    };
    let traits = holder
        .as_object_mut()?
        .entry("traits")
        .or_insert_with(|| json!({}));
    traits.as_object_mut()?.insert(id, value);
    Some(())
}

/// Makes a structure a mixin of another.
fn mix(model: &mut Value, recipe: &mut Recipe<'_>) -> Option<()> {
    let all = ids(model);
    let (mixin, user) = (recipe.of(&all)?, recipe.of(&all)?);
    let shapes = model["shapes"].as_object_mut()?;
    let traits = shapes
        .get_mut(mixin)?
        .as_object_mut()?
        .entry("traits")
        .or_insert_with(|| json!({}));
    traits
        .as_object_mut()?
        .insert("smithy.api#mixin".to_owned(), json!({}));
    let user = shapes.get_mut(user)?.as_object_mut()?;
    user.insert("mixins".to_owned(), json!([{"target": mixin}]));
    Some(())
}

/// More of what is there: texts with another one behind, numbers of more digits, lists with each element twice.
fn lengthen(value: &mut Value, recipe: &mut Recipe<'_>) {
    match value {
        Value::String(text) => text.push_str(recipe.of(TEXTS).copied().unwrap_or_default()),
        Value::Array(elements) => elements.extend(elements.clone()),
        Value::Number(number) => {
            *value = number
                .as_f64()
                .map_or(json!(0), |number| json!(number * 1e9))
        }
        Value::Object(entries) => {
            if let Some((key, value)) =
                entry(entries, recipe).map(|(key, value)| (key.clone(), value.clone()))
            {
                entries.insert(key + "2", value);
            }
        }
        other => *other = json!([]),
    }
}
