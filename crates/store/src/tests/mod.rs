//! The same tests on both databases.
