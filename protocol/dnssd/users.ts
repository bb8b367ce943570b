/** Who uses something. Nearly always that is one, and a `Set` of one takes four times the memory. */
export class Users<User extends object> {
  #first: User | undefined;
  #others: Set<User> | undefined;

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** Counts a user in, once however often. */
  add(user: User): void {
    if (this.#first === undefined) {
      this.#first = user;
    } else if (this.#first !== user) {
      this.#others ??= new Set();
      this.#others.add(user);
    }
  }

  /** Counts a user out, if it was in. */
  delete(user: User): void {
    if (this.#first !== user) {
      this.#others?.delete(user);
      return;
    }
    const [next] = this.#others ?? [];
    if (next !== undefined) this.#others?.delete(next);
    this.#first = next;
  }

  /** Everyone, as of now. */
  get all(): readonly User[] {
    if (this.#first === undefined) return [];
    return this.#others === undefined ? [this.#first] : [this.#first, ...this.#others];
  }
}
