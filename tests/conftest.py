"""What all tests share."""

import hypothesis

# The same cases on every run and every machine, however slow it is; `--hypothesis-profile=search` looks for
# new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, max_examples=100)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("steady")
