# SPDX-License-Identifier: Apache-2.0
"""What is on screen: one widget a file. Views get what they need by constructor and see neither SQL nor devices."""
