CREATE TABLE IF NOT EXISTS tasks (
  taskId     TEXT PRIMARY KEY,
  status     TEXT NOT NULL,
  payload    TEXT NOT NULL,
  deliveries INTEGER NOT NULL DEFAULT 0,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  sent_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_tasks_status ON tasks(status, sent_at);
CREATE INDEX IF NOT EXISTS idx_tasks_expires ON tasks(expires_at);
CREATE TABLE IF NOT EXISTS dead_letters (
  taskId     TEXT PRIMARY KEY,
  payload    TEXT NOT NULL,
  deliveries INTEGER NOT NULL,
  last_error TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS changes (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  taskId TEXT NOT NULL,
  status TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_changes_task ON changes(taskId);
