import { useParams } from "react-router";

import { loadedLater } from "../../ui";

const PipelinePage = loadedLater(() => import("./pipeline-page").then((it) => it.PipelinePage));
const PipelinesPage = loadedLater(() => import("./pipelines-page").then((it) => it.PipelinesPage));

/** `/pipelines` and `/pipelines/:id`. */
export default function Pipelines() {
  const { id } = useParams();
  return id === undefined ? <PipelinesPage /> : <PipelinePage key={id} id={Number(id)} />;
}
