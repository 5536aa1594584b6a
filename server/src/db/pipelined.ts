/**
 * Run work that need not wait for each other's answers: the statements of a transaction run in the order of the list, and
 * this ends after all of them, so that none runs after a rollback.
 *
 * @returns what each answers
 * @throws the error of the first in the list that failed; in PostgreSQL the statements behind it fail too
 */
export async function pipelined<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work)
  return await Promise.all(work)
}
