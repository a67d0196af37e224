//! The generated files: the contract, its operations, the problems, the sample of settings.

use std::{fs, path::Path};

use super::{CliError, tools::write_file};

/// A generated file: its place in the project, and what it holds.
pub type Generated = (&'static str, String);

/// Every generated file, from the contract and its operations.
#[must_use]
pub fn generate(document: &serde_json::Value) -> Vec<Generated> {
    let sample = (".env.sample", crate::config::env_sample());
    crate::openapi::files(document)
        .into_iter()
        .chain([sample])
        .collect()
}

/// Writes the files that differ into the project at `root`, and names them.
pub fn write(root: &Path, files: &[Generated]) -> Result<Vec<&'static str>, CliError> {
    let mut written = Vec::new();
    for (name, content) in stale(root, files) {
        let path = root.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|cause| CliError::Write {
                path: folder.to_owned(),
                cause,
            })?;
        }
        write_file(&path, |out| out.write_all(content.as_bytes()))?;
        written.push(*name);
    }
    Ok(written)
}

/// Refuses when a file of the project at `root` is not what is generated.
pub fn check(root: &Path, files: &[Generated]) -> Result<(), CliError> {
    let stale: Vec<String> = stale(root, files)
        .map(|(name, _)| (*name).to_owned())
        .collect();
    if stale.is_empty() {
        Ok(())
    } else {
        Err(CliError::Drift(stale))
    }
}

fn stale<'a>(root: &Path, files: &'a [Generated]) -> impl Iterator<Item = &'a Generated> {
    files.iter().filter(move |(name, content)| {
        fs::read_to_string(root.join(name))
            .is_ok_and(|kept| kept == *content)
            .eq(&false)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_file_is_named_then_written() {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<Generated> = vec![("a/b.txt", "one\n".to_owned())];
        let drift = check(folder.path(), &files).unwrap_err();
        assert!(drift.to_string().contains("a/b.txt"), "{drift}");
        assert_eq!(write(folder.path(), &files).unwrap(), ["a/b.txt"]);
        check(folder.path(), &files).unwrap();
        assert_eq!(write(folder.path(), &files).unwrap(), Vec::<&str>::new());
    }
}
