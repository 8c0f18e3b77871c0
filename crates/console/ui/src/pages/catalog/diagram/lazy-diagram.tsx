import { lazy, Suspense } from "react";
import { Loading } from "../../../ui";
import type { Graph } from "./graph";

const Diagram = lazy(() => import("./diagram"));

/** A diagram whose code comes when the first one is shown. */
export function LazyDiagram(props: { graph: Graph; label: string }) {
  return (
    <Suspense fallback={<Loading />}>
      <Diagram {...props} />
    </Suspense>
  );
}
