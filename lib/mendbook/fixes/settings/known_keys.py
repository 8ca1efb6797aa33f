"""What the blocks of well-known YAML files hold: workflows of GitHub, compose files, Kubernetes.

A key that is new to such a block must be one that it can have, or one of a block around or below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.yaml_place import Mapping

_KEYS = {
    "workflow": "name run-name on env defaults concurrency jobs permissions",
    "job": "name permissions needs if runs-on environment concurrency outputs env defaults steps"
    " timeout-minutes strategy continue-on-error container services uses with secrets",
    "step": "id if name uses run working-directory shell with env continue-on-error"
    " timeout-minutes",
    "service": "annotations attach build blkio_config cpu_count cpu_percent cpu_shares cpu_period"
    " cpu_quota cpu_rt_runtime cpu_rt_period cpus cpuset cap_add cap_drop cgroup cgroup_parent"
    " command configs container_name credential_spec depends_on deploy develop"
    " device_cgroup_rules devices dns dns_opt dns_search domainname driver_opts entrypoint"
    " env_file environment expose extends external_links extra_hosts gpus group_add healthcheck"
    " hostname image init ipc isolation labels label_file links logging mac_address mem_limit"
    " mem_reservation mem_swappiness memswap_limit network_mode networks oom_kill_disable"
    " oom_score_adj pid pids_limit platform ports post_start pre_stop privileged profiles"
    " pull_policy read_only restart runtime scale secrets security_opt shm_size stdin_open"
    " stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits user userns_mode uts"
    " volumes volumes_from working_dir",
    "healthcheck": "test interval timeout retries start_period start_interval disable",
    "container": "name image command args workingDir ports envFrom env resources resizePolicy"
    " restartPolicy volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle"
    " terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin"
    " stdinOnce tty",
    "pod": "activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig"
    " dnsPolicy enableServiceLinks ephemeralContainers hostAliases hostIPC hostNetwork hostPID"
    " hostUsers hostname imagePullSecrets initContainers nodeName nodeSelector os overhead"
    " preemptionPolicy priority priorityClassName readinessGates resourceClaims restartPolicy"
    " runtimeClassName schedulerName schedulingGates securityContext serviceAccount"
    " serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain"
    " terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes",
    "cronjob": "schedule timeZone concurrencyPolicy startingDeadlineSeconds suspend jobTemplate"
    " successfulJobsHistoryLimit failedJobsHistoryLimit",
    "batch": "activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions"
    " manualSelector maxFailedIndexes parallelism podFailurePolicy selector suspend template"
    " ttlSecondsAfterFinished",
    "set": "replicas selector template minReadySeconds revisionHistoryLimit serviceName"
    " podManagementPolicy updateStrategy volumeClaimTemplates ordinals"
    " persistentVolumeClaimRetentionPolicy",
    "deployment": "replicas selector template strategy minReadySeconds revisionHistoryLimit paused"
    " progressDeadlineSeconds",
}
_LEVELS = {level: frozenset(keys.split()) for level, keys in _KEYS.items()}
_SHOWN = {
    "pod": "pod's spec",
    "deployment": "Deployment's spec",
    "cronjob": "CronJob's spec",
    "batch": "Job's spec",
    "set": "set's spec",
}
_INNER = {
    "strategy": {"deployment": "type rollingUpdate"},
    "resources": {"container": "limits requests claims"},
    "livenessProbe": {"container": "exec httpGet tcpSocket grpc initialDelaySeconds periodSeconds"
                      " timeoutSeconds successThreshold failureThreshold"
                      " terminationGracePeriodSeconds"},
    "concurrency": {"workflow": "group cancel-in-progress", "job": "group cancel-in-progress"},
    "logging": {"service": "driver options"},
    "on": {"workflow": "branch_protection_rule check_run check_suite create delete deployment"
           " deployment_status discussion discussion_comment fork gollum issue_comment issues label"
           " merge_group milestone page_build public pull_request pull_request_review"
           " pull_request_review_comment pull_request_target push registry_package release"
           " repository_dispatch schedule status watch workflow_call workflow_dispatch"
           " workflow_run"},
}  # fmt: skip
_INNER["readinessProbe"] = _INNER["startupProbe"] = _INNER["livenessProbe"]
"""Blocks by their key and the level they stand at, with all that they can hold."""
INNER_KEYS = frozenset(
    key for held in _INNER.values() for one in held.values() for key in one.split()
)
"""Keys of blocks in well-known files."""


def level_of(path: str, mappings: Sequence[Mapping], home: Mapping) -> str:
    """Return what block of a well-known file ``home`` is; empty for any other."""
    way = home.way
    if ".github/workflows/" in path:
        if not way:
            return "workflow"
        if way[0] == "jobs" and len(way) == 2:
            return "job"
        return "step" if way[2:3] == ("steps",) and len(way) == 4 else ""
    root = next((one for one in mappings if not one.way and one.called == home.called), None)
    if root is not None and root.value("apiVersion") is not None:
        return _level_of_manifest(home)
    if way[:1] == ("services",) and (len(way) == 2 or way[2:] == ("healthcheck",)):
        return "service" if len(way) == 2 else "healthcheck"
    return ""


def _level_of_manifest(home: Mapping) -> str:
    if home.way[-2:-1] in {("containers",), ("initContainers",)}:
        return "container"
    if home.way[-1:] == ("spec",) and home.value("containers") is not None:
        return "pod"
    if home.way[-2:] == ("jobTemplate", "spec"):
        return "batch"
    kinds = {"Deployment": "deployment", "CronJob": "cronjob", "Job": "batch"}
    kinds |= {"StatefulSet": "set", "DaemonSet": "set"}
    kind = home.called[0] if home.called else ""
    return kinds.get(kind, "") if home.way == ("spec",) else ""


def misplaced(path: str, before: Sequence[Mapping], after: Sequence[Mapping]) -> str:
    """Return a key that is new to a block which cannot hold it; empty where there is none."""
    held = {(one.called, one.way, str(key.value)) for one in before for key, _ in one.node.value}
    for one in after:
        outer = next(
            (each for each in after if each.called == one.called and each.way == one.way[:-1]), None
        )
        if outer is None or not one.way:
            continue
        allowed = _INNER.get(one.way[-1], {}).get(level_of(path, after, outer))
        for key, _ in one.node.value if allowed is not None else ():
            name = str(key.value)
            if name not in (allowed or "").split() and (one.called, one.way, name) not in held:
                return f"{one.way[-1]} has no {name}"
    return ""


def at_home(
    path: str, mappings: Sequence[Mapping], home: Mapping, key: str
) -> tuple[Mapping, tuple[str, ...]]:
    """Return the block that the new ``key`` goes into, and the blocks to be made for it there.

    Raises ``Unreadable`` where neither ``home`` nor a block around or below it can have the key.
    """
    level = level_of(path, mappings, home)
    if not level or key in _LEVELS[level] or key.startswith("x-"):
        return home, ()
    if level == "job" and key in {"fail-fast", "max-parallel"}:
        return _below(mappings, home, "strategy")
    if level == "step" and home.value("uses") is not None and re.fullmatch(r"[\w.-]+", key):
        return _below(mappings, home, "with")
    if level == "container" and key in _LEVELS["pod"]:
        return _only(mappings, home.way[:-2], home, key), ()
    if level in {"container", "pod"} and key in _LEVELS["deployment"]:
        return _only(mappings, ("spec",), home, key), ()
    if level in {"pod", "deployment"} and key in _LEVELS["container"]:
        inner = [
            one
            for one in mappings
            if one.called == home.called
            and one.way[: len(home.way)] == home.way
            and one.way[-2:-1] == ("containers",)
        ]
        if len(inner) == 1:
            return inner[0], ()
    if level == "deployment" and key in _LEVELS["pod"]:
        return _only(mappings, ("spec", "template", "spec"), home, key), ()
    raise Unreadable(f"a {_SHOWN.get(level, level)} has no {key}")


def is_known(path: str, mappings: Sequence[Mapping], home: Mapping, key: str) -> bool:
    """Tell whether ``home`` is a block of a well-known file that may have ``key``."""
    level = level_of(path, mappings, home)
    return bool(level) and key in _LEVELS[level]


def is_known_anywhere(path: str, mappings: Sequence[Mapping], key: str) -> bool:
    """Tell whether some block of a well-known file, as ``path`` is one, may have ``key``."""
    levels = {level_of(path, mappings, each) for each in mappings} - {""}
    return any(key in _LEVELS[level] for level in levels)


def _below(
    mappings: Sequence[Mapping], home: Mapping, block: str
) -> tuple[Mapping, tuple[str, ...]]:
    held = home.value(block)
    inner = next((one for one in mappings if one.node is held), None)
    return (inner, ()) if inner is not None else (home, (block,))


def _only(mappings: Sequence[Mapping], way: tuple[str, ...], home: Mapping, key: str) -> Mapping:
    hits = [one for one in mappings if one.way == way and one.called == home.called]
    if len(hits) != 1:
        raise Unreadable(f"where {key} belongs is not said")
    return hits[0]
