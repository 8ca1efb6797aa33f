"""Show what comes first, every working day: an Airflow DAG that executes one of the notebooks.

Mendbook lives in an environment of its own; its kernel is made known to Airflow's user once by
``/srv/mendbook/.venv/bin/python -m ipykernel install --user --name mendbook``.
"""

from __future__ import annotations

import pendulum
from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.sdk import DAG

with DAG(
    dag_id="mendbook",
    schedule="0 6 * * 1-5",
    start_date=pendulum.datetime(2026, 1, 5, tz="UTC"),
    catchup=False,
    max_active_runs=1,
) as dag:
    PapermillOperator(
        task_id="priorities",
        input_nb="/srv/mendbook/notebooks/02-priorities.ipynb",
        output_nb="/srv/reports/priorities-{{ ds }}.ipynb",
        kernel_name="mendbook",
        language_name="python",
        parameters={"audit": "/srv/audits/server.json", "repo": "/srv/server"},
    )
