//! Everything the index answers, against a scan of the documents and against cases worked by hand.

#[cfg(test)]
mod against_the_scan;
#[cfg(test)]
mod batches;
#[cfg(test)]
mod cells;
#[cfg(test)]
mod collection;
#[cfg(test)]
mod completions;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod facets;
#[cfg(test)]
mod generators;
#[cfg(test)]
mod geography;
#[cfg(test)]
mod million;
#[cfg(test)]
mod naive;
#[cfg(test)]
mod naive_text;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod text;
