//! The kinds of mistakes that the command finds itself, beside those of the library.

use std::fmt;

/// Declares the kinds, as the library does its own; a number that was given out once is never given to another kind.
macro_rules! kinds {
    ($($name:ident = $number:literal, $title:literal;)*) => {
        /// The kind of a mistake, displayed as `FA0200`.
        ///
        /// Numbers are stable: 200 to 299 are about `farrier.toml`, 300 to 399 about arguments, settings and the disk.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Kind {
            $(#[doc = concat!($title, ".")] $name = $number,)*
        }

        impl Kind {
            /// Every kind, in the order of the numbers.
            pub(crate) const ALL: &[Kind] = &[$(Kind::$name,)*];

            /// What this kind of mistake is, in a few words.
            pub(crate) const fn title(self) -> &'static str {
                match self { $(Kind::$name => $title,)* }
            }
        }
    };
}

kinds! {
    NoConfig = 200, "there is no farrier.toml";
    ConfigUnreadable = 201, "farrier.toml cannot be read";
    NotToml = 202, "farrier.toml is not TOML";
    UnknownKey = 203, "a key of farrier.toml is not known";
    WrongType = 204, "a value of farrier.toml is of the wrong type";
    MissingKey = 205, "a key of farrier.toml is missing";
    KeysConflict = 206, "keys of farrier.toml do not go together";
    NothingToDo = 207, "farrier.toml lists nothing";
    BadValue = 208, "a value of farrier.toml cannot be used";
    MissingFile = 209, "a file that farrier.toml names is not there";
    BadSettings = 300, "the settings do not fit";
    Foreign = 301, "a file that was not generated is in the way";
    Disk = 302, "the disk refuses";
    AlreadyThere = 303, "what would be written is there already";
    UnknownCode = 304, "a code does not exist";
    Edited = 305, "a generated file was edited";
    Busy = 306, "another run is writing there";
    Internal = 399, "the generator has a fault of its own";
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FA{:04}", *self as u16)
    }
}
