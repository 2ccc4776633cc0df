# SPDX-License-Identifier: Apache-2.0
"""Many laptops that learn from each other without a picture leaving any of them, on Flower (https://flower.ai).

Everything that travels goes through Flower: its SuperLink on the laptop that serves, a SuperNode on each that joins,
its strategies for what becomes of what they send. Ours is what is sent (`records`), how it is put together (`strategy`,
`rounds`), and who may listen and join (`joining`, `gate`): `serving` starts one side and `member` the other.

A SuperNode would run whatever code the serving laptop sends. Ours runs this package's own and nothing else (`runner`).
"""
