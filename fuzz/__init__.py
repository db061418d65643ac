"""Fuzzing: hostile inputs, found by following which code each one reaches. `uv run --group fuzz python -m fuzz`."""
