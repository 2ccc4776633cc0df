# SPDX-License-Identifier: Apache-2.0
"""Every figure we quote, one command each: `uv run --extra bench python -m benchmarks.NAME`."""
