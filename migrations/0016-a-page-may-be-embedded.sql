-- On which origins a workspace's preference center may stand in a frame: https origins, with a space between two. They become a
-- part of a header's value, so nothing can be written here that means something there.

ALTER TABLE workspace ADD COLUMN embedded_in TEXT NOT NULL DEFAULT '' CHECK (embedded_in NOT GLOB '*[^a-z0-9 :/.-]*');
