//! JSON Pointers (RFC 6901) from the paths of serde and garde, and what they point at.

use std::fmt;

use serde_json::Value;
use serde_path_to_error::Segment;

/// The way to a value, from the root of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Pointer(Vec<String>);

impl Pointer {
    /// The way on which serde failed, as far as it leads through `document`.
    pub(super) fn from_serde(path: &serde_path_to_error::Path, document: &Value) -> Self {
        let mut pointer = Self::default();
        let mut at = Some(document);
        for segment in path {
            let name = match segment {
                Segment::Seq { index } => index.to_string(),
                Segment::Map { key } => key.clone(),
                Segment::Enum { variant } => variant.clone(),
                Segment::Unknown => break,
            };
            // A key may be missing, but what should hold it must be there: the name of an enum's
            // variant, for one, is a value and no way further down.
            let Some(container @ (Value::Object(_) | Value::Array(_))) = at else {
                break;
            };
            at = child(container, &name);
            pointer.0.push(name);
        }
        pointer
    }

    /// The way that garde prints, such as `targets[0].database`.
    pub(super) fn from_garde(path: &garde::Path) -> Self {
        let text = path.to_string();
        let names = text.split(['.', '[', ']']).filter(|name| !name.is_empty());
        Self(
            names
                .map(|name| name.strip_prefix("r#").unwrap_or(name).to_owned())
                .collect(),
        )
    }

    /// This way and one step more, unless that is its last step already.
    pub(super) fn ending_in(mut self, name: &str) -> Self {
        if self.0.last().is_none_or(|last| last != name) {
            self.0.push(name.to_owned());
        }
        self
    }

    pub(super) fn join(&self, name: &str) -> Self {
        let mut longer = self.clone();
        longer.0.push(name.to_owned());
        longer
    }

    /// Whether one of the two leads through the other.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .all(|(mine, theirs)| mine == theirs)
    }

    /// The value of an example at this place. Every item of a list looks like its first one.
    pub(super) fn find_like<'v>(&self, example: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(example, |at, name| match at {
            Value::Array(items) => items.first(),
            _ => child(at, name),
        })
    }

    /// Puts `value` here, or removes what is here. Says whether that changed anything; an item of
    /// a list is not removed, since those behind it would get other numbers.
    pub(super) fn put(&self, document: &mut Value, value: Option<&Value>) -> bool {
        let Some((last, way)) = self.0.split_last() else {
            return value.is_some_and(|value| replace(document, value));
        };
        let parent = way.iter().try_fold(document, |at, name| match at {
            Value::Object(fields) => fields.get_mut(name),
            Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?),
            _ => None,
        });
        match (parent, value) {
            (Some(Value::Object(fields)), Some(value)) => match fields.get_mut(last) {
                Some(old) => replace(old, value),
                None => fields.insert(last.clone(), value.clone()).is_none(),
            },
            (Some(Value::Object(fields)), None) => fields.remove(last).is_some(),
            (Some(Value::Array(items)), Some(value)) => last
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get_mut(index))
                .is_some_and(|old| replace(old, value)),
            _ => false,
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|name| write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")))
    }
}

fn child<'v>(container: &'v Value, name: &str) -> Option<&'v Value> {
    match container {
        Value::Object(fields) => fields.get(name),
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        _ => None,
    }
}

fn replace(old: &mut Value, new: &Value) -> bool {
    let changes = old != new;
    if changes {
        *old = new.clone();
    }
    changes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_escaped() {
        let pointer = Pointer::default().join("a/b~c").join("0");
        assert_eq!(pointer.to_string(), "/a~1b~0c/0");
        assert_eq!(Pointer::default().to_string(), "");
    }

    #[test]
    fn garde_paths_become_pointers() {
        let path = garde::Path::new("targets").join(0_usize).join("r#type");
        assert_eq!(Pointer::from_garde(&path).to_string(), "/targets/0/type");
        assert_eq!(
            Pointer::from_garde(&garde::Path::empty()),
            Pointer::default()
        );
    }

    #[test]
    fn putting_tells_whether_it_changed_anything() {
        let mut document = json!({ "list": [1, 2], "a": 1 });
        let item = Pointer::default().join("list").join("1");
        assert!(item.put(&mut document, Some(&json!(3))));
        assert!(!item.put(&mut document, Some(&json!(3))));
        assert!(!item.put(&mut document, None));
        assert!(Pointer::default().join("a").put(&mut document, None));
        assert!(!Pointer::default().join("a").put(&mut document, None));
        assert!(
            !Pointer::default()
                .join("x")
                .join("y")
                .put(&mut document, Some(&json!(1)))
        );
        assert_eq!(document, json!({ "list": [1, 3] }));
        assert_eq!(item.find_like(&json!({ "list": [7] })), Some(&json!(7)));
    }
}
