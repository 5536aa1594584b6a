/**
 * Run work that need not wait for each other's answers: the statements of a transaction run in the order of the list, and
 * this ends after all of them, so that none runs after a rollback.
 *
 * @returns what each answers
 * @throws the error of the first in the list that failed; in PostgreSQL the statements behind it fail too
 */
export async function pipelined<const Answers extends readonly unknown[]>(
  work: readonly [...{ [Index in keyof Answers]: Promise<Answers[Index]> | undefined }],
): Promise<Answers> {
  const outcomes = await Promise.allSettled(work)
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }) as unknown as Answers
}
