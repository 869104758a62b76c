//! Campanile turns the YAML and Markdown of Italian Comuni into websites of the "Modello Comuni".
//!
//! ```text
//! load → parse → validate → relate → plan → render → post → write
//! ```

pub mod access;
pub mod albo;
pub mod check;
pub mod cli;
pub mod codes;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod limits;
pub mod links;
pub mod lint;
pub mod load;
pub mod media;
pub mod pipeline;
pub mod plan;
pub mod post;
pub mod render;
pub mod report;
pub mod schema;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
pub mod vocab;
pub mod write;
pub mod yaml;
