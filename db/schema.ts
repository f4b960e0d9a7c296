/**
 * The last migration that this code cannot do without. It serves on any schema from there on: a migration that takes something
 * away comes after the code that no longer asks for it (README, Migrations), so this need not be the last there is.
 */
export const NEEDED_MIGRATION = '0023-a-report-does-what-its-proof-allows'
