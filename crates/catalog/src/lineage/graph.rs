//! The graph around a table: one statement for each step and way, and one for each kind of node.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use db::StoreError;
use models::job::JobStatus;
use models::lineage::{
    Lineage, LineageEdge, LineageEdgeKind, LineageKind, LineageNode, LineageRun, LineageTable,
    MAX_EDGES, MAX_NODES,
};
use sqlx::PgConnection;

/// A node by its kind and its number.
type Node = (LineageKind, i64);

/// What a table's data come from and what is made of them, `depth` steps each way. The caller knows that
/// there is such a table.
///
/// Each node is gone from once for each way, so that cycles end; and the nearest are found first, so that
/// what is left out, where there is too much, is what lies farthest.
///
/// # Errors
/// When the store fails.
pub async fn around(
    conn: &mut PgConnection,
    table_id: i64,
    depth: u32,
) -> Result<Lineage, StoreError> {
    let root = (LineageKind::Table, table_id);
    let mut found = Found::default();
    found.nodes.insert(root, 0);
    let mut ways = [false, true].map(|down| Way {
        down,
        seen: HashSet::from([root]),
        near: vec![root],
    });
    for distance in 1..=depth {
        for way in &mut ways {
            if !way.near.is_empty() {
                let steps = steps(&mut *conn, &way.near, way.down).await?;
                way.near.clear();
                found.add(steps, distance, way);
            }
        }
    }
    found.told(conn, root, depth).await
}

/// One of the two ways from the root.
struct Way {
    down: bool,
    seen: HashSet<Node>,
    /// Those that the next step begins at.
    near: Vec<Node>,
}

/// How data flow from one node to the other.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    from: Node,
    to: Node,
    why: Why,
}

/// What was found so far.
#[derive(Default)]
struct Found {
    /// With how many steps they are away.
    nodes: BTreeMap<Node, u32>,
    edges: BTreeSet<Edge>,
    truncated: bool,
}

impl Found {
    fn add(&mut self, steps: Vec<Step>, distance: u32, way: &mut Way) {
        for (index, step) in steps.into_iter().enumerate() {
            // What has no room is left out, with all that would hang on it.
            let has_room = index < MAX_EDGES && self.edges.len() < MAX_EDGES;
            if !has_room || !self.nodes.contains_key(&step.near) || !self.note(step.far, distance) {
                self.truncated = true;
                continue;
            }
            let (from, to) = if way.down {
                (step.near, step.far)
            } else {
                (step.far, step.near)
            };
            self.edges.insert(Edge {
                from,
                to,
                why: step.why,
            });
            if step.far.0 != LineageKind::Job && way.seen.insert(step.far) {
                way.near.push(step.far);
            }
        }
    }

    /// Notes a node. False when there is no room for it.
    fn note(&mut self, node: Node, distance: u32) -> bool {
        let is_full = self.nodes.len() >= MAX_NODES;
        if is_full && !self.nodes.contains_key(&node) {
            return false;
        }
        self.nodes.entry(node).or_insert(distance);
        true
    }

    /// The graph, with what people call its nodes.
    async fn told(
        self,
        conn: &mut PgConnection,
        root: Node,
        depth: u32,
    ) -> Result<Lineage, StoreError> {
        let of = |kind| ids(self.nodes.keys(), kind);
        let mut tables = tables(&mut *conn, &of(LineageKind::Table)).await?;
        let mut names = dataset_names(&mut *conn, &of(LineageKind::Dataset)).await?;
        names.extend(job_names(conn, &of(LineageKind::Job)).await?);
        let mut nodes: Vec<LineageNode> = self
            .nodes
            .iter()
            .map(|(node, distance)| {
                let told = names.remove(node).unwrap_or_default();
                LineageNode {
                    id: id(*node),
                    kind: node.0,
                    distance: *distance,
                    table: match node.0 {
                        LineageKind::Table => tables.remove(&node.1),
                        LineageKind::Dataset | LineageKind::Job => None,
                    },
                    namespace: told.namespace,
                    name: told.name,
                    last_run: told.last_run,
                }
            })
            .collect();
        nodes.sort_by_key(|node| node.distance);
        let edges = self.edges.into_iter();
        Ok(Lineage {
            root: id(root),
            depth,
            nodes,
            edges: edges
                .map(|Edge { from, to, why }| LineageEdge {
                    from: id(from),
                    to: id(to),
                    kind: why.kind,
                    pipeline_id: why.pipeline_id,
                    pipeline_name: why.pipeline_name,
                    last_seen_at: why.last_seen_at,
                })
                .collect(),
            truncated: self.truncated,
        })
    }
}

