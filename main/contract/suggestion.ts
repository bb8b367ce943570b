/** A domain that the network says is worth browsing (RFC 6763 §11). It is advice: nothing is watched before a person says so. */
export interface Suggestion {
  /** The folded name, which its row would have as `id`. */
  readonly id: string;
  /** The domain as shown, without the root's dot. */
  readonly name: string;
  /** It is the one to browse by default: a `db` record names it, and the `b` records beside that do too. */
  readonly isDefault: boolean;
  /** The records that name it, each with where that was looked for, as sentences have it. */
  readonly sources: readonly string[];
}
