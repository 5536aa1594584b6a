import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Who works here, what they sign in with, and their sessions. All of it is the installation's, of no account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, counting, strict } = ddl(db)

  await sql`create table staff (
    staff_id ${counting},
    name text not null,
    name_key text not null unique,
    roles text not null,
    state text not null,
    language text,
    created_at ${bigint} not null,
    last_sign_in_at ${bigint},
    password_hash text,
    totp_sealed text,
    totp_step ${bigint} not null,
    oidc_subject text unique
  ) ${strict}`.execute(db)

  await sql`create table staff_passkey (
    passkey_id ${counting},
    credential_id text not null unique,
    staff_id ${bigint} not null references staff (staff_id),
    public_key text not null,
    counter ${bigint} not null,
    transports text not null,
    label text not null,
    created_at ${bigint} not null,
    last_used_at ${bigint}
  ) ${strict}`.execute(db)
  await sql`create index staff_passkey_staff on staff_passkey (staff_id)`.execute(db)

  await sql`create table staff_recovery_code (
    staff_id ${bigint} not null references staff (staff_id),
    code_hash text not null,
    primary key (staff_id, code_hash)
  ) ${strict}`.execute(db)

  await sql`create table staff_session (
    session_id ${counting},
    token_hash text not null unique,
    staff_id ${bigint} not null references staff (staff_id),
    way text not null,
    address text not null,
    network text not null,
    user_agent text not null,
    created_at ${bigint} not null,
    last_used_at ${bigint} not null,
    ends_at ${bigint} not null,
    ended_at ${bigint},
    failed_before integer not null
  ) ${strict}`.execute(db)
  // Of one member of the staff: the list, what ends all, and from where they signed in before.
  await sql`create index staff_session_staff on staff_session (staff_id, session_id)`.execute(db)

  await sql`create table staff_invitation (
    invitation_id ${counting},
    token_hash text not null unique,
    purpose text not null,
    name text,
    name_key text,
    roles text not null,
    invited_by text not null,
    created_at ${bigint} not null,
    expires_at ${bigint} not null
  ) ${strict}`.execute(db)
  await sql`create index staff_invitation_name on staff_invitation (name_key)`.execute(db)

  await sql`create table failed_sign_in (
    failed_id ${counting},
    staff_id ${bigint} not null references staff (staff_id),
    at ${bigint} not null,
    way text not null,
    address text not null,
    user_agent text not null
  ) ${strict}`.execute(db)
  await sql`create index failed_sign_in_staff on failed_sign_in (staff_id, failed_id)`.execute(db)

  await sql`create table sign_in_limit (
    limit_key text not null primary key,
    wrong integer not null,
    last_at ${bigint} not null
  ) ${strict}`.execute(db)
  // What is long past is deleted by its age.
  await sql`create index sign_in_limit_last on sign_in_limit (last_at)`.execute(db)

  await sql`create table spent_challenge (
    challenge_hash text not null primary key,
    expires_at ${bigint} not null
  ) ${strict}`.execute(db)
}
