# SPDX-License-Identifier: Apache-2.0
"""The room in which what was learned is put to use."""
