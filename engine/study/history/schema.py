"""The history's table: its columns, its versions, and how a row is put into it."""

from collections.abc import Mapping, Sequence

Value = str | int | float | None
Row = Mapping[str, Value]
Migration = Sequence[str]  # the statements that lead from one version to the next

COLUMNS = (
    *("uuid", "kind", "at", "target", "session", "question", "seed", "text"),
    *("outcome", "score", "mistake", "seconds", "hints", "sure", "guessed"),
)
VERSION_1 = (
    """CREATE TABLE event (
        seq INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('answer', 'undo', 'confirm')),
        at INTEGER NOT NULL CHECK (at BETWEEN -62135510400000000 AND 253402214400000000),  -- microseconds since 1970
        target TEXT,            -- the answer that an undo or a confirm speaks of
        session TEXT, question TEXT, seed INTEGER, text TEXT,
        outcome TEXT CHECK (outcome IN ('correct', 'partial', 'wrong')),
        score REAL, mistake TEXT, seconds REAL, hints INTEGER, sure INTEGER,
        CHECK (kind = 'answer' OR target IS NOT NULL), CHECK (kind = 'undo' OR outcome + score IS NOT NULL),
        CHECK (kind <> 'answer' OR (session IS NOT NULL AND question IS NOT NULL AND seed IS NOT NULL
            AND text IS NOT NULL AND seconds IS NOT NULL AND hints IS NOT NULL))
    ) STRICT""",
    "CREATE INDEX event_order ON event (at, uuid)",
    "CREATE INDEX event_target ON event (target) WHERE target IS NOT NULL",
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'rows are only added'); END",
    "CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'rows are only added'); END",
)
VERSION_2 = (
    "ALTER TABLE event ADD COLUMN guessed INTEGER",
    # One question's answers in order, without a walk through all of them.
    "CREATE INDEX event_question ON event (question, at, uuid) WHERE kind = 'answer'",
)
MIGRATIONS: tuple[Migration, ...] = (VERSION_1, VERSION_2)
HIGHEST_VERSION = 999  # beyond it is rubbish, not progress

PLACES = ", ".join(f":{name}" for name in COLUMNS)
INSERT = f"INSERT INTO event ({', '.join(COLUMNS)}) VALUES ({PLACES}) ON CONFLICT (uuid) DO NOTHING"  # noqa: S608
