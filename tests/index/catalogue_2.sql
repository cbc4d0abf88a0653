-- The catalogue as version 2 made it, word for word, with two documents that were analysed by rules of version 3.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    number INTEGER PRIMARY KEY, raw BLOB NOT NULL UNIQUE, path TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    hash TEXT NOT NULL, reader INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX file_by_hash ON file (hash);
CREATE TABLE document (
    number INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE, member TEXT NOT NULL,
    path TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, date TEXT, first_day TEXT, last_day TEXT,
    source TEXT NOT NULL, language TEXT, ext TEXT NOT NULL DEFAULT '',
    born INTEGER NOT NULL DEFAULT 0, guessed TEXT NOT NULL, problems TEXT NOT NULL, body_end INTEGER NOT NULL,
    characters INTEGER NOT NULL, text BLOB NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0, analysed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (file, member));
CREATE INDEX document_unindexed ON document (number) WHERE indexed = 0;
CREATE INDEX document_by_analysis ON document (analysed);
CREATE TABLE analysis (document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, body BLOB NOT NULL);
CREATE TABLE entity (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE, type TEXT NOT NULL, name TEXT NOT NULL,
    form TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (document, type, name, form)) WITHOUT ROWID;
CREATE INDEX entity_by_name ON entity (type, name);
CREATE TABLE name (
    type TEXT NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (type, name, form)) WITHOUT ROWID;
CREATE TABLE quote (
    number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    place INTEGER NOT NULL, kind TEXT NOT NULL, speaker TEXT, mention TEXT, cue TEXT, denied INTEGER NOT NULL,
    inferred INTEGER NOT NULL DEFAULT 0);
CREATE INDEX quote_by_document ON quote (document);
CREATE TABLE form (stem TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (stem, word)) WITHOUT ROWID;
CREATE TABLE skipped (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX document_by_day ON document (last_day DESC, path, first_day);
CREATE INDEX document_by_source ON document (source, path);
CREATE INDEX document_by_title ON document (title COLLATE NOCASE, path);
CREATE INDEX document_by_path ON document (path);
CREATE INDEX document_by_ext ON document (ext);
CREATE INDEX document_by_language ON document (language);
CREATE INDEX document_by_birth ON document (born);
CREATE INDEX quote_by_speaker ON quote (speaker, document);
CREATE INDEX quote_by_cue ON quote (cue, document);
CREATE INDEX quote_by_kind ON quote (kind, document);
CREATE INDEX quote_denied ON quote (document) WHERE denied = 1;
CREATE INDEX quote_inferred ON quote (document) WHERE inferred = 1;
CREATE TABLE party (number INTEGER PRIMARY KEY, shown TEXT NOT NULL UNIQUE, words TEXT NOT NULL);
CREATE TABLE correspondence (
    role TEXT NOT NULL, party INTEGER NOT NULL REFERENCES party,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE, PRIMARY KEY (role, party, document)) WITHOUT ROWID;
CREATE INDEX correspondence_by_document ON correspondence (document);
CREATE TABLE copy (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, family INTEGER NOT NULL, wording INTEGER NOT NULL);
CREATE INDEX copy_by_family ON copy (family);
CREATE TABLE sketch (
    band INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (band, document)) WITHOUT ROWID;
CREATE INDEX sketch_by_document ON sketch (document);
INSERT INTO meta VALUES ('generation', '5'), ('id', '00112233445566778899aabbccddeeff');
INSERT INTO file VALUES (1, CAST('a.txt' AS BLOB), 'a.txt', 1, 2, 3, 4, 'h1', 1, 'ok', '');
INSERT INTO file VALUES (2, CAST('b.txt' AS BLOB), 'b.txt', 1, 2, 3, 4, 'h2', 1, 'ok', '');
INSERT INTO document VALUES
    (7, 1, '', 'a.txt', 'One', 'Ann', '2024', '2024-01-01', '2024-12-31', 'S', 'en', 'txt', 2, '[]', '[]', 3, 3, X'006F6E65', 1, 3),
    (8, 2, '', 'b.txt', 'Two', '', NULL, NULL, NULL, '', NULL, 'txt', 3, '[]', '[]', 3, 3, X'0074776F', 1, 0);
INSERT INTO quote VALUES (3, 7, 0, 'direct', 'Ann', 'Ann', 'said', 1, 0);
PRAGMA user_version = 2;
