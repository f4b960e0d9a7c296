/**
 * The last migration that this code needs. The code runs on any later schema: a migration that removes something comes after the
 * code that no longer uses it (db/README.md, "Migrations"), so this need not be the newest.
 */
export const NEEDED_MIGRATION = '0031-who-is-on-call-sees-what-is-late'
