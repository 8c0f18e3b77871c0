import { useParams } from "react-router";

import { JobPage } from "./job-page";
import { JobsPage } from "./jobs-page";

/** All runs, or one of them where the address names it. */
export default function Jobs() {
  const { id, "*": rest } = useParams();
  const job = id ?? rest ?? "";
  return job === "" ? <JobsPage /> : <JobPage key={job} id={job} />;
}
