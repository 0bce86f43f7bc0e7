//! Steps: from one value, from each of several, and from a list that was made on the way.

use super::Scope;
use super::typed::{Branch, Form, Kind, Typed};
use crate::api::{Items, Operand, Ty};
use crate::lower::jmespath::{Expression, Step};

const NO_LISTS: &str = "it leads to lists in a list; `[]` makes one of them";

impl<'t> Scope<'_, 't> {
    /// A step from what is one value.
    pub(super) fn step(&self, at: Typed<'t>, step: &Step) -> Result<Typed<'t>, String> {
        match step {
            Step::Field(wire) => self.field(at, wire),
            Step::Index(index) => match at {
                Typed::One(of, Kind::List(ty)) => {
                    let (of, index) = (Box::new(of), *index);
                    let ty_of = ty.clone();
                    Ok(self.typed(Operand::Element { of, ty, index }, &ty_of))
                }
                other => Err(format!("`[{index}]` follows {}", other.describe())),
            },
            Step::Several(expressions) => {
                let mut branches = Vec::new();
                for expression in expressions {
                    let value = Scope {
                        ends: self.ends,
                        current: at.clone(),
                        depth: self.depth,
                    };
                    branches.push(match value.value(expression)? {
                        Typed::One(of, Kind::List(ty)) => Branch {
                            items: Some(Items::Elements(of)),
                            item: self.item(&ty),
                        },
                        Typed::Several { .. } | Typed::Mixed(_) => return Err(NO_LISTS.to_owned()),
                        item => Branch { items: None, item },
                    });
                }
                Ok(Typed::several(branches))
            }
            Step::Term(term) => self.term(term),
            Step::Flatten | Step::Each | Step::Values | Step::Keys | Step::Filter(_) => {
                let (items, item) = self.items(at, step)?;
                let found = Typed::several(vec![self.branch(items, item, step)?]);
                Ok(match step {
                    Step::Keys => found.into_list(),
                    _ => found,
                })
            }
        }
    }

    /// Several values from one, by a step that leads to several.
    fn items(&self, at: Typed<'t>, step: &Step) -> Result<(Items, Ty), String> {
        match (step, at) {
            (Step::Flatten | Step::Each | Step::Filter(_), Typed::One(of, Kind::List(ty))) => {
                Ok((Items::Elements(of), ty))
            }
            (
                Step::Values,
                Typed::One(
                    of,
                    Kind::Map {
                        value: Some(value), ..
                    },
                ),
            ) => Ok((Items::Values(of), value)),
            (Step::Keys, Typed::One(of, Kind::Map { key, .. })) => Ok((Items::Keys(of), key)),
            (Step::Values | Step::Keys, other) => Err(format!(
                "the keys or values of {} are asked for, which is no map without nulls",
                other.describe()
            )),
            (_, other) => Err(format!(
                "`[]` or a filter follows {}, which is no list without nulls",
                other.describe()
            )),
        }
    }

    /// Several values, as `[]` and filters leave them.
    fn branch(&self, items: Items, ty: Ty, step: &Step) -> Result<Branch<'t>, String> {
        let item = self.item(&ty);
        Ok(match step {
            Step::Filter(condition) => {
                let holds = self.inside(item.clone()).value(condition)?.truthy();
                let items = Some(Items::Filter(Box::new(items), Box::new(holds)));
                Branch { items, item }
            }
            Step::Flatten => match item {
                Typed::One(of, Kind::List(inner)) => {
                    let inside = Items::Elements(of);
                    let items = Some(Items::FlatMap(Box::new(items), Box::new(inside)));
                    let item = self.item(&inner);
                    Branch { items, item }
                }
                item => Branch {
                    items: Some(items),
                    item,
                },
            },
            _ => Branch {
                items: Some(items),
                item,
            },
        })
    }

    /// A step from each of several values.
    pub(super) fn each_of(
        &self,
        branches: Vec<Branch<'t>>,
        nested: bool,
        step: &Step,
    ) -> Result<Typed<'t>, String> {
        let leads_to_several = matches!(step, Step::Each | Step::Values | Step::Filter(_));
        if nested && leads_to_several || matches!(step, Step::Keys) {
            return Err(NO_LISTS.to_owned());
        }
        let mut found = Vec::new();
        for Branch { items, item } in branches {
            match step {
                Step::Flatten if nested || !matches!(item, Typed::One(_, Kind::List(_))) => {
                    found.push(Branch { items, item });
                }
                Step::Several(expressions) => {
                    for expression in expressions {
                        let value = self.inside(item.clone()).value(expression)?;
                        found.push(self.flat(items.clone(), value)?);
                    }
                }
                _ if leads_to_several || *step == Step::Flatten => {
                    let (inner, ty) = self.items(item, step)?;
                    let items = Items::flat_map(items, inner);
                    // What `[]` makes one list of is one list by now.
                    let step = if *step == Step::Flatten {
                        &Step::Each
                    } else {
                        step
                    };
                    found.push(self.branch(items, ty, step)?);
                }
                _ => {
                    let item = self.step(item, step)?;
                    found.push(Branch { items, item });
                }
            }
        }
        let form = match leads_to_several || nested && *step != Step::Flatten {
            true => Form::Nested,
            false => Form::Each,
        };
        Ok(Typed::Several {
            branches: found,
            form,
        })
    }

    /// A step from a list that was made before.
    pub(super) fn of_list(
        &self,
        branches: Vec<Branch<'t>>,
        step: &Step,
    ) -> Result<Typed<'t>, String> {
        let filtered = |branch: Branch<'t>, condition: &Expression| {
            let Branch {
                items: Some(items),
                item,
            } = branch
            else {
                return Err("a filter follows `[a, b]`".to_owned());
            };
            let holds = self.inside(item.clone()).value(condition)?.truthy();
            let holds = item.present().and(holds);
            let items = Some(Items::Filter(Box::new(items), Box::new(holds)));
            Ok(Branch { items, item })
        };
        match step {
            Step::Flatten => self.each_of(branches, false, step),
            Step::Each => Ok(Typed::several(branches)),
            Step::Filter(condition) => {
                let branches = branches.into_iter().map(|it| filtered(it, condition));
                branches.collect::<Result<_, _>>().map(Typed::several)
            }
            _ => Err("a name or an index follows a list that was made on the way".to_owned()),
        }
    }

    /// The elements of `value`, where it is a list, else `value`, of each of several values.
    fn flat(&self, items: Option<Items>, value: Typed<'t>) -> Result<Branch<'t>, String> {
        match value {
            Typed::One(of, Kind::List(ty)) => Ok(Branch {
                items: Some(Items::flat_map(items, Items::Elements(of))),
                item: self.item(&ty),
            }),
            Typed::Several { .. } => Err(NO_LISTS.to_owned()),
            Typed::Mixed(_) => Err(format!("`[a, b]` holds {}", value.describe())),
            item => Ok(Branch { items, item }),
        }
    }

    fn field(&self, at: Typed<'t>, wire: &str) -> Result<Typed<'t>, String> {
        let (of, record) = match (at, wire) {
            (Typed::One(_, Kind::Ends), "input") => {
                self.ends.reads_input.set(true);
                return Ok(Typed::One(Operand::Input, Kind::Record(self.ends.input)));
            }
            (Typed::One(_, Kind::Ends), "output") => {
                return Ok(Typed::One(Operand::Output, Kind::Record(self.ends.output)));
            }
            (Typed::One(_, Kind::Ends), _) => {
                return Err(format!("it starts at `{wire}`, not at `input` or `output`"));
            }
            (Typed::One(of, Kind::Record(record)), _) => (of, record),
            (other, _) => {
                return Err(format!(
                    "`{wire}` is asked of {}, which has no members",
                    other.describe()
                ));
            }
        };
        let field = record.fields.iter().find(|field| field.wire == wire);
        let field =
            field.ok_or_else(|| format!("`{}` has no member `{wire}`", record.name.plain()))?;
        if record.deprecates(field) {
            self.ends.reads_deprecated.set(true);
        }
        let operand = Operand::Field {
            of: Box::new(of),
            name: field.name.clone(),
            ty: field.ty.clone(),
            optional: field.optional(),
        };
        Ok(self.typed(operand, &field.ty))
    }
}
