"""The verbs of interventions: who may, what refuses, who is told."""
