# SPDX-License-Identifier: Apache-2.0
"""Formats that go in and out of a project, one a module."""
