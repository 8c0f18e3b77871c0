import { useParams } from "react-router";

import { loadedLater, Loading } from "../../ui";

const PipelinePage = loadedLater(() => import("./pipeline-page").then((it) => it.PipelinePage), <Loading />);
const PipelinesPage = loadedLater(() => import("./pipelines-page").then((it) => it.PipelinesPage), <Loading />);

/** `/pipelines` and `/pipelines/:id`. */
export default function Pipelines() {
  const { id } = useParams();
  return id === undefined ? <PipelinesPage /> : <PipelinePage key={id} id={Number(id)} />;
}
