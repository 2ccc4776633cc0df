# SPDX-License-Identifier: Apache-2.0
"""The room in which things are shown and named."""
