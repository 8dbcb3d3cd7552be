"""The catalog's tables.

Shapes, as measurement asked for: each UID's text stands once; what is constant in a series (its
profile, its UI values, often its references) is stored once as a *set* that many occurrences share,
so that an instance costs its own row and little more. Paths are bytes (``os.fsencode``), since not
every file name is UTF-8.

- ``patient`` > ``study`` > ``series`` > ``instance`` > ``occurrence`` is the tree. A study that
  stands under two patients has a row under each, and so on downwards; ``uid_id`` tells that they
  bear one UID. The empty UID has ``uid_id`` 0 in ``study`` and ``series``; an object without SOP
  Instance UID is an ``instance`` of its own with ``uid_id`` 0.
- A DICOMDIR is an ``occurrence`` without ``instance``.
- ``value_set_part`` gives the UI values of a set: one row for each pattern and value. A set may be a few
  rows of its own on top of the rows of another set, its base, so that one value that differs in each file
  does not store the others anew; which is its base, its number says (``set_numbers``). A base has no base.
- ``reference_set_member`` gives the references of a set. It is a view: what many references have in
  common (element, kind, and what stands beside the UID) is a ``reference_form``.
- The SOP Instance UID (0008,0018) is the instance's ``uid_id``, and in no set; the file meta's
  (0002,0003) stands in ``occurrence.meta_uid_id`` only where it differs: NULL = the same, 0 = absent or
  empty. A DICOMDIR has no instance: its (0002,0003) is always in ``meta_uid_id``.
- Set 0 is the empty set of values and of references, uid 0 the empty text. A reference set holds no
  empty UID. ``class_uid_id`` of a profile is its SOPClassUID.
- ``odd_field`` keeps the bytes of those few UI fields that are not plainly encoded (text and at most
  the one legal pad); there alone the encoding rules can fire.
- ``fault`` holds what the reader saw of FILE-01, FILE-02, FILE-03, FILE-04.
- ``content`` holds SHA-256 digests of whole files, only of occurrences that share a UID, once asked for.
  ``object_number`` is set by whoever compared them: occurrences of one UID with one number are the same
  object (identical, re-encoded, coerced); NULL: the digest decides.
- ``judged_finding`` holds what the checks found, ``rule_setting`` and ``ignored_finding`` what the user
  makes of it; ``finding`` is a view of those that are left, with the severity the user gives the rule. So a
  change of settings needs no new check, and what is hidden can still be listed.
- ``badge`` counts the findings of each place in the tree, by severity and by what they are called
  (``finding_kinds``); places without findings have none.
- ``finding_files`` holds the occurrences that a finding concerns, as runs of ids: the first, and how many
  more, fewer than ``findings.LONGEST_RUN``. ``finding_occurrence`` is a view of them, one by one.
- ``loose_number`` keeps the numbers that could be UIDs and stand in a file outside its UI elements, where
  the scan looked for them (``about``: ``loose_numbers``).
- ``kept_files`` holds what a scan read of the files of a source, packed, batch by batch in the order found,
  and when; a later scan takes it for the files that have not changed.
- ``source.unpacked`` is the folder that the files of an archive were unpacked to, else empty.
- Numbers that SQLite cannot hold (a 128-bit inode) are blobs, most significant byte first.
"""

SCHEMA_VERSION = 7

TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL, is_folder INTEGER NOT NULL, unpacked BLOB NOT NULL
);
CREATE TABLE folder (id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL, path BLOB NOT NULL);
CREATE TABLE uid (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE encoding (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE pattern (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE patient (
    id INTEGER PRIMARY KEY, issuer TEXT NOT NULL, patient_id TEXT NOT NULL,
    name TEXT NOT NULL, birth_date TEXT NOT NULL);
CREATE TABLE study (
    id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL, uid_id INTEGER NOT NULL,
    date TEXT NOT NULL, description TEXT NOT NULL, study_id TEXT NOT NULL, accession TEXT NOT NULL);
CREATE TABLE series (
    id INTEGER PRIMARY KEY, study_id INTEGER NOT NULL, uid_id INTEGER NOT NULL,
    modality TEXT NOT NULL, number TEXT NOT NULL, description TEXT NOT NULL, date TEXT NOT NULL);
CREATE TABLE instance (
    id INTEGER PRIMARY KEY, series_id INTEGER NOT NULL, uid_id INTEGER NOT NULL, number TEXT NOT NULL);
CREATE TABLE occurrence (
    id INTEGER PRIMARY KEY, instance_id INTEGER, folder_id INTEGER NOT NULL, name BLOB NOT NULL,
    size INTEGER NOT NULL, modified_ns INTEGER NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL,
    encoding_id INTEGER NOT NULL, flags INTEGER NOT NULL, profile_id INTEGER NOT NULL,
    value_set_id INTEGER NOT NULL, reference_set_id INTEGER NOT NULL, meta_uid_id INTEGER);
CREATE TABLE profile (
    id INTEGER PRIMARY KEY, series_id INTEGER, class_uid_id INTEGER NOT NULL DEFAULT 0);
CREATE TABLE profile_value (
    profile_id INTEGER NOT NULL, attribute INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (profile_id, attribute)) WITHOUT ROWID;
CREATE TABLE value_set_part (
    set_id INTEGER NOT NULL, pattern_id INTEGER NOT NULL, uid_id INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (set_id, pattern_id, uid_id)) WITHOUT ROWID;
CREATE TABLE reference_form (
    id INTEGER PRIMARY KEY, pattern_id INTEGER NOT NULL, kind TEXT NOT NULL, class_uid_id INTEGER NOT NULL,
    series_uid_id INTEGER NOT NULL, study_uid_id INTEGER NOT NULL, purpose TEXT NOT NULL);
CREATE TABLE reference_set_part (
    set_id INTEGER NOT NULL, form_id INTEGER NOT NULL, uid_id INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (set_id, form_id, uid_id)) WITHOUT ROWID;
CREATE VIEW reference_set_member AS
    SELECT set_id, pattern_id, uid_id, kind, class_uid_id, series_uid_id, study_uid_id, purpose, count
    FROM reference_set_part JOIN reference_form ON reference_form.id = form_id;
CREATE TABLE odd_field (
    occurrence_id INTEGER NOT NULL, pattern_id INTEGER NOT NULL, raw BLOB NOT NULL, count INTEGER NOT NULL);
CREATE TABLE fault (
    occurrence_id INTEGER NOT NULL, rule TEXT NOT NULL, path TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE loose_number (
    occurrence_id INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (occurrence_id, value)) WITHOUT ROWID;
CREATE TABLE kept_files (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL, read_ns INTEGER NOT NULL, packed BLOB NOT NULL);
CREATE TABLE content (occurrence_id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, object_number INTEGER);
CREATE TABLE not_loaded (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL, path BLOB NOT NULL, reason TEXT NOT NULL,
    detail TEXT NOT NULL);
CREATE TABLE judged_finding (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL, severity TEXT NOT NULL, level TEXT NOT NULL,
    uid TEXT NOT NULL, attribute TEXT NOT NULL, path TEXT NOT NULL, file_count INTEGER NOT NULL,
    facts TEXT NOT NULL);
CREATE TABLE rule_setting (rule TEXT PRIMARY KEY, severity TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ignored_finding (finding_id INTEGER PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL);
CREATE VIEW finding AS
    SELECT judged_finding.id AS id, judged_finding.rule AS rule,
        COALESCE(rule_setting.severity, judged_finding.severity) AS severity,
        level, uid, attribute, path, file_count, facts
    FROM judged_finding LEFT JOIN rule_setting ON rule_setting.rule = judged_finding.rule
    WHERE COALESCE(rule_setting.severity, '') <> 'off'
    AND judged_finding.id NOT IN (SELECT finding_id FROM ignored_finding);
CREATE TABLE finding_files (
    finding_id INTEGER NOT NULL, first INTEGER NOT NULL, more INTEGER NOT NULL,
    PRIMARY KEY (finding_id, first)) WITHOUT ROWID;
CREATE VIEW finding_occurrence AS
    SELECT finding_id, occurrence.id AS occurrence_id
    FROM finding_files CROSS JOIN occurrence ON occurrence.id BETWEEN first AND first + more;
CREATE TABLE badge (
    level TEXT NOT NULL, node_id INTEGER NOT NULL, severity TEXT NOT NULL, kind TEXT NOT NULL,
    own INTEGER NOT NULL, below INTEGER NOT NULL,
    PRIMARY KEY (level, node_id, severity, kind)) WITHOUT ROWID;
"""

# Needed while loading: by the writer to find what is already there, and by the tree that fills meanwhile and
# what is shown beside it.
EARLY_INDEXES = """
CREATE UNIQUE INDEX uid_by_value ON uid (value);
CREATE INDEX folder_by_path ON folder (source_id, path);
CREATE INDEX patient_by_identity ON patient (patient_id, issuer, name);
CREATE INDEX study_by_patient ON study (patient_id);
CREATE INDEX study_by_uid ON study (uid_id, patient_id);
CREATE INDEX series_by_study ON series (study_id);
CREATE INDEX series_by_uid ON series (uid_id, study_id);
CREATE INDEX instance_by_series ON instance (series_id);
CREATE INDEX instance_by_uid ON instance (uid_id);
CREATE INDEX occurrence_by_instance ON occurrence (instance_id);
CREATE INDEX occurrence_by_value_set ON occurrence (value_set_id);
CREATE INDEX odd_by_occurrence ON odd_field (occurrence_id);
CREATE INDEX fault_by_occurrence ON fault (occurrence_id);
CREATE INDEX finding_by_first_file ON finding_files (first, more);
"""

# Made once the bulk is in.
LATE_INDEXES = """
CREATE INDEX IF NOT EXISTS occurrence_by_reference_set ON occurrence (reference_set_id);
CREATE INDEX IF NOT EXISTS occurrence_by_profile ON occurrence (profile_id);
CREATE INDEX IF NOT EXISTS profile_by_series ON profile (series_id);
CREATE INDEX IF NOT EXISTS value_by_uid ON value_set_part (uid_id);
CREATE INDEX IF NOT EXISTS reference_by_uid ON reference_set_part (uid_id);
"""
