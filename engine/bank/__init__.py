"""From YAML to the question that is put to the learner."""
