//! Lists and maps, whose values the caller reads.

use std::collections::HashMap;

use super::{Error, Reader};

impl<'a> Reader<'a> {
    /// Reads an array, each element with `read`; elements that are `null` are left out.
    pub fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Reader<'a>) -> Result<Option<T>, Error>,
    ) -> Result<Option<Vec<T>>, Error> {
        if !self.begin_array()? {
            return Ok(None);
        }
        let mut elements = Vec::new();
        while self.next_element()? {
            elements.extend(read(self)?);
        }
        Ok(Some(elements))
    }

    /// Reads an array, each element with `read`; an element that is `null` stays as `None`
    /// ([sparse](https://smithy.io/2.0/spec/type-refinement-traits.html#sparse-trait)).
    pub fn sparse_list<T>(
        &mut self,
        mut read: impl FnMut(&mut Reader<'a>) -> Result<Option<T>, Error>,
    ) -> Result<Option<Vec<Option<T>>>, Error> {
        if !self.begin_array()? {
            return Ok(None);
        }
        let mut elements = Vec::new();
        while self.next_element()? {
            elements.push(read(self)?);
        }
        Ok(Some(elements))
    }

    /// Reads an object as a map, each value with `read`; values that are `null` are left out. Of a key that occurs twice the
    /// last value stays.
    pub fn map<T>(
        &mut self,
        mut read: impl FnMut(&mut Reader<'a>) -> Result<Option<T>, Error>,
    ) -> Result<Option<HashMap<String, T>>, Error> {
        if !self.begin_object()? {
            return Ok(None);
        }
        let mut entries = HashMap::new();
        while let Some(key) = self.next_key()? {
            if let Some(value) = read(self)? {
                entries.insert(key.into_owned(), value);
            }
        }
        Ok(Some(entries))
    }

    /// Reads an object as a map, each value with `read`; a value that is `null` stays as `None`
    /// ([sparse](https://smithy.io/2.0/spec/type-refinement-traits.html#sparse-trait)).
    pub fn sparse_map<T>(
        &mut self,
        mut read: impl FnMut(&mut Reader<'a>) -> Result<Option<T>, Error>,
    ) -> Result<Option<HashMap<String, Option<T>>>, Error> {
        if !self.begin_object()? {
            return Ok(None);
        }
        let mut entries = HashMap::new();
        while let Some(key) = self.next_key()? {
            let value = read(self)?;
            entries.insert(key.into_owned(), value);
        }
        Ok(Some(entries))
    }
}