fn id((kind, number): Node) -> String {
    format!("{}-{number}", kind.as_str())
}

fn ids<'a>(nodes: impl Iterator<Item = &'a Node>, wanted: LineageKind) -> Vec<i64> {
    let wanted = nodes.filter(|(kind, _)| *kind == wanted);
    wanted.map(|(_, id)| *id).collect()
}

/// An edge from where we are to what lies beyond, whichever way data flow.
struct Step {
    near: Node,
    far: Node,
    why: Why,
}

/// Why data flow.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Why {
    kind: LineageEdgeKind,
    pipeline_id: Option<i64>,
    pipeline_name: Option<String>,
    last_seen_at: Option<DateTime<Utc>>,
}

/// The edges of one step from these nodes, one more than there may be at most.
async fn steps(
    conn: &mut PgConnection,
    near: &[Node],
    down: bool,
) -> Result<Vec<Step>, StoreError> {
    let rows = sqlx::query_file!(
        "sql/lineage_step.sql",
        &ids(near.iter(), LineageKind::Table),
        &ids(near.iter(), LineageKind::Dataset),
        down,
        i64::try_from(MAX_EDGES + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(conn)
    .await?;
    let kind = |word: &str| LineageKind::parse(word).expect("the statement knows these words only");
    let step =
        |word: &str| LineageEdgeKind::parse(word).expect("the statement knows these words only");
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| Step {
            near: (kind(&row.near_kind), row.near_id),
            far: (kind(&row.far_kind), row.far_id),
            why: Why {
                kind: step(&row.edge_kind),
                pipeline_id: row.pipeline_id,
                pipeline_name: row.pipeline_name,
                last_seen_at: row.last_seen_at,
            },
        })
        .collect())
}

async fn tables(
    conn: &mut PgConnection,
    ids: &[i64],
) -> Result<HashMap<i64, LineageTable>, StoreError> {
    let tables = sqlx::query_as!(
        LineageTable,
        "-- lineage tables
        select t.id as table_id, s.id as datasource_id, s.datasource_name, b.database_name, t.table_schema, t.table_name,
            t.table_type, t.removed_at
        from metadata.tables t
        join metadata.databases b on b.tenant_id = t.tenant_id and b.id = t.database_id
        join metadata.datasources s on s.tenant_id = b.tenant_id and s.id = b.datasource_id
        where t.tenant_id = metadata.current_tenant() and t.id = any($1)",
        ids
    )
    .fetch_all(conn)
    .await?;
    let tables = tables.into_iter();
    Ok(tables.map(|table| (table.table_id, table)).collect())
}

/// What is told of a dataset or a job.
#[derive(Default)]
struct NamedNode {
    namespace: Option<String>,
    name: Option<String>,
    last_run: Option<LineageRun>,
}

async fn dataset_names(
    conn: &mut PgConnection,
    ids: &[i64],
) -> Result<HashMap<Node, NamedNode>, StoreError> {
    let rows = sqlx::query!(
        "-- lineage datasets
        select id, namespace, name from metadata.lineage_datasets
        where tenant_id = metadata.current_tenant() and id = any($1)",
        ids
    )
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let named = NamedNode {
            namespace: Some(row.namespace),
            name: Some(row.name),
            last_run: None,
        };
        ((LineageKind::Dataset, row.id), named)
    });
    Ok(rows.collect())
}

async fn job_names(
    conn: &mut PgConnection,
    ids: &[i64],
) -> Result<HashMap<Node, NamedNode>, StoreError> {
    let rows = sqlx::query!(
        r#"-- lineage jobs
        select l.id, l.namespace, l.name, j.id as "job_id?", j.status as "status?", j.completed_at as "completed_at?"
        from metadata.lineage_jobs l
        left join lateral (
            select r.tenant_id, r.job_id from metadata.lineage_runs r
            where r.tenant_id = l.tenant_id and r.lineage_job_id = l.id
            order by r.began_at desc, r.run_id desc
            limit 1
        ) newest on true
        left join metadata.log_data_jobs j on j.tenant_id = newest.tenant_id and j.id = newest.job_id
        where l.tenant_id = metadata.current_tenant() and l.id = any($1)"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let status = row.status.as_deref().and_then(JobStatus::parse);
        let named = NamedNode {
            namespace: Some(row.namespace),
            name: Some(row.name),
            last_run: row.job_id.zip(status).map(|(job_id, status)| LineageRun {
                job_id,
                status,
                completed_at: row.completed_at,
            }),
        };
        ((LineageKind::Job, row.id), named)
    });
    Ok(rows.collect())
}
