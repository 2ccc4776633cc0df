# SPDX-License-Identifier: Apache-2.0
"""The tables of a project file, as migrations: one named function a step, each in one transaction.

A step that has been released is never edited; what comes after it is another step.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x53_68_54_6C
"""`ShTl`, in the file's header; see https://www.sqlite.org/fileformat2.html#application_id."""

migrations = Migrations("showtell")


@migrations()
def m001_initial(db: Database) -> None:
    """Everything the first release keeps."""
    for statement in _INITIAL.split(";"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m002_unlearning(db: Database) -> None:
    """Samples without a label, and what it takes to unlearn them; pinned versions, and further arrays of a version.

    Foreign keys have to be off, or the tables that are made anew would take along what refers to them.
    Source: the twelve steps of https://www.sqlite.org/lang_altertable.html#otheralter.
    """
    for statement in _UNLEARNING.split(";"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m003_backbones(db: Database) -> None:
    """Backbones that were made in the project, what they were trained on, and what is under way to another one."""
    for statement in _BACKBONES.split(";"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m004_changes(db: Database) -> None:
    """What spares reading everything: which recordings have changed, in order, and what a learner holds in mind."""
    for statement in _CHANGES.split(";"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m005_fleet(db: Database) -> None:
    """What has come from other laptops."""
    for statement in _FLEET.split(";"):
        if statement.strip():
            db.execute(statement)


USER_VERSION = 5
"""How many migrations there are; kept in the file's header, so that a newer file is known before it is opened."""

# `samples_live` ends in the column it filters on because SQLite 3.40 otherwise reads every row, pictures and all, to
# look at it again. `embeddings` keeps its row ids: without them a vector of 1 KB is too long for the key's tree and
# takes a page of its own, three times the space and five times the time to read. BLOBs come last in their tables,
# because SQLite reads all that lies before a column to get at it.
_INITIAL = """
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE classes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    colour TEXT NOT NULL,
    shortcut TEXT,
    position INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    archived_at TEXT
);
CREATE UNIQUE INDEX classes_by_name ON classes (name_key) WHERE archived_at IS NULL;

CREATE TABLE bursts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    started_at TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('train', 'holdout'))
);

CREATE TABLE samples (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    class_id INTEGER NOT NULL REFERENCES classes (id),
    burst_id INTEGER NOT NULL REFERENCES bursts (id),
    sha256 TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    deleted_at TEXT,
    learned_in INTEGER REFERENCES increments (id),
    image BLOB NOT NULL
);
CREATE INDEX samples_live ON samples (class_id, burst_id, sha256, learned_in, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX samples_by_picture ON samples (sha256) WHERE deleted_at IS NULL;
CREATE INDEX samples_by_increment ON samples (learned_in);
CREATE INDEX samples_by_burst ON samples (burst_id);

CREATE TABLE backbones (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    input_size INTEGER NOT NULL,
    embedding_size INTEGER NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    non_negative INTEGER NOT NULL
);

CREATE TABLE embeddings (
    sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
    backbone_id INTEGER NOT NULL REFERENCES backbones (id) ON DELETE CASCADE,
    view TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (backbone_id, view, sample_id)
);

CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id INTEGER REFERENCES versions (id) ON DELETE SET NULL,
    backbone_id INTEGER NOT NULL REFERENCES backbones (id),
    class_ids TEXT NOT NULL,
    mirrored INTEGER NOT NULL,
    head_sha256 TEXT NOT NULL,
    samples_digest TEXT NOT NULL,
    metrics TEXT NOT NULL,
    created_at TEXT NOT NULL,
    kernel BLOB NOT NULL,
    bias BLOB NOT NULL
);

CREATE TABLE increments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reason TEXT NOT NULL,
    started_at TEXT NOT NULL,
    seconds REAL NOT NULL,
    new_samples INTEGER NOT NULL,
    total_samples INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    why TEXT NOT NULL,
    before_right INTEGER NOT NULL,
    before_bursts INTEGER NOT NULL,
    version_id INTEGER REFERENCES versions (id) ON DELETE SET NULL
);

CREATE TABLE steps (
    increment_id INTEGER NOT NULL REFERENCES increments (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    total INTEGER NOT NULL,
    loss REAL,
    accuracy REAL,
    learning_rate REAL NOT NULL,
    milliseconds REAL NOT NULL,
    PRIMARY KEY (increment_id, number)
) WITHOUT ROWID
"""

# `samples` and `versions` are made anew and not added to, so that their BLOBs stay last; their rows of
# `sqlite_sequence` move along, so that no id comes back. `learned_as` may outlive its class. A version may know a
# sample if its increment is one from `known_since` until before `forgotten_in`, which is NULL while the newest knows
# it. Without `embeddings_by_sample` each sample that goes would have SQLite look through all embeddings for its own.
_UNLEARNING = """
CREATE TABLE samples_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    class_id INTEGER REFERENCES classes (id),
    burst_id INTEGER NOT NULL REFERENCES bursts (id),
    sha256 TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    deleted_at TEXT,
    learned_in INTEGER REFERENCES increments (id),
    learned_as INTEGER,
    known_since INTEGER REFERENCES increments (id),
    forgotten_in INTEGER REFERENCES increments (id),
    held_out INTEGER NOT NULL DEFAULT 0,
    image BLOB NOT NULL
);
INSERT INTO samples_new (
    id, class_id, burst_id, sha256, captured_at, deleted_at, learned_in, learned_as, known_since, image
)
SELECT
    id, class_id, burst_id, sha256, captured_at, deleted_at, learned_in,
    CASE WHEN learned_in IS NOT NULL THEN class_id END, learned_in, image
FROM samples ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'samples_new';
UPDATE sqlite_sequence SET name = 'samples_new' WHERE name = 'samples';
DROP TABLE samples;
ALTER TABLE samples_new RENAME TO samples;
CREATE INDEX samples_live ON samples
    (class_id, burst_id, sha256, learned_in, learned_as, held_out, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX samples_by_picture ON samples (sha256) WHERE deleted_at IS NULL;
CREATE INDEX samples_by_increment ON samples (learned_in);
CREATE INDEX samples_by_burst ON samples (burst_id);
CREATE INDEX samples_deleted ON samples (learned_in, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX samples_forgotten ON samples (known_since, forgotten_in) WHERE forgotten_in IS NOT NULL;
CREATE INDEX embeddings_by_sample ON embeddings (sample_id);

CREATE TABLE versions_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id INTEGER REFERENCES versions (id) ON DELETE SET NULL,
    backbone_id INTEGER NOT NULL REFERENCES backbones (id),
    class_ids TEXT NOT NULL,
    mirrored INTEGER NOT NULL,
    head_sha256 TEXT NOT NULL,
    samples_digest TEXT NOT NULL,
    metrics TEXT NOT NULL,
    created_at TEXT NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT 'wake',
    kernel BLOB NOT NULL,
    bias BLOB NOT NULL
);
INSERT INTO versions_new (
    id, parent_id, backbone_id, class_ids, mirrored, head_sha256, samples_digest, metrics, created_at, kernel, bias
)
SELECT
    id, parent_id, backbone_id, class_ids, mirrored, head_sha256, samples_digest, metrics, created_at, kernel, bias
FROM versions ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'versions_new';
UPDATE sqlite_sequence SET name = 'versions_new' WHERE name = 'versions';
DROP TABLE versions;
ALTER TABLE versions_new RENAME TO versions;

CREATE TABLE version_arrays (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    dtype TEXT NOT NULL,
    shape TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (version_id, name)
);

ALTER TABLE increments ADD COLUMN kind TEXT NOT NULL DEFAULT 'wake';
ALTER TABLE increments ADD COLUMN backbone_id INTEGER REFERENCES backbones (id);
ALTER TABLE increments ADD COLUMN samples_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE increments ADD COLUMN evaluation TEXT NOT NULL DEFAULT '{}';
UPDATE increments SET (backbone_id, samples_digest) =
    (SELECT backbone_id, samples_digest FROM versions WHERE versions.id = version_id)
    WHERE version_id IS NOT NULL
"""

# `parent_id` is the backbone that another one was consolidated from; one from elsewhere has none. `backbone_samples`
# refers to samples that may be gone: that a backbone has seen them stays true. `consolidation` has one row at most.
_BACKBONES = """
ALTER TABLE backbones ADD COLUMN parent_id INTEGER REFERENCES backbones (id) ON DELETE SET NULL;
ALTER TABLE backbones ADD COLUMN made_at TEXT;

CREATE TABLE backbone_files (
    backbone_id INTEGER NOT NULL REFERENCES backbones (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (backbone_id, name)
);

CREATE TABLE backbone_samples (
    backbone_id INTEGER NOT NULL REFERENCES backbones (id) ON DELETE CASCADE,
    sample_id INTEGER NOT NULL,
    PRIMARY KEY (backbone_id, sample_id)
) WITHOUT ROWID;

CREATE TABLE consolidation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    backbone_id INTEGER NOT NULL REFERENCES backbones (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    started_at TEXT NOT NULL,
    step INTEGER NOT NULL,
    seconds REAL NOT NULL,
    plan TEXT NOT NULL,
    seen TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state BLOB NOT NULL
)
"""

# A row for each recording in which something changed, or each class that went or came back. Samples that come in have
# ids above all others, so nothing is noted of them. Only the newest rows are kept.
_CHANGES = """
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    burst_id INTEGER,
    class_id INTEGER
);

CREATE TABLE sums (
    backbone_id INTEGER NOT NULL REFERENCES backbones (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    dtype TEXT NOT NULL,
    rows INTEGER NOT NULL,
    columns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (backbone_id, name)
)
"""

# One row at most of each state: what waits to be learned with, and what is learned with. The names are those that the
# laptops agreed on, the ids those of the project's classes, in the same order.
_FLEET = """
CREATE TABLE fleet (
    backbone_id INTEGER NOT NULL REFERENCES backbones (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    received_at TEXT NOT NULL,
    laptops INTEGER NOT NULL,
    names TEXT NOT NULL,
    class_ids TEXT NOT NULL,
    PRIMARY KEY (backbone_id, state)
) WITHOUT ROWID;

CREATE TABLE fleet_arrays (
    backbone_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    dtype TEXT NOT NULL,
    rows INTEGER NOT NULL,
    columns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (backbone_id, state, name),
    FOREIGN KEY (backbone_id, state) REFERENCES fleet (backbone_id, state) ON DELETE CASCADE ON UPDATE CASCADE
)
"""
