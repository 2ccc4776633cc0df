# SPDX-License-Identifier: Apache-2.0
"""The room in which samples are looked through and put right."""
