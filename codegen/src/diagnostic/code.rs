//! The kinds of faults, each with a number that never changes and a title.

use std::fmt;

/// Declares the kinds; a number that was given out once is never given to another kind.
macro_rules! codes {
    ($($name:ident = $number:literal, $title:literal;)*) => {
        /// The kind of a fault, displayed as `FA0012`.
        ///
        /// Numbers are stable: 1 to 99 are about reading the model, 100 to 199 about what can be generated from it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!($title, ".")] $name,)*
        }

        impl Code {
            /// Every kind, in the order of the numbers.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The number.
            pub const fn number(self) -> u16 {
                match self { $(Code::$name => $number,)* }
            }

            /// What this kind of fault is, in a few words.
            pub const fn title(self) -> &'static str {
                match self { $(Code::$name => $title,)* }
            }
        }
    };
}

codes! {
    FileUnreadable = 1, "a file cannot be read";
    NotUtf8 = 2, "a file is not UTF-8";
    NotJson = 3, "a file is not JSON";
    TooDeep = 4, "values are nested too deeply";
    DuplicateKey = 5, "a key is given twice in one object";
    NotSmithy = 6, "a file is not a Smithy model";
    UnknownVersion = 7, "the Smithy version is not known";
    WrongForm = 8, "a value has the wrong form";
    MissingProperty = 9, "a property is missing";
    UnknownProperty = 10, "a property is not known";
    UnknownShapeType = 11, "a shape type is not known";
    BadShapeId = 12, "a shape id is not valid";
    ShapeConflict = 20, "a shape is defined twice";
    TraitConflict = 21, "a trait has two values";
    MetadataConflict = 22, "metadata has two values";
    ApplyFailed = 23, "traits are applied to what does not exist";
    ApplyUseless = 24, "an overlay no longer changes anything";
    PatchFailed = 25, "an overlay expects what is not there";
    ApplyEmpty = 26, "an `apply` changes nothing";
    UnresolvedTarget = 30, "a target does not exist";
    WrongTarget = 31, "a target is of the wrong type";
    MixinCycle = 32, "mixins form a cycle";
    MixinConflict = 33, "a mixin does not fit";
    NameConflict = 34, "two names differ only in case";
    Recursion = 35, "a type contains itself without end";
    BadTraitValue = 36, "the value of a trait has the wrong form";
    ResourceCycle = 37, "resources contain each other";
    BadRename = 38, "a shape cannot be renamed";
    NoService = 100, "there is no service";
    SeveralServices = 101, "there are several services";
    UnknownProtocol = 102, "no protocol of the service is spoken";
    UnknownOperation = 103, "an operation does not exist";
    UnsupportedTrait = 104, "a trait cannot be printed";
    UnsupportedShape = 105, "a shape cannot be printed";
    BadEndpointRules = 106, "endpoint rules cannot be compiled";
    BadWaiter = 107, "a waiter cannot be printed";
    BadPaginator = 108, "a paginator cannot be printed";
    OperationLeftOut = 109, "an operation is left out";
    BadDefault = 110, "a default value cannot be printed";
    TestLeftOut = 111, "a test of the model is left out";
    PatternUnchecked = 112, "a pattern cannot be checked";
    WaiterUnlisted = 113, "a waiter looks for what the model does not list";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FA{:04}", self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn numbers_ascend() {
        assert!(
            Code::ALL
                .windows(2)
                .all(|pair| pair[0].number() < pair[1].number())
        );
        assert_eq!(Code::NotJson.to_string(), "FA0003");
    }
}
