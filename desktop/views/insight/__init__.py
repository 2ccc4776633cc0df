# SPDX-License-Identifier: Apache-2.0
"""The room that says how good the model is, and why."""
