// The list takes the name alone.
pm.collectionVariables.set("table_name", pm.variables.get("source_table").split(".").pop());
