/* plumbline totals */
SELECT
    CAST(TABLE_SCHEMA AS BINARY) AS name,
    COUNT(*),
    CAST(SUM(COALESCE(DATA_LENGTH, 0) + COALESCE(INDEX_LENGTH, 0)) AS SIGNED)
FROM information_schema.TABLES
WHERE CAST(TABLE_SCHEMA AS BINARY) NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
    AND TABLE_TYPE <> 'SEQUENCE'
GROUP BY name
