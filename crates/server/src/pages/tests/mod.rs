//! The pages, held to what they promise.

mod gallery;
mod sample;
mod words;
