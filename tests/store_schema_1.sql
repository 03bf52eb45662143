-- A store as schema 1 made it; never changed. Every later version must open it.
CREATE TABLE schema (
  number INTEGER NOT NULL,
  PRIMARY KEY (number)
);
CREATE TABLE lock (
  name TEXT NOT NULL,
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  purpose TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (name)
);
CREATE TABLE documents (
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  source TEXT,
  url TEXT,
  title TEXT,
  language TEXT,
  published TEXT,
  retrieved TEXT,
  licence TEXT,
  state TEXT NOT NULL,
  meta TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (number),
  UNIQUE (id)
);
CREATE TABLE readings (
  document TEXT NOT NULL,
  state TEXT NOT NULL,
  reader TEXT,
  text_hash TEXT,
  source TEXT,
  day TEXT,
  PRIMARY KEY (document)
);
CREATE TABLE families (
  document TEXT NOT NULL,
  family TEXT NOT NULL,
  PRIMARY KEY (document)
);
CREATE TABLE conversations (
  id TEXT NOT NULL,
  first_day TEXT,
  last_day TEXT,
  reported TEXT,
  privacy TEXT,
  status TEXT,
  independent INTEGER NOT NULL,
  disputed BOOLEAN NOT NULL,
  score FLOAT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE judgements (
  id TEXT NOT NULL,
  target TEXT NOT NULL,
  other TEXT,
  at TEXT,
  supersedes TEXT,
  record TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE problems (
  document TEXT NOT NULL,
  room TEXT NOT NULL,
  error TEXT NOT NULL,
  message TEXT NOT NULL,
  at TEXT NOT NULL,
  mended BOOLEAN NOT NULL,
  PRIMARY KEY (document, room)
);
CREATE TABLE coverage (
  source TEXT NOT NULL,
  day TEXT NOT NULL,
  fetched INTEGER NOT NULL,
  read INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  PRIMARY KEY (source, day)
);
CREATE TABLE settings (
  "key" TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY ("key")
);
CREATE TABLE feeds (
  url TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  PRIMARY KEY (url)
);
CREATE TABLE user_rows (
  kind TEXT NOT NULL,
  hash TEXT NOT NULL,
  "row" TEXT NOT NULL,
  PRIMARY KEY (kind, hash)
);
CREATE TABLE signatures (
  document TEXT NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (document),
  FOREIGN KEY(document) REFERENCES documents (id)
);
CREATE TABLE claims (
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  edition INTEGER NOT NULL,
  superseded BOOLEAN DEFAULT 0 NOT NULL,
  document TEXT NOT NULL,
  kind TEXT NOT NULL,
  "by" TEXT NOT NULL,
  parties TEXT NOT NULL,
  persons TEXT NOT NULL,
  issues TEXT NOT NULL,
  first_day TEXT,
  last_day TEXT,
  precision TEXT,
  form TEXT,
  privacy TEXT,
  channel TEXT,
  status TEXT,
  source_class TEXT NOT NULL,
  speaker TEXT,
  chain TEXT NOT NULL,
  place TEXT,
  country TEXT,
  position INTEGER,
  score FLOAT NOT NULL,
  sentence TEXT,
  record TEXT NOT NULL,
  PRIMARY KEY (number),
  UNIQUE (id, edition),
  FOREIGN KEY(document) REFERENCES documents (id)
);
CREATE TABLE conversation_claims (
  conversation TEXT NOT NULL,
  claim TEXT NOT NULL,
  PRIMARY KEY (conversation, claim),
  FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE conversation_parties (
  conversation TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (conversation, actor),
  FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE conversation_persons (
  conversation TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (conversation, person),
  FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE TABLE conversation_issues (
  conversation TEXT NOT NULL,
  issue TEXT NOT NULL,
  PRIMARY KEY (conversation, issue),
  FOREIGN KEY(conversation) REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE VIRTUAL TABLE documents_text USING fts5(title, text, content='documents', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claims_text USING fts5(sentence, content='claims', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2');
CREATE INDEX documents_by_day ON documents (published, id);
CREATE INDEX documents_by_source ON documents (source, published);
CREATE INDEX ix_families_family ON families (family);
CREATE INDEX ix_conversations_status ON conversations (status);
CREATE INDEX ix_conversations_reported ON conversations (reported);
CREATE INDEX ix_conversations_privacy ON conversations (privacy);
CREATE INDEX ix_conversations_first_day ON conversations (first_day);
CREATE INDEX ix_conversations_last_day ON conversations (last_day);
CREATE INDEX ix_conversations_independent ON conversations (independent);
CREATE INDEX ix_conversations_disputed ON conversations (disputed);
CREATE INDEX ix_judgements_other ON judgements (other);
CREATE INDEX ix_judgements_target ON judgements (target);
CREATE INDEX ix_judgements_supersedes ON judgements (supersedes);
CREATE INDEX claims_by_day ON claims (last_day, first_day);
CREATE INDEX claims_by_kind ON claims (kind, id);
CREATE INDEX claims_by_block ON claims (parties, first_day);
CREATE INDEX claims_by_document ON claims (document, superseded, id);
CREATE INDEX conversation_claims_by_claim ON conversation_claims (claim);
CREATE INDEX conversation_parties_by_actor ON conversation_parties (actor);
CREATE INDEX conversation_persons_by_person ON conversation_persons (person);
CREATE INDEX conversation_issues_by_issue ON conversation_issues (issue);
CREATE TRIGGER documents_text_add AFTER INSERT ON documents BEGIN INSERT INTO documents_text(rowid, title, text) VALUES (new.number, new.title, new.text); END;
CREATE TRIGGER documents_text_change AFTER UPDATE OF title, text ON documents WHEN old.title IS NOT new.title OR old.text IS NOT new.text BEGIN INSERT INTO documents_text(documents_text, rowid, title, text) VALUES ('delete', old.number, old.title, old.text); INSERT INTO documents_text(rowid, title, text) VALUES (new.number, new.title, new.text); END;
CREATE TRIGGER claims_text_add AFTER INSERT ON claims BEGIN INSERT INTO claims_text(rowid, sentence) VALUES (new.number, new.sentence); END;
INSERT INTO "schema" VALUES (1);
INSERT INTO "documents" VALUES (1, 'd_001', 'wire', NULL, 'Talks 1', NULL, '2023-05-12', NULL, NULL, 'current', '{}', 'Sullivan met Wang in Vienna. The envoys spoke quietly about Taiwan. Nobody told the press.');
INSERT INTO "documents" VALUES (2, 'd_002', 'wire', NULL, 'Talks 2', NULL, '2023-05-12', NULL, NULL, 'current', '{}', 'Sullivan met Wang in Vienna. The envoys spoke quietly about Taiwan. Nobody told the press.');
INSERT INTO "readings" VALUES ('d_001', 'done', 'reader 0.1.1', '8e4c398bcf241392388483defd0dfeb8', 'wire', '2023-05-12');
INSERT INTO "readings" VALUES ('d_002', 'done', 'reader 0.1.0', 'c3ca9fc8347073d5ff8d57f303040c79', 'wire', '2023-05-12');
INSERT INTO "families" VALUES ('d_001', 'f_1');
INSERT INTO "conversations" VALUES ('v_001', '2023-05-10', '2023-05-11', '2023-05-12', 'closed', 'occurred', 1, 0, 0.9, '{"id":"v_001","parties":[{"actor":"USA","name":null,"persons":["Jake Sullivan"],"role":"participant","origins":1},{"actor":"CHN","name":null,"persons":[],"role":"participant","origins":1}],"form":"meeting","issues":["taiwan"],"when":{"start":"2023-05-10","end":"2023-05-11","precision":"day"},"where":null,"privacy":"closed","privacy_history":[],"channel":"front","status":"occurred","status_history":[{"status":"occurred","on":"2023-05-12","claim":"c_001_0"}],"claims":["c_001_0"],"documents":1,"origins":[{"origin":"wire","kind":"institution","claims":["c_001_0"]}],"independent":1,"disputed":false,"denials":[],"first_reported":"2023-05-12","revealed_by":"own_announcement","lag_days":2,"score":0.9,"reasons":[],"alternatives":{}}');
INSERT INTO "coverage" VALUES ('wire', '2023-05-12', 2, 2, 0);
INSERT INTO "signatures" VALUES ('d_001', X'0100000000000000');
INSERT INTO "signatures" VALUES ('d_002', X'0200000000000000FFFFFFFFFFFFFFFF');
INSERT INTO "claims" VALUES (1, 'c_001_0', 1, 1, 'd_001', 'contact', 'reader', 'CHNUSA', '', '', '2023-05-10', '2023-05-11', 'day', 'meeting', NULL, NULL, 'occurred', 'institution', NULL, '', NULL, NULL, 0, 1.0, 'Sullivan met Wang in Vienna', '{"id":"c_001_0","document":"d_001","kind":"contact","by":"reader","version":"0.1.0","sentence":{"start":0,"end":27,"text":"Sullivan met Wang in Vienna"},"trigger":{"start":9,"end":12,"text":"met"},"form":"meeting","event":null,"mode":null,"parties":[{"actor":"USA","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null},{"actor":"CHN","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null}],"issues":[],"privacy":null,"channel":null,"status":"occurred","voice":{"source_class":"institution","speaker":null,"terms":null,"reason":null,"chain":[],"hedges":[]},"when":{"start":"2023-05-10","end":"2023-05-11","precision":"day"},"where":null,"score":1.0,"defaulted":[],"evidence":{},"extensions":{},"row":null}');
INSERT INTO "claims" VALUES (2, 'c_001_1', 1, 0, 'd_001', 'contact', 'reader', 'CHNUSA', '', '', NULL, NULL, NULL, 'meeting', NULL, NULL, 'occurred', 'institution', NULL, '', NULL, NULL, 29, 1.0, 'The envoys spoke quietly about Taiwan', '{"id":"c_001_1","document":"d_001","kind":"contact","by":"reader","version":"0.1.0","sentence":{"start":29,"end":66,"text":"The envoys spoke quietly about Taiwan"},"trigger":{"start":40,"end":45,"text":"spoke"},"form":"meeting","event":null,"mode":null,"parties":[{"actor":"USA","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null},{"actor":"CHN","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null}],"issues":[],"privacy":null,"channel":null,"status":"occurred","voice":{"source_class":"institution","speaker":null,"terms":null,"reason":null,"chain":[],"hedges":[]},"when":null,"where":null,"score":1.0,"defaulted":[],"evidence":{},"extensions":{},"row":null}');
INSERT INTO "claims" VALUES (3, 'c_002_0', 1, 0, 'd_002', 'contact', 'reader', 'CHNUSA', '', '', '2023-05-10', '2023-05-11', 'day', 'meeting', NULL, NULL, 'occurred', 'institution', NULL, '', NULL, NULL, 0, 1.0, 'Sullivan met Wang in Vienna', '{"id":"c_002_0","document":"d_002","kind":"contact","by":"reader","version":"0.1.0","sentence":{"start":0,"end":27,"text":"Sullivan met Wang in Vienna"},"trigger":{"start":9,"end":12,"text":"met"},"form":"meeting","event":null,"mode":null,"parties":[{"actor":"USA","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null},{"actor":"CHN","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null}],"issues":[],"privacy":null,"channel":null,"status":"occurred","voice":{"source_class":"institution","speaker":null,"terms":null,"reason":null,"chain":[],"hedges":[]},"when":{"start":"2023-05-10","end":"2023-05-11","precision":"day"},"where":null,"score":1.0,"defaulted":[],"evidence":{},"extensions":{},"row":null}');
INSERT INTO "claims" VALUES (4, 'c_002_1', 1, 0, 'd_002', 'contact', 'reader', 'CHNUSA', '', '', NULL, NULL, NULL, 'meeting', NULL, NULL, 'occurred', 'institution', NULL, '', NULL, NULL, 29, 1.0, 'The envoys spoke quietly about Taiwan', '{"id":"c_002_1","document":"d_002","kind":"contact","by":"reader","version":"0.1.0","sentence":{"start":29,"end":66,"text":"The envoys spoke quietly about Taiwan"},"trigger":{"start":40,"end":45,"text":"spoke"},"form":"meeting","event":null,"mode":null,"parties":[{"actor":"USA","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null},{"actor":"CHN","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null}],"issues":[],"privacy":null,"channel":null,"status":"occurred","voice":{"source_class":"institution","speaker":null,"terms":null,"reason":null,"chain":[],"hedges":[]},"when":null,"where":null,"score":1.0,"defaulted":[],"evidence":{},"extensions":{},"row":null}');
INSERT INTO "claims" VALUES (5, 'c_001_0', 2, 0, 'd_001', 'contact', 'reader', 'CHNUSA', '', '', '2023-05-10', '2023-05-11', 'day', 'meeting', NULL, NULL, 'denied', 'institution', NULL, '', NULL, NULL, 0, 1.0, 'Sullivan met Wang in Vienna', '{"id":"c_001_0","document":"d_001","kind":"contact","by":"reader","version":"0.1.0","sentence":{"start":0,"end":27,"text":"Sullivan met Wang in Vienna"},"trigger":{"start":9,"end":12,"text":"met"},"form":"meeting","event":null,"mode":null,"parties":[{"actor":"USA","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null},{"actor":"CHN","name":null,"sector":null,"person":null,"role":"participant","start":null,"end":null,"text":null}],"issues":[],"privacy":null,"channel":null,"status":"denied","voice":{"source_class":"institution","speaker":null,"terms":null,"reason":null,"chain":[],"hedges":[]},"when":{"start":"2023-05-10","end":"2023-05-11","precision":"day"},"where":null,"score":1.0,"defaulted":[],"evidence":{},"extensions":{},"row":null}');
INSERT INTO "conversation_claims" VALUES ('v_001', 'c_001_0');
INSERT INTO "conversation_parties" VALUES ('v_001', 'CHN');
INSERT INTO "conversation_parties" VALUES ('v_001', 'USA');
INSERT INTO "conversation_persons" VALUES ('v_001', 'jake');
INSERT INTO "conversation_persons" VALUES ('v_001', 'jake sullivan');
INSERT INTO "conversation_persons" VALUES ('v_001', 'sullivan');
INSERT INTO "conversation_issues" VALUES ('v_001', 'taiwan');
