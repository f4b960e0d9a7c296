-- A workspace's ledger: what its feed, its webhooks and the undo of its imports read, whatever its siblings do. In the order of seq, as
-- every index is. event_by_tenant stays for the list and the export of suppressions, which are a tenant's.
-- Alone: over many events it takes longer than a transaction may hold off other writers.
CREATE INDEX IF NOT EXISTS event_by_workspace ON event (workspace);
