"""What a team can change about a plan: the decision tree, the weights, the priors, the limits."""

from mendbook.policy.policy_file import default_policy, load_policy, policy_text
from mendbook.policy.records import (
    Alternatives,
    Answers,
    EffortPriors,
    Policy,
    PullRequestRules,
    Question,
    Weights,
)

__all__ = [
    "Alternatives",
    "Answers",
    "EffortPriors",
    "Policy",
    "PullRequestRules",
    "Question",
    "Weights",
    "default_policy",
    "load_policy",
    "policy_text",
]
