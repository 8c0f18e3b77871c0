import { useParams } from "react-router";

import { SourceDetail } from "./source-detail";
import { SourcesTable } from "./sources-table";

/** `/sources` and `/sources/:id`. */
export default function SourcesPage() {
  const { id } = useParams();
  return id === undefined ? <SourcesTable /> : <SourceDetail key={id} id={Number(id)} />;
}
