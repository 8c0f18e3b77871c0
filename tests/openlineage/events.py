"""Sends the events of one run as a program that uses the official client does.

Standard input is one JSON object:

  kinds    the events in the order in which they are sent: START, RUNNING, OTHER, COMPLETE, ABORT, FAIL; or JOB and
           DATASET, for an event of the job or of the first output alone
  run_id   of the run
  job      [namespace, name]
  type     the kind of job, for the facet jobType; left out if absent
  parent   {run_id, job} of the run that has started this one; left out if absent
  inputs   [[namespace, name], ...]
  outputs  [[namespace, name, rows], ...]
  error    why it failed, for FAIL and ABORT

The time of an event is that of its kind in the life of a run, not of its place in the order. The client itself takes
where to send them from OPENLINEAGE_URL and OPENLINEAGE_API_KEY.
"""

import json
import sys
from importlib.metadata import version

import attr
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import (
    DatasetEvent,
    InputDataset,
    Job,
    JobEvent,
    OutputDataset,
    Run,
    RunEvent,
    RunState,
    StaticDataset,
)
from openlineage.client.facet_v2 import (
    JobFacet,
    RunFacet,
    column_lineage_dataset,
    error_message_run,
    job_type_job,
    nominal_time_run,
    output_statistics_output_dataset,
    parent_run,
    schema_dataset,
    sql_job,
)

PRODUCER = "https://example.org/nightly-load"
MINUTES = {"START": 0, "RUNNING": 1, "OTHER": 2, "COMPLETE": 3, "ABORT": 3, "FAIL": 3, "JOB": 4, "DATASET": 4}


@attr.define
class OwnRunFacet(RunFacet):
    """One that only its producer knows."""

    weather: dict = attr.field(factory=lambda: {"outside": [17, None, "rain"]})


@attr.define
class OwnJobFacet(JobFacet):
    """Another one."""

    owner: str = "ada"


def columns(namespace, name):
    fields = [schema_dataset.SchemaDatasetFacetFields(name="id", type="integer")]
    origin = column_lineage_dataset.InputField(namespace=namespace, name=name, field="id")
    return {
        "schema": schema_dataset.SchemaDatasetFacet(fields=fields),
        "columnLineage": column_lineage_dataset.ColumnLineageDatasetFacet(
            fields={"id": column_lineage_dataset.Fields(inputFields=[origin])}
        ),
    }


def event(told, kind):
    time = f"2026-01-31T08:{MINUTES[kind]:02}:00.000000+00:00"
    facets = {"sql": sql_job.SQLJobFacet(query="insert into orders select * from crm"), "x_own": OwnJobFacet()}
    if told.get("type"):
        facets["jobType"] = job_type_job.JobTypeJobFacet(
            processingType="BATCH", integration="AIRFLOW", jobType=told["type"]
        )
    job = Job(*told["job"], facets=facets)
    inputs = [InputDataset(*names, facets=columns(*names)) for names in told["inputs"]]
    if kind == "JOB":
        outputs = [OutputDataset(*names) for *names, _ in told["outputs"]]
        return JobEvent(eventTime=time, producer=PRODUCER, job=job, inputs=inputs, outputs=outputs)
    if kind == "DATASET":
        *names, _ = told["outputs"][0]
        return DatasetEvent(eventTime=time, producer=PRODUCER, dataset=StaticDataset(*names, facets=columns(*names)))
    run = {
        "nominalTime": nominal_time_run.NominalTimeRunFacet(nominalStartTime="2026-01-31T08:00:00Z"),
        "x_own": OwnRunFacet(),
    }
    if kind in ("ABORT", "FAIL"):
        run["errorMessage"] = error_message_run.ErrorMessageRunFacet(
            message=told["error"], programmingLanguage="Python", stackTrace="at line 1"
        )
    if told.get("parent"):
        run["parent"] = parent_run.ParentRunFacet(
            run=parent_run.Run(told["parent"]["run_id"]), job=parent_run.Job(*told["parent"]["job"])
        )
    # A run knows its counts when it has ended.
    statistics = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet
    outputs = [
        OutputDataset(
            *names, outputFacets={"outputStatistics": statistics(rowCount=rows)} if kind == "COMPLETE" else {}
        )
        for *names, rows in told["outputs"]
    ]
    return RunEvent(
        eventType=RunState[kind],
        eventTime=time,
        producer=PRODUCER,
        run=Run(told["run_id"], facets=run),
        job=job,
        inputs=inputs,
        outputs=outputs,
    )


def main():
    if sys.argv[1:] == ["--version"]:
        print("openlineage-python", version("openlineage-python"))
        return
    told = json.load(sys.stdin)
    client = OpenLineageClient()
    for kind in told["kinds"]:
        client.emit(event(told, kind))


main()
