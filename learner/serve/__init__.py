# SPDX-License-Identifier: Apache-2.0
"""A project over HTTP, for programs and browsers on this machine.

`hub` says what the server asks of an open project, and `project` answers it for a project file with a learner of its
own; the window can answer it with the session it has. `app` puts the routes together, `security` is what every request
passes first, and `server` runs it all in a thread. Nothing here is imported unless somebody asks for a server.
"""
