//! Every limit of the room, each with its reason.

/// What is sealed has one of these lengths, in bytes, so that a length says little: a line, a page, many pages, a picture.
pub const LENGTHS: [usize; 5] = [1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18];

/// A passphrase longer than this is a mistake.
pub const PASSPHRASE_BYTES_MAX: usize = 1024;

/// Salts are this long: nobody has the same twice.
pub const SALT_BYTES: usize = 16;

/// The most memory that a room's own row may ask a browser for: more would be a prank of whoever changed the row.
pub const MEMORY_KIB_MAX: u32 = 1 << 20;

/// The same for passes.
pub const PASSES_MAX: u32 = 64;
