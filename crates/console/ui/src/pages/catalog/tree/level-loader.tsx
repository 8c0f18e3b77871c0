// Loads what lies below one entry of the tree and tells it to the tree. It shows nothing itself: the tree is one flat,
// virtual list, while there are as many queries as levels are open.
import { useEffect, useMemo } from "react";
import { keepPreviousData } from "@tanstack/react-query";
import { $meta, flatPages } from "../../../api";
import { parseSelection } from "../address";
import { PAGE_MAX, pages } from "../paging";
import type { TreeNode } from "../types";
import { databaseNode, tableNode } from "./nodes";
import { type Level, ROOT } from "./flatten";

// A level may have dozens of pages, which are not read again for every glance at the window.
const LEVEL = { ...pages, staleTime: 60_000, refetchOnWindowFocus: false } as const;

export interface LoaderProps {
  parent: string;
  /** Only names that contain this; the server looks. */
  q: string;
  report: (parent: string, level: Level | null) => void;
}

export function LevelLoader(props: LoaderProps) {
  const at = parseSelection(props.parent);
  if (props.q && at.kind === "datasource") return <Databases {...props} id={at.id} />;
  if (props.q && at.kind === "database") return <Tables {...props} id={at.id} />;
  if (props.q && at.kind === "schema") return <Tables {...props} id={at.id} schema={at.schema} />;
  return <Below {...props} />;
}

function Below({ parent, q, report }: LoaderProps) {
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/tree",
    { params: { query: { limit: PAGE_MAX, ...(parent === ROOT ? {} : { parent }) } } },
    LEVEL,
  );
  const nodes = useMemo(() => {
    const all: TreeNode[] = flatPages(query.data);
    const wanted = q.toLocaleLowerCase();
    return wanted ? all.filter((node) => node.name.toLocaleLowerCase().includes(wanted)) : all;
  }, [query.data, q]);
  return <Report parent={parent} report={report} query={query} nodes={nodes} />;
}

function Databases({ parent, q, id, report }: LoaderProps & { id: number }) {
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/databases",
    { params: { query: { resource_id: id, q, limit: PAGE_MAX } } },
    { ...LEVEL, placeholderData: keepPreviousData },
  );
  const nodes = useMemo(() => flatPages(query.data).map(databaseNode), [query.data]);
  return <Report parent={parent} report={report} query={query} nodes={nodes} />;
}

function Tables({ parent, q, id, schema, report }: LoaderProps & { id: number; schema?: string }) {
  const query = $meta.useInfiniteQuery(
    "get",
    "/api/metadata/tables",
    { params: { query: { database_id: id, q, limit: PAGE_MAX, ...(schema === undefined ? {} : { schema }) } } },
    { ...LEVEL, placeholderData: keepPreviousData },
  );
  const nodes = useMemo(
    () => flatPages(query.data).map((table) => tableNode(table, schema === undefined)),
    [query.data, schema],
  );
  return <Report parent={parent} report={report} query={query} nodes={nodes} />;
}

interface Loaded {
  status: "pending" | "error" | "success";
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

function Report({
  parent,
  report,
  query,
  nodes,
}: Pick<LoaderProps, "parent" | "report"> & { query: Loaded; nodes: readonly TreeNode[] }) {
  const { status, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  useEffect(() => {
    report(parent, {
      nodes,
      status,
      error,
      hasNext: hasNextPage,
      fetchingNext: isFetchingNextPage,
      fetchNext: () => void fetchNextPage(),
      // A page that failed after others is asked for again alone.
      retry: () => void (nodes.length > 0 && hasNextPage ? fetchNextPage() : refetch()),
    });
  }, [parent, report, nodes, status, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch]);
  useEffect(() => () => report(parent, null), [parent, report]);
  return null;
}
