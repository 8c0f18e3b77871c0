import { Navigate } from "react-router";
import { $meta } from "../../../api";
import { QueryState } from "../../../ui";
import { pathOfTable } from "../address";

/** A column has no page of its own: it is shown in its table. */
export function FieldRedirect({ id }: { id: number }) {
  const query = $meta.useQuery("get", "/api/metadata/fields/{id}", { params: { path: { id } } });
  return <QueryState query={query}>{(field) => <Navigate replace to={pathOfTable(field.table_id, field.id)} />}</QueryState>;
}
