//! The neutral type of a server type.

/// What `pg_type` says of a column's type, or of the base type of its domain.
#[derive(Debug, Clone, Copy)]
pub(super) struct ServerType<'a> {
    /// `typtype`: b base, c composite, e enum, m multirange, p pseudo, r range.
    pub(super) kind: &'a str,
    /// `typcategory`.
    pub(super) category: &'a str,
    /// `typname`.
    pub(super) name: &'a str,
    /// Whether it lies in `pg_catalog`.
    pub(super) built_in: bool,
    /// Whether it is the array type of another type.
    pub(super) is_array: bool,
}

/// The words of [`models::field::Field::data_type`].
pub(super) fn neutral(server: ServerType<'_>) -> &'static str {
    if server.is_array {
        return "array";
    }
    match server.kind {
        "e" => "enum",
        "c" => "composite",
        "r" | "m" => "range",
        "b" if server.built_in => built_in(server.name),
        "b" => added(server.name, server.category),
        _ => "other",
    }
}

fn built_in(name: &str) -> &'static str {
    match name {
        "int2" | "int4" | "int8" | "oid" => "integer",
        "numeric" | "money" => "decimal",
        "float4" | "float8" => "float",
        "bool" => "boolean",
        "text" | "varchar" | "bpchar" | "char" | "name" => "text",
        "bytea" => "binary",
        "date" => "date",
        "time" | "timetz" => "time",
        "timestamp" | "timestamptz" => "timestamp",
        "interval" => "interval",
        "json" | "jsonb" => "json",
        "uuid" => "uuid",
        "bit" | "varbit" => "bit",
        "point" | "line" | "lseg" | "box" | "path" | "polygon" | "circle" => "spatial",
        "inet" | "cidr" | "macaddr" | "macaddr8" => "network",
        "xml" => "xml",
        _ => "other",
    }
}

/// Types of extensions and users. Of their own words for what they are only "string" can be relied on.
fn added(name: &str, category: &str) -> &'static str {
    match (name, category) {
        ("geometry" | "geography" | "box2d" | "box3d" | "raster", _) => "spatial",
        (_, "S") => "text",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(name: &str, category: &str, built_in: bool) -> &'static str {
        neutral(ServerType {
            kind: "b",
            category,
            name,
            built_in,
            is_array: false,
        })
    }

    #[test]
    fn built_in_types() {
        let words = [
            ("int8", "integer"),
            ("numeric", "decimal"),
            ("float4", "float"),
            ("bool", "boolean"),
            ("bpchar", "text"),
            ("bytea", "binary"),
            ("date", "date"),
            ("timetz", "time"),
            ("timestamptz", "timestamp"),
            ("interval", "interval"),
            ("jsonb", "json"),
            ("uuid", "uuid"),
            ("varbit", "bit"),
            ("polygon", "spatial"),
            ("cidr", "network"),
            ("xml", "xml"),
            ("tsvector", "other"),
            ("pg_lsn", "other"),
        ];
        for (name, word) in words {
            assert_eq!(base(name, "U", true), word, "{name}");
        }
    }

    #[test]
    fn added_types_are_judged_by_what_they_say_not_by_a_borrowed_name() {
        assert_eq!(base("geometry", "U", false), "spatial");
        assert_eq!(base("citext", "S", false), "text");
        assert_eq!(base("hstore", "U", false), "other");
        assert_eq!(base("int8", "U", false), "other");
    }

    #[test]
    fn kinds_come_before_names() {
        let kind = |kind, is_array| {
            neutral(ServerType {
                kind,
                category: "X",
                name: "date",
                built_in: true,
                is_array,
            })
        };
        assert_eq!(kind("e", false), "enum");
        assert_eq!(kind("c", false), "composite");
        assert_eq!(kind("r", false), "range");
        assert_eq!(kind("m", false), "range");
        assert_eq!(kind("p", false), "other");
        assert_eq!(kind("?", false), "other");
        assert_eq!(kind("b", true), "array");
    }
}
