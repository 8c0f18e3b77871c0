//! What the docs hold that can be run.

mod postman_collection;
