//! What is shipped: the compose file and the image, as far as they can be tried without a container.

mod compose_file;
mod dockerfile;
mod host;
mod postgres;
mod services;
mod variables;
